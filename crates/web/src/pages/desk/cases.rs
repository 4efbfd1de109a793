//! `/cases`: the list of cases within the viewer's scope, filters in the address.

use app::access::Right;
use app::view::cases::{CaseLineShown, CaseList, CaseQuery};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{amount_or_none, due_badge, standing_badge, standing_word};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{self, Listing, say};
use crate::state::{Seat, web_error};
use crate::ui::{Chip, Choice, DataTable, Field, FilterBar, Head, Opt, chips, empty_state};
use crate::words::Lang;

/// The names of the filters, in the order of the bar.
pub(super) const FILTERS: [&str; 6] = ["procedure", "year", "standing", "desk", "county", "q"];

/// The list.
pub async fn show(seat: Seat, Query(query): Query<shared::Query>) -> Result<Response, WebError> {
    if !seat.viewer.may(Right::SeeCases) {
        return Err(WebError::Forbidden);
    }
    let list = seat.app().cases(&seat.viewer, &asked(&query)).map_err(|e| web_error(&seat.ctx, e))?;
    let title = seat.ctx.t("cases-title");
    Ok(Page::new(&seat.ctx, &title).width(Width::Wide).body(page(&seat.ctx, &list, &query)).into_response())
}

/// The filters as typed; what cannot be read filters nothing.
pub fn asked(query: &shared::Query) -> CaseQuery {
    let text = |name: &str| shared::asked(query, name);
    CaseQuery {
        procedure: text("procedure"),
        year: text("year").and_then(|y| y.parse().ok()),
        standing: text("standing"),
        desk: text("desk").and_then(|c| c.parse().ok()),
        county: text("county").and_then(|c| c.parse().ok()),
        text: text("q"),
        after: text("after"),
    }
}

/// The page under its title.
pub fn page(ctx: &Ctx, list: &CaseList, query: &shared::Query) -> Markup {
    let at = Listing::new("/cases", &FILTERS, query);
    html! {
        (bar(ctx, list, at))
        (chips(ctx, &chosen(ctx, list, at)))
        @if list.rows.is_empty() {
            (empty_state(&ctx.t("cases-none"), &ctx.t("cases-none-about"), html! {}))
        } @else {
            div.card { (table(ctx, &list.rows).html()) (at.pager(ctx, list.next.as_deref(), (list.rows.len(), list.total))) }
        }
    }
}

fn bar(ctx: &Ctx, list: &CaseList, at: Listing<'_>) -> Markup {
    let facets = &list.facets;
    let procedures: Vec<Opt> = facets
        .procedures
        .iter()
        .map(|(id, name, n)| Opt::new(id, counted(ctx, say(ctx, name), *n, facets.cut)))
        .collect();
    let years: Vec<Opt> = facets
        .years
        .iter()
        .map(|(year, n)| Opt::new(year.to_string(), counted(ctx, &year.to_string(), *n, facets.cut)))
        .collect();
    let standings: Vec<Opt> = facets
        .standings
        .iter()
        .map(|(id, n)| Opt::new(id, counted(ctx, &standing_word(ctx, id), *n, facets.cut)))
        .collect();
    let places = |list: &[(kernel::region::RegionCode, String, usize)]| -> Vec<Opt> {
        list.iter()
            .map(|(code, name, n)| Opt::new(code.to_string(), counted(ctx, name, *n, facets.cut)))
            .collect()
    };
    let (desks, counties) = (places(&facets.desks), places(&facets.counties));
    let labels = [
        ctx.t("cases-procedure"),
        ctx.t("cases-year"),
        ctx.t("cases-standing"),
        ctx.t("cases-desk"),
        ctx.t("cases-county"),
    ];
    let selects = [&procedures, &years, &standings, &desks, &counties];
    let mut bar = FilterBar::new("/cases");
    for ((name, label), options) in FILTERS.iter().zip(&labels).zip(selects) {
        if options.len() > 1 || !at.now(name).is_empty() {
            bar = bar.field(Choice::select(name, label, options).chosen(at.now(name)).html(ctx));
        }
    }
    bar.field(Field::text("q", &ctx.t("cases-words")).value(at.now("q")).html(ctx))
        .extra(html! { a.button href=(at.at("/cases.csv").here()) { (ctx.t("filter-export")) } })
        .html(ctx)
}

fn counted(ctx: &Ctx, name: &str, n: usize, cut: bool) -> String {
    let more = if cut { "+" } else { "" };
    match ctx.lang {
        Lang::Zh => format!("{name}（{n}{more}）"),
        Lang::En => format!("{name} ({n}{more})"),
    }
}

fn chosen(ctx: &Ctx, list: &CaseList, at: Listing<'_>) -> Vec<Chip> {
    let facets = &list.facets;
    let place = |all: &[(kernel::region::RegionCode, String, usize)], code: &str| {
        all.iter()
            .find(|(c, ..)| c.to_string() == code)
            .map_or_else(|| code.to_owned(), |(_, name, _)| name.clone())
    };
    let label = |name: &str, text: &str| match name {
        "procedure" => {
            let named = facets.procedures.iter().find(|(id, ..)| id == text);
            (
                ctx.t("cases-procedure"),
                named.map_or_else(|| text.to_owned(), |(_, w, _)| say(ctx, w).to_owned()),
            )
        }
        "year" => (ctx.t("cases-year"), text.to_owned()),
        "standing" => (ctx.t("cases-standing"), standing_word(ctx, text)),
        "desk" => (ctx.t("cases-desk"), place(&facets.desks, text)),
        "county" => (ctx.t("cases-county"), place(&facets.counties, text)),
        _ => (ctx.t("cases-words"), text.to_owned()),
    };
    let used = FILTERS.iter().filter(|name| !at.now(name).is_empty());
    used.map(|name| {
        let (name_shown, value) = label(name, at.now(name));
        at.chip(ctx, name, &name_shown, &value)
    })
    .collect()
}

fn table(ctx: &Ctx, rows: &[CaseLineShown]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("cases-case")),
        Head::text(ctx.t("cases-applicant")),
        Head::text(ctx.t("cases-desk")),
        Head::text(ctx.t("cases-county")),
        Head::text(ctx.t("cases-standing")),
        Head::text(ctx.t("cases-stage")),
        Head::amount(ctx.t("cases-amount")),
        Head::text(ctx.t("cases-changed")),
    ];
    rows.iter().fold(DataTable::new("cases", ctx.t("cases-title"), heads).quiet_caption(), |table, line| {
        let row = &line.row;
        table.row(vec![
            html! {
                a href={ "/cases/" (row.case) } { (ctx.zh(&row.title)) }
                p.hint { (row.number) " · " (say(ctx, &line.procedure)) }
            },
            html! {
                (ctx.zh(&row.applicant_name))
                @if !row.company_name.is_empty() && row.company_name != row.applicant_name { p.hint { (ctx.zh(&row.company_name)) } }
            },
            html! { (ctx.zh(&line.desk)) },
            html! { (ctx.zh(&line.county)) },
            standing_badge(ctx, &row.standing),
            html! {
                (ctx.pick(&row.stage, &row.stage_en))
                @if let Some(due) = &line.due { div { (due_badge(ctx, due)) } }
            },
            amount_or_none(row.amount),
            html! { span.day { (row.changed_on) } },
        ])
    })
}
