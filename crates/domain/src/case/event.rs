//! What happens to one case.

use super::state::OutcomeKind;
use crate::ids::{DutyId, FactId, OutcomeId, PaperId, ProcedureId, StepId};
use crate::plan::Posting;
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, OrgId, PaperHash, PlanId};
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::form::FormData;
use std::collections::BTreeMap;

/// A paper attached to a declaration: what it proves, and the digest of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which paper of the pack.
    pub paper: PaperId,
    /// The file's name as uploaded.
    pub name: String,
    /// The digest of its bytes.
    pub hash: PaperHash,
    /// Its size in bytes.
    pub size: i64,
    /// Its media type.
    pub media: String,
}

/// One item of a checklist, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The item's id in the pack.
    pub item: String,
    /// Whether it holds.
    pub holds: bool,
    /// A note.
    pub note: String,
}

/// A fact established by a person, as text that the pack's type reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which fact.
    pub fact: FactId,
    /// The value, in the canonical spelling of its type.
    pub value: String,
    /// Where it was learnt.
    pub basis: String,
}

/// What the verifier found for one declared line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFinding {
    /// The line: `assets:3` is the third row of table `assets`.
    pub line: String,
    /// The amount confirmed; zero when nothing is.
    pub confirmed: Money,
    /// Why it differs from the declared amount; empty when it does not.
    pub reason: String,
}

/// What the verifier found for one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFinding {
    /// Which paper.
    pub paper: PaperId,
    /// Whether it agrees with what was seen.
    pub agrees: bool,
    /// A note.
    pub note: String,
}

/// A decision of the rules, kept with the act that relied on it: the facts are enough to compute it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The day whose values were used.
    pub as_of: Date,
    /// Every fact used, in canonical spelling.
    pub facts: BTreeMap<FactId, String>,
    /// Parameter values set for the year, as `name` or `name[member]`.
    pub set: BTreeMap<String, String>,
    /// `grant`, `refuse` or `pending`.
    pub outcome: String,
    /// The amount computed, when granted.
    pub amount: Option<Money>,
    /// Rules not met.
    pub unmet: Vec<String>,
    /// Rules that could not be told.
    pub unknown: Vec<String>,
}

/// The act that a step was done in, together with the same step of other cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The case in whose trail all of them are named.
    pub lead: CaseId,
    /// How many there are.
    pub count: u32,
    /// All of them, the lead first; empty but in the lead's own trail.
    pub cases: Vec<CaseId>,
    /// What the rules said of all of them at once, where the step asks; in the lead's own trail only.
    pub judgement: Option<Judgement>,
}

/// A duty with its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyDue {
    /// Which duty of the pack.
    pub duty: DutyId,
    /// On whom: a role.
    pub on: String,
    /// From which day.
    pub from: Date,
    /// Until, or due on, which day.
    pub due: Date,
    /// Check dates on the way.
    pub checks: Vec<Date>,
    /// Whether the calendar of the due year is not published yet.
    pub provisional: bool,
}

/// Events of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The case was opened with its first declaration.
    Opened {
        /// Its id.
        case: CaseId,
        /// Its procedure.
        procedure: ProcedureId,
        /// Its number as people say it.
        number: String,
        /// The year of the fund it belongs to.
        year: i16,
        /// The pack's id.
        pack: String,
        /// The pack's edition.
        edition: String,
        /// The organisation that files it.
        applicant: OrgId,
        /// The region whose desk handles it.
        desk: RegionCode,
        /// The case it builds on.
        parent: Option<CaseId>,
    },
    /// A case that begins without a form got its name.
    Named {
        /// The title, for lists.
        title: String,
        /// The parties, by key.
        parties: BTreeMap<String, String>,
    },
    /// A form with papers was filed, or filed again after a return.
    Declared {
        /// The step.
        step: StepId,
        /// 1 for the first of this form.
        version: u32,
        /// The form's id when it is not the procedure's own: filed beside it; empty for the procedure's own.
        of: String,
        /// The form as typed; sensitive cells hold references into the vault.
        form: FormData,
        /// The papers.
        papers: Vec<Paper>,
        /// The title, for lists.
        title: String,
        /// The parties, by key: `company`, `county`, `investor`.
        parties: BTreeMap<String, String>,
        /// Steps that this version undoes: approvals that stood on what it changes, and what came behind them.
        voids: Vec<StepId>,
    },
    /// A step was done by a desk.
    Stepped {
        /// The step.
        step: StepId,
        /// The outcome.
        outcome: OutcomeId,
        /// What the outcome does.
        kind: OutcomeKind,
        /// For a return: where to.
        to: Option<StepId>,
        /// The opinion.
        opinion: String,
        /// The checklist.
        checks: Vec<Check>,
        /// Facts established.
        records: Vec<Record>,
        /// Things noted, by their id in the pack.
        notes: BTreeMap<String, String>,
        /// The number of the paper issued, when the step issues one.
        document: Option<String>,
        /// The day it was done or received, when it differs from the day of recording.
        on: Date,
        /// Papers added.
        papers: Vec<Paper>,
        /// The form of the step, when it has one.
        form: Option<FormData>,
        /// Steps that this act undoes: for a return the one returned to and all behind it.
        voids: Vec<StepId>,
        /// What the rules said, when the step asks them.
        judgement: Option<Judgement>,
        /// The act, when it was about several cases, or judged as if it were.
        together: Option<Box<Together>>,
    },
    /// One of several roles agreed to a step that each of them must agree to.
    Signed {
        /// The step.
        step: StepId,
        /// The opinion.
        opinion: String,
        /// The day.
        on: Date,
    },
    /// A notice on the case was posted.
    Posted {
        /// The step.
        step: StepId,
        /// The notice of the pack.
        notice: String,
        /// Its number.
        number: String,
        /// The day of posting.
        on: Date,
        /// Where.
        postings: Vec<Posting>,
        /// What it shows, by the keys of its required content.
        shown: BTreeMap<String, String>,
        /// Photographs of the boards.
        papers: Vec<Paper>,
        /// Its days.
        window: Window,
    },
    /// Somebody objected to it, or complained.
    Objected {
        /// The objection.
        objection: ObjectionId,
        /// To which notice: its number.
        notice: String,
        /// The receipt given.
        receipt: String,
        /// What was said.
        text: String,
        /// Who: a reference into the vault.
        from: Option<String>,
    },
    /// The objection was answered.
    Answered {
        /// Which.
        objection: ObjectionId,
        /// Whether it was upheld.
        upheld: bool,
        /// The answer.
        answer: String,
    },
    /// A remark for everybody who handles the case.
    Commented {
        /// What was written.
        text: String,
    },
    /// A copy was sent to a role.
    Copied {
        /// To whom.
        role: String,
        /// With which words.
        text: String,
    },
    /// An open step was urged.
    Urged {
        /// The step.
        step: StepId,
        /// With which words.
        text: String,
    },
    /// A person declared a tie to the parties and stands aside.
    Recused {
        /// Which tie.
        why: String,
    },
    /// A person decided whether a similar case is the same.
    Compared {
        /// The other case.
        other: CaseId,
        /// Whether both are the same project, or parts of one.
        same: bool,
        /// Why.
        why: String,
    },
    /// Similar cases were found when it was filed; a person must compare them.
    Resembled {
        /// Which.
        others: Vec<CaseId>,
    },
    /// A firm was assigned.
    Assigned {
        /// The firm.
        firm: OrgId,
    },
    /// Verified on site.
    Inspected {
        /// The step.
        step: StepId,
        /// The day of the visit.
        on: Date,
        /// The opinion.
        opinion: String,
        /// The checklist.
        checks: Vec<Check>,
        /// Facts confirmed.
        records: Vec<Record>,
        /// Every line.
        lines: Vec<LineFinding>,
        /// Every paper.
        papers: Vec<PaperFinding>,
        /// The ratio proposed.
        ratio: Ratio,
        /// The amount proposed.
        amount: Money,
        /// What the rules say on the confirmed facts.
        judgement: Judgement,
    },
    /// The desk proposed an amount.
    Proposed {
        /// The step.
        step: StepId,
        /// The ratio.
        ratio: Ratio,
        /// The amount.
        amount: Money,
        /// The opinion.
        opinion: String,
        /// The rules' decision.
        judgement: Judgement,
    },
    /// The case was put into a plan.
    Planned {
        /// The plan.
        plan: PlanId,
        /// The amount planned.
        amount: Money,
    },
    /// The case was taken out of a plan.
    Unplanned {
        /// The plan.
        plan: PlanId,
        /// Why.
        why: String,
    },
    /// A step of the plan reached the case.
    PlanStepped {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: StepId,
        /// The day.
        on: Date,
    },
    /// An objection holds the case.
    Held {
        /// The objection.
        objection: ObjectionId,
    },
    /// The objection was answered.
    Released {
        /// The objection.
        objection: ObjectionId,
        /// Whether it was upheld.
        upheld: bool,
    },
    /// The final determination.
    Determined {
        /// The step.
        step: StepId,
        /// The plan.
        plan: PlanId,
        /// Whether it is granted.
        granted: bool,
        /// The amount; zero when not granted.
        amount: Money,
        /// The stamp date.
        stamp: Date,
        /// The reason, when it departs from the plan.
        why: String,
        /// Who allowed a limit “in principle” to be exceeded.
        exceeded: Option<String>,
        /// The rules' decision in the same transaction.
        judgement: Judgement,
    },
    /// A duty began.
    DutyBegan(DutyDue),
    /// Money was paid.
    Paid {
        /// The step.
        step: StepId,
        /// The amount.
        amount: Money,
        /// The day.
        on: Date,
        /// The voucher.
        voucher: String,
        /// Whether the grant is paid in full now.
        complete: bool,
    },
    /// A sealed value was shown to somebody.
    Unmasked {
        /// The field.
        field: String,
        /// Why it was needed.
        why: String,
    },
    /// The applicant withdrew.
    Withdrawn {
        /// Why.
        why: String,
    },
}
