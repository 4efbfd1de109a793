//! Tables in and out: sources, budget lines and allocation lines from a spreadsheet, and every list of money as a file.
//!
//! A file is read and shown before anything is on record; what is confirmed is booked whole or not at all. The file itself is
//! kept under its digest, and the form carries a ticket to it, so that the preview needs no script.

pub mod export;
pub mod funds;
mod import;
mod library;
mod library_view;
mod preview;
mod send;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::state::AppState;

pub use import::{FILE, TICKET, beside};
pub use library::HERE as LIBRARY_IMPORT;
pub use library_view::checks;
pub use preview::{found, upload_form};
pub use send::{asked, links, table};

/// The most bytes of a form with a table.
pub const UPLOAD_MAX: usize = 22 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    let limit = || DefaultBodyLimit::max(UPLOAD_MAX);
    Router::new()
        .route("/sources/import", get(import::sources).post(import::act_sources).layer(limit()))
        .route("/library/import", get(library::show).post(library::act).layer(limit()))
        .route("/library/import/template.xlsx", get(library::template))
        .route("/sources/import/template.xlsx", get(import::template_sources))
        .route("/projects/{id}/lines/import", get(import::project).post(import::act_project).layer(limit()))
        .route("/projects/{id}/lines/import/template.xlsx", get(import::template_project))
        .route(
            "/allocations/{id}/import",
            get(import::allocation).post(import::act_allocation).layer(limit()),
        )
        .route("/allocations/{id}/import/template.xlsx", get(import::template_allocation))
        .route("/claims/roster-template.xlsx", get(import::template_roster))
}
