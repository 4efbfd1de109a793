//! `/funds`: what may be spent, what has arrived, what is promised, what was paid; by fund, side and year.

use app::view::money::{Figure, Figures, FundLine, FundTable};
use app::view::pack::{Act, Subject};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::months;
use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{
    Query, address, asked, doer, fund_side, overhead_table, overhead_warnings, percent, require, say, shown,
    stat_yuan, yuan,
};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{
    Badge, Choice, DataTable, FilterBar, Head, Opt, Stat, badge, button, cite, empty_state, panel, stats,
};

/// The columns of figures: label, formula, where its rows are.
const COLUMNS: [Column; 8] = [
    Column { label: "funds-budget", formula: "funds-budget-formula", rows: Rows::Sources, of: |f| f.budget },
    Column {
        label: "funds-received",
        formula: "funds-received-formula",
        rows: Rows::Sources,
        of: |f| f.received,
    },
    Column {
        label: "funds-awaited",
        formula: "funds-awaited-formula",
        rows: Rows::Sources,
        of: Figures::awaited,
    },
    Column {
        label: "funds-quota",
        formula: "funds-quota-formula",
        rows: Rows::Held(Figure::Quota),
        of: |f| f.quota,
    },
    Column {
        label: "funds-committed",
        formula: "funds-committed-formula",
        rows: Rows::Held(Figure::Committed),
        of: Figures::committed,
    },
    Column {
        label: "funds-spent",
        formula: "funds-spent-formula",
        rows: Rows::Held(Figure::Spent),
        of: |f| f.spent,
    },
    Column {
        label: "funds-pool",
        formula: "funds-pool-formula",
        rows: Rows::Held(Figure::Pool),
        of: |f| f.pool,
    },
    Column {
        label: "funds-clearing",
        formula: "funds-clearing-formula",
        rows: Rows::Held(Figure::Clearing),
        of: |f| f.clearing,
    },
];

/// What overheads have stands in a line of its own, under what projects have: the label of its column and formula, where its rows
/// are.
const OVERHEADS: [(&str, Column); 2] = [
    (
        "funds-committed",
        Column {
            label: "funds-overhead-open",
            formula: "funds-overhead-open-formula",
            rows: Rows::Held(Figure::OverheadOpen),
            of: |f| f.overhead_open,
        },
    ),
    (
        "funds-spent",
        Column {
            label: "funds-overhead-spent",
            formula: "funds-overhead-spent-formula",
            rows: Rows::Held(Figure::OverheadSpent),
            of: |f| f.overhead_spent,
        },
    ),
];

struct Column {
    label: &'static str,
    formula: &'static str,
    rows: Rows,
    of: fn(&Figures) -> Money,
}

#[derive(Clone, Copy)]
enum Rows {
    /// The sources themselves.
    Sources,
    /// Accounts of sources and projects.
    Held(Figure),
}

/// Of which fund, side and year; empty: of all.
#[derive(Clone, Copy, Default)]
struct Of<'a> {
    fund: &'a str,
    side: &'a str,
    year: &'a str,
}

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let year: Option<i16> = asked(&query.0, "year").and_then(|year| year.parse().ok());
    let all = shown(ctx, seat.app().fund_table(&seat.viewer, None))?;
    let view = match year {
        Some(_) => shown(ctx, seat.app().fund_table(&seat.viewer, year))?,
        None => all.clone(),
    };
    if let Some(format) = tables::asked(query.0.get("format").map(String::as_str)) {
        return tables::funds::table(&seat, &view, format);
    }
    let paid = shown(ctx, seat.app().paid_months(&seat.viewer, None))?;
    let years: Vec<i16> = all.years.iter().map(|(year, _)| *year).collect();
    let chosen = year.map_or_else(String::new, |year| year.to_string());
    let body = html! {
        (filter(ctx, &years, &chosen))
        @if view.lines.is_empty() {
            (nothing(&seat))
        } @else {
            (overhead_warnings(ctx, &view.overheads))
            (totals(ctx, &view, &chosen))
            (panel(&ctx.t("funds-by-fund"), html! {
                div.funds-table { (table(ctx, &view, &chosen)) }
                (tables::links(ctx, &address("/funds", &[("year", &chosen)])))
                (formulas(ctx, &view))
            }))
            @if !view.overheads.is_empty() {
                (panel(&ctx.t("funds-overheads"), html! {
                    p.hint { (ctx.t("funds-overheads-about")) }
                    (overhead_table(ctx, &view.overheads))
                }))
            }
            (panel(&ctx.t("funds-by-month"), months::chart(ctx, &paid, year)))
        }
        (rules(ctx, &view))
    };
    Ok(Page::new(ctx, &ctx.t("funds-title"))
        .width(Width::Wide)
        .beside_title(html! {
            (button::link(&address("/funds/flow", &[("year", &chosen)]), &ctx.t("funds-flow"))) " "
            (button::link("/trace", &ctx.t("funds-trace"))) " "
            (button::link(super::COMPARE, &ctx.t("funds-compare")))
        })
        .body(body)
        .into_response())
}

/// The choice of the budget year.
fn filter(ctx: &Ctx, years: &[i16], chosen: &str) -> Markup {
    let options: Vec<Opt> = years.iter().map(|year| Opt::new(year.to_string(), year.to_string())).collect();
    html! {
        @if options.len() > 1 {
            (FilterBar::new("/funds").field(Choice::select("year", &ctx.t("funds-year"), &options).chosen(chosen).html(ctx)).html(ctx))
        }
    }
}

fn nothing(seat: &Seat) -> Markup {
    let ctx = &seat.ctx;
    let who =
        doer(ctx, &seat.viewer.pack, Subject::Source, Act::Receive).map_or_else(String::new, |(who, _)| who);
    let action = html! {
        @if seat.viewer.may(app::access::Right::ManageMoney) { (button::link_primary("/sources/new", &ctx.t("funds-register"))) }
    };
    empty_state(&ctx.t("funds-none"), &ctx.t_args("funds-none-about", &[("who", who.into())]), action)
}

fn totals(ctx: &Ctx, view: &FundTable, year: &str) -> Markup {
    let of = Of { year, ..Of::default() };
    let figures: Vec<_> = COLUMNS
        .iter()
        .filter(|column| {
            ["funds-budget", "funds-received", "funds-committed", "funds-spent"].contains(&column.label)
        })
        .map(|column| Stat {
            href: Some(rows_of(column.rows, of)),
            ..stat_yuan(ctx, column.label, (column.of)(&view.all), ctx.t(column.formula))
        })
        .collect();
    stats(&figures)
}

/// The address of the rows behind a figure.
fn rows_of(rows: Rows, of: Of<'_>) -> String {
    match rows {
        // A source belongs to all sides of its fund.
        Rows::Sources => address("/sources", &[("fund", of.fund), ("year", of.year)]),
        Rows::Held(figure) => address(
            "/funds/rows",
            &[("figure", figure.id()), ("fund", of.fund), ("side", of.side), ("year", of.year)],
        ),
    }
}

fn table(ctx: &Ctx, view: &FundTable, year: &str) -> Markup {
    let mut heads = vec![Head::text(ctx.t("funds-fund-side")), Head::text(ctx.t("funds-year"))];
    heads.extend(COLUMNS.iter().map(|column| Head::amount(ctx.t(column.label))));
    heads.push(Head::text(ctx.t("funds-progress")));
    let caption = ctx.t("funds-by-fund-caption");
    let mut table = DataTable::new("funds", caption, heads).quiet_caption();
    for (at, line) in view.lines.iter().enumerate() {
        table = table.row(own_line(ctx, line));
        let own_year = line.year.to_string();
        let of = Of { fund: &line.fund, side: &line.side, year: &own_year };
        if let Some(cells) = overheads(ctx, ("funds-overheads", html! { (line.year) }), &line.figures, of) {
            table = table.row(cells);
        }
        let ends = view.lines.get(at + 1).is_none_or(|next| next.fund != line.fund);
        let more = view.lines.iter().filter(|one| one.fund == line.fund).count() > 1;
        if let (true, true, Some(fund)) = (ends, more, view.funds.iter().find(|fund| fund.fund == line.fund))
        {
            let of = Of { fund: &fund.fund, year, ..Of::default() };
            let name = ctx.t_args("funds-sum-of", &[("fund", say(ctx, &fund.name).into())]);
            table = table.row(strong(cells(ctx, (html! { (name) }, html! { (year) }), &fund.figures, of)));
        }
    }
    let of = Of { year, ..Of::default() };
    if let Some(cells) = overheads(ctx, ("funds-overheads-all", html! { (year) }), &view.all, of) {
        table = table.row(strong(cells));
    }
    table.totals(cells(ctx, (html! { (ctx.t("total")) }, html! { (year) }), &view.all, of)).html()
}

fn own_line(ctx: &Ctx, line: &FundLine) -> Vec<Markup> {
    let year = line.year.to_string();
    let of = Of { fund: &line.fund, side: &line.side, year: &year };
    let name = html! { a href=(address("/sources", &[("fund", &line.fund), ("year", &year)])) { (fund_side(ctx, &line.fund_name, &line.side_name)) } };
    cells(ctx, (name, html! { (year) }), &line.figures, of)
}

fn strong(cells: Vec<Markup>) -> Vec<Markup> {
    cells
        .into_iter()
        .map(|cell| {
            if cell.0.is_empty() {
                cell
            } else {
                html! { strong { (cell) } }
            }
        })
        .collect()
}

fn cells(ctx: &Ctx, (name, year): (Markup, Markup), figures: &Figures, of: Of<'_>) -> Vec<Markup> {
    let mut cells = vec![name, year];
    for column in &COLUMNS {
        let amount = (column.of)(figures);
        cells.push(figure(ctx, column, amount, of));
    }
    cells.push(html! { (bar(ctx, figures)) });
    cells
}

fn figure(ctx: &Ctx, column: &Column, amount: Money, of: Of<'_>) -> Markup {
    html! {
        @if amount.is_zero() { span.hint { (amount.grouped()) } }
        @else { a href=(rows_of(column.rows, of)) title=(ctx.t(column.formula)) { (amount.grouped()) } }
    }
}

/// The line of overheads under a line of projects; none where there are none.
fn overheads(ctx: &Ctx, (label, year): (&str, Markup), figures: &Figures, of: Of<'_>) -> Option<Vec<Markup>> {
    if figures.overheads().is_zero() {
        return None;
    }
    let mut cells = vec![html! { (ctx.t(label)) }, year];
    cells.extend(COLUMNS.iter().map(|column| {
        let own = OVERHEADS.iter().find(|(label, _)| *label == column.label);
        own.map_or_else(|| html! {}, |(_, own)| figure(ctx, own, (own.of)(figures), of))
    }));
    cells.push(html! { (ctx.t_args("funds-overhead-of", &[("share", percent(figures.overheads(), figures.budget).into())])) });
    Some(cells)
}

/// How much of a budget was paid and promised, as a bar and in words; and whether the states add up.
fn bar(ctx: &Ctx, figures: &Figures) -> Markup {
    let share = |amount: Money| match figures.budget.fen() {
        0 => 0,
        whole => i128::from(amount.fen()) * 1_000 / i128::from(whole),
    };
    let (spent, committed) = (share(figures.spent), share(figures.committed()));
    html! {
        @if figures.budget.fen() > 0 {
            span.share {
                (ctx.t_args("funds-progress-of", &[
                    ("spent", percent(figures.spent, figures.budget).into()),
                    ("committed", percent(figures.committed(), figures.budget).into()),
                ]))
                @if !figures.balances() { " " (badge(Badge::Red, &ctx.t("funds-not-balanced"))) }
                svg.share-bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                    rect.chart-grid width="1000" height="10" {}
                    rect.chart-good width=(spent) height="10" {}
                    rect.chart-2 x=(spent) width=(committed) height="10" {}
                }
            }
        }
    }
}

/// How each column is computed.
fn formulas(ctx: &Ctx, view: &FundTable) -> Markup {
    html! {
        h3 { (ctx.t("funds-formulas")) }
        dl.formulas.hint {
            @let own = OVERHEADS.iter().map(|(_, column)| column).filter(|_| view.has_overheads);
            @for column in COLUMNS.iter().chain(own) {
                div { dt { (ctx.t(column.label)) } " " dd { (ctx.t(column.formula)) } }
            }
            div { dt { (ctx.t("funds-progress")) } " " dd { (ctx.t("funds-progress-formula")) } }
        }
    }
}

/// The funds with their articles, sides and what they are.
fn rules(ctx: &Ctx, view: &FundTable) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-fund")),
        Head::text(ctx.t("funds-article")),
        Head::text(ctx.t("funds-sides")),
        Head::amount(ctx.t("funds-budget-yuan")),
    ];
    let mut table = DataTable::new("booked-funds", ctx.t("funds-booked"), heads).quiet_caption();
    for fund in &view.funds {
        let sides: Vec<&str> = fund.sides.iter().map(|(_, name)| say(ctx, name)).collect();
        let about = match (sides.is_empty(), fund.pooled) {
            (false, _) => sides.join("、"),
            (true, true) => ctx.t("funds-pooled"),
            (true, false) => ctx.t("funds-unsplit"),
        };
        table = table.row(vec![
            html! { (ctx.zh(say(ctx, &fund.name))) },
            html! { (cite(&fund.cite)) },
            html! { (about) },
            html! { span title=(yuan(ctx, fund.figures.budget)) { (fund.figures.budget.grouped()) } },
        ]);
    }
    html! { @if !view.funds.is_empty() { (panel(&ctx.t("funds-booked"), table.html())) } }
}
