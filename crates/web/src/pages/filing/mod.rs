//! Pages of the slice `filing`: the applicant's side. What may be filed, drafts part by part, papers, check and submit, and the
//! form for printing. Generic from the pack's form definitions.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::state::AppState;

mod begin;
mod book;
mod check;
mod draft;
pub mod fields;
pub mod grid;
mod home;
mod papers;
mod part;
pub mod pdf;
mod print;
pub mod render;
mod side;
#[cfg(test)]
mod tests;
pub mod typed;

/// The most bytes of one upload: ten files of the largest size.
const UPLOAD_MAX: usize = 10 * app::view::filing::FILE_MAX + 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/file", get(home::show))
        .route("/file/{procedure}", get(begin::show).post(begin::begin))
        .route("/file/done/{case}", get(check::done))
        .route("/drafts/{key}", get(draft::show).post(draft::act))
        .route("/drafts/{key}/check", get(check::show).post(check::submit))
        .route(
            "/drafts/{key}/papers",
            get(papers::show).post(papers::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route("/drafts/{key}/bound.pdf", get(book::send))
        .route("/drafts/{key}/form.pdf", get(book::form))
        .route("/drafts/{key}/{part}", get(part::show).post(part::save))
        .route("/papers/{hash}", get(papers::download))
        .route("/cases/{id}/print/{version}", get(print::show))
        .route("/cases/{id}/form.pdf", get(pdf::send))
}
