//! What may be asked of people and organisations.

use super::OrgKind;
use super::Waiting;
use crate::ids::RoleId;
use kernel::Date;
use kernel::credit::CreditCode;
use kernel::id::OrgId;
use kernel::region::RegionCode;

/// Register an organisation. Enterprises register themselves; offices and firms are entered by the administrator.
#[derive(Debug, Clone)]
pub struct RegisterOrg {
    /// Full registered name.
    pub name: String,
    /// What kind of body it is.
    pub kind: OrgKind,
    /// The region that it works in or is registered in.
    pub region: Option<RegionCode>,
    /// Unified social credit code; every enterprise and firm has one.
    pub credit_code: Option<CreditCode>,
}

/// Add a person to an organisation, with a sign-in name.
#[derive(Debug, Clone)]
pub struct AddPerson {
    /// The person's name.
    pub name: String,
    /// The sign-in name, unique in the book.
    pub login: String,
    /// The organisation.
    pub org: OrgId,
    /// The first role.
    pub role: RoleId,
}

/// Give a person a role in an organisation.
#[derive(Debug, Clone)]
pub struct GrantRole {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: RoleId,
}

/// Take a role away.
#[derive(Debug, Clone)]
pub struct WithdrawRole {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: RoleId,
    /// Why.
    pub why: String,
}

/// Lend a role of one's own to a colleague of the same organisation while absent.
#[derive(Debug, Clone)]
pub struct LendRole {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: RoleId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub why: String,
}

/// Hand all roles in an organisation over to a successor, with what waits for them.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// The organisation.
    pub org: OrgId,
    /// Why.
    pub why: String,
    /// What waits, the nearest deadline first.
    pub open: Vec<Waiting>,
}

/// Record that two organisations are related, so that neither judges the other.
#[derive(Debug, Clone)]
pub struct DeclareRelation {
    /// The other organisation.
    pub other: OrgId,
    /// What the relation is: shareholding, common management, kinship.
    pub basis: String,
}
