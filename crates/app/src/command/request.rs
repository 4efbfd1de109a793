//! Who submits a command with which key, and what comes back.

use super::Command;
use crate::ports::Fault;
use domain::Refusal;
use kernel::id::{OrgId, PersonId};
use serde::{Deserialize, Serialize};

/// Who submits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A signed-in person, in one role of one organisation. The use case checks that the person holds it.
    Person {
        /// The person.
        person: PersonId,
        /// The organisation.
        org: OrgId,
        /// The role.
        role: String,
    },
    /// The public: registration, objections.
    Public,
    /// The program itself: first start, demonstration, import.
    Program,
}

/// A command with its submitter and its key.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who.
    pub who: Who,
    /// The idempotency key: a retry with the same key answers what the first answered. Empty for none.
    pub key: String,
    /// What.
    pub command: Command,
}

/// What a page showed when it was opened. A command submitted with it writes nothing once the subject has moved on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The subject as it is stored: `case:12`, `plan:3`.
    pub subject: String,
    /// The place of its last act then; absent when it had none.
    pub last: Option<u64>,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The thing that was made or changed, when there is one.
    pub id: Option<i64>,
    /// A second id: the person made with an enterprise.
    pub also: Option<i64>,
    /// A number that people say: case number, receipt.
    pub number: String,
    /// The place of the last act in the log; absent when nothing changed.
    pub seq: Option<u64>,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules say no.
    #[error("{0}")]
    Refused(Refusal),
    /// The world failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Refused(refusal)
    }
}

impl From<domain::Reason> for Failure {
    fn from(reason: domain::Reason) -> Failure {
        Failure::Refused(reason.into())
    }
}
