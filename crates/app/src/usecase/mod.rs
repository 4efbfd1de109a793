//! One use case a command: authorize, load, decide, append. The rows are projected afterwards, in the same transaction.

mod case_notices;
mod cases;
mod hands;
pub(crate) mod money;
mod people;
mod plans;
mod reports;
mod rosters;
mod together;
mod years;

use crate::access;
use crate::command::{Answer, Command, Failure};
use crate::desk::Desk;
use domain::case::Case;
use domain::{Actor, Reason, Refusal};
use kernel::id::OrgId;
use policy::pack::Pack;

pub(crate) use cases::award_keys;
pub(crate) use hands::handed;
pub(crate) use plans::desk_name;

/// Carries a command out.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::RegisterOrg { .. }
        | Command::RegisterEnterprise { .. }
        | Command::RenameOrg { .. }
        | Command::DeclareRelation { .. }
        | Command::AddPerson { .. }
        | Command::GrantRole { .. }
        | Command::WithdrawRole { .. }
        | Command::DisablePerson { .. }
        | Command::EnablePerson { .. }
        | Command::ResetPassword { .. }
        | Command::ChangePassword => people::carry_out(desk, command),
        Command::OpenYear { .. }
        | Command::AmendYear { .. }
        | Command::Appoint { .. }
        | Command::Dismiss { .. }
        | Command::PayFee { .. } => years::carry_out(desk, command),
        Command::Declare { .. }
        | Command::DeclareAll(_)
        | Command::Begin { .. }
        | Command::Step { .. }
        | Command::StepTogether { .. }
        | Command::PostOnCase { .. }
        | Command::ObjectToCase { .. }
        | Command::AnswerOnCase { .. }
        | Command::EndOnCase { .. }
        | Command::Aside { .. }
        | Command::Assign { .. }
        | Command::Inspect { .. }
        | Command::Propose { .. }
        | Command::Withdraw { .. }
        | Command::Pay { .. }
        | Command::Unmask { .. } => cases::carry_out(desk, command),
        Command::DraftPlan { .. }
        | Command::EditPlan { .. }
        | Command::Deliberate { .. }
        | Command::PostNotice { .. }
        | Command::Object { .. }
        | Command::AnswerObjection { .. }
        | Command::EndNotice { .. }
        | Command::Determine { .. }
        | Command::Inform { .. }
        | Command::Remit { .. } => plans::carry_out(desk, command),
        Command::Hands(command) => hands::carry_out(desk, command),
        Command::LoadRoster(pack, load) => rosters::carry_out(desk, &pack, *load),
        Command::Report { .. } => reports::carry_out(desk, command),
        Command::Money(command) => money::carry_out(desk, *command),
    }
}

/// Nothing made, only done.
fn done() -> Answer {
    Answer { id: None, also: None, number: String::new(), seq: None }
}

/// Something with an id was made or changed.
fn made(id: i64, number: impl Into<String>) -> Answer {
    Answer { id: Some(id), also: None, number: number.into(), seq: None }
}

fn not_found(what: &str) -> Failure {
    Reason::NotFound { what: what.to_owned() }.into()
}

/// A refusal that names the row of its table.
fn of_row(row: u32, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => Failure::Refused(domain::source::refused_row(row, refusal)),
        fault @ Failure::Fault(_) => fault,
    }
}

/// A refusal that names no article of its own stands on that of the step; house-keeping stands on none.
fn cited<T>(outcome: Result<T, Failure>, cite: &str) -> Result<T, Failure> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(refusal) if refusal.cite.is_empty() && !refusal.reason.is_housekeeping() => {
            Failure::Refused(Refusal::under(cite, refusal.reason))
        }
        other => other,
    })
}

/// A case lies in the actor's scope, or the actor's organisation carries it out; else it does not exist for the actor.
fn in_scope(desk: &mut Desk<'_>, pack: &Pack, actor: &Actor, case: &Case) -> Result<(), Failure> {
    let scope = access::scope_of(pack, &actor.role, actor.org, actor.region);
    let sees = access::sees(&scope, case.applicant, case.desk, case.firm);
    if sees || (access::takes_part(pack, &actor.role, case) && carrier(desk, case)? == Some(actor.org)) {
        Ok(())
    } else {
        Err(not_found("申报件"))
    }
}

/// Who carries out what was decided on a case: the unit of the project for money that came from it, or from what it builds on.
pub(crate) fn carrier(desk: &mut Desk<'_>, case: &Case) -> Result<Option<OrgId>, Failure> {
    for id in [Some(case.id), case.parent].into_iter().flatten() {
        if let Some(project) = desk.book.project_of_case(id)? {
            return Ok(desk.project(project)?.map(|project| project.unit));
        }
    }
    Ok(None)
}
