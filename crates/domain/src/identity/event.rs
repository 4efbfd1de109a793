//! What happened to people and organisations.

use super::OrgKind;
use crate::ids::RoleId;
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;

/// Events of organisations and persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An organisation was registered.
    OrgRegistered {
        /// Its id.
        org: OrgId,
        /// Its name.
        name: String,
        /// Its kind.
        kind: OrgKind,
        /// Its region.
        region: Option<RegionCode>,
        /// Its credit code.
        credit_code: Option<CreditCode>,
    },
    /// An organisation changed its name.
    OrgRenamed {
        /// The new name.
        name: String,
    },
    /// Two organisations were declared related.
    RelationDeclared {
        /// The other.
        other: OrgId,
        /// What the relation is.
        basis: String,
    },
    /// A person was added.
    PersonAdded {
        /// The id.
        person: PersonId,
        /// The name.
        name: String,
        /// The sign-in name.
        login: String,
    },
    /// A role was given.
    RoleGranted {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
    },
    /// A role was taken away.
    RoleWithdrawn {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
        /// Why.
        why: String,
    },
    /// The administrator set a new first password.
    PasswordReset,
    /// The person changed the password.
    PasswordChanged,
    /// The person may no longer sign in.
    PersonDisabled {
        /// Why.
        why: String,
    },
    /// The person may sign in again.
    PersonEnabled,
}
