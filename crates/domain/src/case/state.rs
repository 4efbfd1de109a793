//! The state of one case, folded from its events.

use super::event::{Check, DutyDue, Judgement, LineFinding, Paper, PaperFinding, Record, Together};
use crate::actor::Hands;
use crate::ids::{FactId, OutcomeId, ProcedureId, RoleId, StepId};
use crate::plan::Posting;
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, OrgId, PersonId, PlanId};
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::form::FormData;
use std::collections::{BTreeMap, BTreeSet};

/// Who did an act and when, as the journal's envelope says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The day.
    pub on: Date,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The person; nobody for the public and for the program itself.
    pub person: Option<PersonId>,
    /// The colleague whose lent role it was.
    pub behalf: Option<PersonId>,
    /// The organisation.
    pub org: Option<OrgId>,
    /// The role.
    pub role: Option<RoleId>,
}

impl Meta {
    /// Whose hands it was.
    pub fn hands(&self) -> Option<Hands> {
        self.person.map(|person| Hands { person, behalf: self.behalf })
    }

    /// Whether one of these people did it, or lent the role for it.
    pub fn by(&self, those: Hands) -> bool {
        self.hands().is_some_and(|hands| hands.meet(those))
    }
}

/// What an act does to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// Goes on.
    Pass,
    /// Goes on, and nothing follows: the procedure is complete.
    Complete,
    /// Back to an earlier step.
    Return,
    /// Ends the case.
    End,
}

/// One filing of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The step.
    pub step: StepId,
    /// 1 for the first.
    pub version: u32,
    /// The day of filing.
    pub on: Date,
    /// The form's id when it is not the procedure's own.
    pub of: String,
    /// The form.
    pub form: FormData,
    /// The papers.
    pub papers: Vec<Paper>,
}

/// One role's agreement to a step that each of several must agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The opinion.
    pub opinion: String,
    /// The day.
    pub on: Date,
    /// Who and when.
    pub meta: Meta,
}

/// A notice on the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The step.
    pub step: StepId,
    /// The notice of the pack.
    pub notice: String,
    /// Its number.
    pub number: String,
    /// The day of posting.
    pub on: Date,
    /// Where.
    pub postings: Vec<Posting>,
    /// What it shows.
    pub shown: BTreeMap<String, String>,
    /// Photographs of the boards.
    pub papers: Vec<Paper>,
    /// Its days.
    pub window: Window,
    /// The version of the form that it shows.
    pub version: u32,
    /// Ended by the step, or undone by a return.
    pub ended: bool,
    /// Who and when.
    pub meta: Meta,
}

impl Shown {
    /// The name of the project, when the notice states one.
    pub fn name(&self) -> Option<&str> {
        ["name", "project", "project_name"].iter().find_map(|key| self.shown.get(*key)).map(String::as_str)
    }
}

/// An objection to a notice on the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// To which notice: its number.
    pub notice: String,
    /// The receipt.
    pub receipt: String,
    /// What was said.
    pub text: String,
    /// Who: a reference into the vault.
    pub from: Option<String>,
    /// When.
    pub on: Date,
    /// Upheld, the answer, its day.
    pub answer: Option<(bool, String, Date)>,
}

/// Something said about the case beside its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// For whom: a role, or everybody.
    pub role: Option<RoleId>,
    /// About which step, when one was urged.
    pub step: Option<StepId>,
    /// The words.
    pub text: String,
    /// Who and when.
    pub meta: Meta,
}

/// One entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The step.
    pub step: StepId,
    /// The outcome.
    pub outcome: Option<OutcomeId>,
    /// What it does.
    pub kind: OutcomeKind,
    /// The day that counts for the clocks.
    pub on: Date,
    /// The opinion.
    pub opinion: String,
    /// The checklist.
    pub checks: Vec<Check>,
    /// Things noted.
    pub notes: BTreeMap<String, String>,
    /// The number of the paper issued.
    pub document: Option<String>,
    /// The version of the declaration it was about.
    pub version: u32,
    /// Whether a later return made it void.
    pub void: bool,
    /// Whether it was done on the plan as a whole.
    pub by_plan: bool,
    /// Papers added.
    pub papers: Vec<Paper>,
    /// The form of the step.
    pub form: Option<FormData>,
    /// What the rules said.
    pub judgement: Option<Judgement>,
    /// The act, when it was about several cases.
    pub together: Option<Box<Together>>,
    /// Those who agreed before, where each of several roles must.
    pub signed: Vec<Signature>,
    /// Who and when.
    pub meta: Meta,
}

/// What the verifier found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The day of the visit.
    pub on: Date,
    /// Every line.
    pub lines: Vec<LineFinding>,
    /// Every paper.
    pub papers: Vec<PaperFinding>,
    /// The ratio proposed.
    pub ratio: Ratio,
    /// The amount proposed.
    pub amount: Money,
    /// The rules' decision.
    pub judgement: Judgement,
}

/// What the desk proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The ratio.
    pub ratio: Ratio,
    /// The amount.
    pub amount: Money,
    /// The rules' decision.
    pub judgement: Judgement,
}

/// What was finally determined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// The plan.
    pub plan: PlanId,
    /// Whether granted.
    pub granted: bool,
    /// The amount.
    pub amount: Money,
    /// The stamp date.
    pub stamp: Date,
    /// Why it departs from the plan.
    pub why: String,
    /// Who allowed an exception.
    pub exceeded: Option<String>,
    /// The rules' decision.
    pub judgement: Judgement,
}

/// Where the case stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Being handled.
    Open,
    /// Returned to the applicant for correction.
    Returned,
    /// Accepted and complete (a pre-declaration that was agreed to).
    Accepted,
    /// Granted, money not fully paid.
    Granted,
    /// Granted and paid.
    Paid,
    /// Refused by a desk or by the final determination.
    Refused,
    /// Withdrawn by the applicant.
    Withdrawn,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its procedure.
    pub procedure: ProcedureId,
    /// Its number.
    pub number: String,
    /// The year of the fund.
    pub year: i16,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The applicant.
    pub applicant: OrgId,
    /// The desk's region.
    pub desk: RegionCode,
    /// The case it builds on.
    pub parent: Option<CaseId>,
    /// The title.
    pub title: String,
    /// The parties.
    pub parties: BTreeMap<String, String>,
    /// Every filing, oldest first.
    pub declared: Vec<Declaration>,
    /// Every step, oldest first.
    pub trail: Vec<Done>,
    /// Facts established by desks; the latest wins.
    pub records: BTreeMap<FactId, Record>,
    /// The firm.
    pub firm: Option<OrgId>,
    /// The verifier's findings.
    pub inspection: Option<Inspection>,
    /// The desk's proposal.
    pub proposal: Option<Proposal>,
    /// The plan it is in.
    pub plan: Option<(PlanId, Money)>,
    /// Who put it into that plan or set its amount there.
    pub planners: BTreeSet<PersonId>,
    /// Objections not answered.
    pub holds: BTreeSet<ObjectionId>,
    /// The determination.
    pub award: Option<Award>,
    /// Paid so far.
    pub paid: Money,
    /// Duties.
    pub duties: Vec<DutyDue>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
    /// Agreements collected on open steps.
    pub signing: BTreeMap<StepId, Vec<Signature>>,
    /// Notices, oldest first.
    pub notices: Vec<Shown>,
    /// Objections to them.
    pub objections: BTreeMap<ObjectionId, Objection>,
    /// Persons who stand aside, with the tie.
    pub recused: BTreeMap<PersonId, String>,
    /// Similar cases, and what was decided about each: whether it is the same, and why.
    pub alike: BTreeMap<CaseId, Option<(bool, String)>>,
    /// Remarks, copies and urgings, oldest first.
    pub remarks: Vec<Remark>,
}

impl Case {
    /// The latest filing of the procedure's own form.
    pub fn current(&self) -> Option<&Declaration> {
        self.declared.iter().rev().find(|declared| declared.of.is_empty())
    }

    /// The latest filing of a form.
    pub fn filed(&self, of: &str) -> Option<&Declaration> {
        self.declared.iter().rev().find(|declared| declared.of == of)
    }

    /// The notice that a step posted and that has not ended.
    pub fn running(&self, step: &str) -> Option<&Shown> {
        self.notices.iter().rev().find(|notice| notice.step == step && !notice.ended)
    }

    /// Objections to a notice that nobody answered yet.
    pub fn unanswered(&self, notice: &str) -> impl Iterator<Item = (&ObjectionId, &Objection)> {
        let notice = notice.to_owned();
        self.objections.iter().filter(move |(_, o)| o.notice == notice && o.answer.is_none())
    }

    /// Similar cases that nobody compared yet.
    pub fn uncompared(&self) -> impl Iterator<Item = CaseId> {
        self.alike.iter().filter(|(_, decided)| decided.is_none()).map(|(other, _)| *other)
    }

    /// The day of the first filing: the values of this day judge the case.
    pub fn applied_on(&self) -> Option<Date> {
        self.declared.first().map(|d| d.on)
    }

    /// The last valid entry of a step.
    pub fn done(&self, step: &StepId) -> Option<&Done> {
        self.trail.iter().rev().find(|d| d.step == *step && !d.void)
    }

    /// The last valid entry of a step, when it went on from there.
    pub fn passed(&self, step: &StepId) -> Option<&Done> {
        self.done(step).filter(|d| matches!(d.kind, OutcomeKind::Pass | OutcomeKind::Complete))
    }

    /// The last entry of the trail that is not void.
    pub fn last(&self) -> Option<&Done> {
        self.trail.iter().rev().find(|d| !d.void)
    }

    /// The filings that stand: the latest of each step that is not void.
    pub fn standing_filings(&self) -> impl Iterator<Item = &Declaration> {
        let latest =
            |at: usize, step: &StepId| !self.declared[at + 1..].iter().any(|later| later.step == *step);
        let filings = self.declared.iter().enumerate();
        let filings = filings.filter(move |(at, filed)| latest(*at, &filed.step));
        filings.map(|(_, filed)| filed).filter(|filed| self.done(&filed.step).is_some())
    }

    /// Whether one of these people did a valid step of this name, or was one of several who agreed to it.
    pub fn did(&self, hands: Hands, step: &StepId) -> bool {
        let by = |meta: &Meta| meta.by(hands);
        let mut valid = self.trail.iter().filter(|d| d.step == *step && !d.void);
        valid.any(|d| by(&d.meta) || d.signed.iter().any(|signed| by(&signed.meta)))
    }

    /// What the grant leaves to pay.
    pub fn unpaid(&self) -> Money {
        let granted = self.award.as_ref().filter(|a| a.granted).map_or(Money::ZERO, |a| a.amount);
        granted.checked_sub(self.paid).unwrap_or(Money::ZERO)
    }

    /// Whether the latest filing is still what the desks work on.
    fn filing_stands(&self) -> bool {
        self.current().is_some_and(|declared| self.done(&declared.step).is_some())
    }

    /// Where the case stands.
    pub fn standing(&self) -> Standing {
        if self.withdrawn.is_some() {
            return Standing::Withdrawn;
        }
        if let Some(award) = &self.award {
            return match (award.granted, self.unpaid() == Money::ZERO) {
                (false, _) => Standing::Refused,
                (true, true) => Standing::Paid,
                (true, false) => Standing::Granted,
            };
        }
        match self.trail.last() {
            Some(d) if d.kind == OutcomeKind::End => Standing::Refused,
            // A return between desks leaves the filing standing; only one to the applicant asks for a correction.
            Some(d) if d.kind == OutcomeKind::Return && !self.filing_stands() => Standing::Returned,
            _ if self.trail.iter().any(|d| d.kind == OutcomeKind::Complete && !d.void) => Standing::Accepted,
            _ => Standing::Open,
        }
    }
}
