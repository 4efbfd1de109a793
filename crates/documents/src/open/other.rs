//! Workbooks of old Excel (.xls) and of open-document programs (.ods).

use super::{CELLS_MAX, Closed};
use crate::double;
use crate::grid::{Book, Cell, Sheet, Stored};
use calamine::{Data, Ods, OdsError, Range, Reader, SheetVisible, Xls, XlsError};
use kernel::date::parse_date;
use std::io::Cursor;

/// An encrypted workbook of today is an old container with a stream of this name.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

pub(super) fn xls(bytes: &[u8]) -> Result<Book, Closed> {
    let book = Xls::new(Cursor::new(bytes));
    let mut book = book.map_err(|error| match error {
        XlsError::Password => Closed::Password,
        _ => Closed::Unreadable,
    })?;
    let names = visible(&book);
    sheets(names, |name| {
        let values = book.worksheet_range(name).map_err(|_| Closed::Unreadable)?;
        let formulas = book.worksheet_formula(name).unwrap_or_default();
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        Ok((values, formulas, merged.iter().map(super::xlsx::block).collect()))
    })
}

pub(super) fn ods(bytes: &[u8]) -> Result<Book, Closed> {
    let book = Ods::new(Cursor::new(bytes));
    let mut book = book.map_err(|error| match error {
        OdsError::Password => Closed::Password,
        _ => Closed::Unreadable,
    })?;
    let names = visible(&book);
    sheets(names, |name| {
        let values = book.worksheet_range(name).map_err(|_| Closed::Unreadable)?;
        let formulas = book.worksheet_formula(name).unwrap_or_default();
        Ok((values, formulas, Vec::new()))
    })
}

fn visible<'b>(book: &impl Reader<Cursor<&'b [u8]>>) -> Vec<(String, bool)> {
    let of = |sheet: &calamine::Sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible);
    book.sheets_metadata().iter().map(of).collect()
}

type Parts = (Range<Data>, Range<String>, Vec<crate::grid::Block>);

fn sheets(
    names: Vec<(String, bool)>,
    mut parts: impl FnMut(&str) -> Result<Parts, Closed>,
) -> Result<Book, Closed> {
    let (mut book, mut left) = (Book::default(), CELLS_MAX);
    for (name, visible) in names {
        let (values, formulas, merged) = parts(&name)?;
        let mut sheet = Sheet { name, visible, merged, ..Sheet::default() };
        let first = values.start().unwrap_or_default();
        for (row, column, data) in values.used_cells() {
            left = left.checked_sub(1).ok_or(Closed::TooManyCells)?;
            let (row, column) = (first.0 + row as u32, first.1 + column as u32);
            let formula = formulas.get_value((row, column)).is_some_and(|text| !text.is_empty());
            if let Some(stored) = stored(data, formula) {
                sheet.put(row, column, Cell { stored, formula });
            }
        }
        let first = formulas.start().unwrap_or_default();
        for (row, column, _) in formulas.used_cells() {
            let (row, column) = (first.0 + row as u32, first.1 + column as u32);
            if sheet.rows.get(&row).is_none_or(|cells| !cells.contains_key(&column)) {
                sheet.put(row, column, Cell { stored: Stored::NotComputed, formula: true });
            }
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn stored(data: &Data, formula: bool) -> Option<Stored> {
    let fault = || Stored::Fault("#NUM!".to_owned());
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => Stored::Number(number.to_string()),
        Data::Float(number) => {
            let text = if formula { double::shown(*number) } else { double::shortest(*number) };
            text.map_or_else(fault, Stored::Number)
        }
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) => Stored::Text(text.clone()),
        Data::Bool(value) => Stored::Bool(*value),
        Data::DateTime(moment) => {
            // Old files keep the count of 1904 in the moment itself.
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match parse_date(&format!("{year}-{month}-{day}")) {
                Ok(date) if moment.is_datetime() => Stored::Date(date),
                _ => double::shortest(moment.as_f64()).map_or_else(fault, Stored::Number),
            }
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso(text),
        Data::Error(error) => Stored::Fault(error.to_string()),
    })
}

/// A date of the form `2019-12-20T00:00:00`; anything else stays a text.
pub(super) fn iso(text: &str) -> Stored {
    let day = text.split('T').next().unwrap_or_default();
    parse_date(day).map_or_else(|_| Stored::Text(text.to_owned()), Stored::Date)
}
