//! The interface for other programs, `/api/v1`: the same acts and views as the pages, the same people, rights and refusals.
//!
//! One slice a file: each handler reads, asks one use case, answers once. What goes over the wire is declared in [`wire`]; the OpenAPI
//! document is made from the handlers, so that it cannot say another thing than the program; the page `/api` is drawn from the document.
//! Nothing here decides: rights, scopes and rules are the use cases' own.

mod allocations;
mod asides;
mod auth;
mod batches;
mod body;
mod cases;
mod claims;
mod consents;
mod docs;
mod document;
mod funds;
mod journal;
mod papers;
mod people;
mod plans;
mod problem;
mod projects;
mod registers;
mod reports;
mod rosters;
mod sources;
pub mod wire;
mod years;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use utoipa_axum::router::OpenApiRouter;

pub use document::document;

use crate::state::AppState;

/// Under which address it lies.
pub const ROOT: &str = "/api/v1";
/// No body of JSON may be larger; files have their own limit.
const JSON_BYTES_MAX: usize = 4 * 1024 * 1024;

/// All slices, with their part of the document.
fn slices() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(funds::routes())
        .merge(sources::routes())
        .merge(projects::routes())
        .merge(consents::routes())
        .merge(allocations::routes())
        .merge(claims::routes())
        .merge(batches::routes())
        .merge(cases::routes())
        .merge(rosters::routes())
        .merge(asides::routes())
        .merge(registers::routes())
        .merge(plans::routes())
        .merge(years::routes())
        .merge(reports::routes())
        .merge(people::routes())
        .merge(journal::routes())
        .layer(DefaultBodyLimit::max(JSON_BYTES_MAX))
        .merge(papers::routes())
}

/// The interface, its document and its documentation page.
pub fn routes() -> Router<AppState> {
    let (slices, _) = slices().split_for_parts();
    let slices = slices.layer(Extension(Arc::new(auth::Known::default())));
    Router::new()
        .nest(ROOT, slices)
        .route("/api/v1/openapi.json", get(|| async { Json(document()) }))
        .route("/api", get(docs::show))
}

/// Whether an answer to this address is for a program.
pub fn is_ours(uri: &Uri) -> bool {
    uri.path().strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a bare status of the framework or of a layer becomes for a program.
pub fn bare(status: StatusCode) -> Response {
    problem::Failed::of_status(status).into_response()
}
