//! Who acts, and what is known at the moment of acting. Time arrives here as an argument; nothing in this crate reads a clock.

use crate::ids::RoleId;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use policy::pack::Pack;
use std::collections::BTreeSet;

/// Whose hands: the person who does it, and the one whose role it is when the role is lent. Where two people are needed, both count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hands {
    /// Who does it.
    pub person: PersonId,
    /// For whom.
    pub behalf: Option<PersonId>,
}

impl Hands {
    /// The one or two people.
    pub fn persons(self) -> impl Iterator<Item = PersonId> {
        std::iter::once(self.person).chain(self.behalf)
    }

    /// Whether one of these people is one of those.
    pub fn meet(self, those: Hands) -> bool {
        self.persons().any(|one| those.persons().any(|other| one == other))
    }
}

/// A person acting in a role for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The person's name at the time, kept with the act.
    pub name: String,
    /// The colleague who lent the role; nobody for a role of one's own.
    pub behalf: Option<PersonId>,
    /// The organisation acted for.
    pub org: OrgId,
    /// Its name at the time.
    pub org_name: String,
    /// The role acted in, as the pack names it.
    pub role: RoleId,
    /// The organisation's region, when it has one.
    pub region: Option<RegionCode>,
    /// Every organisation that the person, or who lent the role, belongs to, in whatever role: nobody decides on their own firm.
    pub belongs: BTreeSet<OrgId>,
}

impl Actor {
    /// Whose hands these are.
    pub fn hands(&self) -> Hands {
        Hands { person: self.person, behalf: self.behalf }
    }
}

/// What a decision may know besides the state: the pack in force, today, the calendar known today, who acts.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The edition of the regime that governs.
    pub pack: &'a Pack,
    /// The day of the act.
    pub today: Date,
    /// The working-day calendar as published by today.
    pub calendar: &'a Calendar,
    /// Who acts.
    pub actor: &'a Actor,
}
