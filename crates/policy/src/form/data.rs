//! A form as typed: texts only, kept exactly as they came. Reading them is the check's business.

use crate::pack::{Form, PartKind};
use std::collections::BTreeMap;

/// How a text begins that stands for a value kept elsewhere under seal.
pub const SEALED: &str = "sealed:";

/// The most rows that data of one table may grow to by editing.
pub const ROWS_CAP: usize = 10_000;

/// The cell of a months table's row that says which of the fixed rows it is.
pub(super) const ROW: &str = "row";

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormData {
    /// Single fields by id.
    pub fields: BTreeMap<String, String>,
    /// Rows of tables by the id of the part; cells by the id of the column. A row of a months table has `row` (the id of
    /// the fixed row) and `m1` … `m12`.
    pub tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

impl FormData {
    /// The text of a single field (`row` is `None`; its id is enough, whatever `part` is) or of a cell (`row` from 1);
    /// empty when there is none.
    pub fn get(&self, part: &str, row: Option<usize>, field: &str) -> &str {
        let text = match row {
            None => self.fields.get(field),
            Some(row) => {
                let at = row.checked_sub(1);
                at.and_then(|at| self.tables.get(part)?.get(at)).and_then(|cells| cells.get(field))
            }
        };
        text.map_or("", String::as_str)
    }

    /// Sets a single field or a cell; rows up to the one named come into being. An empty text leaves nothing behind.
    /// `false` when the row is zero or beyond the cap: then nothing changed.
    pub fn set(&mut self, part: &str, row: Option<usize>, field: &str, text: impl Into<String>) -> bool {
        let text = text.into();
        let cells = match row {
            None => &mut self.fields,
            Some(row) => {
                let Some(at) = row.checked_sub(1).filter(|at| *at < ROWS_CAP) else { return false };
                let rows = self.tables.entry(part.to_owned()).or_default();
                if rows.len() <= at {
                    rows.resize_with(row, BTreeMap::new);
                }
                let Some(cells) = rows.get_mut(at) else { return false };
                cells
            }
        };
        if text.is_empty() {
            cells.remove(field);
        } else {
            cells.insert(field.to_owned(), text);
        }
        true
    }

    /// The rows of a table.
    pub fn rows(&self, part: &str) -> &[BTreeMap<String, String>] {
        self.tables.get(part).map_or(&[], Vec::as_slice)
    }

    /// Adds an empty row at the end; its number, or `None` at the cap.
    pub fn row_add(&mut self, part: &str) -> Option<usize> {
        let rows = self.tables.entry(part.to_owned()).or_default();
        if rows.len() >= ROWS_CAP {
            return None;
        }
        rows.push(BTreeMap::new());
        Some(rows.len())
    }

    /// Takes a row out (from 1), with what was typed into it.
    pub fn row_delete(&mut self, part: &str, row: usize) -> Option<BTreeMap<String, String>> {
        let rows = self.tables.get_mut(part)?;
        let at = row.checked_sub(1).filter(|at| *at < rows.len())?;
        Some(rows.remove(at))
    }
}

/// Whether nothing was typed into a row.
pub(super) fn is_blank(cells: &BTreeMap<String, String>) -> bool {
    cells.iter().all(|(id, text)| id == ROW || text.trim().is_empty())
}

impl Form {
    /// An empty form: the fixed rows of months tables, and as many empty rows of growing tables as must be filled, at
    /// least one.
    pub fn blank(&self) -> FormData {
        let mut data = FormData::default();
        for part in &self.parts {
            let rows = match &part.kind {
                PartKind::Fields(_) => continue,
                PartKind::Table(table) => vec![BTreeMap::new(); table.rows_min.clamp(1, ROWS_CAP)],
                PartKind::Months(months) => {
                    let row = |id: &String| BTreeMap::from([(ROW.to_owned(), id.clone())]);
                    months.rows.iter().map(|def| row(&def.id)).collect()
                }
            };
            data.tables.insert(part.id.clone(), rows);
        }
        data
    }
}
