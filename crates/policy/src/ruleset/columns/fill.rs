//! Columns of facts: from cases, from rows, or a column at a time.

use super::CHUNK;
use crate::lang::slot::Slot;
use crate::lang::{FactId, Type, Value, is_storable};
use crate::ruleset::{CaseFacts, Ruleset};

/// The facts of many cases, one column a fact; padded to whole chunks, the padding unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    rows: usize,
    pub(super) facts: Vec<Column>,
}

/// One column. Values of unknown rows are zero (a fraction 0/1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub known: Vec<u64>,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Data {
    Bool(Vec<u64>),
    Int(Vec<i64>),
    Frac(Vec<i64>, Vec<i64>),
}

/// A value that a column cannot take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The row is beyond the last.
    #[error("there is no row {0}")]
    NoRow(usize),
    /// The value is not of the fact's type.
    #[error("the value of row {0} is not of the fact's type")]
    WrongType(usize),
}

impl Columns {
    /// So many rows of which nothing is known.
    pub fn new(ruleset: &Ruleset, rows: usize) -> Self {
        let padded = rows.div_ceil(CHUNK) * CHUNK;
        let column = |ty: &Type| Column {
            known: vec![0; padded / 64],
            data: match ty {
                Type::Bool => Data::Bool(vec![0; padded / 64]),
                Type::Ratio => Data::Frac(vec![0; padded], vec![1; padded]),
                _ => Data::Int(vec![0; padded]),
            },
        };
        Self { rows, facts: ruleset.env().facts().iter().map(|fact| column(&fact.ty)).collect() }
    }

    /// The columns of these cases, in their order.
    pub fn from_cases<'a>(ruleset: &Ruleset, cases: impl ExactSizeIterator<Item = &'a CaseFacts>) -> Self {
        let mut columns = Self::new(ruleset, cases.len());
        for (row, case) in cases.enumerate() {
            for (column, slot) in columns.facts.iter_mut().zip(case.slots.iter()) {
                column.put(row, slot);
            }
        }
        columns
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn chunks(&self) -> usize {
        self.rows.div_ceil(CHUNK)
    }

    /// Sets or forgets one fact of one row.
    pub fn set(
        &mut self,
        ruleset: &Ruleset,
        row: usize,
        fact: FactId,
        value: Option<Value>,
    ) -> Result<(), FillError> {
        if row >= self.rows {
            return Err(FillError::NoRow(row));
        }
        let ty = &ruleset.env().facts()[fact.index()].ty;
        if value.is_some_and(|value| !is_storable(&value, ty, ruleset.env())) {
            return Err(FillError::WrongType(row));
        }
        self.facts[fact.index()].put(row, value.map_or(Slot::MISSING, Slot::from));
        Ok(())
    }

    /// Fills a fact's column from the first row on.
    pub fn fill(
        &mut self,
        ruleset: &Ruleset,
        fact: FactId,
        values: impl IntoIterator<Item = Option<Value>>,
    ) -> Result<(), FillError> {
        values.into_iter().enumerate().try_for_each(|(row, value)| self.set(ruleset, row, fact, value))
    }
}

impl Column {
    #[inline]
    fn put(&mut self, row: usize, slot: Slot) {
        let (word, mask) = (row / 64, 1_u64 << (row % 64));
        let known = !slot.is_unknown();
        self.known[word] = self.known[word] & !mask | if known { mask } else { 0 };
        match (&mut self.data, slot) {
            (Data::Bool(truth), slot) => {
                truth[word] = truth[word] & !mask | if slot == Slot::Bool(true) { mask } else { 0 };
            }
            (Data::Int(values), slot) => values[row] = slot.as_int().unwrap_or(0),
            (Data::Frac(nums, dens), slot) => (nums[row], dens[row]) = slot.as_frac().unwrap_or((0, 1)),
        }
    }
}
