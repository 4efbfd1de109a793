//! Rows of people and organisations: who exists, who holds and who borrows which role, and what waits at their desks.

use kernel::Date;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgRow {
    /// Id.
    pub org: OrgId,
    /// Name.
    pub name: String,
    /// `government`, `enterprise`, `firm`.
    pub kind: String,
    /// Region.
    pub region: Option<RegionCode>,
    /// Credit code.
    pub credit_code: Option<String>,
    /// Organisations it is related to, ids joined by commas.
    pub related: String,
    /// The day it was registered.
    pub since: Date,
}

/// A role held in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleRow {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: String,
}

/// A role borrowed from a colleague for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BorrowedRow {
    /// The role.
    pub held: RoleRow,
    /// Who lent it.
    pub of: PersonId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub why: String,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Id.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Whether sign-in is allowed.
    pub enabled: bool,
    /// Roles held now.
    pub roles: Vec<RoleRow>,
    /// Roles borrowed and not given back, oldest first; past ones too: the day decides.
    pub borrowed: Vec<BorrowedRow>,
}

/// The tasks of one role at one desk, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskHeap {
    /// The role that does them.
    pub role: String,
    /// The applicant, for `Own`.
    pub applicant: Option<OrgId>,
    /// The desk, for `Region`.
    pub desk: Option<RegionCode>,
    /// The firm, for `Assigned`.
    pub firm: Option<OrgId>,
    /// How many.
    pub count: i64,
    /// The nearest deadline.
    pub due: Option<Date>,
}
