//! `/library/import`: a table of projects, its columns matched to the form, what would become of each row; the confirmation files
//! what is complete and keeps the rest as drafts.

use app::Failure;
use app::tables::{Format, LibraryPreview, Matching, library_procedure};
use axum::response::{IntoResponse, Response};
use kernel::amount::AmountUnit;

use super::import::{FILE, LOOKED, TICKET, beside};
use super::library_view::{self, COLUMN, PROMISE, UNIT, WHOLE, WITHOUT};
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::download;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::Findings;
use crate::words::word;

/// The page's address.
pub const HERE: &str = "/library/import";

/// The page that takes a file.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    if library_procedure(&seat.viewer).is_none() {
        return Err(WebError::Forbidden);
    }
    Ok(library_view::upload(&seat, &Findings::none()).into_response())
}

/// The empty table of the library's form.
pub(super) async fn template(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let bytes = seat.app().library_template(&seat.viewer, ctx.printed()).map_err(|f| web_error(ctx, f))?;
    download(&format!("{}.xlsx", ctx.t("tables-import-library")), Format::Xlsx.media(), bytes)
}

/// A file, a better matching, the marked file, or the confirmation.
pub(super) async fn act(seat: Seat, form: SubmittedWithFiles) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let (app, viewer) = (seat.app().clone(), seat.viewer.clone());
    let ticket = form.fields.get(TICKET).to_owned();
    let key = fresh_key(seat.app());
    if let Some(file) = form.files.into_iter().find(|file| file.field == FILE) {
        let seen = beside(ctx, move || app.library_preview(&viewer, (&file.name, &file.bytes))).await?;
        return library_view::shown(&seat, &seen, (&key, &Findings::none()));
    }
    if ticket.is_empty() {
        let mut findings = Findings::none();
        findings.add(FILE, ctx.t("tables-no-file"));
        return Ok(library_view::upload(&seat, &findings).into_response());
    }
    let matching = matching(&form.fields);
    if form.fields.act() == "marked" {
        let (name, bytes) = beside(ctx, move || app.library_marked(&viewer, &ticket, &matching)).await?;
        return download(&name, Format::Xlsx.media(), bytes);
    }
    let seen = beside(ctx, move || app.library_preview_again(&viewer, &ticket, &matching)).await?;
    if form.fields.act() == "import" && seen.is_ready() {
        return confirm(&seat, &form.fields, seen).await;
    }
    library_view::shown(&seat, &seen, (&key, &Findings::none()))
}

/// How the person reads the table.
fn matching(form: &Submitted) -> Matching {
    let mut matching = Matching::default();
    for (name, value) in form.pairs().filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(at) = name.strip_prefix(COLUMN).and_then(|at| at.parse().ok()) {
            matching.columns.insert(at, value.to_owned());
        } else if let Some(at) = name.strip_prefix(UNIT).and_then(|at| at.parse().ok()) {
            let unit = if value == "wan" { AmountUnit::Wan } else { AmountUnit::Yuan };
            matching.units.insert(at, unit);
        } else if let Some(key) = name.strip_prefix(WHOLE) {
            matching.whole.insert(key.to_owned(), value.to_owned());
        }
    }
    matching.without = form.all(WITHOUT).filter_map(|row| row.parse().ok()).collect();
    matching
}

/// Files what is complete, all or none, then keeps the drafts.
async fn confirm(seat: &Seat, form: &Submitted, seen: LibraryPreview) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let key = form.get("key");
    let mut findings = Findings::none();
    if form.get(PROMISE) != seen.promise() {
        findings.add(PROMISE, ctx.t("tables-library-changed"));
    } else if seen.table.differs() && !form.has(LOOKED) {
        findings.add(LOOKED, ctx.t("tables-library-look-first"));
    }
    if !findings.is_empty() {
        return library_view::shown(seat, &seen, (key, &findings));
    }
    let table = seat.app().library_table(&seat.viewer, &seen).map_err(|failure| web_error(ctx, failure))?;
    if let Some(command) = table.command {
        match seat.submit(key, command).await {
            Ok(_) => {}
            Err(Failure::Refused(refusal)) => {
                let said = refusal_of(ctx, &refusal);
                let article = said.article.map_or_else(String::new, |article| format!("（{article}）"));
                findings.add(PROMISE, format!("{}{article}", said.text));
                return library_view::shown(seat, &seen, (&fresh_key(seat.app()), &findings));
            }
            Err(failure) => return Err(web_error(ctx, failure)),
        }
    }
    let (filed, drafts, _) = seen.counts();
    let (app, viewer) = (seat.app().clone(), seat.viewer.clone());
    beside(ctx, move || app.keep_drafts(&viewer, &table.drafts)).await?;
    let done = Flash::done(word("tables-library-done"))
        .with("filed", filed.to_string())
        .with("drafts", drafts.to_string());
    Ok(go_with(if drafts > 0 { "/file" } else { "/library" }, &done))
}
