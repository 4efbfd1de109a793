//! `/batches/exceptions`: the reconciliation: only what needs a person. What went well is not listed.

use app::access::Right;
use app::rows::UnclearRow;
use app::view::money::{Exceptions, PaymentNow};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::batch::cells;
use super::parts::sees_batches;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{shown, total};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, badge, details, empty_state, panel};

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    sees_batches(&seat)?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().exceptions(&seat.viewer))?;
    let may_pay = seat.viewer.may(Right::Settle);
    Ok(Page::new(ctx, &ctx.t("batch-exceptions"))
        .width(Width::Wide)
        .crumb("/batches", ctx.t("batch-title"))
        .caption(ctx.t("batch-exceptions-about"))
        .body(body(ctx, &view, may_pay))
        .into_response())
}

/// The three lists: unclear lines, payments without a result, payments that came back.
pub(super) fn body(ctx: &Ctx, view: &Exceptions, may_pay: bool) -> Markup {
    let (open, settled): (Vec<_>, Vec<_>) =
        view.unclear.iter().partition(|(_, unclear)| unclear.settled.is_empty());
    html! {
        @if open.is_empty() && view.open.is_empty() && view.failed.is_empty() {
            (empty_state(&ctx.t("batch-exceptions-none"), &ctx.t("batch-exceptions-none-about"), html! {}))
        }
        @if !open.is_empty() {
            (panel(&ctx.t("batch-unclear"), lines(ctx, "unclear", &open, may_pay)))
        }
        @if !view.open.is_empty() { (panel(&ctx.t("batch-open"), payments(ctx, ("open", "batch-open"), &view.open, may_pay))) }
        @if !view.failed.is_empty() { (panel(&ctx.t("batch-failed"), payments(ctx, ("failed", "batch-failed"), &view.failed, may_pay))) }
        @if !settled.is_empty() {
            (details(&ctx.t_args("batch-settled-lines", &[("count", settled.len().into())]), lines(ctx, "settled", &settled, false)))
        }
    }
}

fn payments(ctx: &Ctx, (id, caption): (&str, &str), list: &[PaymentNow], may_pay: bool) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-line")),
        Head::text(ctx.t("claim-payee")),
        Head::text(ctx.t("batch-account")),
        Head::text(ctx.t("claim-number")),
        Head::amount(ctx.t("claim-amount-yuan")),
        Head::text(ctx.t("claim-standing")),
        Head::text(ctx.t("batch-what-now")),
    ];
    let mut table = DataTable::new(id, ctx.t(caption), heads).quiet_caption();
    for payment in list {
        table = table.row(cells(ctx, payment, may_pay));
    }
    let sum = total(list.iter().map(|payment| payment.row.amount));
    let empty = || html! {};
    table
        .totals(vec![
            html! { (ctx.t("total")) },
            empty(),
            empty(),
            empty(),
            html! { (sum.grouped()) },
            empty(),
            empty(),
        ])
        .html()
}

/// The unclear lines of one batch.
pub(super) fn unclear(ctx: &Ctx, rows: &[UnclearRow], may_pay: bool) -> Markup {
    let rows: Vec<(String, UnclearRow)> = rows.iter().map(|row| (String::new(), row.clone())).collect();
    lines(ctx, "unclear", &rows.iter().collect::<Vec<_>>(), may_pay)
}

fn lines(ctx: &Ctx, id: &str, rows: &[&(String, UnclearRow)], may_pay: bool) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-bank-line")),
        Head::text(ctx.t("batch-why-unclear")),
        Head::text(ctx.t("batch-read-on")),
        Head::text(ctx.t("batch-what-now")),
    ];
    let mut table = DataTable::new(id, ctx.t("batch-unclear"), heads).quiet_caption();
    for (number, row) in rows {
        table = table.row(vec![
            html! { (ctx.zh(&row.text)) @if !number.is_empty() { p.hint { a href={ "/batches/" (row.batch) } { (number) } } } },
            ctx.zh(&row.reason),
            html! { (ctx.date(row.on)) },
            html! {
                @if !row.settled.is_empty() {
                    (badge(Badge::Green, &ctx.t("batch-settled"))) p.hint { (ctx.zh(&row.settled)) }
                } @else if may_pay {
                    a href={ "/batches/" (row.batch) "/unclear/" (row.place) } {
                        (ctx.t("batch-settle")) span.sr-only { ", " (row.text) }
                    }
                } @else { (badge(Badge::Red, &ctx.t("batch-not-settled"))) }
            },
        ]);
    }
    html! { p.hint { (ctx.t("batch-unclear-about")) } (table.html()) }
}
