//! Years of a fund that is granted: opened, amended, firms and their fees.

use app::access::Right;
use axum::Json;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{At, Said};
use super::problem::Failed;
use super::wire::years::{AmendYear, AppointFirm, DismissFirm, OpenYear, PayFee, YearSaid};
use super::wire::{Done, each};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(amend))
        .routes(routes!(appoint))
        .routes(routes!(dismiss))
        .routes(routes!(fee))
}

#[utoipa::path(get, path = "/years", tag = "years", summary = "年度清单 / Years with their figures, newest first",
    responses((status = 200, body = Vec<YearSaid>)))]
async fn list(caller: Caller) -> Result<Json<Vec<YearSaid>>, Failed> {
    if ![Right::ManageYear, Right::SeeMoney].into_iter().any(|right| caller.viewer.may(right)) {
        return Err(Failed::nothing_here());
    }
    Ok(Json(each(&caller.ask(|app, viewer| app.year_list(&viewer.pack)).await?)))
}

#[utoipa::path(post, path = "/years", tag = "years", summary = "开设年度 / Open a year",
    request_body = OpenYear, responses((status = 201, body = Done)))]
async fn open(caller: Caller, Said(said): Said<OpenYear>) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone())?;
    Ok((StatusCode::CREATED, Json(caller.does(command).await?.into())))
}

#[utoipa::path(put, path = "/years/{year}", tag = "years", summary = "调整年度 / Amend a year",
    params(("year" = i16, Path, description = "The year")), request_body = AmendYear, responses((status = 200, body = Done)))]
async fn amend(caller: Caller, At(year): At<i16>, Said(said): Said<AmendYear>) -> Result<Json<Done>, Failed> {
    let command = said.command(caller.viewer.pack.id.clone(), year)?;
    Ok(Json(caller.does(command).await?.into()))
}

#[utoipa::path(post, path = "/years/{year}/firms", tag = "years", summary = "选定专业机构 / Appoint a firm",
    params(("year" = i16, Path, description = "The year")), request_body = AppointFirm, responses((status = 200, body = Done)))]
async fn appoint(
    caller: Caller,
    At(year): At<i16>,
    Said(said): Said<AppointFirm>,
) -> Result<Json<Done>, Failed> {
    let command = said.command(caller.viewer.pack.id.clone(), year);
    Ok(Json(caller.does(command).await?.into()))
}

#[utoipa::path(post, path = "/years/{year}/firms/{firm}/dismissal", tag = "years", summary = "解除专业机构 / Dismiss a firm",
    params(("year" = i16, Path, description = "The year"), ("firm" = i64, Path, description = "The firm")),
    request_body = DismissFirm, responses((status = 200, body = Done)))]
async fn dismiss(
    caller: Caller,
    At((year, firm)): At<(i16, i64)>,
    Said(said): Said<DismissFirm>,
) -> Result<Json<Done>, Failed> {
    let command = said.command(caller.viewer.pack.id.clone(), year, firm);
    Ok(Json(caller.does(command).await?.into()))
}

#[utoipa::path(post, path = "/years/{year}/fees", tag = "years", summary = "支付评审费 / Pay a firm's fee",
    params(("year" = i16, Path, description = "The year")), request_body = PayFee, responses((status = 200, body = Done)))]
async fn fee(caller: Caller, At(year): At<i16>, Said(said): Said<PayFee>) -> Result<Json<Done>, Failed> {
    let command = said.command(caller.viewer.pack.id.clone(), year);
    Ok(Json(caller.does(command).await?.into()))
}
