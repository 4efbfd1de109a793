//! The state of one organisation and of one person, folded from their events.

use super::Event;
use crate::ids::RoleId;
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use std::collections::BTreeSet;

/// The kinds of body that take part in a fund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrgKind {
    /// An office of government or a leading group.
    Government,
    /// An enterprise that may apply.
    Enterprise,
    /// A consulting or audit firm.
    Firm,
}

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its current name.
    pub name: String,
    /// Names it had before, oldest first.
    pub former_names: Vec<String>,
    /// Its kind.
    pub kind: OrgKind,
    /// Its region.
    pub region: Option<RegionCode>,
    /// Its credit code.
    pub credit_code: Option<CreditCode>,
    /// The organisations it is related to.
    pub related: BTreeSet<OrgId>,
}

impl Org {
    /// Folds one event; `None` before the registration.
    pub fn apply(state: Option<Org>, event: &Event) -> Option<Org> {
        if let Event::OrgRegistered { org, name, kind, region, credit_code } = event {
            return Some(Org {
                id: *org,
                name: name.clone(),
                former_names: Vec::new(),
                kind: *kind,
                region: *region,
                credit_code: *credit_code,
                related: BTreeSet::new(),
            });
        }
        let mut org = state?;
        match event {
            Event::OrgRenamed { name } => {
                let old = std::mem::replace(&mut org.name, name.clone());
                org.former_names.push(old);
            }
            Event::RelationDeclared { other, .. } => {
                org.related.insert(*other);
            }
            _ => {}
        }
        Some(org)
    }
}

/// A role in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: RoleId,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The roles held now, in order of organisation and role.
    pub memberships: BTreeSet<Membership>,
    /// Whether the person may sign in.
    pub enabled: bool,
}

impl Person {
    /// Folds one event; `None` before the person was added.
    pub fn apply(state: Option<Person>, event: &Event) -> Option<Person> {
        if let Event::PersonAdded { person, name, login } = event {
            return Some(Person {
                id: *person,
                name: name.clone(),
                login: login.clone(),
                memberships: BTreeSet::new(),
                enabled: true,
            });
        }
        let mut person = state?;
        match event {
            Event::RoleGranted { org, role } => {
                person.memberships.insert(Membership { org: *org, role: role.clone() });
            }
            Event::RoleWithdrawn { org, role, .. } => {
                person.memberships.remove(&Membership { org: *org, role: role.clone() });
            }
            Event::PersonDisabled { .. } => person.enabled = false,
            Event::PersonEnabled => person.enabled = true,
            _ => {}
        }
        Some(person)
    }
}
