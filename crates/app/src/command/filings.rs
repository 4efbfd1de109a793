//! Filings that come from the rows of one table.

use domain::case::Paper;
use policy::form::FormData;

/// The rows of a table that are filed: each by the decisions of one, all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filings {
    /// The pack.
    pub pack: String,
    /// The procedure.
    pub procedure: String,
    /// The filings, in the order of the table.
    pub rows: Vec<NewFiling>,
}

/// A row that is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFiling {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// The form.
    pub form: FormData,
    /// The papers, the table itself among them.
    pub papers: Vec<Paper>,
}
