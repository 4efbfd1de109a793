//! Pages of the slice `public`.

use axum::Router;

use crate::state::AppState;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
}
