//! Money waits for the life of its project.

use crate::approvals::{HUNAN_TEXT, edited};
use crate::ways::*;
use crate::world::*;
use domain::case::{Case, bar_of};
use domain::project::{Life, flowing, of_case, ready};
use kernel::id::{CaseId, OrgId};

fn ready_for(world: &World, step: &str, case: Option<&Case>) -> &'static str {
    let actor = world.who(&world.step(step).by, 0);
    name(ready(world.step(step), "P1", Life { case, about: &[] }, world.ctx(&actor)))
}

fn flows(world: &World, id: CaseId, about: &[CaseId]) -> &'static str {
    let about: Vec<Case> = about.iter().map(|id| world.cases[id].clone()).collect();
    let actor = world.who("hn_finance", 0);
    name(flowing(Life { case: Some(&world.cases[&id]), about: &about }, world.ctx(&actor)))
}

#[test]
pub fn case_missing() {
    let (world, id) = HUNAN_WAY.until("plan_submit");
    assert_eq!(ready_for(&world, "declare", None), "CaseMissing");
    assert_eq!(ready_for(&world, "declare", Some(&world.cases[&id])), "carried out");
    assert_eq!(ready_for(&world, "recover", None), "carried out", "it needs nothing");
}

#[test]
pub fn step_missing() {
    let gates = |step: &str| {
        let (world, id) = HUNAN_WAY.until(step);
        ["declare", "approve", "close"].map(|gate| ready_for(&world, gate, Some(&world.cases[&id])))
    };
    let (yes, no) = ("carried out", "StepMissing");
    assert_eq!(gates("decide_project"), [no, no, no]);
    assert_eq!(gates("plan_approve"), [yes, no, no]);
    assert_eq!(gates("accept_works"), [yes, yes, no]);
    assert_eq!(gates("hand_over"), [yes, yes, yes]);
    let (world, id) = JIZHOU_WAY.until("procure");
    assert_eq!(ready_for(&world, "claim", Some(&world.cases[&id])), no);
    let (world, id) = XINJIANG_WAY.until("progress_report");
    assert_eq!(ready_for(&world, "claim", Some(&world.cases[&id])), yes);
    assert_eq!(ready_for(&world, "close", Some(&world.cases[&id])), no, "not accepted");
}

#[test]
fn any_of_several_steps_will_do_and_the_missing_one_is_of_the_own_procedure() {
    let either = ("[step.claim]", "needs     = [\"start\"]", "needs     = [\"library_enter | start\"]");
    let pack = edited(HUNAN_TEXT, &[either]);
    let (mut world, entry) = HUNAN_WAY.ready(pack);
    let id = world.file("flow", entry, |_| ()).unwrap();
    let asked = |world: &World, case: Option<CaseId>| {
        let actor = world.who("hn_unit", 0);
        let case = case.map(|id| &world.cases[&id]);
        ready(world.step("claim"), "P1", Life { case, about: &[] }, world.ctx(&actor))
    };
    let none = asked(&world, None).unwrap_err();
    assert!(none.reason.say().zh.contains("“审核入库”或“"), "{none}");
    let refusal = asked(&world, Some(id)).unwrap_err();
    assert_eq!(refusal.cite, world.step("start").cite.to_string(), "{refusal}");
    assert_eq!(name::<()>(Err(refusal)), "StepMissing");
    assert_eq!(name(asked(&world, entry)), "carried out", "the entry is of the other procedure");
    HUNAN_WAY.on(&mut world, id, "assess", "site_notice");
    assert_eq!(name(asked(&world, Some(id))), "carried out");
}

#[test]
pub fn barred() {
    let (mut world, id) = HUNAN_WAY.begun();
    let office = world.who("hn_office", 0);
    let bar = world.begin("barring", Some(id), &office).unwrap();
    assert_eq!(world.cases[&bar].applicant, UNIT, "it is about who filed");
    assert_eq!(bar_of(&HUNAN, &world.cases[&bar]), None, "found, not decided");
    assert_eq!(name(world.act(bar, world.whole("bar_decide", "bar"), &office)), "MakerIsChecker");
    world.walk(bar, &["bar_decide:bar"]);
    let found = bar_of(&HUNAN, &world.cases[&bar]).unwrap();
    assert_eq!((found.last, found.cite.as_str()), (2019, "第十四条"));
    let file = |world: &mut World, procedure: &str, year: &str| {
        let filed = world.file(procedure, None, |form| assert!(form.set("", None, "plan_year", year)));
        if let Err(refusal) = &filed {
            assert_eq!(refusal.cite, "第十四条");
            assert!(refusal.reason.say().zh.contains("到2019年度"), "{refusal}");
        }
        name(filed)
    };
    assert_eq!(file(&mut world, "library", "2019"), "carried out", "nothing stands against it yet");
    world.bars = vec![found];
    for (year, said) in [("2018", "Barred"), ("2019", "Barred"), ("2020", "carried out")] {
        for procedure in ["library", "flow"] {
            assert_eq!(file(&mut world, procedure, year), said, "{procedure} {year}");
        }
    }
    let mut lift = world.whole("bar_lift", "lifted");
    lift.opinion = String::new();
    assert_eq!(name(world.act(bar, lift, &world.who("hn_office", 2))), "ReasonMissing");
    world.walk(bar, &["bar_lift:lifted"]);
    assert_eq!(bar_of(&HUNAN, &world.cases[&bar]), None, "lifted with a reason");
}

#[test]
pub fn money_stopped() {
    let (mut world, id) = HUNAN_WAY.until("start");
    world.on("2018-08-15");
    world.walk(id, &["start"]);
    assert_eq!(flows(&world, id, &[]), "carried out");
    let order = world.begin("rectification", Some(id), &world.who("hn_office", 0)).unwrap();
    assert_eq!(flows(&world, id, &[order]), "MoneyStopped");
    world.walk(order, &["stop", "mend", "mend_check:again"]);
    assert_eq!(flows(&world, id, &[order]), "MoneyStopped");
    world.walk(order, &["mend", "mend_check:mended", "resume"]);
    assert_eq!(flows(&world, id, &[order]), "carried out");
    world.on("2018-09-07");
    assert_eq!(flows(&world, id, &[]), "carried out", "the report of August is due today");
    world.on("2018-09-10");
    assert_eq!(flows(&world, id, &[]), "MoneyStopped");
    world.walk(id, &["progress"]);
    assert_eq!(flows(&world, id, &[]), "carried out");
}

#[test]
fn an_order_has_one_of_two_ends() {
    let (mut world, id) = HUNAN_WAY.until("start");
    let office = world.who("hn_office", 0);
    let order = world.begin("rectification", Some(id), &office).unwrap();
    world.walk(order, &["stop", "mend", "mend_check:mended"]);
    assert_eq!(world.open(order), ["resume", "unmended"]);
    world.walk(order, &["resume"]);
    assert_eq!(world.open(order), [""; 0], "what was mended is not found unmended");
    let order = world.begin("rectification", Some(id), &office).unwrap();
    world.walk(order, &["stop", "unmended", "rearrange"]);
    assert_eq!(world.open(order), ["mend", "criticise"]);
    world.walk(order, &["criticise:plain"]);
    assert_eq!(world.open(order), [""; 0], "nor is anything left to mend");
}

#[test]
fn an_order_that_ends_or_stops_nothing_lets_money_go_on() {
    let (mut world, id) = HUNAN_WAY.until("start");
    let office = world.who("hn_office", 0);
    let order = world.begin("rectification", Some(id), &office).unwrap();
    world.walk(order, &["stop", "mend", "mend_check:excused"]);
    let urging = world.begin("urging", Some(id), &office).unwrap();
    assert_eq!(flows(&world, id, &[order, urging]), "carried out");
}

#[test]
fn no_report_is_overdue_once_the_works_are_accepted() {
    let (mut world, id) = HUNAN_WAY.until("accept_works");
    world.later(100);
    assert_eq!(flows(&world, id, &[]), "MoneyStopped");
    world.walk(id, &["accept_works:qualified"]);
    assert_eq!(flows(&world, id, &[]), "carried out", "though the works are not handed over yet");
}

#[test]
pub fn case_used() {
    let (world, id) = HUNAN_WAY.until("plan_submit");
    let open = |unit: OrgId, other: Option<&str>| {
        let actor = world.who("hn_unit", 0);
        let life = Life { case: Some(&world.cases[&id]), about: &[] };
        name(of_case(world.step("declare"), unit, other, life, world.ctx(&actor)))
    };
    assert_eq!(open(UNIT, None), "carried out");
    assert_eq!(open(UNIT, Some("湘项-2018-0001")), "CaseUsed");
    assert_eq!(open(OrgId(31), None), "NotFound", "the project of another village");
}

#[test]
fn where_another_role_opens_projects_the_unit_is_its_own() {
    let (world, id) = XINJIANG_WAY.until("down_two");
    let actor = world.who("xj_unit", 0);
    let life = Life { case: Some(&world.cases[&id]), about: &[] };
    assert_eq!(name(of_case(world.step("declare"), OrgId(77), None, life, world.ctx(&actor))), "carried out");
}
