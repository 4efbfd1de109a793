//! Registers: which there are, and the lines and sums of one.

use axum::Json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At};
use super::problem::Failed;
use super::wire::registers::{Register, RegisterAsk, Registers};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

#[utoipa::path(get, path = "/registers", tag = "registers", summary = "台账目录 / The registers of the regime",
    responses((status = 200, body = Registers)))]
async fn list(caller: Caller) -> Result<Json<Registers>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.registers(viewer)).await?).into()))
}

#[utoipa::path(get, path = "/registers/{id}", tag = "registers", summary = "台账 / A register: its lines within one's scope and their sums",
    params(("id" = String, Path, description = "The register of the regime"), RegisterAsk),
    responses((status = 200, body = Register)))]
async fn one(
    caller: Caller,
    At(id): At<String>,
    Asked(ask): Asked<RegisterAsk>,
) -> Result<Json<Register>, Failed> {
    let query = ask.into();
    let seen = caller.ask(move |app, viewer| app.register(viewer, &id, &query));
    Ok(Json((&seen.await?).into()))
}
