//! A later version of the form: approvals that stood on what it changes are void, with what came behind them; filings stay.

use crate::ways::*;
use crate::world::*;
use domain::project::{self, Life};
use kernel::id::OrgId;
use policy::form::FormData;
use std::collections::BTreeSet;

fn other(field: &'static str) -> impl FnOnce(&mut FormData) {
    move |form| {
        form.set("", None, field, "改写");
    }
}

#[test]
fn a_formal_file_that_differs_goes_to_the_experts_again() {
    let (mut world, id) = JIZHOU_WAY.until("formal");
    let township = world.who("jz_township", 0);
    world.refile(id, "formal", &township, other("content")).unwrap();
    assert!(world.done(id, "formal") && !world.done(id, "experts"));
    assert!(world.is_open(id, "experts") && !world.is_open(id, "review"));
    assert!(world.done(id, "accept"), "the acceptance does not stand on it");
    world.walk(id, &["experts:pass", "review:report"]);
}

#[test]
fn a_formal_file_that_agrees_goes_on() {
    let (mut world, id) = JIZHOU_WAY.until("formal");
    let township = world.who("jz_township", 0);
    world.refile(id, "formal", &township, other("person")).unwrap();
    assert!(world.done(id, "experts") && world.is_open(id, "review"));
}

#[test]
fn a_change_after_approval_voids_what_stood_on_it() {
    let (mut world, id) = JIZHOU_WAY.until("finish_work");
    let township = world.who("jz_township", 0);
    world.refile(id, "change_project", &township, other("leader")).unwrap();
    assert!(world.done(id, "reply") && world.done(id, "start_work"), "nobody approved the leader");
    world
        .refile(id, "change_project", &township, |form| {
            other("leader")(form);
            form.set("", None, "village", "另一个村");
        })
        .unwrap();
    for kept in ["submit", "accept", "formal", "change_project"] {
        assert!(world.done(id, kept), "{kept}");
    }
    for void in ["experts", "review", "reply", "procure", "start_work", "progress_report"] {
        assert!(!world.done(id, void), "{void}");
    }
    assert_eq!(world.open(id), ["platform_exception", "experts"]);
    let step = world.step("claim");
    let life = |world: &World| {
        let case = Some(&world.cases[&id]);
        name(project::ready(step, "P1", Life { case, about: &[] }, world.ctx(&township)))
    };
    assert_eq!(life(&world), "StepMissing");
    world.walk(id, &["experts:pass", "review:report", "reply:approve", "procure", "start_work"]);
    assert_eq!(life(&world), "carried out");
    assert_eq!(world.cases[&id].current().unwrap().version, 4);
}

#[test]
fn a_permission_stands_on_the_amount_it_was_given_for() {
    let (mut world, id) = JIZHOU_WAY.until("formal");
    world.walk(id, &["platform_exception:grant"]);
    let township = world.who("jz_township", 0);
    world
        .refile(id, "formal", &township, |form| {
            form.set("", None, "asked", "9");
        })
        .unwrap();
    assert!(!world.done(id, "platform_exception") && world.is_open(id, "platform_exception"));
}

#[test]
fn the_village_changes_a_project_and_the_township_may() {
    for role in ["xj_village", "xj_township"] {
        let (mut world, id) = XINJIANG_WAY.until("finish_work");
        world.refile(id, "change_project", &world.who(role, 0), other("task")).unwrap();
        assert_eq!(world.open(id), ["second_review"], "{role}");
        assert!(world.done(id, "township_resubmit") && world.done(id, "change_project"));
        XINJIANG_WAY.on(&mut world, id, "second_review", "finish_work");
    }
    let (mut world, id) = XINJIANG_WAY.until("finish_work");
    let org = OrgId(31);
    let stranger = domain::Actor { org, belongs: BTreeSet::from([org]), ..world.who("xj_village", 0) };
    assert_eq!(name(world.refile(id, "change_project", &stranger, other("task"))), "NotFound");
}

#[test]
fn doing_it_again_undoes_what_stands_behind_it() {
    let (mut world, id) = HUNAN_WAY.until("finished");
    assert!(world.done(id, "change_decide"));
    world.walk(id, &["change_request"]);
    assert!(!world.done(id, "change_review") && !world.done(id, "change_decide"));
    assert!(world.is_open(id, "change_review") && world.done(id, "progress"), "the rest stays");
    let versions: Vec<u32> =
        world.cases[&id].declared.iter().filter(|d| d.of == "plan").map(|d| d.version).collect();
    assert_eq!(versions, [1, 2, 3]);
}
