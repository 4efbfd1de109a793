//! Exact fractions: shares, caps, splits. A third stays a third; nothing is ever a float.
//! A percentage shown to people is truncated, so that 29.999 % never reads as the threshold.

use crate::explain::Words;
use crate::numeral;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

/// An exact fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i64,
    den: i64,
}

/// Why a text is not a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RatioFault {
    /// Nothing was written.
    Empty,
    /// A whole number without a sign of what it is: 30 may be 30 % or thirty times.
    NoUnit,
    /// A decimal above one without `%`.
    DecimalAboveOne,
    /// The whole of the fraction is zero.
    ZeroDenominator,
    /// Too many digits.
    OutOfRange,
    /// None of the forms.
    NotARatio,
}

/// A text that is not a ratio: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: RatioFault,
}

impl Ratio {
    /// Nothing of it.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// All of it.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num / den` in lowest terms; `None` when `den` is zero or the reduced fraction does not fit.
    pub fn new(num: i64, den: i64) -> Option<Self> {
        Self::reduce(i128::from(num), i128::from(den))
    }

    /// So many per cent.
    pub fn percent(percent: i64) -> Self {
        // 100 is never zero and reducing never grows the numerator, so only the type keeps this from being direct.
        let common = gcd(percent.unsigned_abs().into(), 100) as i64;
        Self { num: percent / common, den: 100 / common }
    }

    fn reduce(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let common = i128::try_from(gcd(num.unsigned_abs(), den.unsigned_abs())).ok()? * den.signum();
        Some(Self { num: i64::try_from(num / common).ok()?, den: i64::try_from(den / common).ok()? })
    }

    /// The part, in lowest terms.
    pub const fn num(self) -> i64 {
        self.num
    }

    /// The whole, in lowest terms; positive.
    pub const fn den(self) -> i64 {
        self.den
    }

    /// Less than nothing?
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// The sum, or `None` when it cannot be held exactly.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b, c, d) = self.wide(other);
        Self::reduce((a * d).checked_add(c * b)?, b * d)
    }

    /// The difference, or `None` when it cannot be held exactly.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let (a, b, c, d) = self.wide(other);
        Self::reduce((a * d).checked_sub(c * b)?, b * d)
    }

    /// The product, or `None` when it cannot be held exactly.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (a, b, c, d) = self.wide(other);
        Self::reduce(a * c, b * d)
    }

    /// The quotient, or `None` when the other is zero or the result cannot be held exactly.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let (a, b, c, d) = self.wide(other);
        Self::reduce(a * d, b * c)
    }

    fn wide(self, other: Self) -> (i128, i128, i128, i128) {
        (self.num.into(), self.den.into(), other.num.into(), other.den.into())
    }

    /// As a percentage cut (never rounded up) to so many decimals, without trailing zeros: `33.33%`, `30%`.
    /// More than nine decimals are nine.
    pub fn percent_truncated(self, decimals: u32) -> String {
        let scale = 10_i128.pow(decimals.min(9));
        let scaled = (i128::from(self.num) * 100 * scale).div_euclid(self.den.into());
        let (whole, rest) =
            (scaled.unsigned_abs() / scale.unsigned_abs(), scaled.unsigned_abs() % scale.unsigned_abs());
        let sign = if scaled < 0 { "-" } else { "" };
        if rest == 0 {
            return format!("{sign}{whole}%");
        }
        let places = format!("{rest:0width$}", width = decimals.min(9) as usize);
        format!("{sign}{whole}.{}%", places.trim_end_matches('0'))
    }

    /// Is the percentage exact within four decimals?
    fn is_short_percent(self) -> bool {
        1_000_000 % i128::from(self.den) == 0
    }

    /// Reads `30%`, `33.33%`, `1/3`, `0.3`, `三分之二`, `百分之三十`; full width is tolerated. A bare whole number other
    /// than 0 is refused, because 30 could be 30 % or thirty times; so is a bare decimal above one.
    pub fn parse(text: &str) -> Result<Self, RatioError> {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        read(inner).map_err(|fault| RatioError { span: start..start + inner.len(), fault })
    }
}

fn read(text: &str) -> Result<Ratio, RatioFault> {
    if text.is_empty() {
        return Err(RatioFault::Empty);
    }
    if let Some((whole, part)) = text.split_once("分之") {
        return in_words(whole.trim(), part.trim());
    }
    let narrow: String = text.chars().map(numeral::narrow).collect();
    let (negative, body) = match narrow.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, narrow.as_str()),
    };
    let (num, den) = if let Some(number) = body.strip_suffix('%') {
        let (num, den) = decimal(number.trim_end())?;
        (num, den * 100)
    } else if let Some((num, den)) = body.split_once('/') {
        (digits(num.trim_end())?, digits(den.trim_start())?)
    } else {
        bare(body)?
    };
    if den == 0 {
        return Err(RatioFault::ZeroDenominator);
    }
    Ratio::reduce(if negative { -num } else { num }, den).ok_or(RatioFault::OutOfRange)
}

fn bare(body: &str) -> Result<(i128, i128), RatioFault> {
    let (num, den) = decimal(body)?;
    match (num, body.contains('.')) {
        (0, _) => Ok((0, 1)),
        (_, false) => Err(RatioFault::NoUnit),
        (_, true) if num > den => Err(RatioFault::DecimalAboveOne),
        (_, true) => Ok((num, den)),
    }
}

/// 三分之二; the part of 百分之 may have decimals (百分之三十三点三三).
fn in_words(whole: &str, part: &str) -> Result<Ratio, RatioFault> {
    let den = i128::from(numeral::whole(whole).ok_or(RatioFault::NotARatio)?);
    let (num, scale) = match part.split_once('点') {
        None => match numeral::whole(part) {
            Some(n) => (i128::from(n), 1),
            None => decimal(&part.chars().map(numeral::narrow).collect::<String>())?,
        },
        Some((before, after)) => {
            let before = numeral::whole(before).ok_or(RatioFault::NotARatio)?;
            let mut places: String = before.to_string();
            places.push('.');
            for c in after.chars() {
                let digit = numeral::whole(c.encode_utf8(&mut [0; 4])).filter(|d| *d < 10);
                places.push_str(&digit.ok_or(RatioFault::NotARatio)?.to_string());
            }
            decimal(&places)?
        }
    };
    if den == 0 {
        return Err(RatioFault::ZeroDenominator);
    }
    Ratio::reduce(num, den * scale).ok_or(RatioFault::OutOfRange)
}

/// Plain digits with at most one point: numerator and power of ten.
fn decimal(text: &str) -> Result<(i128, i128), RatioFault> {
    let (whole, places) = match text.split_once('.') {
        Some((_, "")) => return Err(RatioFault::NotARatio),
        Some(parts) => parts,
        None => (text, ""),
    };
    if places.len() > 15 {
        return Err(RatioFault::OutOfRange);
    }
    let scale = 10_i128.pow(places.len() as u32);
    let fraction = if places.is_empty() { 0 } else { digits(places)? };
    Ok((digits(whole)? * scale + fraction, scale))
}

fn digits(text: &str) -> Result<i128, RatioFault> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(RatioFault::NotARatio);
    }
    if text.len() > 19 {
        return Err(RatioFault::OutOfRange);
    }
    text.parse().map_err(|_| RatioFault::OutOfRange)
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b, c, d) = self.wide(*other);
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    /// A percentage where that is exact within four decimals, otherwise the fraction; [`Ratio::parse`] reads both back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_short_percent() {
            f.write_str(&self.percent_truncated(4))
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

impl RatioFault {
    const fn words(self) -> Words {
        let (zh, en, hint_zh, hint_en) = match self {
            Self::Empty => {
                ("没有填写比例", "no ratio was given", "请填写，例如 30%", "write it, for example 30%")
            }
            Self::NoUnit => (
                "只写了一个整数，看不出是百分之几还是倍数",
                "a whole number alone does not say whether it is per cent",
                "百分数请带上 %，例如 30%；分数请写成 1/3",
                "add the % sign, for example 30%, or write a fraction such as 1/3",
            ),
            Self::DecimalAboveOne => (
                "大于 1 的小数没有带百分号，看不出是什么比例",
                "a decimal above one without % is unclear",
                "百分数请带上 %，例如 33.33%",
                "add the % sign, for example 33.33%",
            ),
            Self::ZeroDenominator => (
                "分母为零",
                "the denominator is zero",
                "请核对分母，例如 1/3",
                "check the denominator, for example 1/3",
            ),
            Self::OutOfRange => (
                "数字太长，无法精确表示",
                "too many digits to be held exactly",
                "请写成较短的百分数或分数",
                "write a shorter percentage or fraction",
            ),
            Self::NotARatio => (
                "看不懂这个比例",
                "this is not a ratio",
                "请写成 30%、33.33%、1/3、三分之二 或 0.3",
                "write 30%, 33.33%, 1/3, 三分之二 or 0.3",
            ),
        };
        Words { zh, en, hint_zh, hint_en }
    }
}

crate::explain::explained!(RatioError, self => self.fault.words());

#[cfg(test)]
mod tests;
