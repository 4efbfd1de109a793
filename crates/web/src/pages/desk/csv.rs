//! `/cases.csv`: the selection of the list as a file that Excel opens: UTF-8 with its mark, one line a case.

use app::access::Right;
use app::view::cases::CaseLineShown;
use axum::extract::Query;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kernel::Money;
use std::collections::BTreeMap;

use super::cases::asked;
use super::parts::standing_word;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::say;
use crate::state::{Seat, web_error};

/// The export.
pub async fn export(seat: Seat, Query(query): Query<BTreeMap<String, String>>) -> Result<Response, WebError> {
    if !seat.viewer.may(Right::SeeCases) {
        return Err(WebError::Forbidden);
    }
    let rows = seat.app().cases_export(&seat.viewer, &asked(&query)).map_err(|e| web_error(&seat.ctx, e))?;
    let name = format!("attachment; filename=\"cases-{}.csv\"", seat.ctx.today);
    let heads = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((heads, file(&seat.ctx, &rows)).into_response())
}

/// The file.
pub fn file(ctx: &Ctx, rows: &[CaseLineShown]) -> String {
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
    for shown in rows {
        let row = &shown.row;
        line(
            &mut out,
            &[
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
            ],
        );
    }
    out
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
