//! A role lent during an absence (代理): from whom, to whom, for how long. The one holds it and goes on holding it; the other acts in
//! it under both names. Which roles are never lent is the caller's to say: the program's own administration is no desk.

use super::{Event, LendRole, Lending, Membership, Person};
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use kernel::id::PersonId;

/// What both sides keep of a lending: the lender's event and the borrower's.
pub type Lent = (Event, Event);

/// Lends a role of the lender's own. `role_name` is the role as people say it.
pub fn lend_role(
    lender: &Person,
    to: &Person,
    command: LendRole,
    role_name: &str,
    today: Date,
) -> Result<Lent, Refusal> {
    let LendRole { org, role, from, until, why } = command;
    let held = Membership { org, role: role.clone() };
    if !lender.holds(&held) {
        return Err(Reason::RoleNotOwn { role: role_name.to_owned() }.into());
    }
    let colleague = to.enabled && to.memberships.iter().any(|m| m.org == org);
    if to.id == lender.id || !colleague {
        return Err(Reason::NotColleague { person: to.name.clone() }.into());
    }
    let stands_in = to.borrowed.iter().any(|l| l.held == held && l.overlaps(from, until));
    if to.memberships.contains(&held) || stands_in {
        let (person, role) = (to.name.clone(), role_name.to_owned());
        return Err(Reason::LendingNotNeeded { person, role }.into());
    }
    if from < today || until < from {
        return Err(Reason::LendingDays { from, until, today }.into());
    }
    let why = why.trim().to_owned();
    if why.is_empty() {
        let (what, what_en) = ("代理".to_owned(), "lending a role".to_owned());
        return Err(Reason::ReasonMissing { what, what_en }.into());
    }
    Ok((
        Event::RoleLent { org, role: role.clone(), to: to.id, from, until, why: why.clone() },
        Event::RoleBorrowed { org, role, of: lender.id, from, until, why },
    ))
}

/// Ends what was lent before its last day; nothing when it is over or was never lent.
pub fn take_back(lender: &Person, to: PersonId, held: &Membership, from: Date, today: Date) -> Option<Lent> {
    let same = |l: &&Lending| l.held == *held && l.other == to && l.from == from;
    lender.lent.iter().find(same).filter(|l| l.until >= today)?;
    let Membership { org, role } = held.clone();
    Some((
        Event::RoleTakenBack { org, role: role.clone(), to, from },
        Event::RoleGivenBack { org, role, of: lender.id, from },
    ))
}
