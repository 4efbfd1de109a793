//! What happens to a payment batch: made, released by a second person, answered by the bank line by line.

use crate::lot::Lot;
use kernel::id::{BatchId, ClaimId, ProjectId};
use kernel::{Date, Money};
use policy::pack::Id;

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayLine {
    /// Its number within the batch, from 1.
    pub no: i64,
    /// The reference that goes with the payment through the bank and back.
    pub end_to_end: String,
    /// The claim.
    pub claim: ClaimId,
    /// The project.
    pub project: ProjectId,
    /// The payee within the claim.
    pub payee: String,
    /// The name of the account's owner.
    pub payee_name: String,
    /// The account: a reference into the vault.
    pub account: String,
    /// The bank.
    pub bank: String,
    /// How much.
    pub amount: Money,
    /// The same by source.
    pub lots: Vec<Lot>,
}

/// What the bank says of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BankOutcome {
    /// It went through.
    Paid {
        /// The day.
        on: Date,
        /// The bank's reference.
        reference: String,
    },
    /// It did not.
    Failed {
        /// The bank's reason.
        reason: String,
    },
}

/// Events of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The batch was made; the cash of its lines is set aside.
    Made {
        /// Its id.
        batch: BatchId,
        /// Its number.
        number: String,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The fund of the pack.
        fund: Id,
        /// Its payments.
        lines: Vec<PayLine>,
    },
    /// The file was released to the bank.
    Released {
        /// The digest of the file's bytes.
        file_digest: String,
    },
    /// The bank's result of one payment.
    Resulted {
        /// The payment.
        line: i64,
        /// The result.
        outcome: BankOutcome,
        /// What a person relied on who booked it by hand; empty when the bank's line matched.
        basis: String,
    },
    /// A line of the bank that cannot be booked without a person.
    Unclear {
        /// The payment it names, where it names one.
        line: Option<i64>,
        /// The bank's line.
        text: String,
        /// Why it is unclear.
        reason: String,
    },
    /// A person settled an unclear line.
    Settled {
        /// Which, counted from zero in the order they arose.
        unclear: u32,
        /// How.
        how: String,
    },
    /// A person took an unpaid payment out of the batch.
    LineReleased {
        /// The payment.
        line: i64,
        /// Why.
        why: String,
    },
}
