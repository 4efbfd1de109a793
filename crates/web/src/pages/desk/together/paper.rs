//! The list of an act as a paper (批复附表) and as a table for a spreadsheet. Both hold what the page shows to this person.

use app::print::{Block, Column, Document, Look, Signature, Table, Width};
use app::view::together::TogetherDone;
use axum::extract::{Path, State};
use axum::response::Response;

use super::list::{load, title};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::desk::csv::cell;
use crate::pages::pdf;
use crate::pages::shared::{download, say};
use crate::state::{AppState, Seat};

/// The paper.
pub async fn send(
    State(state): State<AppState>,
    seat: Seat,
    Path((case, step)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (case, done) = load(&seat, &case, &step)?;
    pdf(&state, &seat.ctx, &format!("{step}-{case}"), document(&seat.ctx, &done)).await
}

/// The table.
pub async fn table(seat: Seat, Path((case, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let (case, done) = load(&seat, &case, &step)?;
    let text = csv(&seat.ctx, &done).into_bytes();
    download(&format!("{step}-{case}.csv"), "text/csv; charset=utf-8", text)
}

/// The list as a paper: what was decided under which number, the rows with their sum, a line to sign.
pub(super) fn document(ctx: &Ctx, done: &TogetherDone) -> Document {
    let number = Column::short(ctx.t("row-number")).width(Width::Fit);
    let columns = [
        number,
        Column::text(ctx.t("cases-number")),
        Column::text(ctx.t("cases-name")).width(Width::Share(2)),
        Column::text(ctx.t("cases-applicant")).width(Width::Share(2)),
        Column::text(ctx.t("together-place")),
        Column::amount(ctx.t("together-amount")),
    ];
    let mut rows = Table::new(columns);
    for (at, line) in done.lines.iter().enumerate() {
        let amount = line.amount.map(|amount| amount.grouped()).unwrap_or_default();
        let (number, title) = (line.number.clone(), line.title.clone());
        rows = rows.row([(at + 1).to_string(), number, title, line.unit.clone(), line.place.clone(), amount]);
    }
    if done.has_amounts() {
        let none = String::new;
        rows = rows.totals([ctx.t("total"), none(), none(), none(), none(), done.sum().grouped()]);
    }
    if done.hidden > 0 {
        rows = rows.note(ctx.t_args("together-hidden", &[("count", done.hidden.into())]));
    }
    let signature =
        Signature::default().line(ctx.t("together-seal"), done.org.as_str()).line(ctx.t("together-sign"), "");
    Document::new(Look::Form, title(ctx, done), done.on)
        .language(ctx.printed())
        .subtitle(say(ctx, &done.procedure))
        .number(done.document.as_str())
        .issuer(done.org.as_str())
        .fact(ctx.t("desk-done-on"), ctx.date(done.on))
        .push(rows)
        .push(Block::Signatures(vec![signature.on(done.on)]))
}

/// The list as CSV with its mark; amounts in plain digits.
pub(super) fn csv(ctx: &Ctx, done: &TogetherDone) -> String {
    let mut out = String::from('\u{feff}');
    let heads = [
        ctx.t("row-number"),
        ctx.t("cases-number"),
        ctx.t("cases-name"),
        ctx.t("cases-applicant"),
        ctx.t("together-place"),
        ctx.t("together-amount"),
        ctx.t("together-document"),
        ctx.t("desk-done-on"),
    ];
    push(&mut out, &heads);
    for (at, line) in done.lines.iter().enumerate() {
        let amount = line.amount.map(|amount| amount.to_string()).unwrap_or_default();
        let cells = [
            (at + 1).to_string(),
            line.number.clone(),
            line.title.clone(),
            line.unit.clone(),
            line.place.clone(),
            amount,
            done.document.clone(),
            done.on.to_string(),
        ];
        push(&mut out, &cells);
    }
    out
}

fn push(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}
