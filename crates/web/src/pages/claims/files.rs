//! `/claims/{id}/papers/{hash}` and `/claims/{id}/list/{line}`: papers to bills, and the lists of payees.

use axum::extract::Path;
use axum::response::Response;
use kernel::id::{ClaimId, PaperHash};

use super::parts::sees_claims;
use crate::error::WebError;
use crate::pages::shared::{download, id, shown};
use crate::state::Seat;

/// A paper.
pub(super) async fn paper(
    seat: Seat,
    Path((claim, hash)): Path<(String, String)>,
) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let (claim, hash): (ClaimId, PaperHash) = (id(&claim)?, id(&hash)?);
    let file = shown(&seat.ctx, seat.app().claim_paper(&seat.viewer, claim, &hash))?;
    download(&file.name, &file.media, file.bytes)
}

/// A list.
pub(super) async fn list(
    seat: Seat,
    Path((claim, line)): Path<(String, String)>,
) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let (claim, line): (ClaimId, i64) = (id(&claim)?, id(&line)?);
    let file = shown(&seat.ctx, seat.app().claim_list_file(&seat.viewer, claim, line))?;
    download(&file.name, &file.media, file.bytes)
}
