//! Plans of grants: begun, filled, deliberated, noticed, determined, sent, remitted.

use app::access::Right;
use axum::Json;
use axum::http::StatusCode;
use kernel::id::PlanId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{At, Said};
use super::problem::Failed;
use super::wire::Done;
use super::wire::plans::{
    DeterminePlan, DraftPlan, EditPlan, EndPlanNotice, InformPlan, MinutesSays, PlanDetail, Plans, PostPlan,
    RemitPlan,
};
use super::wire::steps::AnswerSays;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, draft))
        .routes(routes!(one))
        .routes(routes!(edit))
        .routes(routes!(deliberate))
        .routes(routes!(post))
        .routes(routes!(end))
        .routes(routes!(answer))
        .routes(routes!(determine))
        .routes(routes!(inform))
        .routes(routes!(remit))
}

/// Plans are seen by whoever makes them or sees the money.
fn sees(caller: &Caller) -> Result<(), Failed> {
    let may = [Right::Plan, Right::SeeMoney].into_iter().any(|right| caller.viewer.may(right));
    if may { Ok(()) } else { Err(Failed::nothing_here()) }
}

#[utoipa::path(get, path = "/plans", tag = "plans", summary = "资助方案清单 / Plans of grants, and what waits for one",
    responses((status = 200, body = Plans)))]
async fn list(caller: Caller) -> Result<Json<Plans>, Failed> {
    sees(&caller)?;
    Ok(Json((&caller.ask(|app, viewer| app.plan_list(viewer)).await?).into()))
}

#[utoipa::path(post, path = "/plans", tag = "plans", summary = "编制方案 / Begin a plan",
    request_body = DraftPlan, responses((status = 201, body = Done)))]
async fn draft(caller: Caller, Said(said): Said<DraftPlan>) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone());
    Ok((StatusCode::CREATED, Json(caller.does(command).await?.into())))
}

#[utoipa::path(get, path = "/plans/{id}", tag = "plans", summary = "方案 / A plan: its items ranked, its money, what is open",
    params(("id" = i64, Path, description = "The plan")), responses((status = 200, body = PlanDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<PlanDetail>, Failed> {
    sees(&caller)?;
    let seen = caller.ask(move |app, viewer| {
        let page = app.plan_page(viewer, PlanId(id))?;
        Ok(PlanDetail::of(&page, app.letter_recipients(PlanId(id))?))
    });
    Ok(Json(seen.await?))
}

#[utoipa::path(put, path = "/plans/{id}/items", tag = "plans", summary = "列入、调整、移出项目 / Put cases in, change amounts, take cases out",
    params(("id" = i64, Path, description = "The plan")), request_body = EditPlan, responses((status = 200, body = Done)))]
async fn edit(caller: Caller, At(id): At<i64>, Said(said): Said<EditPlan>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/minutes", tag = "plans", summary = "登记会议 / Record the meeting",
    params(("id" = i64, Path, description = "The plan")), request_body = MinutesSays, responses((status = 200, body = Done)))]
async fn deliberate(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<MinutesSays>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/notices", tag = "plans", summary = "公示方案 / Post the notice",
    params(("id" = i64, Path, description = "The plan")), request_body = PostPlan, responses((status = 200, body = Done)))]
async fn post(caller: Caller, At(id): At<i64>, Said(said): Said<PostPlan>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/notices/end", tag = "plans", summary = "结束方案公示 / End the notice",
    params(("id" = i64, Path, description = "The plan")), request_body = EndPlanNotice, responses((status = 200, body = Done)))]
async fn end(caller: Caller, At(id): At<i64>, Said(said): Said<EndPlanNotice>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/objections/{objection}", tag = "plans", summary = "答复方案异议 / Answer an objection",
    params(("id" = i64, Path, description = "The plan"), ("objection" = i64, Path, description = "The objection")),
    request_body = AnswerSays, responses((status = 200, body = Done)))]
async fn answer(
    caller: Caller,
    At((id, objection)): At<(i64, i64)>,
    Said(said): Said<AnswerSays>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.on_plan(id, objection)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/determination", tag = "plans", summary = "审定 / Determine the items",
    params(("id" = i64, Path, description = "The plan")), request_body = DeterminePlan, responses((status = 200, body = Done)))]
async fn determine(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<DeterminePlan>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/letters", tag = "plans", summary = "书面通知结果 / Send the results",
    params(("id" = i64, Path, description = "The plan")), request_body = InformPlan, responses((status = 200, body = Done)))]
async fn inform(caller: Caller, At(id): At<i64>, Said(said): Said<InformPlan>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/plans/{id}/remittance", tag = "plans", summary = "拨付方案资金 / Remit the granted sum",
    params(("id" = i64, Path, description = "The plan")), request_body = RemitPlan, responses((status = 200, body = Done)))]
async fn remit(caller: Caller, At(id): At<i64>, Said(said): Said<RemitPlan>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}
