//! A desk does a step: accepts, returns, refuses, notifies. And: a firm is assigned, an applicant withdraws.

use super::{Case, Check, Event, OutcomeKind, Record, Standing, open_steps};
use crate::actor::Context;
use crate::identity::Org;
use crate::ids::{OutcomeId, StepId};
use crate::refusal::{Reason, Refusal};
use crate::year::{Year, related};
use kernel::Date;
use policy::pack::RoleKind;
use policy::procedure::{Act, OutcomeKind as PackKind, Step as PackStep, StepOutcome};
use policy::ruleset::Raw;
use std::collections::BTreeMap;

/// Do a step.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which.
    pub step: StepId,
    /// The outcome; `None` for steps that simply pass.
    pub outcome: Option<OutcomeId>,
    /// The opinion, or the reason of a return or refusal.
    pub opinion: String,
    /// The checklist.
    pub checks: Vec<Check>,
    /// Facts established.
    pub records: Vec<Record>,
    /// Things noted, by their id in the pack.
    pub notes: BTreeMap<String, String>,
    /// The number of the paper issued.
    pub document: Option<String>,
    /// The day it was done.
    pub on: Date,
}

/// Assign a firm to a case.
#[derive(Debug, Clone, Copy)]
pub struct Assign<'a> {
    /// The firm.
    pub firm: &'a Org,
    /// The parties it must not be related to.
    pub parties: &'a [Org],
}

/// Finds the step among those open now, for this actor.
pub(super) fn open_for<'p>(
    case: &Case,
    step: &str,
    ctx: Context<'p>,
) -> Result<(&'p PackStep, Date), Refusal> {
    let name = ctx.pack.steps.get(step).map_or_else(|| step.to_owned(), |s| s.name.zh.clone());
    let open = open_steps(ctx.pack, case);
    let Some(found) = open.iter().find(|o| o.step.id == step) else {
        let names: Vec<&str> = open.iter().map(|o| o.step.name.zh.as_str()).collect();
        let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
        return Err(Reason::StepNotOpen { step: name, open }.into());
    };
    allowed(found.step, ctx)?;
    Ok((found.step, found.since))
}

/// Whether the actor's role may do the step.
pub fn allowed(step: &PackStep, ctx: Context<'_>) -> Result<(), Refusal> {
    if ctx.actor.role == step.by {
        return Ok(());
    }
    let who = ctx.pack.roles.get(&step.by).map_or_else(|| step.by.clone(), |r| r.name.zh.clone());
    Err(Refusal::under(
        step.cite.to_string(),
        Reason::NotAllowed { what: step.name.zh.clone(), what_en: step.name.en.clone(), who },
    ))
}

/// Nobody judges or pays their own firm, in whatever role they act.
pub(crate) fn stands_apart(case: &Case, ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    if ctx.actor.belongs.contains(&case.applicant) {
        return Err(Refusal::under(cite, Reason::OwnFirm {}));
    }
    Ok(())
}

/// Maker and checker are two people: who did one of these steps on the case may not do this one.
pub(crate) fn another_person(case: &Case, made: &[Act], ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    let person = ctx.actor.person;
    let mut steps = ctx.pack.steps.iter().filter(|s| s.procedure == case.procedure && made.contains(&s.act));
    let own =
        steps.find(|s| case.did(person, &s.id) || (s.act == Act::Plan && case.planners.contains(&person)));
    match own {
        Some(step) => Err(Refusal::under(cite, Reason::MakerIsChecker { step: step.name.zh.clone() })),
        None => Ok(()),
    }
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

/// Does a step of a desk.
pub fn step(case: &Case, command: Step, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    stands_apart(case, ctx, &cite)?;
    check_day("办理日期", command.on, since, "上一环节", ctx.today)?;
    let outcome = outcome_of(step, command.outcome.as_deref())?;
    let kind = outcome.map_or(PackKind::Pass, |o| o.kind);
    if kind == PackKind::Pass && !simply_passes(step.act) {
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
    if kind == PackKind::Pass {
        passing(case, step, &command, ctx)?;
    }
    let follows = !ctx.pack.next_steps(step, command.outcome.as_deref()).is_empty();
    Ok(vec![Event::Stepped {
        step: command.step,
        outcome: command.outcome.unwrap_or_default(),
        kind: match kind {
            PackKind::Pass if follows => OutcomeKind::Pass,
            PackKind::Pass => OutcomeKind::Complete,
            PackKind::Return => OutcomeKind::Return,
            PackKind::End => OutcomeKind::End,
        },
        to: outcome.and_then(|o| o.to.clone()),
        opinion: command.opinion.trim().to_owned(),
        checks: command.checks,
        records: command.records,
        notes: command.notes,
        document: command.document,
        on: command.on,
    }])
}

/// Whether passing needs nothing but the desk's word; the other acts have a command of their own.
fn simply_passes(act: Act) -> bool {
    !matches!(act, Act::Declare | Act::Inspect | Act::Propose | Act::Pay)
}

fn outcome_of<'p>(step: &'p PackStep, id: Option<&str>) -> Result<Option<&'p StepOutcome>, Refusal> {
    if step.outcomes.is_empty() {
        return Ok(None);
    }
    let wanted = id.filter(|id| !id.is_empty()).unwrap_or("未选择");
    step.outcomes.iter().find(|o| o.id == wanted).map(Some).ok_or_else(|| {
        Refusal::under(step.cite.to_string(), Reason::OutcomeUnknown { outcome: wanted.to_owned() })
    })
}

/// What a passing outcome demands: the checklist whole and holding, the notes, the facts, and a firm if a firm follows.
fn passing(case: &Case, step: &PackStep, command: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let cite = || step.cite.to_string();
    checklist_holds(step, &command.checks)?;
    let notes: Vec<&str> = step
        .notes
        .iter()
        .filter(|n| n.required && command.notes.get(&n.id).is_none_or(|t| t.trim().is_empty()))
        .map(|n| n.name.zh.as_str())
        .collect();
    if !notes.is_empty() {
        return Err(Refusal::under(cite(), Reason::RecordsMissing { facts: notes.join("、") }));
    }
    let facts: Vec<String> = step
        .records
        .iter()
        .filter(|id| !command.records.iter().any(|r| r.fact == **id))
        .map(|id| ctx.pack.facts.get(id).map_or_else(|| id.clone(), |f| f.name.zh.clone()))
        .collect();
    if !facts.is_empty() {
        return Err(Refusal::under(cite(), Reason::RecordsMissing { facts: facts.join("、") }));
    }
    let firm_follows = ctx
        .pack
        .next_steps(step, command.outcome.as_deref())
        .iter()
        .any(|next| ctx.pack.roles.get(&next.step.by).is_some_and(|r| r.kind == RoleKind::Firm));
    if firm_follows && case.firm.is_none() {
        return Err(Refusal::under(cite(), Reason::AdviserNotAssigned {}));
    }
    Ok(())
}

/// The checklist is whole, and what gates holds.
pub(super) fn checklist_holds(step: &PackStep, checks: &[Check]) -> Result<(), Refusal> {
    let judged = |id: &str| checks.iter().find(|c| c.item == id);
    let missing: Vec<&str> =
        step.checklist.iter().filter(|i| judged(&i.id).is_none()).map(|i| i.say.zh.as_str()).collect();
    if !missing.is_empty() {
        let items = missing.join("；");
        return Err(Refusal::under(step.cite.to_string(), Reason::ChecklistIncomplete { items }));
    }
    let failed = step.checklist.iter().filter(|i| i.gates && judged(&i.id).is_some_and(|c| !c.holds));
    let failed: Vec<&str> = failed.map(|i| i.say.zh.as_str()).collect();
    if !failed.is_empty() {
        let items = failed.join("；");
        return Err(Refusal::under(step.cite.to_string(), Reason::ChecklistFailed { items }));
    }
    Ok(())
}

/// Every recorded fact can be read by its type.
pub(super) fn check_records(records: &[Record], ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    for record in records {
        let name =
            ctx.pack.facts.get(&record.fact).map_or_else(|| record.fact.clone(), |f| f.name.zh.clone());
        if let Err(error) = ctx.pack.ruleset.parse_fact(&record.fact, Raw::Text(&record.value)) {
            let (what, what_en) = (error.error.message_zh, error.error.message_en);
            return Err(Refusal::under(cite, Reason::RecordUnreadable { fact: name, what, what_en }));
        }
    }
    Ok(())
}

/// Assigns a firm appointed for the year, never one related to a party of the case.
pub fn assign(case: &Case, command: Assign<'_>, year: &Year, cite: &str) -> Result<Vec<Event>, Refusal> {
    if case.standing() != Standing::Open {
        return Err(Reason::StepNotOpen { step: "指派专业机构".into(), open: "无".into() }.into());
    }
    if case.inspection.is_some() {
        return Err(Reason::StepNotOpen {
            step: "指派专业机构".into(), open: "无，现场核查已完成".into()
        }
        .into());
    }
    if !year.firms.contains_key(&command.firm.id) {
        return Err(Refusal::under(cite, Reason::AdviserNotAppointed { firm: command.firm.name.clone() }));
    }
    independent(command.firm, command.parties, cite)?;
    Ok(if case.firm == Some(command.firm.id) {
        Vec::new()
    } else {
        vec![Event::Assigned { firm: command.firm.id }]
    })
}

/// A firm is related to no party of the case, also when the relation became known after it was assigned.
pub fn independent(firm: &Org, parties: &[Org], cite: &str) -> Result<(), Refusal> {
    match parties.iter().find(|party| related(firm, party)) {
        Some(party) => {
            let (firm, applicant) = (firm.name.clone(), party.name.clone());
            Err(Refusal::under(cite, Reason::AdviserRelated { firm, applicant }))
        }
        None => Ok(()),
    }
}

/// The applicant withdraws, as long as nothing was finally determined.
pub fn withdraw(case: &Case, why: &str, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    if ctx.actor.org != case.applicant {
        return Err(Reason::NotAllowed {
            what: "撤回".into(),
            what_en: "withdraw".into(),
            who: "申报单位".into(),
        }
        .into());
    }
    if !matches!(case.standing(), Standing::Open | Standing::Returned) || case.plan.is_some() {
        return Err(Reason::StepNotOpen {
            step: "撤回".into(), open: "无，已列入方案或已办结".into()
        }
        .into());
    }
    if why.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "撤回".into(), what_en: "withdrawing".into() }.into());
    }
    Ok(vec![Event::Withdrawn { why: why.trim().to_owned() }])
}
