//! `/registers/{id}`: one register, filters in the address.

use app::tables::{Cell, Column, ColumnKind, Format, Table};
use app::view::pack::FieldType;
use app::view::registers::{
    RegisterAcross, RegisterCell, RegisterHead, RegisterLine, RegisterPage, RegisterQuery, RegisterSum,
};
use axum::extract::{self, Path};
use axum::response::{IntoResponse, Response};
use kernel::{Date, Money};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{Filters, Listing, Query, address, asked, say, shown, years};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, Opt, Pager, badge, cite, empty_state, pager, panel, panel_with};

/// The names of the filters, in the order of the bar.
const FILTERS: [&str; 6] = ["q", "year", "by", "place", "alerts", "across"];
/// The same with the group that was chosen.
const ASKED: [&str; 7] = ["q", "year", "by", "place", "alerts", "across", "part"];

/// The register, or the selection as a file.
pub(super) async fn show(
    seat: Seat,
    Path(id): Path<String>,
    query: extract::Query<Query>,
) -> Result<Response, WebError> {
    let (ctx, query) = (&seat.ctx, query.0);
    let wanted = wanted(&query);
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        let page = shown(ctx, seat.app().register_whole(&seat.viewer, &id, &wanted))?;
        return file(&seat, &page, format);
    }
    let page = shown(ctx, seat.app().register(&seat.viewer, &id, &wanted))?;
    let title = say(ctx, &page.intro.name).to_owned();
    let path = format!("/registers/{id}");
    let body = body(ctx, &page, &path, &query);
    Ok(Page::new(ctx, &title)
        .crumb("/registers", ctx.t("reg-title"))
        .width(Width::Wide)
        .body(body)
        .into_response())
}

/// What is asked; what cannot be read filters nothing.
pub fn wanted(query: &Query) -> RegisterQuery {
    let text = |name: &str| asked(query, name);
    RegisterQuery {
        year: text("year").and_then(|year| year.parse().ok()),
        by: text("by"),
        // An empty key is a key: what is not stated.
        part: query.get("part").cloned(),
        place: text("place").and_then(|code| code.parse().ok()),
        alerts: text("alerts").is_some(),
        text: text("q"),
        across: text("across"),
        page: text("page").and_then(|page| page.parse().ok()).unwrap_or(0),
    }
}

/// The page under its title.
pub(super) fn body(ctx: &Ctx, page: &RegisterPage, path: &str, query: &Query) -> Markup {
    let about = html! {
        p.hint {
            (ctx.t_args("reg-holds", &[("of", say(ctx, &page.intro.of).into())])) " " (cite(&page.intro.cite))
        }
    };
    if page.empty {
        return html! {
            (about)
            (empty_state(&ctx.t("reg-empty"), &ctx.t("reg-empty-about"), html! {}))
        };
    }
    let here = Listing::new(path, &ASKED, query);
    html! {
        (about)
        (filters(ctx, page, Listing::new(path, &FILTERS, query)).html(ctx))
        (part_chosen(ctx, page, path, query))
        @if let (Some(year), true) = (page.year, asked(query, "year").is_none()) {
            p.hint { (ctx.t_args("reg-year-shown", &[("year", year.to_string().into())])) }
        }
        @if page.total.lines == 0 {
            (empty_state(&ctx.t("reg-none"), &ctx.t("reg-none-about"), html! { a.button href=(path) { (ctx.t("filter-reset")) } }))
        } @else {
            @if page.by.is_some() { (panel(&ctx.t("reg-sums"), sums(ctx, page, path, query).html())) }
            @if let Some(across) = &page.across { (years_of(ctx, page, across)) }
            (panel(&ctx.t("reg-lines"), html! {
                (lines(ctx, page).html())
                (pages(ctx, page, path, query))
                (tables::links(ctx, &here_with_part(here, query)))
            }))
        }
    }
}

/// The address with its filters; the part is kept though it may be empty.
fn here_with_part(here: Listing<'_>, query: &Query) -> String {
    let address = here.here();
    match query.get("part") {
        Some(part) if part.is_empty() => {
            format!("{address}{}part=", if address.contains('?') { '&' } else { '?' })
        }
        _ => address,
    }
}

fn filters<'q>(ctx: &Ctx, page: &RegisterPage, at: Listing<'q>) -> Filters<'q> {
    let by = page.groups.iter().map(|(id, name)| Opt::new(id, say(ctx, name))).collect();
    let places = page.places.iter().map(|(code, name)| Opt::new(code.to_string(), name)).collect();
    let mut filters = Filters::of(at)
        .words("q", ctx.t("reg-words"))
        .choice("year", ctx.t("reg-year"), years(&page.years))
        .choice_else("by", ctx.t("reg-by"), by, page.by.as_deref().unwrap_or_default())
        .choice("place", ctx.t("reg-place"), places);
    if page.alerts {
        let only = vec![Opt::new("", ctx.t("reg-all")), Opt::new("1", ctx.t("reg-alerts-only"))];
        filters = filters.choice("alerts", ctx.t("reg-alerts"), only);
    }
    if let Some(across) = &page.across {
        let columns = across.choices.iter().map(|(id, name)| Opt::new(id, say(ctx, name))).collect();
        filters = filters.choice_else("across", ctx.t("reg-across"), columns, &across.column);
    }
    filters
}

/// The group that is looked into, with the way out of it.
fn part_chosen(ctx: &Ctx, page: &RegisterPage, path: &str, query: &Query) -> Markup {
    let Some(part) = query.get("part") else { return html! {} };
    let name = page.sums.iter().find(|sum| sum.key == *part);
    let out = Listing::new(path, &FILTERS, query).here();
    html! {
        p.hint {
            @if let Some(sum) = name { (ctx.t_args("reg-part", &[("name", say(ctx, &sum.name).into())])) " " }
            a href=(out) { (ctx.t("reg-part-out")) }
        }
    }
}

fn heading(ctx: &Ctx, head: &RegisterHead) -> Head {
    let name = say(ctx, &head.name);
    let label = match &head.unit {
        Some(unit) => ctx.t_args("reg-head-unit", &[("name", name.into()), ("unit", say(ctx, unit).into())]),
        None => name.to_owned(),
    };
    if head.number { Head::amount(label) } else { Head::text(label) }
}

/// Group by group, with what is summed up.
fn sums(ctx: &Ctx, page: &RegisterPage, path: &str, query: &Query) -> DataTable {
    let summed: Vec<usize> = (0..page.heads.len()).filter(|at| page.heads[*at].total).collect();
    let by = page.groups.iter().find(|(id, _)| Some(id) == page.by.as_ref());
    let mut heads = vec![
        Head::text(by.map_or_else(String::new, |(_, name)| say(ctx, name).to_owned())),
        Head::amount(ctx.t("reg-count")),
    ];
    heads.extend(summed.iter().map(|at| match &page.heads[*at] {
        head if head.ty == FieldType::Bool => {
            Head::amount(ctx.t_args("reg-head-yes", &[("name", say(ctx, &head.name).into())]))
        }
        head => heading(ctx, head),
    }));
    if page.alerts {
        heads.push(Head::amount(ctx.t("reg-alarmed")));
    }
    if page.returned.is_some() {
        heads.push(Head::amount(ctx.t("reg-unfiled")));
    }
    let row = |sum: &RegisterSum, first: Markup| {
        let mut cells = vec![first, html! { (sum.lines) }];
        cells.extend(summed.iter().map(|at| html! { (say(ctx, &sum.cells[*at].shown)) }));
        if page.alerts {
            cells.push(html! { @if sum.alarmed > 0 { strong { (sum.alarmed) } } @else { "0" } });
        }
        if page.returned.is_some() {
            cells.push(html! { @if sum.unfiled > 0 { strong { (sum.unfiled) } } @else { "0" } });
        }
        cells
    };
    let caption = ctx.t("reg-sums");
    let table = DataTable::new("sums", caption, heads).quiet_caption().scrolling();
    let table = page.sums.iter().fold(table, |table, sum| {
        let name = html! { (say(ctx, &sum.name)) };
        let first = html! { a href=(into(page, path, query, sum)) { (name) } };
        table.row(row(sum, first))
    });
    table.totals(row(&page.total, html! { (say(ctx, &page.total.name)) }))
}

/// The address of a group: a place is looked into level by level, everything else is shown alone.
fn into(page: &RegisterPage, path: &str, query: &Query, sum: &RegisterSum) -> String {
    let now = |name: &str| query.get(name).map_or("", String::as_str).to_owned();
    let by = page.by.clone().unwrap_or_default();
    let deeper = by == "place" && now("place") != sum.key && !sum.key.is_empty();
    let place = if deeper { sum.key.clone() } else { now("place") };
    let (q, year, alerts) = (now("q"), now("year"), now("alerts"));
    let address =
        address(path, &[("q", &q), ("year", &year), ("by", &by), ("place", &place), ("alerts", &alerts)]);
    if deeper {
        return address;
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}part={}", crate::cookies::encode(&sum.key))
}

/// One column year by year.
fn years_of(ctx: &Ctx, page: &RegisterPage, across: &RegisterAcross) -> Markup {
    let by = page.groups.iter().find(|(id, _)| Some(id) == page.by.as_ref());
    let mut heads = vec![Head::text(by.map_or_else(String::new, |(_, name)| say(ctx, name).to_owned()))];
    heads.extend(across.years.iter().map(|year| Head::amount(year.to_string())));
    let cells = |(name, of): &(_, Vec<RegisterCell>)| {
        let mut row = vec![html! { (say(ctx, name)) }];
        row.extend(of.iter().map(|cell| html! { (say(ctx, &cell.shown)) }));
        row
    };
    let table = DataTable::new("years", ctx.t("reg-years"), heads).quiet_caption().scrolling();
    let Some((total, groups)) = across.rows.split_last() else { return html! {} };
    let table = groups.iter().fold(table, |table, row| table.row(cells(row))).totals(cells(total));
    let column = page.heads.iter().find(|head| head.id == across.column);
    let aside = column.map_or_else(String::new, |head| match &head.unit {
        Some(unit) => {
            let (name, unit) = (say(ctx, &head.name), say(ctx, unit));
            ctx.t_args("reg-head-unit", &[("name", name.into()), ("unit", unit.into())])
        }
        None => say(ctx, &head.name).to_owned(),
    });
    panel_with(&ctx.t("reg-years"), html! { (aside) }, table.html())
}

fn lines(ctx: &Ctx, page: &RegisterPage) -> DataTable {
    let mut heads = vec![Head::text(ctx.t("reg-case")), Head::text(ctx.t("reg-unit"))];
    heads.extend(page.heads.iter().map(|head| heading(ctx, head)));
    let table = DataTable::new("lines", ctx.t("reg-lines"), heads).quiet_caption().scrolling();
    page.lines.iter().fold(table, |table, line| {
        let cells = line_cells(ctx, page, line);
        if line.alarms.is_empty() && !line.unfiled { table.row(cells) } else { table.marked_row(cells) }
    })
}

fn line_cells(ctx: &Ctx, page: &RegisterPage, line: &RegisterLine) -> Vec<Markup> {
    let mut cells = vec![
        html! {
            a href={ "/cases/" (line.case) } { (ctx.zh(&line.title)) }
            p.hint { (line.number) " · " (line.year) }
            @for (say_what, article) in &line.alarms {
                p { (badge(Badge::Amber, say(ctx, say_what))) " " (cite(article)) }
            }
            @if let (true, Some(year)) = (line.unfiled, page.returned) {
                p { (badge(Badge::Red, &ctx.t_args("reg-unfiled-year", &[("year", year.to_string().into())]))) }
            }
        },
        html! {
            (ctx.zh(&line.unit))
            p.hint { (ctx.zh(&line.place)) @if !line.village.is_empty() { " " (ctx.zh(&line.village)) } }
        },
    ];
    cells.extend(line.cells.iter().map(|cell| html! { (say(ctx, &cell.shown)) }));
    cells
}

fn pages(ctx: &Ctx, page: &RegisterPage, path: &str, query: &Query) -> Markup {
    let (now, all) = page.page;
    let at = |number: usize| {
        let address = here_with_part(Listing::new(path, &ASKED, query), query);
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}page={number}")
    };
    let lines = usize::try_from(page.total.lines).ok();
    pager(
        ctx,
        &Pager {
            first: (now > 0).then(|| at(0)),
            next: (now + 1 < all).then(|| at(now + 1)),
            shown: page.lines.len(),
            all: lines,
        },
    )
}

/// The lines as a table of a spreadsheet.
fn file(seat: &Seat, page: &RegisterPage, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let text = |name: &str| Column { name: ctx.t(name), kind: ColumnKind::Text };
    let mut columns = vec![
        text("reg-number"),
        text("reg-case"),
        text("reg-unit"),
        text("reg-place"),
        text("reg-village"),
        text("reg-year"),
    ];
    columns.extend(
        page.heads.iter().map(|head| Column { name: say(ctx, &head.name).to_owned(), kind: kind(head) }),
    );
    columns.push(text("reg-alerts"));
    let rows = page.lines.iter().map(|line| {
        let mut cells: Vec<Cell> = vec![
            line.number.clone().into(),
            line.title.clone().into(),
            line.unit.clone().into(),
            line.place.clone().into(),
            line.village.clone().into(),
            line.year.to_string().into(),
        ];
        cells.extend(page.heads.iter().zip(&line.cells).map(|(head, cell)| typed(ctx, head, cell)));
        cells.push(alarms(ctx, page, line).into());
        cells
    });
    let table = Table {
        title: say(ctx, &page.intro.name).to_owned(),
        context: format!("{} {}　{}", ctx.t("tables-made-by"), seat.viewer.org_name, ctx.date(ctx.today)),
        unit: ctx.t("tables-unit-yuan"),
        columns,
        rows: rows.collect(),
        total: Some(ctx.t("tables-kind-total")),
        notes: Vec::new(),
    };
    tables::table(seat, &table, format)
}

fn kind(head: &RegisterHead) -> ColumnKind {
    match head.ty {
        FieldType::Money(_) if head.total => ColumnKind::Amount,
        FieldType::Money(_) => ColumnKind::Balance,
        FieldType::Count(_) => ColumnKind::Count,
        FieldType::Date => ColumnKind::Date,
        _ => ColumnKind::Text,
    }
}

/// A cell by its type; what cannot be read stays the text that it is.
fn typed(ctx: &Ctx, head: &RegisterHead, cell: &RegisterCell) -> Cell {
    let read = match head.ty {
        FieldType::Money(_) => Money::parse_yuan(&cell.text).ok().map(Cell::Money),
        FieldType::Count(_) => cell.text.parse().ok().map(Cell::Count),
        FieldType::Date => cell.text.parse::<Date>().ok().map(Cell::Date),
        _ => None,
    };
    read.unwrap_or_else(|| say(ctx, &cell.shown).into())
}

fn alarms(ctx: &Ctx, page: &RegisterPage, line: &RegisterLine) -> String {
    let mut said: Vec<String> =
        line.alarms.iter().map(|(what, article)| format!("{}（{article}）", say(ctx, what))).collect();
    if let (true, Some(year)) = (line.unfiled, page.returned) {
        said.push(ctx.t_args("reg-unfiled-year", &[("year", year.to_string().into())]));
    }
    said.join("；")
}
