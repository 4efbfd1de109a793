//! The figures of booked funds as files: the table by fund, side and year, and the rows behind one of its figures. The money of
//! overheads has columns of its own.

use app::tables::{Cell, ColumnKind, Format, Table};
use app::view::money::{FigureRow, FundTable};
use axum::response::Response;
use kernel::Money;

use super::export::{said, table as filled};
use super::send;
use crate::error::WebError;
use crate::state::Seat;

use ColumnKind::{Amount, Text};

/// The table of funds as it is asked for.
pub fn table(seat: &Seat, view: &FundTable, format: Format) -> Result<Response, WebError> {
    let mut columns = vec![
        ("tables-col-fund", Text),
        ("tables-col-side", Text),
        ("tables-col-year", Text),
        ("funds-budget", Amount),
        ("funds-received", Amount),
        ("funds-awaited", Amount),
        ("funds-quota", Amount),
        ("funds-committed", Amount),
        ("funds-spent", Amount),
        ("funds-pool", Amount),
        ("funds-clearing", Amount),
    ];
    if view.has_overheads {
        columns.extend([("funds-overhead-open", Amount), ("funds-overhead-spent", Amount)]);
    }
    let row = |line: &app::view::money::FundLine| {
        let of = &line.figures;
        let mut cells = vec![
            said(&seat.ctx, &line.fund_name),
            said(&seat.ctx, &line.side_name),
            line.year.to_string().into(),
        ];
        let amounts: [Money; 8] =
            [of.budget, of.received, of.awaited(), of.quota, of.committed(), of.spent, of.pool, of.clearing];
        cells.extend(amounts.map(Cell::Money));
        if view.has_overheads {
            cells.extend([of.overhead_open, of.overhead_spent].map(Cell::Money));
        }
        cells
    };
    let made = filled(seat, "funds-title", &columns, view.lines.iter().map(row).collect());
    send::table(seat, &made, format)
}

/// The rows behind a figure called `label`.
pub fn rows(seat: &Seat, label: &str, rows: &[FigureRow], format: Format) -> Result<Response, WebError> {
    let columns = [
        ("tables-col-document", Text),
        ("tables-col-fund", Text),
        ("tables-col-kind", Text),
        ("tables-col-year", Text),
        ("tables-col-number", Text),
        ("tables-col-name", Text),
        ("tables-col-amount", Amount),
    ];
    let row = |row: &FigureRow| {
        let project = row.project.as_ref();
        vec![
            row.source.row.document.clone().into(),
            said(&seat.ctx, &row.source.fund),
            said(&seat.ctx, &row.source.kind),
            row.source.row.year.to_string().into(),
            project.map_or("", |(_, number, _)| number.as_str()).into(),
            project.map_or("", |(.., name)| name.as_str()).into(),
            row.amount.into(),
        ]
    };
    let made = filled(seat, "funds-title", &columns, rows.iter().map(row).collect());
    send::table(seat, &Table { title: label.to_owned(), ..made }, format)
}

/// Whether a purse is that of a project or of an overhead.
pub(super) fn sort(seat: &Seat, spending: &str) -> Cell {
    let overhead = seat.viewer.pack.is_overhead(spending);
    seat.ctx.t(if overhead { "tables-sort-overhead" } else { "tables-sort-project" }).into()
}
