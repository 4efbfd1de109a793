//! Exact scalar arithmetic that both evaluations share, so that they cannot disagree. Nothing wraps and nothing is a
//! float: what cannot be held is a cause.

use super::slot::{Causes, pack_date, unpack_date};
use super::symbols::RoundTo;
use super::token::Cmp;
use kernel::Date;
use kernel::rounding::Rounding;
use kernel::term::TermUnit;
use std::cmp::Ordering;

/// A fraction with a positive denominator.
pub(crate) type Frac = (i64, i64);

/// Does the order satisfy the comparison?
pub(crate) const fn satisfies(cmp: Cmp, order: Ordering) -> bool {
    match cmp {
        Cmp::Eq => order.is_eq(),
        Cmp::Ne => order.is_ne(),
        Cmp::Lt => order.is_lt(),
        Cmp::Le => order.is_le(),
        Cmp::Gt => order.is_gt(),
        Cmp::Ge => order.is_ge(),
    }
}

/// The order of two fractions, by multiplying across.
pub(crate) fn compare(a: Frac, b: Frac) -> Ordering {
    match (a.0.checked_mul(b.1), b.0.checked_mul(a.1)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1))),
    }
}

/// The sum of two fractions, reduced.
pub(crate) fn add(a: Frac, b: Frac) -> Result<Frac, Causes> {
    let (left, right) = (i128::from(a.0) * i128::from(b.1), i128::from(b.0) * i128::from(a.1));
    let num = left.checked_add(right).ok_or(Causes::OVERFLOW)?;
    reduce(num, i128::from(a.1) * i128::from(b.1))
}

/// The difference of two fractions, reduced.
pub(crate) fn sub(a: Frac, b: Frac) -> Result<Frac, Causes> {
    let (left, right) = (i128::from(a.0) * i128::from(b.1), i128::from(b.0) * i128::from(a.1));
    let num = left.checked_sub(right).ok_or(Causes::OVERFLOW)?;
    reduce(num, i128::from(a.1) * i128::from(b.1))
}

/// The product of two fractions, reduced.
pub(crate) fn mul(a: Frac, b: Frac) -> Result<Frac, Causes> {
    reduce(i128::from(a.0) * i128::from(b.0), i128::from(a.1) * i128::from(b.1))
}

/// One fraction by another. Two whole numbers stay as they are divided (14/47), so that a trace can show both.
pub(crate) fn div(a: Frac, b: Frac) -> Result<Frac, Causes> {
    if b.0 == 0 {
        return Err(Causes::DIVISION_BY_ZERO);
    }
    if a.1 == 1 && b.1 == 1 && b.0 > 0 {
        return Ok((a.0, b.0));
    }
    let (num, den) = (i128::from(a.0) * i128::from(b.1), i128::from(a.1) * i128::from(b.0));
    if den < 0 { reduce(-num, -den) } else { reduce(num, den) }
}

/// The product of two fractions, rounded once to a multiple of the step.
pub(crate) fn mul_round(a: Frac, b: Frac, to: RoundTo) -> Result<i64, Causes> {
    let step = to.step.fen();
    if let (Some(num), Some(den)) = (a.0.checked_mul(b.0), a.1.checked_mul(b.1))
        && to.mode == Rounding::Down
        && step == 1
    {
        return Ok(num / den);
    }
    let num = i128::from(a.0) * i128::from(b.0);
    let den = (i128::from(a.1) * i128::from(b.1)).checked_mul(i128::from(step)).ok_or(Causes::OVERFLOW)?;
    let steps = to.mode.divide(num, den).and_then(|steps| i64::try_from(steps).ok());
    steps.and_then(|steps| steps.checked_mul(step)).ok_or(Causes::OVERFLOW)
}

/// A fraction prepared for scaling many whole numbers, rounding down: the division is a multiplication by a reciprocal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    num: i64,
    den: u64,
    /// `⌊(2^64 - 1) / den⌋`: the estimated quotient of anything below 2^63 is at most one too small.
    reciprocal: u64,
}

impl Scale {
    pub(crate) fn new((num, den): Frac) -> Self {
        let den = den.unsigned_abs().max(1);
        Self { num, den, reciprocal: u64::MAX / den }
    }

    /// `n × num / den` towards zero, and whether the product fitted; what did not fit is to be done in 128 bits.
    #[inline]
    pub(crate) fn down(self, n: i64) -> (i64, bool) {
        let (product, over) = n.overflowing_mul(self.num);
        let size = product.unsigned_abs();
        let estimate = ((u128::from(size) * u128::from(self.reciprocal)) >> 64) as u64;
        let short = u64::from(size.wrapping_sub(estimate.wrapping_mul(self.den)) >= self.den);
        let quotient = estimate.wrapping_add(short) as i64;
        (if product < 0 { quotient.wrapping_neg() } else { quotient }, !over && product != i64::MIN)
    }
}

fn reduce(num: i128, den: i128) -> Result<Frac, Causes> {
    let common = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1) as i128;
    match (i64::try_from(num / common), i64::try_from(den / common)) {
        (Ok(num), Ok(den)) => Ok((num, den)),
        _ => Err(Causes::OVERFLOW),
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A packed day moved by so many days, months or years; the end of a shorter month holds.
pub(crate) fn shift(packed: i64, n: i64, unit: TermUnit) -> Result<i64, Causes> {
    let date = unpack_date(packed).ok_or(Causes::OVERFLOW)?;
    let months = match unit {
        TermUnit::Day | TermUnit::Workday => return shift_days(date, n).ok_or(Causes::OVERFLOW),
        TermUnit::Month => n,
        TermUnit::Year => n.checked_mul(12).ok_or(Causes::OVERFLOW)?,
    };
    let now = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let total = now.checked_add(months).ok_or(Causes::OVERFLOW)?;
    let year = total.div_euclid(12).checked_mul(10_000).ok_or(Causes::OVERFLOW)?;
    let first = unpack_date(year.saturating_add((total.rem_euclid(12) + 1) * 100 + 1));
    let first = first.ok_or(Causes::OVERFLOW)?;
    Ok(pack_date(first) - 1 + i64::from(date.day().min(first.days_in_month())))
}

fn shift_days(date: Date, days: i64) -> Option<i64> {
    let (year, month, day) = civil_from_days(days_from_civil(date).checked_add(days)?)?;
    unpack_date(year * 10_000 + month * 100 + day).map(pack_date)
}

/// The days from one packed day to another.
pub(crate) fn days_between(later: i64, earlier: i64) -> Result<i64, Causes> {
    match (unpack_date(later), unpack_date(earlier)) {
        (Some(later), Some(earlier)) => Ok(days_from_civil(later) - days_from_civil(earlier)),
        _ => Err(Causes::OVERFLOW),
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (eras of 400 years that begin in March).
fn days_from_civil(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// `None` far outside the years that a date can have.
fn civil_from_days(days: i64) -> Option<(i64, i64, i64)> {
    if !(-10_000_000..10_000_000).contains(&days) {
        return None;
    }
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    Some((years + era * 400 + i64::from(month <= 2), month, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::money::Money;

    #[test]
    fn products_are_rounded_once_and_as_said() {
        let to = |step, mode| RoundTo { step: Money::from_fen(step), mode };
        for (a, b, round, want) in [
            ((412345678, 1), (3, 10), to(1, Rounding::Down), Ok(123703703)),
            ((412345678, 1), (3, 10), to(1, Rounding::Up), Ok(123703704)),
            ((412345678, 1), (3, 10), to(100, Rounding::Down), Ok(123703700)),
            ((5, 1), (1, 2), to(1, Rounding::HalfEven), Ok(2)),
            ((-5, 1), (1, 2), to(1, Rounding::Down), Ok(-2)),
            ((i64::MAX, 1), (3, 10), to(1, Rounding::Down), Ok(2767011611056432742)),
            ((i64::MAX, 1), (2, 1), to(1, Rounding::Down), Err(Causes::OVERFLOW)),
            ((i64::MIN, 1), (1, 1), to(1, Rounding::Down), Ok(i64::MIN)),
        ] {
            assert_eq!(mul_round(a, b, round), want, "{a:?} {b:?} {round:?}");
        }
    }

    #[test]
    fn a_reciprocal_divides_as_division_does() {
        for den in [1, 2, 3, 7, 10, 100, 10_000, 999_983, i64::from(u32::MAX), i64::MAX - 1, i64::MAX] {
            for n in [
                0,
                1,
                2,
                99,
                100,
                101,
                412_345_678,
                i64::MAX / 3,
                i64::MAX / 3 - 1,
                -1,
                -100,
                -412_345_678,
                i64::MIN,
            ] {
                for num in [0, 1, 3, -3] {
                    let want = n
                        .checked_mul(num)
                        .filter(|product| *product != i64::MIN)
                        .map(|product| product / den);
                    let (got, fits) = Scale::new((num, den)).down(n);
                    assert_eq!(fits.then_some(got), want, "{n} × {num} / {den}");
                }
            }
        }
    }

    #[test]
    fn extremes_are_compared_not_wrapped() {
        assert_eq!(compare((i64::MAX, 1), (i64::MAX - 1, 1)), Ordering::Greater);
        assert_eq!(compare((i64::MAX, i64::MAX - 1), (i64::MAX - 1, i64::MAX)), Ordering::Greater);
        assert_eq!(compare((i64::MIN, 1), (i64::MAX, 3)), Ordering::Less);
        assert_eq!(div((i64::MIN, 1), (-1, 1)), Err(Causes::OVERFLOW));
        assert_eq!(div((1, 1), (0, 1)), Err(Causes::DIVISION_BY_ZERO));
        assert_eq!(div((14, 1), (47, 1)), Ok((14, 47)));
        assert_eq!(div((14, 1), (-28, 1)), Ok((-1, 2)));
    }

    #[test]
    fn days_move_over_the_ends_of_months_and_years() {
        for (from, n, unit, want) in [
            (20191009, -3, TermUnit::Year, 20161009),
            (20200229, -1, TermUnit::Year, 20190228),
            (20200131, 1, TermUnit::Month, 20200229),
            (20191231, 1, TermUnit::Day, 20200101),
            (20200301, -1, TermUnit::Day, 20200229),
            (20190301, -1, TermUnit::Day, 20190228),
            (20200115, -13, TermUnit::Month, 20181215),
        ] {
            assert_eq!(shift(from, n, unit), Ok(want), "{from} {n} {unit:?}");
        }
        assert_eq!(shift(99991231, 1, TermUnit::Day), Err(Causes::OVERFLOW));
        assert_eq!(days_between(20200301, 20200228), Ok(2));
        assert_eq!(days_between(20190101, 20200101), Ok(-365));
    }
}
