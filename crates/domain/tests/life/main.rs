//! The life of a project, driven through the decisions on cases: given acts, when a command, then events or this refusal; and
//! on the other side of each day and threshold the same command is carried out. The packs are those of the house; a small
//! invented one stands in where they have no example. All orders of acts are in `explore`, histories at random in `property`, and with
//! a bystander who judges them by himself in `approvals`.

mod approvals;
mod assets;
mod changes;
#[path = "../common/covered.rs"]
mod covered;
mod duties;
mod explore;

mod facts;
mod gates;
mod hands;
mod notices;
#[path = "../common/oracle/mod.rs"]
mod oracle;
mod performance;
mod property;

mod refusals;
mod reports;
mod returns;
mod rosters;
mod times;
mod together;
mod ways;
mod world;

use covered::{covered, demand};

covered! {
    refusals::filing_closed,
    refusals::parent_missing,
    refusals::rules_unmet,
    refusals::already_signed,
    refusals::return_unknown,
    refusals::recused,
    refusals::alike_open,
    refusals::notice_without_workday,
    refusals::notice_running,
    refusals::notice_not_posted,
    refusals::objection_upheld,
    refusals::alike_unknown,
    gates::case_missing,
    gates::step_missing,
    gates::money_stopped,
    gates::case_used,
    together::together_refused,
    together::together_unnamed,
    together::not_at_step,
    together::together_too_many,
    together::not_together,
    reports::nothing_to_sum,
    reports::missing_unexplained,
    reports::sum_too_large,
    rosters::roster_place_unknown,
    rosters::roster_empty,
    rosters::roster_twice,
    assets::filed_once,
    gates::barred,
}

#[test]
fn every_code_of_a_projects_life_has_a_test_of_its_name() {
    demand(COVERED, |number| matches!(number, 970..1000 | 1030..1045 | 1050..1070));
}
