//! The state of one allocation plan.

use super::event::{Event, Line, LineLots};
use crate::case::{Meta, OutcomeKind};
use crate::ids::ProcedureId;
use crate::trail::{OpenTrailStep, Trail, Trod};
use kernel::id::AllocationId;
use kernel::{Date, Money};
use policy::pack::{Id, Pack};
use policy::procedure::{Act, Step, Subject};

/// The approval of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The date of the decision.
    pub stamp: Date,
    /// The document.
    pub document: String,
    /// The money of each line.
    pub lots: Vec<LineLots>,
}

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Being drafted or consulted on.
    Open,
    /// Approved: the money has moved; issuing and filing may still be open.
    Approved,
    /// Denied.
    Refused,
}

/// One allocation plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Its id.
    pub id: AllocationId,
    /// Its number.
    pub number: String,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The procedure.
    pub procedure: ProcedureId,
    /// The fund of the pack.
    pub fund: Id,
    /// The side of the split, or `all`.
    pub side: Id,
    /// The year of its projects.
    pub year: i16,
    /// The document it rests on.
    pub basis: String,
    /// The distribution by which amounts were computed.
    pub method: Option<Id>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Steps done.
    pub trail: Trail,
    /// The approval.
    pub approved: Option<Approval>,
}

impl Allocation {
    /// Folds one event; `None` before the draft.
    pub fn apply(state: Option<Allocation>, event: &Event, meta: &Meta) -> Option<Allocation> {
        if let Some(allocation) = drafted(event, meta) {
            return Some(allocation);
        }
        let mut allocation = state?;
        match event {
            Event::Drafted { .. } => {}
            Event::Redrafted { step, basis, method, lines } => {
                allocation.basis.clone_from(basis);
                allocation.method.clone_from(method);
                allocation.lines.clone_from(lines);
                allocation.trail.add(Trod::plain(step, meta.on, "", meta), None);
            }
            Event::Stepped { step, outcome, kind, to, opinion, notes, papers, document, on } => {
                let trod = Trod {
                    step: step.clone(),
                    outcome: outcome.clone(),
                    kind: *kind,
                    on: *on,
                    opinion: opinion.clone(),
                    notes: notes.clone(),
                    papers: papers.clone(),
                    document: document.clone(),
                    void: false,
                    meta: meta.clone(),
                };
                let to = to.as_ref().filter(|_| *kind == OutcomeKind::Return);
                allocation.trail.add(trod, to);
            }
            Event::Approved { step, outcome, stamp, document, opinion, lots } => {
                let mut trod = Trod::plain(step, *stamp, opinion, meta);
                trod.outcome.clone_from(outcome);
                trod.document = Some(document.clone());
                allocation.trail.add(trod, None);
                allocation.approved =
                    Some(Approval { stamp: *stamp, document: document.clone(), lots: lots.clone() });
            }
        }
        Some(allocation)
    }

    /// The sum of its lines.
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount)).unwrap_or(Money::MAX)
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        if self.approved.is_some() {
            Standing::Approved
        } else if self.trail.ended() {
            Standing::Refused
        } else {
            Standing::Open
        }
    }

    /// The steps that can be done now.
    pub fn open_steps<'p>(&self, pack: &'p Pack) -> Vec<OpenTrailStep<'p>> {
        let stamp = self.approved.as_ref().map(|approval| approval.stamp);
        self.trail.open_steps(pack, &self.procedure, Subject::Allocation, stamp)
    }

    /// Whether the draft may still be changed: nothing was done since, or it was returned.
    pub fn open_to_change(&self, pack: &Pack) -> bool {
        let planned = |done: &Trod| pack.steps.get(&done.step).is_some_and(|step| step.act == Act::Plan);
        self.approved.is_none()
            && !self.trail.ended()
            && self.trail.0.iter().filter(|done| !done.void).all(planned)
    }

    /// The step in which it is drafted.
    pub fn plan_step<'p>(&self, pack: &'p Pack) -> Option<&'p Step> {
        pack.steps.iter().find(|step| {
            step.procedure == self.procedure && step.on == Subject::Allocation && step.act == Act::Plan
        })
    }
}

fn drafted(event: &Event, meta: &Meta) -> Option<Allocation> {
    let Event::Drafted {
        allocation,
        step,
        number,
        pack,
        edition,
        procedure,
        fund,
        side,
        year,
        basis,
        method,
        lines,
    } = event
    else {
        return None;
    };
    let mut trail = Trail::default();
    trail.add(Trod::plain(step, meta.on, "", meta), None);
    Some(Allocation {
        id: *allocation,
        number: number.clone(),
        pack: pack.clone(),
        edition: edition.clone(),
        procedure: procedure.clone(),
        fund: fund.clone(),
        side: side.clone(),
        year: *year,
        basis: basis.clone(),
        method: method.clone(),
        lines: lines.clone(),
        trail,
        approved: None,
    })
}
