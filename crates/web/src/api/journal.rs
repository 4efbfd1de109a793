//! The journal: its head for everybody who signs in, so that it can be written down elsewhere; its acts for those who audit.

use app::access::Right;
use axum::Json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At};
use super::problem::Failed;
use super::wire::journal::{ActDetail, Acts, ActsAsk, Head};
use super::wire::people::Me;
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(me)).routes(routes!(head)).routes(routes!(acts)).routes(routes!(act))
}

#[utoipa::path(get, path = "/me", tag = "me", summary = "本人、岗位和权限 / The caller, the role and its rights",
    responses((status = 200, body = Me)))]
async fn me(caller: Caller) -> Result<Json<Me>, Failed> {
    let seen = caller.ask(|app, viewer| {
        let held = app.held_roles(viewer.person)?;
        Ok((held, app.today()))
    });
    let (held, today) = seen.await?;
    let roles = held.iter().map(|one| format!("{}:{}", one.held.org, one.held.role)).collect();
    Ok(Json((&caller.viewer, roles, today).into()))
}

#[utoipa::path(get, path = "/journal/head", tag = "journal", summary = "日志头：条数和根 / The head: how many acts, and the root over them",
    responses((status = 200, body = Head)))]
async fn head(caller: Caller) -> Result<Json<Head>, Failed> {
    Ok(Json((&caller.ask(|app, _| Ok(app.log_head()?)).await?).into()))
}

fn audits(caller: &Caller) -> Result<(), Failed> {
    if caller.viewer.may(Right::SeeJournal) { Ok(()) } else { Err(Failed::nothing_here()) }
}

#[utoipa::path(get, path = "/journal/acts", tag = "journal", summary = "日志，最新在前 / Acts, newest first",
    params(ActsAsk), responses((status = 200, body = Acts)))]
async fn acts(caller: Caller, Asked(ask): Asked<ActsAsk>) -> Result<Json<Acts>, Failed> {
    audits(&caller)?;
    Ok(Json((&caller.ask(move |app, _| app.journal_page(ask.before)).await?).into()))
}

#[utoipa::path(get, path = "/journal/acts/{seq}", tag = "journal", summary = "一条日志及其证明 / One act with the proof that it is in the journal",
    params(("seq" = u64, Path, description = "Its place")), responses((status = 200, body = ActDetail)))]
async fn act(caller: Caller, At(seq): At<u64>) -> Result<Json<ActDetail>, Failed> {
    audits(&caller)?;
    let found = caller.ask(move |app, _| app.journal_act(seq)).await?;
    Ok(Json((&found.ok_or_else(Failed::nothing_here)?).into()))
}
