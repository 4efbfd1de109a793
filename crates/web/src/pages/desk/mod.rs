//! Pages of the slice `desk`: inbox, list and page of cases, the desks where steps are done, monthly reports, duties.

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

mod case;
mod case_tabs;
mod cases;
mod csv;
mod do_page;
mod duties;
mod filed;
mod inbox;
mod inspect;
mod parse;
mod parts;
mod pay;
mod place;
mod propose;
mod reports;
mod reveal;
mod review;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;
mod timeline;
mod withdraw;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/inbox", get(inbox::show))
        .route("/cases", get(cases::show))
        .route("/cases.csv", get(csv::export))
        .route("/cases/{id}", get(case::show))
        .route("/cases/{id}/form/{version}", get(filed::show))
        .route("/cases/{id}/do/{step}", get(do_page::show).post(do_page::act))
        .route("/cases/{id}/reveal/{field}", get(reveal::show).post(reveal::look))
        .route("/cases/{id}/withdraw", get(withdraw::show).post(withdraw::send))
        .route("/reports", get(reports::show))
        .route("/reports/{period}", get(reports::month).post(reports::file))
        .route("/duties", get(duties::show))
}
