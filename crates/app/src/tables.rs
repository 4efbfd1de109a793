//! Tables in and out: the port to whatever reads and writes spreadsheets, and what the program takes from them. A file is
//! previewed before anything is on record; confirmed, all its rows are booked or none.

mod import;
mod lines;
mod port;
mod roster;
mod sources;

pub use import::{Import, ImportPreview, TABLE_ACCEPT};
pub use port::{
    Agrees, Cell, CellRead, Choice, Column, ColumnKind, Finding, Form, Format, Heading, Language, Reading,
    RowRead, Severity, Table, TotalKind, TotalRead, Value, Workbooks,
};
pub(crate) use sources::source_key;

pub use roster::{RosterPayee, RosterReading};
