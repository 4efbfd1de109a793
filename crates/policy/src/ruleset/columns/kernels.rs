//! The loops. Comparisons and sums run over whole chunks without a branch; what divides or may overflow in 128 bits runs
//! over the rows that need it. Scalar arithmetic is [`crate::lang::arith`], the same as the tree walk's.

use super::block::{Bits, FracView, IntView, NONE, rows};
use super::{CHUNK, WORDS};
use crate::lang::arith::{self, Frac, Scale, satisfies};
use crate::lang::{Causes, Cmp, RoundTo};

/// Gathers one truth value a row into a bitmap: 64 bytes of 0 or 1, then eight at a time by a multiplication.
#[inline]
pub(super) fn gather(test: impl Fn(usize) -> bool) -> Bits {
    let mut out = NONE;
    for (word, bits) in out.iter_mut().enumerate() {
        let mut bytes = [0_u8; 64];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from(test(word * 64 + at));
        }
        for (at, eight) in bytes.chunks_exact(8).enumerate() {
            let lanes = u64::from_le_bytes([
                eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7],
            ]);
            *bits |= (lanes.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (at * 8);
        }
    }
    out
}

/// Whole numbers compared.
pub(super) fn compare_int(cmp: Cmp, a: IntView<'_>, b: IntView<'_>) -> Bits {
    match (a, b) {
        (IntView::Many(a), IntView::One(b)) => compare_many(cmp, a, |_| b),
        (IntView::Many(a), IntView::Many(b)) => {
            let b = &b[..CHUNK];
            compare_many(cmp, a, |row| b[row])
        }
        (IntView::Many(a), IntView::Entry(members, &[first, second])) => {
            let members = &members[..CHUNK];
            compare_many(cmp, a, |row| if members[row] == 0 { first } else { second })
        }
        (a, b) => gather(|row| satisfies(cmp, a.at(row).cmp(&b.at(row)))),
    }
}

#[inline]
fn compare_many(cmp: Cmp, a: &[i64], b: impl Fn(usize) -> i64) -> Bits {
    let a = &a[..CHUNK];
    match cmp {
        Cmp::Eq => gather(|row| a[row] == b(row)),
        Cmp::Ne => gather(|row| a[row] != b(row)),
        Cmp::Lt => gather(|row| a[row] < b(row)),
        Cmp::Le => gather(|row| a[row] <= b(row)),
        Cmp::Gt => gather(|row| a[row] > b(row)),
        Cmp::Ge => gather(|row| a[row] >= b(row)),
    }
}

/// Fractions compared by multiplying across.
pub(super) fn compare_frac(cmp: Cmp, a: FracView<'_>, b: FracView<'_>) -> Bits {
    match (a, b) {
        (FracView::Many(nums, dens), FracView::One(b)) => {
            let (nums, dens) = (&nums[..CHUNK], &dens[..CHUNK]);
            gather(|row| satisfies(cmp, arith::compare((nums[row], dens[row]), b)))
        }
        (a, b) => gather(|row| satisfies(cmp, arith::compare(a.at(row), b.at(row)))),
    }
}

/// The quotient of counts, neither negative, compared with one fraction without dividing; gives also where the divisor
/// is not zero.
pub(super) fn compare_quotient(cmp: Cmp, a: &[i64], b: &[i64], with: Frac) -> (Bits, Bits) {
    let (a, b) = (&a[..CHUNK], &b[..CHUNK]);
    let divides = gather(|row| b[row] != 0);
    (divides, gather(|row| satisfies(cmp, arith::compare((a[row], b[row]), with))))
}

/// Whole numbers scaled and rounded down to the fen, in words where `of` has any row; gives where they could be held.
pub(super) fn scaled(of: &Bits, a: &[i64], by: impl Fn(usize) -> (Scale, Frac), out: &mut [i64]) -> Bits {
    let (a, out) = (&a[..CHUNK], &mut out[..CHUNK]);
    let mut known = *of;
    for word in (0..WORDS).filter(|word| of[*word] != 0) {
        let mut fits = 0_u64;
        for at in 0..64 {
            let row = word * 64 + at;
            let (value, fit) = by(row).0.down(a[row]);
            out[row] = value;
            fits |= u64::from(fit) << at;
        }
        let mut wide = of[word] & !fits;
        while wide != 0 {
            let row = word * 64 + wide.trailing_zeros() as usize;
            match arith::mul_round((a[row], 1), by(row).1, RoundTo::default()) {
                Ok(value) => out[row] = value,
                Err(_) => known[word] &= !(1 << (row % 64)),
            }
            wide &= wide - 1;
        }
    }
    known
}

/// Folds another operand into what is there, row by row.
#[inline]
pub(super) fn fold(out: &mut [i64], with: IntView<'_>, pick: impl Fn(i64, i64) -> i64) {
    let out = &mut out[..CHUNK];
    match with {
        IntView::One(n) => out.iter_mut().for_each(|kept| *kept = pick(*kept, n)),
        IntView::Many(values) => {
            out.iter_mut().zip(&values[..CHUNK]).for_each(|(kept, value)| *kept = pick(*kept, *value));
        }
        IntView::Entry(members, &[first, second]) => {
            let rows = out.iter_mut().zip(&members[..CHUNK]);
            rows.for_each(|(kept, member)| *kept = pick(*kept, if *member == 0 { first } else { second }));
        }
        IntView::Entry(..) => {
            out.iter_mut().enumerate().for_each(|(row, kept)| *kept = pick(*kept, with.at(row)));
        }
    }
}

/// Copies the amounts of the wanted rows that are not below zero, zero elsewhere; gives those rows.
pub(super) fn amounts(wanted: &Bits, values: IntView<'_>, into: &mut [i64]) -> Bits {
    let mut granted = *wanted;
    for word in (0..WORDS).filter(|word| wanted[*word] != 0) {
        let mut fine = 0_u64;
        for at in 0..64 {
            let row = word * 64 + at;
            let fen = values.at(row);
            let good = wanted[word] >> at & 1 == 1 && fen >= 0;
            into[row] = if good { fen } else { 0 };
            fine |= u64::from(good) << at;
        }
        granted[word] = fine;
    }
    granted
}

/// Sums, differences and products of whole numbers; gives where they did not overflow.
pub(super) fn ints(
    a: IntView<'_>,
    b: IntView<'_>,
    out: &mut [i64],
    with: impl Fn(i64, i64) -> (i64, bool),
) -> Bits {
    let mut fits = NONE;
    for (word, word_fits) in fits.iter_mut().enumerate() {
        let mut bits = 0_u64;
        for at in 0..64 {
            let row = word * 64 + at;
            let (value, over) = with(a.at(row), b.at(row));
            out[row] = value;
            bits |= u64::from(!over) << at;
        }
        *word_fits = bits;
    }
    fits
}

/// Days and rounded products, row by row where `of` is set; gives where they could be held.
pub(super) fn checked(of: &Bits, out: &mut [i64], with: impl Fn(usize) -> Result<i64, Causes>) -> Bits {
    let mut known = *of;
    rows(of, |row| match with(row) {
        Ok(value) => out[row] = value,
        Err(_) => known[row / 64] &= !(1 << (row % 64)),
    });
    known
}

/// Fractions, row by row where `of` is set; gives where they could be held.
pub(super) fn fracs(
    of: &Bits,
    nums: &mut [i64],
    dens: &mut [i64],
    with: impl Fn(usize) -> Result<Frac, Causes>,
) -> Bits {
    let mut known = *of;
    rows(of, |row| match with(row) {
        Ok((num, den)) => (nums[row], dens[row]) = (num, den),
        Err(_) => known[row / 64] &= !(1 << (row % 64)),
    });
    known
}
