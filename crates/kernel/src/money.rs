//! Money in whole fen. Every operation is checked: there is no wrap, no float and no silent rounding.
//! Reading what offices write (万元, commas, full width) is [`crate::amount`]; this reads only the strict form.

mod capitals;

use crate::ratio::Ratio;
use crate::rounding::Rounding;
use std::fmt;

/// An amount of money in fen, from -92233720368547758.08 to 92233720368547758.07 yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Why a strict decimal string of yuan could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form `-?digits(.dd?)?`.
    #[error("money is written as yuan with at most two decimals, such as 18605.00")]
    NotMoney,
    /// More than two decimals.
    #[error("money is not finer than one fen (two decimals)")]
    FinerThanFen,
    /// Outside the range of [`Money`].
    #[error("the amount is too large")]
    OutOfRange,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that can be said.
    pub const MAX: Self = Self(i64::MAX);

    /// From whole fen.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// In whole fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Less than nothing?
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Exactly nothing?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` on overflow.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// The difference (may be negative), or `None` on overflow.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// The opposite, or `None` on overflow.
    pub const fn checked_neg(self) -> Option<Self> {
        match self.0.checked_neg() {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// So many times the amount, or `None` on overflow.
    pub const fn checked_mul(self, count: i64) -> Option<Self> {
        match self.0.checked_mul(count) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// The amount times an exact ratio, rounded once to the fen; `None` on overflow.
    pub fn times(self, ratio: Ratio, rounding: Rounding) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(ratio.num());
        let fen = rounding.divide(product, i128::from(ratio.den()))?;
        i64::try_from(fen).ok().map(Self)
    }

    /// What part of `whole` this is, exactly; `None` when `whole` is zero (or the fraction cannot be held).
    pub fn part_of(self, whole: Self) -> Option<Ratio> {
        Ratio::new(self.0, whole.0)
    }

    /// The sum of all, or `None` on overflow (of the total: the order does not matter).
    pub fn sum<I: IntoIterator<Item = Self>>(amounts: I) -> Option<Self> {
        let total = amounts.into_iter().try_fold(0_i128, |sum, each| sum.checked_add(i128::from(each.0)))?;
        i64::try_from(total).ok().map(Self)
    }

    /// Reads a strict decimal string of yuan: `18605`, `18605.5`, `18605.00`, `-3.20`. No commas, no units, no blanks.
    pub fn parse_yuan(text: &str) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (yuan, fen) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(yuan) || !plain(fen) {
            return Err(MoneyError::NotMoney);
        }
        if fen.len() > 2 {
            return Err(MoneyError::FinerThanFen);
        }
        let mut total: i128 = 0;
        for digit in yuan.bytes().chain(fen.bytes()).chain(std::iter::repeat_n(b'0', 2 - fen.len())) {
            total = total * 10 + i128::from(digit - b'0');
            if total > i128::from(u64::MAX) {
                return Err(MoneyError::OutOfRange);
            }
        }
        let signed = if negative { -total } else { total };
        i64::try_from(signed).map(Self).map_err(|_| MoneyError::OutOfRange)
    }

    /// Yuan with commas, for people: `18,605.00`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.split_at(usize::from(self.is_negative()));
        let (yuan, fen) = digits.split_at(digits.len().saturating_sub(3));
        let mut out = String::with_capacity(plain.len() + plain.len() / 3);
        out.push_str(sign);
        for (i, digit) in yuan.chars().enumerate() {
            if i > 0 && (yuan.len() - i) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        out.push_str(fen);
        out
    }

    /// In units of 万元, exact and without trailing zeros: 18,605.00 yuan is `1.8605`.
    pub fn wan(self) -> String {
        const FEN_PER_WAN: u64 = 1_000_000;
        let fen = self.0.unsigned_abs();
        let whole = format!("{}{}", if self.is_negative() { "-" } else { "" }, fen / FEN_PER_WAN);
        match fen % FEN_PER_WAN {
            0 => whole,
            rest => format!("{whole}.{}", format!("{rest:06}").trim_end_matches('0')),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "the last two digits are fen")]
mod tests;
