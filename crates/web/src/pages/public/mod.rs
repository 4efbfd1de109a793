//! The public portal: what this place is, whether one qualifies, the policy, notices, objections and their receipts. Nobody signs
//! in here, every page works without script, and only the form of an objection writes.

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

mod article;
mod ask;
mod board;
mod clauses;
mod download;
mod front;
mod law;
mod list_files;
mod notice;
mod notices;
mod object;
mod pdf;
mod policy;
mod qualify;
mod receipt;
mod said;
mod signs;
mod try_case;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(front::show))
        .route("/qualify", get(qualify::show).post(qualify::look))
        .route("/policy", get(policy::show))
        .route("/policy/try", get(try_case::show).post(try_case::look))
        .route("/policy/{article}", get(article::show))
        .route("/notices", get(notices::show))
        .route("/notices.csv", get(list_files::csv))
        .route("/notices.json", get(list_files::json))
        .route("/notices/{of}", get(notice::show))
        .route("/notices/{of}/notice.csv", get(download::csv))
        .route("/notices/{of}/notice.pdf", get(pdf::send))
        .route("/notices/{of}/board.pdf", get(board::send))
        .route("/notices/{of}/notice.json", get(download::json))
        .route("/notices/{of}/object", get(object::show).post(object::send))
        .route("/receipt", get(receipt::show))
}

pub(in crate::pages) use notices::address_of as notice_address;
pub(in crate::pages) use pdf::document as notice_paper;

#[cfg(test)]
mod tests;
