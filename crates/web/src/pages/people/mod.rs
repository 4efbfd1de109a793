//! Pages of the slice `people`.

use axum::Router;

use crate::state::AppState;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
}
