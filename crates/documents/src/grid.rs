//! A workbook as the rest of this crate sees it: sheets of cells with exact values, whatever kind of file they came from.

use crate::double::{self, Double};
use kernel::Date;
use kernel::date::parse_date;
use std::collections::{BTreeMap, BTreeSet};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    /// A text.
    Text(String),
    /// A number, as its exact decimal text.
    Number(String),
    /// A date; the time of day is dropped.
    Date(Date),
    /// True or false.
    Bool(bool),
    /// An error such as `#REF!`.
    Fault(String),
    /// A formula that nobody has computed.
    NotComputed,
}

/// One cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What it holds.
    pub stored: Stored,
    /// Whether that came out of a formula.
    pub formula: bool,
}

impl Cell {
    /// A typed text.
    pub fn text(text: String) -> Self {
        Self { stored: Stored::Text(text), formula: false }
    }

    /// What a person reads in it.
    pub fn shown(&self) -> String {
        match &self.stored {
            Stored::Text(text) | Stored::Number(text) | Stored::Fault(text) => text.clone(),
            Stored::Date(date) => date.to_string(),
            Stored::Bool(true) => "TRUE".to_owned(),
            Stored::Bool(false) => "FALSE".to_owned(),
            Stored::NotComputed => String::new(),
        }
    }

    /// Nothing that a person could read.
    pub fn is_blank(&self) -> bool {
        matches!(&self.stored, Stored::Text(text) if text.trim().is_empty())
    }
}

/// A rectangle of cells; the ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Block {
    /// Is the cell in it?
    pub fn holds(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub name: String,
    pub visible: bool,
    /// Cells that are not empty, by row and column.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    pub merged: Vec<Block>,
    /// Dates count from 1904 (files of old Macs).
    pub since_1904: bool,
}

impl Sheet {
    /// The cell, if it is not empty.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column).filter(|cell| !cell.is_blank())
    }

    /// What a person reads in a cell; nothing in an empty one.
    pub fn shown(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map(Cell::shown).unwrap_or_default()
    }

    /// Puts a cell in its place.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) {
        self.rows.entry(row).or_default().insert(column, cell);
    }

    /// The cells of a row that are not blank.
    pub fn row(&self, row: u32) -> Vec<(u32, &Cell)> {
        let cells = self.rows.get(&row).into_iter().flatten();
        cells.filter(|(_, cell)| !cell.is_blank()).map(|(column, cell)| (*column, cell)).collect()
    }

    /// The merged block that covers a cell and does not begin with it.
    pub fn merged_into(&self, row: u32, column: u32) -> Option<Block> {
        let covers = |block: &&Block| block.holds(row, column) && (block.top, block.left) != (row, column);
        self.merged.iter().find(covers).copied()
    }

    /// Is there anything in it?
    pub fn is_empty(&self) -> bool {
        self.rows.keys().all(|row| self.row(*row).is_empty())
    }

    /// The day of a serial date as the spreadsheet counts it.
    pub fn serial_date(&self, value: Double) -> Option<Date> {
        serial(double::whole_days(value)?, self.since_1904)
    }

    /// The day of a serial date that stands in a cell as a plain number.
    pub fn serial_date_of(&self, number: &str) -> Option<Date> {
        serial(number.split('.').next()?.parse().ok()?, self.since_1904)
    }
}

/// Days since the last day of 1899, with a 29 February 1900 that never was; or days since the first day of 1904.
fn serial(days: i64, since_1904: bool) -> Option<Date> {
    let (first, days) = match (since_1904, days) {
        (true, 0..=110_000) => ("1904-01-01", days),
        (false, 1..=59) => ("1899-12-31", days),
        (false, 61..=110_000) => ("1900-01-01", days - 2),
        _ => return None,
    };
    let first: Date = first.parse().ok()?;
    let date = first.checked_add(std::time::Duration::from_secs(u64::try_from(days).ok()? * 86_400)).ok()?;
    parse_date(&date.to_string()).ok()
}

/// A workbook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// The sheet of that name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_days_are_those_of_the_spreadsheet() {
        let cases = [
            (1, false, Some("1900-01-01")),
            (59, false, Some("1900-02-28")),
            (60, false, None),
            (61, false, Some("1900-03-01")),
            (43819, false, Some("2019-12-20")),
            (42357, true, Some("2019-12-20")),
            (0, false, None),
            (-3, false, None),
            (109_575, false, None),
            (9_999_999, false, None),
        ];
        for (days, since_1904, day) in cases {
            let found = serial(days, since_1904).map(|date| date.to_string());
            assert_eq!(found.as_deref(), day, "{days}");
        }
    }
}
