//! `/library`: the projects of the library within the viewer's scope, filters in the address, pages by key, exports.

use app::tables::library_procedure;
use app::view::library::{LibraryLine, LibraryList, LibraryQuery, sees_library};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use maud::{Markup, html};

use super::words::{shelf, standing};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::funds::{COMPARE, SEES_FUNDS};
use crate::pages::shared::{Filters, Listing, Query, address, asked, say, shown, total, wan, years};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Head, Opt, badge, button, empty_state};

/// The names of the filters, in the order of the bar.
const FILTERS: [&str; 10] =
    ["q", "class", "year", "place", "village", "standing", "stage", "least", "most", "unit"];

const STANDINGS: [&str; 5] = ["open", "returned", "accepted", "refused", "withdrawn"];

/// The list, or the selection as a file.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    if !sees_library(&seat.viewer) {
        return Err(WebError::Forbidden);
    }
    let query = query.0;
    let wanted = wanted(&query);
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::library(&seat, &wanted, format);
    }
    let list = shown(&seat.ctx, seat.app().library(&seat.viewer, &wanted))?;
    let ctx = &seat.ctx;
    let page = Page::new(ctx, &ctx.t("lib-title")).width(Width::Wide).body(body(ctx, &list, &query));
    let compares = seat.viewer.pack.funds.iter().any(|fund| fund.booked())
        && SEES_FUNDS.into_iter().any(|right| seat.viewer.may(right));
    let beside = html! {
        @if library_procedure(&seat.viewer).is_some() {
            (button::link(tables::LIBRARY_IMPORT, &ctx.t("tables-import-library-link"))) " "
        }
        @if compares { (button::link(COMPARE, &ctx.t("funds-compare"))) }
    };
    Ok(page.beside_title(beside).into_response())
}

/// The filters as typed; what cannot be read filters nothing.
pub(super) fn wanted(query: &Query) -> LibraryQuery {
    let text = |name: &str| asked(query, name);
    let money = |name: &str| -> Option<Money> {
        parse_amount(&text(name)?, AmountUnit::Wan).ok().map(|amount| amount.money)
    };
    LibraryQuery {
        text: text("q"),
        class: text("class"),
        year: text("year").and_then(|year| year.parse().ok()),
        place: text("place").and_then(|code| code.parse().ok()),
        village: text("village"),
        standing: text("standing"),
        stage: text("stage"),
        unit: text("unit").and_then(|id| id.parse().ok()),
        least: money("least"),
        most: money("most"),
        after: text("after"),
    }
}

/// The page under its title.
pub(super) fn body(ctx: &Ctx, list: &LibraryList, query: &Query) -> Markup {
    let at = Listing::new("/library", &FILTERS, query);
    if list.empty {
        return empty_state(&ctx.t("lib-empty"), &ctx.t("lib-empty-about"), html! {});
    }
    html! {
        (filters(ctx, list, at).html(ctx))
        @if list.lines.is_empty() {
            (empty_state(&ctx.t("lib-none"), &ctx.t("lib-none-about"), html! { a.button href="/library" { (ctx.t("filter-reset")) } }))
        } @else {
            div.card {
                (table(ctx, &list.lines).html())
                (at.pager(ctx, list.next.as_deref(), (list.lines.len(), list.total)))
                (tables::links(ctx, &at.here()))
            }
        }
    }
}

fn filters<'q>(ctx: &Ctx, list: &LibraryList, at: Listing<'q>) -> Filters<'q> {
    let of = &list.choices;
    let classes = of.classes.iter().map(|(id, name)| Opt::new(id, say(ctx, name))).collect();
    let places = of.places.iter().map(|(code, name)| Opt::new(code.to_string(), name)).collect();
    let stages = of.stages.iter().map(|name| Opt::new(&name.zh, say(ctx, name))).collect();
    let standings = STANDINGS.iter().map(|id| Opt::new(*id, standing(ctx, id))).collect();
    let unit = of.unit.iter().map(|(org, name)| Opt::new(org.to_string(), name)).collect();
    Filters::of(at)
        .words("q", ctx.t("lib-words"))
        .choice("class", ctx.t("lib-class"), classes)
        .choice("year", ctx.t("lib-year"), years(&of.years))
        .choice("place", ctx.t("lib-place"), places)
        .words("village", ctx.t("lib-village"))
        .choice("standing", ctx.t("lib-standing"), standings)
        .choice("stage", ctx.t("lib-stage"), stages)
        .words("least", ctx.t("lib-least"))
        .words("most", ctx.t("lib-most"))
        .choice("unit", ctx.t("lib-unit"), unit)
}

/// The table, with the sum of the page at its foot.
fn table(ctx: &Ctx, lines: &[LibraryLine]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("lib-project")),
        Head::text(ctx.t("lib-class")),
        Head::text(ctx.t("lib-place")),
        Head::text(ctx.t("lib-unit")),
        Head::text(ctx.t("lib-year")),
        Head::text(ctx.t("lib-standing")),
        Head::amount(ctx.t("lib-amount-wan")),
    ];
    let table = lines
        .iter()
        .fold(DataTable::new("library", ctx.t("lib-title"), heads).quiet_caption(), |table, line| {
            table.row(row(ctx, line))
        });
    let sum = total(lines.iter().map(|line| line.row.amount));
    let blank = || html! {};
    table.totals(vec![
        html! { (ctx.t("lib-total-page")) },
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        html! { (wan(sum)) },
    ])
}

fn row(ctx: &Ctx, line: &LibraryLine) -> Vec<Markup> {
    let row = &line.row;
    let village = address("/library", &[("village", &row.village)]);
    let unit = address("/library", &[("unit", &row.applicant.to_string())]);
    vec![
        html! { a href={ "/library/" (row.case) } { (ctx.zh(&row.title)) } p.hint { (row.number) } },
        html! { (say(ctx, &line.class)) },
        html! {
            (ctx.zh(&line.place))
            @if !row.village.is_empty() { p.hint { a href=(village) { (ctx.zh(&row.village)) } } }
        },
        html! { a href=(unit) { (ctx.zh(&row.applicant_name)) } },
        html! {
            (row.year)
            p.hint { (ctx.t_args("lib-since", &[("date", ctx.date(row.filed_on).into())])) }
        },
        state(ctx, line),
        html! { (wan(row.amount)) },
    ]
}

/// How far it is, its open step, and for how long it has rolled on.
pub(super) fn state(ctx: &Ctx, line: &LibraryLine) -> Markup {
    let row = &line.row;
    let (colour, word) = shelf(ctx, line.shelf);
    let said = standing(ctx, &row.standing);
    html! {
        (badge(colour, &word))
        p.hint {
            @if row.stage.is_empty() { (said) }
            @else { (ctx.pick(&row.stage, &row.stage_en)) }
        }
        @if line.rolled > 0 {
            p.hint { (ctx.t_args("lib-rolled", &[("years", i64::from(line.rolled).into())])) }
        }
    }
}
