//! A desk does a step: accepts, returns, refuses, notifies. And: an applicant withdraws.

use super::duty::with_duties;
use super::facts::{Counts, Judged, weigh};
use super::hands::{allowed, hands, signature};
use super::notice::{end, notice_of};
use super::passing::{check_records, passing};
use super::together::{Papers, alone};
use super::{Case, Check, Event, Judgement, OutcomeKind, Paper, Record, Standing, open_steps};
use crate::actor::{Actor, Context};
use crate::ids::{OutcomeId, StepId};
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use policy::form::FormData;
use policy::pack::{Id, Pack};
use policy::procedure::{Act, OutcomeKind as PackKind, Step as PackStep, StepOutcome};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Do a step.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Which.
    pub step: StepId,
    /// The outcome; `None` for steps that simply pass.
    pub outcome: Option<OutcomeId>,
    /// For a return: to which earlier step, when not the one that the pack names.
    pub to: Option<StepId>,
    /// The opinion, or the reason of a return or refusal.
    pub opinion: String,
    /// The checklist.
    pub checks: Vec<Check>,
    /// Facts established.
    pub records: Vec<Record>,
    /// Things noted, by their id in the pack.
    pub notes: BTreeMap<String, String>,
    /// Papers added.
    pub papers: Vec<Paper>,
    /// The form of the step, when it has one.
    pub form: Option<FormData>,
    /// The number of the paper issued.
    pub document: Option<String>,
    /// The day it was done.
    pub on: Date,
}

/// What surrounds a step, read in the same transaction.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What is counted for the pack's facts.
    pub counts: Counts,
    /// Values set for the year.
    pub set: BTreeMap<String, String>,
    /// Whether the case builds on one that was accepted.
    pub parent_accepted: bool,
    /// The papers by which cases of the year passed the steps that the pack wants done by one.
    pub papers: Arc<Papers>,
    /// By part of the procedure's form that is compared with a list of people: how many of its rows are not on it. A part is absent
    /// while no list is loaded for the place of the case.
    pub rosters: BTreeMap<Id, i64>,
}

/// Finds the step among those open now, for this actor.
pub(super) fn open_for<'p>(
    case: &Case,
    step: &str,
    ctx: Context<'p>,
) -> Result<(&'p PackStep, Date), Refusal> {
    let open = open_steps(ctx.pack, case);
    let Some(found) = open.iter().find(|o| o.step.id == step) else {
        let known = ctx.pack.steps.get(step);
        let cite = known.map_or_else(String::new, |step| step.cite.to_string());
        let step = known.map_or_else(|| step.to_owned(), |step| step.name.zh.clone());
        let now = open.iter().filter(|o| o.since <= ctx.today);
        let names: Vec<&str> = now.map(|o| o.step.name.zh.as_str()).collect();
        let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
        return Err(Refusal::under(cite, Reason::StepNotOpen { step, open }));
    };
    allowed(found.step, ctx)?;
    Ok((found.step, found.since))
}

/// A day of acting: not in the future, not before what it follows.
pub(crate) fn check_day(
    what: &str,
    on: Date,
    earliest: Date,
    because: &str,
    today: Date,
) -> Result<(), Refusal> {
    if on > today {
        return Err(Reason::DateInFuture { what: what.into(), date: on, today }.into());
    }
    if on < earliest {
        return Err(
            Reason::DateTooEarly { what: what.into(), date: on, earliest, because: because.into() }.into()
        );
    }
    Ok(())
}

/// Does a step of a desk; one that posts a notice is done by ending it, one that may be done of several cases in one act is done
/// of this case alone.
pub fn step(case: &Case, command: Step, around: &Around, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    match ctx.pack.steps.get(&command.step).filter(|step| step.together.is_some()) {
        Some(step) => alone(step, (case, around), command, ctx),
        None => one(case, command, around, ctx),
    }
}

/// Does a step of one case, whatever other cases the act is about.
pub(super) fn one(
    case: &Case,
    command: Step,
    around: &Around,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    if notice_of(ctx.pack, step).is_some() {
        return end(case, command, ctx);
    }
    let cite = step.cite.to_string();
    hands(case, step, ctx)?;
    check_day("办理日期", command.on, since, "上一环节", ctx.today).map_err(|r| r.or_under(&cite))?;
    let outcome = outcome_of(step, command.outcome.as_deref())?;
    let kind = outcome.map_or(PackKind::Pass, |o| o.kind);
    if kind == PackKind::Pass && !simply_passes(step, ctx.pack) {
        let outcome = outcome.map_or_else(|| step.name.zh.clone(), |o| o.name.zh.clone());
        return Err(Refusal::under(cite, Reason::OutcomeUnknown { outcome }));
    }
    if outcome.is_some_and(|o| o.needs_reason || o.kind != PackKind::Pass)
        && command.opinion.trim().is_empty()
    {
        return Err(Refusal::under(
            cite,
            Reason::ReasonMissing { what: step.name.zh.clone(), what_en: step.name.en.clone() },
        ));
    }
    check_records(&command.records, ctx, &cite)?;
    if kind != PackKind::Pass {
        return Ok(vec![stepped(case, step, outcome, command, None, ctx)?]);
    }
    passing(case, step, &command, around, ctx)?;
    if let Some(signed) = signature(case, step, &command, ctx)? {
        return Ok(vec![signed]);
    }
    let judgement = judged(case, step, &command, around, ctx)?;
    Ok(with_duties(case, stepped(case, step, outcome, command, judgement, ctx)?, ctx))
}

/// The event of a step, with all that it undoes.
pub(super) fn stepped(
    case: &Case,
    step: &PackStep,
    outcome: Option<&StepOutcome>,
    command: Step,
    judgement: Option<Judgement>,
    ctx: Context<'_>,
) -> Result<Event, Refusal> {
    let kind = outcome.map_or(PackKind::Pass, |o| o.kind);
    let to = match kind {
        PackKind::Return => Some(return_to(case, step, outcome, command.to.as_deref(), ctx)?),
        _ => None,
    };
    let voids = match to {
        Some(to) => undone(case, to, true, ctx.pack),
        None if step.repeats => undone(case, step, false, ctx.pack),
        None => Vec::new(),
    };
    Ok(Event::Stepped {
        step: command.step,
        outcome: command.outcome.unwrap_or_default(),
        kind: match kind {
            PackKind::Pass if completes(step, outcome, ctx.pack) => OutcomeKind::Complete,
            PackKind::Pass => OutcomeKind::Pass,
            PackKind::Return => OutcomeKind::Return,
            PackKind::End => OutcomeKind::End,
        },
        to: to.map(|to| to.id.clone()),
        opinion: command.opinion.trim().to_owned(),
        checks: command.checks,
        records: command.records,
        notes: command.notes,
        document: command.document,
        on: command.on,
        papers: command.papers,
        form: command.form,
        voids,
        judgement,
        together: None,
    })
}

/// Whether passing a step completes the case: where no step of the procedure says so, the one that nothing follows.
fn completes(step: &PackStep, outcome: Option<&StepOutcome>, pack: &Pack) -> bool {
    let said = pack.steps.iter().any(|s| s.procedure == step.procedure && s.completes);
    if said { step.completes } else { pack.next_steps(step, outcome.map(|o| o.id.as_str())).is_empty() }
}

/// Where a return leads: any earlier step that was done, the one that the pack names unless another is asked for.
fn return_to<'p>(
    case: &Case,
    step: &PackStep,
    outcome: Option<&StepOutcome>,
    asked: Option<&str>,
    ctx: Context<'p>,
) -> Result<&'p PackStep, Refusal> {
    let named = outcome.and_then(|o| o.to.as_deref());
    let wanted = asked.filter(|to| !to.is_empty()).or(named).unwrap_or_default();
    let known = ctx.pack.steps.get(wanted);
    let own = ctx.pack.steps.get(&step.id);
    let earlier = own.map(|own| ctx.pack.before(own)).unwrap_or_default();
    known.filter(|to| earlier.iter().any(|s| s.id == to.id) && case.done(&to.id).is_some()).ok_or_else(|| {
        let to = known.map_or_else(|| wanted.to_owned(), |s| s.name.zh.clone());
        Refusal::under(step.cite.to_string(), Reason::ReturnUnknown { step: to })
    })
}

/// The steps that going back to one undoes: itself, if it is `included`, and all behind it; those beside it stay.
pub(super) fn undone(case: &Case, step: &PackStep, included: bool, pack: &Pack) -> Vec<StepId> {
    let own = std::iter::once(step).filter(|_| included);
    let behind = pack.behind(step);
    let all = own.chain(behind);
    let touched = |s: &&PackStep| {
        included
            || case.done(&s.id).is_some()
            || case.signing.contains_key(&s.id)
            || case.running(&s.id).is_some()
    };
    all.filter(touched).map(|s| s.id.clone()).collect()
}

/// What the rules say, where the step asks them: only yes passes.
fn judged(
    case: &Case,
    step: &PackStep,
    command: &Step,
    around: &Around,
    ctx: Context<'_>,
) -> Result<Option<Judgement>, Refusal> {
    if !step.judge {
        return Ok(None);
    }
    let judged = weigh(ctx.pack, case, step, around, Some(command), ctx.today);
    granted(judged, step, ctx.pack).map(Some)
}

/// The judgement when the rules say yes; else a refusal under the article of the first rule that does not.
pub(super) fn granted(judged: Judged, step: &PackStep, pack: &Pack) -> Result<Judgement, Refusal> {
    if judged.judgement.outcome == "grant" {
        return Ok(judged.judgement);
    }
    let failing = judged.judgement.unmet.iter().chain(&judged.judgement.unknown).next();
    let cite = failing.and_then(|rule| pack.rules.get(rule)).map_or(&step.cite, |rule| &rule.cite);
    let reason = Reason::RulesUnmet { zh: judged.zh.join("；"), en: judged.en.join("; ") };
    Err(Refusal::under(cite.to_string(), reason))
}

/// Whether passing needs nothing but the desk's word; the other acts have a command of their own.
fn simply_passes(step: &PackStep, pack: &Pack) -> bool {
    match step.act {
        Act::Declare | Act::Change | Act::Pay => false,
        // Of a procedure that grants an amount they have a command of their own.
        Act::Inspect | Act::Propose => pack.grant.is_none(),
        _ => true,
    }
}

/// The outcome of a step by its id; none where the step simply passes.
pub(super) fn outcome_of<'p>(
    step: &'p PackStep,
    id: Option<&str>,
) -> Result<Option<&'p StepOutcome>, Refusal> {
    if step.outcomes.is_empty() {
        return Ok(None);
    }
    let wanted = id.filter(|id| !id.is_empty()).unwrap_or("未选择");
    step.outcomes.iter().find(|o| o.id == wanted).map(Some).ok_or_else(|| {
        Refusal::under(step.cite.to_string(), Reason::OutcomeUnknown { outcome: wanted.to_owned() })
    })
}

/// The applicant withdraws, as long as nothing was finally determined.
pub fn withdraw(case: &Case, why: &str, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    may_withdraw(case, ctx.actor, ctx.pack)?;
    if why.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "撤回".into(), what_en: "withdrawing".into() }.into());
    }
    Ok(vec![Event::Withdrawn { why: why.trim().to_owned() }])
}

/// Whether somebody may take a case back: for the organisation that it belongs to, in a role that begins such cases (an order about
/// the applicant is not the applicant's to take back), and as long as nothing was finally determined.
pub fn may_withdraw(case: &Case, actor: &Actor, pack: &Pack) -> Result<(), Refusal> {
    let begins = pack.procedures.get(&case.procedure).map(|procedure| pack.start_steps(procedure));
    let begins = begins.is_some_and(|steps| steps.iter().any(|step| step.done_by(&actor.role)));
    if actor.org != case.applicant || !begins {
        return Err(Reason::NotAllowed {
            what: "撤回".into(),
            what_en: "withdraw".into(),
            who: "申报单位".into(),
        }
        .into());
    }
    let decided = pack.steps.iter().filter(|s| s.procedure == case.procedure && s.act == Act::Decide);
    let decided = decided.into_iter().any(|s| case.passed(&s.id).is_some());
    if !matches!(case.standing(), Standing::Open | Standing::Returned) || case.plan.is_some() || decided {
        return Err(Reason::StepNotOpen {
            step: "撤回".into(), open: "无，已列入方案或已办结".into()
        }
        .into());
    }
    Ok(())
}
