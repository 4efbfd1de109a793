//! Allocations: drafted, consulted on, approved, issued, filed. Only the approval moves money.

use super::{Bench, consents, made, not_found, number, quota};
use crate::command::money::{AllocationText, NewAllocation};
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use domain::allocation::{self, Allocation, Approve, Draft, Figures, Step};
use domain::guard::Consents;
use domain::lot::Lot;
use domain::project::Project;
use domain::{Refusal, Stream};
use kernel::id::{AllocationId, ProjectId};
use policy::procedure::{Act, OutcomeKind as Kind, Subject};
use std::collections::BTreeMap;
use std::sync::Arc;

type Projects = BTreeMap<ProjectId, Project>;

pub(super) fn draft(desk: &mut Desk<'_>, new: NewAllocation) -> Result<Answer, Failure> {
    let pack = desk.pack(&new.pack)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Allocation, Act::Plan), &new.fund)?;
    bench.reaches_fund(&new.fund)?;
    let (projects, quota) = figures(desk, &new.pack, &new.fund, &new.side, &new.text)?;
    let id = AllocationId(desk.book.next("allocation")?);
    let number = number(desk, &bench.pack, Subject::Allocation, "分配")?;
    let NewAllocation { fund, side, year, text, .. } = new;
    let command = Draft { allocation: id, number: number.clone(), fund, side, year, text };
    let figures = Figures { projects: &projects, quota: &quota };
    let events = bench.decide(desk, |ctx| allocation::draft(command, figures, ctx))?;
    desk.begins(&Stream::Allocation(id))?;
    desk.emit_all(Some(&bench.pack), &Stream::Allocation(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn redraft(
    desk: &mut Desk<'_>,
    id: AllocationId,
    text: AllocationText,
) -> Result<Answer, Failure> {
    let state = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Allocation, Act::Plan), &state.fund)?;
    bench.reaches_fund(&state.fund)?;
    let (projects, quota) = figures(desk, &state.pack, &state.fund, &state.side, &text)?;
    let figures = Figures { projects: &projects, quota: &quota };
    let events = bench.decide(desk, |ctx| allocation::redraft(&state, text, figures, ctx))?;
    append(desk, &bench, state, events)
}

pub(super) fn step(desk: &mut Desk<'_>, id: AllocationId, command: Step) -> Result<Answer, Failure> {
    let state = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::at(desk, pack, &command.step)?;
    bench.reaches_fund(&state.fund)?;
    // A return waits for nothing.
    let outcome = bench.pack.steps.get(&command.step).zip(command.outcome.as_deref());
    let passes =
        outcome.and_then(|(step, outcome)| step.outcome(outcome)).is_none_or(|o| o.kind == Kind::Pass);
    for line in state.lines.iter().filter(|_| passes) {
        let project = super::project_of(desk, line.project)?;
        bench.lives(desk, &project, &command.step, false)?;
    }
    let events = bench.decide(desk, |ctx| allocation::step(&state, command, ctx))?;
    append(desk, &bench, state, events)
}

pub(super) fn approve(desk: &mut Desk<'_>, id: AllocationId, command: Approve) -> Result<Answer, Failure> {
    let state = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::at(desk, pack, &command.step)?;
    bench.reaches_fund(&state.fund)?;
    let text = AllocationText {
        basis: state.basis.clone(),
        method: state.method.clone(),
        lines: state.lines.clone(),
    };
    let (projects, quota) = figures(desk, &state.pack, &state.fund, &state.side, &text)?;
    for project in projects.values() {
        bench.lives(desk, project, &command.step, false)?;
    }
    let places: Vec<String> = state.lines.iter().map(|line| line.place.clone()).collect();
    let mut on_file = Consents::new();
    for project in projects.values() {
        on_file.extend(consents(desk, project, &places)?);
    }
    let figures = Figures { projects: &projects, quota: &quota };
    let decide = |ctx: domain::Context<'_>| -> Result<_, Refusal> {
        allocation::approve(&state, command, figures, &on_file, ctx)
    };
    let events = bench.decide(desk, decide)?;
    let number = state.number.clone();
    drop(state);
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

fn load(desk: &mut Desk<'_>, id: AllocationId) -> Result<Arc<Allocation>, Failure> {
    desk.allocation(id)?.ok_or_else(|| not_found("分配方案"))
}

fn append(
    desk: &mut Desk<'_>,
    bench: &Bench,
    state: Arc<Allocation>,
    events: Vec<allocation::Event>,
) -> Result<Answer, Failure> {
    let (id, number) = (state.id, state.number.clone());
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&bench.pack), &Stream::Allocation(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}

/// The projects of the lines, and what the sources of the side have left.
fn figures(
    desk: &mut Desk<'_>,
    pack: &str,
    fund: &str,
    side: &str,
    text: &AllocationText,
) -> Result<(Projects, Vec<Lot>), Failure> {
    let mut projects = Projects::new();
    for line in &text.lines {
        if let std::collections::btree_map::Entry::Vacant(entry) = projects.entry(line.project)
            && let Some(project) = desk.project(line.project)?
        {
            entry.insert(Arc::unwrap_or_clone(project));
        }
    }
    Ok((projects, quota(desk, pack, fund, side)?))
}
