//! `/cases/{id}/steps/{at}/letter.pdf`: the official letter of a step, as a PDF to print, seal and send.

use axum::extract::Path;
use axum::response::Response;

use crate::error::WebError;
use crate::pages::pdf;
use crate::pages::shared::{id, shown};
use crate::state::Seat;

/// The letter.
pub async fn send(seat: Seat, Path((case, at)): Path<(String, String)>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let letter = shown(ctx, seat.app().letter(&seat.viewer, id(&case)?, id(&at)?))?;
    pdf(&seat.state, ctx, &format!("{}-{}", letter.about, letter.name), letter.paper()).await
}
