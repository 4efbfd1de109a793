//! Pages of the library of projects: the list with its filters and exports, and one project over everything that belongs to it.

mod archive;
mod life;
mod list;
mod one;
pub mod stands;
mod words;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

pub use words::standing;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/library", get(list::show))
        .route("/library/{id}", get(one::show))
        .route("/library/{id}/archive.zip", get(archive::send))
}
