//! Rows of booked money: read back as written, pages and scopes, uniqueness in the database, movements by lot.

use app::ports::{Book, Reads};
use app::rows::{
    AllocationFilter, AllocationRow, BatchFilter, BatchRow, ClaimFilter, ClaimRow, ConsentRow, InvoiceRow,
    PaymentFilter, PaymentRow, ProjectFilter, ProjectRow, Scope, SourceFilter, SourceKey, SourcePart,
    SourceRow, UnclearRow,
};
use kernel::id::{AllocationId, BatchId, ClaimId, OrgId, ProjectId, SourceId};
use kernel::money::Money;

use crate::samples::{day, region, written};
use crate::support::{Place, act, transfer};

conformance!(
    rows_of_money_read_back,
    an_invoice_has_one_claim,
    lists_obey_filters_scope_and_pages,
    movements_follow_the_lot,
    rows_below_zero_are_refused,
);

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

pub fn source(id: i64) -> SourceRow {
    SourceRow {
        source: SourceId(id),
        pack: "money".into(),
        fund: "main".into(),
        kind: "district".into(),
        level: "county".into(),
        document: format!("津财农〔2019〕{id}号"),
        purpose: "种养业".into(),
        code: "2130505".into(),
        year: 2019,
        on: day(3, 1),
        budget: fen(101),
        cut: fen(1),
        received: fen(100),
        parts: vec![
            SourcePart { side: "theirs".into(), budget: fen(50), received: fen(50) },
            SourcePart { side: "ours".into(), budget: fen(50), received: fen(50) },
        ],
        note: "第一批".into(),
        changed_on: day(3, 2),
    }
}

pub fn project(id: i64, place: &str) -> ProjectRow {
    ProjectRow {
        project: ProjectId(id),
        number: format!("项目2019-{id}"),
        pack: "money".into(),
        fund: "main".into(),
        side: "ours".into(),
        spending: "farming".into(),
        name: "大棚".into(),
        place: region(place),
        village: "120119-1".into(),
        unit: OrgId(10 + id),
        unit_name: "某镇".into(),
        year: 2019,
        standing: "open".into(),
        planned: fen(90),
        allotted: fen(80),
        held: fen(20),
        clearing: fen(10),
        spent: fen(30),
        changed_on: day(3, 3),
        case: None,
    }
}

pub fn allocation(id: i64) -> AllocationRow {
    AllocationRow {
        allocation: AllocationId(id),
        number: format!("分-2019-{id}"),
        pack: "money".into(),
        procedure: "allocations".into(),
        fund: "main".into(),
        side: "ours".into(),
        year: 2019,
        lines: 2,
        total: fen(80),
        standing: "approved".into(),
        stage: "备案".into(),
        stage_en: "file".into(),
        due: Some(day(3, 15)),
        document: "扶领〔2019〕1号".into(),
        changed_on: day(3, 4),
    }
}

pub fn claim(id: i64, place: &str) -> ClaimRow {
    ClaimRow {
        claim: ClaimId(id),
        number: format!("报账2019-{id}"),
        project: ProjectId(1),
        title: "大棚".into(),
        pack: "money".into(),
        fund: "main".into(),
        side: "ours".into(),
        year: 2019,
        unit: OrgId(10 + id),
        place: region(place),
        purpose: "progress".into(),
        standing: "checked".into(),
        lines: 1,
        asked: fen(30),
        approved: fen(20),
        batch: Some(BatchId(1)),
        stage: "复核".into(),
        stage_en: "second check".into(),
        due: None,
        filed_on: day(3, 5),
        changed_on: day(3, 6),
    }
}

pub fn invoice(number: &str, claim: i64) -> InvoiceRow {
    InvoiceRow {
        code: "012".into(),
        number: number.into(),
        claim: ClaimId(claim),
        claim_number: format!("报账2019-{claim}"),
        line: 1,
        project: ProjectId(1),
        amount: fen(30),
    }
}

pub fn batch(id: i64) -> BatchRow {
    BatchRow {
        batch: BatchId(id),
        number: format!("批次2019-{id}"),
        pack: "money".into(),
        fund: "main".into(),
        standing: "released".into(),
        lines: 2,
        total: fen(30),
        paid: fen(10),
        failed: fen(20),
        unclear: 1,
        digest: "csv:ab".into(),
        made_on: day(3, 7),
        released_on: Some(day(3, 8)),
        changed_on: day(3, 9),
    }
}

pub fn payment(batch: i64, line: i64, state: &str) -> PaymentRow {
    PaymentRow {
        batch: BatchId(batch),
        line,
        end_to_end: format!("Q{batch}-{line}"),
        pack: "money".into(),
        fund: "main".into(),
        claim: ClaimId(1),
        project: ProjectId(1),
        payee: "c1".into(),
        payee_name: "供货公司".into(),
        amount: fen(10),
        state: state.into(),
        on: (state == "paid").then(|| day(3, 8)),
        said: "R1".into(),
        lots: vec![(SourceId(2), fen(4)), (SourceId(1), fen(6))],
    }
}

pub fn all_rows(book: &mut dyn Book) {
    book.put_source(&source(1)).unwrap();
    book.put_project(&project(1, "120119")).unwrap();
    book.put_allocation(&allocation(1)).unwrap();
    book.put_claim(&claim(1, "120119")).unwrap();
    book.put_invoices(ClaimId(1), &[invoice("1", 1)]).unwrap();
    book.put_batch(&batch(1)).unwrap();
    book.put_payment(&payment(1, 1, "paid")).unwrap();
    book.put_unclear(&unclear()).unwrap();
    book.put_consent(&consent()).unwrap();
}

fn unclear() -> UnclearRow {
    UnclearRow {
        batch: BatchId(1),
        place: 1,
        text: "Q9-1".into(),
        reason: "参考号不属于本批次".into(),
        on: day(3, 9),
        settled: String::new(),
    }
}

fn consent() -> ConsentRow {
    ConsentRow {
        pack: "money".into(),
        place: "120119-1".into(),
        name: "某村".into(),
        demand: "consent".into(),
        document: "会议纪要".into(),
        on: day(3, 1),
        revoked: None,
    }
}

fn rows_of_money_read_back(place: &Place) {
    let reads = written(place, all_rows);
    assert_eq!(reads.source(SourceId(1)).unwrap(), Some(source(1)), "the parts keep their order");
    assert_eq!(reads.project(ProjectId(1)).unwrap(), Some(project(1, "120119")));
    assert_eq!(reads.allocation(AllocationId(1)).unwrap(), Some(allocation(1)));
    assert_eq!(reads.claim(ClaimId(1)).unwrap(), Some(claim(1, "120119")));
    assert_eq!(reads.invoice("012", "1").unwrap(), Some(invoice("1", 1)));
    assert_eq!(reads.batch(BatchId(1)).unwrap(), Some(batch(1)));
    for of in [
        PaymentFilter { batch: Some(BatchId(1)), ..PaymentFilter::default() },
        PaymentFilter { project: Some(ProjectId(1)), ..PaymentFilter::default() },
        PaymentFilter { claim: Some(ClaimId(1)), ..PaymentFilter::default() },
        PaymentFilter { claim: Some(ClaimId(1)), project: Some(ProjectId(1)), ..PaymentFilter::default() },
    ] {
        let of = PaymentFilter { pack: "money".into(), limit: 9, ..of };
        assert_eq!(reads.payments(&of).unwrap(), [payment(1, 1, "paid")], "{of:?}");
        let failed = PaymentFilter { state: Some("failed".into()), ..of.clone() };
        assert_eq!(reads.payments(&failed).unwrap(), [], "{failed:?}");
        let elsewhere = PaymentFilter { pack: "other".into(), ..of };
        assert_eq!(reads.payments(&elsewhere).unwrap(), [], "{elsewhere:?}");
    }
    assert_eq!(reads.payments_of_source(SourceId(2), 9).unwrap(), [payment(1, 1, "paid")]);
    assert_eq!(reads.payments_of_source(SourceId(3), 9).unwrap(), []);
    assert_eq!(reads.payments_that_came_back("money", 9).unwrap(), [], "what was paid did not");
    assert_eq!(reads.batch_of_payment("Q1-1").unwrap(), Some(BatchId(1)));
    assert_eq!(reads.batch_of_payment("Q1-2").unwrap(), None);
    assert_eq!(reads.unclear("money", None, 9).unwrap(), [unclear()]);
    assert_eq!(reads.consents("money").unwrap(), [consent()]);
    let months = reads.paid_months("money").unwrap();
    assert_eq!(months.iter().map(|m| (m.month.as_str(), m.payments)).collect::<Vec<_>>(), [("2019-03", 1)]);

    let revoked = ConsentRow { revoked: Some(day(4, 1)), ..consent() };
    let changed = SourceRow { parts: vec![source(1).parts[1].clone()], ..source(1) };
    let reads = written(place, |book| {
        book.put_source(&changed).unwrap();
        book.put_consent(&revoked).unwrap();
        book.put_payment(&payment(1, 1, "failed")).unwrap();
    });
    assert_eq!(reads.source(SourceId(1)).unwrap(), Some(changed));
    assert_eq!(reads.consents("money").unwrap(), [revoked]);
    assert_eq!(reads.paid_months("money").unwrap(), [], "what failed was not paid");
}

fn an_invoice_has_one_claim(place: &Place) {
    let mut book = place.open().book;
    let book: &mut dyn Book = &mut book;
    book.begin().unwrap();
    book.put_invoices(ClaimId(1), &[invoice("1", 1), invoice("2", 1)]).unwrap();
    assert_eq!(book.invoice("012", "1").unwrap().map(|row| row.claim), Some(ClaimId(1)), "seen at once");
    book.savepoint().unwrap();
    assert!(book.put_invoices(ClaimId(2), &[invoice("2", 2)]).is_err(), "the key refuses it");
    book.undo().unwrap();
    book.put_invoices(ClaimId(1), &[invoice("1", 1)]).unwrap();
    book.put_invoices(ClaimId(2), &[invoice("2", 2)]).unwrap();
    assert_eq!(book.invoice("012", "2").unwrap().map(|row| row.claim), Some(ClaimId(2)), "freed, then taken");
    assert_eq!(book.invoice("013", "2").unwrap(), None);
    book.commit().unwrap();
}

fn lists_obey_filters_scope_and_pages(place: &Place) {
    let reads = written(place, |book| {
        for id in 1..=3 {
            book.put_source(&source(id)).unwrap();
            book.put_allocation(&allocation(id)).unwrap();
            book.put_batch(&batch(id)).unwrap();
        }
        for (id, place) in [(1, "120119"), (2, "120119"), (3, "120118")] {
            book.put_project(&project(id, place)).unwrap();
            book.put_claim(&claim(id, place)).unwrap();
        }
        assert_eq!(book.sources_of("money", "main").unwrap().len(), 3);
        let key = SourceKey {
            pack: "money".into(),
            document: source(2).document,
            fund: "main".into(),
            code: "2130505".into(),
            purpose: "种养业".into(),
        };
        assert_eq!(book.source_twin(&key).unwrap(), Some(SourceId(2)));
        assert_eq!(book.source_twin(&SourceKey { purpose: "道路".into(), ..key }).unwrap(), None);
        assert_eq!(book.live_claims(ProjectId(1)).unwrap().len(), 3);
    });
    let filter = SourceFilter { pack: "money".into(), limit: 2, ..SourceFilter::default() };
    let first = reads.sources(&filter).unwrap();
    assert_eq!(first.rows.iter().map(|row| row.source.get()).collect::<Vec<_>>(), [3, 2]);
    assert_eq!((first.next.as_deref(), first.total), (Some("2"), 3));
    let second = reads.sources(&SourceFilter { after: first.next, ..filter.clone() }).unwrap();
    assert_eq!((second.rows.len(), second.next), (1, None));
    let none = SourceFilter { year: Some(2018), ..filter.clone() };
    assert_eq!(reads.sources(&none).unwrap().total, 0);
    let words = SourceFilter { text: Some("〕2号".into()), ..filter };
    assert_eq!(reads.sources(&words).unwrap().total, 1);

    let projects = |scope: Scope| {
        let filter = ProjectFilter {
            year: Some(2019),
            standing: Some("open".into()),
            ..ProjectFilter::all(scope, "money", 9)
        };
        reads.projects(&filter).unwrap().total
    };
    let claims = |scope: Scope| {
        let filter = ClaimFilter {
            scope,
            pack: "money".into(),
            fund: Some("main".into()),
            project: Some(ProjectId(1)),
            standing: None,
            text: None,
            after: None,
            limit: 9,
        };
        reads.claims(&filter).unwrap().total
    };
    for (scope, seen) in [
        (Scope::All, 3),
        (Scope::Region(region("120119")), 2),
        (Scope::Region(region("120000")), 3),
        (Scope::Own(OrgId(13)), 1),
        (Scope::Assigned(OrgId(13)), 0),
        (Scope::None, 0),
    ] {
        assert_eq!((projects(scope.clone()), claims(scope.clone())), (seen, seen), "{scope:?}");
    }
    let allocations = AllocationFilter { pack: "money".into(), limit: 9, ..AllocationFilter::default() };
    assert_eq!(reads.allocations(&allocations).unwrap().rows.len(), 3);
    let batches = BatchFilter { pack: "money".into(), limit: 9, ..BatchFilter::default() };
    let settled = BatchFilter { standing: Some("settled".into()), ..batches.clone() };
    assert_eq!((reads.batches(&batches).unwrap().total, reads.batches(&settled).unwrap().total), (3, 0));
    let payments = PaymentFilter { pack: "money".into(), limit: 9, ..PaymentFilter::default() };
    assert_eq!(reads.payments(&payments).unwrap(), []);
}

fn movements_follow_the_lot(place: &Place) {
    let entries = [
        ("authority:money:main", "quota:money:main:ours:s1", 100),
        ("authority:money:main", "quota:money:main:ours:s2", 100),
        ("outside:money:district", "pool:money:main:ours:s1", 70),
        ("quota:money:main:ours:s1", "allotted:p1:s1", 60),
        ("quota:money:main:ours:s1", "authority:money:main", 5),
    ];
    let reads = written(place, |book| {
        all_rows(book);
        book.put_source(&source(2)).unwrap();
        for (id, (from, to, amount)) in (1..).zip(entries) {
            let seq = book.append(act("source:1", id)).unwrap();
            let entry = transfer(id, from, to, amount);
            book.post(&entry, seq, entry.date()).unwrap();
        }
    });
    let moved = reads.source_movements(SourceId(1), 99).unwrap();
    let said: Vec<(&str, &str, i64)> =
        moved.iter().map(|m| (m.from.as_str(), m.to.as_str(), m.amount.fen())).collect();
    assert_eq!(said, [entries[0], entries[2], entries[3], entries[4]], "each once, in order");
    assert_eq!(reads.source_movements(SourceId(1), 1).unwrap().len(), 1);
    let moved = reads.project_movements(ProjectId(1), 99).unwrap();
    assert_eq!(moved.len(), 1);
    let held: Vec<(String, i64)> =
        reads.source_accounts(SourceId(1)).unwrap().into_iter().map(|(path, m)| (path, m.fen())).collect();
    let expected =
        [("allotted:p1:s1", 60), ("pool:money:main:ours:s1", 70), ("quota:money:main:ours:s1", 35)];
    assert_eq!(held, expected.map(|(path, amount)| (path.to_owned(), amount)));
    assert_eq!(reads.project_accounts(ProjectId(1)).unwrap(), [("allotted:p1:s1".to_owned(), fen(60))]);
    let allotted = reads.held_by_projects("money", "allotted").unwrap();
    let row = &allotted[0];
    assert_eq!((row.side.as_str(), row.spending.as_str(), row.amount), ("ours", "farming", fen(60)));
    let quota: i64 = reads.held_by_lots("money", "quota").unwrap().iter().map(|row| row.amount.fen()).sum();
    assert_eq!(quota, 135);
    assert_eq!(reads.held_by_lots("other", "quota").unwrap(), []);
}

fn rows_below_zero_are_refused(place: &Place) {
    let mut book = place.open().book;
    let book: &mut dyn Book = &mut book;
    book.begin().unwrap();
    let mut refused = |put: &mut dyn FnMut(&mut dyn Book)| {
        book.savepoint().unwrap();
        put(book);
        assert!(book.count_role("clerk").is_err(), "the database refuses it again, when it is written");
        book.undo().unwrap();
    };
    let over = ProjectRow { spent: fen(61), ..project(1, "120119") };
    refused(&mut |book| book.put_project(&over).unwrap());
    let over = SourceRow { received: fen(101), ..source(1) };
    refused(&mut |book| book.put_source(&over).unwrap());
    let over = ClaimRow { approved: fen(31), ..claim(1, "120119") };
    refused(&mut |book| book.put_claim(&over).unwrap());
    let over = BatchRow { paid: fen(11), ..batch(1) };
    refused(&mut |book| book.put_batch(&over).unwrap());
}
