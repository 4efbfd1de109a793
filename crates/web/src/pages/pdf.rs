//! A document as a PDF for the browser to keep. Typesetting takes a processor for a while, so it is done off the threads that answer.

use app::print::{Document, PressFault};
use axum::response::Response;
use std::sync::Arc;

use super::shared::download;
use crate::ctx::Ctx;
use crate::error::{Fault, Refusal, Unprinted, WebError};
use crate::state::AppState;

/// The document under this name, without ending.
pub async fn pdf(state: &AppState, ctx: &Ctx, name: &str, document: Document) -> Result<Response, WebError> {
    download(&format!("{name}.pdf"), "application/pdf", printed(state, ctx, document).await?)
}

/// The bytes of the document as PDF.
pub async fn printed(state: &AppState, ctx: &Ctx, document: Document) -> Result<Vec<u8>, WebError> {
    let press = Arc::clone(&state.app.press);
    let made = tokio::task::spawn_blocking(move || press.pdf(&document)).await;
    match made {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(fault)) => Err(unprinted(ctx, &fault)),
        Err(ended) => Err(WebError::Bug { operator: format!("the press ended: {ended}") }),
    }
}

/// A fault of the press as a page: what the clerk can mend is a refusal, what the administrator can mend is told to the clerk, too.
fn unprinted(ctx: &Ctx, fault: &PressFault) -> WebError {
    let words = fault.clerk();
    let text = ctx.pick(&words.zh, &words.en).to_owned();
    let refused = |code: &str| {
        let refusal = Refusal { code: code.to_owned(), text: text.clone(), ..Refusal::default() };
        WebError::Refused(Box::new(refusal))
    };
    match fault {
        PressFault::NoFont { .. } => {
            WebError::Unprinted(Box::new(Unprinted { text, operator: fault.to_string() }))
        }
        PressFault::MissingGlyph { .. } => refused("print-character"),
        PressFault::BadAttachment { .. } => refused("print-file"),
        PressFault::Fault(_) => WebError::Fault(Fault::of(fault)),
    }
}
