//! Each refusal about filing, rounds, approval and notices, with the other side of what it turns on.

use crate::ways::*;
use crate::world::*;
use domain::case::Aside;
use kernel::id::CaseId;

#[test]
pub fn filing_closed() {
    let file = |today: &str, year: &str, late: &str| {
        let mut world = World::of(&JIZHOU);
        world.on(today);
        let filed = world.file("declaration", None, |form| {
            form.set("", None, "program", year);
            form.set("", None, "late", late);
        });
        name(filed)
    };
    assert_eq!(file("2018-10-31", "y2019", ""), "carried out");
    assert_eq!(file("2018-11-01", "y2019", " "), "FilingClosed");
    assert_eq!(file("2018-11-01", "y2019", "补录纸件"), "carried out");
    assert_eq!(file("2018-08-31", "y2018", ""), "carried out", "the day set for that year");
    assert_eq!(file("2018-09-01", "y2018", ""), "FilingClosed");
    assert_eq!(file("2018-11-01", "y2020", ""), "carried out");
}

#[test]
pub fn parent_missing() {
    let mut tongzhou = World::of(&TONGZHOU);
    assert_eq!(name(tongzhou.file("flow", None, |_| ())), "ParentMissing");
    let entry = tongzhou.file("library", None, |_| ()).unwrap();
    assert_eq!(name(tongzhou.file("flow", Some(entry), |_| ())), "ParentMissing", "not entered yet");
    tongzhou.walk(entry, &["library_verify:pass", "library_enter:enter"]);
    tongzhou.file("flow", Some(entry), |_| ()).unwrap();
    let mut hunan = World::of(&HUNAN);
    hunan.file("flow", None, |_| ()).unwrap();
    let (mut hunan, id) = HUNAN_WAY.until("plan_approve");
    let office = hunan.who("hn_office", 0);
    assert_eq!(name(hunan.begin("rectification", None, &office)), "ParentMissing");
    assert_eq!(
        name(hunan.begin("rectification", Some(id), &office)),
        "ParentMissing",
        "its plan is not approved"
    );
    hunan.walk(id, &["plan_approve:approve"]);
    let order = hunan.begin("rectification", Some(id), &office).unwrap();
    assert_eq!(hunan.cases[&order].applicant, UNIT, "it belongs to who applied");
}

#[test]
fn an_item_is_refused_under_its_own_article() {
    let (mut world, id) = HUNAN_LIBRARY_WAY.begun();
    let township = world.who("hn_township", 1);
    let mut command = world.whole("library_check", "pass");
    command.checks.iter_mut().for_each(|check| check.holds = check.item != "willing");
    let refusal = world.act(id, command.clone(), &township).unwrap_err();
    assert_eq!(refusal.cite, "第五条（二）");
    assert_eq!(name::<()>(Err(refusal)), "ChecklistFailed");
    command.checks.retain(|check| check.item != "reaches");
    let refusal = world.act(id, command, &township).unwrap_err();
    assert_eq!(refusal.cite, "第十三条");
    assert_eq!(name::<()>(Err(refusal)), "ChecklistIncomplete");
}

#[test]
pub fn rules_unmet() {
    let assess = |split: &str| {
        let (mut world, id) = HUNAN_WAY.begun();
        let mut command = world.whole("assess", "pass");
        command
            .records
            .iter_mut()
            .filter(|r| r.fact == "false_or_split")
            .for_each(|r| r.value = split.into());
        world.act(id, command, &world.who("hn_office", 1))
    };
    assert_eq!(name(assess("false")), "carried out");
    let refusal = assess("true").unwrap_err();
    let rule = HUNAN.rules.iter().find(|rule| rule.cite.to_string() == refusal.cite);
    assert!(rule.is_some_and(|rule| HUNAN.steps.get("assess").unwrap().cite != rule.cite), "{refusal}");
    assert_eq!(name::<()>(Err(refusal)), "RulesUnmet");
}

#[test]
pub fn already_signed() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    world.act(id, world.whole("agree", "pass"), &world.who("farming", 1)).unwrap();
    let colleague = world.who("farming", 3);
    let again = world.act(id, world.whole("agree", "pass"), &colleague).unwrap_err();
    assert!(again.reason.say().zh.contains("财政部门、乡镇"), "{again}");
    assert_eq!(name::<()>(Err(again)), "AlreadySigned");
    world.act(id, world.whole("agree", "pass"), &world.who("finance", 1)).unwrap();
}

#[test]
pub fn return_unknown() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    let finance = world.who("finance", 1);
    for to in ["decide", "agree", "visit", "nowhere"] {
        let mut command = world.whole("agree", "return");
        command.to = Some(to.into());
        assert_eq!(name(world.act(id, command, &finance)), "ReturnUnknown", "{to}");
    }
    let mut command = world.whole("agree", "return");
    command.to = Some("propose".into());
    world.act(id, command, &finance).unwrap();
}

#[test]
pub fn recused() {
    let (mut world, id) = TRIAL_WAY.until("look");
    let (township, village) = (world.who("township", 1), world.who("village", 0));
    world.aside(id, Aside::Recuse { why: "兄弟".into() }, &township).unwrap();
    assert_eq!(name(world.act(id, world.whole("look", "pass"), &township)), "Recused");
    world.act(id, world.whole("look", "return"), &world.who("township", 2)).unwrap();
    world.aside(id, Aside::Recuse { why: "兄弟".into() }, &village).unwrap();
    assert_eq!(name(world.refile(id, "propose", &village, |_| ())), "Recused");
    world.refile(id, "propose", &world.who("village", 1), |_| ()).unwrap();
}

#[test]
pub fn alike_open() {
    let mut world = World::of(&TRIAL);
    world.alike = vec![CaseId(90), CaseId(91)];
    let id = world.file("entry", None, |_| ()).unwrap();
    world.walk(id, &["look:pass", "agree:pass"]);
    let compare =
        |other: i64| Aside::Compare { other: CaseId(other), same: false, why: "地点不同".into() };
    let (leaders, township) = (world.who("leaders", 2), world.who("township", 1));
    let decide = |world: &mut World| {
        let command = world.whole("decide", "approve");
        name(world.act(id, command, &leaders))
    };
    assert_eq!(decide(&mut world), "AlikeOpen");
    world.aside(id, compare(90), &township).unwrap();
    assert_eq!(decide(&mut world), "AlikeOpen");
    assert_eq!(name(world.aside(id, compare(91), &world.who("village", 0))), "OwnFirm");
    world.aside(id, compare(91), &township).unwrap();
    assert_eq!(decide(&mut world), "carried out");
}

#[test]
pub fn notice_without_workday() {
    let post = |on: &str| {
        let (mut world, id) = TRIAL_WAY.until("board");
        world.on(on);
        name(world.post(id, world.posting("board"), &world.who("farming", 0)))
    };
    assert_eq!(post("2018-09-29"), "carried out", "Sunday the 30th was worked");
    assert_eq!(post("2018-09-30"), "NoticeWithoutWorkday", "National Day, 1 to 7 October");
    assert_eq!(post("2018-10-01"), "carried out", "the 8th is worked");
    assert_eq!(post("2019-02-03"), "NoticeWithoutWorkday", "Spring Festival, 4 to 10 February");
    assert_eq!(post("2019-02-04"), "carried out");
}

#[test]
pub fn notice_running() {
    let (mut world, id) = TRIAL_WAY.until("board");
    let farming = world.who("farming", 0);
    world.post(id, world.posting("board"), &farming).unwrap();
    assert_eq!(name(world.post(id, world.posting("board"), &farming)), "NoticeRunning");
}

#[test]
pub fn notice_not_posted() {
    let (mut world, id) = TRIAL_WAY.until("board");
    let farming = world.who("farming", 0);
    for outcome in ["clear", "upheld"] {
        assert_eq!(name(world.act(id, world.whole("board", outcome), &farming)), "NoticeNotPosted");
    }
    world.walk(id, &["board:clear"]);
}

#[test]
pub fn objection_upheld() {
    for (upheld, wanted) in [(true, "ObjectionUpheld"), (false, "carried out")] {
        let (mut world, id) = TRIAL_WAY.until("board");
        let farming = world.who("farming", 0);
        let notice = world.post(id, world.posting("board"), &farming).unwrap();
        let objection = world.object(id, &notice, "不实").unwrap();
        world.answer(id, objection, upheld, &world.who("township", 0)).unwrap();
        world.later(30);
        assert_eq!(name(world.act(id, world.whole("board", "clear"), &farming)), wanted);
    }
}

#[test]
pub fn alike_unknown() {
    let (mut world, id) = TRIAL_WAY.until("look");
    let compare = Aside::Compare { other: CaseId(90), same: true, why: "同一项目".into() };
    assert_eq!(name(world.aside(id, compare, &world.who("township", 1))), "AlikeUnknown");
}
