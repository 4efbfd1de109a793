//! The state of one organisation and of one person, folded from their events.

use super::Event;
use crate::ids::RoleId;
use kernel::Date;
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

/// A role lent for a time, as one of the two keeps it: the lender with the borrower, the borrower with the lender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lending {
    /// The role.
    pub held: Membership,
    /// The other one.
    pub other: PersonId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub why: String,
}

impl Lending {
    /// Whether it is the one of this role with this person from this day on.
    fn is(&self, org: OrgId, role: &str, other: PersonId, from: Date) -> bool {
        self.held.org == org && self.held.role == role && self.other == other && self.from == from
    }

    /// Whether it runs on a day.
    pub fn runs(&self, on: Date) -> bool {
        self.from <= on && on <= self.until
    }

    /// Whether it and those days have a day in common.
    pub fn overlaps(&self, from: Date, until: Date) -> bool {
        self.from <= until && from <= self.until
    }
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
    /// Roles lent to colleagues, oldest first; those taken back are gone.
    pub lent: Vec<Lending>,
    /// Roles borrowed from colleagues, oldest first; those given back are gone.
    pub borrowed: Vec<Lending>,
    /// Whether the person may sign in.
    pub enabled: bool,
}

impl Person {
    /// Whether the person holds a role and may use it.
    pub fn holds(&self, held: &Membership) -> bool {
        self.enabled && self.memberships.contains(held)
    }

    /// For whom the person stands in, in a role on a day, while a colleague. What the lender no longer holds is worth nothing: ask
    /// the lender too.
    pub fn stands_in(&self, held: &Membership, on: Date) -> Option<PersonId> {
        self.memberships.iter().find(|own| own.org == held.org)?;
        self.borrowed.iter().find(|l| l.held == *held && l.runs(on)).map(|l| l.other)
    }

    /// Folds one event; `None` before the person was added.
    pub fn apply(state: Option<Person>, event: &Event) -> Option<Person> {
        if let Event::PersonAdded { person, name, login } = event {
            return Some(Person {
                id: *person,
                name: name.clone(),
                login: login.clone(),
                memberships: BTreeSet::new(),
                lent: Vec::new(),
                borrowed: Vec::new(),
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
            Event::RoleLent { org, role, to, from, until, why } => {
                let held = Membership { org: *org, role: role.clone() };
                person.lent.push(Lending { held, other: *to, from: *from, until: *until, why: why.clone() });
            }
            Event::RoleBorrowed { org, role, of, from, until, why } => {
                let held = Membership { org: *org, role: role.clone() };
                person.borrowed.push(Lending {
                    held,
                    other: *of,
                    from: *from,
                    until: *until,
                    why: why.clone(),
                });
            }
            Event::RoleTakenBack { org, role, to, from } => {
                person.lent.retain(|l| !l.is(*org, role, *to, *from));
            }
            Event::RoleGivenBack { org, role, of, from } => {
                person.borrowed.retain(|l| !l.is(*org, role, *of, *from));
            }
            Event::DeskHandedOver { org, .. } => person.memberships.retain(|held| held.org != *org),
            Event::DeskTakenOver { org, roles, .. } => {
                let held = roles.iter().map(|role| Membership { org: *org, role: role.clone() });
                person.memberships.extend(held);
            }
            Event::PersonDisabled { .. } => person.enabled = false,
            Event::PersonEnabled => person.enabled = true,
            _ => {}
        }
        Some(person)
    }
}
