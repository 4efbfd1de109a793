//! What happens to a claim: filed with its vouchers, checked line by line, approved by another person, paid.

use crate::case::Paper;
use crate::ids::{ProcedureId, StepId};
use crate::lot::Lot;
use kernel::id::{BatchId, ClaimId, ProjectId};
use kernel::{Date, Money};
use policy::pack::Id;

/// The payee of a list of households or workers.
pub const LIST: &str = "list";
/// The payee of a transfer to the implementing unit.
pub const UNIT: &str = "unit";

/// What a claim asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Before work is done.
    Advance,
    /// For work done.
    Progress,
    /// When the work is finished.
    Final,
    /// What was held back until the end.
    Retention,
    /// Subsidies by list.
    Subsidy,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 5] =
        [Purpose::Advance, Purpose::Progress, Purpose::Final, Purpose::Retention, Purpose::Subsidy];

    /// The stored word.
    pub const fn id(self) -> &'static str {
        match self {
            Purpose::Advance => "advance",
            Purpose::Progress => "progress",
            Purpose::Final => "final",
            Purpose::Retention => "retention",
            Purpose::Subsidy => "subsidy",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Purpose::Advance => "预付款",
            Purpose::Progress => "进度款",
            Purpose::Final => "结算款",
            Purpose::Retention => "质量保证金",
            Purpose::Subsidy => "补助",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Purpose::Advance => "advance",
            Purpose::Progress => "progress payment",
            Purpose::Final => "final payment",
            Purpose::Retention => "retention money",
            Purpose::Subsidy => "subsidy",
        }
    }

    /// The purpose of this word.
    pub fn parse(id: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.id() == id)
    }
}

/// The digest of a list of payees; the list itself is kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListDigest {
    /// How many rows.
    pub rows: i64,
    /// Their sum.
    pub total: Money,
    /// The digest of its bytes.
    pub digest: String,
}

/// How a bill is tied to households.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The kind of link, one of those that the project lists; empty: as the project is tied.
    pub kind: Id,
    /// How many households; zero when it is as the project is.
    pub households: i64,
}

/// One bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimLine {
    /// Its number within the claim, from 1.
    pub no: i64,
    /// The budget line of the project.
    pub budget_line: String,
    /// The kind of voucher.
    pub voucher: Id,
    /// The invoice code; empty where the kind has none.
    pub code: String,
    /// The voucher number.
    pub number: String,
    /// The day of the voucher.
    pub dated: Date,
    /// The payee: `c<contract>`, `list` or `unit`.
    pub payee: String,
    /// How much.
    pub amount: Money,
    /// The files.
    pub papers: Vec<Paper>,
    /// The list, where the voucher is one.
    pub list: Option<ListDigest>,
    /// How it is tied to households, where the pack asks for it.
    pub tie: Option<Tie>,
}

/// What the checking person allows of one bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The bill.
    pub line: i64,
    /// How much.
    pub approved: Money,
    /// Why less than asked; empty when it is not.
    pub reason: String,
}

/// What one payee is to receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The payee.
    pub payee: String,
    /// How much.
    pub amount: Money,
    /// The money by source.
    pub lots: Vec<Lot>,
}

/// Events of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The claim was filed.
    Filed {
        /// Its id.
        claim: ClaimId,
        /// The step.
        step: StepId,
        /// Its number.
        number: String,
        /// The project.
        project: ProjectId,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The procedure.
        procedure: ProcedureId,
        /// What it asks for.
        purpose: Purpose,
        /// Its bills.
        lines: Vec<ClaimLine>,
    },
    /// It was filed again after a return.
    Refiled {
        /// The step.
        step: StepId,
        /// What it asks for.
        purpose: Purpose,
        /// Its bills.
        lines: Vec<ClaimLine>,
    },
    /// Its bills were checked.
    Checked {
        /// The step.
        step: StepId,
        /// What is allowed of each.
        verdicts: Vec<Verdict>,
        /// The opinion.
        opinion: String,
    },
    /// It was returned.
    Returned {
        /// The step.
        step: StepId,
        /// To which step.
        to: StepId,
        /// Why.
        opinion: String,
    },
    /// It was approved; the project's money is held for it.
    Approved {
        /// The step.
        step: StepId,
        /// The opinion.
        opinion: String,
        /// What each payee receives.
        shares: Vec<Share>,
    },
    /// It was refused.
    Refused {
        /// The step.
        step: StepId,
        /// Why.
        opinion: String,
    },
    /// It was withdrawn.
    Withdrawn {
        /// Why.
        why: String,
    },
    /// The payment of one payee was put into a batch.
    Batched {
        /// The batch.
        batch: BatchId,
        /// The payee.
        payee: String,
    },
    /// The payment came back and can be batched again.
    Unbatched {
        /// The batch.
        batch: BatchId,
        /// The payee.
        payee: String,
        /// Why.
        reason: String,
    },
    /// One payee was paid.
    Paid {
        /// The batch.
        batch: BatchId,
        /// The payee.
        payee: String,
        /// The day.
        on: Date,
    },
}
