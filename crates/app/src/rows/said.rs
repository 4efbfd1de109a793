//! Rows of what was said to somebody beside the steps of a case: copies to roles, urgings of open steps.

use super::Scope;
use domain::Event as AnyEvent;
use domain::case::{Event, Meta};
use kernel::id::{CaseId, OrgId, PersonId};

/// To whom something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidTo {
    /// A copy to everybody of a role who sees the case.
    Role(String),
    /// An urging of those who do a step.
    Step(String),
}

/// A copy or an urging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRow {
    /// Place in the log.
    pub seq: u64,
    /// On which case.
    pub case: CaseId,
    /// To whom.
    pub to: SaidTo,
    /// With which words.
    pub text: String,
    /// When, milliseconds.
    pub at: i64,
    /// Who said it.
    pub person: Option<PersonId>,
    /// In whose lent role.
    pub behalf: Option<PersonId>,
    /// For which organisation.
    pub org: Option<OrgId>,
}

impl SaidRow {
    /// The row of an act on a case; none when it says nothing to anybody.
    pub fn of(seq: u64, case: CaseId, event: &AnyEvent, meta: &Meta) -> Option<SaidRow> {
        let (to, text) = match event {
            AnyEvent::Case(Event::Copied { role, text }) => (SaidTo::Role(role.clone()), text),
            AnyEvent::Case(Event::Urged { step, text }) => (SaidTo::Step(step.clone()), text),
            _ => return None,
        };
        let Meta { at, person, behalf, org, .. } = *meta;
        Some(SaidRow { seq, case, to, text: text.clone(), at, person, behalf, org })
    }
}

/// A copy with the case that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedRow {
    /// What was said.
    pub said: SaidRow,
    /// The case's number.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// Filter of copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyFilter {
    /// The role they were sent to.
    pub role: String,
    /// What that role sees.
    pub scope: Scope,
    /// Continue after.
    pub after: Option<String>,
    /// At most.
    pub limit: usize,
}

/// When a step of a case was urged last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgedRow {
    /// The case.
    pub case: CaseId,
    /// The step.
    pub step: String,
    /// When, milliseconds.
    pub at: i64,
}
