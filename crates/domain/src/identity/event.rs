//! What happened to people and organisations.

use super::OrgKind;
use crate::ids::RoleId;
use kernel::Date;
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;

/// Something that waited for a role when its desk was handed over, as the list of the hand-over names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The role.
    pub role: RoleId,
    /// `case:12`, `plan:3`.
    pub subject: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What is to be done, in Chinese.
    pub what: String,
    /// Until when.
    pub due: Option<Date>,
}

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
    /// A role was lent to a colleague; written with the lender.
    RoleLent {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
        /// To whom.
        to: PersonId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// Why.
        why: String,
    },
    /// A role was borrowed from a colleague; written with the borrower.
    RoleBorrowed {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
        /// Of whom.
        of: PersonId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// Why.
        why: String,
    },
    /// A lent role was taken back before its last day; written with the lender.
    RoleTakenBack {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
        /// From whom.
        to: PersonId,
        /// The first day it was lent for.
        from: Date,
    },
    /// A borrowed role was given back before its last day; written with the borrower.
    RoleGivenBack {
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: RoleId,
        /// To whom.
        of: PersonId,
        /// The first day it was lent for.
        from: Date,
    },
    /// A person handed the roles in an organisation over; written with who leaves.
    DeskHandedOver {
        /// In which organisation.
        org: OrgId,
        /// Which roles.
        roles: Vec<RoleId>,
        /// To whom.
        to: PersonId,
        /// Why.
        why: String,
        /// What waited, the nearest deadline first.
        open: Vec<Waiting>,
    },
    /// A person took the roles of another over; written with who comes.
    DeskTakenOver {
        /// In which organisation.
        org: OrgId,
        /// Which roles.
        roles: Vec<RoleId>,
        /// Of whom.
        of: PersonId,
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
