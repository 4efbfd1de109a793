//! Rows in memory: cells one after another, their texts and bytes in one piece each, so that a row costs no allocation of its own.

use crate::engine::Val;

/// Rows of one width.
#[derive(Debug, Default)]
pub(super) struct Rows {
    cells: Vec<Cell>,
    texts: String,
    bytes: Vec<u8>,
}

/// A value, or where its text or bytes lie.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Null,
    Int(i64),
    Text { from: usize, to: usize },
    Bytes { from: usize, to: usize },
}

/// How far rows go.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    cells: usize,
    texts: usize,
    bytes: usize,
}

impl Rows {
    /// Adds values.
    pub(super) fn push(&mut self, values: &[Val<'_>]) {
        self.cells.reserve(values.len());
        for value in values {
            self.cells.push(match *value {
                Val::Null => Cell::Null,
                Val::Int(number) => Cell::Int(number),
                Val::Text(text) => {
                    let from = self.texts.len();
                    self.texts.push_str(text);
                    Cell::Text { from, to: self.texts.len() }
                }
                Val::Bytes(bytes) => {
                    let from = self.bytes.len();
                    self.bytes.extend_from_slice(bytes);
                    Cell::Bytes { from, to: self.bytes.len() }
                }
            });
        }
    }

    /// All values.
    pub(super) fn values(&self) -> Vec<Val<'_>> {
        let value = |cell: &Cell| match *cell {
            Cell::Null => Val::Null,
            Cell::Int(number) => Val::Int(number),
            Cell::Text { from, to } => Val::Text(&self.texts[from..to]),
            Cell::Bytes { from, to } => Val::Bytes(&self.bytes[from..to]),
        };
        self.cells.iter().map(value).collect()
    }

    /// How many values.
    pub(super) const fn len(&self) -> usize {
        self.cells.len()
    }

    /// How many bytes of memory are held for rows.
    pub(super) const fn room(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.texts.capacity() + self.bytes.capacity()
    }

    /// How far the rows go now.
    pub(super) const fn extent(&self) -> Extent {
        Extent { cells: self.cells.len(), texts: self.texts.len(), bytes: self.bytes.len() }
    }

    /// Gives up what was added since.
    pub(super) fn cut(&mut self, to: Extent) {
        self.cells.truncate(to.cells);
        self.texts.truncate(to.texts);
        self.bytes.truncate(to.bytes);
    }

    /// What was added since; the rest stays.
    pub(super) fn split(&mut self, at: Extent) -> Self {
        let mut since = Self::default();
        since.push(&self.values()[at.cells..]);
        self.cut(at);
        since
    }
}

impl Extent {
    /// How many values.
    pub(super) const fn len(self) -> usize {
        self.cells
    }
}
