//! Whose hands: which role does a step, which organisation, which person; and whose agreement is still missing.

use super::act::Step;
use super::{Case, Event};
use crate::actor::Context;
use crate::refusal::{Reason, Refusal};
use policy::pack::{Id, Pack, Sees};
use policy::procedure::{Act, Step as PackStep};

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
    let hands = ctx.actor.hands();
    let mut steps = ctx.pack.steps.iter().filter(|s| s.procedure == case.procedure && made.contains(&s.act));
    let planned =
        |s: &PackStep| s.act == Act::Plan && hands.persons().any(|one| case.planners.contains(&one));
    let own = steps.find(|s| case.did(hands, &s.id) || planned(s));
    match own {
        Some(step) => Err(Refusal::under(cite, Reason::MakerIsChecker { step: step.name.zh.clone() })),
        None => Ok(()),
    }
}

/// Who declared a tie to the case does nothing on it.
pub(crate) fn stands_aside(case: &Case, ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    match ctx.actor.hands().persons().find_map(|person| case.recused.get(&person)) {
        Some(why) => Err(Refusal::under(cite, Reason::Recused { why: why.clone() })),
        None => Ok(()),
    }
}

/// Whose hands: the applicant's role acts for the case's own organisation; who judges belongs to another one; and who filed
/// does not check, who checked does not decide, who did either does not file.
pub(super) fn hands(case: &Case, step: &PackStep, ctx: Context<'_>) -> Result<(), Refusal> {
    let cite = step.cite.to_string();
    stands_aside(case, ctx, &cite)?;
    if applicant_role(case, ctx.pack) == Some(&ctx.actor.role) {
        if case.applicant != ctx.actor.org {
            return Err(Reason::NotFound { what: "申报件".into() }.into());
        }
    } else if judges(case, step, ctx.pack) {
        stands_apart(case, ctx, &cite)?;
    }
    another_person(case, made_before(step.act), ctx, &cite)
}

/// The role that the case's organisation has: the one that applies, or that applied for the case on which this one stands.
pub fn applicant_role<'p>(case: &Case, pack: &'p Pack) -> Option<&'p Id> {
    let own = pack.procedures.get(&case.procedure)?;
    let parent = case.parent.and(own.parent.as_deref()).and_then(|id| pack.procedures.get(id));
    own.applicant.as_ref().or_else(|| parent?.applicant.as_ref())
}

/// Whether a step is done about the applicant and not by its side. An office's own matter, that nobody applied for and that
/// stands on no case, is about nobody else; the applicant's side is its role, and those that see only what is their own.
pub(super) fn judges(case: &Case, step: &PackStep, pack: &Pack) -> bool {
    let applicant = applicant_role(case, pack);
    let own = |role: &Id| pack.roles.get(role).is_some_and(|role| role.sees == Sees::Own);
    let of_applicant = step.roles().any(|role| Some(role) == applicant || own(role));
    about_somebody(case, pack) && !of_applicant
}

/// Whether somebody applied for the case, or it stands on another one.
pub(super) fn about_somebody(case: &Case, pack: &Pack) -> bool {
    case.parent.is_some() || applicant_role(case, pack).is_some()
}

/// The acts whose doer may not do this one.
fn made_before(act: Act) -> &'static [Act] {
    match act {
        Act::Declare | Act::Change => {
            &[Act::Check, Act::Review, Act::Accept, Act::Inspect, Act::Decide, Act::Complete]
        }
        Act::Check | Act::Review | Act::Accept | Act::Inspect => &[Act::Declare, Act::Change],
        Act::Complete => &[Act::Declare, Act::Change],
        Act::Decide => {
            &[Act::Declare, Act::Change, Act::Check, Act::Review, Act::Accept, Act::Inspect, Act::Urge]
        }
        _ => &[],
    }
}

/// Where each of several roles must agree: this one's agreement, unless it is the last.
pub(super) fn signature(
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
    if signed.iter().any(|s| s.meta.by(ctx.actor.hands())) {
        let step_name = step.name.zh.clone();
        return Err(Refusal::under(step.cite.to_string(), Reason::MakerIsChecker { step: step_name }));
    }
    if left.is_empty() {
        return Ok(None);
    }
    let opinion = command.opinion.trim().to_owned();
    Ok(Some(Event::Signed { step: step.id.clone(), opinion, on: command.on }))
}
