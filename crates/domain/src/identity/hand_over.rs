//! A desk handed over (移交): who leaves gives every role in an organisation, and with the roles what waits for them, to a successor in
//! one act. Tasks belong to roles and not to people, so they follow by themselves; the list of them is kept as it was on the day.

use super::{Event, HandOver, Lent, Person};
use crate::ids::RoleId;
use crate::refusal::{Reason, Refusal};

/// Hands over. The first event is of who leaves, the second of who comes.
pub fn hand_over(leaver: &Person, successor: &Person, command: HandOver) -> Result<Lent, Refusal> {
    let HandOver { org, why, open } = command;
    let held = leaver.memberships.iter().filter(|held| held.org == org);
    let roles: Vec<RoleId> = held.map(|held| held.role.clone()).collect();
    if roles.is_empty() {
        return Err(Reason::NothingToHandOver { person: leaver.name.clone() }.into());
    }
    let colleague = successor.enabled && successor.memberships.iter().any(|held| held.org == org);
    if successor.id == leaver.id || !colleague {
        return Err(Reason::SuccessorUnfit { person: successor.name.clone() }.into());
    }
    let why = why.trim().to_owned();
    if why.is_empty() {
        let (what, what_en) = ("移交".to_owned(), "handing over".to_owned());
        return Err(Reason::ReasonMissing { what, what_en }.into());
    }
    Ok((
        Event::DeskHandedOver { org, roles: roles.clone(), to: successor.id, why, open },
        Event::DeskTakenOver { org, roles, of: leaver.id },
    ))
}
