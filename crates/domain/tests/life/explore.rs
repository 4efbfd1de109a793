//! Every order of acts on every procedure, as deep as told from each state of the straight way: nobody is ever stuck, an end
//! stays within reach, a return undoes what hangs on it and nothing else, what is undone comes open again, and every term has
//! a day that it runs from.

use crate::world::*;
use domain::Refusal;
use domain::case::{self, Case, OutcomeKind, Standing, event_date, files, notice_of};
use kernel::id::CaseId;
use policy::pack::Pack;
use policy::procedure::{OutcomeKind as PackKind, Procedure, Step, StepOutcome, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that may be tried in a state.
#[derive(Clone, Debug)]
struct Try {
    step: &'static Step,
    outcome: Option<&'static StepOutcome>,
    /// For a return, to which step.
    to: Option<&'static str>,
    /// For a filing, whether it changes what approvals stand on.
    changed: bool,
}

impl Try {
    fn passes(&self) -> bool {
        self.outcome.is_none_or(|outcome| outcome.kind == PackKind::Pass)
    }
}

/// What matters of a case for what can follow: what stands with which outcome, what runs, who signed, where it stands.
type Key = (Standing, BTreeMap<String, Option<String>>, BTreeSet<String>, BTreeSet<(String, String)>);

fn key(case: &Case) -> Key {
    let standing = case.trail.iter().filter(|done| !done.void);
    let done = standing.map(|done| (done.step.clone(), done.outcome.clone())).collect();
    let running = case.notices.iter().filter(|n| !n.ended).map(|n| n.step.clone()).collect();
    let signed = case.signing.iter().flat_map(|(step, signed)| {
        signed.iter().map(move |one| (step.clone(), one.meta.role.clone().unwrap_or_default()))
    });
    (case.standing(), done, running, signed.collect())
}

fn is_over(case: &Case) -> bool {
    !matches!(case.standing(), Standing::Open | Standing::Returned)
}

/// All that may be tried now: every open step with every outcome, every return to every earlier step that was done.
fn tries(world: &World, id: CaseId) -> Vec<Try> {
    let case = &world.cases[&id];
    let mut tries = Vec::new();
    for open in case::open_steps(world.pack, case) {
        let step = world.step(&open.step.id);
        let plain = Try { step, outcome: None, to: None, changed: false };
        if files(step.act) {
            let stands_on = |s: &&Step| s.procedure == step.procedure && !s.stands_on.is_empty();
            if world.pack.steps.iter().any(|s| stands_on(&s)) {
                tries.push(Try { changed: true, ..plain });
            }
            tries.push(plain);
            continue;
        }
        if notice_of(world.pack, step).is_some() && case.running(&step.id).is_none() {
            tries.push(plain);
            continue;
        }
        if step.outcomes.is_empty() {
            tries.push(plain);
            continue;
        }
        for outcome in &step.outcomes {
            let plain = Try { step, outcome: Some(outcome), to: None, changed: false };
            if outcome.kind == PackKind::Return {
                let before = world.pack.before(step).into_iter().filter(|to| world.done(id, &to.id));
                tries.extend(before.map(|to| Try { to: Some(&to.id), ..plain.clone() }));
            } else {
                tries.push(plain);
            }
        }
    }
    tries
}

/// Tries it; for a step that several must agree to, the next of them agrees.
fn attempt(world: &mut World, id: CaseId, one: &Try) -> Result<(), Refusal> {
    let step = one.step;
    let by = world.doer(step, &step.by);
    if files(step.act) {
        let version = world.cases[&id].declared.len();
        return world.refile(id, &step.id, &by, |form| {
            if one.changed {
                form.set("", None, "content", format!("第{version}次改写"));
            }
        });
    }
    if notice_of(world.pack, step).is_some() {
        if one.outcome.is_none() {
            return world.post(id, world.posting(&step.id), &by).map(|_| ());
        }
        world.later(30);
    }
    if step.not_before.is_some() {
        world.later(40);
    }
    let mut command = world.whole(&step.id, one.outcome.map_or("", |outcome| &outcome.id));
    command.to = one.to.map(str::to_owned);
    let signed = world.cases[&id].signing.get(&step.id).map_or(0, Vec::len);
    let role = if step.each { step.roles().nth(signed) } else { None };
    let actor = role.map_or(by, |role| world.doer(step, role));
    world.act(id, command, &actor)
}

/// Where the rules or the papers say no in this state, another act has to come first.
fn waits(refusal: &Refusal) -> bool {
    refusal.reason.name() == "RulesUnmet"
}

/// The next act of somebody who only wants to be done.
fn forward(world: &World, id: CaseId) -> Option<World> {
    let case = &world.cases[&id];
    let mut tries: Vec<Try> =
        tries(world, id).into_iter().filter(|one| one.passes() && !one.changed).collect();
    let again = |step: &Step| step.repeats && case.done(&step.id).is_some();
    tries.retain(|one| !again(one.step));
    tries.sort_by_key(|one| one.step.optional);
    tries.into_iter().find_map(|one| {
        let mut next = world.clone();
        attempt(&mut next, id, &one).is_ok().then_some(next)
    })
}

/// An end is within reach: accepted, or ended by an outcome that ends.
fn can_end(world: &World, id: CaseId, ends: &mut BTreeSet<Key>) {
    let mut on_the_way = Vec::new();
    let mut at = world.clone();
    while !is_over(&at.cases[&id]) && !ends.contains(&key(&at.cases[&id])) {
        on_the_way.push(key(&at.cases[&id]));
        assert!(on_the_way.len() < 200, "going in circles: {:?}", at.open(id));
        let open = at.open(id);
        at = forward(&at, id).unwrap_or_else(|| panic!("stuck at {open:?}"));
    }
    ends.extend(on_the_way);
}

/// What holds in every state.
fn holds(world: &World, id: CaseId) {
    let case = &world.cases[&id];
    let open = case::open_steps(world.pack, case);
    assert!(is_over(case) || !open.is_empty(), "open, and nothing can be done");
    for open in open {
        let step = open.step;
        let terms = step.within.iter().chain(&step.not_before);
        for term in terms {
            assert!(event_date(case, &term.from).is_some(), "{}: its term runs from nothing", step.id);
        }
        // A notice that hangs has met its term.
        let within = step.within.is_some() && case.running(&step.id).is_none();
        let dated = within || step.every.is_some() || step.due_on.is_some();
        assert_eq!(open.due.is_some(), dated, "{}", step.id);
        assert!(step.repeats || case.done(&step.id).is_none(), "{} is done and open", step.id);
    }
}

/// What one act undid: only what hangs on the step it went back to or on what it changed; and that comes open again.
fn undoes_what_hangs_on_it(before: &World, after: &World, id: CaseId, one: &Try) {
    let (pack, case) = (after.pack, &after.cases[&id]);
    let steps = pack.steps.iter().filter(|s| s.procedure == case.procedure);
    let undone: Vec<&Step> = steps.filter(|s| before.done(id, &s.id) && !after.done(id, &s.id)).collect();
    for step in &undone {
        assert!(case.running(&step.id).is_none() && !case.signing.contains_key(&step.id), "{}", step.id);
    }
    let behind = |of: &Step, step: &Step| of.id == step.id || pack.behind(of).iter().any(|s| s.id == step.id);
    if let Some(to) = one.to {
        let to = after.step(to);
        assert_eq!(case.trail.last().unwrap().kind, OutcomeKind::Return);
        assert!(after.is_open(id, &to.id) && !after.done(id, &to.id), "{one:?} does not reopen it");
        assert!(undone.iter().all(|step| behind(to, step)), "{one:?} undid what stands beside");
        let left = pack.behind(to).into_iter().find(|step| after.done(id, &step.id));
        assert!(left.is_none(), "{one:?} left {left:?}");
    } else if files(one.step.act) {
        let voided = |s: &&Step| s.procedure == case.procedure && !s.stands_on.is_empty();
        let roots: Vec<&Step> = pack.steps.iter().filter(|s| one.changed && voided(s)).collect();
        for step in &undone {
            let hangs = behind(one.step, step) || roots.iter().any(|root| behind(root, step));
            assert!(hangs && !files(step.act), "{one:?} undid {}", step.id);
        }
        let open = undone.is_empty() || undone.iter().any(|step| after.is_open(id, &step.id));
        assert!(
            open || after.open(id).iter().any(|open| after
                .step(open)
                .after
                .iter()
                .any(|a| a.step == one.step.id)),
            "{one:?}"
        );
    } else {
        assert!(undone.iter().all(|step| one.step.repeats && behind(one.step, step)), "{one:?}");
    }
}

/// Begins a case of a procedure, and of those it builds on as far as it wants them.
fn begin(world: &mut World, procedure: &Procedure) -> CaseId {
    let parent = procedure.parent.as_deref().map(|parent| {
        let id = begin(world, world.pack.procedures.get(parent).unwrap());
        let there = |world: &World| match &procedure.parent_after {
            Some(step) => world.done(id, step),
            None => world.cases[&id].standing() == Standing::Accepted,
        };
        while !there(world) {
            *world = forward(world, id).unwrap_or_else(|| panic!("stuck at {:?}", world.open(id)));
        }
        id
    });
    world.around.parent_accepted = parent.is_some();
    let first = world.pack.start_steps(procedure)[0];
    if files(first.act) {
        return world.file(&procedure.id, parent, |_| ()).unwrap();
    }
    let actor = world.doer(first, &first.by);
    world.begin(&procedure.id, parent, &actor).unwrap()
}

/// How far it went: states and acts.
#[derive(Default)]
struct Seen {
    states: usize,
    acts: usize,
}

/// Explores a procedure so many acts deep from every state of its straight way; every outcome of every step comes about.
fn explore(pack: &'static Pack, procedure: &'static Procedure, depth: usize) -> Seen {
    let mut world = World::of(pack);
    let id = begin(&mut world, procedure);
    let mut frontier = vec![world];
    while let Some(next) = forward(frontier.last().unwrap(), id) {
        frontier.push(next);
    }
    let mut seen: BTreeSet<Key> = frontier.iter().map(|world| key(&world.cases[&id])).collect();
    let (mut ends, mut came, mut acts) = (BTreeSet::new(), BTreeSet::new(), 0);
    for left in (0..depth).rev() {
        let mut found = Vec::new();
        for world in &frontier {
            for one in tries(world, id) {
                let mut next = world.clone();
                acts += 1;
                match attempt(&mut next, id, &one) {
                    Err(refusal) => assert!(waits(&refusal), "{one:?}: {refusal}"),
                    Ok(()) => {
                        came.insert((one.step.id.clone(), one.outcome.map(|outcome| outcome.id.clone())));
                        if one.to.is_some() || files(one.step.act) || one.passes() {
                            undoes_what_hangs_on_it(world, &next, id, &one);
                        }
                        if seen.insert(key(&next.cases[&id])) {
                            holds(&next, id);
                            can_end(&next, id, &mut ends);
                            found.extend((left > 0).then_some(next));
                        }
                    }
                }
            }
        }
        frontier = found;
    }
    for step in pack.steps_of(procedure).filter(|step| !step.after.is_empty()) {
        for outcome in &step.outcomes {
            let one = (step.id.clone(), Some(outcome.id.clone()));
            assert!(came.contains(&one), "{one:?} never came about");
        }
        assert!(came.iter().any(|(id, _)| *id == step.id), "{} never came about", step.id);
    }
    Seen { states: seen.len(), acts }
}

/// Explores every procedure on cases of a pack but those that plans and intake years of the whole fund move on, or that begin
/// behind a plan.
fn explore_all(pack: &'static Pack, depth: usize) {
    let plan = |p: &Procedure| pack.steps_of(p).any(|step| step.on == Subject::Plan);
    let behind = |p: &Procedure| p.parent.as_deref().and_then(|id| pack.procedures.get(id)).is_some_and(plan);
    for procedure in pack.procedures.iter().filter(|p| p.subject == Subject::Case && !plan(p) && !behind(p)) {
        let Seen { states, acts } = explore(pack, procedure, depth);
        println!("{} {}: {states} states, {acts} acts, depth {depth}", pack.id, procedure.id);
    }
}

#[test]
fn every_order_in_the_trial_pack() {
    explore_all(&TRIAL, 40);
}

#[test]
fn every_order_in_hunan() {
    explore_all(&HUNAN, 3);
}

#[test]
fn every_order_in_jizhou() {
    explore_all(&JIZHOU, 40);
}

#[test]
fn every_order_in_tianjin() {
    explore_all(&TIANJIN, 40);
}

#[test]
fn every_order_in_tongzhou() {
    explore_all(&TONGZHOU, 40);
}

#[test]
fn every_order_in_xinjiang() {
    explore_all(&XINJIANG, 6);
}
