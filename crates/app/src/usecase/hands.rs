//! Who acts for whom: a role lent during an absence, a desk handed over. Each is kept by both people.

use super::people::administrator;
use super::{made, not_found};
use crate::access::{lends, scope_of};
use crate::command::{Answer, Failure, HandsCommand};
use crate::desk::Desk;
use crate::rows::{TaskRow, TaskScope};
use domain::identity::{HandOver, LendRole, Lent, Membership, Waiting, hand_over, lend_role, take_back};
use domain::{Reason, Stream};
use kernel::Date;
use kernel::id::{OrgId, PersonId};

/// Carries a command out.
pub fn carry_out(desk: &mut Desk<'_>, command: HandsCommand) -> Result<Answer, Failure> {
    match command {
        HandsCommand::Lend { org, role, to, from, until, why } => {
            lend(desk, to, LendRole { org, role, from, until, why })
        }
        HandsCommand::EndLending { of, org, role, to, from } => {
            end_lending(desk, of, to, &Membership { org, role }, from)
        }
        HandsCommand::HandOver { person, org, to, why } => hands_over(desk, person, to, (org, why)),
    }
}

/// Lends a role of the submitter's own; both keep it.
fn lend(desk: &mut Desk<'_>, to: PersonId, command: LendRole) -> Result<Answer, Failure> {
    let lender = desk.actor()?.person;
    let lender = desk.person(lender)?.ok_or_else(|| not_found("人员"))?;
    let borrower = desk.person(to)?.ok_or_else(|| not_found("人员"))?;
    let pack = desk.packs.first().ok_or_else(|| not_found("政策包"))?;
    let (role_name, _) = crate::view::role_name(&pack, &command.role);
    if !lends(&command.role) {
        return Err(Reason::RoleNotLent { role: role_name }.into());
    }
    let lent = lend_role(&lender, &borrower, command, &role_name, desk.today)?;
    both(desk, lender.id, to, lent)
}

/// Ends a lending: one of the two who have to do with it, or the administrator.
fn end_lending(
    desk: &mut Desk<'_>,
    of: PersonId,
    to: PersonId,
    held: &Membership,
    from: Date,
) -> Result<Answer, Failure> {
    let person = desk.actor()?.person;
    if person != of && person != to {
        administrator(desk)?;
    }
    let lender = desk.person(of)?.ok_or_else(|| not_found("人员"))?;
    let ended = take_back(&lender, to, held, from, desk.today).ok_or_else(|| not_found("正在生效的代理"))?;
    both(desk, of, to, ended)
}

/// Hands a desk over, with the list of what waits for it.
fn hands_over(
    desk: &mut Desk<'_>,
    person: PersonId,
    to: PersonId,
    (org, why): (OrgId, String),
) -> Result<Answer, Failure> {
    if desk.actor()?.person != person {
        administrator(desk)?;
    }
    let leaver = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
    let successor = desk.person(to)?.ok_or_else(|| not_found("人员"))?;
    let body = desk.org(org)?.ok_or_else(|| not_found("单位"))?;
    let pack = desk.packs.first().ok_or_else(|| not_found("政策包"))?;
    let pack = desk.pack(&pack.id)?;
    let mut waiting = Vec::new();
    for held in leaver.memberships.iter().filter(|held| held.org == org) {
        let scope = scope_of(&pack, &held.role, org, body.region);
        waiting.extend(desk.book.tasks(&TaskScope { role: held.role.clone(), org, scope }, usize::MAX)?);
    }
    let open = handed(waiting);
    let events = hand_over(&leaver, &successor, HandOver { org, why, open })?;
    both(desk, person, to, events)
}

/// Tasks as the list of a hand-over names them: the nearest deadline first, what has none last.
pub(crate) fn handed(mut tasks: Vec<TaskRow>) -> Vec<Waiting> {
    tasks.sort_by(|a, b| (a.due.is_none(), a.due, &a.number).cmp(&(b.due.is_none(), b.due, &b.number)));
    let named = |task: TaskRow| Waiting {
        role: task.role,
        subject: task.subject,
        number: task.number,
        title: task.title,
        what: task.name,
        due: task.due,
    };
    tasks.into_iter().map(named).collect()
}

/// What a lender and a borrower keep of the same act.
fn both(
    desk: &mut Desk<'_>,
    of: PersonId,
    to: PersonId,
    (with_lender, with_borrower): Lent,
) -> Result<Answer, Failure> {
    desk.emit_all(None, &Stream::Person(of), "", vec![with_lender])?;
    desk.emit_all(None, &Stream::Person(to), "", vec![with_borrower])?;
    Ok(made(of.get(), ""))
}
