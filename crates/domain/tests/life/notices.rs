//! A notice on a case: what it says, where it stands, how long; who objects, who answers, how it ends.

use crate::ways::*;
use crate::world::*;
use domain::case::{self, Standing};
use kernel::id::CaseId;

/// A notice in Xinjiang, posted on Monday 3 December 2018: it runs until Thursday 13.
fn posted() -> (World, CaseId, String) {
    let (mut world, id) = XINJIANG_WAY.begun();
    world.on("2018-12-03");
    let village = world.who("xj_village", 0);
    let notice = world.post(id, world.posting("village_notice"), &village).unwrap();
    (world, id, notice)
}

#[test]
fn it_says_all_that_must_be_said() {
    let (mut world, id) = XINJIANG_WAY.begun();
    let village = world.who("xj_village", 0);
    let mut command = world.posting("village_notice");
    command.fields.clear();
    let refusal = world.post(id, command.clone(), &village).unwrap_err();
    assert_eq!(refusal.reason.say().zh, "公示内容不完整，缺少：监督举报电话", "the form knows the rest");
    command.fields.insert("phone".into(), "12317".into());
    command.fields.insert("stray".into(), "多余".into());
    command.fields.insert("amount".into(), " ".into());
    world.post(id, command, &village).unwrap();
    let shown = &world.cases[&id].running("village_notice").unwrap().shown;
    assert_eq!(shown.keys().collect::<Vec<_>>(), ["amount", "content", "name", "phone", "place"]);
    assert_eq!(shown["amount"], "100,000.00元");
    assert!(shown["place"].starts_with("天津市蓟州区"), "a place by its name: {}", shown["place"]);
}

#[test]
fn it_stands_at_every_place() {
    let (mut world, id) = XINJIANG_WAY.until("project_notice");
    let department = world.who("xj_department", 0);
    let mut command = world.posting("project_notice");
    command.postings[1].address = "  ".into();
    assert_eq!(name(world.post(id, command, &department)), "PostingMissing");
    let mut command = world.posting("project_notice");
    command.postings.remove(0);
    assert_eq!(name(world.post(id, command, &department)), "PostingMissing");
}

#[test]
fn a_board_is_photographed_where_the_pack_asks() {
    let (mut world, id) = HUNAN_WAY.until("site_notice");
    let unit = world.who("hn_unit", 0);
    let mut command = world.posting("site_notice");
    command.papers.clear();
    assert_eq!(name(world.post(id, command, &unit)), "PapersMissing");
    world.post(id, world.posting("site_notice"), &unit).unwrap();
    assert_eq!(world.cases[&id].running("site_notice").unwrap().papers.len(), 1);
}

#[test]
fn it_runs_its_days_to_the_end() {
    let (mut world, id, notice) = posted();
    let window = world.cases[&id].running("village_notice").unwrap().window;
    assert_eq!((window.first, window.last), (day("2018-12-04"), day("2018-12-13")));
    world.on("2018-12-13");
    let village = world.who("xj_village", 0);
    let clear = |world: &World| {
        let mut command = world.whole("village_notice", "clear");
        command.on = world.today;
        command
    };
    assert_eq!(name(world.act(id, clear(&world), &village)), "NoticeNotEnded");
    world.object(id, &notice, "最后一天").unwrap();
    world.on("2018-12-14");
    assert_eq!(name(world.object(id, &notice, "晚了一天")), "NoticeClosed");
    assert_eq!(name(world.act(id, clear(&world), &village)), "ObjectionOpen");
}

#[test]
fn an_objection_is_answered_once_by_who_is_named() {
    let (mut world, id, notice) = posted();
    assert_eq!(name(world.object(id, &notice, "  ")), "ObjectionEmpty");
    let objection = world.object(id, &notice, "地点不实").unwrap();
    let (village, township) = (world.who("xj_department", 0), world.who("xj_township", 0));
    assert_eq!(name(world.answer(id, objection, false, &village)), "NotAllowed");
    world.answer(id, objection, false, &township).unwrap();
    assert_eq!(name(world.answer(id, objection, true, &township)), "ObjectionAnswered");
    world.on("2018-12-14");
    world.walk(id, &["village_notice:clear"]);
    assert!(world.is_open(id, "township_check"));
}

#[test]
fn one_that_was_upheld_sends_it_back_and_it_is_posted_again() {
    let (mut world, id, notice) = posted();
    let objection = world.object(id, &notice, "地点不实").unwrap();
    world.answer(id, objection, true, &world.who("xj_township", 0)).unwrap();
    world.on("2018-12-14");
    let village = world.who("xj_village", 0);
    let mut silent = world.whole("village_notice", "upheld");
    silent.opinion.clear();
    assert_eq!(name(world.act(id, silent, &village)), "ReasonMissing");
    world.act(id, world.whole("village_notice", "upheld"), &village).unwrap();
    assert_eq!(world.open(id), ["village_propose"]);
    assert_eq!(world.cases[&id].standing(), Standing::Returned);
    world.walk(id, &["village_propose", "village_notice:clear"]);
    assert!(world.is_open(id, "township_check"), "the old objection does not hang on the new notice");
    assert_eq!(world.cases[&id].notices.iter().map(|n| n.version).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_return_before_it_ends_takes_it_down() {
    let (mut world, id) = HUNAN_WAY.until("site_notice");
    let unit = world.who("hn_unit", 0);
    let notice = world.post(id, world.posting("site_notice"), &unit).unwrap();
    let mut command = world.whole("accept_works", "failed");
    command.to = Some("start".into());
    HUNAN_WAY.on(&mut world, id, "progress", "accept_works");
    world.act(id, command_on(command, &world), &world.who("hn_group", 2)).unwrap();
    assert!(world.cases[&id].running("site_notice").is_none());
    let late = world.object(id, &notice, "异议");
    assert_eq!(name(late), "NoticeClosed");
    world.walk(id, &["start"]);
    assert!(world.is_open(id, "site_notice"));
}

fn command_on(mut command: case::Step, world: &World) -> case::Step {
    command.on = world.today;
    command
}

#[test]
fn what_the_step_has_written_down_is_wanted_when_it_ends_clear() {
    let (mut world, id) = TRIAL_WAY.until("board");
    let farming = world.who("farming", 0);
    world.post(id, world.posting("board"), &farming).unwrap();
    world.later(30);
    let mut command = world.whole("board", "clear");
    command.notes.clear();
    assert_eq!(name(world.act(id, command, &farming)), "RecordsMissing");
    world.walk(id, &["board:clear"]);
}

#[test]
fn one_of_a_withdrawn_case_takes_no_objections() {
    let (mut world, id, notice) = posted();
    let village = world.who("xj_village", 0);
    let events = case::withdraw(&world.cases[&id], "不办了", world.ctx(&village)).unwrap();
    world.append(id, &events, &village);
    assert_eq!(name(world.object(id, &notice, "异议")), "NoticeClosed");
    assert!(world.open(id).is_empty());
}

#[test]
fn a_notice_that_hangs_is_due_no_more() {
    let (mut world, id) = HUNAN_WAY.until("site_notice");
    assert!(world.due(id, "site_notice").is_some(), "ten working days to put it up");
    let who = world.doer(world.step("site_notice"), &world.step("site_notice").by);
    world.post(id, world.posting("site_notice"), &who).unwrap();
    assert_eq!(world.due(id, "site_notice"), None, "the end of its days is no deadline");
}
