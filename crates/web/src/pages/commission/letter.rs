//! `/plans/{id}/letters/{at}/letter.pdf`: one of the letters with the results of a plan, as a PDF to print, seal and send.

use app::access::Right;
use axum::extract::Path;
use axum::response::Response;

use crate::error::WebError;
use crate::pages::pdf;
use crate::pages::shared::{id, require, shown};
use crate::state::Seat;

/// The letter.
pub(super) async fn send(seat: Seat, Path((plan, at)): Path<(String, String)>) -> Result<Response, WebError> {
    require(&seat, &[Right::Plan, Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let letter = shown(ctx, seat.app().plan_letter(&seat.viewer, id(&plan)?, id(&at)?))?;
    pdf(
        &seat.state,
        ctx,
        &format!("{}-{}-{}", letter.about, letter.name, letter.to.join("、")),
        letter.paper(),
    )
    .await
}
