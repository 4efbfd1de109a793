//! Spreadsheets in and out: templates with drop-downs, reading with every fault by its cell, tables for export, and
//! surveys of tables that somebody else made. And ZIP archives, packed and read.
//!
//! What is deliberately absent: no database, no clock, no network, no file (bytes in, bytes out), no decision. What a
//! file says is read and compared with itself; what does not add up is said and never mended, and a file with an error
//! gives no rows at all. Amounts are exact from the cell to [`kernel::Money`]; the one module that touches the doubles
//! of a spreadsheet is `double`.

mod amount_cell;
pub mod archive;
mod double;
mod finding;
mod grid;
mod header;
mod label;
mod marked;
mod open;
mod place;
mod read;
mod share;
mod sums;
mod survey;
mod table;
mod template;
pub mod templates;
mod value;
mod words;
mod write;

pub use finding::{Code, Finding, Severity};
pub use marked::marked_xlsx;
pub use place::{CellRef, Place, column_letters};
pub use read::{CellRead, Reading, Row, read, read_each};
pub use sums::{Outcome, Sum, SumKind};
pub use survey::{
    Check, CheckKind, ColumnKind, Figure, GroupSum, RowKind, Survey, SurveyColumn, SurveyRow, survey,
};
pub use table::{Table, TableCell, TableColumn, TableKind, table_csv, table_xlsx};
pub use template::{Choice, Column, Kind, Template, TemplateOptions, Totalled, template_xlsx};
pub use value::{Sealed, Value};
pub use words::{Language, Words};
pub use write::WriteError;
