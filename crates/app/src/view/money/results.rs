//! What a bank's answer would do to a batch: the decision itself is asked on a copy of the batch, and nothing is booked.

use super::batches::PaymentNow;
use crate::bank::BankLine;
use crate::command::Failure;
use crate::payout::booked;
use crate::rows::PaymentFilter;
use crate::view::Viewer;
use crate::writer::App;
use domain::batch::{self, BankOutcome, Batch, Event};
use domain::case::Meta;
use domain::{Context, Refusal, Streamed};
use kernel::id::BatchId;
use kernel::{Date, Money};
use std::collections::BTreeSet;

/// What one line would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The payment is paid on this day.
    Paid(Date),
    /// The payment failed, for this reason.
    Failed(String),
    /// It is known already.
    Known,
    /// It names a payment of another batch and is booked there.
    Elsewhere(String),
    /// A person must look at it, for this reason.
    Unclear(String),
    /// The whole file would be refused.
    Refused(Box<Refusal>),
}

/// One line of the bank with what it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// The reference as the bank gave it.
    pub end_to_end: String,
    /// The amount; absent when it cannot be read.
    pub amount: Option<Money>,
    /// The line in words.
    pub text: String,
    /// The payment that it names.
    pub payment: Option<PaymentNow>,
    /// What it would do.
    pub effect: Effect,
}

/// A bank's answer before it is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its lines, in the order of the file.
    pub lines: Vec<PreviewLine>,
    /// Payments of the batch that would still be without a result.
    pub open: Vec<PaymentNow>,
}

impl Preview {
    /// How many lines have such an effect.
    pub fn count(&self, wanted: impl Fn(&Effect) -> bool) -> usize {
        self.lines.iter().filter(|line| wanted(&line.effect)).count()
    }
}

impl App {
    /// What a bank's lines would do to a batch.
    pub fn preview_results(
        &self,
        viewer: &Viewer,
        id: BatchId,
        lines: &[BankLine],
    ) -> Result<Preview, Failure> {
        let before = self.batch_state(viewer, id)?;
        let pack = self.edition(&before.pack, &before.edition)?;
        let filter = PaymentFilter {
            pack: before.pack.clone(),
            batch: Some(id),
            limit: usize::MAX,
            ..PaymentFilter::default()
        };
        let payments = self.payments_now(self.reads.payments(&filter)?)?;
        let calendar = kernel::calendar::Calendar::known_on(self.today());
        let actor = viewer.actor(BTreeSet::from([viewer.org]));
        let ctx = Context { pack: &pack, today: self.today(), calendar: &calendar, actor: &actor };
        let (own, fund) = (before.id, before.fund.clone());
        let mut state = Some(before);
        let mut shown = Vec::with_capacity(lines.len());
        for line in lines {
            // What is not clear names no payment: it is listed here, whatever reference it has.
            let named = booked(line).end_to_end;
            let effect = match self.of_other_batch(viewer, (own, &fund), &named)? {
                Some(number) => Effect::Elsewhere(number),
                None => effect(&mut state, line, ctx),
            };
            shown.push(PreviewLine {
                payment: payments.iter().find(|p| p.row.end_to_end == line.end_to_end).cloned(),
                end_to_end: line.end_to_end.clone(),
                amount: line.amount,
                text: line.text.clone(),
                effect,
            });
        }
        let is_open = |payment: &&PaymentNow| {
            let now = state.as_ref().and_then(|state| state.payment(payment.row.line));
            let now = now.map(|payment| &payment.standing);
            now == Some(&batch::LineStanding::Open)
        };
        Ok(Preview { lines: shown, open: payments.iter().filter(is_open).cloned().collect() })
    }

    /// The number of another released batch of the same fund that a reference names.
    fn of_other_batch(
        &self,
        viewer: &Viewer,
        (own, fund): (BatchId, &str),
        end_to_end: &str,
    ) -> Result<Option<String>, Failure> {
        let named = self.reads.batch_of_payment(end_to_end.trim())?.filter(|named| *named != own);
        let Some(named) = named.map(|named| self.reads.batch(named)).transpose()?.flatten() else {
            return Ok(None);
        };
        let same = named.pack == viewer.pack.id && named.fund == fund && named.released_on.is_some();
        Ok(same.then_some(named.number))
    }
}

fn effect(state: &mut Option<Batch>, line: &BankLine, ctx: Context<'_>) -> Effect {
    let Some(batch) = state else { return Effect::Known };
    let events = match batch::book(batch, booked(line), ctx) {
        Ok(events) => events,
        Err(refusal) => return Effect::Refused(Box::new(refusal)),
    };
    let own: Vec<Event> = events.into_iter().filter_map(of_batch).collect();
    let mut said = Effect::Known;
    for event in own {
        match &event {
            Event::Resulted { outcome: BankOutcome::Paid { on, .. }, .. } => said = Effect::Paid(*on),
            Event::Resulted { outcome: BankOutcome::Failed { reason }, .. } => {
                said = Effect::Failed(reason.clone());
            }
            Event::Unclear { reason, .. } => said = Effect::Unclear(reason.clone()),
            _ => {}
        }
        let meta = Meta {
            on: ctx.today,
            at: 0,
            person: Some(ctx.actor.person),
            behalf: ctx.actor.behalf,
            org: Some(ctx.actor.org),
            role: Some(ctx.actor.role.clone()),
        };
        *state = Batch::apply(state.take(), &event, &meta);
    }
    if let (Effect::Unclear(reason), crate::bank::Said::Unclear { reason: read }) = (&said, &line.said) {
        return Effect::Unclear(if read.is_empty() { reason.clone() } else { read.clone() });
    }
    said
}

fn of_batch(streamed: Streamed) -> Option<Event> {
    match streamed.1 {
        domain::Event::Batch(event) => Some(event),
        _ => None,
    }
}
