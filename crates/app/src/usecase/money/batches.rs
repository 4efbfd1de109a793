//! Batches: made of approved payments, released by a second person, answered by the bank line by line. What a result means is
//! written to batch, project and claim together.

use super::projects::sealed;
use super::{Bench, consents, made, not_found, number};
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use domain::batch::{self, BankLine, Batch, Found, Make, Pick, Revival, Settle, Till};
use domain::claim::Claim;
use domain::guard::Consents;
use domain::posting::booked::{SideOf, pool_account};
use domain::project::Project;
use domain::{Context, Stream};
use kernel::Money;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use policy::procedure::{Act, Subject};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Default)]
struct Gathered {
    claims: BTreeMap<ClaimId, Claim>,
    projects: BTreeMap<ProjectId, Project>,
    pool: BTreeMap<(String, SourceId), Money>,
    sources: BTreeMap<SourceId, String>,
    unclear: BTreeSet<(ClaimId, String)>,
    consents: Consents,
}

pub(super) fn make(
    desk: &mut Desk<'_>,
    pack: &str,
    fund: String,
    picks: Vec<Pick>,
) -> Result<Answer, Failure> {
    let pack = desk.pack(pack)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Batch, Act::Issue), &fund)?;
    let mut gathered = Gathered::default();
    for pick in &picks {
        if let Some(account) = &pick.account {
            sealed(&account.account)?;
        }
        gather(desk, &mut gathered, pick)?;
    }
    for project in gathered.projects.values() {
        bench.lives_at(desk, project, (Subject::Batch, Act::Issue), true)?;
    }
    let id = BatchId(desk.book.next("batch")?);
    let number = number(desk, &bench.pack, Subject::Batch, "批次")?;
    let command = Make { batch: id, number: number.clone(), fund, picks };
    let till = Till {
        claims: &gathered.claims,
        projects: &gathered.projects,
        pool: &gathered.pool,
        sources: &gathered.sources,
        unclear: &gathered.unclear,
        consents: &gathered.consents,
    };
    let events = bench.decide(desk, |ctx| batch::make(command, till, ctx))?;
    desk.begins(&Stream::Batch(id))?;
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

/// What the decision must know of one payment: claim, project, cash of its sources, papers, what a bank left unclear.
fn gather(desk: &mut Desk<'_>, gathered: &mut Gathered, pick: &Pick) -> Result<(), Failure> {
    let claim = desk.claim(pick.claim)?.ok_or_else(|| not_found("报账单"))?;
    let project = desk.project(claim.project)?.ok_or_else(|| not_found("项目"))?;
    gathered.consents.extend(consents(desk, &project, &[])?);
    let of = SideOf { pack: &project.pack, fund: &project.fund, side: &project.side };
    if let Some(owed) = claim.owed_to(&pick.payee) {
        for lot in &owed.share.lots {
            let cash = desk.balance(&pool_account(of, lot.source))?;
            gathered.pool.insert((project.side.clone(), lot.source), cash);
            let document = desk.source(lot.source)?.map_or_else(String::new, |s| s.document.clone());
            gathered.sources.insert(lot.source, document);
        }
        for (batch, _) in &owed.failed {
            let Some(batch) = desk.batch(*batch)? else { continue };
            for (_, unclear) in batch.open_unclear() {
                let payment = unclear.line.and_then(|no| batch.payment(no)).map(|payment| &payment.line);
                gathered.unclear.extend(payment.map(|line| (line.claim, line.payee.clone())));
            }
        }
    }
    gathered.projects.entry(project.id).or_insert_with(|| Project::clone(&project));
    gathered.claims.entry(claim.id).or_insert_with(|| Claim::clone(&claim));
    Ok(())
}

pub(super) fn release(desk: &mut Desk<'_>, id: BatchId, digest: &str) -> Result<Answer, Failure> {
    let (bench, state) = load(desk, id)?;
    if state.released.is_none() {
        for payment in &state.payments {
            let project = super::project_of(desk, payment.line.project)?;
            bench.lives_at(desk, &project, (Subject::Batch, Act::Pay), true)?;
        }
    }
    let events = bench.decide(desk, |ctx| batch::release(&state, digest, ctx))?;
    let number = state.number.clone();
    drop(state);
    desk.emit_all(Some(&bench.pack), &Stream::Batch(id), &bench.article, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn book(desk: &mut Desk<'_>, id: BatchId, lines: Vec<BankLine>) -> Result<Answer, Failure> {
    let (bench, state) = load(desk, id)?;
    let (number, fund) = (state.number.clone(), state.fund.clone());
    drop(state);
    for line in lines {
        let named = desk.book.batch_of_payment(line.end_to_end.trim())?.filter(|named| *named != id);
        let other = named.map(|named| desk.batch(named)).transpose()?.flatten();
        let other = other.filter(|b| b.pack == bench.pack.id && b.fund == fund && b.released.is_some());
        let of = other.map_or(id, |batch| batch.id);
        let state = desk.batch(of)?.ok_or_else(|| not_found("支付批次"))?;
        let events = bench.decide(desk, |ctx| batch::book(&state, line, ctx))?;
        drop(state);
        bench.append(desk, events)?;
    }
    Ok(made(id.get(), number))
}

pub(super) fn take_out(desk: &mut Desk<'_>, id: BatchId, line: i64, why: &str) -> Result<Answer, Failure> {
    let (bench, state) = load(desk, id)?;
    let events = bench.decide(desk, |ctx| batch::take_out(&state, line, why, ctx))?;
    let number = state.number.clone();
    drop(state);
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

pub(super) fn settle(desk: &mut Desk<'_>, id: BatchId, command: Settle) -> Result<Answer, Failure> {
    let (bench, state) = load(desk, id)?;
    let line = match &command.found {
        Found::Result { line, .. } => state.payment(*line).map(|payment| payment.line.clone()),
        Found::Nothing => None,
    };
    let mut revived: Option<(Arc<Claim>, BTreeMap<SourceId, Money>)> = None;
    if let Some(line) = line {
        let claim = desk.claim(line.claim)?.ok_or_else(|| not_found("报账单"))?;
        let project = desk.project(line.project)?.ok_or_else(|| not_found("项目"))?;
        let of = SideOf { pack: &project.pack, fund: &project.fund, side: &project.side };
        let mut pool = BTreeMap::new();
        for lot in &line.lots {
            pool.insert(lot.source, desk.balance(&pool_account(of, lot.source))?);
        }
        revived = Some((claim, pool));
    }
    let revival = revived.as_ref().map(|(claim, pool)| Revival { claim, pool });
    let decide = |ctx: Context<'_>| batch::settle(&state, command, revival, ctx);
    let events = bench.decide(desk, decide)?;
    let number = state.number.clone();
    drop((state, revived));
    bench.append(desk, events)?;
    Ok(made(id.get(), number))
}

fn load(desk: &mut Desk<'_>, id: BatchId) -> Result<(Bench, Arc<Batch>), Failure> {
    let state = desk.batch(id)?.ok_or_else(|| not_found("支付批次"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    Ok((Bench::of_fund(desk, pack, (Subject::Batch, Act::Pay), &state.fund)?, state))
}
