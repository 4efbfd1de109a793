//! Pages of people and organisations: signing in and out, passwords, registration of an enterprise, and administration.
//!
//! What happens behind the password (hashing, counting, sessions) is the application's; here is only who sees which page. Hashing
//! takes tens of milliseconds, so everything that may hash or waits for an act runs beside the async threads ([`beside`]).

mod account;
mod admin;
mod first;
mod handover;
mod lend;
mod nav;
mod org;
mod org_acts;
mod org_new;
mod orgs;
mod parts;
mod password;
mod person;
mod person_acts;
mod register;
mod sessions;
mod sign_in;
mod sign_out;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use crate::error::WebError;
use crate::session::{PASSWORD_PATH, SIGN_IN_PATH, SIGN_OUT_PATH};
use crate::state::AppState;

pub use nav::home;
pub use sessions::AppSessions;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(SIGN_IN_PATH, get(sign_in::show).post(sign_in::enter))
        .route(SIGN_OUT_PATH, get(sign_out::show).post(sign_out::leave))
        .route(PASSWORD_PATH, get(password::show).post(password::change))
        .route("/account", get(account::show).post(account::act))
        .route(lend::PATH, get(lend::show).post(lend::act))
        .route("/handover/{person}/{org}", get(handover::show).post(handover::act))
        .route("/handover/{person}/done/{seq}", get(handover::done))
        .route("/register", get(register::show).post(register::register))
        .route("/admin", get(admin::show))
        .route("/admin/orgs", get(orgs::show))
        .route("/admin/orgs/new", get(org_new::show).post(org_new::add))
        .route("/admin/orgs/{id}", get(org::show).post(org_acts::act))
        .route("/admin/people/{id}", get(person::show).post(person_acts::act))
}

/// Does work that takes a while on a thread of its own.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| WebError::Bug { operator: format!("work beside the request: {error}") })
}
