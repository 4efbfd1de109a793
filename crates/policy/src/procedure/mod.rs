//! Procedures of a pack: fixed acts of the program, arranged by the regulation into steps. It knows what may follow what;
//! what an act does to a case is the domain's business.

mod act;
mod bound;
mod figure;
mod graph;
mod letter;

pub use act::Act;
pub use bound::{Bound, COPIES_MAX, Leaf};
pub use figure::{Figure, FigureOf, Moved, Span};
pub use graph::{Entry, ReturnTarget};
pub use letter::{DUE, Letter, OF_ACT, OF_CASE, OF_PLAN, OF_STEP, Of, Slot, Template};

use crate::pack::{Cite, Event, Id, Spend, Words};
use kernel::term::Term;

/// What a procedure, or one of its steps, is carried out on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One applicant's case.
    Case,
    /// One intake year.
    Year,
    /// One plan that bundles cases.
    Plan,
    /// One body in one period, for recurring reports.
    Body,
    /// One source of money booked into a fund.
    Source,
    /// One project that money is spent on.
    Project,
    /// One allocation of a fund's money to projects.
    Allocation,
    /// One claim of a project for money spent.
    Claim,
    /// One batch of payments handed to the bank.
    Batch,
}

impl Subject {
    /// All subjects with the words that packs write, in the order of this reference.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("case", Self::Case),
        ("year", Self::Year),
        ("plan", Self::Plan),
        ("body", Self::Body),
        ("source", Self::Source),
        ("project", Self::Project),
        ("allocation", Self::Allocation),
        ("claim", Self::Claim),
        ("batch", Self::Batch),
    ];

    /// The word that packs write.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, subject)| *subject == self).map_or("", |(id, _)| id)
    }

    /// What it is called.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Case => ("申请", "case"),
            Self::Year => ("年度", "year"),
            Self::Plan => ("资金计划", "plan"),
            Self::Body => ("单位报告", "report of a body"),
            Self::Source => ("资金来源", "source"),
            Self::Project => ("项目", "project"),
            Self::Allocation => ("资金分配", "allocation"),
            Self::Claim => ("报账", "claim"),
            Self::Batch => ("支付批次", "batch of payments"),
        };
        Words::new(zh, en)
    }

    /// Whether money of sources moves in it: a pack has at most one procedure on each of these.
    pub fn of_money(self) -> bool {
        matches!(self, Self::Source | Self::Project | Self::Allocation | Self::Claim | Self::Batch)
    }

    /// The acts that a procedure on it must have, or else nothing could ever come of it.
    pub fn needs(self) -> &'static [Act] {
        match self {
            Self::Source => &[Act::Receive],
            Self::Project => &[Act::Declare],
            Self::Allocation => &[Act::Plan, Act::Decide],
            Self::Claim => &[Act::Claim, Act::Check, Act::Decide],
            Self::Batch => &[Act::Issue, Act::Pay],
            Self::Case | Self::Year | Self::Plan | Self::Body => &[],
        }
    }
}

/// A party of a case and the field that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// `investor`, `company`, `county`: what ledger counts go by.
    pub key: PartyKey,
    /// Where it is found.
    pub from: PartySource,
}

/// What a case is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyKey {
    /// Project enterprise.
    Company,
    /// Name of the project enterprise.
    CompanyName,
    /// Investor.
    Investor,
    /// County of the project.
    County,
}

/// Where a party is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartySource {
    /// The organisation that applies.
    Applicant,
    /// A field of the form.
    Field(Id),
}

/// Fields of a procedure's form that lists, searches and gates go by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The amount asked for.
    pub amount: Option<Id>,
    /// Where it is: a region.
    pub place: Option<Id>,
    /// The village, by name.
    pub village: Option<Id>,
    /// The class: a member of an enum.
    pub class: Option<Id>,
    /// The plan year; the year of filing when there is none.
    pub year: Option<Id>,
    /// Why it is filed after its window closed: when filled, a late filing is an exception on record.
    pub late: Option<Id>,
}

/// For how long nothing is taken from whom a case found at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The step of the case that bars its applicant, once it passed.
    pub from: Id,
    /// The procedures under which nothing is taken.
    pub filing: Vec<Id>,
    /// How many plan years after that of the step's day; 0 is that year only.
    pub years: i16,
}

/// Until when a case may be filed for a plan year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Month and day of the last day.
    pub until: (i8, i8),
    /// How many years before the plan year: 1 for “by 31 October of the year before”.
    pub years_before: i16,
    /// Years with a last day of their own.
    pub set: Vec<(i16, kernel::Date)>,
}

impl Closing {
    /// The last day for a plan year.
    pub fn last(&self, year: i16) -> Option<kernel::Date> {
        if let Some((_, day)) = self.set.iter().find(|(of, _)| *of == year) {
            return Some(*day);
        }
        kernel::Date::new(year.checked_sub(self.years_before)?, self.until.0, self.until.1).ok()
    }
}

/// Which office receives a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// The one of the applicant's region.
    ApplicantRegion,
    /// The one of the region in this field.
    FieldRegion(Id),
}

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes-or-no key that a pack writes by itself")]
pub struct Procedure {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// On what.
    pub subject: Subject,
    /// How its cases are numbered: `津前-{year}-{seq}`.
    pub number: Option<String>,
    /// The role that applies.
    pub applicant: Option<Id>,
    /// The form it opens with.
    pub form: Option<Id>,
    /// The field that names a case in lists.
    pub title_field: Option<Id>,
    /// Parties of a case.
    pub parties: Vec<Party>,
    /// The receiving office.
    pub desk: Option<Desk>,
    /// The procedure whose case this builds on: one that ended well for the same applicant, unless `parent_after` says else.
    pub parent: Option<Id>,
    /// The step of the parent's procedure that must have passed; the parent may still be open then, and be anybody's.
    pub parent_after: Option<Id>,
    /// A case may also begin without a parent.
    pub parent_optional: bool,
    /// Fields whose values no second living case on the same parent may repeat.
    pub once: Vec<Id>,
    /// Its cases are projects of the library.
    pub library: bool,
    /// While a case of it is open about a project, claims on that project and payments of it wait.
    pub stops_money: bool,
    /// Its cases bar those that they are about from filing.
    pub bars: Option<Bars>,
    /// Amounts (parameters) that a project might be split to stay below.
    pub thresholds: Vec<Id>,
    /// The fields that lists, searches and gates go by.
    pub listed: Listed,
    /// The volume that is printed, sealed and handed in.
    pub bound: Option<Bound>,
    /// Whether it needs an open intake year.
    pub needs_intake: bool,
    /// Ids of its steps, in the order of the pack.
    pub steps: Vec<Id>,
    /// Citation.
    pub cite: Cite,
}

/// What must have happened before a step: another step, if stated with this outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Step.
    pub step: Id,
    /// Outcome; any passing one when `None`.
    pub outcome: Option<Id>,
}

/// What money waits for: one of these steps has passed on the case that the project comes from. Several stand for projects
/// that come from cases of several procedures, or that may go one way or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The steps; any of them will do. At least one.
    pub any: Vec<After>,
}

/// How long a step may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The term.
    pub term: Term,
    /// The event whose date starts it.
    pub from: Event,
    /// Only warned of, never a breach (a setting of ours, not of the text).
    pub warn_only: bool,
    /// The setting that holds the term, if it is one.
    pub setting: Option<Id>,
}

/// A day that was noted in an earlier step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedDay {
    /// The step.
    pub step: Id,
    /// Its note, of the type `date`.
    pub note: Id,
}

/// A recurring step: due so long after the end of each period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Every {
    /// The period.
    pub period: Period,
    /// Due so long after its end.
    pub due: Term,
    /// The setting that holds the term, if it is one.
    pub setting: Option<Id>,
    /// Nothing is due any more once this step of the procedure passed; without it, once the case is complete.
    pub until: Option<Id>,
}

/// A period of recurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Each calendar month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
}

/// What an outcome does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// Goes on.
    Pass,
    /// Back to an earlier step.
    Return,
    /// Ends the case.
    End,
}

/// A way in which a step can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOutcome {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// What it does.
    pub kind: OutcomeKind,
    /// Where to, for `Return`.
    pub to: Option<Id>,
    /// A reason must be written.
    pub needs_reason: bool,
}

/// One point of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Id.
    pub id: Id,
    /// The question.
    pub say: Words,
    /// The clause it checks.
    pub cite: Cite,
    /// A no stops a passing outcome.
    pub gates: bool,
}

/// Money that a step moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// From which role.
    pub from: Id,
    /// To which role.
    pub to: Id,
    /// Booked as.
    pub spend: Spend,
}

impl Step {
    /// Whether a role does this step.
    pub fn done_by(&self, role: &str) -> bool {
        self.by == role || self.with.iter().any(|with| with == role)
    }

    /// Whether it holds for a fund.
    pub fn holds_for(&self, fund: &str) -> bool {
        self.funds.is_empty() || self.funds.iter().any(|own| own == fund)
    }

    /// Every role that does it, or may.
    pub fn roles(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.by).chain(&self.with)
    }
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes-or-no key that a pack writes by itself")]
pub struct Step {
    /// Id, unique in the pack.
    pub id: Id,
    /// Its procedure.
    pub procedure: Id,
    /// What is done.
    pub name: Words,
    /// The act of the program.
    pub act: Act,
    /// Who does it.
    pub by: Id,
    /// Further roles: any of them may do it instead, or each must as well.
    pub with: Vec<Id>,
    /// Whether `by` and every role of `with` must do it (会签); otherwise any one (或签).
    pub each: bool,
    /// On what.
    pub on: Subject,
    /// For steps on money: what must have passed on the case that the project comes from; all of them.
    pub needs: Vec<Need>,
    /// For steps on money: the funds that it holds for; every fund when there is none.
    pub funds: Vec<Id>,
    /// Until when a case may be filed.
    pub closes: Option<Closing>,
    /// Fields of the form that this step's approval stands on: a change of one of them undoes it.
    pub stands_on: Vec<Id>,
    /// Passing it completes the case, though steps may still be open beside it. In a procedure without any such step the
    /// case is complete when a step passes that nothing follows.
    pub completes: bool,
    /// May be done again and again; doing it again undoes what stands behind it.
    pub repeats: bool,
    /// Offered, never a task that waits for somebody.
    pub optional: bool,
    /// While it is overdue, claims and payments of the project wait.
    pub late_stops: bool,
    /// What must come before; all of them. Empty: the procedure starts here.
    pub after: Vec<After>,
    /// How long it may take.
    pub within: Option<Within>,
    /// The day, noted in an earlier step, until which it is to be done.
    pub due_on: Option<NotedDay>,
    /// Not before this much time has passed.
    pub not_before: Option<Within>,
    /// Recurrence.
    pub every: Option<Every>,
    /// For a report: its figures, counted by the program.
    pub figures: Vec<Figure>,
    /// For a report: the one below whose figures it sums up.
    pub sums: Option<Id>,
    /// The form filled in it.
    pub form: Option<Id>,
    /// Papers handed in with it (each only when its own condition holds).
    pub papers: Vec<Id>,
    /// Checklist.
    pub checklist: Vec<ChecklistItem>,
    /// Facts that this step's actor establishes.
    pub records: Vec<Id>,
    /// Things noted in it that are not facts: exchange with the receiving area, minutes, the document's number.
    pub notes: Vec<Note>,
    /// How it can end; a step without any simply passes.
    pub outcomes: Vec<StepOutcome>,
    /// The pack's decision must be `grant` for a passing outcome.
    pub judge: bool,
    /// Facts that this step's decision is made with, as the pack writes them: `judge = { matter = "declare" }`.
    pub given: std::collections::BTreeMap<Id, String>,
    /// It may be done for several cases in one act. The facts that the rules then judge all of them by, once and beside each
    /// case's own decision; none when only the cases are judged.
    pub together: Option<std::collections::BTreeMap<Id, String>>,
    /// A document that it issues.
    pub writes: Option<Words>,
    /// The official letter that it writes.
    pub letter: Option<Id>,
    /// The notice it posts.
    pub publish: Option<Id>,
    /// Parameters it sets for the year.
    pub sets: Vec<Id>,
    /// Money it moves.
    pub money: Option<Leg>,
    /// Who receives a copy.
    pub copies: Vec<Id>,
    /// For a step that claims: how each bill is tied to households.
    pub ties: Option<Ties>,
    /// Citation.
    pub cite: Cite,
}

/// Each bill of a claim says how it is tied to households: as a kind of link that the form of the project's case lists, with how
/// many households, or as the project is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    /// The growing table of the form in which a project lists its links.
    pub part: Id,
    /// Its column of kinds.
    pub kind: Id,
    /// Its column of households.
    pub households: Id,
    /// The kinds.
    pub of: Id,
    /// Citation.
    pub cite: Cite,
}

/// Something that is written down in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Id.
    pub id: Id,
    /// What.
    pub name: Words,
    /// What may be written.
    pub ty: crate::pack::FieldType,
    /// Must be there for a passing outcome.
    pub required: bool,
}
