//! Monthly reports: filed, looked at body by body, and one as it was filed.

use axum::Json;
use axum::http::StatusCode;
use kernel::id::OrgId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{At, Said};
use super::problem::Failed;
use super::wire::Done;
use super::wire::reports::{FiledReportSaid, MonthSaid, ReportMonth};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(month)).routes(routes!(filed))
}

#[utoipa::path(post, path = "/reports", tag = "reports", summary = "报送月报 / File a monthly report",
    request_body = ReportMonth, responses((status = 201, body = Done)))]
async fn report(caller: Caller, Said(said): Said<ReportMonth>) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone());
    Ok((StatusCode::CREATED, Json(caller.does(command).await?.into())))
}

#[utoipa::path(get, path = "/reports/{period}/{step}", tag = "reports",
    summary = "各单位某月的报送和合计 / A month, body by body, with what it adds up to",
    params(("period" = String, Path, description = "The month: `2019-10`"), ("step" = String, Path, description = "The step that reports")),
    responses((status = 200, body = MonthSaid)))]
async fn month(caller: Caller, At((period, step)): At<(String, String)>) -> Result<Json<MonthSaid>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.month_table(viewer, &period, &step)).await?).into()))
}

#[utoipa::path(get, path = "/reports/{period}/{step}/{org}", tag = "reports",
    summary = "一个单位某月报送的数字 / What a body filed for a month",
    params(("period" = String, Path, description = "The month: `2019-10`"), ("step" = String, Path, description = "The step that reports"),
        ("org" = i64, Path, description = "The body")),
    responses((status = 200, body = FiledReportSaid)))]
async fn filed(
    caller: Caller,
    At((period, step, org)): At<(String, String, i64)>,
) -> Result<Json<FiledReportSaid>, Failed> {
    let of = move |app: &app::App, viewer: &app::view::Viewer| {
        app.filed_report(viewer, &period, &step, OrgId(org))
    };
    Ok(Json((&caller.ask(of).await?).into()))
}
