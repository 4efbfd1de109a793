//! What the desks see, on a book filled by the demonstration's story: scope, order of the inbox, due dates of monthly reports, the
//! verifier's sheet, the tabs of a case.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::house::House;
use app::access::Right;
use app::rows::Scope;
use app::view::Viewer;
use app::view::cases::CaseQuery;
use app::view::desk::Trial;
use app::view::inbox::Place;
use app::view::pack::Act;
use app::view::reports::MonthState;
use app::view::state::Reason;
use app::{Command, Failure};
use kernel::id::CaseId;
use kernel::{Date, Money};
use qingqu::demo;

/// The story, told once for all tests that only look.
fn story() -> &'static House {
    static STORY: OnceLock<House> = OnceLock::new();
    STORY.get_or_init(told)
}

fn told() -> House {
    let house = House::new();
    demo::fill(&house.app, &house.clock, false).unwrap();
    house
}

fn viewer(house: &House, login: &str) -> Viewer {
    let person = house.app.reads.person_by_login(login).unwrap().unwrap();
    let role = person.roles.first().unwrap();
    house.app.viewer(person.person, role.org, &role.role).unwrap().unwrap()
}

fn all(house: &House, viewer: &Viewer) -> Vec<app::view::cases::CaseLineShown> {
    exported(house, viewer, &CaseQuery::default())
}

/// The whole selection, as an export reads it.
fn exported(house: &House, viewer: &Viewer, query: &CaseQuery) -> Vec<app::view::cases::CaseLineShown> {
    let (mut rows, mut query) = (Vec::new(), query.clone());
    loop {
        let (more, next) = house.app.cases_part(viewer, &query).unwrap();
        rows.extend(more);
        query.after = next;
        if query.after.is_none() {
            return rows;
        }
    }
}

/// The logins of the districts that have cases.
fn districts(house: &House) -> Vec<String> {
    let logins = house.app.reads.persons(None).unwrap().into_iter().map(|p| p.login);
    logins.filter(|l| l.starts_with("district-")).collect()
}

#[test]
fn a_district_sees_its_own_cases_and_no_other() {
    let house = story();
    let everything = all(house, &viewer(house, "ndrc"));
    let mut seen = 0;
    for login in districts(house) {
        let desk = viewer(house, &login);
        let region = desk.region.unwrap();
        let mine = all(house, &desk);
        assert!(mine.iter().all(|line| line.row.desk == region), "{login}");
        let expected = everything.iter().filter(|line| line.row.desk == region).count();
        assert_eq!(mine.len(), expected, "{login}");
        seen += mine.len();
        let list = house.app.cases(&desk, &CaseQuery::default()).unwrap();
        let offered: BTreeSet<_> = list.facets.desks.iter().map(|(code, ..)| *code).collect();
        assert!(offered.iter().all(|code| *code == region), "{login} is offered {offered:?}");
        assert_eq!(list.total, expected, "{login}");
        for other in everything.iter().filter(|line| line.row.desk != region).take(1) {
            assert!(refused(house.app.case_page(&desk, other.row.case)), "{login}");
            assert!(refused(house.app.case_acts(&desk, other.row.case)), "{login}");
            assert!(refused(house.app.filed_form(&desk, other.row.case, None)), "{login}");
        }
    }
    assert_eq!(seen, everything.len());
    assert!(seen > 10);
}

/// Whether the answer is that there is no such thing.
fn refused<T>(answer: Result<T, Failure>) -> bool {
    matches!(answer, Err(Failure::Refused(refusal)) if matches!(refusal.reason, Reason::NotFound { .. }))
}

#[test]
fn a_firm_sees_what_is_assigned_to_it() {
    let house = story();
    let everything = all(house, &viewer(house, "ndrc"));
    for login in ["adviser", "adviser-2"] {
        let firm = viewer(house, login);
        assert_eq!(firm.scope, Scope::Assigned(firm.org));
        let mine: BTreeSet<CaseId> = all(house, &firm).iter().map(|l| l.row.case).collect();
        let expected: BTreeSet<CaseId> =
            everything.iter().filter(|l| l.row.firm == Some(firm.org)).map(|l| l.row.case).collect();
        assert_eq!(mine, expected, "{login}");
        assert!(!mine.is_empty(), "{login}");
        let other = everything.iter().find(|l| l.row.firm != Some(firm.org)).unwrap();
        assert!(refused(house.app.case_page(&firm, other.row.case)), "{login}");
    }
}

#[test]
fn the_inbox_stands_by_due_day_with_what_has_none_last() {
    let house = story();
    for login in
        ["ndrc", "adviser-2", "finance", "jinghai"].into_iter().map(str::to_owned).chain(districts(house))
    {
        let of = viewer(house, &login);
        let todo = house.app.todo(&of).unwrap();
        let keys: Vec<_> = todo.iter().map(|t| (t.due.is_none(), t.due.as_ref().map(|d| d.date))).collect();
        assert!(keys.is_sorted(), "{login}: {keys:?}");
        for task in &todo {
            assert!(!task.cite.is_empty(), "{login}: {} quotes no article", task.what.zh);
            if let Place::CaseStep(case, step) = &task.place {
                let desk = house.app.desk(&of, *case, step).unwrap();
                assert!(desk.open.is_some(), "{login}: {step} of {case}");
            }
        }
    }
}

#[test]
fn a_returned_form_is_the_applicants_to_correct() {
    let house = story();
    let applicant = viewer(house, "jinghai");
    let todo = house.app.todo(&applicant).unwrap();
    let returned: Vec<_> = todo.iter().filter(|t| t.returned).collect();
    assert_eq!(returned.len(), 1);
    assert!(matches!(&returned[0].place, Place::Correct(_, procedure, _) if procedure == "application"));
}

#[test]
fn cases_that_wait_for_a_plan_are_one_row_of_the_commission() {
    let house = story();
    let todo = house.app.todo(&viewer(house, "ndrc")).unwrap();
    let waiting: Vec<_> = todo.iter().filter(|t| t.place == Place::Plans).collect();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert!(todo.iter().any(|t| matches!(t.place, Place::Objection(..))));
}

#[test]
fn every_month_over_is_a_report_due_until_it_is_filed() {
    let house = House::new();
    demo::fill(&house.app, &house.clock, true).unwrap();
    let login = districts(&house).remove(0);
    let reports = |house: &House, of: &Viewer| -> Vec<(String, Date, i64)> {
        let todo = house.app.todo(of).unwrap().into_iter();
        todo.filter_map(|t| match t.place {
            Place::Report(period) => t.due.map(|d| (period, d.date, d.left)),
            _ => None,
        })
        .collect()
    };
    // The fifth working day of the next month; 2019-10-31 is the last day of the month of the regime's first day.
    let day = |y, m, d| Date::constant(y, m, d);
    for (today, expected) in [
        (day(2019, 10, 31), vec![]),
        (day(2019, 11, 1), vec![("2019-10", day(2019, 11, 7), 4)]),
        (day(2019, 11, 7), vec![("2019-10", day(2019, 11, 7), 0)]),
        (day(2019, 11, 8), vec![("2019-10", day(2019, 11, 7), -1)]),
        (day(2019, 12, 2), vec![("2019-10", day(2019, 11, 7), -17), ("2019-11", day(2019, 12, 6), 4)]),
    ] {
        house.clock.advance_to_day(today);
        let of = viewer(&house, &login);
        let expected: Vec<_> = expected.into_iter().map(|(p, d, n)| (p.to_owned(), d, n)).collect();
        assert_eq!(reports(&house, &of), expected, "{today}");
    }
    let of = viewer(&house, &login);
    assert!(of.may(Right::Report));
    let report = house.app.own_report(&of, "2019-10").unwrap();
    let command = Command::Report {
        pack: of.pack.id.clone(),
        step: report.step,
        period: "2019-10".into(),
        note: String::new(),
    };
    house.submit(&of.who(), command).unwrap();
    let left: Vec<String> = reports(&house, &of).into_iter().map(|(period, ..)| period).collect();
    assert_eq!(left, ["2019-11"]);
    let page = house.app.reports(&viewer(&house, "ndrc")).unwrap();
    assert!(!page.files, "the commission oversees");
    let bodies = &page.levels[0].bodies;
    assert_eq!(page.levels[0].months.len(), 2);
    assert_eq!(bodies.len(), 16);
    let mine = bodies.iter().find(|b| b.org == of.org).unwrap();
    assert_eq!(mine.months, [MonthState::Open, MonthState::FiledLate(day(2019, 12, 2))]);
    let other = bodies.iter().find(|b| b.org != of.org).unwrap();
    assert_eq!(other.months, [MonthState::Open, MonthState::Late]);
}

#[test]
fn the_figures_shown_before_filing_are_those_that_are_filed() {
    let house = told();
    let open = |of: Viewer| {
        let some = |m: &app::view::reports::MonthReport| {
            m.filed.is_none() && m.figures.iter().any(|f| !f.value.is_zero())
        };
        let months = house.app.reports(&of).unwrap().own;
        months.into_iter().find(some).map(|m| (of, m.month.period))
    };
    let (of, period) = districts(&house).into_iter().find_map(|l| open(viewer(&house, &l))).unwrap();
    let shown = house.app.own_report(&of, &period).unwrap();
    let command = Command::Report {
        pack: of.pack.id.clone(),
        step: shown.step.clone(),
        period: period.clone(),
        note: "无".into(),
    };
    house.submit(&of.who(), command).unwrap();
    let months = house.app.reports(&of).unwrap().own;
    let filed = months.iter().find(|m| m.month.period == period).unwrap();
    assert_eq!(filed.figures, shown.figures);
    assert_eq!(filed.late, shown.due.unwrap().left < 0);
}

/// The case on which a firm has an inspection to do, with the step.
fn visit(house: &House, firm: &Viewer) -> (CaseId, String) {
    let todo = house.app.todo(firm).unwrap();
    todo.into_iter()
        .find_map(|t| match t.place {
            Place::CaseStep(case, step) => Some((case, step)),
            _ => None,
        })
        .unwrap()
}

#[test]
fn confirming_less_lowers_what_the_rules_allow() {
    let house = story();
    let firm = viewer(house, "adviser-2");
    let (case, step) = visit(house, &firm);
    let desk = house.app.desk(&firm, case, &step).unwrap();
    assert_eq!(desk.step.act, Act::Inspect);
    assert!(desk.facts.iter().all(|f| f.id != "new_invest"), "counted facts are not typed");
    let none = house.app.trial(&firm, case, &Trial::default()).unwrap();
    assert_eq!(none.left, none.lines.len());
    assert_eq!(none.confirmed, Money::ZERO);
    let whole = none.lines.iter().map(|l| (l.id.clone(), l.declared)).collect();
    let records =
        desk.facts.iter().filter(|f| f.value == "true").map(|f| (f.id.clone(), "true".to_owned())).collect();
    let confirmed = house.app.trial(&firm, case, &Trial { confirmed: whole, records }).unwrap();
    assert_eq!((confirmed.left, confirmed.confirmed), (0, confirmed.declared));
    assert_eq!(confirmed.offer.amount, none.offer.amount, "blank lines are taken as declared");
    let half = none.lines.iter().map(|l| (l.id.clone(), Money::from_fen(l.declared.fen() / 2))).collect();
    let half = house.app.trial(&firm, case, &Trial { confirmed: half, ..Trial::default() }).unwrap();
    let total = |t: &app::view::desk::Trialed| t.totals.first().and_then(|(_, m)| *m).unwrap();
    assert!(total(&half) < total(&confirmed));
    if let Some(limit) = confirmed.offer.amount {
        assert!(half.offer.amount.is_none_or(|less| less < limit));
    }
    assert!(confirmed.offer.ratio.is_some(), "the year's rate of the case's mode");
}

#[test]
fn a_desk_is_for_the_role_of_its_step() {
    let house = story();
    let firm = viewer(house, "adviser-2");
    let (case, step) = visit(house, &firm);
    let answer = house.app.desk(&viewer(house, "ndrc"), case, &step);
    assert!(matches!(answer, Err(Failure::Refused(r)) if matches!(r.reason, Reason::NotAllowed { .. })));
    assert!(refused(house.app.desk(&firm, case, "no_such_step")));
    let auditor = viewer(house, "auditor");
    let page = house.app.case_page(&auditor, case).unwrap();
    assert!(page.next.iter().all(|next| next.mine.is_none()));
    assert!(!page.may_withdraw);
}

#[test]
fn a_paid_case_shows_its_acts_money_rules_and_duties() {
    let house = story();
    let auditor = viewer(house, "auditor");
    let query = CaseQuery { standing: Some("paid".into()), ..CaseQuery::default() };
    let paid = exported(house, &auditor, &query);
    assert_eq!(paid.len(), 2);
    for line in &paid {
        let id = line.row.case;
        let page = house.app.case_page(&auditor, id).unwrap();
        let acts = house.app.case_acts(&auditor, id).unwrap();
        assert_eq!(acts.len(), page.acts);
        assert_eq!(acts.first().map(|a| a.seq), Some(page.last_seq));
        assert!(acts.windows(2).all(|pair| pair[0].seq > pair[1].seq), "newest first");
        assert!(acts.iter().all(|a| !a.void && (a.person.is_empty() || !a.role.zh.is_empty())));
        let money = house.app.case_money(&auditor, id).unwrap();
        assert_eq!(money.unpaid, Some(Money::ZERO));
        assert!(money.postings.len() >= 4, "granted, remitted in and out, paid");
        let rules = house.app.case_rules(&auditor, id).unwrap().unwrap();
        assert!(rules.decided);
        assert_eq!(rules.outcome, "grant");
        assert!(rules.trace.unwrap().terms.iter().any(|t| t.binds));
        assert!(!page.case.duties.is_empty());
        let review = house.app.case_review(&auditor, id).unwrap().unwrap();
        assert_eq!(review.lines.iter().filter(|l| l.confirmed != l.declared).count(), review.cut());
        assert!(review.lines.iter().all(|l| l.confirmed == l.declared || !l.reason.is_empty()));
        assert!(house.app.case_papers(&auditor, id).unwrap().iter().all(|p| p.found.is_some()));
    }
}

#[test]
fn a_return_marks_what_it_made_void() {
    let house = story();
    let auditor = viewer(house, "auditor");
    let query = CaseQuery { standing: Some("returned".into()), ..CaseQuery::default() };
    let returned = exported(house, &auditor, &query);
    let acts = house.app.case_acts(&auditor, returned.first().unwrap().row.case).unwrap();
    let titles: Vec<(&str, bool)> = acts.iter().map(|a| (a.title.zh.as_str(), a.void)).collect();
    assert!(acts.iter().any(|a| a.void && a.version == Some(1)), "{titles:?}");
}

#[test]
fn duties_stand_by_their_dates_and_obey_the_scope() {
    let house = story();
    let duties = house.app.duties(&viewer(house, "ndrc")).unwrap();
    assert!(duties.len() >= 6);
    assert!(duties.windows(2).all(|pair| pair[0].due.date <= pair[1].due.date));
    let firm = viewer(house, "adviser-2");
    let mine: BTreeSet<CaseId> = all(house, &firm).iter().map(|l| l.row.case).collect();
    assert!(house.app.duties(&firm).unwrap().iter().all(|d| mine.contains(&d.case)));
}

#[test]
fn the_rules_of_a_live_case_are_judged_on_present_facts() {
    let house = story();
    let auditor = viewer(house, "auditor");
    let cases = all(house, &auditor);
    let open = cases.iter().find(|l| l.row.procedure == "application" && l.row.standing == "open").unwrap();
    let rules = house.app.case_rules(&auditor, open.row.case).unwrap().unwrap();
    assert!(!rules.decided);
    assert!(["grant", "refuse", "pending"].contains(&rules.outcome.as_str()));
    assert!(!rules.readings.is_empty() && rules.readings[0].conflict, "conflicts stand first");
    let first = cases.iter().find(|l| l.row.procedure == "predeclaration").unwrap();
    assert!(house.app.case_rules(&auditor, first.row.case).unwrap().is_none());
}
