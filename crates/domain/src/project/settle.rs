//! Decisions about money that comes back: recovered from a payee, or left over when the project is closed.

use super::event::Event;
use super::state::Project;
use crate::actor::Context;
use crate::guard::{doer_of, not_in_future, positive, written};
use crate::lot::{self, IssueOrder};
use crate::refusal::{Reason, Refusal};
use kernel::{Date, Money};
use policy::procedure::{Act, Subject};

/// Recover money from a payee.
#[derive(Debug, Clone)]
pub struct Recover {
    /// The payee: `c<contract>`, `list` or `unit`.
    pub payee: String,
    /// How much.
    pub amount: Money,
    /// The day it came back.
    pub on: Date,
    /// The voucher.
    pub voucher: String,
    /// Why.
    pub why: String,
}

/// Close a project.
#[derive(Debug, Clone)]
pub struct Close {
    /// The day.
    pub on: Date,
    /// Why, or how it ended.
    pub why: String,
}

/// Recovers money: it goes back to the sources it came from, in proportion of what they paid to this payee.
pub fn recover(project: &Project, command: Recover, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Project, Act::Recover, &project.fund, ctx)?;
    not_in_future("追回日期", command.on, ctx)?;
    positive("追回金额", command.amount)?;
    let paid = project.paid.get(&command.payee).map(lot::lots_of).unwrap_or_default();
    let lots = lot::take(&paid, command.amount, IssueOrder::Proportional, &[]).map_err(|short| {
        let reason = Reason::OverRecovery { wanted: command.amount, left: short.left };
        Refusal::under(step.cite.to_string(), reason)
    })?;
    if command.voucher.trim().is_empty() {
        return Err(Reason::VoucherMissing {}.into());
    }
    written("追回原因", "why the money is recovered", &command.why)?;
    Ok(vec![Event::Recovered {
        payee: command.payee,
        lots,
        on: command.on,
        voucher: command.voucher.trim().to_owned(),
        why: command.why.trim().to_owned(),
    }])
}

/// Closes a project; `live` are the numbers of its claims that are neither paid nor refused nor withdrawn.
pub fn close(
    project: &Project,
    command: Close,
    live: &[String],
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Project, Act::Close, &project.fund, ctx)?;
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    not_in_future("清算日期", command.on, ctx)?;
    written("清算说明", "how the project ended", &command.why)?;
    let mut busy: Vec<String> = live.to_vec();
    if busy.is_empty() {
        busy.extend(project.holds.keys().map(|claim| format!("报账{claim}")));
        busy.extend(project.on_the_way.keys().map(|(batch, line)| format!("支付批次{batch}第{line}笔")));
    }
    if !busy.is_empty() {
        return Err(Refusal::under(step.cite.to_string(), Reason::ProjectBusy { what: busy.join("、") }));
    }
    let lots = lot::lots_of(&project.purse.allotted);
    Ok(vec![Event::Closed { lots, on: command.on, why: command.why.trim().to_owned() }])
}
