//! Texts with separated values, in UTF-8 (with or without its mark), UTF-16 (with its mark) or GB 18030, as Excel and WPS
//! save them; separated by commas, tabs or semicolons.

use super::{CELLS_MAX, Closed};
use crate::grid::{Book, Cell, Sheet};
use encoding_rs::{Encoding, GB18030, UTF_8};

pub(super) fn read(bytes: &[u8], file_name: &str) -> Result<Book, Closed> {
    let text = decode(bytes)?;
    if text.contains('\0') {
        return Err(Closed::Unreadable);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: sheet_name(file_name), visible: true, ..Sheet::default() };
    let (mut left, mut next) = (CELLS_MAX, 0_u32);
    // The rows that a spreadsheet would show: empty lines count, line breaks inside quotes do not. The reader passes
    // over empty lines, so they are counted between the end of one record and the start of the next.
    let mut end = 0;
    for record in reader.records() {
        let record = record.map_err(|_| Closed::Unreadable)?;
        let start = content_start(&text, record.position().map_or(end, |position| position.byte() as usize));
        next += text.get(end..start).map_or(0, |between| between.matches('\n').count() as u32);
        for (column, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            left = left.checked_sub(1).ok_or(Closed::TooManyCells)?;
            sheet.put(next, column as u32, Cell::text(plain(cell)));
        }
        next += 1;
        end = record_end(&text, start);
    }
    Ok(Book { sheets: vec![sheet] })
}

/// The first byte of a record: the reader counts the empty lines before it as its own.
fn content_start(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start_matches(['\r', '\n']).len()
}

/// The byte after the record that starts here, its line break included.
fn record_end(text: &str, start: usize) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A text that our own export kept from being taken for a formula loses the mark again.
fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

fn decode(bytes: &[u8]) -> Result<String, Closed> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    for encoding in marked.into_iter().chain([UTF_8, GB18030]) {
        let (text, _, broken) = encoding.decode(bytes);
        if !broken {
            return Ok(text.into_owned());
        }
    }
    Err(Closed::Encoding)
}

/// What separates the cells: what stands most often in the first lines.
fn separator(text: &str) -> u8 {
    let head: String = text.lines().take(20).collect::<Vec<_>>().join("\n");
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// The file's name without its folder and ending; a text has no sheets.
fn sheet_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(name, _)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8]) -> Vec<(u32, u32, String)> {
        let book = read(bytes, "dir/某县.csv").unwrap();
        assert_eq!(book.sheets[0].name, "某县");
        let cells = book.sheets[0]
            .rows
            .iter()
            .flat_map(|(row, cells)| cells.iter().map(|(column, cell)| (*row, *column, cell.shown())));
        cells.collect()
    }

    #[test]
    fn the_encodings_of_offices_read_alike() {
        let text = "县,金额\n巩留县,20\n";
        let want = shown(text.as_bytes());
        assert_eq!(want.len(), 4);
        let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let (gb, _, _) = GB18030.encode(text);
        let utf_16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [marked, gb.into_owned(), utf_16, text.replace(',', "\t").into_bytes()] {
            assert_eq!(shown(&bytes), want);
        }
        assert_eq!(read(b"\xff\xff\xff,", "a.csv").err(), Some(Closed::Encoding));
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        let rows = |text: &str| -> Vec<u32> { shown(text.as_bytes()).iter().map(|cell| cell.0).collect() };
        assert_eq!(rows("a\n\nb\n"), [0, 2]);
        assert_eq!(rows("\n\na\r\n\r\nb"), [2, 4]);
        assert_eq!(rows("\"a\nx\"\nb\n"), [0, 1]);
    }

    #[test]
    fn the_mark_of_our_own_export_is_taken_off() {
        assert_eq!(shown(b"'-x,'y")[0].2, "-x");
        assert_eq!(shown(b"'-x,'y")[1].2, "'y");
    }
}
