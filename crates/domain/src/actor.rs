//! Who acts, and what is known at the moment of acting. Time arrives here as an argument; nothing in this crate reads a clock.

use crate::ids::RoleId;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use policy::pack::Pack;
use std::collections::BTreeSet;

/// A person acting in a role for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The person's name at the time, kept with the act.
    pub name: String,
    /// The organisation acted for.
    pub org: OrgId,
    /// Its name at the time.
    pub org_name: String,
    /// The role acted in, as the pack names it.
    pub role: RoleId,
    /// The organisation's region, when it has one.
    pub region: Option<RegionCode>,
    /// Every organisation that the person belongs to, in whatever role: nobody decides on their own firm.
    pub belongs: BTreeSet<OrgId>,
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
