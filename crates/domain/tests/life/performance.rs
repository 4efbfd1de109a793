//! Targets after the approval: watched each quarter, put right by a day, scored after acceptance.

use crate::ways::*;
use crate::world::*;
use domain::case::{Standing, Step};
use domain::project::{Life, flowing};
use kernel::id::CaseId;

/// Work has begun in the second quarter of 2019.
fn begun() -> (World, CaseId) {
    let (mut world, id) = XINJIANG_WAY.until("start_work");
    world.on("2019-04-10");
    world.walk(id, &["start_work"]);
    (world, id)
}

fn flows(world: &World, id: CaseId) -> &'static str {
    let actor = world.who("xj_finance", 0);
    name(flowing(Life { case: Some(&world.cases[&id]), about: &[] }, world.ctx(&actor)))
}

/// An order to put a deviation right by a day.
fn ordered(world: &mut World, id: CaseId, due: &str) {
    world.walk(id, &["monitor:must_mend"]);
    let mut order = world.whole("monitor_order", "");
    order.notes.insert("due".into(), due.into());
    world.act(id, order, &world.who("xj_department", 0)).unwrap();
}

#[test]
fn targets_are_watched_each_quarter_until_acceptance() {
    let (mut world, id) = begun();
    assert_eq!(world.due(id, "monitor"), Some(day("2019-07-19")), "fifteen working days into July");
    world.on("2019-07-12");
    world.walk(id, &["monitor:on_course"]);
    assert_eq!(
        world.due(id, "monitor"),
        Some(day("2019-10-25")),
        "the holidays lie between, and a Saturday is worked"
    );
    world.on("2019-09-20");
    world.walk(id, &["monitor:deviates", "finish_work"]);
    assert!(world.is_open(id, "monitor"));
    world.walk(id, &["complete:pass"]);
    assert!(!world.is_open(id, "monitor"), "nothing is watched once it is accepted");
}

#[test]
fn a_deviation_not_put_right_in_time_stops_the_money() {
    let (mut world, id) = begun();
    world.on("2019-07-12");
    ordered(&mut world, id, "2019-08-09");
    assert_eq!(world.due(id, "monitor_mend"), Some(day("2019-08-09")));
    world.on("2019-08-09");
    assert_eq!(flows(&world, id), "carried out", "it is due today");
    world.on("2019-08-10");
    assert_eq!(flows(&world, id), "MoneyStopped");
    let mut bare = world.whole("monitor_mend", "");
    bare.papers.clear();
    assert_eq!(name(world.act(id, bare, &world.who("xj_unit", 0))), "PapersMissing", "evidence is wanted");
    world.walk(id, &["monitor_mend"]);
    assert_eq!(flows(&world, id), "carried out");

    // What is watched again replaces what was ordered before.
    ordered(&mut world, id, "2019-08-20");
    world.on("2019-09-02");
    assert_eq!(flows(&world, id), "MoneyStopped");
    world.walk(id, &["monitor:on_course"]);
    assert_eq!(flows(&world, id), "carried out");
}

/// Accepted, and the unit has evaluated itself.
fn evaluated() -> (World, CaseId) {
    let (mut world, id) = begun();
    world.on("2019-10-11");
    world.walk(id, &["finish_work", "complete:pass"]);
    assert_eq!(world.due(id, "self_evaluate"), Some(day("2019-11-11")), "a month from acceptance");
    world.walk(id, &["self_evaluate"]);
    assert_eq!(
        world.due(id, "evaluate"),
        Some(day("2020-01-13")),
        "three months from acceptance, to a Monday"
    );
    (world, id)
}

fn scored(world: &World, reached: &str, grade: &str) -> Step {
    let mut command = world.whole("evaluate", "");
    let form = command.form.as_mut().unwrap();
    assert!(form.set("scored", Some(1), "reached", reached));
    assert!(form.set("", None, "grade", grade));
    command
}

#[test]
fn a_grade_is_no_better_than_its_score() {
    let (world, id) = evaluated();
    let evaluate = |reached: &str, grade: &str| {
        let mut world = world.clone();
        let command = scored(&world, reached, grade);
        name(world.act(id, command, &world.who("xj_department", 0)))
    };
    for (least, short, grade) in
        [("90%", "89.9%", "excellent"), ("80%", "79.9%", "good"), ("60%", "59.9%", "fair")]
    {
        assert_eq!(evaluate(least, grade), "carried out");
        assert_eq!(evaluate(short, grade), "RulesUnmet");
    }
    assert_eq!(evaluate("95%", "fair"), "carried out", "lowered for serious problems");
    assert_eq!(evaluate("10%", "poor"), "carried out");
    assert_eq!(evaluate("100.1%", "excellent"), "FormFaults", "nothing counts for more than its weight");
    let mut half = scored(&world, "100%", "excellent");
    assert!(half.form.as_mut().unwrap().set("scored", Some(1), "weight", "50%"));
    assert_eq!(name(world.clone().act(id, half, &world.who("xj_department", 0))), "FormFaults");
}

#[test]
fn money_without_effect_is_pursued_before_the_result_is_approved() {
    let (mut world, id) = evaluated();
    let poor = scored(&world, "40%", "poor");
    world.act(id, poor, &world.who("xj_department", 0)).unwrap();
    world.walk(id, &["evaluation_review:pass"]);
    let approve = |world: &mut World, settled: &str| {
        let mut command = world.whole("evaluation_use", "approve");
        command.records[0].value = settled.into();
        name(world.act(id, command, &world.who("xj_group", 2)))
    };
    assert_eq!(approve(&mut world, "false"), "RulesUnmet");
    assert_eq!(approve(&mut world, "true"), "carried out");
}

#[test]
fn what_was_handed_over_is_still_evaluated() {
    let (mut world, id) = evaluated();
    world.walk(id, &["hand_over"]);
    assert_eq!(world.cases[&id].standing(), Standing::Accepted);
    world.walk(id, &["evaluate", "evaluation_review:return"]);
    assert!(world.is_open(id, "evaluate"), "sent back");
    world.walk(id, &["evaluate", "evaluation_review:pass", "evaluation_use:approve"]);
    assert_eq!(world.cases[&id].standing(), Standing::Accepted);
    let open = world.open(id);
    assert!(!open.iter().any(|step| step.starts_with("eval")), "{open:?}");
}
