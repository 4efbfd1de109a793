//! Files of projects, places and allocations, to be kept as files and never shown within the site.

use app::view::money::HeldBy;
use axum::extract::Path;
use axum::response::Response;

use crate::error::WebError;
use crate::pages::shared::{download, id, shown};
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
    download(&file.name, &file.media, file.bytes)
}
