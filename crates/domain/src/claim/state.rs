//! The state of one claim.

use super::event::{ClaimLine, Event, Purpose, Share, Verdict};
use crate::case::{Meta, OutcomeKind};
use crate::ids::ProcedureId;
use crate::trail::{OpenTrailStep, Trail, Trod};
use kernel::id::{BatchId, ClaimId, ProjectId};
use kernel::{Date, Money};
use policy::pack::Pack;
use policy::procedure::Subject;

/// How far the payment of one payee has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payment {
    /// Approved, in no batch.
    Due,
    /// In a batch.
    Batched(BatchId),
    /// Paid.
    Paid(BatchId, Date),
}

/// What one payee receives and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Payee, amount, money by source.
    pub share: Share,
    /// How far it is.
    pub payment: Payment,
    /// Batches it came back from, with the reason.
    pub failed: Vec<(BatchId, String)>,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On its way to a decision.
    Open,
    /// Returned for correction.
    Returned,
    /// Approved, not all paid.
    Approved,
    /// All payees are paid.
    Paid,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// Its number.
    pub number: String,
    /// The project.
    pub project: ProjectId,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The procedure.
    pub procedure: ProcedureId,
    /// What it asks for.
    pub purpose: Purpose,
    /// Its bills.
    pub lines: Vec<ClaimLine>,
    /// What the checking person allows; empty before the check and after a return.
    pub verdicts: Vec<Verdict>,
    /// What each payee receives, once approved.
    pub owed: Vec<Owed>,
    /// Steps done.
    pub trail: Trail,
    /// Withdrawn, why.
    pub withdrawn: Option<String>,
    /// How often it was filed.
    pub version: u32,
}

impl Claim {
    /// Folds one event; `None` before the filing.
    pub fn apply(state: Option<Claim>, event: &Event, meta: &Meta) -> Option<Claim> {
        if let Some(claim) = filed(event, meta) {
            return Some(claim);
        }
        let mut claim = state?;
        claim.fold_steps(event, meta);
        claim.fold_payment(event);
        Some(claim)
    }

    fn fold_steps(&mut self, event: &Event, meta: &Meta) {
        match event {
            Event::Refiled { step, purpose, lines } => {
                self.purpose = *purpose;
                self.lines.clone_from(lines);
                self.verdicts.clear();
                self.version += 1;
                self.trail.add(Trod::plain(step, meta.on, "", meta), None);
            }
            Event::Checked { step, verdicts, opinion } => {
                self.verdicts.clone_from(verdicts);
                self.trail.add(Trod::plain(step, meta.on, opinion, meta), None);
            }
            Event::Returned { step, to, opinion } => {
                self.verdicts.clear();
                let trod = Trod { kind: OutcomeKind::Return, ..Trod::plain(step, meta.on, opinion, meta) };
                self.trail.add(trod, Some(to));
            }
            Event::Approved { step, opinion, shares } => {
                self.trail.add(Trod::plain(step, meta.on, opinion, meta), None);
                let due =
                    |share: &Share| Owed { share: share.clone(), payment: Payment::Due, failed: Vec::new() };
                self.owed = shares.iter().map(due).collect();
            }
            Event::Refused { step, opinion } => {
                let trod = Trod { kind: OutcomeKind::End, ..Trod::plain(step, meta.on, opinion, meta) };
                self.trail.add(trod, None);
            }
            Event::Withdrawn { why } => self.withdrawn = Some(why.clone()),
            _ => {}
        }
    }

    fn fold_payment(&mut self, event: &Event) {
        let (Event::Batched { payee, .. } | Event::Unbatched { payee, .. } | Event::Paid { payee, .. }) =
            event
        else {
            return;
        };
        let Some(owed) = self.owed.iter_mut().find(|owed| owed.share.payee == *payee) else { return };
        match event {
            Event::Batched { batch, .. } => owed.payment = Payment::Batched(*batch),
            Event::Unbatched { batch, reason, .. } => {
                owed.payment = Payment::Due;
                owed.failed.push((*batch, reason.clone()));
            }
            Event::Paid { batch, on, .. } => owed.payment = Payment::Paid(*batch, *on),
            _ => {}
        }
    }

    /// What it asks for in all.
    pub fn asked(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount)).unwrap_or(Money::MAX)
    }

    /// What is allowed in all; nothing before the check.
    pub fn allowed(&self) -> Money {
        Money::sum(self.verdicts.iter().map(|verdict| verdict.approved)).unwrap_or(Money::MAX)
    }

    /// What one payee is owed.
    pub fn owed_to(&self, payee: &str) -> Option<&Owed> {
        self.owed.iter().find(|owed| owed.share.payee == payee)
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        let paid = |owed: &Owed| matches!(owed.payment, Payment::Paid(..));
        match self.trail.0.last().map(|done| done.kind) {
            _ if self.withdrawn.is_some() => Standing::Withdrawn,
            Some(OutcomeKind::End) => Standing::Refused,
            Some(OutcomeKind::Return) => Standing::Returned,
            _ if self.owed.is_empty() => Standing::Open,
            _ if self.owed.iter().all(paid) => Standing::Paid,
            _ => Standing::Approved,
        }
    }

    /// Whether it may still be decided, or holds money that is not paid yet.
    pub fn is_live(&self) -> bool {
        matches!(self.standing(), Standing::Open | Standing::Returned | Standing::Approved)
    }

    /// The steps that can be done now.
    pub fn open_steps<'p>(&self, pack: &'p Pack) -> Vec<OpenTrailStep<'p>> {
        if self.withdrawn.is_some() {
            return Vec::new();
        }
        self.trail.open_steps(pack, &self.procedure, Subject::Claim, None)
    }
}

fn filed(event: &Event, meta: &Meta) -> Option<Claim> {
    let Event::Filed { claim, step, number, project, pack, edition, procedure, purpose, lines } = event
    else {
        return None;
    };
    let mut trail = Trail::default();
    trail.add(Trod::plain(step, meta.on, "", meta), None);
    Some(Claim {
        id: *claim,
        number: number.clone(),
        project: *project,
        pack: pack.clone(),
        edition: edition.clone(),
        procedure: procedure.clone(),
        purpose: *purpose,
        lines: lines.clone(),
        verdicts: Vec::new(),
        owed: Vec::new(),
        trail,
        withdrawn: None,
        version: 1,
    })
}
