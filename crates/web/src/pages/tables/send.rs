//! A table as a file for the browser to keep, and the small links that ask for it.

use app::tables::{Format, Table};
use axum::response::Response;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::download;
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
pub fn table(seat: &Seat, table: &Table, format: Format) -> Result<Response, WebError> {
    let done = seat.app().workbooks.export(table, format);
    let bytes = done.map_err(|fault| web_error(&seat.ctx, fault.into()))?;
    let name = format!("{}-{}.{}", table.title, seat.ctx.today, format.ending());
    download(&name, format.media(), bytes)
}
