//! The life of a project, driven through the decisions on cases: given acts, when a command, then events or this refusal; and
//! on the other side of each day and threshold the same command is carried out. The packs are those of the house; a small
//! invented one stands in where they have no example. All orders of acts are in `explore`, histories at random in `property`.

mod changes;
#[path = "../common/covered.rs"]
mod covered;
mod explore;

mod facts;
mod gates;
mod hands;
mod notices;
mod property;

mod refusals;
mod returns;
mod times;
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
}

#[test]
fn every_code_of_a_projects_life_has_a_test_of_its_name() {
    demand(COVERED, "R97", "S");
}
