//! Deciding a claim: one person checks each bill, another approves; money is held with the approval.

use super::event::{Event, Share, Verdict};
use super::file::{Ask, within_limits};
use super::state::{Claim, Payment};
use crate::actor::Context;
use crate::case::allowed_for;
use crate::guard::{not_open, usable, written};
use crate::ids::{OutcomeId, StepId};
use crate::lot::{self, Lot};
use crate::project::{Event as ProjectEvent, Project, Use};
use crate::refusal::{Reason, Refusal};
use crate::{Stream, Streamed};
use kernel::Money;
use policy::pack::IssueOrder;
use policy::procedure::{Act, OutcomeKind, Step};

/// Check a claim.
#[derive(Debug, Clone)]
pub struct Check {
    /// The step.
    pub step: StepId,
    /// What is allowed of each bill.
    pub verdicts: Vec<Verdict>,
    /// The opinion.
    pub opinion: String,
}

/// Approve a claim.
#[derive(Debug, Clone)]
pub struct Approve {
    /// The step.
    pub step: StepId,
    /// The opinion.
    pub opinion: String,
}

/// Return or refuse a claim.
#[derive(Debug, Clone)]
pub struct TurnDown {
    /// The step.
    pub step: StepId,
    /// The outcome of the pack: a return or an end.
    pub outcome: OutcomeId,
    /// Why.
    pub opinion: String,
}

/// Checks the bills: each gets its amount, with the reason where it is less than asked.
pub fn check(
    claim: &Claim,
    command: Check,
    project: &Project,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = open_for(claim, &command.step, Act::Check, project, ctx)?;
    let cite = || step.cite.to_string();
    let given = |no: i64| command.verdicts.iter().filter(move |verdict| verdict.line == no);
    let left = claim.lines.iter().filter(|line| given(line.no).count() != 1).count();
    if left > 0 || command.verdicts.len() != claim.lines.len() {
        return Err(Refusal::under(cite(), Reason::FindingsIncomplete { left: left.max(1) }));
    }
    for line in &claim.lines {
        let Some(verdict) = given(line.no).next() else { continue };
        if verdict.approved.is_negative() || verdict.approved > line.amount {
            let (declared, confirmed) = (line.amount, verdict.approved);
            let line = format!("第{}张", line.no);
            return Err(Refusal::under(cite(), Reason::LineAboveDeclared { line, declared, confirmed }));
        }
        if verdict.approved < line.amount {
            written(&format!("核减第{}张", line.no), "allowing less than asked", &verdict.reason)?;
        }
    }
    within_limits(project, claim.purpose, &allowed(claim, &command.verdicts))?;
    if command.verdicts.iter().all(|verdict| verdict.approved.is_zero()) {
        return Err(Refusal::under(cite(), Reason::NothingApproved {}));
    }
    let opinion = command.opinion.trim().to_owned();
    Ok(vec![Event::Checked { step: command.step, verdicts: command.verdicts, opinion }])
}

/// Approves what was checked; `allotted` is the free money of the project by source, oldest first.
pub fn approve(
    claim: &Claim,
    command: Approve,
    project: &Project,
    allotted: &[Lot],
    ctx: Context<'_>,
) -> Result<Vec<Streamed>, Refusal> {
    let step = open_for(claim, &command.step, Act::Decide, project, ctx)?;
    let cite = step.cite.to_string();
    another_person(claim, &[Act::Claim, Act::Check], ctx, &cite)?;
    usable(project, ctx)?;
    let asked = allowed(claim, &claim.verdicts);
    within_limits(project, claim.purpose, &asked)?;
    let shares = shares_of(&asked, allotted)
        .map_err(|(wanted, left)| Refusal::under(cite, Reason::OverAllotted { wanted, left }))?;
    let lots = shares.iter().fold(lot::BySource::new(), |mut sum, share| {
        lot::add(&mut sum, &share.lots);
        sum
    });
    let uses = asked.iter().filter(|ask| !ask.amount.is_zero()).map(|ask| Use {
        line: ask.budget_line.to_owned(),
        payee: ask.payee.to_owned(),
        amount: ask.amount,
    });
    let held = ProjectEvent::Held { claim: claim.id, lots: lot::lots_of(&lots), uses: uses.collect() };
    let opinion = command.opinion.trim().to_owned();
    let approved = Event::Approved { step: command.step, opinion, shares };
    Ok(vec![(Stream::Claim(claim.id), approved.into()), (Stream::Project(claim.project), held.into())])
}

/// Returns or refuses a claim.
pub fn turn_down(
    claim: &Claim,
    command: TurnDown,
    project: &Project,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let open = claim.open_steps(ctx.pack);
    let Some(found) = open.iter().find(|open| open.step.id == command.step) else {
        return Err(not_open(&command.step, &open, ctx));
    };
    allowed_for(found.step, ctx)?;
    let cite = found.step.cite.to_string();
    own_unit(project, ctx, &cite)?;
    let outcome = found.step.outcomes.iter().find(|outcome| outcome.id == command.outcome);
    let Some(outcome) = outcome.filter(|outcome| outcome.kind != OutcomeKind::Pass) else {
        return Err(Refusal::under(cite, Reason::OutcomeUnknown { outcome: command.outcome }));
    };
    written(&outcome.name.zh, &outcome.name.en, &command.opinion)?;
    let opinion = command.opinion.trim().to_owned();
    let first = claim.trail.0.first().map(|done| done.step.clone()).unwrap_or_default();
    Ok(vec![match outcome.kind {
        OutcomeKind::Return => {
            Event::Returned { step: command.step, to: outcome.to.clone().unwrap_or(first), opinion }
        }
        OutcomeKind::End | OutcomeKind::Pass => Event::Refused { step: command.step, opinion },
    }])
}

/// Withdraws a claim of which nothing is on its way or paid; what it held is free again.
pub fn withdraw(claim: &Claim, why: &str, ctx: Context<'_>) -> Result<Vec<Streamed>, Refusal> {
    crate::guard::doer(policy::procedure::Subject::Claim, Act::Claim, ctx)?;
    if !claim.is_live() {
        return Err(not_open("撤回报账", &claim.open_steps(ctx.pack), ctx));
    }
    if claim.owed.iter().any(|owed| owed.payment != Payment::Due) {
        return Err(Reason::ClaimBeingPaid { claim: claim.number.clone() }.into());
    }
    written("撤回报账", "withdrawing the claim", why)?;
    let why = why.trim().to_owned();
    let mut events: Vec<Streamed> =
        vec![(Stream::Claim(claim.id), Event::Withdrawn { why: why.clone() }.into())];
    if !claim.owed.is_empty() {
        let mut held = lot::BySource::new();
        for owed in &claim.owed {
            lot::add(&mut held, &owed.share.lots);
        }
        let freed = ProjectEvent::Freed { claim: claim.id, lots: lot::lots_of(&held), why };
        events.push((Stream::Project(claim.project), freed.into()));
    }
    Ok(events)
}

/// What is allowed, bill by bill.
fn allowed<'a>(claim: &'a Claim, verdicts: &[Verdict]) -> Vec<Ask<'a>> {
    let approved = |no: i64| {
        verdicts.iter().find(|verdict| verdict.line == no).map_or(Money::ZERO, |verdict| verdict.approved)
    };
    claim.lines.iter().map(|line| Ask::of(line, approved(line.no))).collect()
}

/// What each payee receives, in the order of the bills; what one takes the next no longer finds.
fn shares_of(asked: &[Ask<'_>], allotted: &[Lot]) -> Result<Vec<Share>, (Money, Money)> {
    let mut shares: Vec<Share> = Vec::new();
    for ask in asked.iter().filter(|ask| !ask.amount.is_zero()) {
        match shares.iter_mut().find(|share| share.payee == ask.payee) {
            Some(share) => share.amount = share.amount.checked_add(ask.amount).unwrap_or(Money::MAX),
            None => shares.push(Share { payee: ask.payee.to_owned(), amount: ask.amount, lots: Vec::new() }),
        }
    }
    let mut left = allotted.to_vec();
    for share in &mut shares {
        share.lots = lot::take(&left, share.amount, IssueOrder::Oldest, &[])
            .map_err(|short| (share.amount, short.left))?;
        left = lot::less(&left, &share.lots);
    }
    Ok(shares)
}

fn open_for<'p>(
    claim: &Claim,
    step: &str,
    act: Act,
    project: &Project,
    ctx: Context<'p>,
) -> Result<&'p Step, Refusal> {
    let open = claim.open_steps(ctx.pack);
    let Some(found) = open.iter().find(|open| open.step.id == step && open.step.act == act) else {
        return Err(not_open(step, &open, ctx));
    };
    allowed_for(found.step, ctx)?;
    let cite = found.step.cite.to_string();
    own_unit(project, ctx, &cite)?;
    if act == Act::Check {
        another_person(claim, &[Act::Claim], ctx, &cite)?;
    }
    Ok(found.step)
}

/// Nobody decides on the claims of their own unit.
fn own_unit(project: &Project, ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    if ctx.actor.belongs.contains(&project.unit) {
        return Err(Refusal::under(cite, Reason::OwnFirm {}));
    }
    Ok(())
}

fn another_person(claim: &Claim, made: &[Act], ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    let Some(own) = claim.trail.did(ctx.pack, ctx.actor.hands(), made) else { return Ok(()) };
    let step = ctx.pack.steps.get(&own.step).map_or_else(String::new, |step| step.name.zh.clone());
    Err(Refusal::under(cite, Reason::MakerIsChecker { step }))
}
