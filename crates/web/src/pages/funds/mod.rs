//! Booked funds: the table of figures, the flow of money, sources with their cash and cuts, and following a fen both ways.

mod backward;
mod cash;
mod cut;
mod find;
mod flow;
mod forward;
mod list;
mod months;
mod new;
mod one;
mod parts;
mod rows;
mod table;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/funds", get(table::show))
        .route("/funds/flow", get(flow::show))
        .route("/funds/rows", get(rows::show))
        .route("/sources", get(list::show))
        .route("/sources/new", get(new::show).post(new::register))
        .route("/sources/{id}", get(one::show))
        .route("/sources/{id}/cash", get(cash::show).post(cash::book))
        .route("/sources/{id}/cut", get(cut::show).post(cut::record))
        .route("/trace", get(find::show))
        .route("/trace/source/{id}", get(forward::show))
        .route("/trace/payment/{batch}/{line}", get(backward::show))
}
