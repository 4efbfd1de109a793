//! What is said and done beside the steps of a case: remarks, copies, urging, standing aside, comparing what looks alike.

use app::Command;
use app::access::Right;
use app::view::state::Aside;
use axum::Json;
use kernel::id::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said};
use super::problem::Failed;
use super::wire::Done;
use super::wire::asides::{
    CompareSays, Copies, CopiesAsk, CopySays, Look, RecuseSays, RemarkSays, Remarks, UrgeSays,
};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(remarks, remark))
        .routes(routes!(copy))
        .routes(routes!(urge))
        .routes(routes!(recuse))
        .routes(routes!(look, compare))
        .routes(routes!(copies))
}

async fn aside(caller: &Caller, case: i64, aside: Aside) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(Command::Aside { case: CaseId(case), aside }).await?.into()))
}

#[utoipa::path(get, path = "/cases/{id}/remarks", tag = "cases", summary = "留言、抄送、催办 / Remarks, copies and urgings, newest first",
    params(("id" = i64, Path, description = "The case")), responses((status = 200, body = Remarks)))]
async fn remarks(caller: Caller, At(id): At<i64>) -> Result<Json<Remarks>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.case_around(viewer, CaseId(id))).await?).into()))
}

#[utoipa::path(post, path = "/cases/{id}/remarks", tag = "cases", summary = "留言 / Write a remark",
    params(("id" = i64, Path, description = "The case")), request_body = RemarkSays, responses((status = 200, body = Done)))]
async fn remark(caller: Caller, At(id): At<i64>, Said(said): Said<RemarkSays>) -> Result<Json<Done>, Failed> {
    aside(&caller, id, Aside::Comment { text: said.text }).await
}

#[utoipa::path(post, path = "/cases/{id}/copies", tag = "cases", summary = "抄送 / Send a copy to a role",
    params(("id" = i64, Path, description = "The case")), request_body = CopySays, responses((status = 200, body = Done)))]
async fn copy(caller: Caller, At(id): At<i64>, Said(said): Said<CopySays>) -> Result<Json<Done>, Failed> {
    aside(&caller, id, Aside::Copy { role: said.role, text: said.text.unwrap_or_default() }).await
}

#[utoipa::path(post, path = "/cases/{id}/urgings", tag = "cases", summary = "催办 / Urge an open step",
    params(("id" = i64, Path, description = "The case")), request_body = UrgeSays, responses((status = 200, body = Done)))]
async fn urge(caller: Caller, At(id): At<i64>, Said(said): Said<UrgeSays>) -> Result<Json<Done>, Failed> {
    aside(&caller, id, Aside::Urge { step: said.step, text: said.text }).await
}

#[utoipa::path(post, path = "/cases/{id}/recusals", tag = "cases", summary = "回避 / Stand aside from a case",
    params(("id" = i64, Path, description = "The case")), request_body = RecuseSays, responses((status = 200, body = Done)))]
async fn recuse(caller: Caller, At(id): At<i64>, Said(said): Said<RecuseSays>) -> Result<Json<Done>, Failed> {
    aside(&caller, id, Aside::Recuse { why: said.why }).await
}

#[utoipa::path(get, path = "/cases/{id}/comparisons", tag = "cases", summary = "相近项目对照 / Similar cases beside this one",
    params(("id" = i64, Path, description = "The case")), responses((status = 200, body = Look)))]
async fn look(caller: Caller, At(id): At<i64>) -> Result<Json<Look>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.case_around(viewer, CaseId(id))).await?).into()))
}

#[utoipa::path(post, path = "/cases/{id}/comparisons", tag = "cases", summary = "认定相近项目 / Say whether a similar case is the same",
    params(("id" = i64, Path, description = "The case")), request_body = CompareSays, responses((status = 200, body = Done)))]
async fn compare(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<CompareSays>,
) -> Result<Json<Done>, Failed> {
    let CompareSays { other, same, why } = said;
    aside(&caller, id, Aside::Compare { other: CaseId(other), same, why }).await
}

#[utoipa::path(get, path = "/copies", tag = "cases", summary = "抄送给本岗位的 / Copies sent to one's role, newest first",
    params(CopiesAsk), responses((status = 200, body = Copies)))]
async fn copies(caller: Caller, Asked(ask): Asked<CopiesAsk>) -> Result<Json<Copies>, Failed> {
    if !caller.viewer.may(Right::SeeCases) {
        return Err(Failed::nothing_here());
    }
    let page = caller.ask(move |app, viewer| app.copies(viewer, ask.after.as_deref()));
    Ok(Json((&page.await?).into()))
}
