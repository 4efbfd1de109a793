//! `/allocations`: allocation plans, filters in the address, the sum at the foot.

use app::view::money::{AllocationLine, AllocationList, AllocationQuery, booked_funds};
use app::view::pack::{Act, Subject};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::calendar::Calendar;
use maud::{Markup, html};

use super::parts::allocation_badge;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{
    Filters, Listing, Query, amount, asked, doer, fund_side, require, say, shown, total, years,
};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Deadline, DeadlineState, Head, Opt, button, empty_state};
use app::access::Right;

const FILTERS: [&str; 3] = ["fund", "year", "standing"];

/// The list.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &[Right::Allocate, Right::SeeMoney])?;
    let (ctx, query) = (&seat.ctx, query.0);
    let wanted = AllocationQuery {
        fund: asked(&query, "fund"),
        year: asked(&query, "year").and_then(|year| year.parse().ok()),
        standing: asked(&query, "standing"),
        after: asked(&query, "after"),
    };
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::allocations(&seat, &wanted, format);
    }
    let list = shown(ctx, seat.app().allocation_list(&seat.viewer, &wanted))?;
    let mut page =
        Page::new(ctx, &ctx.t("pj-allocations")).width(Width::Wide).body(body(&seat, &list, &query));
    if list.may_draft {
        page = page.beside_title(button::link_primary("/allocations/new", &ctx.t("pj-draft")));
    }
    Ok(page.into_response())
}

fn body(seat: &Seat, list: &AllocationList, query: &Query) -> Markup {
    let ctx = &seat.ctx;
    let at = Listing::new("/allocations", &FILTERS, query);
    let who =
        doer(ctx, &seat.viewer.pack, Subject::Allocation, Act::Plan).map_or_else(String::new, |(who, _)| who);
    html! {
        (filters(seat, at).html(ctx))
        @if list.lines.is_empty() {
            (at.empty(ctx, empty_state(&ctx.t("pj-allocations-none"), &ctx.t_args("pj-allocations-none-about", &[("who", who.into())]),
                html! { @if list.may_draft { (button::link_primary("/allocations/new", &ctx.t("pj-draft"))) } })))
        } @else {
            div.card {
                (table(ctx, &list.lines).html()) (at.pager(ctx, list.next.as_deref(), (list.lines.len(), list.total)))
                (tables::links(ctx, &at.here()))
            }
        }
    }
}

fn filters<'q>(seat: &Seat, at: Listing<'q>) -> Filters<'q> {
    let ctx = &seat.ctx;
    let funds = booked_funds(&seat.viewer.pack, ctx.today.year());
    let mut all: Vec<i16> = funds.iter().flat_map(|fund| fund.years.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let standings =
        [("open", "pj-allot-open"), ("approved", "pj-allot-approved"), ("ended", "pj-allot-ended")];
    Filters::of(at)
        .choice(
            "fund",
            ctx.t("pj-fund"),
            funds.iter().map(|fund| Opt::new(&fund.id, say(ctx, &fund.name))).collect(),
        )
        .choice("year", ctx.t("pj-year"), years(&all))
        .choice(
            "standing",
            ctx.t("pj-standing"),
            standings.map(|(id, word)| Opt::new(id, ctx.t(word))).into(),
        )
}

/// The table, with the sum of the page at its foot.
pub(super) fn table(ctx: &Ctx, lines: &[AllocationLine]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("pj-allocation")),
        Head::text(ctx.t("pj-money")),
        Head::text(ctx.t("pj-standing")),
        Head::text(ctx.t("pj-stage")),
        Head::amount(ctx.t("pj-lines-count")),
        Head::amount(ctx.t("pj-amount-yuan")),
    ];
    let left = |due| Calendar::known_on(ctx.today).workdays_between(ctx.today, due).n;
    let table = lines.iter().fold(
        DataTable::new("allocations", ctx.t("pj-allocations"), heads).quiet_caption(),
        |table, line| {
            let row = &line.row;
            table.row(vec![
                html! {
                    a href={ "/allocations/" (row.allocation) } { (row.number) }
                    @if !row.document.is_empty() { p.hint { (ctx.zh(&row.document)) } }
                },
                html! { (fund_side(ctx, &line.fund, &line.side)) p.hint { (ctx.t_args("pj-year-of", &[("year", row.year.to_string().into())])) } },
                allocation_badge(ctx, &row.standing),
                html! {
                    (ctx.pick(&row.stage, &row.stage_en))
                    @if let Some(due) = row.due {
                        div { (Deadline { state: DeadlineState::Running { days_left: left(due) }, due, article: "", provisional: None }.badge(ctx))
                            p.hint { (ctx.date(due)) } }
                    }
                },
                html! { (row.lines) },
                amount(row.total),
            ])
        },
    );
    let sum = total(lines.iter().map(|line| line.row.total));
    let count: i64 = lines.iter().map(|line| line.row.lines).sum();
    table.totals(vec![
        html! { (ctx.t("pj-total-page")) },
        html! {},
        html! {},
        html! {},
        html! { (count) },
        amount(sum),
    ])
}
