//! Projects: opened, planned, doubts decided, contracts and papers recorded, money recovered, closed. And the papers of places.

use super::{Bench, Lived, made, not_found, number, project_of, readable_place};
use crate::command::money::NewProject;
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use crate::vault::SealedRef;
use domain::consent;
use domain::project::{
    self, BudgetLine, Clear, Close, Event, FilePaper, Open, Project, RecordContract, Recover,
};
use domain::{Context, Refusal, Stream};
use kernel::id::ProjectId;
use policy::procedure::{Act, Subject};

pub(super) fn open(desk: &mut Desk<'_>, new: NewProject) -> Result<Answer, Failure> {
    let pack = desk.pack(&new.pack)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Project, Act::Declare), &new.fund)?;
    desk.org(new.unit)?.ok_or_else(|| not_found("实施单位"))?;
    if !new.village.is_empty() {
        readable_place(&new.village)?;
    }
    let id = ProjectId(desk.book.next("project")?);
    let number = number(desk, &bench.pack, Subject::Project, "项目")?;
    let NewProject {
        fund,
        side,
        spending,
        name,
        place,
        village,
        unit,
        year,
        link,
        mechanism,
        levered,
        case,
        ..
    } = new;
    let command = Open {
        project: id,
        number: number.clone(),
        fund,
        side,
        spending,
        name,
        place,
        village,
        unit,
        year,
        link,
        mechanism,
        levered,
        case,
    };
    let lived = Lived::of(desk, command.case)?;
    let other = match command.case {
        Some(case) => desk.book.project_of_case(case)?,
        None => None,
    };
    let other = other.map(|id| desk.project(id)).transpose()?.flatten().map(|other| other.number.clone());
    let step = bench.pack.step_for(Subject::Project, Act::Declare, &command.fund).cloned();
    let events = bench.decide(desk, |ctx| {
        if let Some(step) = &step {
            project::ready(step, &number, lived.life(), ctx)?;
            project::of_case(step, command.unit, other.as_deref(), lived.life(), ctx)?;
        }
        project::open(command, ctx)
    })?;
    desk.begins(&Stream::Project(id))?;
    desk.emit_all(Some(&bench.pack), &Stream::Project(id), &bench.article, events)?;
    let opened = project_of(desk, id)?;
    bench.reaches(&opened)?;
    Ok(made(id.get(), number))
}

pub(super) fn plan(desk: &mut Desk<'_>, id: ProjectId, lines: Vec<BudgetLine>) -> Result<Answer, Failure> {
    on_project(desk, id, Act::Declare, |_, state, ctx| project::plan(state, lines, ctx))
}

pub(super) fn clear(desk: &mut Desk<'_>, id: ProjectId, command: Clear) -> Result<Answer, Failure> {
    on_project(desk, id, Act::Decide, |_, state, ctx| project::clear(state, command, ctx))
}

pub(super) fn contract(
    desk: &mut Desk<'_>,
    id: ProjectId,
    command: RecordContract,
) -> Result<Answer, Failure> {
    if let Some(account) = &command.account {
        sealed(account)?;
    }
    on_project(desk, id, Act::Declare, |_, state, ctx| project::contract(state, command, ctx))
}

/// An account is a reference into the vault to a number that is one.
pub(super) fn sealed(account: &str) -> Result<(), Failure> {
    if SealedRef::parse(account).is_some_and(|sealed| sealed.readable) {
        return Ok(());
    }
    Err(not_found("可用的收款账号"))
}

pub(super) fn file(desk: &mut Desk<'_>, id: ProjectId, command: FilePaper) -> Result<Answer, Failure> {
    on_project(desk, id, Act::Sign, |_, state, ctx| project::file(state, command, ctx))
}

pub(super) fn recover(desk: &mut Desk<'_>, id: ProjectId, command: Recover) -> Result<Answer, Failure> {
    on_project(desk, id, Act::Recover, |_, state, ctx| project::recover(state, command, ctx))
}

pub(super) fn close(desk: &mut Desk<'_>, id: ProjectId, command: Close) -> Result<Answer, Failure> {
    let state = project_of(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Project, Act::Close), &state.fund)?;
    bench.reaches(&state)?;
    bench.lives_at(desk, &state, (Subject::Project, Act::Close), false)?;
    drop(state);
    on_project(desk, id, Act::Close, |live, state, ctx| project::close(state, command, live, ctx))
}

/// Loads a project in the actor's scope with the numbers of its live claims, decides, appends.
fn on_project(
    desk: &mut Desk<'_>,
    id: ProjectId,
    act: Act,
    decide: impl FnOnce(&[String], &Project, Context<'_>) -> Result<Vec<Event>, Refusal>,
) -> Result<Answer, Failure> {
    let state = project_of(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Project, act), &state.fund)?;
    bench.reaches(&state)?;
    let mut live = Vec::new();
    for claim in desk.book.live_claims(id)? {
        live.extend(desk.claim(claim)?.map(|claim| claim.number.clone()));
    }
    let events = bench.decide(desk, |ctx| decide(&live, &state, ctx))?;
    let number = state.number.clone();
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&bench.pack), &Stream::Project(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn file_consent(
    desk: &mut Desk<'_>,
    pack: &str,
    command: consent::File,
) -> Result<Answer, Failure> {
    let pack = desk.pack(pack)?;
    let bench = Bench::of(desk, pack, Subject::Project, Act::Sign)?;
    readable_place(&command.place)?;
    let stream = Stream::Consent(bench.pack.id.clone(), command.place.clone());
    let place = command.place.clone();
    let events = bench.decide(desk, |ctx| consent::file(command, ctx))?;
    desk.emit_all(Some(&bench.pack), &stream, &bench.article, events)?;
    Ok(made(0, place))
}

pub(super) fn revoke_consent(
    desk: &mut Desk<'_>,
    pack: &str,
    place: &str,
    command: consent::Revoke,
) -> Result<Answer, Failure> {
    let pack = desk.pack(pack)?;
    let bench = Bench::of(desk, pack, Subject::Project, Act::Sign)?;
    let state = desk.consent(&bench.pack.id, place)?.ok_or_else(|| not_found("归档文件"))?;
    let events = bench.decide(desk, |ctx| consent::revoke(&state, command, ctx))?;
    drop(state);
    let stream = Stream::Consent(bench.pack.id.clone(), place.to_owned());
    desk.emit_all(Some(&bench.pack), &stream, &bench.article, events)?;
    Ok(made(0, place))
}
