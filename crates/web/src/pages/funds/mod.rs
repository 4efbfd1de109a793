//! Booked funds: the table of figures, the flow of money, sources with their cash and cuts, and following a fen both ways.

mod backward;
mod cash;
mod compare;
mod compared;
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
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use super::tables::UPLOAD_MAX;
use crate::state::AppState;

pub use compare::HERE as COMPARE;
pub use parts::LOOK as SEES_FUNDS;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/funds", get(table::show))
        .route("/funds/flow", get(flow::show))
        .route("/funds/rows", get(rows::show))
        .route(
            "/funds/compare",
            get(compare::show).post(compare::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route("/funds/compare/template.xlsx", get(compare::template))
        .route("/sources", get(list::show))
        .route("/sources/new", get(new::show).post(new::register))
        .route("/sources/{id}", get(one::show))
        .route("/sources/{id}/cash", get(cash::show).post(cash::book))
        .route("/sources/{id}/cut", get(cut::show).post(cut::record))
        .route("/trace", get(find::show))
        .route("/trace/source/{id}", get(forward::show))
        .route("/trace/payment/{batch}/{line}", get(backward::show))
}
