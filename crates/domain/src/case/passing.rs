//! What a passing outcome demands: the checklist, the form, the notes, the facts, the papers.

use super::act::{Around, Step};
use super::facts::{known_facts, values};
use super::{Case, Check, Paper, Record};
use crate::actor::Context;
use crate::ids::FactId;
use crate::refusal::{Reason, Refusal};
use policy::form::{FormCheck, FormContext, FormData};
use policy::lang::Value;
use policy::pack::{Level, RoleKind};
use policy::procedure::{Act, ChecklistItem, Step as PackStep};
use policy::ruleset::Raw;
use std::collections::BTreeMap;

/// The checklist is whole and holds, what must be written is written, what looks alike was compared, a firm is there if one
/// follows, the papers are there.
pub(super) fn passing(
    case: &Case,
    step: &PackStep,
    command: &Step,
    around: &Around,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    checklist_holds(step, &command.checks)?;
    step_form(case, step, command, ctx)?;
    let uncompared = case.uncompared().count();
    if step.act == Act::Decide && uncompared > 0 {
        return Err(Refusal::under(step.cite.to_string(), Reason::AlikeOpen { count: uncompared }));
    }
    written_down(step, command, ctx)?;
    firm_there(case, step, command, ctx)?;
    let facts = values(ctx.pack, &known_facts(ctx.pack, case, around, Some(command)));
    papers_there(step, &command.papers, &facts, ctx)
}

/// What must be noted and the facts to be established are there.
pub(super) fn written_down(step: &PackStep, command: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let unwritten = |id: &str| command.notes.get(id).is_none_or(|text| text.trim().is_empty());
    let notes = step.notes.iter().filter(|note| note.required && unwritten(&note.id));
    let notes: Vec<&str> = notes.map(|note| note.name.zh.as_str()).collect();
    let facts = step.records.iter().filter(|id| !command.records.iter().any(|r| r.fact == **id));
    let facts = facts.map(|id| ctx.pack.facts.get(id).map_or(id.as_str(), |fact| fact.name.zh.as_str()));
    let facts: Vec<&str> = facts.collect();
    let Some(missing) = [notes, facts].into_iter().find(|missing| !missing.is_empty()) else { return Ok(()) };
    let reason = Reason::RecordsMissing { facts: missing.join("、") };
    Err(Refusal::under(step.cite.to_string(), reason))
}

/// Where an amount is granted and a firm comes next, one is assigned.
fn firm_there(case: &Case, step: &PackStep, command: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let is_firm = |role: &str| ctx.pack.roles.get(role).is_some_and(|role| role.kind == RoleKind::Firm);
    let next = ctx.pack.next_steps(step, command.outcome.as_deref());
    if ctx.pack.grant.is_some() && case.firm.is_none() && next.iter().any(|next| is_firm(&next.step.by)) {
        return Err(Refusal::under(step.cite.to_string(), Reason::AdviserNotAssigned {}));
    }
    Ok(())
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

/// The checklist is whole, and what gates holds; else the article of the first item that is not.
pub(super) fn checklist_holds(step: &PackStep, checks: &[Check]) -> Result<(), Refusal> {
    let judged = |id: &str| checks.iter().find(|c| c.item == id);
    let say =
        |items: &[&ChecklistItem]| items.iter().map(|i| i.say.zh.as_str()).collect::<Vec<_>>().join("；");
    let missing: Vec<&ChecklistItem> = step.checklist.iter().filter(|i| judged(&i.id).is_none()).collect();
    if let Some(first) = missing.first() {
        let items = say(&missing);
        return Err(Refusal::under(first.cite.to_string(), Reason::ChecklistIncomplete { items }));
    }
    let fails = |i: &&ChecklistItem| i.gates && judged(&i.id).is_some_and(|c| !c.holds);
    let failed: Vec<&ChecklistItem> = step.checklist.iter().filter(fails).collect();
    if let Some(first) = failed.first() {
        let items = say(&failed);
        return Err(Refusal::under(first.cite.to_string(), Reason::ChecklistFailed { items }));
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
