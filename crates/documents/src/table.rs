//! Tables for export: title, unit line, typed columns, totals as formulas with their results, signature line; as a
//! workbook or as CSV.

use crate::place::column_letters;
use crate::write::{self, Look, ROW_HEIGHT, WriteError, room};
use kernel::amount::AmountUnit;
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

/// What a column of an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Texts.
    Text,
    /// Amounts, printed in this unit.
    Money(AmountUnit),
    /// Percentages and fractions.
    Ratio,
    /// Whole numbers.
    Count,
    /// Dates.
    Date,
}

/// One column of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// The heading.
    pub name: String,
    /// What it holds.
    pub kind: TableKind,
    /// Whether amounts or counts are added up under the table.
    pub total: bool,
}

impl TableColumn {
    /// A column; amounts are added up.
    pub fn new(name: impl Into<String>, kind: TableKind) -> Self {
        Self { name: name.into(), kind, total: matches!(kind, TableKind::Money(_)) }
    }

    /// The same column, added up or not.
    pub fn total(mut self, total: crate::template::Totalled) -> Self {
        self.total = total == crate::template::Totalled::Yes;
        self
    }
}

/// One cell of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TableCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A percentage or fraction.
    Ratio(Ratio),
    /// A whole number.
    Count(i64),
    /// A date.
    Date(Date),
}

/// A table for export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the sheet.
    pub sheet: String,
    /// The title above the table.
    pub title: String,
    /// The line under the title, at its left: who made it, for which period.
    pub context: String,
    /// The line under the title, at its right: 单位：元.
    pub unit_line: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows; a short row ends with empty cells.
    pub rows: Vec<Vec<TableCell>>,
    /// The label of the row of totals; without one there is none.
    pub total_label: Option<String>,
    /// What stands under the table: 制表：　　审核：　　负责人：
    pub signatures: Vec<String>,
    /// Remarks under the table.
    pub notes: Vec<String>,
}

/// The row of the headings.
const HEADER: u32 = 2;

/// The table as a workbook.
pub fn table_xlsx(table: &Table) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    book.set_properties(&write::properties(&table.title)?);
    let name = if table.sheet.is_empty() { &table.title } else { &table.sheet };
    let sheet = book.add_worksheet();
    sheet.set_name(write::sheet_name(name))?;
    fill(table, sheet)?;
    Ok(book.save_to_buffer()?)
}

fn fill(table: &Table, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let look = Look::new();
    let last = (table.columns.len().max(2) - 1) as u16;
    sheet.set_default_row_height(ROW_HEIGHT);
    sheet.merge_range(0, 0, 0, last, &table.title, &look.title)?;
    sheet.set_row_height(0, 28_u32)?;
    sheet.write_string_with_format(1, 0, &table.context, &Format::new().set_font_name("宋体"))?;
    sheet.write_string_with_format(1, last, &table.unit_line, &look.unit)?;
    for (at, column) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(HEADER, at as u16, &column.name, &look.header)?;
        write::column_width(sheet, at as u16, widest(table, at))?;
    }
    let formats: Vec<Format> = table.columns.iter().map(|column| format(column.kind, &look.plain)).collect();
    for (n, row) in table.rows.iter().enumerate() {
        let at = HEADER + 1 + n as u32;
        for (column, format) in formats.iter().enumerate() {
            let value = row.get(column).unwrap_or(&TableCell::Empty);
            cell(sheet, at, column as u16, value, table.columns[column].kind, format)?;
        }
    }
    let mut next = HEADER + 1 + table.rows.len() as u32;
    if let Some(label) = &table.total_label {
        totals(table, sheet, next, label, &look.total)?;
        next += 1;
    }
    let signatures = (!table.signatures.is_empty()).then(|| table.signatures.join("　　　　"));
    for text in table.notes.iter().chain(&signatures) {
        sheet.merge_range(next, 0, next, last, text, &look.note)?;
        next += 1;
    }
    sheet.set_freeze_panes(HEADER + 1, 0)?;
    write::page(sheet, HEADER, HEADER)
}

/// The room of the widest text of a column, by its first two hundred rows.
fn widest(table: &Table, at: usize) -> u32 {
    let kind = table.columns[at].kind;
    let cells = table.rows.iter().take(200).filter_map(|row| row.get(at));
    let widest = cells.map(|cell| room(&text(cell, kind))).max().unwrap_or(0);
    let total = total(table, at).map_or(0, |total| room(&total));
    widest.max(room(&table.columns[at].name)).max(total + 2)
}

fn format(kind: TableKind, base: &Format) -> Format {
    let base = base.clone();
    match kind {
        TableKind::Text => base.set_text_wrap(),
        TableKind::Money(AmountUnit::Yuan) => base.set_num_format(write::YUAN),
        TableKind::Money(_) => base.set_num_format(write::WAN),
        TableKind::Ratio => base.set_num_format(write::PERCENT),
        TableKind::Count => base.set_num_format(write::COUNT),
        TableKind::Date => base.set_num_format(write::DATE).set_align(FormatAlign::Center),
    }
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    value: &TableCell,
    kind: TableKind,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        TableCell::Empty => {
            sheet.write_blank(row, at, format)?;
        }
        TableCell::Date(date) => {
            sheet.write_datetime_with_format(row, at, write::date(*date)?, format)?;
        }
        TableCell::Money(_) | TableCell::Count(_) => {
            write::number(sheet, row, at, &plain(&text(value, kind)), format)?;
        }
        TableCell::Ratio(ratio) => match fraction(*ratio) {
            Some(decimal) => write::number(sheet, row, at, &decimal, format)?,
            None => {
                sheet.write_string_with_format(row, at, ratio.to_string(), format)?;
            }
        },
        TableCell::Text(text) => {
            sheet.write_string_with_format(row, at, text, format)?;
        }
    }
    Ok(())
}

/// A ratio as a decimal, where it has at most six places.
fn fraction(ratio: Ratio) -> Option<String> {
    const PLACES: i64 = 1_000_000;
    let scaled = (PLACES % ratio.den() == 0).then(|| ratio.num().checked_mul(PLACES / ratio.den()))??;
    let (sign, digits) = (if scaled < 0 { "-" } else { "" }, scaled.unsigned_abs());
    Some(format!("{sign}{}.{:06}", digits / PLACES.unsigned_abs(), digits % PLACES.unsigned_abs()))
}

/// A number without commas.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

/// What a person reads in a cell.
fn text(cell: &TableCell, kind: TableKind) -> String {
    match cell {
        TableCell::Empty => String::new(),
        TableCell::Text(text) => text.clone(),
        TableCell::Money(money) => match kind {
            TableKind::Money(AmountUnit::Wan) => money.wan(),
            TableKind::Money(AmountUnit::Yi) => yi(*money),
            _ => money.grouped(),
        },
        TableCell::Ratio(ratio) => ratio.to_string(),
        TableCell::Count(count) => count.to_string(),
        TableCell::Date(date) => date.to_string(),
    }
}

/// In units of 亿元, exact.
fn yi(money: Money) -> String {
    let (fen, sign) = (money.fen().unsigned_abs(), if money.is_negative() { "-" } else { "" });
    let (whole, rest) = (fen / 10_000_000_000, fen % 10_000_000_000);
    let places = format!("{rest:010}");
    format!("{sign}{whole}.{places}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The total of a column as a text; `None` where there is none or it is too large.
fn total(table: &Table, at: usize) -> Option<String> {
    let column = table.columns.get(at).filter(|column| column.total)?;
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    match column.kind {
        TableKind::Money(_) => {
            let sum = Money::sum(
                cells.filter_map(|cell| if let TableCell::Money(m) = cell { Some(*m) } else { None }),
            );
            Some(text(&TableCell::Money(sum?), column.kind))
        }
        TableKind::Count => {
            let mut counts =
                cells.filter_map(|cell| if let TableCell::Count(n) = cell { Some(*n) } else { None });
            counts.try_fold(0_i64, i64::checked_add).map(|sum| sum.to_string())
        }
        _ => None,
    }
}

fn totals(
    table: &Table,
    sheet: &mut Worksheet,
    row: u32,
    label: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    for at in 0..table.columns.len() {
        let column = at as u16;
        match total(table, at) {
            Some(sum) if !table.rows.is_empty() => {
                let letters = column_letters(at as u32);
                let formula = format!("=SUM({letters}{}:{letters}{row})", HEADER + 2);
                let formula = Formula::new(formula).set_result(plain(&sum));
                sheet.write_formula_with_format(
                    row,
                    column,
                    formula,
                    &format(table.columns[at].kind, look),
                )?;
            }
            Some(sum) => {
                write::number(sheet, row, column, &plain(&sum), &format(table.columns[at].kind, look))?;
            }
            None if at == 0 => {
                sheet.write_string_with_format(row, column, label, look)?;
            }
            None => {
                sheet.write_blank(row, column, look)?;
            }
        }
    }
    Ok(())
}

/// The table as CSV in UTF-8 with its mark, as Excel opens it: headings, rows and totals. Units stand in the headings. A text
/// that a spreadsheet would take for a formula gets an apostrophe in front; a reading takes it off again.
pub fn table_csv(table: &Table) -> Vec<u8> {
    let mut lines = vec![table.columns.iter().map(|column| guarded(&heading(column))).collect::<Vec<_>>()];
    for row in &table.rows {
        let value = |(at, column): (usize, &TableColumn)| {
            let cell = row.get(at).unwrap_or(&TableCell::Empty);
            let shown = text(cell, column.kind);
            if matches!(cell, TableCell::Text(_)) { guarded(&shown) } else { plain(&shown) }
        };
        lines.push(table.columns.iter().enumerate().map(value).collect());
    }
    if let Some(label) = &table.total_label {
        let value = |at: usize| match total(table, at) {
            Some(sum) => plain(&sum),
            None if at == 0 => guarded(label),
            None => String::new(),
        };
        lines.push((0..table.columns.len()).map(value).collect());
    }
    let mut out = String::from('\u{feff}');
    for line in lines {
        out.push_str(&line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// The heading with the unit that a bare number of the column has.
fn heading(column: &TableColumn) -> String {
    match column.kind {
        TableKind::Money(unit) if crate::label::unit_of_heading(&column.name).is_none() => {
            format!("{}（{}）", column.name, unit.zh())
        }
        _ => column.name.clone(),
    }
}

fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
