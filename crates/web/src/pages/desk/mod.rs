//! Pages of the slice `desk`: inbox, list and page of cases, the desks where steps are done, monthly reports, duties.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::state::AppState;

mod begin;
pub mod bound;
pub mod case;
mod case_tabs;
mod cases;
mod csv;
mod do_page;
mod duties;
mod filed;
mod forms_tab;
mod inbox;
mod inspect;
mod letter;
mod notice;
mod objection;
mod parse;
mod parts;
mod pay;
mod place;
mod propose;
mod related;
mod reports;
mod reveal;
mod review;
mod rules;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod timeline;
mod together;
mod withdraw;
mod work;

pub use forms_tab::form_name;

/// The most bytes of one upload: ten files of the largest size.
const UPLOAD_MAX: usize = 10 * app::view::filing::FILE_MAX + 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/inbox", get(inbox::show))
        .route("/cases", get(cases::show))
        .route("/cases.csv", get(csv::export))
        .route("/cases/{id}", get(case::show))
        .route("/cases/{id}/bound.pdf", get(bound::send))
        .route("/cases/{id}/form/{version}", get(filed::show))
        .route("/cases/{id}/steps/{at}", get(forms_tab::step))
        .route("/cases/{id}/steps/{at}/letter.pdf", get(letter::send))
        .route(
            "/cases/{id}/do/{step}",
            get(do_page::show).post(do_page::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route(
            "/begin/{procedure}",
            get(begin::show).post(begin::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route(
            "/together/{procedure}/{step}",
            get(together::show::show).post(together::show::act).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route("/cases/{id}/together/{step}", get(together::list::show))
        .route("/cases/{id}/together/{step}/list.pdf", get(together::paper::send))
        .route("/cases/{id}/together/{step}/list.csv", get(together::paper::table))
        .route("/cases/{id}/aside", post(related::write))
        .route("/cases/{id}/objections/{objection}", get(objection::show).post(objection::answer))
        .route("/cases/{id}/reveal/{field}", get(reveal::show).post(reveal::look))
        .route("/cases/{id}/withdraw", get(withdraw::show).post(withdraw::send))
        .route("/reports", get(reports::show))
        .route("/reports/{period}", get(reports::month).post(reports::file))
        .route("/reports/{period}/{step}", get(reports::table))
        .route("/reports/{period}/{step}/table.csv", get(reports::csv))
        .route("/reports/{period}/{step}/{org}", get(reports::filed))
        .route("/duties", get(duties::show))
}
