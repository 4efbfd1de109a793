//! What a node holds while a chunk is evaluated: one value for all rows, or a block of them; and how operands look at it.

use super::{CHUNK, WORDS};
use crate::lang::arith::Frac;
use crate::lang::slot::Slot;

/// A bitmap over the rows of a chunk.
pub(super) type Bits = [u64; WORDS];

pub(super) const NONE: Bits = [0; WORDS];
pub(super) const ALL: Bits = [u64::MAX; WORDS];

/// A value for each row.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub known: Bits,
    pub data: Values,
}

/// The values of the rows that are known; anything elsewhere.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Bool(Box<Bits>),
    Int(Vec<i64>),
    Frac(Vec<i64>, Vec<i64>),
}

impl Block {
    pub(super) fn bools() -> Self {
        Self { known: NONE, data: Values::Bool(Box::new(NONE)) }
    }

    pub(super) fn ints() -> Self {
        Self { known: NONE, data: Values::Int(vec![0; CHUNK]) }
    }

    pub(super) fn fracs() -> Self {
        Self { known: NONE, data: Values::Frac(vec![0; CHUNK], vec![1; CHUNK]) }
    }
}

/// An operand as whole numbers.
#[derive(Clone, Copy)]
pub(super) enum IntView<'a> {
    One(i64),
    Many(&'a [i64]),
    /// The position in a table, and the table.
    Entry(&'a [i64], &'a [i64]),
}

/// An operand as fractions.
#[derive(Clone, Copy)]
pub(super) enum FracView<'a> {
    One(Frac),
    /// Numerators over one.
    Whole(&'a [i64]),
    Many(&'a [i64], &'a [i64]),
    /// The position in a table, and the table.
    Entry(&'a [i64], &'a [Frac]),
}

impl IntView<'_> {
    #[inline]
    pub(super) fn at(self, row: usize) -> i64 {
        match self {
            Self::One(n) => n,
            Self::Many(values) => values[row],
            Self::Entry(members, table) => table[members[row] as usize],
        }
    }
}

impl FracView<'_> {
    #[inline]
    pub(super) fn at(self, row: usize) -> Frac {
        match self {
            Self::One(frac) => frac,
            Self::Whole(values) => (values[row], 1),
            Self::Many(nums, dens) => (nums[row], dens[row]),
            Self::Entry(members, table) => table[members[row] as usize],
        }
    }
}

/// A scalar as bitmaps: known everywhere or nowhere.
pub(super) fn spread(slot: Slot) -> (Bits, Bits) {
    match slot {
        Slot::Unknown(_) => (NONE, NONE),
        Slot::Bool(true) => (ALL, ALL),
        _ => (ALL, NONE),
    }
}

/// Both.
pub(super) fn both(a: &Bits, b: &Bits) -> Bits {
    std::array::from_fn(|word| a[word] & b[word])
}

/// Calls `each` with every row whose bit is set.
#[inline]
pub(super) fn rows(bits: &Bits, mut each: impl FnMut(usize)) {
    for (word, set) in bits.iter().enumerate() {
        let mut left = *set;
        while left != 0 {
            each(word * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
