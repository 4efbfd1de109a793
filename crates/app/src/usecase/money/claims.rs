//! Claims: filed with their bills, checked, decided by another person, withdrawn. An invoice is looked up in the deciding transaction;
//! two claims that wait together are decided one after the other, so that the second sees the first.

use super::{Bench, consents, made, not_found, number, oldest_first, project_of};
use crate::command::money::ClaimText;
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use domain::case::Case;
use domain::claim::{self, Approve, Check, Claim, Figures, File, InvoiceKey, Links, TurnDown};
use domain::lot::Lot;
use domain::project::Project;
use domain::{Context, Stream};
use kernel::id::{CaseId, ClaimId, ProjectId};
use policy::procedure::{Act, Subject, Ties};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn file(desk: &mut Desk<'_>, project: ProjectId, text: ClaimText) -> Result<Answer, Failure> {
    let project = project_of(desk, project)?;
    let pack = desk.edition(&project.pack, &project.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Claim, Act::Claim), &project.fund)?;
    bench.reaches(&project)?;
    bench.lives_at(desk, &project, (Subject::Claim, Act::Claim), true)?;
    let invoices = used(desk, &bench, &text, None)?;
    let on_file = consents(desk, &project, &[])?;
    let id = ClaimId(desk.book.next("claim")?);
    let number = number(desk, &bench.pack, Subject::Claim, "报账")?;
    let command = File { claim: id, number: number.clone(), text };
    let links = links(desk, &bench, &project)?;
    let figures = Figures { project: &project, invoices: &invoices, consents: &on_file, links: &links };
    let events = bench.decide(desk, |ctx| claim::file(command, figures, ctx))?;
    desk.begins(&Stream::Claim(id))?;
    desk.emit_all(Some(&bench.pack), &Stream::Claim(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn refile(desk: &mut Desk<'_>, id: ClaimId, text: ClaimText) -> Result<Answer, Failure> {
    let (state, project) = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Claim, Act::Claim), &project.fund)?;
    bench.reaches(&project)?;
    bench.lives_at(desk, &project, (Subject::Claim, Act::Claim), true)?;
    let invoices = used(desk, &bench, &text, Some(id))?;
    let on_file = consents(desk, &project, &[])?;
    let links = links(desk, &bench, &project)?;
    let figures = Figures { project: &project, invoices: &invoices, consents: &on_file, links: &links };
    let events = bench.decide(desk, |ctx| claim::refile(&state, text, figures, ctx))?;
    append(desk, &bench, state, events)
}

/// The links that the project's case lists, where the step asks how bills are tied.
fn links(desk: &mut Desk<'_>, bench: &Bench, project: &Project) -> Result<Links, Failure> {
    let step = bench.pack.step_for(Subject::Claim, Act::Claim, &project.fund);
    let Some(ties) = step.and_then(|step| step.ties.as_ref()) else { return Ok(Links::new()) };
    links_along(ties, project.case, |id| Ok(desk.case(id)?.map(Arc::unwrap_or_clone)))
}

/// The links that a case lists; where it lists none, those of the case that it builds on, and so on.
pub(crate) fn links_along(
    ties: &Ties,
    first: Option<CaseId>,
    mut case: impl FnMut(CaseId) -> Result<Option<Case>, Failure>,
) -> Result<Links, Failure> {
    let mut at = first;
    while let Some(id) = at {
        let Some(found) = case(id)? else { break };
        let links = found.current().map_or_else(Links::new, |filed| claim::links_of(&filed.form, ties));
        if !links.is_empty() {
            return Ok(links);
        }
        at = found.parent;
    }
    Ok(Links::new())
}

/// The invoices of a claim that another claim uses, with that claim's number.
fn used(
    desk: &mut Desk<'_>,
    bench: &Bench,
    text: &ClaimText,
    own: Option<ClaimId>,
) -> Result<BTreeMap<InvoiceKey, String>, Failure> {
    let keys = bench.decide(desk, |ctx| Ok(claim::invoices_of(&text.lines, ctx)))?;
    let mut used = BTreeMap::new();
    for (_, key) in keys {
        let row = desk.book.invoice(&key.0, &key.1)?.filter(|row| Some(row.claim) != own);
        if let Some(row) = row {
            used.insert(key, row.claim_number);
        }
    }
    Ok(used)
}

pub(super) fn check(desk: &mut Desk<'_>, id: ClaimId, command: Check) -> Result<Answer, Failure> {
    let (state, project) = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::at(desk, pack, &command.step)?;
    bench.reaches(&project)?;
    bench.lives(desk, &project, &command.step, true)?;
    let events = bench.decide(desk, |ctx| claim::check(&state, command, &project, ctx))?;
    append(desk, &bench, state, events)
}

pub(super) fn approve(desk: &mut Desk<'_>, id: ClaimId, command: Approve) -> Result<Answer, Failure> {
    let (state, project) = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::at(desk, pack, &command.step)?;
    bench.reaches(&project)?;
    bench.lives(desk, &project, &command.step, true)?;
    let free = &project.purse.allotted;
    let order = oldest_first(desk, &project.pack, &project.fund)?;
    let allotted: Vec<Lot> = order
        .into_iter()
        .filter_map(|source| free.get(&source).map(|amount| Lot { source, amount: *amount }))
        .collect();
    let decide = |ctx: Context<'_>| claim::approve(&state, command, &project, &allotted, ctx);
    let events = bench.decide(desk, decide)?;
    let number = state.number.clone();
    drop((state, project));
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn turn_down(desk: &mut Desk<'_>, id: ClaimId, command: TurnDown) -> Result<Answer, Failure> {
    let (state, project) = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::at(desk, pack, &command.step)?;
    bench.reaches(&project)?;
    let events = bench.decide(desk, |ctx| claim::turn_down(&state, command, &project, ctx))?;
    append(desk, &bench, state, events)
}

pub(super) fn withdraw(desk: &mut Desk<'_>, id: ClaimId, why: &str) -> Result<Answer, Failure> {
    let (state, project) = load(desk, id)?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Claim, Act::Claim), &project.fund)?;
    bench.reaches(&project)?;
    let events = bench.decide(desk, |ctx| claim::withdraw(&state, why, ctx))?;
    let number = state.number.clone();
    drop((state, project));
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

fn load(desk: &mut Desk<'_>, id: ClaimId) -> Result<(Arc<Claim>, Arc<Project>), Failure> {
    let state = desk.claim(id)?.ok_or_else(|| not_found("报账单"))?;
    let project = project_of(desk, state.project)?;
    Ok((state, project))
}

fn append(
    desk: &mut Desk<'_>,
    bench: &Bench,
    state: Arc<Claim>,
    events: Vec<claim::Event>,
) -> Result<Answer, Failure> {
    let (id, number) = (state.id, state.number.clone());
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&bench.pack), &Stream::Claim(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}
