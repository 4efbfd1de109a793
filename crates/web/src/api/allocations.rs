//! Allocations: drafted, changed, stepped, approved; the money to give, and amounts computed by the regime's distribution.

use app::command::money::MoneyCommand;
use axum::Json;
use axum::http::StatusCode;
use kernel::id::{AllocationId, ProjectId, SourceId};
use std::collections::BTreeMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said};
use super::papers::redeem_papers;
use super::problem::Failed;
use super::wire::Done;
use super::wire::allocations::{
    AllocationAsk, AllocationDetail, AllocationSays, Allocations, ApproveIt, Compute, DoStep,
    DraftAllocation, Enters, LotsOfLines, MoneyAsk, MoneyToGive, NamedAsk, Proposal,
};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, draft))
        .routes(routes!(money))
        .routes(routes!(compute))
        .routes(routes!(one, redraft))
        .routes(routes!(lots))
        .routes(routes!(step))
        .routes(routes!(approve))
}

#[utoipa::path(get, path = "/allocations", tag = "allocations", summary = "分配方案清单 / Allocations, newest first",
    params(AllocationAsk), responses((status = 200, body = Allocations)))]
async fn list(caller: Caller, Asked(ask): Asked<AllocationAsk>) -> Result<Json<Allocations>, Failed> {
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.allocation_list(viewer, &ask)).await?).into()))
}

#[utoipa::path(post, path = "/allocations", tag = "allocations", summary = "编制分配方案 / Draft an allocation",
    request_body = DraftAllocation, responses((status = 201, body = Done)))]
async fn draft(
    caller: Caller,
    Said(said): Said<DraftAllocation>,
) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone());
    Ok((StatusCode::CREATED, Json(caller.act(command).await?.into())))
}

#[utoipa::path(get, path = "/allocations/money", tag = "allocations", summary = "可分配的资金和项目 / The money to give, and the projects that may receive it",
    params(MoneyAsk), responses((status = 200, body = MoneyToGive)))]
async fn money(caller: Caller, Asked(ask): Asked<MoneyAsk>) -> Result<Json<MoneyToGive>, Failed> {
    let side = ask.side.unwrap_or_else(|| "all".into());
    let seen = caller.ask(move |app, viewer| app.allocation_money(viewer, (&ask.fund, &side), ask.year));
    Ok(Json((&seen.await?).into()))
}

#[utoipa::path(post, path = "/allocations/distribution", tag = "allocations", summary = "按因素或竞争计算，只算不记 / Compute amounts; nothing is on record by that",
    request_body = Compute, responses((status = 200, body = Proposal)))]
async fn compute(caller: Caller, Said(said): Said<Compute>) -> Result<Json<Proposal>, Failed> {
    let Compute { method, amount, unit, year, entrants } = said;
    let why = |one: &Enters| Some((ProjectId(one.project), one.struck.clone()?));
    let struck: BTreeMap<ProjectId, String> = entrants.iter().filter_map(why).collect();
    let entrants: Vec<_> = entrants.into_iter().map(Enters::entrant).collect();
    let tried = caller.ask(move |app, viewer| {
        // A proposal tells nothing that the table of money does not; both are for those who see money.
        app.fund_table(viewer, None)?;
        let entrants = match (year, viewer.pack.distributions.get(&method)) {
            (Some(year), Some(by)) => app.with_deductions(viewer, (by, year), entrants, &struck)?,
            _ => entrants,
        };
        app.try_allocation(viewer, &method, (amount.0, unit.0), &entrants)
    });
    Ok(Json((&tried.await?).into()))
}

#[utoipa::path(get, path = "/allocations/{id}", tag = "allocations", summary = "一个分配方案 / One allocation",
    params(("id" = i64, Path, description = "The allocation")), responses((status = 200, body = AllocationDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<AllocationDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.allocation_page(viewer, AllocationId(id))).await?).into()))
}

#[utoipa::path(put, path = "/allocations/{id}", tag = "allocations", summary = "修改方案草案 / Write the draft anew",
    params(("id" = i64, Path, description = "The allocation")), request_body = AllocationSays, responses((status = 200, body = Done)))]
async fn redraft(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<AllocationSays>,
) -> Result<Json<Done>, Failed> {
    let command = MoneyCommand::RedraftAllocation { allocation: AllocationId(id), text: said.text() };
    Ok(Json(caller.act(command).await?.into()))
}

#[utoipa::path(get, path = "/allocations/{id}/lots", tag = "allocations", summary = "如现在批准，各行用哪笔来源 / Which sources would pay which line",
    params(("id" = i64, Path, description = "The allocation"), NamedAsk), responses((status = 200, body = LotsOfLines)))]
async fn lots(
    caller: Caller,
    At(id): At<i64>,
    Asked(ask): Asked<NamedAsk>,
) -> Result<Json<LotsOfLines>, Failed> {
    let named = ask.named.unwrap_or_default();
    let ids = named.split(',').map(str::trim).filter(|id| !id.is_empty());
    let ids: Result<Vec<SourceId>, _> = ids.map(str::parse).collect();
    let ids = ids.map_err(|_| Failed::unreadable("named", "ids of sources with commas between"))?;
    let seen = caller.ask(move |app, viewer| app.allocation_preview(viewer, AllocationId(id), &ids));
    Ok(Json((&seen.await?).into()))
}

#[utoipa::path(post, path = "/allocations/{id}/steps/{step}", tag = "allocations", summary = "办理环节：征求意见、退回、下达、备案 / Do a step other than the approval",
    params(("id" = i64, Path, description = "The allocation"), ("step" = String, Path, description = "The step of the regime")),
    request_body = DoStep, responses((status = 200, body = Done)))]
async fn step(
    caller: Caller,
    At((id, step)): At<(i64, String)>,
    Said(said): Said<DoStep>,
) -> Result<Json<Done>, Failed> {
    let tickets = said.papers.clone().unwrap_or_default();
    let papers = redeem_papers(&caller, "papers", &tickets, None)?;
    Ok(Json(caller.act(said.command(id, step, papers)).await?.into()))
}

#[utoipa::path(post, path = "/allocations/{id}/approval", tag = "allocations", summary = "审定，资金分到项目 / Approve: the money goes to the projects",
    params(("id" = i64, Path, description = "The allocation")), request_body = ApproveIt, responses((status = 200, body = Done)))]
async fn approve(caller: Caller, At(id): At<i64>, Said(said): Said<ApproveIt>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}
