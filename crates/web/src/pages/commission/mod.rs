//! Pages of the commission: years of the fund, plans and their steps, money, and the journal.
//!
//! Steps are found by their act in the pack, never by name. Who may do a step is decided by the use case; these pages show
//! what others must wait for and say who does it.

mod account;
mod act;
mod journal;
mod letter;
mod money;
mod objection;
mod parts;
mod plan;
mod plan_edit;
mod plan_export;
mod plan_table;
mod plan_try;
mod plans;
mod step;
mod step_decide;
mod step_letters;
mod step_minutes;
mod step_notice;
mod step_sum;
mod year;
mod year_acts;
mod year_form;
mod years;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use crate::error::WebError;
use crate::state::AppState;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/years", get(years::show))
        .route("/years/new", get(year_form::new).post(year_form::open))
        .route("/years/{year}", get(year::show).post(year_acts::act))
        .route("/years/{year}/amend", get(year_form::change).post(year_form::amend))
        .route("/plans", get(plans::show))
        .route("/plans/new", get(plans::new).post(plans::draft))
        .route("/plans/{id}", get(plan::show).post(plan_edit::edit))
        .route("/plans/{id}/table.csv", get(plan_export::table))
        .route("/plans/{id}/letters/{at}/letter.pdf", get(letter::send))
        .route("/plans/{id}/do/{step}", get(step::show).post(step::act))
        .route("/plans/{id}/objections/{objection}", get(objection::show).post(objection::answer))
        .route("/money", get(money::show))
        .route("/money/{account}", get(account::show))
        .route("/journal", get(journal::show).post(journal::verify))
        .route("/journal/{seq}", get(act::show))
}

/// Does work that takes a while on a thread of its own.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| WebError::Bug { operator: format!("work beside the request: {error}") })
}
