//! Which row of a sheet holds the headings, which column is which, and in what unit its amounts count. Headings are
//! compared without blanks, line breaks, width and what stands in brackets behind them; one or two rows may hold them.

use crate::grid::Sheet;
use crate::label;
use crate::template::{Column, Kind, Template};
use kernel::amount::AmountUnit;
use std::collections::{BTreeMap, BTreeSet};

/// How many rows are looked at for headings.
const ROWS_LOOKED_AT: usize = 40;

/// Where the headings are.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The last row of the headings.
    pub row: u32,
    /// The template's columns by the file's column.
    pub columns: BTreeMap<u32, usize>,
    /// Columns of the file whose heading names a column that another one already is.
    pub twice: Vec<(u32, usize)>,
    /// Columns with a heading that the template does not have.
    pub unknown: Vec<(u32, String)>,
    /// The column of serial numbers.
    pub serial: Option<u32>,
    /// The unit of each amount column, where the file says one.
    pub units: BTreeMap<u32, AmountUnit>,
    /// Ratio columns whose heading says that bare numbers are percentages: 占比（%）.
    pub percents: BTreeSet<u32>,
    /// The unit said in a line above the table.
    pub line_unit: Option<AmountUnit>,
}

/// Finds the headings of a template.
pub(crate) fn find(sheet: &Sheet, template: &Template) -> Option<Header> {
    let rows: Vec<u32> = sheet.rows.keys().copied().take(ROWS_LOOKED_AT).collect();
    let best = rows
        .iter()
        .map(|row| (matched(sheet, *row, template).len(), std::cmp::Reverse(*row)))
        .max()
        .filter(|(hits, _)| *hits >= 2.min(template.columns.len()));
    let row = best?.1.0;
    let mut header = Header {
        row,
        columns: BTreeMap::new(),
        twice: Vec::new(),
        unknown: Vec::new(),
        serial: None,
        units: BTreeMap::new(),
        percents: BTreeSet::new(),
        line_unit: line_unit(sheet, row),
    };
    let mut cells: Vec<(u32, u32, String)> =
        sheet.row(row).into_iter().map(|(column, cell)| (row, column, cell.shown())).collect();
    // A second row of headings under merged ones: taken when it names columns that the first row does not have.
    let below = row + 1;
    let under = matched(sheet, below, template);
    let known = matched(sheet, row, template);
    if under.len() >= 2 && under.values().all(|column| !known.values().any(|other| other == column)) {
        header.row = below;
        cells.retain(|(_, column, _)| !under.contains_key(column));
        cells.extend(sheet.row(below).into_iter().map(|(column, cell)| (below, column, cell.shown())));
        cells.sort_by_key(|(_, column, _)| *column);
    }
    for (_, at, text) in cells {
        place(&mut header, at, &text, template);
    }
    Some(header)
}

fn place(header: &mut Header, at: u32, text: &str, template: &Template) {
    match named(text, template) {
        Some((column, how)) if header.columns.values().any(|known| *known == column) => {
            // A list named outright needs no second column under another of its names.
            if how == How::Alias && matches!(template.columns[column].kind, Kind::Choice(_)) {
                header.unknown.push((at, text.trim().to_owned()));
            } else {
                header.twice.push((at, column));
            }
        }
        Some((column, _)) => {
            header.columns.insert(at, column);
            if let (Kind::Money(_), Some(unit)) =
                (&template.columns[column].kind, label::unit_of_heading(text))
            {
                header.units.insert(at, unit);
            }
            if matches!(template.columns[column].kind, Kind::Ratio) && text.contains(['%', '％']) {
                header.percents.insert(at);
            }
        }
        None if label::is_serial(text) && header.serial.is_none() => header.serial = Some(at),
        None => header.unknown.push((at, text.trim().to_owned())),
    }
}

fn matched(sheet: &Sheet, row: u32, template: &Template) -> BTreeMap<u32, usize> {
    let hit = |(column, cell): (u32, &crate::grid::Cell)| Some((column, named(&cell.shown(), template)?.0));
    sheet.row(row).into_iter().filter_map(hit).collect()
}

/// How a heading names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// By its own name or key.
    Name,
    /// By another name under which offices print it.
    Alias,
}

/// The template's column with this heading.
fn named(text: &str, template: &Template) -> Option<(usize, How)> {
    let (full, short) = (label::bare(text), label::heading(text));
    if short.is_empty() {
        return None;
    }
    let stem = label::without_unit(&short).to_owned();
    let same = |name: &str, text: &str| label::bare(name) == text || label::heading(name) == text;
    let own = |column: &Column, text: &str| {
        [column.name.zh.as_str(), column.name.en.as_str(), column.key.as_str()].iter().any(|n| same(n, text))
    };
    let alias = |column: &Column, text: &str| column.aliases.iter().any(|name| same(name, text));
    [full, short, stem].iter().find_map(|text| {
        let at = |is: &dyn Fn(&Column, &str) -> bool| template.columns.iter().position(|c| is(c, text));
        at(&own).map(|at| (at, How::Name)).or_else(|| at(&alias).map(|at| (at, How::Alias)))
    })
}

impl Header {
    /// The unit of an amount column: of its heading, of the line above the table, of the template.
    pub fn unit(&self, at: u32, column: &Column) -> AmountUnit {
        let default = match column.kind {
            Kind::Money(unit) => unit,
            _ => AmountUnit::Yuan,
        };
        self.units.get(&at).copied().or(self.line_unit).unwrap_or(default)
    }
}

/// The unit in a line above the table.
pub(crate) fn line_unit(sheet: &Sheet, header: u32) -> Option<AmountUnit> {
    let cells = sheet.rows.range(..header).flat_map(|(row, _)| sheet.row(*row));
    cells.filter_map(|(_, cell)| label::unit_of_line(&cell.shown())).next_back()
}
