//! The pages, one folder a slice: the same names as in the application and the core.

use axum::Router;

use crate::state::AppState;

pub mod claims;
pub mod commission;
pub mod demo;
pub mod desk;
pub mod filing;
pub mod funds;
pub mod library;
mod links;
mod pdf;
pub mod people;
pub mod projects;
pub mod public;
pub mod registers;
pub mod rosters;
mod shared;
pub mod tables;

pub use pdf::{pdf, printed};

/// Every page of the program.
pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(public::routes())
        .merge(people::routes())
        .merge(filing::routes())
        .merge(desk::routes())
        .merge(library::routes())
        .merge(registers::routes())
        .merge(commission::routes())
        .merge(funds::routes())
        .merge(projects::routes())
        .merge(claims::routes())
        .merge(tables::routes())
        .merge(rosters::routes())
}
