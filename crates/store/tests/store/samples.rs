//! Made-up rows of each read model.

use std::collections::BTreeMap;

use app::ports::Book;
use app::rows::{
    AwardRow, BorrowedRow, CaseFilter, CaseRow, DutyRow, LineRow, NoticeOf, NoticeRow, ObjectionRow, OrgRow,
    PersonRow, PlanRow, ReportRow, RoleRow, SaidRow, SaidTo, Scope, TaskRow, YearRow,
};
use kernel::Date;
use kernel::id::{CaseId, ObjectionId, OrgId, PersonId, PlanId};
use kernel::money::Money;
use kernel::region::RegionCode;

use crate::support::{self, Place, deed};

pub fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

pub fn day(month: i8, day: i8) -> Date {
    Date::new(2019, month, day).unwrap()
}

pub fn org(id: i64, name: &str) -> OrgRow {
    OrgRow {
        org: OrgId(id),
        name: name.into(),
        kind: "enterprise".into(),
        region: Some(region("120101")),
        credit_code: Some(format!("code{id}")),
        related: String::new(),
        since: day(1, 2),
    }
}

pub fn person(id: i64, roles: &[(i64, &str)]) -> PersonRow {
    let role = |(org, role): &(i64, &str)| RoleRow { org: OrgId(*org), role: (*role).into() };
    PersonRow {
        person: PersonId(id),
        name: format!("人{id}"),
        login: format!("login{id}"),
        enabled: true,
        roles: roles.iter().map(role).collect(),
        borrowed: Vec::new(),
    }
}

/// The clerk's role of organisation 5, borrowed from somebody until a day of November.
pub fn borrowed(of: i64, last: i8) -> BorrowedRow {
    BorrowedRow {
        held: RoleRow { org: OrgId(5), role: "clerk".into() },
        of: PersonId(of),
        from: day(11, 4),
        until: day(11, last),
        why: "休假".into(),
    }
}

pub fn case(id: i64, desk: &str) -> CaseRow {
    CaseRow {
        case: CaseId(id),
        number: format!("津帮申〔2019〕{id}号"),
        pack: "tianjin".into(),
        procedure: "application".into(),
        year: 2019,
        title: "榆中加工厂".into(),
        applicant: OrgId(10 + id),
        applicant_name: "天津甲公司".into(),
        company_name: "榆中乙公司".into(),
        county: Some(region("620123")),
        desk: region(desk),
        firm: Some(OrgId(5)),
        parent: None,
        plan: None,
        standing: "open".into(),
        stage: "验收".into(),
        stage_en: "acceptance".into(),
        due: Some(day(11, 1)),
        amount: Money::from_fen(100),
        paid: Money::ZERO,
        filed_on: day(10, 9),
        changed_on: day(10, 10),
        library: true,
        class: "industry".into(),
        village: "上庄村".into(),
    }
}

pub fn task(step: &str, desk: Option<&str>, due: Option<Date>) -> TaskRow {
    TaskRow {
        subject: "case:1".into(),
        step: step.into(),
        name: "验收".into(),
        name_en: "acceptance".into(),
        cite: "第十二条".into(),
        role: "district".into(),
        title: "榆中加工厂".into(),
        number: "1".into(),
        applicant: Some(OrgId(11)),
        desk: desk.map(region),
        firm: None,
        since: day(10, 9),
        due,
        revision: "2019".into(),
        provisional: false,
        warn_only: true,
        returned: false,
    }
}

/// A copy of a case to a role.
pub fn copied(seq: u64, case: i64, role: &str) -> SaidRow {
    SaidRow {
        seq,
        case: CaseId(case),
        to: SaidTo::Role(role.into()),
        text: "供参考".into(),
        at: support::NOW,
        person: Some(PersonId(3)),
        behalf: Some(PersonId(4)),
        org: Some(OrgId(5)),
    }
}

/// An urging of a step of a case.
pub fn urged(seq: u64, case: i64, step: &str, at: i64) -> SaidRow {
    SaidRow { to: SaidTo::Step(step.into()), at, behalf: None, ..copied(seq, case, "") }
}

/// A line of a case in a register of projects.
pub fn line(case: i64, at: i64, desk: &str) -> LineRow {
    LineRow {
        case: CaseId(case),
        register: "projects".into(),
        at,
        pack: "tianjin".into(),
        year: 2019,
        unit: OrgId(10 + case),
        unit_name: "天津甲公司".into(),
        desk: region(desk),
        firm: Some(OrgId(5)),
        place: Some(region("620123")),
        village: "上庄村".into(),
        number: format!("津帮申〔2019〕{case}号"),
        title: "榆中加工厂".into(),
        parent: Some(CaseId(100 + case)),
        cells: [("on", "2019-10-09".to_owned()), ("what", format!("1\"{at}"))]
            .map(|(id, text)| (id.to_owned(), text))
            .into(),
    }
}

pub fn duty(name: &str, due: Date) -> DutyRow {
    DutyRow {
        case: CaseId(1),
        duty: name.into(),
        name: "绩效评价".into(),
        name_en: "evaluation".into(),
        cite: "第十五条".into(),
        on_role: "commission".into(),
        number: "1".into(),
        title: "榆中加工厂".into(),
        applicant: OrgId(11),
        desk: region("120101"),
        from: day(10, 9),
        due,
        checks: "2019-11-01,2019-12-01".into(),
        provisional: true,
    }
}

pub fn notice(plan: i64, posted: Date) -> NoticeRow {
    NoticeRow {
        about: NoticeOf::Plan(PlanId(plan)),
        number: format!("公示{plan}"),
        title: "拟资助名单".into(),
        pack: "tianjin".into(),
        year: 2019,
        posted,
        first: day(11, 2),
        last: day(11, 8),
        items: 3,
        total: Money::from_fen(5),
        place: None,
    }
}

pub fn filter(scope: Scope) -> CaseFilter {
    CaseFilter::within(scope, 10)
}

/// Writes in one transaction and gives the read side.
pub fn written(place: &Place, write: impl FnOnce(&mut dyn Book)) -> store::Reads<store::Database> {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    write(book);
    book.commit().unwrap();
    opened.reads
}

pub fn all_rows(book: &mut dyn Book) {
    book.put_org(&org(1, "甲")).unwrap();
    book.put_person(&PersonRow { borrowed: vec![borrowed(2, 8)], ..person(1, &[(1, "clerk")]) }).unwrap();
    let year = YearRow {
        pack: "tianjin".into(),
        year: 2019,
        budget: Money::from_fen(9),
        opens: day(3, 1),
        closes: day(3, 31),
    };
    book.put_year(&year).unwrap();
    book.put_case(&case(1, "120101")).unwrap();
    book.put_tasks("case:1", &[task("accept", Some("120101"), None)]).unwrap();
    book.put_duties(CaseId(1), &[duty("evaluate", day(12, 1))]).unwrap();
    book.put_award(&award(1, "甲", "丙")).unwrap();
    book.put_notice(&notice(3, day(11, 1))).unwrap();
    book.put_objection(&objection(1)).unwrap();
    book.put_report(&report("2019-10")).unwrap();
    book.put_plan(&plan(3)).unwrap();
    book.put_deed(&deed(0)).unwrap();
    book.put_said(&copied(0, 1, "district")).unwrap();
    book.put_lines(CaseId(1), &[line(1, 0, "120101"), line(1, 1, "120101")]).unwrap();
    crate::money::all_rows(book);
    book.put_roster(&crate::rosters::row("150426", 3)).unwrap();
}

pub fn award(case: i64, company: &str, investor: &str) -> AwardRow {
    AwardRow {
        case: CaseId(case),
        pack: "tianjin".into(),
        company: company.into(),
        investor: investor.into(),
        county: "620123".into(),
        amount: Money::from_fen(7),
        stands: true,
    }
}

pub fn objection(id: i64) -> ObjectionRow {
    ObjectionRow {
        objection: ObjectionId(id),
        about: NoticeOf::Plan(PlanId(3)),
        receipt: format!("R{id}"),
        case: Some(CaseId(1)),
        text: "有异议".into(),
        on: day(11, 4),
        answered: None,
        upheld: None,
        answer: String::new(),
    }
}

pub fn report(period: &str) -> ReportRow {
    ReportRow {
        step: "monthly".into(),
        org: OrgId(1),
        period: period.into(),
        filed: day(11, 5),
        figures: BTreeMap::from([("a.filed".into(), 3), ("a.accepted".into(), 2)]),
        note: "无".into(),
        version: 1,
    }
}

pub fn plan(id: i64) -> PlanRow {
    PlanRow {
        plan: PlanId(id),
        number: format!("方案{id}"),
        pack: "tianjin".into(),
        procedure: "application".into(),
        year: 2019,
        items: 2,
        total: Money::from_fen(8),
        stage: "公示".into(),
        stage_en: "notice".into(),
        changed_on: day(11, 1),
    }
}
