//! The table of a plan as CSV for a spreadsheet: UTF-8 with its mark, every text quoted, no cell that a spreadsheet would run.

use app::access::Right;
use app::view::{PlanLine, PlanPage};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kernel::id::PlanId;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{require, say, shown};
use crate::state::Seat;

/// The file.
pub(super) async fn table(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    require(&seat, &[Right::Plan, Right::SeeMoney])?;
    let id: PlanId = crate::pages::shared::id(&id)?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().plan_page(&seat.viewer, id))?;
    let name = format!("attachment; filename=\"plan-{id}.csv\"");
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], csv(ctx, &view))
        .into_response())
}

/// The table: a mark, a line of headings, a line an item, a line of totals.
pub(super) fn csv(ctx: &Ctx, view: &PlanPage) -> String {
    let mut heads = vec![ctx.t("commission-rank"), ctx.t("commission-reasons"), ctx.t("commission-number")];
    heads.extend([ctx.t("commission-title"), ctx.t("commission-applicant"), ctx.t("commission-company")]);
    heads.push(ctx.t("commission-county"));
    heads.extend(view.kind_heads.iter().map(|name| say(ctx, name).to_owned()));
    heads.extend([
        ctx.t("commission-ratio"),
        ctx.t("commission-proposed-yuan"),
        ctx.t("commission-planned-yuan"),
    ]);
    heads.extend([ctx.t("commission-in"), ctx.t("commission-state"), ctx.t("commission-note")]);
    let mut text = String::from('\u{feff}');
    line(&mut text, &heads);
    for one in &view.lines {
        line(&mut text, &cells(ctx, one));
    }
    text
}

fn cells(ctx: &Ctx, one: &PlanLine) -> Vec<String> {
    let reasons: Vec<&str> = one.reasons.iter().map(|reason| say(ctx, &reason.text)).collect();
    let verdict = one.item.as_ref().and_then(|item| item.verdict);
    let state = match verdict {
        Some((true, _)) => ctx.t("commission-granted"),
        Some((false, _)) => ctx.t("commission-refused"),
        None if !one.objections.is_empty() => ctx.t("commission-objection-open"),
        None => say(ctx, &one.stage).to_owned(),
    };
    let mut cells = vec![one.rank.to_string(), reasons.join("；"), one.number.clone()];
    cells.extend([one.title.clone(), one.applicant.clone(), one.company.clone(), one.county.clone()]);
    cells.extend(one.kinds.iter().map(|kind| say(ctx, kind).to_owned()));
    cells.push(one.ratio.map_or_else(String::new, |ratio| ratio.to_string()));
    cells.extend([one.proposed.to_string(), one.amount().to_string()]);
    cells.push(if one.item.is_some() { ctx.t("commission-yes") } else { ctx.t("commission-no") });
    cells.extend([state, one.item.as_ref().map_or_else(String::new, |item| item.note.clone())]);
    cells
}

/// One line. A text that begins like a formula is made a text.
pub(super) fn line(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        text.push('"');
        if runs {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
