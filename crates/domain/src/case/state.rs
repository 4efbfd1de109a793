//! The state of one case, folded from its events.

use super::event::{Check, DutyDue, Event, Judgement, LineFinding, Paper, PaperFinding, Record};
use crate::ids::{FactId, OutcomeId, ProcedureId, RoleId, StepId};
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
    /// The organisation.
    pub org: Option<OrgId>,
    /// The role.
    pub role: Option<RoleId>,
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
    /// The form.
    pub form: FormData,
    /// The papers.
    pub papers: Vec<Paper>,
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
}

impl Case {
    /// The latest filing.
    pub fn current(&self) -> Option<&Declaration> {
        self.declared.last()
    }

    /// The day of the first filing: the values of this day judge the case.
    pub fn applied_on(&self) -> Option<Date> {
        self.declared.first().map(|d| d.on)
    }

    /// The last valid entry of a step.
    pub fn done(&self, step: &StepId) -> Option<&Done> {
        self.trail.iter().rev().find(|d| d.step == *step && !d.void)
    }

    /// The last entry of the trail that is not void.
    pub fn last(&self) -> Option<&Done> {
        self.trail.iter().rev().find(|d| !d.void)
    }

    /// Whether the person did a valid step of this name.
    pub fn did(&self, person: PersonId, step: &StepId) -> bool {
        self.trail.iter().any(|d| d.step == *step && !d.void && d.meta.person == Some(person))
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
            Some(d) if d.kind == OutcomeKind::Complete => Standing::Accepted,
            _ => Standing::Open,
        }
    }

    /// Folds one event; `None` before the opening.
    pub fn apply(state: Option<Case>, event: &Event, meta: &Meta) -> Option<Case> {
        if let Event::Opened { case, procedure, number, year, pack, edition, applicant, desk, parent } = event
        {
            return Some(Case {
                id: *case,
                procedure: procedure.clone(),
                number: number.clone(),
                year: *year,
                pack: pack.clone(),
                edition: edition.clone(),
                applicant: *applicant,
                desk: *desk,
                parent: *parent,
                title: String::new(),
                parties: BTreeMap::new(),
                declared: Vec::new(),
                trail: Vec::new(),
                records: BTreeMap::new(),
                firm: None,
                inspection: None,
                proposal: None,
                plan: None,
                planners: BTreeSet::new(),
                holds: BTreeSet::new(),
                award: None,
                paid: Money::ZERO,
                duties: Vec::new(),
                withdrawn: None,
            });
        }
        let mut case = state?;
        case.fold(event, meta);
        Some(case)
    }

    fn fold(&mut self, event: &Event, meta: &Meta) {
        match event {
            Event::Opened { .. } | Event::Unmasked { .. } => {}
            Event::Declared { step, version, form, papers, title, parties } => {
                self.title.clone_from(title);
                self.parties.clone_from(parties);
                self.declared.push(Declaration {
                    step: step.clone(),
                    version: *version,
                    on: meta.on,
                    form: form.clone(),
                    papers: papers.clone(),
                });
                self.enter(step, None, OutcomeKind::Pass, meta.on, "", meta);
            }
            Event::Stepped { step, outcome, kind, to, opinion, checks, records, notes, document, on } => {
                self.record(records);
                let outcome = Some(outcome.clone()).filter(|o| !o.is_empty());
                self.enter(step, outcome, *kind, *on, opinion, meta);
                if let Some(done) = self.trail.last_mut() {
                    done.checks.clone_from(checks);
                    done.notes.clone_from(notes);
                    done.document.clone_from(document);
                }
                if let (OutcomeKind::Return, Some(to)) = (*kind, to) {
                    self.void_from(to);
                }
            }
            Event::Assigned { firm } => self.firm = Some(*firm),
            Event::Inspected {
                step,
                on,
                opinion,
                checks,
                records,
                lines,
                papers,
                ratio,
                amount,
                judgement,
            } => {
                self.record(records);
                self.inspection = Some(Inspection {
                    on: *on,
                    lines: lines.clone(),
                    papers: papers.clone(),
                    ratio: *ratio,
                    amount: *amount,
                    judgement: judgement.clone(),
                });
                self.enter(step, None, OutcomeKind::Pass, meta.on, opinion, meta);
                if let Some(done) = self.trail.last_mut() {
                    done.checks.clone_from(checks);
                }
            }
            Event::Proposed { step, ratio, amount, opinion, judgement } => {
                self.proposal =
                    Some(Proposal { ratio: *ratio, amount: *amount, judgement: judgement.clone() });
                self.enter(step, None, OutcomeKind::Pass, meta.on, opinion, meta);
            }
            Event::Planned { plan, amount } => {
                self.plan = Some((*plan, *amount));
                self.planners.extend(meta.person);
            }
            Event::Unplanned { .. } => {
                self.plan = None;
                self.planners.clear();
                for done in self.trail.iter_mut().filter(|d| d.by_plan) {
                    done.void = true;
                }
            }
            Event::PlanStepped { step, on, .. } => {
                self.enter(step, None, OutcomeKind::Pass, *on, "", meta);
                if let Some(done) = self.trail.last_mut() {
                    done.by_plan = true;
                }
            }
            Event::Held { objection } => {
                self.holds.insert(*objection);
            }
            Event::Released { objection, .. } => {
                self.holds.remove(objection);
            }
            Event::Determined { step, plan, granted, amount, stamp, why, exceeded, judgement } => {
                self.award = Some(Award {
                    plan: *plan,
                    granted: *granted,
                    amount: *amount,
                    stamp: *stamp,
                    why: why.clone(),
                    exceeded: exceeded.clone(),
                    judgement: judgement.clone(),
                });
                let kind = if *granted { OutcomeKind::Pass } else { OutcomeKind::End };
                self.enter(step, None, kind, meta.on, why, meta);
            }
            Event::DutyBegan(duty) => self.duties.push(duty.clone()),
            Event::Paid { step, amount, on, complete, .. } => {
                self.paid = self.paid.checked_add(*amount).unwrap_or(self.paid);
                if *complete {
                    self.enter(step, None, OutcomeKind::Pass, *on, "", meta);
                }
            }
            Event::Withdrawn { why } => self.withdrawn = Some(why.clone()),
        }
    }

    fn record(&mut self, records: &[Record]) {
        for record in records {
            self.records.insert(record.fact.clone(), record.clone());
        }
    }

    fn enter(
        &mut self,
        step: &StepId,
        outcome: Option<OutcomeId>,
        kind: OutcomeKind,
        on: Date,
        opinion: &str,
        meta: &Meta,
    ) {
        let version = self.declared.last().map_or(0, |d| d.version);
        self.trail.push(Done {
            step: step.clone(),
            outcome,
            kind,
            on,
            opinion: opinion.to_owned(),
            checks: Vec::new(),
            notes: BTreeMap::new(),
            document: None,
            version,
            void: false,
            by_plan: false,
            meta: meta.clone(),
        });
    }

    /// A return voids everything since the step returned to, that step included.
    fn void_from(&mut self, step: &StepId) {
        let Some(first) = self.trail.iter().position(|d| d.step == *step && !d.void) else { return };
        for done in &mut self.trail[first..] {
            done.void = true;
        }
    }
}
