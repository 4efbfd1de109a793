//! `/batches/{id}/file.csv` and `/batches/{id}/pain001.xml`: the file that was released, the same bytes each time, in the form in which
//! it was released and in no other: two files of one batch could be paid twice.

use app::payout::FileForm;
use axum::extract::Path;
use axum::response::Response;

use super::batch::load;
use super::beside;

use crate::error::WebError;
use crate::pages::shared::{download, shown};
use crate::state::Seat;

/// The file as comma-separated values.
pub(super) async fn csv(seat: Seat, Path(batch): Path<String>) -> Result<Response, WebError> {
    file(&seat, &batch, FileForm::Csv).await
}

/// The file as pain.001.
pub(super) async fn pain001(seat: Seat, Path(batch): Path<String>) -> Result<Response, WebError> {
    file(&seat, &batch, FileForm::Pain001).await
}

async fn file(seat: &Seat, batch: &str, form: FileForm) -> Result<Response, WebError> {
    let view = load(seat, batch)?;
    if !view.may_pay {
        return Err(WebError::Forbidden);
    }
    let released = view.line.row.digest.split_once(':').and_then(|(word, _)| FileForm::parse(word));
    if view.released_on.is_none() || released != Some(form) {
        return Err(WebError::NotFound);
    }
    let (app, viewer, batch) = (seat.app().clone(), seat.viewer.clone(), view.line.row.batch);
    // A release that is on record is not written again; it is only compared.
    let file = beside(move || app.release_batch(&viewer, batch, form, "")).await?;
    let file = shown(&seat.ctx, file)?;
    let media = match file.form {
        FileForm::Csv => "text/csv; charset=utf-8",
        FileForm::Pain001 => "application/xml",
    };
    download(&file.name, media, file.bytes)
}
