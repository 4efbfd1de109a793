//! What happens to a plan.

use crate::ids::{ProcedureId, StepId};
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::{Date, Money};
use std::collections::BTreeMap;

/// The minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// The day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// Who presided.
    pub chair: String,
    /// Who was there.
    pub present: Vec<String>,
    /// What was resolved.
    pub resolution: String,
}

/// Where a notice was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The place, as the pack names it.
    pub place: String,
    /// The address of the page, or where the board stands.
    pub address: String,
}

/// One row of a notice, by the keys of its required content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The case.
    pub case: CaseId,
    /// Key to what is shown.
    pub shown: BTreeMap<String, String>,
}

/// A verdict on one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemVerdict {
    /// The case.
    pub case: CaseId,
    /// Granted or not.
    pub granted: bool,
    /// How much.
    pub amount: Money,
}

/// A letter with the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Its document number.
    pub number: String,
}

/// Events of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A plan was begun.
    Drafted {
        /// Its id.
        plan: PlanId,
        /// Its number.
        number: String,
        /// The procedure of its cases.
        procedure: ProcedureId,
        /// The year.
        year: i16,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
    },
    /// An item was put in, or its amount changed.
    ItemSet {
        /// The case.
        case: CaseId,
        /// The amount.
        amount: Money,
        /// A remark.
        note: String,
    },
    /// An item was taken out.
    ItemDropped {
        /// The case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// A meeting agreed.
    Deliberated {
        /// The step.
        step: StepId,
        /// The planning step that it concludes.
        planned: StepId,
        /// Its minutes.
        minutes: Minutes,
        /// The items agreed.
        items: Vec<CaseId>,
    },
    /// A public notice was posted.
    Posted {
        /// The step.
        step: StepId,
        /// Its number.
        number: String,
        /// The notice of the pack.
        notice: String,
        /// The day of posting.
        on: Date,
        /// Where.
        postings: Vec<Posting>,
        /// What stands above and below the rows.
        fields: BTreeMap<String, String>,
        /// The rows.
        rows: Vec<NoticeRow>,
        /// From when until when.
        window: Window,
    },
    /// Somebody objected.
    Objected {
        /// Its id.
        objection: ObjectionId,
        /// The receipt given.
        receipt: String,
        /// On which item; on the whole notice when `None`.
        case: Option<CaseId>,
        /// What was said.
        text: String,
        /// Who, if a name was given: a reference into the vault.
        from: Option<String>,
    },
    /// An objection was answered.
    Answered {
        /// Which.
        objection: ObjectionId,
        /// Whether it was upheld: its item leaves the plan.
        upheld: bool,
        /// The answer.
        answer: String,
    },
    /// The notice ended for these items.
    NoticeEnded {
        /// The step.
        step: StepId,
        /// The items.
        items: Vec<CaseId>,
        /// The last day.
        on: Date,
    },
    /// The group determined.
    Determined {
        /// The step.
        step: StepId,
        /// The stamp date.
        stamp: Date,
        /// The document.
        document: String,
        /// Each item.
        items: Vec<ItemVerdict>,
    },
    /// The results were sent.
    Informed {
        /// The step.
        step: StepId,
        /// The day.
        on: Date,
        /// The letters.
        letters: Vec<Letter>,
        /// The items.
        items: Vec<CaseId>,
    },
    /// The money was remitted.
    Remitted {
        /// The step.
        step: StepId,
        /// The day.
        on: Date,
        /// The voucher.
        voucher: String,
        /// Each item with its amount.
        items: Vec<(CaseId, Money)>,
    },
}
