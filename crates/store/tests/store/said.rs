//! Copies and urgings: whose they are, by pages; and the rows of a book that was kept before there were any.

use std::sync::Arc;

use app::ports::Reads;
use app::rows::{CaseRow, CopyFilter, Scope, UrgedRow};
use journal::{ActEnvelope, HashKind};
use kernel::id::{CaseId, OrgId};
use store::gate::Gate;
use store::{Book, migrate};

use crate::samples::{case, copied, region, urged, written};
use crate::support::{self, Place, act};

conformance! {
    copies_are_those_of_a_role_in_its_scope_in_pages,
    of_urgings_the_last_of_each_step_counts,
    an_older_book_gets_the_rows_from_its_journal,
}

fn copies_are_those_of_a_role_in_its_scope_in_pages(place: &Place) {
    let reads = written(place, |book| {
        book.put_case(&case(1, "120101")).unwrap();
        book.put_case(&CaseRow { firm: None, ..case(2, "120102") }).unwrap();
        for seq in 0..5 {
            book.put_said(&copied(seq, 1, "district")).unwrap();
        }
        book.put_said(&copied(5, 2, "district")).unwrap();
        book.put_said(&copied(6, 1, "commission")).unwrap();
        book.put_said(&urged(7, 1, "district", support::NOW)).unwrap();
    });
    let page = |scope, after| {
        let filter = CopyFilter { role: "district".into(), scope, after, limit: 4 };
        let page = reads.copies(&filter).unwrap();
        (page.rows.iter().map(|row| row.said.seq).collect::<Vec<_>>(), page.next, page.total)
    };
    let (first, next, total) = page(Scope::All, None);
    assert_eq!((first, total), (vec![5, 4, 3, 2], 6), "the newest first, and those of other roles not");
    assert_eq!(page(Scope::All, next), (vec![1, 0], None, 6), "what is old is not lost");
    assert_eq!(page(Scope::Region(region("120102")), None).0, [5]);
    assert_eq!(page(Scope::Own(OrgId(12)), None).0, [5]);
    assert_eq!(page(Scope::Assigned(OrgId(5)), None).2, 5);
    assert_eq!(page(Scope::None, None), (vec![], None, 0));
    let filter = CopyFilter { role: "commission".into(), scope: Scope::All, after: None, limit: 9 };
    let found = reads.copies(&filter).unwrap().rows.remove(0);
    assert_eq!((found.said, found.title), (copied(6, 1, "commission"), case(1, "120101").title));
}

fn of_urgings_the_last_of_each_step_counts(place: &Place) {
    let reads = written(place, |book| {
        for (seq, case, step, at) in
            [(0, 1, "check", 10), (1, 1, "check", 30), (2, 1, "review", 20), (3, 2, "check", 40)]
        {
            book.put_said(&urged(seq, case, step, at)).unwrap();
        }
        book.put_said(&copied(4, 1, "check")).unwrap();
    });
    let row = |case, step: &str, at| UrgedRow { case: CaseId(case), step: step.into(), at };
    assert_eq!(reads.urged(&[CaseId(1), CaseId(9)]).unwrap(), [row(1, "check", 30), row(1, "review", 20)]);
    assert_eq!(reads.urged(&[]).unwrap(), []);
}

/// Acts as they lie in a journal, with the rows that belong to them.
fn said_on(case: i64) -> [(ActEnvelope, Option<app::rows::SaidRow>); 3] {
    let stream = format!("case:{case}");
    let of = |kind: &str, body: &str| ActEnvelope { kind: kind.into(), body: body.into(), ..act(&stream, 0) };
    let row = |row: app::rows::SaidRow| {
        Some(app::rows::SaidRow { behalf: None, org: Some(OrgId(1)), case: CaseId(case), ..row })
    };
    [
        (act(&stream, 0), None),
        (of("case.copied", r#"{"role":"district","text":"供参考"}"#), row(copied(0, case, "district"))),
        (of("case.urged", r#"{"step":"check","text":"供参考"}"#), row(urged(0, case, "check", support::NOW))),
    ]
}

fn an_older_book_gets_the_rows_from_its_journal(place: &Place) {
    let before: Vec<&str> =
        migrate::ALL.iter().map(|m| m.name).take_while(|name| *name != "0008_said").collect();
    let mut engine = place.writer();
    assert_eq!(migrate::run(&mut engine, &migrate::ALL[..before.len()], support::NOW).unwrap(), before);
    let mut older = Book::open(engine, support::BOOK, HashKind::Sm3, Arc::new(Gate::default())).unwrap();
    let mut rows = Vec::new();
    older.begin().unwrap();
    for case in 1..=600 {
        for (act, row) in said_on(case) {
            let seq = older.append(act).unwrap();
            rows.extend(row.map(|row| app::rows::SaidRow { seq, ..row }));
        }
    }
    older.commit().unwrap();
    drop(older);
    let upgraded = place.open().reads.digests().unwrap();

    let other = place.another();
    let written = written(&other, |book| rows.iter().for_each(|row| book.put_said(row).unwrap()));
    let said = |digests: Vec<(String, journal::Digest)>| digests.into_iter().find(|(name, _)| name == "said");
    assert_eq!(said(upgraded), said(written.digests().unwrap()));
    assert_eq!(place.open().reads.urged(&[CaseId(1), CaseId(600)]).unwrap().len(), 2);
}
