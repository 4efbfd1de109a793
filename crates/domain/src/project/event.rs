//! What happens to a project: what it is for, what it was given, what was claimed, paid, recovered and given back.

use crate::case::Paper;
use crate::lot::Lot;
use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, ProjectId};
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::pack::Id;

/// One line of the project's budget; claims name the line they draw on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its key within the project.
    pub key: String,
    /// What is bought or paid.
    pub name: String,
    /// The nature that a voucher of the pack asks for; empty for ordinary lines.
    pub nature: Id,
    /// How much.
    pub amount: Money,
}

/// Words that look like a prohibited use: a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The prohibited use of the pack.
    pub spending: Id,
    /// The word found.
    pub word: String,
    /// Where: `name` or `line:<key>`.
    pub at: String,
}

/// What an approved claim takes of one budget line for one payee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The budget line.
    pub line: String,
    /// The payee: `c<contract>`, `list` or `unit`.
    pub payee: String,
    /// How much.
    pub amount: Money,
}

/// Events of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The project was opened for one side of one fund.
    Opened {
        /// Its id.
        project: ProjectId,
        /// Its number as people say it.
        number: String,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The fund of the pack.
        fund: Id,
        /// The side of the split, or `all`.
        side: Id,
        /// The permitted use that it falls under.
        spending: Id,
        /// Its name.
        name: String,
        /// Where it is.
        place: RegionCode,
        /// The village, where it is one's; empty otherwise.
        village: String,
        /// The unit that carries it out.
        unit: OrgId,
        /// The year of the plan.
        year: i16,
        /// How it is tied to poor households.
        link: String,
        /// How it works: subsidy, loan interest, purchase of services.
        mechanism: String,
        /// Other money that it draws in.
        levered: Money,
        /// Words that look like a prohibited use.
        doubts: Vec<Doubt>,
        /// The case of the library that it comes from.
        case: Option<CaseId>,
    },
    /// Its budget lines were set, all of them.
    Planned {
        /// The lines.
        lines: Vec<BudgetLine>,
        /// New doubts about them.
        doubts: Vec<Doubt>,
    },
    /// A doubt was decided.
    Cleared {
        /// Which, counted from zero in the order they arose.
        doubt: u32,
        /// Whether the use is allowed.
        allowed: bool,
        /// The opinion.
        opinion: String,
    },
    /// A contract was recorded.
    Contracted {
        /// Its number within the project.
        contract: i64,
        /// Its number as printed.
        number: String,
        /// The other party.
        party: String,
        /// Its account: a reference into the vault.
        account: Option<String>,
        /// Its bank.
        bank: String,
        /// The contract amount.
        amount: Money,
        /// What is held back of it until the end.
        retention: Money,
        /// The day it was signed.
        on: Date,
    },
    /// A demanded paper was put on file.
    Filed {
        /// The demand of the pack.
        demand: Id,
        /// The number or title of the paper.
        document: String,
        /// The day of the paper.
        on: Date,
        /// The files.
        papers: Vec<Paper>,
    },
    /// Money was allotted.
    Allotted {
        /// By which plan.
        allocation: AllocationId,
        /// The place whose money it is; empty where money is not pooled.
        place: String,
        /// The money.
        lots: Vec<Lot>,
    },
    /// An approved claim holds money.
    Held {
        /// The claim.
        claim: ClaimId,
        /// The money.
        lots: Vec<Lot>,
        /// The budget lines and payees it is for.
        uses: Vec<Use>,
    },
    /// What a claim held is free again.
    Freed {
        /// The claim.
        claim: ClaimId,
        /// The money.
        lots: Vec<Lot>,
        /// Why.
        why: String,
    },
    /// Cash was set aside for a payment.
    Issued {
        /// The batch.
        batch: BatchId,
        /// Its line.
        line: i64,
        /// The claim.
        claim: ClaimId,
        /// The payee.
        payee: String,
        /// The money.
        lots: Vec<Lot>,
    },
    /// A payment did not go through; the cash is back.
    Bounced {
        /// The batch.
        batch: BatchId,
        /// Its line.
        line: i64,
        /// The payee.
        payee: String,
        /// The money.
        lots: Vec<Lot>,
        /// What the bank or the releasing person said.
        reason: String,
    },
    /// A payment went through.
    Paid {
        /// The batch.
        batch: BatchId,
        /// Its line.
        line: i64,
        /// The claim.
        claim: ClaimId,
        /// The payee.
        payee: String,
        /// The money.
        lots: Vec<Lot>,
        /// The day.
        on: Date,
        /// The bank's reference.
        reference: String,
    },
    /// Money came back from a payee.
    Recovered {
        /// The payee.
        payee: String,
        /// The money, in proportion of what was paid to the payee.
        lots: Vec<Lot>,
        /// The day.
        on: Date,
        /// The voucher.
        voucher: String,
        /// Why.
        why: String,
    },
    /// The project was closed; what is left goes back.
    Closed {
        /// The money left.
        lots: Vec<Lot>,
        /// The day.
        on: Date,
        /// Why, or how it ended.
        why: String,
    },
}
