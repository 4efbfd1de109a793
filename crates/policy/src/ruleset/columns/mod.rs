//! The columnar evaluation, for millions of cases of one day: the same rules, chunk by chunk, with a truth value as two
//! bitmaps (known, true) and money as a column of fen with a bitmap of validity. Gives outcomes, amounts and the verdict
//! of each rule; for the reasons of a row, decide that row alone.

mod block;
mod fill;
mod held;
mod kernels;
mod numbers;
mod run;

pub use fill::{Columns, FillError};
pub use run::{decide, decide_into};

use super::RuleId;
use super::decide::{Outcome3, Verdict};
use kernel::money::Money;

/// Rows evaluated together; a multiple of 64.
pub const CHUNK: usize = 2_048;
/// Words of a bitmap over one chunk.
const WORDS: usize = CHUNK / 64;

/// The verdicts of one rule: bit `row % 64` of word `row / 64`. What is true is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleBits {
    /// Rows for which it can be told.
    pub known: Vec<u64>,
    /// Rows for which it holds.
    pub truth: Vec<u64>,
}

/// What came of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnOutcome {
    /// How many rows.
    pub rows: usize,
    /// Rows granted.
    pub grant: Vec<u64>,
    /// Rows refused; what is neither is pending.
    pub refuse: Vec<u64>,
    /// Fen, zero where nothing is granted; empty where the regulation has no amount.
    pub amount_fen: Vec<i64>,
    /// The verdicts by the positions of the rules.
    pub rules: Vec<RuleBits>,
}

impl ColumnOutcome {
    /// What came of a row.
    pub fn outcome(&self, row: usize) -> Outcome3 {
        if bit(&self.grant, row) {
            Outcome3::Grant
        } else if bit(&self.refuse, row) {
            Outcome3::Refuse
        } else {
            Outcome3::Pending
        }
    }

    /// The amount granted to a row.
    pub fn amount(&self, row: usize) -> Option<Money> {
        let fen = self.amount_fen.get(row).filter(|_| bit(&self.grant, row))?;
        Some(Money::from_fen(*fen))
    }

    /// The verdict of a rule on a row.
    pub fn rule(&self, rule: RuleId, row: usize) -> Verdict {
        let bits = &self.rules[rule.index()];
        Verdict::from(bit(&bits.known, row).then(|| bit(&bits.truth, row)))
    }

    /// How many rows were granted.
    pub fn granted(&self) -> usize {
        count(&self.grant)
    }

    /// How many rows were refused.
    pub fn refused(&self) -> usize {
        count(&self.refuse)
    }

    /// The sum of all grants, or `None` on overflow.
    pub fn total(&self) -> Option<Money> {
        Money::sum(self.amount_fen.iter().copied().map(Money::from_fen))
    }
}

fn bit(words: &[u64], row: usize) -> bool {
    words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
}

fn count(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}
