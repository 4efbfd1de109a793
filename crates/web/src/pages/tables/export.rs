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
use kernel::Money;

use super::send;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::paged;
use crate::state::{Seat, web_error};

/// The most rows of a workbook.
const ROWS_MAX: usize = 10_000;
/// The most rows of a workbook of the library: an office's spreadsheet still opens it, and a filter narrows the rest.
const LIBRARY_ROWS_MAX: usize = 50_000;

use ColumnKind::{Amount, Balance, Count, Date, Text};

/// The sources of a list.
pub fn sources(seat: &Seat, query: &SourceQuery, format: Format) -> Result<Response, WebError> {
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
    let query = query.clone();
    let list = List { title: "tables-sources", columns: &columns, most: ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let list = seat.app().source_list(&seat.viewer, &SourceQuery { after, ..query.clone() })?;
        let (lines, next) = (list.lines, list.next);
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
        Ok((lines.iter().map(row).collect(), next))
    })
}

/// The projects of a list.
pub fn projects(seat: &Seat, query: &ProjectQuery, format: Format) -> Result<Response, WebError> {
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("tables-col-fund", Text),
        ("tables-col-side", Text),
        ("tables-col-use", Text),
        ("tables-col-sort", Text),
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
    let query = query.clone();
    let list = List { title: "tables-projects", columns: &columns, most: ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let list = seat.app().project_list(&seat.viewer, &ProjectQuery { after, ..query.clone() })?;
        let (lines, next) = (list.lines, list.next);
        let row = |line: &app::view::money::ProjectLine| {
            let row = &line.row;
            vec![
                row.number.clone().into(),
                row.name.clone().into(),
                said(ctx, &line.fund),
                said(ctx, &line.side),
                said(ctx, &line.spending),
                super::funds::sort(seat, &row.spending),
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
        Ok((lines.iter().map(row).collect(), next))
    })
}

/// The library's selection: page after page, as many as a spreadsheet of an office takes.
pub fn library(seat: &Seat, query: &LibraryQuery, format: Format) -> Result<Response, WebError> {
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
    let query = query.clone();
    let list = List { title: "lib-title", columns: &columns, most: LIBRARY_ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let (lines, next) =
            seat.app().library_part(&seat.viewer, &LibraryQuery { after, ..query.clone() })?;
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
        Ok((lines.iter().map(row).collect(), next))
    })
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
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-fund", Text),
        ("tables-col-side", Text),
        ("tables-col-year", Text),
        ("tables-col-lines", Count),
        ("tables-col-total", Amount),
        ("tables-col-standing", Text),
    ];
    let query = query.clone();
    let list = List { title: "tables-allocations", columns: &columns, most: ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let list = seat.app().allocation_list(&seat.viewer, &AllocationQuery { after, ..query.clone() })?;
        let (lines, next) = (list.lines, list.next);
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
        Ok((lines.iter().map(row).collect(), next))
    })
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
    let query = query.clone();
    let list = List { title: "tables-claims", columns: &columns, most: ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let list = seat.app().claim_list(&seat.viewer, &ClaimQuery { after, ..query.clone() })?;
        let (lines, next) = (list.lines, list.next);
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
        Ok((lines.iter().map(row).collect(), next))
    })
}

/// The payment batches of a list.
pub fn batches(seat: &Seat, query: &BatchQuery, format: Format) -> Result<Response, WebError> {
    let columns = [
        ("tables-col-number", Text),
        ("tables-col-fund", Text),
        ("tables-col-on", Date),
        ("tables-col-payments", Count),
        ("tables-col-total", Amount),
        ("tables-col-paid", Amount),
        ("tables-col-failed", Amount),
        ("tables-col-standing", Text),
    ];
    let query = query.clone();
    let list = List { title: "tables-batches", columns: &columns, most: ROWS_MAX };
    list.send(seat, format, move |seat, after| {
        let ctx = &seat.ctx;
        let list = seat.app().batch_list(&seat.viewer, &BatchQuery { after, ..query.clone() })?;
        let (lines, next) = (list.lines, list.next);
        let row = |line: &app::view::money::BatchLine| {
            let row = &line.row;
            vec![
                row.number.clone().into(),
                said(ctx, &line.fund),
                row.made_on.into(),
                row.lines.into(),
                row.total.into(),
                row.paid.into(),
                row.failed.into(),
                said(ctx, &line.standing),
            ]
        };
        Ok((lines.iter().map(row).collect(), next))
    })
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

/// Rows that follow a key, and the key to go on after.
type Part = (Vec<Vec<Cell>>, Option<String>);

/// A list as a file.
struct List<'a> {
    title: &'static str,
    columns: &'a [(&'static str, ColumnKind)],
    /// The most rows of a workbook, which is made in memory; a CSV file has as many as there are.
    most: usize,
}

impl List<'_> {
    /// Sends all rows, page after page.
    fn send(
        &self,
        seat: &Seat,
        format: Format,
        mut part: impl FnMut(&Seat, Option<String>) -> Result<Part, Failure> + Send + 'static,
    ) -> Result<Response, WebError> {
        if format == Format::Csv {
            return self.poured(seat, part);
        }
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let (more, next) = part(seat, after).map_err(|failure| web_error(&seat.ctx, failure))?;
            rows.extend(more);
            if next.is_none() || rows.len() > self.most {
                return send::table(
                    seat,
                    &table_up_to(self.most, seat, self.title, self.columns, rows),
                    format,
                );
            }
            after = next;
        }
    }

    /// A CSV file: each page as the workbooks write it, the headings once, the totals at the end.
    fn poured(
        &self,
        seat: &Seat,
        mut part: impl FnMut(&Seat, Option<String>) -> Result<Part, Failure> + Send + 'static,
    ) -> Result<Response, WebError> {
        let blank =
            Table { total: None, ..table_up_to(self.most, seat, self.title, self.columns, Vec::new()) };
        let name = format!("{}-{}.csv", blank.title, seat.ctx.today);
        let mut sums = Sums::of(&blank.columns);
        let label = seat.ctx.t("tables-kind-total");
        paged(seat, &name, move |seat, after| {
            let first = after.is_none();
            let (mut rows, next) = part(seat, after)?;
            sums.add(&rows);
            if next.is_none() {
                rows.push(sums.row(&label));
            }
            let bytes = seat.app().workbooks.export(&Table { rows, ..blank.clone() }, Format::Csv)?;
            Ok((if first { bytes } else { without_headings(bytes) }, next))
        })
    }
}

/// What stands below the first line.
fn without_headings(bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.windows(2).position(|two| two == b"\r\n").map_or(bytes.len(), |at| at + 2);
    bytes[end..].to_vec()
}

/// Running totals, by column; one that grew too large is not shown.
struct Sums(Vec<Option<Cell>>);

impl Sums {
    fn of(columns: &[Column]) -> Sums {
        let zero = |column: &Column| match column.kind {
            Amount => Some(Cell::Money(Money::ZERO)),
            Count => Some(Cell::Count(0)),
            _ => None,
        };
        Sums(columns.iter().map(zero).collect())
    }

    fn add(&mut self, rows: &[Vec<Cell>]) {
        for row in rows {
            for (sum, cell) in self.0.iter_mut().zip(row) {
                *sum = match (sum.take(), cell) {
                    (Some(Cell::Money(sum)), Cell::Money(more)) => sum.checked_add(*more).map(Cell::Money),
                    (Some(Cell::Count(sum)), Cell::Count(more)) => sum.checked_add(*more).map(Cell::Count),
                    (sum, _) => sum,
                };
            }
        }
    }

    fn row(&self, label: &str) -> Vec<Cell> {
        let cell = |(at, sum): (usize, &Option<Cell>)| match sum {
            Some(sum) => sum.clone(),
            None if at == 0 => label.into(),
            None => Cell::Empty,
        };
        self.0.iter().enumerate().map(cell).collect()
    }
}

pub(super) fn said(ctx: &Ctx, words: &Words) -> Cell {
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

pub(super) fn table(seat: &Seat, title: &str, columns: &[(&str, ColumnKind)], rows: Vec<Vec<Cell>>) -> Table {
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
