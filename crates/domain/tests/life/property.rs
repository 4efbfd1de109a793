//! Histories at random: whoever tries whatever, when the step that approves a project stands, all that must come before has.

use crate::ways::*;
use crate::world::*;
use domain::case::{self, Aside, Case, known_facts, notice_of, values};
use domain::{Actor, Refusal};
use kernel::id::{CaseId, ObjectionId, OrgId, PersonId};
use policy::form::FormData;
use policy::procedure::{Act, OutcomeKind, Step as PackStep};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::Cell;
use std::collections::BTreeSet;

/// One thing that somebody tries; numbers pick what it is, who tries it, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Try {
    pub act: u8,
    pub which: usize,
    pub person: u8,
    pub bend: u8,
}

/// The usual doer of a step or a colleague; now and then one of four persons who turn up in every role, or a stranger.
pub fn actor(world: &World, step: &PackStep, one: &Try) -> Actor {
    let roles: Vec<&String> = step.roles().collect();
    let mut actor = world.doer(step, roles[one.which % roles.len()]);
    match one.person {
        0 => actor.person = PersonId(i64::try_from(one.which % 4).unwrap()),
        1 => actor.role = world.pack.roles.ids().nth(one.which % world.pack.roles.len()).unwrap().into(),
        2 => (actor.org, actor.belongs) = (OrgId(31), BTreeSet::from([OrgId(31)])),
        3 => drop(actor.belongs.insert(UNIT)),
        4..=9 => actor.person = PersonId(actor.person.get() + 5000),
        _ => {}
    }
    actor
}

/// A form with one thing wrong.
fn bend(form: &mut FormData, one: &Try) {
    let keys: Vec<String> = form.fields.keys().cloned().collect();
    match one.bend {
        0 => drop(form.fields.remove(&keys[one.which % keys.len()])),
        1 => form.tables.clear(),
        2 => drop(form.set("", None, "content", format!("第{}次改写", one.which))),
        _ => {}
    }
}

/// A step with one thing wrong.
pub fn bent(mut command: case::Step, one: &Try) -> case::Step {
    match one.bend {
        0 => drop(command.checks.pop()),
        1 => command.papers.clear(),
        2 => command.notes.clear(),
        3 => command.records.clear(),
        4 => command.form = None,
        5 => command.checks.iter_mut().for_each(|check| check.holds = false),
        6 => command.on = command.on.tomorrow().unwrap(),
        7 => command.records.iter_mut().filter(|r| r.value == "false").for_each(|r| r.value = "true".into()),
        _ => {}
    }
    command
}

/// Tries to do an open step, whatever it is; the person who tried.
fn go_on(
    world: &mut World,
    id: CaseId,
    one: &Try,
    kind: OutcomeKind,
) -> Option<(Actor, Result<(), Refusal>)> {
    let open = world.open(id);
    let must = open.iter().filter(|step| !world.step(step).optional).copied().collect::<Vec<_>>();
    let from = if must.is_empty() || one.which.is_multiple_of(7) { open } else { must };
    let step = world.step(from.get(one.which % from.len().max(1))?);
    let actor = actor(world, step, one);
    if case::files(step.act) {
        let mut form = world.filled(step.form.as_deref().unwrap());
        bend(&mut form, one);
        let papers = if one.bend == 3 { Vec::new() } else { World::papers(step) };
        let (procedure, at) = (step.procedure.clone(), Some(step.id.clone()));
        let result = world.give(id, case::Declare { procedure, step: at, form, papers }, &actor);
        return Some((actor, result));
    }
    let outcomes: Vec<_> = step.outcomes.iter().filter(|outcome| outcome.kind == kind).collect();
    let outcome = outcomes.get(one.which % outcomes.len().max(1)).map_or("", |outcome| &outcome.id);
    if notice_of(world.pack, step).is_some() && world.cases[&id].running(&step.id).is_none() {
        let mut command = world.posting(&step.id);
        command.number = format!("公示-{}", world.cases[&id].notices.len());
        let result = world.post(id, command, &actor).map(drop);
        return Some((actor, result));
    }
    let mut command = bent(world.whole(&step.id, outcome), one);
    let before = world.pack.before(step);
    if kind == OutcomeKind::Return && one.bend > 8 && !before.is_empty() {
        command.to = Some(before[one.which % before.len()].id.clone());
    }
    let result = world.act(id, command, &actor);
    Some((actor, result))
}

/// Tries something; what was refused changes nothing and names an article. Who stands aside gets nothing done.
fn attempt(world: &mut World, id: CaseId, one: &Try) -> Option<()> {
    let tied: BTreeSet<PersonId> = world.cases[&id].recused.keys().copied().collect();
    let (actor, result) = match one.act {
        0..=12 => go_on(world, id, one, OutcomeKind::Pass)?,
        13 => go_on(world, id, one, OutcomeKind::Return)?,
        14 => {
            let kind = if one.which.is_multiple_of(5) { OutcomeKind::End } else { OutcomeKind::Return };
            go_on(world, id, one, kind)?
        }
        15 => {
            let number = world.cases[&id].notices.last()?.number.clone();
            drop(world.object(id, &number, "异议"));
            return None;
        }
        16 | 17 => {
            let open = |(id, said): (&ObjectionId, &case::Objection)| said.answer.is_none().then_some(*id);
            let objection = world.cases[&id].objections.iter().find_map(open)?;
            let roles: Vec<&str> = world.pack.roles.ids().collect();
            let mut actor = world.who(roles[one.which % roles.len()], 0);
            actor.person = PersonId(if one.person < 5 { 3 } else { actor.person.get() });
            let result = world.answer(id, objection, one.bend < 4, &actor);
            (actor, result)
        }
        18 => {
            let step = world.step(world.open(id).first()?);
            let actor = actor(world, step, &Try { person: 4 * (one.person % 2), ..one.clone() });
            world.aside(id, Aside::Recuse { why: "亲属".into() }, &actor).unwrap();
            return None;
        }
        19 => {
            let step = world.step(world.open(id).first()?);
            let actor = actor(world, step, one);
            let why = "地点不同".to_owned();
            let result = world.aside(id, Aside::Compare { other: CaseId(90), same: false, why }, &actor);
            (actor, result)
        }
        _ => {
            world.later(u32::try_from(1 + one.which).unwrap());
            return None;
        }
    };
    let done = name(result) == "carried out";
    assert!(!(done && tied.contains(&actor.person)), "{} stands aside and got {one:?} done", actor.name);
    Some(())
}

/// Persons who did valid steps of these acts, or agreed to them.
fn persons(world: &World, case: &Case, steps: &[&PackStep], acts: &[Act]) -> BTreeSet<PersonId> {
    let of = |id: &str| steps.iter().any(|step| step.id == id) && acts.contains(&world.step(id).act);
    let done = case.trail.iter().filter(|done| !done.void && of(&done.step));
    done.flat_map(|d| d.signed.iter().map(|s| s.meta.person).chain([d.meta.person])).flatten().collect()
}

fn passes(kind: case::OutcomeKind) -> bool {
    matches!(kind, case::OutcomeKind::Pass | case::OutcomeKind::Complete)
}

/// What has come before an approval that stands.
fn is_sound(world: &World, id: CaseId, approval: &'static PackStep) {
    let (pack, case) = (world.pack, &world.cases[&id]);
    let mut steps = pack.before(approval);
    assert!(steps.iter().all(|step| case.done(&step.id).is_some()), "all that comes before was done");
    for step in steps.iter().filter(|step| notice_of(pack, step).is_some()) {
        let notice = case.notices.iter().rev().find(|notice| notice.step == step.id).unwrap();
        let done = case.done(&step.id).unwrap();
        assert!(notice.ended && done.on > notice.window.last, "it ran to its end");
        let mut said = case.objections.values().filter(|said| said.notice == notice.number);
        assert!(said.all(|said| matches!(said.answer, Some((false, _, _)))), "answered, and none upheld");
    }
    steps.push(approval);
    let facts = values(pack, &known_facts(pack, case, &world.around, None));
    for step in &steps {
        let filed = case.declared.iter().rev().find(|filed| filed.step == step.id).map(|filed| &filed.papers);
        // What a notice was posted with lies with the notice.
        let posted =
            case.notices.iter().rev().find(|notice| notice.step == step.id).map(|notice| &notice.papers);
        let papers = filed.or(posted).unwrap_or(&case.done(&step.id).unwrap().papers);
        for need in pack.papers_needed(step, &facts).iter().filter(|need| need.required) {
            assert!(
                papers.iter().any(|paper| paper.paper == need.paper.id),
                "{}: {}",
                step.id,
                need.paper.id
            );
        }
    }
    let form = &case.current().unwrap().form;
    let whole = world.filled(pack.procedures.get(&case.procedure).unwrap().form.as_deref().unwrap());
    let targets = whole.fields.keys().filter(|id| id.starts_with("target"));
    for target in targets {
        assert!(!form.get("", None, target).is_empty(), "{target}");
    }
    assert!(!whole.tables.contains_key("links") || !form.rows("links").is_empty(), "links with households");
    let filed = persons(world, case, &steps, &[Act::Declare, Act::Change]);
    let checked = persons(world, case, &steps, &[Act::Check, Act::Review, Act::Accept, Act::Inspect]);
    let decided = persons(world, case, &steps, &[Act::Decide]);
    assert!(!filed.is_empty() && !checked.is_empty() && !decided.is_empty());
    let apart = filed.is_disjoint(&checked) && filed.is_disjoint(&decided) && checked.is_disjoint(&decided);
    assert!(apart, "filed by {filed:?}, checked by {checked:?}, decided by {decided:?}");
}

fn tries(most: usize) -> impl Strategy<Value = Vec<Try>> {
    let one = (0_u8..22, 0_usize..64, 0_u8..30, 0_u8..30);
    let one = one.prop_map(|(act, which, person, bend)| Try { act, which, person, bend });
    prop::collection::vec(one, most / 2..most)
}

/// Runs histories on the project of a pack; some of them must get as far as the approval.
fn sound_at_random(way: &Way) {
    let config = Config {
        cases: 32,
        rng_seed: RngSeed::Fixed(20_181_128),
        failure_persistence: None,
        ..Config::default()
    };
    let approved = Cell::new(0);
    let run = |tries: Vec<Try>| {
        let (mut world, id) = way.begun();
        world.alike = vec![CaseId(90)];
        let approval = world.step(way.approves);
        let mut times = 0;
        for one in &tries {
            let _ = attempt(&mut world, id, one);
            let case = &world.cases[&id];
            if case.passed(&approval.id).is_some() {
                is_sound(&world, id, approval);
            }
            let approved = case.trail.iter().filter(|done| done.step == approval.id && passes(done.kind));
            let approved = approved.count();
            assert!(approved == times || case.uncompared().next().is_none(), "what looks alike was compared");
            times = approved;
        }
        approved.set(approved.get() + u32::from(times > 0));
        Ok(())
    };
    TestRunner::new(config).run(&tries(60 + 8 * way.steps.len()), run).unwrap();
    println!("{}: approved in {} of 32", way.procedure, approved.get());
    assert!(approved.get() >= 8, "hardly any history got as far");
}

#[test]
fn an_approval_is_sound_in_hunan() {
    sound_at_random(&HUNAN_WAY);
}

#[test]
fn an_approval_is_sound_in_jizhou() {
    sound_at_random(&JIZHOU_WAY);
}

#[test]
fn an_approval_is_sound_in_tongzhou() {
    sound_at_random(&TONGZHOU_WAY);
}

#[test]
fn an_approval_is_sound_in_xinjiang() {
    sound_at_random(&XINJIANG_WAY);
}

#[test]
fn an_approval_is_sound_in_the_trial_pack() {
    sound_at_random(&TRIAL_WAY);
}
