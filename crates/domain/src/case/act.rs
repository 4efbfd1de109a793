//! A desk does a step: accepts, returns, refuses, notifies. And: a firm is assigned, an applicant withdraws.

use super::facts::{Counts, judge, known_facts, values};
use super::{Case, Check, Event, Judgement, OutcomeKind, Paper, Record, Standing, open_steps};
use crate::actor::Context;
use crate::identity::Org;
use crate::ids::{FactId, OutcomeId, StepId};
use crate::refusal::{Reason, Refusal};
use crate::year::{Year, related};
use kernel::Date;
use policy::form::{FormCheck, FormContext, FormData};
use policy::lang::Value;
use policy::pack::{Id, Level, Pack, RoleKind, Sees};
use policy::procedure::{Act, OutcomeKind as PackKind, Step as PackStep, StepOutcome};
use policy::ruleset::Raw;
use std::collections::BTreeMap;

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
        let now = open.iter().filter(|o| o.since <= ctx.today);
        let names: Vec<&str> = now.map(|o| o.step.name.zh.as_str()).collect();
        let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
        return Err(Reason::StepNotOpen { step: name, open }.into());
    };
    allowed(found.step, ctx)?;
    Ok((found.step, found.since))
}

/// Whether the actor's role may do the step.
pub fn allowed(step: &PackStep, ctx: Context<'_>) -> Result<(), Refusal> {
    if step.done_by(&ctx.actor.role) {
        return Ok(());
    }
    let names = step.roles().map(|id| ctx.pack.roles.get(id).map_or(id.as_str(), |r| r.name.zh.as_str()));
    let who = names.collect::<Vec<_>>().join("、");
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
pub fn step(case: &Case, command: Step, around: &Around, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    hands(case, step, ctx)?;
    check_day("办理日期", command.on, since, "上一环节", ctx.today)?;
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
    Ok(vec![stepped(case, step, outcome, command, judgement, ctx)?])
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
        let step = known.map_or_else(|| wanted.to_owned(), |s| s.name.zh.clone());
        Reason::ReturnUnknown { step }.into()
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

/// Whose hands: the applicant's own steps are the applicant's; all others are nobody's own; and who made something does
/// not check it, who checked it does not decide it.
pub(super) fn hands(case: &Case, step: &PackStep, ctx: Context<'_>) -> Result<(), Refusal> {
    let cite = step.cite.to_string();
    if let Some(why) = case.recused.get(&ctx.actor.person) {
        return Err(Refusal::under(cite, Reason::Recused { why: why.clone() }));
    }
    let of_applicant = of_applicant(case, step, ctx.pack);
    if !of_applicant || case.applicant != ctx.actor.org {
        let own = ctx.pack.roles.get(&ctx.actor.role).is_some_and(|role| role.sees == Sees::Own);
        if of_applicant && own {
            return Err(Reason::NotFound { what: "申报件".into() }.into());
        }
        stands_apart(case, ctx, &cite)?;
    }
    another_person(case, made_before(step.act), ctx, &cite)
}

/// Whether a step is the applicant's: of a role that sees its own cases only, or of the one that files.
pub(super) fn of_applicant(case: &Case, step: &PackStep, pack: &Pack) -> bool {
    let own = pack.roles.get(&step.by).is_some_and(|role| role.sees == Sees::Own);
    let files = pack
        .procedures
        .get(&case.procedure)
        .and_then(|procedure| pack.start_steps(procedure).into_iter().next())
        .is_some_and(|first| first.by == step.by);
    own || (files && step.roles().count() == 1)
}

/// The acts whose doer may not do this one.
fn made_before(act: Act) -> &'static [Act] {
    match act {
        Act::Check | Act::Review | Act::Accept | Act::Inspect => &[Act::Declare, Act::Change],
        Act::Decide => {
            &[Act::Declare, Act::Change, Act::Check, Act::Review, Act::Accept, Act::Inspect, Act::Urge]
        }
        Act::Complete => &[Act::Declare, Act::Change],
        _ => &[],
    }
}

/// Where each of several roles must agree: this one's agreement, unless it is the last.
fn signature(
    case: &Case,
    step: &PackStep,
    command: &Step,
    ctx: Context<'_>,
) -> Result<Option<Event>, Refusal> {
    if !step.each {
        return Ok(None);
    }
    let none = Vec::new();
    let signed = case.signing.get(&step.id).unwrap_or(&none);
    let has = |role: &str| signed.iter().any(|s| s.meta.role.as_deref() == Some(role));
    let left: Vec<&Id> = step.roles().filter(|role| !has(role) && **role != ctx.actor.role).collect();
    let name = |id: &Id| ctx.pack.roles.get(id).map_or_else(|| id.clone(), |r| r.name.zh.clone());
    if has(&ctx.actor.role) {
        let left = left.into_iter().map(name).collect::<Vec<_>>().join("、");
        return Err(Refusal::under(step.cite.to_string(), Reason::AlreadySigned { left }));
    }
    if signed.iter().any(|s| s.meta.person == Some(ctx.actor.person)) {
        let step_name = step.name.zh.clone();
        return Err(Refusal::under(step.cite.to_string(), Reason::MakerIsChecker { step: step_name }));
    }
    if left.is_empty() {
        return Ok(None);
    }
    let opinion = command.opinion.trim().to_owned();
    Ok(Some(Event::Signed { step: step.id.clone(), opinion, on: command.on }))
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
    let mut facts = known_facts(ctx.pack, case, around, Some(command));
    facts.extend(step.given.iter().map(|(fact, value)| (fact.clone(), value.clone())));
    let judged = judge(ctx.pack, &facts, super::as_of(Some(case), ctx.today), &around.set, None);
    if judged.judgement.outcome == "grant" {
        return Ok(Some(judged.judgement));
    }
    let failing = judged.judgement.unmet.iter().chain(&judged.judgement.unknown).next();
    let cite = failing.and_then(|rule| ctx.pack.rules.get(rule)).map_or(&step.cite, |rule| &rule.cite);
    let reason = Reason::RulesUnmet { zh: judged.zh.join("；"), en: judged.en.join("; ") };
    Err(Refusal::under(cite.to_string(), reason))
}

/// Whether passing needs nothing but the desk's word; the other acts have a command of their own.
fn simply_passes(step: &PackStep, pack: &Pack) -> bool {
    match step.act {
        Act::Declare | Act::Change | Act::Pay => false,
        // Of a procedure that grants an amount they have a command of their own.
        Act::Inspect | Act::Propose => pack.grant.is_none(),
        Act::Publish => step.publish.is_none(),
        _ => true,
    }
}

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

/// What a passing outcome demands: the checklist whole and holding, the notes, the facts, and a firm if a firm follows.
fn passing(
    case: &Case,
    step: &PackStep,
    command: &Step,
    around: &Around,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let cite = || step.cite.to_string();
    checklist_holds(step, &command.checks)?;
    step_form(case, step, command, ctx)?;
    if step.act == Act::Decide {
        let count = case.uncompared().count();
        if count > 0 {
            return Err(Refusal::under(cite(), Reason::AlikeOpen { count }));
        }
    }
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
    if firm_follows && ctx.pack.grant.is_some() && case.firm.is_none() {
        return Err(Refusal::under(cite(), Reason::AdviserNotAssigned {}));
    }
    let facts = values(ctx.pack, &known_facts(ctx.pack, case, around, Some(command)));
    papers_there(step, &command.papers, &facts, ctx)
}

/// The papers that a step wants are there.
pub(super) fn papers_there(
    step: &PackStep,
    papers: &[Paper],
    facts: &BTreeMap<FactId, Value>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let needed = ctx.pack.papers_needed(step, facts);
    let missing =
        needed.iter().filter(|need| need.required && !papers.iter().any(|p| p.paper == need.paper.id));
    let missing: Vec<&str> = missing.map(|need| need.paper.name.zh.as_str()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::under(step.cite.to_string(), Reason::PapersMissing { papers: missing.join("、") }))
}

/// The form of a step is filled without fault.
fn step_form(case: &Case, step: &PackStep, command: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let Some(form) = step.form.as_deref().and_then(|id| ctx.pack.forms.get(id)) else { return Ok(()) };
    let empty = FormData::default();
    let typed = command.form.as_ref().unwrap_or(&empty);
    let none = BTreeMap::new();
    let apply_on = case.applied_on().unwrap_or(ctx.today);
    let check = form.check(ctx.pack, typed, &FormContext { apply_on, adjust: &none });
    faultless(&check, &step.cite.to_string())
}

/// No finding of a form is a fault.
pub(super) fn faultless(check: &FormCheck, cite: &str) -> Result<(), Refusal> {
    let mut faults = check.findings.iter().filter(|f| f.level == Level::Error);
    let Some(first) = faults.next() else { return Ok(()) };
    let (first, count) = (first.message.zh.clone(), faults.count() + 1);
    Err(Refusal::under(cite, Reason::FormFaults { count, first }))
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
