//! Whose hands: the applicant's for its own organisation, an office's not for its own, and maker, checker and decider apart.

use crate::ways::*;
use crate::world::*;
use domain::Actor;
use domain::case::{self, Aside};
use kernel::id::OrgId;
use std::collections::BTreeSet;

fn of(actor: Actor, org: OrgId) -> Actor {
    Actor { org, belongs: BTreeSet::from([org]), ..actor }
}

#[test]
fn who_carries_out_need_not_be_who_applied() {
    let org = OrgId(77);
    let start = |role: &str, own: bool| {
        let (mut world, id) = XINJIANG_WAY.until("start_work");
        let actor = if own { of(world.who(role, 0), UNIT) } else { of(world.who(role, 0), org) };
        name(world.act(id, world.whole("start_work", ""), &actor))
    };
    assert_eq!(start("xj_unit", false), "carried out", "the unit that builds");
    assert_eq!(start("xj_unit", true), "carried out", "the village builds it itself");
    assert_eq!(start("xj_township", false), "carried out");
    assert_eq!(start("xj_village", true), "carried out");
    assert_eq!(start("xj_village", false), "NotFound", "another village");
}

#[test]
fn nobody_judges_their_own_organisation() {
    let (mut world, id) = XINJIANG_WAY.until("township_check");
    let whole = world.whole("township_check", "pass");
    let own = Actor { belongs: BTreeSet::from([UNIT]), ..world.who("xj_township", 1) };
    assert_eq!(name(world.act(id, whole.clone(), &own)), "OwnFirm");
    world.act(id, whole, &world.who("xj_township", 1)).unwrap();
}

#[test]
fn an_office_does_its_own_matters() {
    let mut world = World::of(&XINJIANG);
    let office = world.who("xj_office", 0);
    let problem = world.begin("problem", None, &office).unwrap();
    world.walk(problem, &["problem_urge", "problem_rectify", "problem_check:closed"]);
    let mut trial = World::of(&TRIAL);
    let township = trial.who("township", 0);
    let order = trial.begin("order", None, &township).unwrap();
    assert_eq!(name(trial.act(order, trial.whole("confirm", ""), &township)), "MakerIsChecker");
    trial.act(order, trial.whole("confirm", ""), &trial.who("township", 1)).unwrap();
}

#[test]
fn filing_checking_and_deciding_are_three_persons() {
    let (mut world, id) = XINJIANG_WAY.until("township_check");
    let filed = world.who("xj_village", 0).person;
    let also = Actor { person: filed, ..world.who("xj_township", 1) };
    assert_eq!(name(world.act(id, world.whole("township_check", "pass"), &also)), "MakerIsChecker");
    XINJIANG_WAY.on(&mut world, id, "township_check", "group_decide");
    let checked = world.who("xj_township", 1).person;
    let also = Actor { person: checked, ..world.who("xj_group", 2) };
    assert_eq!(name(world.act(id, world.whole("group_decide", "approve"), &also)), "MakerIsChecker");
    world.walk(id, &["group_decide:approve"]);
}

#[test]
fn who_signed_first_does_not_decide_either() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    for (role, colleague) in [("township", 5), ("farming", 1), ("finance", 1)] {
        world.act(id, world.whole("agree", "pass"), &world.who(role, colleague)).unwrap();
    }
    let decide = world.whole("decide", "approve");
    assert_eq!(name(world.act(id, decide.clone(), &world.who("township", 5))), "MakerIsChecker");
    world.act(id, decide, &world.who("township", 6)).unwrap();
}

#[test]
fn who_judged_one_version_does_not_file_the_next() {
    let (mut world, id) = XINJIANG_WAY.until("village_revise");
    let judged = world.who("xj_department", 1).person;
    let also = Actor { person: judged, ..world.who("xj_village", 0) };
    assert_eq!(name(world.refile(id, "village_revise", &also, |_| ())), "MakerIsChecker");
    world.walk(id, &["village_revise"]);
}

#[test]
fn one_person_does_not_sign_for_two_roles() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    let farming = world.who("farming", 1);
    world.act(id, world.whole("agree", "pass"), &farming).unwrap();
    let also = Actor { person: farming.person, ..world.who("finance", 1) };
    assert_eq!(name(world.act(id, world.whole("agree", "pass"), &also)), "MakerIsChecker");
}

#[test]
fn who_filed_goes_on_with_the_own_steps() {
    let (world, id) = HUNAN_WAY.until("");
    let unit = world.who("hn_unit", 0).hands();
    for step in ["declare_project", "plan_submit", "start", "finished", "request_acceptance", "hand_over"] {
        assert!(world.cases[&id].did(unit, &step.to_owned()), "{step}");
    }
}

#[test]
fn who_applies_builds_on_the_own_case_only() {
    let (mut world, id) = JIZHOU_WAY.until("archive");
    let neighbour = of(world.who("jz_township", 0), OrgId(31));
    assert_eq!(name(world.file_by("disposal", Some(id), &neighbour, |_| ())), "ParentMissing");
    world.file("disposal", Some(id), |_| ()).unwrap();
}

#[test]
fn an_answer_is_given_by_nobody_with_a_tie() {
    let (mut world, id) = XINJIANG_WAY.until("village_notice");
    let notice = world.post(id, world.posting("village_notice"), &world.who("xj_village", 0)).unwrap();
    let objection = world.object(id, &notice, "户数不实").unwrap();
    let own = Actor { belongs: BTreeSet::from([UNIT]), ..world.who("xj_township", 1) };
    assert_eq!(name(world.answer(id, objection, false, &own)), "OwnFirm");
    let tied = world.who("xj_township", 2);
    world.aside(id, Aside::Recuse { why: "表亲".into() }, &tied).unwrap();
    assert_eq!(name(world.answer(id, objection, false, &tied)), "Recused");
    world.answer(id, objection, false, &world.who("xj_township", 1)).unwrap();
}

#[test]
fn what_was_decided_is_not_withdrawn() {
    let withdraw = |step: &str| {
        let (world, id) = HUNAN_WAY.until(step);
        case::withdraw(&world.cases[&id], "不办了", world.ctx(&world.who("hn_unit", 0))).is_ok()
    };
    assert!(withdraw("decide_project"));
    assert!(!withdraw("plan_submit"));
}

/// The same role, held by `holder` and done by `doer`, whose own name stands beside.
fn lent(holder: Actor, doer: &Actor) -> Actor {
    Actor { person: doer.person, behalf: Some(holder.person), ..holder }
}

#[test]
fn in_a_lent_role_what_either_did_counts() {
    // Who filed stands in for who checks, and who checks stands in for who filed: neither checks.
    let (mut world, id) = XINJIANG_WAY.until("township_check");
    let (filed, checks) = (world.who("xj_village", 0), world.who("xj_township", 1));
    let whole = world.whole("township_check", "pass");
    let filer_stands_in = lent(checks.clone(), &filed);
    assert_eq!(name(world.act(id, whole.clone(), &filer_stands_in)), "MakerIsChecker");
    let for_the_filer = Actor { behalf: Some(filed.person), ..checks.clone() };
    assert_eq!(name(world.act(id, whole.clone(), &for_the_filer)), "MakerIsChecker");
    // A colleague who had nothing to do with it checks under both names, and then neither of the two decides.
    let colleague = world.who("xj_township", 3);
    world.act(id, whole, &lent(checks.clone(), &colleague)).unwrap();
    XINJIANG_WAY.on(&mut world, id, "first_review", "group_decide");
    let decide = world.whole("group_decide", "approve");
    for checked in [&checks, &colleague] {
        let group = world.who("xj_group", 2);
        assert_eq!(name(world.act(id, decide.clone(), &lent(group.clone(), checked))), "MakerIsChecker");
        let on_behalf = Actor { behalf: Some(checked.person), ..group };
        assert_eq!(name(world.act(id, decide.clone(), &on_behalf)), "MakerIsChecker");
    }
    world.act(id, decide, &world.who("xj_group", 2)).unwrap();
}

#[test]
fn in_a_lent_role_the_ties_of_both_count() {
    let (mut world, id) = XINJIANG_WAY.until("township_check");
    let (tied, free) = (world.who("xj_township", 2), world.who("xj_township", 1));
    world.aside(id, Aside::Recuse { why: "表亲".into() }, &tied).unwrap();
    let whole = world.whole("township_check", "pass");
    assert_eq!(name(world.act(id, whole.clone(), &lent(tied.clone(), &free))), "Recused");
    assert_eq!(name(world.act(id, whole.clone(), &lent(free.clone(), &tied))), "Recused");
    world.act(id, whole, &free).unwrap();
}

#[test]
fn in_a_lent_role_nobody_signs_twice() {
    let (mut world, id) = TRIAL_WAY.until("agree");
    let (farming, other) = (world.who("farming", 1), world.who("farming", 7));
    world.act(id, world.whole("agree", "pass"), &lent(farming.clone(), &other)).unwrap();
    let agree = world.whole("agree", "pass");
    for signed in [&farming, &other] {
        let finance = lent(world.who("finance", 1), signed);
        assert_eq!(name(world.act(id, agree.clone(), &finance)), "MakerIsChecker");
    }
    world.act(id, agree, &world.who("finance", 1)).unwrap();
}

#[test]
fn an_order_is_not_taken_back_by_whom_it_is_about() {
    let (mut world, id) = HUNAN_WAY.until("start");
    let (office, unit) = (world.who("hn_office", 0), world.who("hn_unit", 0));
    let order = world.begin("rectification", Some(id), &office).unwrap();
    assert_eq!(world.cases[&order].applicant, unit.org);
    assert_eq!(name(case::withdraw(&world.cases[&order], "不服", world.ctx(&unit))), "NotAllowed");
    assert!(case::may_withdraw(&world.cases[&order], &unit, world.pack).is_err());
}
