//! Workbooks of Excel 2007 and later. Cells come one by one, so that one cell in a far corner costs one cell. What the
//! cell reader does not tell (hidden rows and columns) is looked up in the sheet's own text.

use super::{CELLS_MAX, Closed};
use crate::double;
use crate::grid::{Block, Book, Cell, Sheet, Stored};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most merged blocks of a sheet that are looked at.
const MERGED_MAX: usize = 5000;

/// The names in an archive whose contents stay within a limit, as they really unpack.
pub(super) fn unpack_check(bytes: &[u8], most: u64) -> Result<Vec<String>, Closed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Closed::Unreadable)?;
    let (mut left, mut names) = (most, Vec::new());
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| Closed::Unreadable)?;
        names.push(entry.name().map_err(|_| Closed::Unreadable)?.into_owned());
        let mut limited = entry.take(left + 1);
        let size = std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| Closed::Unreadable)?;
        left = left.checked_sub(size).ok_or(Closed::TooBig)?;
    }
    Ok(names)
}

pub(super) fn read(bytes: &[u8]) -> Result<Book, Closed> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| closed(&error))?;
    let hidden = hidden(bytes).unwrap_or_default();
    let since_1904 = book.has_1904_epoch();
    let (mut sheets, mut left) = (Vec::new(), CELLS_MAX);
    for (at, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            name: meta.name.clone(),
            visible: meta.visible == SheetVisible::Visible,
            since_1904,
            ..Sheet::default()
        };
        if let Some((rows, columns)) = hidden.get(&at) {
            (sheet.hidden_rows, sheet.hidden_columns) = (rows.clone(), columns.clone());
        }
        let formulas = formulas(&mut book, &meta.name)?;
        cells(&mut book, &mut sheet, &formulas, &mut left)?;
        let merged = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        sheet.merged = merged.iter().take(MERGED_MAX).map(block).collect();
        sheets.push(sheet);
    }
    Ok(Book { sheets })
}

pub(super) fn block(of: &calamine::Dimensions) -> Block {
    Block { top: of.start.0, left: of.start.1, bottom: of.end.0, right: of.end.1 }
}

fn closed(error: &XlsxError) -> Closed {
    if matches!(error, XlsxError::Password) { Closed::Password } else { Closed::Unreadable }
}

fn formulas(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeSet<(u32, u32)>, Closed> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| closed(&error))?;
    let mut found = BTreeSet::new();
    while let Ok(Some(cell)) = reader.next_formula() {
        if !cell.get_value().is_empty() {
            found.insert(cell.get_position());
        }
        if found.len() > CELLS_MAX {
            return Err(Closed::TooManyCells);
        }
    }
    Ok(found)
}

fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    formulas: &BTreeSet<(u32, u32)>,
    left: &mut usize,
) -> Result<(), Closed> {
    let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(|error| closed(&error))?;
    while let Some(cell) = reader.next_cell().map_err(|_| Closed::Unreadable)? {
        let (row, column) = cell.get_position();
        let formula = formulas.contains(&(row, column));
        let stored = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(number) => Stored::Number(number.to_string()),
            DataRef::Float(number) => {
                let text = if formula { double::shown(*number) } else { double::shortest(*number) };
                text.map_or_else(|| Stored::Fault("#NUM!".to_owned()), Stored::Number)
            }
            DataRef::String(text) => Stored::Text(text.clone()),
            DataRef::SharedString(text) => Stored::Text((*text).to_owned()),
            DataRef::Bool(value) => Stored::Bool(*value),
            DataRef::DateTime(moment) => match sheet.serial_date(moment.as_f64()) {
                Some(date) if moment.is_datetime() => Stored::Date(date),
                _ => double::shortest(moment.as_f64())
                    .map_or_else(|| Stored::Fault("#NUM!".to_owned()), Stored::Number),
            },
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => super::other::iso(text),
            DataRef::Error(error) => Stored::Fault(error.to_string()),
        };
        if matches!(&stored, Stored::Text(text) if text.is_empty()) {
            continue;
        }
        *left = left.checked_sub(1).ok_or(Closed::TooManyCells)?;
        sheet.put(row, column, Cell { stored, formula });
    }
    for (row, column) in formulas {
        if sheet.rows.get(row).is_none_or(|cells| !cells.contains_key(column)) {
            sheet.put(*row, *column, Cell { stored: Stored::NotComputed, formula: true });
        }
    }
    Ok(())
}

type HiddenParts = BTreeMap<usize, (BTreeSet<u32>, BTreeSet<u32>)>;

/// Hidden rows and columns of each sheet, by its place in the workbook.
fn hidden(bytes: &[u8]) -> Option<HiddenParts> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = |name: &str| {
        let mut entry = archive.by_name(name).ok()?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let workbook = text("xl/workbook.xml")?;
    let links = text("xl/_rels/workbook.xml.rels")?;
    let targets: BTreeMap<String, String> = tags(&links, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?.to_owned(), attribute(tag, "Target")?.to_owned())))
        .collect();
    let mut found = HiddenParts::new();
    for (at, tag) in tags(&workbook, "sheet").enumerate() {
        let Some(target) = attribute(tag, "r:id").and_then(|id| targets.get(id)) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let Some(sheet) = text(&path) else { continue };
        found.insert(at, (hidden_rows(&sheet), hidden_columns(&sheet)));
    }
    Some(found)
}

fn is_hidden(tag: &str) -> bool {
    matches!(attribute(tag, "hidden"), Some("1" | "true"))
}

fn hidden_rows(sheet: &str) -> BTreeSet<u32> {
    let number = |tag: &str| attribute(tag, "r")?.parse::<u32>().ok()?.checked_sub(1);
    tags(sheet, "row").filter(|tag| is_hidden(tag)).filter_map(number).collect()
}

fn hidden_columns(sheet: &str) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for tag in tags(sheet, "col").filter(|tag| is_hidden(tag)) {
        let number = |name: &str| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            found.extend(first..=last.min(16_383));
        }
    }
    found
}

/// The insides of the opening tags of a name.
fn tags<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    text.split('<').filter_map(move |piece| {
        let inside = piece.split('>').next()?.strip_prefix(name)?;
        inside.starts_with([' ', '\n', '\r', '\t']).then_some(inside)
    })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.match_indices(name).find(|(at, _)| {
        let before = tag[..*at].chars().next_back();
        before.is_some_and(char::is_whitespace) && tag[at + name.len()..].starts_with("=\"")
    })?;
    tag[at.0 + name.len() + 2..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_unpacks_beyond_the_limit_is_refused() {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(&[0; 500]).unwrap();
        }
        let bytes = out.finish().unwrap().into_inner();
        assert_eq!(unpack_check(&bytes, 1000).map(|names| names.len()), Ok(2));
        assert_eq!(unpack_check(&bytes, 999).err(), Some(Closed::TooBig));
    }

    #[test]
    fn hidden_parts_are_found_in_the_text_of_a_sheet() {
        let text = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/></cols>\
                    <row r=\"4\" hidden=\"true\"/><row r=\"5\" hidden=\"0\"/><rowx r=\"6\" hidden=\"1\"/>";
        assert_eq!(hidden_columns(text), BTreeSet::from([1, 2]));
        assert_eq!(hidden_rows(text), BTreeSet::from([3]));
    }
}
