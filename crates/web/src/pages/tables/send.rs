//! A table as a file for the browser to keep, and the small links that ask for it.

use app::tables::{Format, Table};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{Seat, web_error};

/// The format that an address asks for: `?format=xlsx`, `?format=csv`.
pub fn asked(format: Option<&str>) -> Option<Format> {
    format.and_then(Format::of)
}

/// Two small links to the same list as a file; `address` is the list with its filters.
pub fn links(ctx: &Ctx, address: &str) -> Markup {
    let between = if address.contains('?') { '&' } else { '?' };
    let href = |format: Format| format!("{address}{between}format={}", format.ending());
    html! {
        p.hint.export-links {
            (ctx.t("tables-export")) " "
            a href=(href(Format::Xlsx)) download { "Excel" } " · " a href=(href(Format::Csv)) download { "CSV" }
        }
    }
}

/// The table as a file.
pub(super) fn table(seat: &Seat, table: &Table, format: Format) -> Result<Response, WebError> {
    let done = seat.app().workbooks.export(table, format);
    let bytes = done.map_err(|fault| web_error(&seat.ctx, fault.into()))?;
    let name = format!("{}-{}.{}", table.title, seat.ctx.today, format.ending());
    file(&name, format.media(), bytes)
}

/// Bytes to be kept as a file and never shown within the site.
pub(super) fn file(name: &str, media: &str, bytes: Vec<u8>) -> Result<Response, WebError> {
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(name));
    let mut response = bytes.into_response();
    for (head, value) in [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        response.headers_mut().insert(head, HeaderValue::from_str(value).map_err(|_| WebError::NotFound)?);
    }
    Ok(response)
}
