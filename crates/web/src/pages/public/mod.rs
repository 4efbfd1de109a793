//! The public portal: what this place is, whether one qualifies, the policy, notices, objections and their receipts. Nobody signs
//! in here, every page works without script, and only the form of an objection writes.

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

mod article;
mod ask;
mod download;
mod front;
mod law;
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
        .route("/notices/{plan}", get(notice::show))
        .route("/notices/{plan}/notice.csv", get(download::csv))
        .route("/notices/{plan}/notice.pdf", get(pdf::send))
        .route("/notices/{plan}/notice.json", get(download::json))
        .route("/notices/{plan}/object", get(object::show).post(object::send))
        .route("/receipt", get(receipt::show))
}

#[cfg(test)]
mod tests;
