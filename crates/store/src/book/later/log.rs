//! The waiting rows of one table.

use std::collections::{BTreeMap, HashMap};

use super::rows::{Extent, Rows};
use super::tables::{Rule, Table};
use crate::engine::{Engine, Fault, Val};

/// At most so many bytes of memory go on to the next transaction: more than a full batch of commands takes.
const ROOM_MAX: usize = 4 << 20;

/// The waiting rows of one table, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Log {
    width: usize,
    rows: Rows,
    /// The subjects whose rows are replaced, and how far the rows went before those of each.
    subjects: Rows,
    from: Vec<usize>,
    /// How far all went at the mark.
    mark: (Extent, Extent),
    /// The values of the asked column in this transaction, and the command that brought each first.
    seen: HashMap<String, u64>,
}

impl Log {
    /// Whether nothing waits.
    pub(super) const fn is_empty(&self) -> bool {
        self.rows.len() == 0 && self.subjects.len() == 0
    }

    /// Whether a row of this transaction bears a value in the asked column.
    pub(super) fn has_seen(&self, value: Option<&Val<'_>>) -> bool {
        match value {
            Some(Val::Text(text)) => self.seen.contains_key(*text),
            Some(Val::Int(number)) => self.seen.contains_key(&number.to_string()),
            _ => false,
        }
    }

    /// Takes a row.
    pub(super) fn put(&mut self, table: &Table, row: &[Val<'_>], command: u64) {
        self.width = row.len();
        self.rows.push(row);
        let text = match table.asked.as_ref().and_then(|asked| row.get(asked.column)) {
            Some(Val::Text(text)) => (*text).to_owned(),
            Some(Val::Int(number)) => number.to_string(),
            _ => return,
        };
        self.seen.entry(text).or_insert(command);
    }

    /// The rows that follow replace all of a subject's.
    pub(super) fn clear(&mut self, subject: &[Val<'_>]) {
        self.subjects.push(subject);
        self.from.push(self.rows.len());
    }

    /// What came up to here stays.
    pub(super) const fn set_mark(&mut self) {
        self.mark = (self.rows.extent(), self.subjects.extent());
    }

    /// Forgets what came since the mark, of this command.
    pub(super) fn undo(&mut self, command: u64) {
        let (rows, subjects) = self.mark;
        if self.rows.len() > rows.len() {
            self.seen.retain(|_, first| *first != command);
        }
        self.rows.cut(rows);
        self.subjects.cut(subjects);
        self.from.truncate(subjects.len());
    }

    /// Forgets everything; the memory serves the next transaction, unless this one was unusually long.
    pub(super) fn forget(&mut self) {
        if self.rows.room() > ROOM_MAX {
            *self = Self::default();
            return;
        }
        self.seen.clear();
        self.empty();
    }

    fn empty(&mut self) {
        self.rows.cut(Extent::default());
        self.subjects.cut(Extent::default());
        self.from.clear();
        self.set_mark();
    }

    /// Writes what came before the mark; the rest goes on waiting.
    pub(super) fn write_kept(&mut self, engine: &mut dyn Engine, table: &Table) -> Result<(), Fault> {
        let (rows, subjects) = self.mark;
        let since = Self {
            width: self.width,
            rows: self.rows.split(rows),
            subjects: self.subjects.split(subjects),
            from: self.from.split_off(subjects.len()).into_iter().map(|from| from - rows.len()).collect(),
            mark: Default::default(),
            seen: std::mem::take(&mut self.seen),
        };
        let written = self.write(engine, table);
        *self = since;
        written
    }

    /// Writes all that waits.
    pub(super) fn write(&mut self, engine: &mut dyn Engine, table: &Table) -> Result<(), Fault> {
        if self.is_empty() {
            return Ok(());
        }
        let values = self.rows.values();
        let put = |engine: &mut dyn Engine, rows: &[Val<'_>]| match rows {
            [] => Ok(()),
            rows => engine.bulk_put(table.put, self.width, rows).map(drop),
        };
        match table.rule {
            Rule::Added => put(engine, &values)?,
            Rule::Last(key) => {
                let rows = values.chunks(self.width).map(|row| (&row[..key], row));
                let last: BTreeMap<&[Val<'_>], &[Val<'_>]> = rows.collect();
                let rows: Vec<Val<'_>> = last.into_values().flatten().copied().collect();
                put(engine, &rows)?;
            }
            Rule::Replaced(clear) => {
                // The first rows may belong to a subject whose earlier rows were forgotten before.
                put(engine, &values[..self.from.first().copied().unwrap_or(values.len())])?;
                let subjects = self.subjects.values();
                let ends = self.from.iter().skip(1).copied().chain([values.len()]);
                let groups = self.from.iter().zip(ends).map(|(from, to)| &values[*from..to]);
                let last: BTreeMap<&Val<'_>, &[Val<'_>]> = subjects.iter().zip(groups).collect();
                let subjects: Vec<Val<'_>> = last.keys().map(|subject| **subject).collect();
                engine.bulk_put(clear, 1, &subjects)?;
                let rows: Vec<Val<'_>> = last.into_values().flatten().copied().collect();
                put(engine, &rows)?;
            }
        }
        self.empty();
        Ok(())
    }
}
