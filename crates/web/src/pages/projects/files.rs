//! Files of projects, places and allocations, to be kept as files and never shown within the site.

use app::view::money::HeldBy;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::parts::{id, shown};
use crate::cookies::encode;
use crate::error::WebError;
use crate::state::Seat;

/// A file of a project.
pub(super) async fn of_project(
    seat: Seat,
    Path((of, hash)): Path<(String, String)>,
) -> Result<Response, WebError> {
    send(&seat, &HeldBy::Project(id(&of)?), &hash)
}

/// A file of a place or unit.
pub(super) async fn of_place(
    seat: Seat,
    Path((of, hash)): Path<(String, String)>,
) -> Result<Response, WebError> {
    send(&seat, &HeldBy::Place(of), &hash)
}

/// A file of an allocation.
pub(super) async fn of_allocation(
    seat: Seat,
    Path((of, hash)): Path<(String, String)>,
) -> Result<Response, WebError> {
    send(&seat, &HeldBy::Allocation(id(&of)?), &hash)
}

fn send(seat: &Seat, held: &HeldBy, hash: &str) -> Result<Response, WebError> {
    let file = shown(&seat.ctx, seat.app().held_file(&seat.viewer, held, &id(hash)?))?;
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&file.name));
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, file.media.as_str()),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        headers.insert(name, HeaderValue::from_str(value).map_err(|_| WebError::NotFound)?);
    }
    Ok(response)
}
