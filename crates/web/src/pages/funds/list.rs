//! `/sources`: where the money comes from, newest first, filters in the address, sums at the foot.

use app::view::money::{SourceLine, SourceList, SourceQuery};
use app::view::pack::{Act, Subject};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{Filters, Listing, Query, asked, doer, require, say, shown, total, years};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Head, Opt, button, empty_state};

const FILTERS: [&str; 4] = ["fund", "kind", "year", "q"];

/// The list.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let (ctx, query) = (&seat.ctx, query.0);
    let wanted = SourceQuery {
        fund: asked(&query, "fund"),
        kind: asked(&query, "kind"),
        year: asked(&query, "year").and_then(|year| year.parse().ok()),
        text: asked(&query, "q"),
        after: asked(&query, "after"),
    };
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::sources(&seat, &wanted, format);
    }
    let list = shown(ctx, seat.app().source_list(&seat.viewer, &wanted))?;
    let years = shown(ctx, seat.app().fund_table(&seat.viewer, None))?.years;
    let years: Vec<i16> = years.iter().map(|(year, _)| *year).collect();
    let at = Listing::new("/sources", &FILTERS, &query);
    let body = html! {
        (filters(ctx, at, &list, &years).html(ctx))
        @if list.lines.is_empty() { (at.empty(ctx, nothing(&seat, &list))) }
        @else { div.card { (table(ctx, &list.lines).html()) (at.pager(ctx, list.next.as_deref(), (list.lines.len(), list.total))) (tables::links(ctx, &at.here())) } }
    };
    let mut page = Page::new(ctx, &ctx.t("funds-sources"))
        .crumb("/funds", ctx.t("funds-title"))
        .width(Width::Wide)
        .body(body);
    page = page.beside_title(html! {
        (button::link("/trace", &ctx.t("funds-trace"))) " "
        @if list.may_register {
            (button::link("/sources/import", &ctx.t("tables-import"))) " "
            (button::link_primary("/sources/new", &ctx.t("funds-register")))
        }
    });
    Ok(page.into_response())
}

fn nothing(seat: &Seat, list: &SourceList) -> Markup {
    let ctx = &seat.ctx;
    let who =
        doer(ctx, &seat.viewer.pack, Subject::Source, Act::Receive).map_or_else(String::new, |(who, _)| who);
    let action =
        html! { @if list.may_register { (button::link_primary("/sources/new", &ctx.t("funds-register"))) } };
    empty_state(&ctx.t("funds-none"), &ctx.t_args("funds-none-about", &[("who", who.into())]), action)
}

fn filters<'q>(ctx: &Ctx, at: Listing<'q>, list: &SourceList, used: &[i16]) -> Filters<'q> {
    let funds = list.funds.iter().map(|(id, name)| Opt::new(id, say(ctx, name)));
    let kinds = list.kinds.iter().filter(|(.., refused)| refused.is_none());
    Filters::of(at)
        .choice("fund", ctx.t("funds-fund"), funds.collect())
        .choice(
            "kind",
            ctx.t("funds-kind"),
            kinds.map(|(id, name, _)| Opt::new(id, say(ctx, name))).collect(),
        )
        .choice("year", ctx.t("funds-year"), years(used))
        .words("q", ctx.t("funds-words"))
}

/// The table, with the sums of the page at its foot.
pub(super) fn table(ctx: &Ctx, lines: &[SourceLine]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("funds-document")),
        Head::text(ctx.t("funds-fund")),
        Head::text(ctx.t("funds-kind")),
        Head::text(ctx.t("funds-year")),
        Head::text(ctx.t("funds-on")),
        Head::amount(ctx.t("funds-budget-yuan")),
        Head::amount(ctx.t("funds-received-yuan")),
        Head::amount(ctx.t("funds-awaited-yuan")),
    ];
    let mut table = DataTable::new("sources", ctx.t("funds-sources"), heads).quiet_caption();
    let awaited = |line: &SourceLine| line.row.stands().checked_sub(line.row.received).unwrap_or(Money::ZERO);
    for line in lines {
        let row = &line.row;
        table = table.row(vec![
            html! { a href={ "/sources/" (row.source) } { (ctx.zh(&row.document)) } p.hint { (ctx.zh(&row.purpose)) } },
            html! { (say(ctx, &line.fund)) },
            html! { span { (say(ctx, &line.kind)) " " span.hint { (say(ctx, &line.level)) } } },
            html! { (row.year) },
            html! { (ctx.date(row.on)) },
            html! { span { (row.stands().grouped()) @if !row.cut.is_zero() { p.hint { (ctx.t_args("funds-cut-by", &[("amount", row.cut.grouped().into())])) } } } },
            html! { (row.received.grouped()) },
            html! { (awaited(line).grouped()) },
        ]);
    }
    let sum = |of: &dyn Fn(&SourceLine) -> Money| {
        html! { (total(lines.iter().map(of)).grouped()) }
    };
    let empty = || html! {};
    table.totals(vec![
        html! { (ctx.t("funds-page-total")) },
        empty(),
        empty(),
        empty(),
        empty(),
        sum(&|line| line.row.stands()),
        sum(&|line| line.row.received),
        sum(&awaited),
    ])
}
