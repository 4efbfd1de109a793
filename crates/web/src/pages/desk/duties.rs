//! `/duties`: the register of duties that outlive a case, the nearest first.

use app::access::Right;
use app::view::duties::DutyShown;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::due_cell;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{article, say};
use crate::state::{Seat, web_error};
use crate::ui::{DataTable, Head, empty_state};

/// The register.
pub async fn show(seat: Seat) -> Result<Response, WebError> {
    if !seat.viewer.may(Right::SeeCases) {
        return Err(WebError::Forbidden);
    }
    let duties = seat.app().duties(&seat.viewer).map_err(|e| web_error(&seat.ctx, e))?;
    let title = seat.ctx.t("duties-title");
    Ok(Page::new(&seat.ctx, &title).width(Width::Wide).body(page(&seat.ctx, &duties)).into_response())
}

/// The page under its title.
pub fn page(ctx: &Ctx, duties: &[DutyShown]) -> Markup {
    if duties.is_empty() {
        return empty_state(&ctx.t("duties-none"), &ctx.t("duties-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("duty-what")),
        Head::text(ctx.t("cases-case")),
        Head::text(ctx.t("duty-on")),
        Head::text(ctx.t("duty-from")),
        Head::text(ctx.t("duty-until")),
        Head::text(ctx.t("duty-checks")),
    ];
    let table = duties.iter().fold(DataTable::new("duties", ctx.t("duties-title"), heads).quiet_caption(), |table, duty| {
        let cells = vec![
            html! { (say(ctx, &duty.name)) p.hint { (article(&duty.cite)) } },
            html! { a href={ "/cases/" (duty.case) "?tab=duties" } { (ctx.zh(&duty.title)) } p.hint { (duty.number) } },
            html! { (say(ctx, &duty.on)) },
            html! { (ctx.date(duty.from)) },
            due_cell(ctx, Some(&duty.due)),
            html! { (duty.checks.iter().map(|d| ctx.date(*d)).collect::<Vec<_>>().join("、")) },
        ];
        if duty.due.left < 0 { table.marked_row(cells) } else { table.row(cells) }
    });
    html! { div.card { (table.html()) } }
}
