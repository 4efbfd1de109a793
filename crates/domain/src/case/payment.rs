//! Paying a grant to the enterprise: never beyond what was granted.

use super::act::{check_day, open_for};
use super::hands::{another_person, stands_apart, stands_aside};
use super::{Case, Event};
use crate::actor::Context;
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal};
use kernel::{Date, Money};
use policy::procedure::Act;

/// Pay an enterprise.
#[derive(Debug, Clone)]
pub struct Pay {
    /// The step.
    pub step: StepId,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Date,
    /// The voucher.
    pub voucher: String,
}

/// Pays; `arrived` is the money of this case that has arrived where it is paid from.
pub fn pay(case: &Case, command: Pay, arrived: Money, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    stands_aside(case, ctx, &cite)?;
    stands_apart(case, ctx, &cite)?;
    another_person(case, &[Act::Plan, Act::Decide], ctx, &cite)?;
    check_day("付款日期", command.on, since, "资金到达日", ctx.today)?;
    if command.amount <= Money::ZERO {
        return Err(Reason::AmountNotPositive { what: "付款金额".into() }.into());
    }
    let left = case.unpaid().min(arrived);
    if command.amount > left {
        return Err(Refusal::under(cite, Reason::OverGrant { wanted: command.amount, left }));
    }
    if command.voucher.trim().is_empty() {
        return Err(Refusal::under(cite, Reason::VoucherMissing {}));
    }
    Ok(vec![Event::Paid {
        step: command.step,
        amount: command.amount,
        on: command.on,
        voucher: command.voucher.trim().to_owned(),
        complete: command.amount == case.unpaid(),
    }])
}
