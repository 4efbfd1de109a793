//! `/funds/rows`: the sources and projects behind a figure; their sum is the figure.

use app::view::money::{Behind, Figure, FigureRow, fund_name, side_name};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::html;

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::page::{Page, Width};
use crate::pages::shared::{Query, address, asked, require, say, shown, yuan};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Head, empty_state};

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let wanted = asked(&query.0, "figure");
    let figure = Figure::ALL.into_iter().find(|one| Some(one.id()) == wanted.as_deref()).or_not_found()?;
    let number = |name: &str| asked(&query.0, name).and_then(|year| year.parse().ok());
    let of = Behind {
        fund: asked(&query.0, "fund"),
        side: asked(&query.0, "side"),
        year: number("year"),
        before: number("before"),
        since: number("since"),
    };
    let rows = shown(ctx, seat.app().figure_rows(&seat.viewer, figure, &of))?;
    let (label, formula) = words(ctx, figure);
    if let Some(format) = tables::asked(query.0.get("format").map(String::as_str)) {
        return tables::funds::rows(&seat, &label, &rows, format);
    }
    let body = if rows.is_empty() {
        empty_state(&ctx.t("funds-rows-none"), &formula, html! {})
    } else {
        let year = |year: Option<i16>| year.map_or_else(String::new, |year| year.to_string());
        let here = address(
            "/funds/rows",
            &[
                ("figure", figure.id()),
                ("fund", of.fund.as_deref().unwrap_or_default()),
                ("side", of.side.as_deref().unwrap_or_default()),
                ("year", &year(of.year)),
                ("before", &year(of.before)),
                ("since", &year(of.since)),
            ],
        );
        html! { div.card { p.hint { (formula) } (table(ctx, &label, &rows).html()) (tables::links(ctx, &here)) } }
    };
    let total = Money::sum(rows.iter().map(|row| row.amount)).unwrap_or(Money::MAX);
    Ok(Page::new(ctx, &ctx.t_args("funds-rows-title", &[("figure", label.as_str().into())]))
        .crumb("/funds", ctx.t("funds-title"))
        .caption(caption(&seat, &of, total))
        .width(Width::Wide)
        .body(body)
        .into_response())
}

/// A figure and how it is computed.
fn words(ctx: &Ctx, figure: Figure) -> (String, String) {
    match figure {
        Figure::Quota => (ctx.t("funds-quota"), ctx.t("funds-quota-formula")),
        Figure::Committed => (ctx.t("funds-committed"), ctx.t("funds-committed-formula")),
        Figure::Spent => (ctx.t("funds-spent"), ctx.t("funds-spent-formula")),
        Figure::OverheadOpen => (ctx.t("funds-overhead-open"), ctx.t("funds-overhead-open-formula")),
        Figure::OverheadSpent => (ctx.t("funds-overhead-spent"), ctx.t("funds-overhead-spent-formula")),
        Figure::Pool => (ctx.t("funds-pool"), ctx.t("funds-pool-formula")),
        Figure::Clearing => (ctx.t("funds-clearing"), ctx.t("funds-clearing-formula")),
    }
}

fn caption(seat: &Seat, of: &Behind, total: Money) -> String {
    let (ctx, pack) = (&seat.ctx, &seat.viewer.pack);
    let mut parts = Vec::new();
    if let Some(fund) = &of.fund {
        parts.push(say(ctx, &fund_name(pack, fund)).to_owned());
        let side = of.side.as_deref().map(|side| side_name(pack, fund, side));
        parts.extend(side.map(|side| say(ctx, &side).to_owned()).filter(|side| !side.is_empty()));
    }
    parts.extend(of.year.map(|year| ctx.t_args("funds-of-year", &[("year", i64::from(year).into())])));
    parts.extend(of.before.map(|year| ctx.t_args("funds-before-year", &[("year", i64::from(year).into())])));
    parts.extend(of.since.map(|year| ctx.t_args("funds-since-year", &[("year", i64::from(year).into())])));
    parts.push(ctx.t_args("funds-total-of", &[("amount", yuan(ctx, total).into())]));
    parts.join(" · ")
}

fn table(ctx: &Ctx, label: &str, rows: &[FigureRow]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("funds-document")),
        Head::text(ctx.t("funds-fund")),
        Head::text(ctx.t("funds-kind")),
        Head::text(ctx.t("funds-year")),
        Head::text(ctx.t("funds-project")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut table = DataTable::new("rows", label, heads).quiet_caption();
    for row in rows {
        table = table.row(vec![
            html! { a href={ "/sources/" (row.source.row.source) } { (ctx.zh(&row.source.row.document)) } },
            html! { (say(ctx, &row.source.fund)) },
            html! { (say(ctx, &row.source.kind)) },
            html! { (row.source.row.year) },
            html! {
                @match &row.project {
                    Some((id, number, name)) => a href={ "/projects/" (id) } { (number) " " (ctx.zh(name)) },
                    None => {}
                }
            },
            html! { (row.amount.grouped()) },
        ]);
    }
    let total = Money::sum(rows.iter().map(|row| row.amount)).unwrap_or(Money::MAX);
    let empty = || html! {};
    table.totals(vec![
        html! { (ctx.t("total")) },
        empty(),
        empty(),
        empty(),
        empty(),
        html! { (total.grouped()) },
    ])
}
