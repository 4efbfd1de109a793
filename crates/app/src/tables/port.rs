//! The port: forms that can be printed and read, what reading gives, tables for export. Plain data; the program knows no format.

use super::survey::TableSurvey;
use crate::ports::Fault;
use kernel::amount::AmountUnit;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::pack::Words;
use std::collections::BTreeMap;

/// In which language a sheet is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// One entry of a drop-down list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the program stores.
    pub id: String,
    /// What the list shows and the cell holds.
    pub name: String,
}

impl Choice {
    /// An entry.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Choice {
        Choice { id: id.into(), name: name.into() }
    }
}

/// A sheet to fill in, with the lists that it offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// 资金来源: `fund`, `kind`, `level`, `document`, `document_date`, `year`, `purpose`, `function_code`, `received`,
    /// `amount`, `voucher`, `remark`.
    Sources {
        /// The booked funds.
        funds: Vec<Choice>,
        /// The kinds of money.
        kinds: Vec<Choice>,
        /// The levels of government.
        levels: Vec<Choice>,
    },
    /// 项目预算: `line`, `nature`, `quantity`, `measure`, `price`, `amount`, `basis`, `remark`.
    ProjectLines {
        /// The natures that vouchers ask for; without any there is no such column.
        natures: Vec<Choice>,
    },
    /// 分配方案: `project`, `place`, `amount`, `share`, `remark`.
    AllocationLines {
        /// The projects that may receive this money.
        projects: Vec<Choice>,
        /// The places whose money it is; without any there is no such column.
        places: Vec<Choice>,
    },
    /// Filings of one procedure: a row is one of them, a column one field of its form.
    Filing {
        /// What is filed.
        title: Words,
        /// The columns.
        fields: Vec<FilingField>,
    },
    /// 项目台账: `number`, `name`, `year`, `planned`, `allotted`, `paid`, `balance`, `remark`.
    Ledger,
    /// 建档立卡名单: `head`, `resident_id` (in full), `village`, `group`, `persons`, `since`, `status` (`registered`, `supported`,
    /// `removed`).
    Households {
        /// What the list is called.
        title: Words,
    },
    /// 花名册: `name`, `resident_id`, `village`, `account`, `bank`, `quantity`, `amount`, `remark`.
    Roster,
}

/// A column of filings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingField {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// What to know when filling it; may be empty.
    pub help: Words,
    /// Whether a filing must have it.
    pub required: bool,
    /// What it holds.
    pub kind: FilingKind,
}

/// What a column of filings holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilingKind {
    /// One line; anything whose shape only the form checks.
    Text,
    /// Several lines.
    LongText,
    /// An amount in this unit unless the heading says another.
    Money(AmountUnit),
    /// A whole number of this unit.
    Count(String),
    /// A day.
    Date,
    /// A year.
    Year,
    /// One of a list.
    Choice(Vec<Choice>),
}

/// A column of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// Whether every row must fill it.
    pub required: bool,
    /// Whether it holds amounts.
    pub amount: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text: also document numbers, vouchers, fractions, accounts.
    Text(String),
    /// An amount.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// A day.
    Date(Date),
    /// A year.
    Year(i16),
    /// The id of an entry of the column's list.
    Choice(String),
    /// A region.
    Region(RegionCode),
}

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRead {
    /// Its name as the spreadsheet shows it: `C7`.
    pub cell: String,
    /// Its column, from zero.
    pub column: u32,
    /// What it says.
    pub value: Value,
    /// What was written; empty for numbers of people and accounts.
    pub shown: String,
    /// A remark that stood beside an amount.
    pub remark: Option<String>,
}

/// A data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRead {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// The headings of the groups it stands in, outermost first.
    pub group: Vec<String>,
    /// Its cells by key; empty ones are absent.
    pub cells: BTreeMap<String, CellRead>,
}

impl RowRead {
    /// What a cell says.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.cells.get(key).map(|cell| &cell.value)
    }

    /// The text or the id of a cell; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        match self.value(key) {
            Some(Value::Text(text) | Value::Choice(text)) => text,
            _ => "",
        }
    }

    /// The amount of a cell; zero when there is none.
    pub fn money(&self, key: &str) -> Money {
        if let Some(Value::Money(money)) = self.value(key) { *money } else { Money::ZERO }
    }

    /// The day of a cell.
    pub fn date(&self, key: &str) -> Option<Date> {
        if let Some(Value::Date(date)) = self.value(key) { Some(*date) } else { None }
    }

    /// The year of a cell.
    pub fn year(&self, key: &str) -> Option<i16> {
        if let Some(Value::Year(year)) = self.value(key) { Some(*year) } else { None }
    }

    /// The remarks of the row: its own column `remark`, then those that stood in amount cells.
    pub fn remarks(&self) -> String {
        let own = Some(self.text("remark").trim()).filter(|text| !text.is_empty());
        let beside = self.cells.values().filter_map(|cell| cell.remark.as_deref());
        own.into_iter().chain(beside).collect::<Vec<_>>().join("；")
    }
}

/// What a finding means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is taken until this is mended.
    Error,
    /// A person should look.
    Warn,
}

/// What is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it means.
    pub severity: Severity,
    /// A stable name.
    pub code: String,
    /// The sheet; empty for the file.
    pub sheet: String,
    /// The row, from zero.
    pub row: Option<u32>,
    /// The column, from zero.
    pub column: Option<u32>,
    /// The place as the spreadsheet shows it: `C7`, `7`, `C`, the sheet's name, `-` for the file.
    pub cell: String,
    /// What is wrong.
    pub what: Words,
    /// How to mend it.
    pub mend: Words,
}

/// Of what a printed figure is the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalKind {
    /// 小计
    Subtotal,
    /// 合计
    Total,
    /// A numbered group.
    Group,
    /// 其中
    OfWhich,
}

/// Whether something could be compared, and what came of it. `Yes` it agrees, `No` it differs, `Open` it could not be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agrees {
    /// It agrees.
    Yes,
    /// It differs.
    No,
    /// It could not be compared.
    Open,
}

/// A printed total with what its rows give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRead {
    /// Of what.
    pub kind: TotalKind,
    /// Its place: `E12`.
    pub cell: String,
    /// The name of its column.
    pub column: Words,
    /// As printed.
    pub printed: String,
    /// As computed, when that is known.
    pub computed: Option<String>,
    /// Over how many rows.
    pub rows: usize,
    /// Whether they agree.
    pub agrees: Agrees,
}

/// What reading a file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The file's name.
    pub file: String,
    /// The sheet that was read.
    pub sheet: String,
    /// Its data rows; none when there is an error.
    pub rows: Vec<RowRead>,
    /// How many data rows there are, whether or not they are given.
    pub rows_seen: usize,
    /// The column of each key, from zero.
    pub columns: BTreeMap<String, u32>,
    /// Printed totals.
    pub totals: Vec<TotalRead>,
    /// Everything that is wrong, in the order of the file.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Whether nothing forbids to take the rows.
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// What a column of an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Texts.
    Text,
    /// Amounts in yuan, added up under the table.
    Amount,
    /// Amounts in yuan that do not add up: balances.
    Balance,
    /// Whole numbers.
    Count,
    /// Days.
    Date,
}

/// A column of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A cell of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// A day.
    Date(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Cell {
        Cell::Money(money)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Cell {
        Cell::Date(date)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Cell {
        Cell::Count(count)
    }
}

/// A table for export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The title.
    pub title: String,
    /// Under the title: who made it, on which day, which filters.
    pub context: String,
    /// Under the title, at the right: the unit.
    pub unit: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The label of the row of totals; without one there is none.
    pub total: Option<String>,
    /// Remarks under the table.
    pub notes: Vec<String>,
}

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// Text with commas, in UTF-8 with its mark.
    Csv,
}

impl Format {
    /// The format of an ending.
    pub fn of(ending: &str) -> Option<Format> {
        match ending {
            "xlsx" => Some(Format::Xlsx),
            "csv" => Some(Format::Csv),
            _ => None,
        }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
        }
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Who reads and writes spreadsheets. Bytes in, bytes out: no clock, no network, no file.
pub trait Workbooks: Send + Sync {
    /// The empty sheet of a form with its drop-down lists, headings, formats and help.
    fn template(&self, form: &Form, language: Language, context: &str) -> Result<Vec<u8>, Fault>;
    /// The columns of a form.
    fn headings(&self, form: &Form) -> Vec<Heading>;
    /// Reads a filled sheet whole, with every fault at once.
    fn read(&self, bytes: &[u8], name: &str, form: &Form) -> Reading;
    /// The same for what is compared and books nothing: a row is given with those of its cells that can be read.
    fn read_each(&self, bytes: &[u8], name: &str, form: &Form) -> Reading;
    /// The file back with its faults marked, and `more` that reading could not know.
    fn marked(&self, bytes: &[u8], name: &str, form: &Form, more: &[Finding]) -> Result<Vec<u8>, Fault>;
    /// Reads a table of any shape: its columns, its rows, and what its figures say of each other.
    fn survey(&self, bytes: &[u8], name: &str) -> TableSurvey;
    /// A table of any shape back with these findings marked.
    fn marked_survey(&self, bytes: &[u8], name: &str, findings: &[Finding]) -> Result<Vec<u8>, Fault>;
    /// A table as a file.
    fn export(&self, table: &Table, format: Format) -> Result<Vec<u8>, Fault>;
}
