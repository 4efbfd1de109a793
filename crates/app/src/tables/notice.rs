//! A table beside a notice of a case: the office's own file, shown to the poster with everything in it that does not agree, and
//! published row by row. The file is kept as it came; what the public reads is kept beside it as rows, with long numbers masked,
//! so that the notice says the same however tables are read later.

use super::import::keep;
use super::survey::{TableColumn, TableRowKind, TableSurvey};
use crate::command::Failure;
use crate::ports::Fault;
use crate::view::{Viewer, mask_digits};
use crate::writer::App;
use domain::Reason;
use domain::case::Paper;
use journal::HashKind;
use kernel::amount::AmountUnit;
use kernel::id::PaperHash;
use serde::{Deserialize, Serialize};

/// The file among the papers of a notice.
pub const NOTICE_TABLE: &str = "notice_table";
/// Its rows as the public reads them.
pub const NOTICE_ROWS: &str = "notice_rows";

/// A published table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeTable {
    /// The name of the file.
    pub file: String,
    /// The digest of the file.
    pub digest: String,
    /// The headings, amounts with their unit.
    pub heads: Vec<String>,
    /// The columns that hold amounts, from zero.
    pub amounts: Vec<usize>,
    /// The rows as printed, totals among them.
    pub rows: Vec<NoticeTableRow>,
}

/// A row of a published table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeTableRow {
    /// It is a total or a sub-total.
    pub total: bool,
    /// One cell a column.
    pub cells: Vec<String>,
}

impl NoticeTable {
    fn of(survey: &TableSurvey, paper: &Paper) -> NoticeTable {
        let columns = &survey.columns;
        let cell = |row: &super::survey::TableRow, at: u32| {
            row.cells.get(&at).map_or_else(String::new, |cell| match cell.money {
                Some(_) => cell.text.clone(),
                None => mask_digits(&cell.text),
            })
        };
        NoticeTable {
            file: mask_digits(&paper.name),
            digest: paper.hash.to_string(),
            heads: columns.iter().map(head).collect(),
            amounts: (0..columns.len()).filter(|at| columns[*at].amounts).collect(),
            rows: survey
                .rows
                .iter()
                .map(|row| NoticeTableRow {
                    total: row.kind == TableRowKind::Sum,
                    cells: columns.iter().map(|column| cell(row, column.at)).collect(),
                })
                .collect(),
        }
    }
}

/// A heading as printed, with the unit in which its amounts are shown when it does not say it itself.
fn head(column: &TableColumn) -> String {
    match column.unit {
        Some(unit) if !column.name.contains(unit.zh()) => {
            let unit = if unit == AmountUnit::Yuan { "元" } else { "万元" };
            format!("{}（{unit}）", column.name)
        }
        _ => column.name.clone(),
    }
}

impl App {
    /// Keeps a table for a notice. Nothing is posted.
    pub fn keep_notice_table(&self, viewer: &Viewer, file: (&str, &[u8])) -> Result<Paper, Failure> {
        let posts = viewer.pack.steps.iter().any(|step| step.publish.is_some() && step.done_by(&viewer.role));
        if !posts {
            return Err(Reason::NotFound { what: "公示表格".into() }.into());
        }
        keep(self, NOTICE_TABLE, file)
    }

    /// What a kept table says: its rows, and everything in it that does not agree.
    pub fn notice_table_read(&self, paper: &Paper) -> Result<TableSurvey, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "上传的文件".into() });
        let bytes = self.house.paper(&paper.hash)?.ok_or_else(missing)?;
        Ok(self.workbooks.survey(&bytes, &paper.name))
    }

    /// The rows of a kept table as the public will read them, to be posted beside it.
    pub fn notice_rows(&self, paper: &Paper, survey: &TableSurvey) -> Result<Paper, Failure> {
        let rows = NoticeTable::of(survey, paper);
        let bytes =
            serde_json::to_vec(&rows).map_err(|e| Fault::lasting(format!("rows of a notice: {e}")))?;
        let hash = PaperHash(*HashKind::Sm3.plain(&bytes).as_bytes());
        self.house.put_paper(&hash, &bytes)?;
        Ok(Paper {
            paper: NOTICE_ROWS.to_owned(),
            name: format!("{}.json", paper.name),
            hash,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            media: "application/json".to_owned(),
        })
    }

    /// The table that was posted with these papers.
    pub(crate) fn notice_table(&self, papers: &[Paper]) -> Result<Option<NoticeTable>, Fault> {
        let Some(paper) = papers.iter().find(|paper| paper.paper == NOTICE_ROWS) else { return Ok(None) };
        let Some(bytes) = self.house.paper(&paper.hash)? else { return Ok(None) };
        let read = serde_json::from_slice(&bytes);
        read.map(Some).map_err(|e| Fault::lasting(format!("rows of a notice {}: {e}", paper.hash)))
    }
}
