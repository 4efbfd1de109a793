//! A table of any shape as the port reads it: columns, rows, comparisons. Plain data; what it is used for is decided elsewhere.

use super::port::{Agrees, Finding};
use kernel::Money;
use kernel::amount::AmountUnit;
use policy::pack::Words;
use std::collections::BTreeMap;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its place, from zero.
    pub at: u32,
    /// Its name in a spreadsheet: `C`.
    pub letters: String,
    /// Its heading as printed.
    pub name: String,
    /// It holds amounts.
    pub amounts: bool,
    /// The unit that its amounts were read in.
    pub unit: Option<AmountUnit>,
    /// The table does not say the unit of its amounts.
    pub unit_unsaid: bool,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableRowKind {
    /// A row of its own.
    Item,
    /// A total, a sub-total, a numbered group that stands for the rows under it.
    Sum,
    /// A part of the row above.
    OfWhich,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableText {
    /// What is written; an amount without its remark, in the unit of its column.
    pub text: String,
    /// The amount, when it is one.
    pub money: Option<Money>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// What it is.
    pub kind: TableRowKind,
    /// Its cells by column, from zero; empty ones and serial numbers are absent.
    pub cells: BTreeMap<u32, TableText>,
    /// Remarks that stood in its amount cells.
    pub remarks: Vec<String>,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCheck {
    /// What is compared: 小计, 合计, 占比 …
    pub kind: Words,
    /// Where the printed figure stands.
    pub cell: String,
    /// Its row, from 1; none when it is a whole column.
    pub row: Option<u32>,
    /// As printed.
    pub printed: String,
    /// What the table gives for it.
    pub computed: Option<String>,
    /// What comparing gave.
    pub agrees: Agrees,
    /// The comparison in words.
    pub says: Words,
    /// The row holds what other rows hold in parts: counting it too would count them twice.
    pub whole_of_others: bool,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableSurvey {
    /// The sheet that was read.
    pub sheet: String,
    /// Its columns, without those of serial numbers.
    pub columns: Vec<TableColumn>,
    /// Its rows.
    pub rows: Vec<TableRow>,
    /// Every comparison, also those that hold.
    pub checks: Vec<TableCheck>,
    /// Everything that a person should look at, in the order of the file.
    pub findings: Vec<Finding>,
}

impl TableSurvey {
    /// Whether a printed figure is not what the table gives for it.
    pub fn differs(&self) -> bool {
        self.checks.iter().any(|check| check.agrees == Agrees::No)
    }
}
