//! Lists of people: what is loaded for which region, the upload with its preview, and the households of a case beside the list.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::state::AppState;

mod case;
mod list;
mod load;
#[cfg(test)]
mod tests;

pub use case::{panel, tab};

/// The most bytes of a form with a list.
const UPLOAD_MAX: usize = 22 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/rosters", get(list::show))
        .route(
            "/rosters/{roster}/load",
            get(load::show).post(load::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route("/rosters/{roster}/template.xlsx", get(load::template))
        .route("/cases/{id}/households", get(case::show))
}
