//! What happens to an allocation plan: drafted, consulted on, approved, issued, filed.

use crate::case::{OutcomeKind, Paper};
use crate::ids::{OutcomeId, ProcedureId, StepId};
use crate::lot::Lot;
use kernel::id::{AllocationId, ProjectId};
use kernel::{Date, Money};
use policy::pack::Id;
use std::collections::BTreeMap;

/// One reason of a computed amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What: a factor, a grade, a rank.
    pub what: String,
    /// What it says.
    pub says: String,
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The project.
    pub project: ProjectId,
    /// The place whose money it is; empty where money is not pooled.
    pub place: String,
    /// How much.
    pub amount: Money,
    /// A remark.
    pub note: String,
    /// How the amount came about, where it was computed.
    pub why: Vec<Why>,
}

/// The money of one line, by source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLots {
    /// The project.
    pub project: ProjectId,
    /// The place whose money it is.
    pub place: String,
    /// The money.
    pub lots: Vec<Lot>,
}

/// Events of an allocation plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The plan was drafted.
    Drafted {
        /// Its id.
        allocation: AllocationId,
        /// The step.
        step: StepId,
        /// Its number.
        number: String,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The procedure.
        procedure: ProcedureId,
        /// The fund of the pack.
        fund: Id,
        /// The side of the split, or `all`.
        side: Id,
        /// The year of its projects.
        year: i16,
        /// The document it rests on.
        basis: String,
        /// The distribution of the pack by which amounts were computed.
        method: Option<Id>,
        /// Its lines.
        lines: Vec<Line>,
    },
    /// The draft was written anew.
    Redrafted {
        /// The step.
        step: StepId,
        /// The document it rests on.
        basis: String,
        /// The distribution of the pack by which amounts were computed.
        method: Option<Id>,
        /// Its lines.
        lines: Vec<Line>,
    },
    /// A step other than the approval was done, or the approval was denied.
    Stepped {
        /// The step.
        step: StepId,
        /// The outcome; empty for steps that simply pass.
        outcome: OutcomeId,
        /// What it does.
        kind: OutcomeKind,
        /// Where to, for a return.
        to: Option<StepId>,
        /// The opinion.
        opinion: String,
        /// Things noted.
        notes: BTreeMap<String, String>,
        /// Papers added.
        papers: Vec<Paper>,
        /// The number of the paper issued or filed.
        document: Option<String>,
        /// The day.
        on: Date,
    },
    /// The plan was approved: the money goes to the projects.
    Approved {
        /// The step.
        step: StepId,
        /// The outcome; empty for steps that simply pass.
        outcome: OutcomeId,
        /// The date of the decision.
        stamp: Date,
        /// The document.
        document: String,
        /// The opinion.
        opinion: String,
        /// The money of each line.
        lots: Vec<LineLots>,
    },
}
