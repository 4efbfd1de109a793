//! Monthly reports: counted ones, and those that sum up what the bodies below have filed.

use crate::world::*;
use domain::case::Meta;
use domain::report::{Event, Figures, FileReport, From, Part, Report, file_report};
use domain::{Actor, Refusal};
use kernel::Money;
use kernel::id::OrgId;
use std::collections::BTreeMap;

fn figures(done: i64, paid: i64) -> Figures {
    Figures {
        counts: BTreeMap::from([("done".to_owned(), done)]),
        money: BTreeMap::from([("paid".to_owned(), Money::from_fen(paid))]),
    }
}

fn part(org: i64, done: i64, paid: i64) -> Part {
    Part { org: OrgId(org), on: day("2019-01-03"), figures: figures(done, paid) }
}

fn below(parts: Vec<Part>, missing: &[(i64, &str)]) -> From {
    let missing = missing.iter().map(|(org, name)| (OrgId(*org), (*name).to_owned())).collect();
    From::Below { parts, missing }
}

/// The prefecture files December on a day of January.
fn sums(from: From, note: &str) -> Result<Vec<Event>, Refusal> {
    files("prefecture_report", "xj_prefecture_group", "2019-01-07", from, note)
}

fn files(step: &str, role: &str, today: &str, from: From, note: &str) -> Result<Vec<Event>, Refusal> {
    let mut world = World::of(&XINJIANG);
    world.on(today);
    let actor: Actor = world.who(role, 0);
    let (step, period, note) = (step.into(), "2018-12".to_owned(), note.to_owned());
    let period_end = day("2018-12-31");
    file_report(FileReport { step, period, period_end, from, note }, world.ctx(&actor))
}

fn meta_on(on: &str) -> Meta {
    Meta { on: day(on), at: 0, person: None, behalf: None, org: None, role: None }
}

#[test]
fn a_sum_is_that_of_its_parts_and_says_who_was_missing() {
    let parts = vec![part(1, 2, 100), part(2, 3, 50)];
    let filed = sums(below(parts.clone(), &[(3, "丙县")]), " 丙县停电，次日补报 ").unwrap();
    let [Event::Filed { figures: sum, parts: kept, missing, note, .. }] = &filed[..] else {
        panic!("{filed:?}");
    };
    assert_eq!((sum, kept, &missing[..]), (&figures(5, 150), &parts, &[OrgId(3)][..]));
    assert_eq!(note, "丙县停电，次日补报");
    let state = filed.iter().fold(None, |state, event| Report::apply(state, event, &meta_on("2019-01-07")));
    let again = sums(below(vec![part(1, 2, 100), part(2, 3, 50), part(3, 1, 0)], &[]), "").unwrap();
    let state = again.iter().fold(state, |state, event| Report::apply(state, event, &meta_on("2019-01-08")));
    let filed = state.unwrap().filed;
    assert_eq!(filed.len(), 2, "the former stays");
    assert_eq!((filed[0].on, &filed[0].missing[..]), (day("2019-01-07"), &[OrgId(3)][..]));
    assert_eq!((&filed[1].figures, filed[1].missing.len()), (&figures(6, 150), 0));
}

#[test]
fn a_report_is_filed_once_its_month_is_over_by_its_role_and_is_no_step_of_a_case() {
    let counted = || From::Counted(figures(1, 1));
    let of = |step: &str, role: &str, today: &str| name(files(step, role, today, counted(), ""));
    assert_eq!(of("monthly_report", "xj_office", "2018-12-31"), "DateTooEarly");
    assert_eq!(of("monthly_report", "xj_office", "2019-01-01"), "carried out");
    assert_eq!(of("monthly_report", "xj_finance", "2019-01-01"), "NotAllowed");
    assert_eq!(of("progress_report", "xj_unit", "2019-01-01"), "StepNotOpen");
}

#[test]
pub fn nothing_to_sum() {
    let missing = [(1, "甲县"), (2, "乙县")];
    assert_eq!(name(sums(below(Vec::new(), &missing), "都还没有报")), "NothingToSum");
    assert_eq!(name(sums(below(Vec::new(), &[]), "")), "NothingToSum");
    assert_eq!(name(sums(below(vec![part(1, 0, 0)], &[]), "")), "carried out");
}

#[test]
pub fn missing_unexplained() {
    let some = || below(vec![part(1, 1, 1)], &[(2, "乙县"), (3, "丙县")]);
    let refusal = sums(some(), "  ").unwrap_err();
    assert!(refusal.reason.say().zh.contains("还有2个单位没有报送：乙县、丙县"), "{:?}", refusal.reason);
    assert_eq!(name::<()>(Err(refusal)), "MissingUnexplained");
    assert_eq!(name(sums(some(), "乙县、丙县系统检修")), "carried out");
}

#[test]
pub fn sum_too_large() {
    let most = |more| below(vec![part(1, i64::MAX - 1, 1), part(2, more, 1)], &[]);
    assert_eq!(name(sums(most(2), "")), "SumTooLarge");
    assert_eq!(name(sums(most(1), "")), "carried out");
    let money = |more| below(vec![part(1, 1, i64::MAX - 1), part(2, 1, more)], &[]);
    assert_eq!(name(sums(money(2), "")), "SumTooLarge");
}
