//! Tables in and out: the port to whatever reads and writes spreadsheets, and what the program takes from them. A file is
//! previewed before anything is on record; confirmed, all its rows are booked or none.

mod compare;
mod households;
mod import;
mod library;
mod lines;
mod notice;
mod port;
mod roster;
mod sources;
mod survey;

pub use compare::{
    CompareChoices, Compared, Comparison, FoundBy, LedgerColumn, LedgerSum, TheirsOnly, Whose,
};
pub use households::{HouseholdsPreview, PeopleCounts};
pub use import::{Import, ImportPreview, TABLE_ACCEPT};
pub use library::{
    Fate, LibraryPreview, LibraryTable, Matching, RowPlan, TABLE_PAPER, Target, library_procedure,
};
pub use port::{
    Agrees, Cell, CellRead, Choice, Column, ColumnKind, FilingField, FilingKind, Finding, Form, Format,
    Heading, Language, Reading, RowRead, Severity, Table, TotalKind, TotalRead, Value, Workbooks,
};
pub(crate) use sources::source_key;

pub use notice::{NOTICE_ROWS, NOTICE_TABLE, NoticeTable, NoticeTableRow};
pub use roster::{RosterPayee, RosterReading};
pub use survey::{TableCheck, TableColumn, TableRow, TableRowKind, TableSurvey, TableText};
