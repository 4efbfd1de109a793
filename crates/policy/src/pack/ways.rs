//! Which ways through a procedure are possible, as a step ends one way at a time: nothing waits for two outcomes of one step,
//! and where completing steps are named no way of passing leaves a case open for ever.
//!
//! A procedure without a completing step needs no such look: its cases are complete when a step passes that nothing follows,
//! and as `flow` refuses waiting in a circle and steps that only return, from every step such a one can be reached.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::flow::ancestors;
use super::model::*;
use super::steps::Placed;
use super::things::passes;
use crate::procedure::{OutcomeKind, StepOutcome};

/// Runs both checks on the steps that are reached at all.
pub(super) fn check(cx: &Context<'_>, steps: &Catalog<Placed>, reached: &BTreeSet<Id>) {
    let walked = || steps.iter().filter(|placed| reached.contains(&placed.step.id));
    let mut torn: BTreeSet<&str> = BTreeSet::new();
    for placed in walked().filter(|placed| exclusive(cx, steps, placed)) {
        torn.insert(&placed.step.procedure);
    }
    let completed: BTreeSet<&str> =
        steps.iter().filter(|p| p.step.completes).map(|p| p.step.procedure.as_str()).collect();
    let of = |placed: &&Placed| {
        let id = placed.step.procedure.as_str();
        completed.contains(id) && !torn.contains(id)
    };
    for placed in walked().filter(of) {
        endings(cx, steps, placed);
    }
}

/// Steps with the outcomes asked of them.
type Asked<'s> = BTreeMap<&'s str, BTreeSet<&'s str>>;

/// What a step waits for, directly and through others.
fn required<'s>(steps: &'s Catalog<Placed>, step: &'s Placed) -> Asked<'s> {
    let mut required = Asked::new();
    let before = ancestors(steps, &step.step.id).into_iter().filter_map(|id| steps.get(id));
    for after in before.chain([step]).flat_map(|placed| &placed.step.after) {
        required.entry(&after.step).or_default().extend(after.outcome.as_deref());
    }
    required
}

fn agree(one: &Asked<'_>, other: &Asked<'_>) -> bool {
    one.iter().all(|(id, asked)| other.get(id).is_none_or(|also| asked.union(also).count() < 2))
}

/// What waits for two outcomes of one step is never begun. Whether this step does.
fn exclusive(cx: &Context<'_>, steps: &Catalog<Placed>, placed: &Placed) -> bool {
    let torn = |placed: &Placed| {
        let twice = |(id, asked): (&str, BTreeSet<&str>)| {
            let list: Vec<&str> = asked.into_iter().collect();
            (list.len() > 1).then(|| (id.to_owned(), list.join("、")))
        };
        required(steps, placed).into_iter().find_map(twice)
    };
    let Some((step, both)) = torn(placed) else { return false };
    // What waits for such a step is not reported again.
    if placed
        .step
        .after
        .iter()
        .filter_map(|after| steps.get(&after.step))
        .any(|before| torn(before).is_some())
    {
        return true;
    }
    let id = &placed.step.id;
    cx.sink.add(
        Diagnostic::new(
            "E050",
            placed.at.clone(),
            format!("步骤 `{id}` 走不到"),
            format!("nothing reaches the step `{id}`"),
        )
        .label(
            format!("它同时要 `{step}` 的几种结果：{both}"),
            format!("it waits for several outcomes of `{step}` at once: {}", both.replace('、', ", ")),
        ),
    );
    true
}

/// After each way of passing a step, a completing step, an end, a return or a step that may be done again must be possible.
fn endings(cx: &Context<'_>, steps: &Catalog<Placed>, placed: &Placed) {
    let step = &placed.step;
    let mut done = ancestors(steps, &step.id);
    done.insert(&step.id);
    if done.iter().filter_map(|id| steps.get(id)).any(|p| p.step.completes || p.step.repeats) {
        return;
    }
    let leads = |next: &Placed| {
        let away = |outcome: &StepOutcome| match outcome.kind {
            OutcomeKind::End => true,
            OutcomeKind::Return => outcome.to.as_deref().is_some_and(|to| done.contains(to)),
            OutcomeKind::Pass => false,
        };
        next.step.completes || next.step.outcomes.iter().any(away)
    };
    let beyond = |next: &&Placed| {
        next.step.procedure == step.procedure && !done.contains(next.step.id.as_str()) && leads(next)
    };
    for (way, at) in passing(placed) {
        let mut held = required(steps, placed);
        held.insert(&step.id, way.into_iter().collect());
        if !steps.iter().filter(beyond).any(|next| agree(&held, &required(steps, next))) {
            cx.sink.add(endless(&step.id, at));
        }
    }
}

/// The ways in which a step passes, each with its place.
fn passing(placed: &Placed) -> Vec<(Option<&str>, Range<usize>)> {
    if placed.step.outcomes.is_empty() {
        return vec![(None, placed.at.clone())];
    }
    let outcomes = placed.step.outcomes.iter().zip(&placed.to_at).filter(|(outcome, _)| passes(outcome.kind));
    outcomes.map(|(outcome, at)| (Some(outcome.id.as_str()), at.clone())).collect()
}

fn endless(step: &str, at: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        "E051",
        at,
        format!("步骤 `{step}` 这样通过之后，申请再也办不完"),
        format!("a case that passes the step `{step}` this way is never complete"),
    )
    .label("走不到办结的步骤", "no completing step can be reached")
    .hint(
        "在这一路上写 completes = true，或把结果写成 end",
        "write completes = true on this way, or make the outcome an end",
    )
}
