//! Pages of the slice `filing`: the applicant's side.

use axum::Router;

use crate::state::AppState;

pub mod render;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
}
