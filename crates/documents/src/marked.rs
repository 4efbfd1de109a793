//! The file given back with its faults marked: the same values in the same cells, faulty cells coloured and with a note,
//! and a sheet that lists all findings. The workbook is built anew, so it keeps values, merged cells, hidden sheets and
//! the template's mark, but not the styles, formulas, drop-downs or pictures of the original.

use crate::finding::{Finding, Severity};
use crate::grid::{Cell, Sheet, Stored};
use crate::open;
use crate::read::Reading;
use crate::template::{MARK_SHEET, Template};
use crate::write::{self, Look, ROW_HEIGHT, WriteError, room};
use rust_xlsxwriter::{Color, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// The sheet that lists all findings.
pub(crate) const FINDINGS_SHEET: &str = "问题清单";

/// Marks the findings of a reading in the file that was read. A file that could not be opened gives the list alone.
pub fn marked_xlsx(original: &[u8], reading: &Reading) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    book.set_properties(&write::properties(FINDINGS_SHEET)?);
    let sheets = open::open(original, &reading.file_name).map(|book| book.sheets).unwrap_or_default();
    let mut names: Vec<String> = vec![FINDINGS_SHEET.to_lowercase()];
    for sheet in &sheets {
        let name = write::sheet_name(&sheet.name);
        if names.contains(&name.to_lowercase()) {
            continue;
        }
        names.push(name.to_lowercase());
        let page = book.add_worksheet();
        page.set_name(name)?;
        copy(sheet, page, &reading.findings)?;
    }
    list(book.add_worksheet(), &reading.findings)?;
    // A workbook opens on its first sheet, which must not be hidden.
    if let Some(at) = sheets.iter().position(|sheet| sheet.visible && sheet.name != FINDINGS_SHEET)
        && let Ok(page) = book.worksheet_from_index(at)
    {
        page.set_active(true);
    } else if let Ok(page) = book.worksheet_from_name(FINDINGS_SHEET) {
        page.set_active(true).set_first_tab(true);
    }
    Ok(book.save_to_buffer()?)
}

fn colour(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::RGB(0x00FF_C7CE),
        Severity::Warn => Color::RGB(0x00FF_EB9C),
    }
}

/// The findings of each cell of a sheet; those of a whole row stand at its first cell.
fn by_cell<'f>(sheet: &Sheet, findings: &'f [Finding]) -> BTreeMap<(u32, u32), Vec<&'f Finding>> {
    let mut marks: BTreeMap<(u32, u32), Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.place.sheet == sheet.name) {
        let first = |row: u32| sheet.row(row).first().map_or(0, |(column, _)| *column);
        if let Some(row) = finding.place.row {
            let column = finding.place.column.unwrap_or_else(|| first(row));
            marks.entry((row, column)).or_default().push(finding);
        }
    }
    marks
}

fn copy(sheet: &Sheet, page: &mut Worksheet, findings: &[Finding]) -> Result<(), XlsxError> {
    page.set_default_row_height(ROW_HEIGHT);
    if sheet.name == MARK_SHEET {
        page.set_very_hidden(true);
    } else {
        page.set_hidden(!sheet.visible);
    }
    let marks = by_cell(sheet, findings);
    let plain = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    for block in &sheet.merged {
        if let (Ok(left), Ok(right)) = (u16::try_from(block.left), u16::try_from(block.right)) {
            // A block that overlaps another one, or is a single cell, stays unmerged.
            if (block.top, left) != (block.bottom, right) {
                let _overlaps = page.merge_range(block.top, left, block.bottom, right, "", &plain).is_err();
            }
        }
    }
    let mut rooms: BTreeMap<u16, u32> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        for (column, cell) in cells.iter().filter(|(column, _)| u16::try_from(**column).is_ok()) {
            let at = *column as u16;
            let merged = sheet.merged.iter().any(|block| block.holds(*row, *column));
            if !merged {
                let widest = rooms.entry(at).or_default();
                *widest = (*widest).max(room(&cell.shown()));
            }
            let format = match worst(marks.get(&(*row, *column))) {
                Some(severity) => plain.clone().set_background_color(colour(severity)),
                None => plain.clone(),
            };
            value(page, *row, at, cell, format)?;
        }
    }
    for (at, room) in rooms {
        write::column_width(page, at, room)?;
    }
    for ((row, column), found) in &marks {
        let Ok(at) = u16::try_from(*column) else { continue };
        if sheet.cell(*row, *column).is_none()
            && let Some(severity) = worst(Some(found))
        {
            page.write_blank(*row, at, &plain.clone().set_background_color(colour(severity)))?;
        }
        let text = found.iter().map(|finding| format!("{}。{}", finding.what.zh, finding.mend.zh));
        let text: String = text.collect::<Vec<_>>().join("\n").chars().take(2000).collect();
        page.insert_note(*row, at, &Note::new(text).set_author("").add_author_prefix(false).set_width(320))?;
    }
    Ok(())
}

fn worst(found: Option<&Vec<&Finding>>) -> Option<Severity> {
    found?.iter().map(|finding| finding.severity).min()
}

fn value(page: &mut Worksheet, row: u32, at: u16, cell: &Cell, format: Format) -> Result<(), XlsxError> {
    match &cell.stored {
        Stored::Number(text) => write::number(page, row, at, text, &format),
        Stored::Date(date) => {
            let format = format.set_num_format(write::DATE);
            page.write_datetime_with_format(row, at, write::date(*date)?, &format)?;
            Ok(())
        }
        Stored::Bool(value) => {
            page.write_boolean_with_format(row, at, *value, &format)?;
            Ok(())
        }
        Stored::Text(_) | Stored::Fault(_) | Stored::NotComputed => {
            let text: String = cell.shown().chars().take(32_000).collect();
            page.write_string_with_format(row, at, text, &format)?;
            Ok(())
        }
    }
}

fn list(page: &mut Worksheet, findings: &[Finding]) -> Result<(), XlsxError> {
    let look = Look::new();
    page.set_name(FINDINGS_SHEET)?;
    page.set_default_row_height(ROW_HEIGHT);
    let widths = [4, 6, 16, 8, 48, 48];
    for (at, name) in ["序号", "级别", "工作表", "位置", "问题", "处理办法"].into_iter().enumerate()
    {
        page.write_string_with_format(0, at as u16, name, &look.header)?;
        write::column_width(page, at as u16, widths[at])?;
    }
    let wrapped = look.plain.clone().set_text_wrap();
    for (at, finding) in findings.iter().enumerate() {
        let row = at as u32 + 1;
        let (level, format) = match finding.severity {
            Severity::Error => ("错误", look.plain.clone().set_background_color(colour(Severity::Error))),
            Severity::Warn => ("提示", look.plain.clone().set_background_color(colour(Severity::Warn))),
        };
        page.write_number_with_format(row, 0, row, &look.plain)?;
        page.write_string_with_format(row, 1, level, &format)?;
        page.write_string_with_format(row, 2, &finding.place.sheet, &wrapped)?;
        page.write_string_with_format(row, 3, finding.place.to_string(), &look.plain)?;
        page.write_string_with_format(row, 4, &finding.what.zh, &wrapped)?;
        page.write_string_with_format(row, 5, &finding.mend.zh, &wrapped)?;
    }
    page.set_freeze_panes(1, 0)?;
    write::page(page, 0, 0)
}

/// Whether a sheet is one that this crate adds to a file.
pub(crate) fn is_ours(name: &str) -> bool {
    [FINDINGS_SHEET, MARK_SHEET, Template::LISTS].contains(&name)
}
