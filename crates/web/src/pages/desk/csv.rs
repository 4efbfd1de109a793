//! `/cases.csv`: the selection of the list as a file that Excel opens: UTF-8 with its mark, one line a case.

use app::access::Right;
use app::view::cases::{CaseLineShown, CaseQuery};
use axum::extract::Query;
use axum::response::Response;
use kernel::Money;
use std::collections::BTreeMap;

use super::cases::asked;
use super::parts::standing_word;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{paged, say};
use crate::state::Seat;

/// The export, page after page.
pub async fn export(seat: Seat, Query(query): Query<BTreeMap<String, String>>) -> Result<Response, WebError> {
    if !seat.viewer.may(Right::SeeCases) {
        return Err(WebError::Forbidden);
    }
    let (name, query) = (format!("cases-{}.csv", seat.ctx.today), asked(&query));
    paged(&seat, &name, move |seat, after| {
        let mut text = if after.is_none() { heads(&seat.ctx) } else { String::new() };
        let (rows, next) = seat.app().cases_part(&seat.viewer, &CaseQuery { after, ..query.clone() })?;
        for row in &rows {
            put(&mut text, &seat.ctx, row);
        }
        Ok((text.into_bytes(), next))
    })
}

/// The beginning of the file: its mark and the headings.
pub fn heads(ctx: &Ctx) -> String {
    let mut out = String::from('\u{feff}');
    let heads = [
        ctx.t("cases-number"),
        ctx.t("cases-procedure"),
        ctx.t("cases-year"),
        ctx.t("cases-name"),
        ctx.t("cases-applicant"),
        ctx.t("cases-company"),
        ctx.t("cases-desk"),
        ctx.t("cases-county"),
        ctx.t("cases-standing"),
        ctx.t("cases-stage"),
        ctx.t("cases-due"),
        ctx.t("cases-amount"),
        ctx.t("cases-paid"),
        ctx.t("cases-filed"),
        ctx.t("cases-changed"),
    ];
    line(&mut out, &heads);
    out
}

/// Adds the line of a case.
pub fn put(out: &mut String, ctx: &Ctx, shown: &CaseLineShown) {
    let row = &shown.row;
    let cells = [
        row.number.clone(),
        say(ctx, &shown.procedure).to_owned(),
        row.year.to_string(),
        row.title.clone(),
        row.applicant_name.clone(),
        row.company_name.clone(),
        shown.desk.clone(),
        shown.county.clone(),
        standing_word(ctx, &row.standing),
        ctx.pick(&row.stage, &row.stage_en).to_owned(),
        row.due.map_or_else(String::new, |d| d.to_string()),
        amount(row.amount),
        amount(row.paid),
        row.filed_on.to_string(),
        row.changed_on.to_string(),
    ];
    line(out, &cells);
}

/// Plain digits, so that a spreadsheet adds them.
fn amount(money: Money) -> String {
    if money == Money::ZERO { String::new() } else { money.to_string() }
}

fn line(out: &mut String, cells: &[String]) {
    for (at, text) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&cell(text));
    }
    out.push_str("\r\n");
}

/// Quoted where need be; what a spreadsheet would take for a formula is made text.
pub(super) fn cell(text: &str) -> String {
    let safe =
        if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}
