//! Back to an earlier step: what hangs on it is undone, what stands beside it stays; who signs together signs again.

use crate::ways::*;
use crate::world::*;
use domain::case::Standing;

#[test]
fn back_to_the_step_that_the_pack_names() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    world.act(id, world.whole("agree", "return"), &world.who("finance", 1)).unwrap();
    assert!(world.done(id, "propose") && !world.done(id, "look"));
    assert!(world.done(id, "visit"), "it stands beside the check, not behind it");
    assert_eq!(world.open(id), ["look"]);
    let last = world.cases[&id].trail.last().unwrap();
    assert_eq!(last.meta.person, Some(world.who("finance", 1).person), "who sent it back is named");
    assert_eq!(world.cases[&id].standing(), Standing::Open, "the filing stands");
}

#[test]
fn back_to_any_step_done_before() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    let mut command = world.whole("agree", "return");
    command.to = Some("propose".into());
    world.act(id, command, &world.who("farming", 1)).unwrap();
    assert_eq!(world.open(id), ["propose"]);
    assert!(!world.done(id, "visit"), "all behind the filing is undone");
    assert_eq!(world.cases[&id].standing(), Standing::Returned);
    world.walk(id, &["propose", "look:pass"]);
    assert_eq!(world.open(id), ["visit", "agree"]);
    assert_eq!(world.cases[&id].current().unwrap().version, 2);
}

#[test]
fn what_runs_beside_goes_on() {
    let (mut world, id) = HUNAN_WAY.until("portal_notice");
    world.post(id, world.posting("portal_notice"), &world.who("hn_office", 0)).unwrap();
    world.walk(id, &["plan_submit", "plan_review:return"]);
    assert!(world.cases[&id].running("portal_notice").is_some(), "the notice runs on");
    assert!(world.is_open(id, "plan_submit") && !world.is_open(id, "plan_review"));
    HUNAN_WAY.on(&mut world, id, "plan_submit", "money_issued");
    let order = world.begin("rectification", Some(id), &world.who("hn_office", 0)).unwrap();
    world.walk(order, &["stop", "mend", "mend_check:again"]);
    assert!(world.done(order, "stop"), "the order to stop does not hang on the mending");
    assert!(world.is_open(order, "mend") && !world.is_open(order, "mend_check"));
    world.walk(order, &["mend", "mend_check:mended", "resume"]);
    assert_eq!(world.cases[&order].standing(), Standing::Accepted);
}

#[test]
fn a_return_by_one_has_all_sign_again() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    world.act(id, world.whole("agree", "pass"), &world.who("farming", 1)).unwrap();
    world.act(id, world.whole("agree", "pass"), &world.who("township", 2)).unwrap();
    assert!(world.is_open(id, "agree"), "one of three is missing");
    world.act(id, world.whole("agree", "return"), &world.who("finance", 1)).unwrap();
    assert!(world.cases[&id].signing.is_empty());
    world.walk(id, &["look:pass"]);
    for (role, colleague) in [("farming", 1), ("township", 2), ("finance", 1)] {
        assert!(!world.done(id, "agree"));
        world.act(id, world.whole("agree", "pass"), &world.who(role, colleague)).unwrap();
    }
    let done = world.cases[&id].done(&"agree".to_owned()).unwrap();
    let signed: Vec<_> = done.signed.iter().map(|signed| signed.meta.role.as_deref().unwrap()).collect();
    assert_eq!((signed, done.meta.role.as_deref()), (vec!["farming", "township"], Some("finance")));
}

#[test]
fn a_passed_countersigning_reopens_for_every_role() {
    let (mut world, id) = XINJIANG_WAY.until("group_decide");
    let mut command = world.whole("group_decide", "return");
    command.to = Some("line_review".into());
    world.act(id, command, &world.who("xj_group", 2)).unwrap();
    assert_eq!(world.open(id), ["line_review"]);
    world.act(id, world.whole("line_review", "pass"), &world.who("xj_line", 1)).unwrap();
    assert_eq!(world.open(id), ["line_review"], "the department has not agreed again");
    world.act(id, world.whole("line_review", "return"), &world.who("xj_department", 1)).unwrap();
    assert_eq!(world.open(id), ["second_review"]);
    assert!(world.done(id, "township_resubmit"));
    XINJIANG_WAY.on(&mut world, id, "second_review", "down_two");
    assert!(world.done(id, "group_decide"));
}

#[test]
fn any_one_of_several_is_enough() {
    let (mut world, id) = TRIAL_WAY.until("look");
    world.act(id, world.whole("look", "pass"), &world.who("farming", 1)).unwrap();
    assert!(world.done(id, "look"));
    let township = world.who("township", 1);
    assert_eq!(name(world.act(id, world.whole("look", "pass"), &township)), "StepNotOpen");
    let leaders = world.who("leaders", 1);
    assert_eq!(name(world.act(id, world.whole("agree", "pass"), &leaders)), "NotAllowed");
}

#[test]
fn an_end_ends_all() {
    let (mut world, id) = TRIAL_WAY.until("decide");
    world.walk(id, &["decide:refuse"]);
    assert_eq!((world.cases[&id].standing(), world.open(id)), (Standing::Refused, vec![]));
}

#[test]
fn what_completes_does_so_though_steps_stay_open() {
    let (mut world, id) = TRIAL_WAY.until("board");
    assert_eq!(world.cases[&id].standing(), Standing::Accepted);
    assert_eq!(world.open(id), ["board", "settle_in"]);
    let mut library = World::of(&TONGZHOU);
    let entry = library.file("library", None, |_| ()).unwrap();
    library.walk(entry, &["library_verify:pass", "library_enter:enter", "library_roll", "library_roll"]);
    assert_eq!(library.cases[&entry].standing(), Standing::Accepted);
    assert_eq!(library.open(entry), ["library_roll"], "offered as long as it is in the library");
    world.walk(id, &["board:clear"]);
    let mut plain = World::of(&JIZHOU);
    let office = plain.who("jz_agri", 0);
    let case = plain.begin("violation", None, &office).unwrap();
    plain.walk(case, &["violation_decide:pursue"]);
    assert_eq!(plain.cases[&case].standing(), Standing::Open);
    plain.walk(case, &["violation_record"]);
    assert_eq!(plain.cases[&case].standing(), Standing::Accepted, "nothing follows");
}
