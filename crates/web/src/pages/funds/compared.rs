//! What comparing with a department's ledger gave: totals, the amounts that differ, what stands on one side only, what could not be
//! read; and all differences as a file that is part of the page.

use app::tables::{
    Cell, Column, ColumnKind, Compared, Comparison, Format, FoundBy, LedgerColumn, Table, TheirsOnly,
};
use app::view::money::{ProjectLine, fund_name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Money;
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{notice, say};
use crate::pages::tables::found;
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, Stat, badge, details, panel, stats};

/// Whose ledger was compared, with which file.
pub(super) fn caption(seat: &Seat, seen: &Comparison) -> String {
    let ctx = &seat.ctx;
    let mut parts = vec![seen.file.clone()];
    let units = seen.both.iter().map(|one| &one.project).chain(&seen.ours);
    if seen.whose.unit.is_some() {
        parts.extend(units.map(|line| line.row.unit_name.clone()).next());
    }
    parts.extend(seen.whose.fund.iter().map(|fund| say(ctx, &fund_name(&seat.viewer.pack, fund)).to_owned()));
    parts
        .extend(seen.whose.year.map(|year| ctx.t_args("funds-of-year", &[("year", i64::from(year).into())])));
    parts.join(" · ")
}

/// The page under its title.
pub(super) fn body(seat: &Seat, seen: &Comparison) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let differing: Vec<&Compared> = seen.both.iter().filter(|one| !one.agrees()).collect();
    let (silent, equal): (Vec<&Compared>, Vec<&Compared>) =
        seen.both.iter().filter(|one| one.agrees()).partition(|one| one.theirs.is_empty());
    let counts = [
        ("funds-compare-equal", "funds-compare-equal-about", equal.len(), "#equal"),
        ("funds-compare-differs", "funds-compare-differs-about", differing.len(), "#differs"),
        ("funds-compare-theirs", "funds-compare-theirs-about", seen.theirs.len(), "#theirs"),
        ("funds-compare-ours", "funds-compare-ours-about", seen.ours.len(), "#ours"),
        ("funds-compare-unread", "funds-compare-unread-short", seen.unread(), "#findings"),
    ];
    let link = differences(seat, seen)?;
    Ok(html! {
        (verdict(ctx, seen))
        (stats(&counts.map(|(label, about, count, at)| count_of(ctx, (label, about), count, at))))
        @if let Some(link) = link { (link) }
        (panel(&ctx.t("funds-compare-totals"), totals(ctx, seen)))
        @if !differing.is_empty() { (panel(&ctx.t("funds-compare-differs"), differs(ctx, &differing))) }
        @if !seen.theirs.is_empty() { (panel(&ctx.t("funds-compare-theirs"), theirs(ctx, &seen.theirs))) }
        @if !seen.ours.is_empty() { (panel(&ctx.t("funds-compare-ours"), ours(ctx, &seen.ours))) }
        @if !seen.reading.findings.is_empty() {
            (panel(&ctx.t("funds-compare-unread"), html! {
                p.hint { (ctx.t("funds-compare-unread-about")) }
                (found(ctx, &seen.reading.findings))
            }))
        }
        @if !silent.is_empty() { (details(&ctx.t("funds-compare-silent"), same(ctx, ("silent", "funds-compare-silent"), &silent))) }
        @if !equal.is_empty() { (details(&ctx.t("funds-compare-equal"), same(ctx, ("equal", "funds-compare-equal"), &equal))) }
    })
}

fn verdict(ctx: &Ctx, seen: &Comparison) -> Markup {
    let (colour, text) = if seen.agrees() {
        (Badge::Green, ctx.t_args("funds-compare-agrees", &[("count", seen.both.len().into())]))
    } else {
        (Badge::Amber, ctx.t("funds-compare-disagrees"))
    };
    notice(colour, html! { p { strong { (text) } } p { (ctx.t("funds-compare-kept")) } })
}

fn count_of(ctx: &Ctx, (label, about): (&str, &str), count: usize, at: &str) -> Stat {
    Stat {
        label: ctx.t(label),
        value: count.to_string(),
        unit: ctx.t("funds-compare-unit-of"),
        about: ctx.t(about),
        href: (count > 0 && at != "#equal").then(|| at.to_owned()),
    }
}

fn name_of(ctx: &Ctx, column: LedgerColumn) -> String {
    ctx.t(match column {
        LedgerColumn::Planned => "tables-col-planned",
        LedgerColumn::Allotted => "tables-col-allotted",
        LedgerColumn::Paid => "tables-col-spent",
        LedgerColumn::Balance => "funds-compare-balance",
    })
}

/// Theirs less ours.
fn less(theirs: Money, ours: Money) -> String {
    theirs.checked_sub(ours).map_or_else(String::new, |less| less.grouped())
}

fn totals(ctx: &Ctx, seen: &Comparison) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-compare-column")),
        Head::amount(ctx.t("funds-compare-their-sum")),
        Head::amount(ctx.t("funds-compare-our-sum")),
        Head::amount(ctx.t("funds-compare-less")),
        Head::amount(ctx.t("funds-compare-theirs-only")),
        Head::amount(ctx.t("funds-compare-ours-only")),
    ];
    let mut table = DataTable::new("totals", ctx.t("funds-compare-totals"), heads).quiet_caption();
    for (column, sum) in &seen.sums {
        let cells = vec![
            html! { (name_of(ctx, *column)) },
            html! { (sum.theirs.grouped()) },
            html! { (sum.ours.grouped()) },
            html! { (less(sum.theirs, sum.ours)) },
            html! { (sum.theirs_only.grouped()) },
            html! { (sum.ours_only.grouped()) },
        ];
        table = if sum.theirs == sum.ours { table.row(cells) } else { table.marked_row(cells) };
    }
    html! { p.hint { (ctx.t("funds-compare-totals-about")) } (table.html()) }
}

/// The project, and how it was found.
fn project(ctx: &Ctx, one: &Compared) -> Markup {
    let row = &one.project.row;
    html! {
        a href={ "/projects/" (row.project) } { (row.number) " " (ctx.zh(&row.name)) }
        p.hint {
            (row.year) " · " (ctx.zh(&row.unit_name))
            @if one.by == FoundBy::Name { " · " (badge(Badge::Amber, &ctx.t("funds-compare-by-name"))) }
        }
        @if let Some(named) = &one.named { p.hint { (ctx.t_args("funds-compare-named", &[("name", named.as_str().into())])) } }
    }
}

fn differs(ctx: &Ctx, lines: &[&Compared]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-project")),
        Head::text(ctx.t("tables-row")),
        Head::text(ctx.t("funds-compare-column")),
        Head::amount(ctx.t("funds-compare-they-say")),
        Head::amount(ctx.t("funds-compare-we-say")),
        Head::amount(ctx.t("funds-compare-less")),
    ];
    let mut table = DataTable::new("differs", ctx.t("funds-compare-differs"), heads).quiet_caption();
    for one in lines {
        for (column, theirs, ours) in one.differs() {
            table = table.row(vec![
                project(ctx, one),
                html! { (one.row) },
                html! { (name_of(ctx, column)) },
                html! { (theirs.grouped()) },
                html! { (ours.grouped()) },
                html! { strong { (less(theirs, ours)) } },
            ]);
        }
    }
    table.html()
}

/// The heads of the four amounts.
fn amount_heads(ctx: &Ctx) -> impl Iterator<Item = Head> {
    let name = |column| format!("{}（{}）", name_of(ctx, column), ctx.t("unit-yuan"));
    LedgerColumn::ALL.map(|column| Head::amount(name(column))).into_iter()
}

fn stated(of: &BTreeMap<LedgerColumn, Money>) -> impl Iterator<Item = Markup> {
    LedgerColumn::ALL.into_iter().map(|column| match of.get(&column) {
        Some(amount) => html! { (amount.grouped()) },
        None => html! { "—" },
    })
}

fn theirs(ctx: &Ctx, lines: &[TheirsOnly]) -> Markup {
    let mut heads = vec![Head::text(ctx.t("funds-project")), Head::text(ctx.t("tables-row"))];
    heads.extend(amount_heads(ctx));
    let mut table = DataTable::new("theirs", ctx.t("funds-compare-theirs"), heads).quiet_caption();
    for one in lines {
        let mut cells = vec![
            html! { (ctx.zh(&one.number)) " " (ctx.zh(&one.name)) @if let Some(year) = one.year { p.hint { (year) } } },
            html! { (one.row) },
        ];
        cells.extend(stated(&one.theirs));
        table = table.row(cells);
    }
    table.html()
}

fn ours(ctx: &Ctx, lines: &[ProjectLine]) -> Markup {
    let mut heads = vec![Head::text(ctx.t("funds-project")), Head::text(ctx.t("tables-col-unit"))];
    heads.extend(amount_heads(ctx));
    let mut table = DataTable::new("ours", ctx.t("funds-compare-ours"), heads).quiet_caption();
    for line in lines {
        let row = &line.row;
        let mut cells = vec![
            html! { a href={ "/projects/" (row.project) } { (row.number) " " (ctx.zh(&row.name)) } p.hint { (row.year) } },
            html! { (ctx.zh(&row.unit_name)) },
        ];
        cells.extend(LedgerColumn::ALL.map(|column| html! { (column.of(line).grouped()) }));
        table = table.row(cells);
    }
    table.html()
}

fn same(ctx: &Ctx, (id, title): (&str, &str), lines: &[&Compared]) -> Markup {
    let mut heads = vec![Head::text(ctx.t("funds-project")), Head::text(ctx.t("tables-row"))];
    heads.extend(amount_heads(ctx));
    let mut table = DataTable::new(id, ctx.t(title), heads).quiet_caption();
    for one in lines {
        let mut cells = vec![project(ctx, one), html! { (one.row) }];
        cells.extend(stated(&one.theirs));
        table = table.row(cells);
    }
    table.html()
}

/// All differences as a file within the page: it is made now and lies nowhere.
fn differences(seat: &Seat, seen: &Comparison) -> Result<Option<Markup>, WebError> {
    let ctx = &seat.ctx;
    let rows = rows(ctx, seen);
    if rows.is_empty() {
        return Ok(None);
    }
    let columns = [
        ("tables-col-standing", ColumnKind::Text),
        ("tables-col-number", ColumnKind::Text),
        ("tables-col-name", ColumnKind::Text),
        ("tables-col-year", ColumnKind::Text),
        ("tables-col-unit", ColumnKind::Text),
        ("tables-row", ColumnKind::Text),
        ("funds-compare-column", ColumnKind::Text),
        ("funds-compare-they-say", ColumnKind::Balance),
        ("funds-compare-we-say", ColumnKind::Balance),
        ("funds-compare-less", ColumnKind::Balance),
    ];
    let table = Table {
        title: ctx.t("funds-compare-differences"),
        columns: columns.map(|(name, kind)| Column { name: ctx.t(name), kind }).into(),
        rows,
        ..Table::default()
    };
    let bytes = seat.app().workbooks.export(&table, Format::Csv);
    let bytes = bytes.map_err(|fault| web_error(ctx, fault.into()))?;
    let href = format!("data:text/csv;charset=utf-8;base64,{}", STANDARD.encode(bytes));
    let name = format!("{}-{}.csv", table.title, ctx.today);
    Ok(Some(html! {
        p.export-links { a.button href=(href) download=(name) { (ctx.t("funds-compare-csv")) } " " span.hint { (ctx.t("funds-compare-csv-about")) } }
    }))
}

/// One row an amount that differs or stands on one side only; a project without any amount has one row.
fn rows(ctx: &Ctx, seen: &Comparison) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for one in seen.both.iter().filter(|one| !one.agrees()) {
        for (column, theirs, ours) in one.differs() {
            let less = theirs.checked_sub(ours).map_or(Cell::Empty, Cell::Money);
            let mut row = ours_cells(ctx, "funds-compare-differs", &one.project, one.row.to_string().into());
            row.extend([name_of(ctx, column).into(), theirs.into(), ours.into(), less]);
            rows.push(row);
        }
    }
    for one in &seen.theirs {
        let first = || -> Vec<Cell> {
            vec![
                ctx.t("funds-compare-theirs").into(),
                one.number.as_str().into(),
                one.name.as_str().into(),
                one.year.map_or(Cell::Empty, |year| year.to_string().into()),
                Cell::Empty,
                one.row.to_string().into(),
            ]
        };
        if one.theirs.is_empty() {
            rows.push([first(), vec![Cell::Empty; 4]].concat());
        }
        for (column, amount) in &one.theirs {
            let own: Vec<Cell> =
                vec![name_of(ctx, *column).into(), (*amount).into(), Cell::Empty, Cell::Empty];
            rows.push([first(), own].concat());
        }
    }
    for line in &seen.ours {
        for column in LedgerColumn::ALL {
            let mut row = ours_cells(ctx, "funds-compare-ours", line, Cell::Empty);
            row.extend([name_of(ctx, column).into(), Cell::Empty, column.of(line).into(), Cell::Empty]);
            rows.push(row);
        }
    }
    rows
}

fn ours_cells(ctx: &Ctx, standing: &str, line: &ProjectLine, at: Cell) -> Vec<Cell> {
    let row = &line.row;
    vec![
        ctx.t(standing).into(),
        row.number.as_str().into(),
        row.name.as_str().into(),
        row.year.to_string().into(),
        row.unit_name.as_str().into(),
        at,
    ]
}
