//! Sources: registered, cash booked, budget cut, and where each fen of them went.

use axum::Json;
use axum::http::StatusCode;
use kernel::id::SourceId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said};
use super::problem::Failed;
use super::wire::Done;
use super::wire::funds::TraceForward;
use super::wire::sources::{CutSource, ReceiveCash, RegisterSource, SourceAsk, SourceDetail, Sources};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(one))
        .routes(routes!(receive))
        .routes(routes!(cut))
        .routes(routes!(trace))
}

#[utoipa::path(get, path = "/sources", tag = "sources", summary = "资金来源清单 / Sources, newest first",
    params(SourceAsk), responses((status = 200, body = Sources)))]
async fn list(caller: Caller, Asked(ask): Asked<SourceAsk>) -> Result<Json<Sources>, Failed> {
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.source_list(viewer, &ask)).await?).into()))
}

#[utoipa::path(post, path = "/sources", tag = "sources", summary = "登记一笔来源 / Register a source",
    request_body = RegisterSource, responses((status = 201, body = Done)))]
async fn register(
    caller: Caller,
    Said(said): Said<RegisterSource>,
) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone())?;
    Ok((StatusCode::CREATED, Json(caller.act(command).await?.into())))
}

#[utoipa::path(get, path = "/sources/{id}", tag = "sources", summary = "一笔来源及其去处 / One source and where its money is",
    params(("id" = i64, Path, description = "The source")), responses((status = 200, body = SourceDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<SourceDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.source_page(viewer, SourceId(id))).await?).into()))
}

#[utoipa::path(post, path = "/sources/{id}/receipts", tag = "sources", summary = "到账入账 / Book cash that arrived",
    params(("id" = i64, Path, description = "The source")), request_body = ReceiveCash, responses((status = 200, body = Done)))]
async fn receive(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<ReceiveCash>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/sources/{id}/cuts", tag = "sources", summary = "调减预算 / Cut the budget",
    params(("id" = i64, Path, description = "The source")), request_body = CutSource, responses((status = 200, body = Done)))]
async fn cut(caller: Caller, At(id): At<i64>, Said(said): Said<CutSource>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(get, path = "/sources/{id}/trace", tag = "sources", summary = "从来源追到收款人 / From a source to everybody paid out of it",
    params(("id" = i64, Path, description = "The source")), responses((status = 200, body = TraceForward)))]
async fn trace(caller: Caller, At(id): At<i64>) -> Result<Json<TraceForward>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.follow_forward(viewer, SourceId(id))).await?).into()))
}
