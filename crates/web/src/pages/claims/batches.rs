//! `/batches`: what waits for a batch, by fund, and the batches that were made.

use app::view::money::{BatchLine, BatchList, BatchQuery, DueClaims, batch_standing};
use axum::extract;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{batch_badge, sees_batches};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{Filters, Listing, Query, address, asked, say, shown, total};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, Opt, badge, button, empty_state, panel, panel_with};

const FILTERS: [&str; 2] = ["fund", "standing"];

/// The list.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    sees_batches(&seat)?;
    let ctx = &seat.ctx;
    let query = query.0;
    let wanted = BatchQuery {
        fund: asked(&query, "fund"),
        standing: asked(&query, "standing"),
        after: asked(&query, "after"),
    };
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::batches(&seat, &wanted, format);
    }
    let view = shown(ctx, seat.app().batch_list(&seat.viewer, &wanted))?;
    let at = Listing::new("/batches", &FILTERS, &query);
    let body = html! {
        (panel(&ctx.t("batch-waiting"), waiting(ctx, &view)))
        (filters(&seat, at).html(ctx))
        @if view.lines.is_empty() {
            (at.empty(ctx, empty_state(&ctx.t("batch-none"), &ctx.t("batch-none-about"), html! {})))
        } @else {
            (panel_with(&ctx.t("batch-list"), html! { a href="/batches/exceptions" { (ctx.t("batch-exceptions")) } },
                html! { (table(ctx, &view.lines)) (at.pager(ctx, view.next.as_deref(), (view.lines.len(), view.total))) (tables::links(ctx, &at.here())) }))
        }
    };
    Ok(Page::new(ctx, &ctx.t("batch-title"))
        .width(Width::Wide)
        .caption(ctx.t("batch-list-about"))
        .beside_title(html! {
            a.button href="/batches/exceptions" { (ctx.t("batch-exceptions")) } " "
            @if view.may_make { (button::link_primary("/batches/new", &ctx.t("batch-new"))) }
        })
        .body(body)
        .into_response())
}

/// What waits, fund by fund.
fn waiting(ctx: &Ctx, view: &BatchList) -> Markup {
    if view.due.is_empty() {
        return empty_state(&ctx.t("batch-waiting-none"), &ctx.t("batch-waiting-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("claim-fund")),
        Head::amount(ctx.t("batch-claims")),
        Head::amount(ctx.t("claim-approved-yuan")),
        Head::text(ctx.t("batch-next")),
    ];
    let mut table = DataTable::new("waiting", ctx.t("batch-waiting"), heads).quiet_caption();
    for due in &view.due {
        table = table.row(vec![
            html! { (say(ctx, &due.name)) },
            html! { (due.claims.len()) },
            html! { (due.total.grouped()) },
            next(ctx, view, due),
        ]);
    }
    let claims: usize = view.due.iter().map(|due| due.claims.len()).sum();
    let sum = total(view.due.iter().map(|due| due.total));
    table
        .totals(vec![html! { (ctx.t("total")) }, html! { (claims) }, html! { (sum.grouped()) }, html! {}])
        .html()
}

fn next(ctx: &Ctx, view: &BatchList, due: &DueClaims) -> Markup {
    html! {
        @if view.may_make {
            a href=(address("/batches/new", &[("fund", &due.fund)])) {
                (ctx.t("batch-pick")) span.sr-only { ", " (say(ctx, &due.name)) }
            }
        }
    }
}

fn filters<'q>(seat: &Seat, at: Listing<'q>) -> Filters<'q> {
    let ctx = &seat.ctx;
    let funds = seat.viewer.pack.funds.iter().filter(|fund| fund.booked());
    let standings = ["made", "released", "settled"];
    Filters::of(at)
        .choice(
            "fund",
            ctx.t("claim-fund"),
            funds.map(|fund| Opt::new(fund.id.clone(), say(ctx, &fund.name))).collect(),
        )
        .choice(
            "standing",
            ctx.t("claim-standing"),
            standings.map(|word| Opt::new(word, say(ctx, &batch_standing(word)))).into(),
        )
}

fn table(ctx: &Ctx, lines: &[BatchLine]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-number")),
        Head::text(ctx.t("claim-fund")),
        Head::amount(ctx.t("batch-payments")),
        Head::amount(ctx.t("batch-total-yuan")),
        Head::amount(ctx.t("batch-paid-yuan")),
        Head::amount(ctx.t("batch-failed-yuan")),
        Head::text(ctx.t("claim-standing")),
        Head::text(ctx.t("batch-made-on")),
    ];
    let mut table = DataTable::new("batches", ctx.t("batch-list"), heads).quiet_caption();
    for line in lines {
        let row = &line.row;
        let cells = vec![
            html! { a href={ "/batches/" (row.batch) } { (ctx.zh(&row.number)) } },
            html! { (say(ctx, &line.fund)) },
            html! { (row.lines) },
            html! { (row.total.grouped()) },
            html! { (row.paid.grouped()) },
            html! { (row.failed.grouped()) },
            html! {
                (batch_badge(ctx, &row.standing, &line.standing))
                @if row.unclear > 0 { " " (badge(Badge::Red, &ctx.t_args("batch-unclear-count", &[("count", row.unclear.into())]))) }
            },
            html! { (ctx.date(row.made_on)) },
        ];
        table = if row.unclear > 0 { table.marked_row(cells) } else { table.row(cells) };
    }
    let sum = |of: fn(&BatchLine) -> kernel::Money| total(lines.iter().map(of));
    table
        .totals(vec![
            html! { (ctx.t("claim-sum-here")) },
            html! {},
            html! {},
            html! { (sum(|line| line.row.total).grouped()) },
            html! { (sum(|line| line.row.paid).grouped()) },
            html! { (sum(|line| line.row.failed).grouped()) },
            html! {},
            html! {},
        ])
        .html()
}
