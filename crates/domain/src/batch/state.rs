//! The state of one payment batch.

use super::event::{BankOutcome, Event, PayLine};
use crate::actor::Hands;
use crate::case::Meta;
use kernel::id::BatchId;
use kernel::{Date, Money};
use policy::pack::Id;

/// How far one payment has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineStanding {
    /// No result yet.
    Open,
    /// Paid.
    Paid {
        /// The day.
        on: Date,
        /// The bank's reference.
        reference: String,
    },
    /// Failed at the bank.
    Failed {
        /// The bank's reason.
        reason: String,
    },
    /// Taken out by a person.
    Released {
        /// Why.
        why: String,
    },
}

/// One payment with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The payment.
    pub line: PayLine,
    /// How far it is.
    pub standing: LineStanding,
}

/// A line of the bank that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The payment it names.
    pub line: Option<i64>,
    /// The bank's line.
    pub text: String,
    /// Why it is unclear.
    pub reason: String,
    /// The day it arose.
    pub on: Date,
    /// How it was settled.
    pub settled: Option<String>,
}

/// The release of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The digest of the file's bytes.
    pub file_digest: String,
    /// The day.
    pub on: Date,
    /// By whom.
    pub by: Option<Hands>,
}

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Made, not released.
    Made,
    /// Released, results are missing.
    Released,
    /// Every payment has its result.
    Done,
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its number.
    pub number: String,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The fund of the pack.
    pub fund: Id,
    /// Its payments.
    pub payments: Vec<Payment>,
    /// Lines of the bank that a person must look at.
    pub unclear: Vec<Unclear>,
    /// The release of the file.
    pub released: Option<Release>,
    /// Who made it.
    pub by: Option<Hands>,
    /// When it was made.
    pub on: Date,
}

impl Batch {
    /// Folds one event; `None` before it was made.
    pub fn apply(state: Option<Batch>, event: &Event, meta: &Meta) -> Option<Batch> {
        if let Event::Made { batch, number, pack, edition, fund, lines } = event {
            let open = |line: &PayLine| Payment { line: line.clone(), standing: LineStanding::Open };
            return Some(Batch {
                id: *batch,
                number: number.clone(),
                pack: pack.clone(),
                edition: edition.clone(),
                fund: fund.clone(),
                payments: lines.iter().map(open).collect(),
                unclear: Vec::new(),
                released: None,
                by: meta.hands(),
                on: meta.on,
            });
        }
        let mut batch = state?;
        match event {
            Event::Made { .. } => {}
            Event::Released { file_digest } => {
                let release = Release { file_digest: file_digest.clone(), on: meta.on, by: meta.hands() };
                batch.released = Some(release);
            }
            Event::Resulted { line, outcome, .. } => batch.stands(
                *line,
                match outcome {
                    BankOutcome::Paid { on, reference } => {
                        LineStanding::Paid { on: *on, reference: reference.clone() }
                    }
                    BankOutcome::Failed { reason } => LineStanding::Failed { reason: reason.clone() },
                },
            ),
            Event::Unclear { line, text, reason } => batch.unclear.push(Unclear {
                line: *line,
                text: text.clone(),
                reason: reason.clone(),
                on: meta.on,
                settled: None,
            }),
            Event::Settled { unclear, how } => {
                if let Some(found) = batch.unclear.get_mut(*unclear as usize) {
                    found.settled = Some(how.clone());
                }
            }
            Event::LineReleased { line, why } => {
                batch.stands(*line, LineStanding::Released { why: why.clone() });
            }
        }
        Some(batch)
    }

    fn stands(&mut self, no: i64, standing: LineStanding) {
        if let Some(payment) = self.payments.iter_mut().find(|payment| payment.line.no == no) {
            payment.standing = standing;
        }
    }

    /// The payment of this number.
    pub fn payment(&self, no: i64) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.line.no == no)
    }

    /// The sum of its payments.
    pub fn total(&self) -> Money {
        Money::sum(self.payments.iter().map(|payment| payment.line.amount)).unwrap_or(Money::MAX)
    }

    /// Lines of the bank that nobody settled, by their number.
    pub fn open_unclear(&self) -> Vec<(u32, &Unclear)> {
        (0..).zip(&self.unclear).filter(|(_, unclear)| unclear.settled.is_none()).collect()
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        if self.payments.iter().all(|payment| payment.standing != LineStanding::Open) {
            Standing::Done
        } else if self.released.is_some() {
            Standing::Released
        } else {
            Standing::Made
        }
    }
}
