//! Lists of people: what is loaded, and the households of a case beside a list. A list is loaded on its page only, where every fault of
//! the file is shown by cell.

use axum::Json;
use kernel::id::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::At;
use super::problem::Failed;
use super::wire::each;
use super::wire::rosters::{ComparedTable, PeopleList};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(households))
}

#[utoipa::path(get, path = "/rosters", tag = "rosters", summary = "人员名单 / Lists of people: what is loaded for which region",
    responses((status = 200, body = Vec<PeopleList>)))]
async fn list(caller: Caller) -> Result<Json<Vec<PeopleList>>, Failed> {
    Ok(Json(each(&caller.ask(|app, viewer| app.rosters(viewer)).await?)))
}

#[utoipa::path(get, path = "/cases/{id}/households", tag = "rosters", summary = "挂钩户与名单比对 / The households of a case beside the list",
    params(("id" = i64, Path, description = "The case")), responses((status = 200, body = Vec<ComparedTable>)))]
async fn households(caller: Caller, At(id): At<i64>) -> Result<Json<Vec<ComparedTable>>, Failed> {
    Ok(Json(each(&caller.ask(move |app, viewer| app.households(viewer, CaseId(id))).await?)))
}
