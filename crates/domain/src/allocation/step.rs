//! The way of an allocation plan: consultation, approval, issue, filing. Money moves with the approval and at no other step.

use super::draft::Figures;
use super::event::{Event, LineLots};
use super::state::Allocation;
use crate::actor::Context;
use crate::case::{OutcomeKind, Paper, allowed_for};
use crate::guard::{Consents, booked, not_in_future, papers_on_file, usable, written};
use crate::ids::{OutcomeId, StepId};
use crate::lot::{self, Lot};
use crate::project::{Event as ProjectEvent, Project};
use crate::refusal::{Reason, Refusal};
use crate::source::document_number;
use crate::{Stream, Streamed};
use kernel::Date;
use kernel::id::{ProjectId, SourceId};
use policy::pack::{Fund, Gate, IssueOrder};
use policy::procedure::{Act, OutcomeKind as PackKind, Step as PackStep, StepOutcome};
use std::collections::BTreeMap;

/// Do a step of the plan.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which.
    pub step: StepId,
    /// The outcome; `None` for steps that simply pass.
    pub outcome: Option<OutcomeId>,
    /// The opinion, or the reason of a return.
    pub opinion: String,
    /// Things noted.
    pub notes: BTreeMap<String, String>,
    /// Papers added.
    pub papers: Vec<Paper>,
    /// The number of the paper issued or filed.
    pub document: Option<String>,
    /// The day.
    pub on: Date,
}

/// Approve the plan.
#[derive(Debug, Clone)]
pub struct Approve {
    /// The step.
    pub step: StepId,
    /// The passing outcome; `None` where the step has none.
    pub outcome: Option<OutcomeId>,
    /// The date of the decision.
    pub stamp: Date,
    /// The document.
    pub document: String,
    /// The opinion.
    pub opinion: String,
    /// The sources to be used, in this order, where the fund asks for it.
    pub named: Vec<SourceId>,
}

/// Does a step other than drafting and approving.
pub fn step(allocation: &Allocation, command: Step, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let open = open_for(allocation, &command.step, ctx)?;
    let cite = open.cite.to_string();
    not_in_future("办理日期", command.on, ctx)?;
    let outcome = outcome_of(open, command.outcome.as_deref())?;
    let kind = outcome.map_or(PackKind::Pass, |outcome| outcome.kind);
    let late = allocation.approved.is_some() && kind != PackKind::Pass;
    if late || (kind == PackKind::Pass && matches!(open.act, Act::Plan | Act::Decide)) {
        let outcome = outcome.map_or_else(|| open.name.zh.clone(), |outcome| outcome.name.zh.clone());
        return Err(Refusal::under(cite, Reason::OutcomeUnknown { outcome }));
    }
    if outcome.is_some_and(|outcome| outcome.needs_reason || outcome.kind != PackKind::Pass) {
        written(&open.name.zh, &open.name.en, &command.opinion)?;
    }
    if kind == PackKind::Pass {
        complete(open, &command)?;
    }
    let document = match command.document.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if open.act == Act::Issue => Some(document_number(text)?),
        None if open.act == Act::Issue => Some(document_number("")?),
        other => other.map(str::to_owned),
    };
    Ok(vec![Event::Stepped {
        step: command.step,
        outcome: command.outcome.unwrap_or_default(),
        kind: match kind {
            PackKind::Pass => OutcomeKind::Pass,
            PackKind::Return => OutcomeKind::Return,
            PackKind::End => OutcomeKind::End,
        },
        to: outcome.and_then(|outcome| outcome.to.clone()),
        opinion: command.opinion.trim().to_owned(),
        notes: command.notes,
        papers: command.papers,
        document,
        on: command.on,
    }])
}

/// Approves the plan: the money of each line is taken from the sources, line after line, and goes to its project.
pub fn approve(
    allocation: &Allocation,
    command: Approve,
    figures: Figures<'_>,
    consents: &Consents,
    ctx: Context<'_>,
) -> Result<Vec<Streamed>, Refusal> {
    let open = open_for(allocation, &command.step, ctx)?;
    let cite = open.cite.to_string();
    let outcome = outcome_of(open, command.outcome.as_deref())?;
    if open.act != Act::Decide || outcome.is_some_and(|outcome| outcome.kind != PackKind::Pass) {
        let outcome = outcome.map_or_else(|| open.name.zh.clone(), |outcome| outcome.name.zh.clone());
        return Err(Refusal::under(cite, Reason::OutcomeUnknown { outcome }));
    }
    if let Some(own) = allocation.trail.did(ctx.pack, ctx.actor.hands(), &[Act::Plan]) {
        let name = ctx.pack.steps.get(&own.step).map_or_else(String::new, |step| step.name.zh.clone());
        return Err(Refusal::under(cite, Reason::MakerIsChecker { step: name }));
    }
    not_in_future("批准日期", command.stamp, ctx)?;
    written("批准文件", "the document of the approval", &command.document)?;
    let fund = booked(&allocation.fund, ctx)?;
    for line in &allocation.lines {
        let project = project_of(figures.projects, line.project)?;
        if ctx.actor.belongs.contains(&project.unit) {
            return Err(Refusal::under(cite, Reason::OwnFirm {}));
        }
        usable(project, ctx)?;
        let places: Vec<String> =
            [line.place.clone()].into_iter().filter(|place| !place.is_empty()).collect();
        papers_on_file(project, Gate::Allot, &places, consents, ctx)?;
    }
    let lots = lots_of_lines(allocation, fund, figures.quota, &command.named)?;
    let to_project = |line: &LineLots| {
        let event = ProjectEvent::Allotted {
            allocation: allocation.id,
            place: line.place.clone(),
            lots: line.lots.clone(),
        };
        (Stream::Project(line.project), event.into())
    };
    let projects: Vec<Streamed> = lots.iter().map(to_project).collect();
    let approved = Event::Approved {
        step: command.step,
        outcome: command.outcome.unwrap_or_default(),
        stamp: command.stamp,
        document: command.document.trim().to_owned(),
        opinion: command.opinion.trim().to_owned(),
        lots,
    };
    Ok([(Stream::Allocation(allocation.id), approved.into())].into_iter().chain(projects).collect())
}

fn project_of(projects: &BTreeMap<ProjectId, Project>, id: ProjectId) -> Result<&Project, Refusal> {
    projects.get(&id).ok_or_else(|| Reason::NotFound { what: "项目".into() }.into())
}

/// The money of each line; what one line takes the next no longer finds.
fn lots_of_lines(
    allocation: &Allocation,
    fund: &Fund,
    quota: &[Lot],
    named: &[SourceId],
) -> Result<Vec<LineLots>, Refusal> {
    let cite = || fund.cite.to_string();
    if fund.order == IssueOrder::Named && named.is_empty() {
        return Err(Refusal::under(cite(), Reason::SourceNotNamed {}));
    }
    let mut left = quota.to_vec();
    let mut lines = Vec::new();
    for line in &allocation.lines {
        let lots = lot::take(&left, line.amount, fund.order, named).map_err(|short| {
            Refusal::under(cite(), Reason::OverQuota { wanted: line.amount, left: short.left })
        })?;
        left = lot::less(&left, &lots);
        lines.push(LineLots { project: line.project, place: line.place.clone(), lots });
    }
    Ok(lines)
}

/// Finds the step among those open now, for this actor.
fn open_for<'p>(allocation: &Allocation, step: &str, ctx: Context<'p>) -> Result<&'p PackStep, Refusal> {
    let open = allocation.open_steps(ctx.pack);
    let Some(found) = open.iter().find(|open| open.step.id == step) else {
        return Err(crate::guard::not_open(step, &open, ctx));
    };
    allowed_for(found.step, ctx)?;
    Ok(found.step)
}

fn outcome_of<'p>(step: &'p PackStep, id: Option<&str>) -> Result<Option<&'p StepOutcome>, Refusal> {
    if step.outcomes.is_empty() {
        return Ok(None);
    }
    let wanted = id.filter(|id| !id.is_empty()).unwrap_or("未选择");
    step.outcomes.iter().find(|outcome| outcome.id == wanted).map(Some).ok_or_else(|| {
        Refusal::under(step.cite.to_string(), Reason::OutcomeUnknown { outcome: wanted.to_owned() })
    })
}

/// What a passing outcome demands: the notes and the papers of the step.
fn complete(step: &PackStep, command: &Step) -> Result<(), Refusal> {
    let cite = || step.cite.to_string();
    let blank = |id: &str| command.notes.get(id).is_none_or(|text| text.trim().is_empty());
    let notes: Vec<&str> = step
        .notes
        .iter()
        .filter(|note| note.required && blank(&note.id))
        .map(|note| note.name.zh.as_str())
        .collect();
    if !notes.is_empty() {
        return Err(Refusal::under(cite(), Reason::RecordsMissing { facts: notes.join("、") }));
    }
    let there = |id: &String| command.papers.iter().any(|paper| paper.paper == *id);
    let papers: Vec<&str> = step.papers.iter().filter(|id| !there(id)).map(String::as_str).collect();
    if !papers.is_empty() {
        return Err(Refusal::under(cite(), Reason::PapersMissing { papers: papers.join("、") }));
    }
    Ok(())
}
