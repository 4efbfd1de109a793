//! Pages of projects, of the papers that must be on file, and of allocations.
//!
//! Steps are found by their act in the pack, never by name. What stands in the way of money is said where the money is, with
//! its article and a way to mend it.

mod allocation;
mod allocation_deduct;
mod allocation_form;
mod allocation_lines;
mod allocation_new;
mod allocation_step;
mod allocation_tried;
mod allocations;
mod choices;
mod close;
mod consent;
mod consent_new;
mod consents;
mod contract;
mod doubt;
mod files;
mod health;
mod lines;
mod list;
mod new;
mod one;
mod paper;
pub(super) mod parts;
mod recover;
mod tabs;
mod ties;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::state::AppState;

/// The most bytes of a form with files.
const UPLOAD_MAX: usize = 64 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    let limit = DefaultBodyLimit::max(UPLOAD_MAX);
    Router::new()
        .route("/projects", get(list::show))
        .route("/projects/new", get(new::show).post(new::open))
        .route("/projects/{id}", get(one::show))
        .route("/projects/{id}/lines", get(lines::show).post(lines::save))
        .route("/projects/{id}/contract", get(contract::show).post(contract::save))
        .route("/projects/{id}/paper/{demand}", get(paper::show).post(paper::file).layer(limit))
        .route("/projects/{id}/doubt/{n}", get(doubt::show).post(doubt::decide))
        .route("/projects/{id}/recover", get(recover::show).post(recover::save))
        .route("/projects/{id}/close", get(close::show).post(close::save))
        .route("/projects/{id}/files/{hash}", get(files::of_project))
        .route("/consents", get(consents::show))
        .route("/consents/new", get(consent_new::show).post(consent_new::file).layer(limit))
        .route("/consents/{place}", get(consent::show).post(consent::revoke))
        .route("/consents/{place}/files/{hash}", get(files::of_place))
        .route("/allocations", get(allocations::show))
        .route("/allocations/new", get(allocation_new::show).post(allocation_form::draft))
        .route("/allocations/{id}", get(allocation::show))
        .route("/allocations/{id}/edit", get(allocation_form::show_edit).post(allocation_form::edit))
        .route(
            "/allocations/{id}/do/{step}",
            get(allocation_step::show).post(allocation_step::act).layer(limit),
        )
        .route("/allocations/{id}/files/{hash}", get(files::of_allocation))
}
