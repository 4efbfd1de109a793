//! Pages of the reimbursement desk and of payments: claims with their bills, checking and approving by two people, batches for the
//! bank, its results, and what of them needs a person.
//!
//! Steps are found by their act in the pack, never by name. What a person did before and may not do again is said before they try.

mod batch;
mod batch_file;
mod batch_new;
mod batch_paper;
mod batches;
mod bill_row;
mod bills;
mod checking;
mod exceptions;
mod files;
mod form;
mod list;
mod parts;
mod payer;
mod print;
mod results;
mod roster;
mod show;
mod step;
mod take_out;
mod unclear;
mod withdraw;
mod write;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::error::WebError;
use crate::state::AppState;

/// The most bytes of one form with bills: a handful of files of the largest size.
const UPLOAD_MAX: usize = 5 * app::view::filing::FILE_MAX + 2 * 1024 * 1024;
/// The most bytes of a bank's file, and of its lines on their way to the confirmation.
const BANK_FILE_MAX: usize = 8 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    let upload = || DefaultBodyLimit::max(UPLOAD_MAX);
    Router::new()
        .route("/claims", get(list::show))
        .route("/claims/new", get(write::new).post(write::file).layer(upload()))
        .route("/claims/{id}", get(show::show))
        .route("/claims/{id}/edit", get(write::again).post(write::refile).layer(upload()))
        .route("/claims/{id}/do/{step}", get(step::show).post(step::act))
        .route("/claims/{id}/withdraw", get(withdraw::show).post(withdraw::act))
        .route("/claims/{id}/print", get(print::show))
        .route("/claims/{id}/papers/{hash}", get(files::paper))
        .route("/claims/{id}/list/{line}", get(files::list))
        .route("/batches", get(batches::show))
        .route("/batches/new", get(batch_new::show).post(batch_new::make))
        .route("/batches/exceptions", get(exceptions::show))
        .route("/batches/payer/{fund}", get(payer::show).post(payer::save))
        .route("/batches/{id}", get(batch::show).post(batch::release))
        .route("/batches/{id}/list.pdf", get(batch_paper::send))
        .route("/batches/{id}/file.csv", get(batch_file::csv))
        .route("/batches/{id}/pain001.xml", get(batch_file::pain001))
        .route(
            "/batches/{id}/results",
            get(results::show).post(results::act).layer(DefaultBodyLimit::max(BANK_FILE_MAX)),
        )
        .route("/batches/{id}/release-line/{line}", get(take_out::show).post(take_out::act))
        .route("/batches/{id}/unclear/{place}", get(unclear::show).post(unclear::act))
}

/// Does work that takes a while on a thread of its own.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| WebError::Bug { operator: format!("work beside the request: {error}") })
}
