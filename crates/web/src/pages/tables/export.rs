//! The lists of money as files: the same rows, filters and scope as on the screen, all pages of them. Each function is called by
//! the page of its list when the address asks for a format.

use app::Failure;
use app::tables::{Cell, Column, ColumnKind, Format, Table};
use app::view::library::LibraryQuery;
use app::view::money::{
    AllocationPage, AllocationQuery, BatchPage, BatchQuery, ClaimQuery, ProjectPage, ProjectQuery,
    SourceQuery,
};
use app::view::pack::Words;
use axum::response::Response;

use super::send;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{Seat, web_error};

/// The most rows of one file.
const ROWS_MAX: usize = 10_000;
/// The most rows of a file of the library: an office's spreadsheet still opens it, and a filter narrows the rest.
const LIBRARY_ROWS_MAX: usize = 50_000;

use ColumnKind::{Amount, Balance, Count, Date, Text};

/// The sources of a list.
pub fn sources(seat: &Seat, query: &SourceQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-document", Text),
        ("tables-col-document-date", Date),
        ("tables-col-fund", Text),
        ("tables-col-kind", Text),
        ("tables-col-level", Text),
        ("tables-col-purpose", Text),
        ("tables-col-code", Text),
        ("tables-col-year", Text),
        ("tables-col-budget", Amount),
        ("tables-col-cut", Amount),
        ("tables-col-received", Amount),
        ("tables-col-note", Text),
    ];
    let lines = all(ctx, |after| {
        let query = SourceQuery { after, ..query.clone() };
        seat.app().source_list(&seat.viewer, &query).map(|list| (list.lines, list.next))
    })?;
    let row = |line: &app::view::money::SourceLine| {
        let row = &line.row;
        vec![
            row.document.clone().into(),
            row.on.into(),
            said(ctx, &line.fund),
            said(ctx, &line.kind),
            said(ctx, &line.level),
            row.purpose.clone().into(),
            row.code.clone().into(),
            row.year.to_string().into(),
            row.budget.into(),
            row.cut.into(),
            row.received.into(),
            row.note.clone().into(),
        ]
    };
    done(seat, "tables-sources", &columns, lines.iter().map(row).collect(), format)
}

/// The projects of a list.
pub fn projects(seat: &Seat, query: &ProjectQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("tables-col-fund", Text),
        ("tables-col-side", Text),
        ("tables-col-use", Text),
        ("tables-col-place", Text),
        ("tables-col-unit", Text),
        ("tables-col-year", Text),
        ("tables-col-planned", Amount),
        ("tables-col-allotted", Amount),
        ("tables-col-held", Amount),
        ("tables-col-spent", Amount),
        ("tables-col-left", Amount),
        ("tables-col-standing", Text),
    ];
    let lines = all(ctx, |after| {
        let query = ProjectQuery { after, ..query.clone() };
        seat.app().project_list(&seat.viewer, &query).map(|list| (list.lines, list.next))
    })?;
    let row = |line: &app::view::money::ProjectLine| {
        let row = &line.row;
        vec![
            row.number.clone().into(),
            row.name.clone().into(),
            said(ctx, &line.fund),
            said(ctx, &line.side),
            said(ctx, &line.spending),
            line.place.clone().into(),
            row.unit_name.clone().into(),
            row.year.to_string().into(),
            row.planned.into(),
            row.allotted.into(),
            row.held.into(),
            row.spent.into(),
            row.left().into(),
            standing(ctx, &row.standing),
        ]
    };
    done(seat, "tables-projects", &columns, lines.iter().map(row).collect(), format)
}

/// The library's selection: page after page, as many as a spreadsheet of an office takes.
pub fn library(seat: &Seat, query: &LibraryQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("lib-class", Text),
        ("tables-col-place", Text),
        ("lib-village", Text),
        ("lib-unit", Text),
        ("lib-year", Text),
        ("lib-since-word", Date),
        ("tables-col-amount", Amount),
        ("tables-col-standing", Text),
        ("lib-stage", Text),
    ];
    let lines = up_to(LIBRARY_ROWS_MAX, ctx, |after| {
        seat.app().library_part(&seat.viewer, &LibraryQuery { after, ..query.clone() })
    })?;
    let row = |line: &app::view::library::LibraryLine| {
        let row = &line.row;
        vec![
            row.number.clone().into(),
            row.title.clone().into(),
            said(ctx, &line.class),
            line.place.clone().into(),
            row.village.clone().into(),
            row.applicant_name.clone().into(),
            row.year.to_string().into(),
            row.filed_on.into(),
            row.amount.into(),
            crate::pages::library::standing(ctx, &row.standing).into(),
            ctx.pick(&row.stage, &row.stage_en).into(),
        ]
    };
    let rows = lines.iter().map(row).collect();
    send::table(seat, &table_up_to(LIBRARY_ROWS_MAX, seat, "lib-title", &columns, rows), format)
}

/// The ledger of a project.
pub fn project_ledger(seat: &Seat, page: &ProjectPage, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-on", Date),
        ("tables-col-note", Text),
        ("tables-col-from", Text),
        ("tables-col-to", Text),
        ("tables-col-amount", Balance),
        ("tables-col-free-after", Balance),
        ("tables-col-held-after", Balance),
        ("tables-col-spent-after", Balance),
    ];
    let row = |line: &app::view::money::ProjectLedgerLine| {
        vec![
            line.row.day.into(),
            line.row.memo.clone().into(),
            said(ctx, &line.from),
            said(ctx, &line.to),
            line.row.amount.into(),
            line.allotted.into(),
            line.held.into(),
            line.spent.into(),
        ]
    };
    let rows = page.ledger.iter().map(row).collect();
    let table = Table { total: None, ..table(seat, "tables-ledger", &columns, rows) };
    let title = format!("{} {} {}", table.title, page.line.row.number, page.line.row.name);
    send::table(seat, &Table { title, ..table }, format)
}

/// The allocations of a list.
pub fn allocations(seat: &Seat, query: &AllocationQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-fund", Text),
        ("tables-col-side", Text),
        ("tables-col-year", Text),
        ("tables-col-lines", Count),
        ("tables-col-total", Amount),
        ("tables-col-standing", Text),
    ];
    let lines = all(ctx, |after| {
        let query = AllocationQuery { after, ..query.clone() };
        seat.app().allocation_list(&seat.viewer, &query).map(|list| (list.lines, list.next))
    })?;
    let row = |line: &app::view::money::AllocationLine| {
        let row = &line.row;
        vec![
            row.number.clone().into(),
            said(ctx, &line.fund),
            said(ctx, &line.side),
            row.year.to_string().into(),
            row.lines.into(),
            row.total.into(),
            standing(ctx, &row.standing),
        ]
    };
    done(seat, "tables-allocations", &columns, lines.iter().map(row).collect(), format)
}

/// The lines of an allocation, in the shape in which they can be imported again.
pub fn allocation(seat: &Seat, page: &AllocationPage, format: Format) -> Result<Response, WebError> {
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("tables-col-place", Text),
        ("tables-col-amount", Amount),
        ("tables-col-source", Text),
        ("tables-col-note", Text),
    ];
    let row = |line: &app::view::money::AllotLine| {
        let project = line.project.as_ref().map(|project| &project.row);
        let lots = line.lots.iter().map(|(_, document, amount)| format!("{document} {}", amount.grouped()));
        vec![
            project.map_or("", |row| row.number.as_str()).into(),
            project.map_or("", |row| row.name.as_str()).into(),
            line.place_name.clone().into(),
            line.amount.into(),
            lots.collect::<Vec<_>>().join("；").into(),
            line.note.clone().into(),
        ]
    };
    let table = table(seat, "tables-allocation", &columns, page.lines.iter().map(row).collect());
    let title = format!("{} {}", table.title, page.line.row.number);
    send::table(seat, &Table { title, ..table }, format)
}

/// The claims of a list.
pub fn claims(seat: &Seat, query: &ClaimQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("tables-col-unit", Text),
        ("tables-col-purpose-claim", Text),
        ("tables-col-on", Date),
        ("tables-col-claimed", Amount),
        ("tables-col-approved", Amount),
        ("tables-col-standing", Text),
    ];
    let lines = all(ctx, |after| {
        let query = ClaimQuery { after, ..query.clone() };
        seat.app().claim_list(&seat.viewer, &query).map(|list| (list.lines, list.next))
    })?;
    let row = |line: &app::view::money::ClaimListLine| {
        let row = &line.row;
        vec![
            row.number.clone().into(),
            row.title.clone().into(),
            line.unit.clone().into(),
            said(ctx, &line.purpose),
            row.filed_on.into(),
            row.asked.into(),
            row.approved.into(),
            said(ctx, &line.standing),
        ]
    };
    done(seat, "tables-claims", &columns, lines.iter().map(row).collect(), format)
}

/// The payment batches of a list.
pub fn batches(seat: &Seat, query: &BatchQuery, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-fund", Text),
        ("tables-col-on", Date),
        ("tables-col-payments", Count),
        ("tables-col-total", Amount),
        ("tables-col-paid", Amount),
        ("tables-col-standing", Text),
    ];
    let lines = all(ctx, |after| {
        let query = BatchQuery { after, ..query.clone() };
        seat.app().batch_list(&seat.viewer, &query).map(|list| (list.lines, list.next))
    })?;
    let row = |line: &app::view::money::BatchLine| {
        let row = &line.row;
        vec![
            row.number.clone().into(),
            said(ctx, &line.fund),
            row.made_on.into(),
            row.lines.into(),
            row.total.into(),
            row.paid.into(),
            said(ctx, &line.standing),
        ]
    };
    done(seat, "tables-batches", &columns, lines.iter().map(row).collect(), format)
}

/// The payments of a batch; accounts are masked as on the screen.
pub fn batch(seat: &Seat, page: &BatchPage, format: Format) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-claim", Text),
        ("tables-col-name", Text),
        ("tables-col-payee", Text),
        ("tables-col-account", Text),
        ("tables-col-bank", Text),
        ("tables-col-amount", Amount),
        ("tables-col-standing", Text),
        ("tables-col-on", Date),
        ("tables-col-reference", Text),
    ];
    let row = |payment: &app::view::money::PaymentNow| {
        let row = &payment.row;
        vec![
            row.end_to_end.clone().into(),
            payment.claim.clone().into(),
            payment.project.clone().into(),
            row.payee_name.clone().into(),
            payment.account.clone().into(),
            payment.bank.clone().into(),
            row.amount.into(),
            said(ctx, &payment.state),
            row.on.map_or(Cell::Empty, Cell::Date),
            row.said.clone().into(),
        ]
    };
    let table = table(seat, "tables-payments", &columns, page.payments.iter().map(row).collect());
    let title = format!("{} {}", table.title, page.line.row.number);
    send::table(seat, &Table { title, ..table }, format)
}

/// All rows of a list, page after page, up to the most of one file.
fn all<T>(
    ctx: &Ctx,
    page: impl Fn(Option<String>) -> Result<(Vec<T>, Option<String>), Failure>,
) -> Result<Vec<T>, WebError> {
    up_to(ROWS_MAX, ctx, page)
}

fn up_to<T>(
    most: usize,
    ctx: &Ctx,
    page: impl Fn(Option<String>) -> Result<(Vec<T>, Option<String>), Failure>,
) -> Result<Vec<T>, WebError> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let (more, next) = page(after).map_err(|failure| web_error(ctx, failure))?;
        rows.extend(more);
        if next.is_none() || rows.len() > most {
            return Ok(rows);
        }
        after = next;
    }
}

fn said(ctx: &Ctx, words: &Words) -> Cell {
    ctx.pick(&words.zh, &words.en).into()
}

fn standing(ctx: &Ctx, standing: &str) -> Cell {
    let id = match standing {
        "open" => "tables-standing-open",
        "doubt" => "tables-standing-doubt",
        "closed" => "tables-standing-closed",
        "approved" => "tables-standing-approved",
        "ended" => "tables-standing-ended",
        other => return other.into(),
    };
    ctx.t(id).into()
}

fn table(seat: &Seat, title: &str, columns: &[(&str, ColumnKind)], rows: Vec<Vec<Cell>>) -> Table {
    table_up_to(ROWS_MAX, seat, title, columns, rows)
}

fn table_up_to(
    most: usize,
    seat: &Seat,
    title: &str,
    columns: &[(&str, ColumnKind)],
    mut rows: Vec<Vec<Cell>>,
) -> Table {
    let ctx = &seat.ctx;
    let cut = rows.len() > most;
    rows.truncate(most);
    let context = format!("{} {}　{}", ctx.t("tables-made-by"), seat.viewer.org_name, ctx.date(ctx.today));
    Table {
        title: ctx.t(title),
        context,
        unit: ctx.t("tables-unit-yuan"),
        columns: columns.iter().map(|(name, kind)| Column { name: ctx.t(name), kind: *kind }).collect(),
        rows,
        total: Some(ctx.t("tables-kind-total")),
        notes: cut.then(|| ctx.t_args("tables-export-cut", &[("count", most.into())])).into_iter().collect(),
    }
}

fn done(
    seat: &Seat,
    title: &str,
    columns: &[(&str, ColumnKind)],
    rows: Vec<Vec<Cell>>,
    format: Format,
) -> Result<Response, WebError> {
    send::table(seat, &table(seat, title, columns, rows), format)
}
