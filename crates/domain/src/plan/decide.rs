//! Decisions about a plan: what goes in, what the meeting agreed, the letters, the remittance.

use super::event::{Event, Letter, Minutes};
use super::state::{OpenPlanStep, Plan};
use crate::actor::Context;
use crate::case::{Case, Standing, allowed_for, check_day, open_steps};
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal};
use kernel::id::{CaseId, PlanId};
use kernel::{Date, Money};
use policy::procedure::{Act, Procedure, Subject};

/// The minutes of the meeting that agrees to a plan.
#[derive(Debug, Clone)]
pub struct Deliberate {
    /// The step.
    pub step: StepId,
    /// The minutes.
    pub minutes: Minutes,
}

/// The letters with the result.
#[derive(Debug, Clone)]
pub struct Inform {
    /// The step.
    pub step: StepId,
    /// The day.
    pub on: Date,
    /// The letters.
    pub letters: Vec<Letter>,
}

/// The remittance of the granted sum.
#[derive(Debug, Clone)]
pub struct Remit {
    /// The step.
    pub step: StepId,
    /// The day.
    pub on: Date,
    /// The sum.
    pub amount: Money,
    /// The voucher.
    pub voucher: String,
}

/// Begins a plan.
pub fn draft(
    id: PlanId,
    number: &str,
    year: i16,
    procedure: &Procedure,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = ctx
        .pack
        .steps
        .iter()
        .find(|s| s.procedure == procedure.id && s.act == Act::Plan && s.on == Subject::Plan);
    let Some(step) = step else {
        return Err(Reason::NotFound { what: "方案环节".into() }.into());
    };
    allowed_for(step, ctx)?;
    Ok(vec![Event::Drafted {
        plan: id,
        number: number.to_owned(),
        procedure: procedure.id.clone(),
        year,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
    }])
}

fn planner(plan: &Plan, ctx: Context<'_>) -> Result<(), Refusal> {
    match plan.steps(ctx.pack).iter().find(|s| s.act == Act::Plan) {
        Some(step) => allowed_for(step, ctx),
        None => Err(Reason::NotFound { what: "方案环节".into() }.into()),
    }
}

/// Puts a case into the plan or changes its amount: at most what was proposed, unless an exception in principle is planned.
pub fn set_item(
    plan: &Plan,
    case: &Case,
    amount: Money,
    note: &str,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    planner(plan, ctx)?;
    if plan.fixed() {
        return Err(Reason::PlanFixed {}.into());
    }
    let number = || case.number.clone();
    if case.plan.as_ref().is_some_and(|(id, _)| *id != plan.id) {
        return Err(Reason::AlreadyPlanned { case: number() }.into());
    }
    let Some(proposal) = &case.proposal else {
        return Err(Reason::NotProposed { case: number() }.into());
    };
    let proposed = ctx
        .pack
        .steps
        .iter()
        .any(|s| s.procedure == plan.procedure && s.act == Act::Propose && case.done(&s.id).is_some());
    if !proposed || !open_steps(ctx.pack, case).is_empty() {
        return Err(Reason::NotProposed { case: number() }.into());
    }
    if case.standing() != Standing::Open {
        return Err(Reason::StepNotOpen { step: "列入资助方案".into(), open: "无".into() }.into());
    }
    if amount <= Money::ZERO {
        return Err(Reason::AmountNotPositive { what: "资助金额".into() }.into());
    }
    if amount > proposal.amount {
        let limit = proposal.amount;
        return Err(Reason::AmountAboveLimit {
            wanted: amount, limit, binds: "区报送的建议金额".into()
        }
        .into());
    }
    Ok(vec![Event::ItemSet { case: case.id, amount, note: note.trim().to_owned() }])
}

/// Takes a case out before the meeting agreed.
pub fn drop_item(plan: &Plan, case: CaseId, why: &str, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    planner(plan, ctx)?;
    if plan.fixed() {
        return Err(Reason::PlanFixed {}.into());
    }
    if why.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "移出方案".into(), what_en: "taking it out".into() }.into());
    }
    Ok(if plan.items.contains_key(&case) {
        vec![Event::ItemDropped { case, why: why.trim().to_owned() }]
    } else {
        Vec::new()
    })
}

/// Finds a step of the plan that is open, for this actor.
pub(super) fn open_for<'p>(plan: &Plan, step: &str, ctx: Context<'p>) -> Result<OpenPlanStep<'p>, Refusal> {
    let open = plan.open_steps(ctx.pack);
    let Some(found) = open.iter().find(|o| o.step.id == step) else {
        let name = ctx.pack.steps.get(step).map_or_else(|| step.to_owned(), |s| s.name.zh.clone());
        let names: Vec<&str> = open.iter().map(|o| o.step.name.zh.as_str()).collect();
        let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
        return Err(Reason::StepNotOpen { step: name, open }.into());
    };
    allowed_for(found.step, ctx)?;
    Ok(found.clone())
}

/// The meeting agrees: minutes complete, the sum within what the year has left.
pub fn deliberate(
    plan: &Plan,
    command: Deliberate,
    year_left: Money,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(step) =
        plan.steps(ctx.pack).into_iter().find(|s| s.id == command.step && s.act == Act::Deliberate)
    else {
        return Err(Reason::StepNotOpen { step: command.step, open: "无".into() }.into());
    };
    allowed_for(step, ctx)?;
    let cite = step.cite.to_string();
    if plan.fixed() {
        return Err(Refusal::under(cite, Reason::PlanFixed {}));
    }
    if plan.items.is_empty() {
        return Err(Refusal::under(cite, Reason::PlanEmpty {}));
    }
    let minutes = &command.minutes;
    let missing: Vec<&str> = [
        ("会议地点", minutes.place.trim().is_empty()),
        ("主持人", minutes.chair.trim().is_empty()),
        ("参加人员", minutes.present.is_empty()),
        ("议定意见", minutes.resolution.trim().is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, empty)| empty.then_some(name))
    .collect();
    if !missing.is_empty() {
        return Err(Refusal::under(cite, Reason::MinutesIncomplete { missing: missing.join("、") }));
    }
    if minutes.held_on > ctx.today {
        return Err(Reason::DateInFuture {
            what: "会议日期".into(),
            date: minutes.held_on,
            today: ctx.today,
        }
        .into());
    }
    let wanted = plan.total().unwrap_or(Money::MAX);
    if wanted > year_left {
        return Err(Refusal::under(cite, Reason::OverYear { wanted, left: year_left }));
    }
    let planned = plan
        .steps(ctx.pack)
        .into_iter()
        .find(|s| s.act == Act::Plan)
        .map_or_else(String::new, |s| s.id.clone());
    Ok(vec![Event::Deliberated {
        step: command.step,
        planned,
        minutes: command.minutes,
        items: plan.items.keys().copied().collect(),
    }])
}

/// The written results go out; `recipients` is everybody who must have one.
pub fn inform(
    plan: &Plan,
    command: Inform,
    recipients: &[String],
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let open = open_for(plan, &command.step, ctx)?;
    let cite = open.step.cite.to_string();
    check_day("通知日期", command.on, open.since, "审定日", ctx.today)?;
    let without: Vec<&str> = recipients
        .iter()
        .filter(|to| !command.letters.iter().any(|l| l.to == **to && !l.number.trim().is_empty()))
        .map(String::as_str)
        .collect();
    if !without.is_empty() {
        return Err(Refusal::under(cite, Reason::LetterMissing { recipients: without.join("、") }));
    }
    Ok(vec![Event::Informed {
        step: command.step,
        on: command.on,
        letters: command.letters,
        items: open.items,
    }])
}

/// The granted sum is remitted at once.
pub fn remit(plan: &Plan, command: Remit, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let open = open_for(plan, &command.step, ctx)?;
    let cite = open.step.cite.to_string();
    let decided = |step: &StepId| ctx.pack.steps.get(step).is_some_and(|s| s.act == Act::Decide);
    if let Some((step, _)) = plan.trail.iter().find(|(s, m)| decided(s) && m.by(ctx.actor.hands())) {
        let step = ctx.pack.steps.get(step).map_or_else(|| step.clone(), |s| s.name.zh.clone());
        return Err(Refusal::under(cite, Reason::MakerIsChecker { step }));
    }
    check_day("拨付日期", command.on, open.since, "书面通知日", ctx.today)?;
    let items: Vec<(CaseId, Money)> = open
        .items
        .iter()
        .filter_map(|id| match plan.items.get(id)?.verdict {
            Some((true, amount)) => Some((*id, amount)),
            _ => None,
        })
        .collect();
    let due = Money::sum(items.iter().map(|(_, amount)| *amount)).unwrap_or(Money::MAX);
    if command.amount != due {
        return Err(Refusal::under(cite, Reason::SumDiffers { wanted: command.amount, due }));
    }
    if command.voucher.trim().is_empty() {
        return Err(Refusal::under(cite, Reason::VoucherMissing {}));
    }
    Ok(vec![Event::Remitted {
        step: command.step,
        on: command.on,
        voucher: command.voucher.trim().to_owned(),
        items,
    }])
}
