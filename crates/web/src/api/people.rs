//! Who acts for whom: roles lent to colleagues during an absence, desks handed over.

use app::Command;
use app::access::Right;
use app::command::HandsCommand;
use app::view::Viewer;
use axum::Json;
use kernel::id::{OrgId, PersonId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{At, Said};
use super::problem::Failed;
use super::wire::Done;
use super::wire::people::{EndLending, HandOver, LendRole, Lent, Sheet};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(lendings, lend))
        .routes(routes!(end_lending))
        .routes(routes!(sheet, hand_over))
}

async fn does(caller: &Caller, command: HandsCommand) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(Command::Hands(command)).await?.into()))
}

#[utoipa::path(get, path = "/lendings", tag = "people", summary = "本人借出和代理的岗位 / Roles lent and borrowed by the caller, now or later",
    responses((status = 200, body = Lent)))]
async fn lendings(caller: Caller) -> Result<Json<Lent>, Failed> {
    Ok(Json((&caller.ask(|app, viewer| app.lendings(viewer.person)).await?).into()))
}

#[utoipa::path(post, path = "/lendings", tag = "people", summary = "委托同事代理岗位 / Lend a role of one's own",
    request_body = LendRole, responses((status = 200, body = Done)))]
async fn lend(caller: Caller, Said(said): Said<LendRole>) -> Result<Json<Done>, Failed> {
    does(&caller, said.command()).await
}

#[utoipa::path(post, path = "/lendings/end", tag = "people", summary = "提前结束代理 / End a lending before its last day",
    request_body = EndLending, responses((status = 200, body = Done)))]
async fn end_lending(caller: Caller, Said(said): Said<EndLending>) -> Result<Json<Done>, Failed> {
    does(&caller, said.command()).await
}

#[utoipa::path(get, path = "/handovers/{person}/{org}", tag = "people", summary = "移交清单 / What would be handed over today",
    params(("person" = i64, Path, description = "Who leaves"), ("org" = i64, Path, description = "In which organisation")),
    responses((status = 200, body = Sheet)))]
async fn sheet(caller: Caller, At((person, org)): At<(i64, i64)>) -> Result<Json<Sheet>, Failed> {
    if !concerns(&caller.viewer, PersonId(person)) {
        return Err(Failed::nothing_here());
    }
    let sheet = caller.ask(move |app, _| app.handover(PersonId(person), OrgId(org)));
    Ok(Json((&sheet.await?).into()))
}

/// One's own desk; anybody's for who manages people.
fn concerns(viewer: &Viewer, person: PersonId) -> bool {
    viewer.person == person || viewer.may(Right::ManagePeople)
}

#[utoipa::path(post, path = "/handovers/{person}/{org}", tag = "people", summary = "移交岗位和待办 / Hand a desk over to a successor",
    params(("person" = i64, Path, description = "Who leaves"), ("org" = i64, Path, description = "In which organisation")),
    request_body = HandOver, responses((status = 200, body = Done)))]
async fn hand_over(
    caller: Caller,
    At((person, org)): At<(i64, i64)>,
    Said(said): Said<HandOver>,
) -> Result<Json<Done>, Failed> {
    let HandOver { to, why } = said;
    let command = HandsCommand::HandOver { person: PersonId(person), org: OrgId(org), to: PersonId(to), why };
    does(&caller, command).await
}
