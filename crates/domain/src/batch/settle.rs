//! What the bank answers. A line is booked when reference and amount both match, and never by guess.

use super::event::{BankOutcome, Event, PayLine};
use super::state::{Batch, LineStanding, Payment};
use crate::actor::Context;
use crate::claim::{Claim, Event as ClaimEvent, Payment as ClaimPayment};
use crate::guard::{doer_of, not_in_future, written};
use crate::project::Event as ProjectEvent;
use crate::refusal::{Reason, Refusal};
use crate::{Stream, Streamed};
use kernel::Money;
use kernel::id::SourceId;
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;

/// One line of the bank's answer.
#[derive(Debug, Clone)]
pub struct BankLine {
    /// The reference that went with the payment.
    pub end_to_end: String,
    /// The amount.
    pub amount: Money,
    /// What the bank says.
    pub outcome: BankOutcome,
    /// The line as it came.
    pub text: String,
}

/// Settle an unclear line.
#[derive(Debug, Clone)]
pub struct Settle {
    /// Which, as [`Batch::open_unclear`] counts.
    pub unclear: u32,
    /// What it turned out to be.
    pub found: Found,
    /// What the person relied on.
    pub why: String,
}

/// What an unclear line turned out to be.
#[derive(Debug, Clone)]
pub enum Found {
    /// Nothing that concerns this batch.
    Nothing,
    /// The result of a payment.
    Result {
        /// The payment.
        line: i64,
        /// The result.
        outcome: BankOutcome,
    },
}

/// What the book says when a person books a payment that failed or was taken out before.
#[derive(Debug, Clone, Copy)]
pub struct Revival<'a> {
    /// The claim of the payment.
    pub claim: &'a Claim,
    /// Cash in the pool of the payment's fund and side, by source.
    pub pool: &'a BTreeMap<SourceId, Money>,
}

/// Books one line of the bank, or keeps it as unclear.
pub fn book(batch: &Batch, line: BankLine, ctx: Context<'_>) -> Result<Vec<Streamed>, Refusal> {
    let step = doer_of(Subject::Batch, Act::Pay, &batch.fund, ctx)?;
    if batch.released.is_none() {
        return Err(Refusal::under(step.cite.to_string(), Reason::FileNotReleased {}));
    }
    if let BankOutcome::Paid { on, .. } = &line.outcome {
        not_in_future("银行支付日期", *on, ctx)?;
    }
    let known = batch.payments.iter().find(|payment| payment.line.end_to_end == line.end_to_end.trim());
    let Some(payment) = known else {
        return Ok(unclear(batch, None, line, "参考号不属于本批次"));
    };
    let no = Some(payment.line.no);
    if payment.line.amount != line.amount {
        return Ok(unclear(batch, no, line, "参考号相符，金额不符"));
    }
    match (&payment.standing, &line.outcome) {
        (LineStanding::Open, outcome) => Ok(resulted(batch, &payment.line, outcome, "")),
        (LineStanding::Paid { reference, .. }, BankOutcome::Paid { reference: again, .. })
            if reference == again =>
        {
            Ok(Vec::new())
        }
        (LineStanding::Failed { .. }, BankOutcome::Failed { .. }) => Ok(Vec::new()),
        (LineStanding::Paid { .. }, BankOutcome::Paid { .. }) => {
            Ok(unclear(batch, no, line, "同一笔款项出现两个支付流水号"))
        }
        (LineStanding::Paid { .. }, BankOutcome::Failed { .. }) => {
            Ok(unclear(batch, no, line, "已登记支付成功，银行又报失败"))
        }
        (LineStanding::Failed { .. }, BankOutcome::Paid { .. }) => {
            Ok(unclear(batch, no, line, "已登记支付失败，银行又报成功"))
        }
        (LineStanding::Released { .. }, _) => Ok(unclear(batch, no, line, "该笔已由人工撤出批次")),
    }
}

fn unclear(batch: &Batch, line: Option<i64>, bank: BankLine, reason: &str) -> Vec<Streamed> {
    let same =
        |seen: &super::state::Unclear| seen.line == line && seen.text == bank.text && seen.reason == reason;
    if batch.unclear.iter().any(same) {
        return Vec::new();
    }
    let event = Event::Unclear { line, text: bank.text, reason: reason.to_owned() };
    vec![(Stream::Batch(batch.id), event.into())]
}

/// The result of an open payment, on its three streams.
fn resulted(batch: &Batch, line: &PayLine, outcome: &BankOutcome, basis: &str) -> Vec<Streamed> {
    let event = Event::Resulted { line: line.no, outcome: outcome.clone(), basis: basis.to_owned() };
    let first: Streamed = (Stream::Batch(batch.id), event.into());
    [first].into_iter().chain(follow(batch, line, outcome)).collect()
}

fn follow(batch: &Batch, line: &PayLine, outcome: &BankOutcome) -> [Streamed; 2] {
    match outcome {
        BankOutcome::Paid { on, reference } => {
            let paid = ProjectEvent::Paid {
                batch: batch.id,
                line: line.no,
                claim: line.claim,
                payee: line.payee.clone(),
                lots: line.lots.clone(),
                on: *on,
                reference: reference.clone(),
            };
            let done = ClaimEvent::Paid { batch: batch.id, payee: line.payee.clone(), on: *on };
            [(Stream::Project(line.project), paid.into()), (Stream::Claim(line.claim), done.into())]
        }
        BankOutcome::Failed { reason } => bounced(batch, line, reason),
    }
}

fn bounced(batch: &Batch, line: &PayLine, reason: &str) -> [Streamed; 2] {
    let back = ProjectEvent::Bounced {
        batch: batch.id,
        line: line.no,
        payee: line.payee.clone(),
        lots: line.lots.clone(),
        reason: reason.to_owned(),
    };
    let free =
        ClaimEvent::Unbatched { batch: batch.id, payee: line.payee.clone(), reason: reason.to_owned() };
    [(Stream::Project(line.project), back.into()), (Stream::Claim(line.claim), free.into())]
}

/// A person takes a payment without a result out of the batch; it can be batched again.
pub fn take_out(batch: &Batch, no: i64, why: &str, ctx: Context<'_>) -> Result<Vec<Streamed>, Refusal> {
    let step = doer_of(Subject::Batch, Act::Pay, &batch.fund, ctx)?;
    let payment = payment_of(batch, no)?;
    if payment.standing != LineStanding::Open {
        let reason = Reason::PaymentSettled { line: no.to_string() };
        return Err(Refusal::under(step.cite.to_string(), reason));
    }
    written("撤出支付", "taking the payment out", why)?;
    let why = why.trim();
    let event = Event::LineReleased { line: no, why: why.to_owned() };
    let first: Streamed = (Stream::Batch(batch.id), event.into());
    Ok([first].into_iter().chain(bounced(batch, &payment.line, why)).collect())
}

/// A person settles an unclear line. A payment that failed or was taken out and was made after all is booked only while its
/// share is still due and the cash is there; money that came back after a payment is booked as a recovery.
pub fn settle(
    batch: &Batch,
    command: Settle,
    revival: Option<Revival<'_>>,
    ctx: Context<'_>,
) -> Result<Vec<Streamed>, Refusal> {
    doer_of(Subject::Batch, Act::Pay, &batch.fund, ctx)?;
    if !batch.open_unclear().iter().any(|(number, _)| *number == command.unclear) {
        return Err(Reason::UnclearSettled {}.into());
    }
    written("核清说明", "what the bank line turned out to be", &command.why)?;
    let why = command.why.trim();
    let booked = match &command.found {
        Found::Nothing => Vec::new(),
        Found::Result { line, outcome } => {
            let payment = payment_of(batch, *line)?;
            match (&payment.standing, outcome) {
                (LineStanding::Open, _) => resulted(batch, &payment.line, outcome, why),
                (LineStanding::Failed { .. } | LineStanding::Released { .. }, BankOutcome::Paid { .. }) => {
                    revived(batch, &payment.line, outcome, why, revival)?
                }
                _ => return Err(Reason::PaymentSettled { line: line.to_string() }.into()),
            }
        }
    };
    let settled = Event::Settled { unclear: command.unclear, how: why.to_owned() };
    Ok(booked.into_iter().chain([(Stream::Batch(batch.id), settled.into())]).collect())
}

fn revived(
    batch: &Batch,
    line: &PayLine,
    outcome: &BankOutcome,
    why: &str,
    revival: Option<Revival<'_>>,
) -> Result<Vec<Streamed>, Refusal> {
    let due = |found: &Revival<'_>| {
        let owed = found.claim.owed_to(&line.payee);
        found.claim.is_live() && owed.is_some_and(|owed| owed.payment == ClaimPayment::Due)
    };
    let Some(found) = revival.filter(due) else {
        let claim = revival.map_or_else(|| line.claim.to_string(), |found| found.claim.number.clone());
        return Err(Reason::ShareNotDue { claim }.into());
    };
    let there = |source| found.pool.get(source).copied().unwrap_or(Money::ZERO);
    let short = line.lots.iter().filter_map(|lot| lot.amount.checked_sub(there(&lot.source)));
    let short = Money::sum(short.filter(|short| *short > Money::ZERO)).unwrap_or(Money::MAX);
    if !short.is_zero() {
        return Err(Reason::CashMissing { sources: line.end_to_end.clone(), short }.into());
    }
    let issued = ProjectEvent::Issued {
        batch: batch.id,
        line: line.no,
        claim: line.claim,
        payee: line.payee.clone(),
        lots: line.lots.clone(),
    };
    let batched = ClaimEvent::Batched { batch: batch.id, payee: line.payee.clone() };
    let result = Event::Resulted { line: line.no, outcome: outcome.clone(), basis: why.to_owned() };
    let first: [Streamed; 3] = [
        (Stream::Project(line.project), issued.into()),
        (Stream::Claim(line.claim), batched.into()),
        (Stream::Batch(batch.id), result.into()),
    ];
    Ok(first.into_iter().chain(follow(batch, line, outcome)).collect())
}

fn payment_of(batch: &Batch, no: i64) -> Result<&Payment, Refusal> {
    batch.payment(no).ok_or_else(|| Reason::NotFound { what: "批次中的款项".into() }.into())
}
