//! A length of time as a regulation prints it: 10个工作日, 5日, 6个月, 3年. What date it leads to is
//! [`crate::deadline`]'s business.

use crate::explain::Words;
use crate::numeral;
use std::fmt;
use std::ops::Range;

/// What a [`Term`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermUnit {
    /// 工作日: days on which offices work, by the published calendar.
    Workday,
    /// 日, 天: calendar days.
    Day,
    /// 月: calendar months, clamped to the month's end.
    Month,
    /// 年: calendar years, 29 February clamped to 28.
    Year,
}

/// A number of working days, days, months or years; never zero when it was parsed. The order is for collections only: it
/// does not say which is longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: TermUnit,
}

/// The longest term that is read: 36,500 of any unit but years, 100 years.
const MOST: u32 = 36_500;
const MOST_YEARS: u32 = 100;

/// Why a text is not a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermFault {
    /// Nothing was written.
    Empty,
    /// A number without 工作日, 日, 月 or 年.
    NoUnit,
    /// The number before the unit could not be read.
    NoNumber,
    /// Zero of anything is no term.
    Zero,
    /// Longer than a century.
    TooLong,
}

/// A text that is not a term: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: TermFault,
}

const UNITS: [(&str, TermUnit); 8] = [
    ("个工作日", TermUnit::Workday),
    ("工作日", TermUnit::Workday),
    ("个月", TermUnit::Month),
    ("月", TermUnit::Month),
    ("周年", TermUnit::Year),
    ("年", TermUnit::Year),
    ("日", TermUnit::Day),
    ("天", TermUnit::Day),
];

impl Term {
    /// So many of that unit.
    pub const fn new(n: u32, unit: TermUnit) -> Self {
        Self { n, unit }
    }

    /// So many working days.
    pub const fn workdays(n: u32) -> Self {
        Self::new(n, TermUnit::Workday)
    }

    /// Reads `10个工作日`, `3年`, `6个月`, `5日`, `10天`; also with Chinese or full-width numerals.
    pub fn parse(text: &str) -> Result<Self, TermError> {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        let fail = |from: usize, to: usize, fault| Err(TermError { span: start + from..start + to, fault });
        if inner.is_empty() {
            return fail(0, 0, TermFault::Empty);
        }
        let found = UNITS.iter().find_map(|(word, unit)| inner.strip_suffix(word).map(|rest| (rest, *unit)));
        let Some((number, unit)) = found else {
            return fail(0, inner.len(), TermFault::NoUnit);
        };
        let digits = number.trim_end();
        let Some(n) = numeral::whole(digits) else {
            return fail(0, if digits.is_empty() { inner.len() } else { digits.len() }, TermFault::NoNumber);
        };
        match n {
            0 => fail(0, digits.len(), TermFault::Zero),
            n if n > if unit == TermUnit::Year { MOST_YEARS } else { MOST } => {
                fail(0, digits.len(), TermFault::TooLong)
            }
            n => Ok(Self { n, unit }),
        }
    }

    /// In English: `10 working days`, `1 year`.
    pub fn en(self) -> String {
        let (one, many) = match self.unit {
            TermUnit::Workday => ("working day", "working days"),
            TermUnit::Day => ("day", "days"),
            TermUnit::Month => ("month", "months"),
            TermUnit::Year => ("year", "years"),
        };
        format!("{} {}", self.n, if self.n == 1 { one } else { many })
    }
}

impl fmt::Display for Term {
    /// In Chinese: `10个工作日`, `5日`, `6个月`, `3年`. [`Term::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            TermUnit::Workday => "个工作日",
            TermUnit::Day => "日",
            TermUnit::Month => "个月",
            TermUnit::Year => "年",
        };
        write!(f, "{}{unit}", self.n)
    }
}

impl TermFault {
    const fn words(self) -> Words {
        const HINT_ZH: &str = "请写成 10个工作日、5日、6个月 或 3年";
        const HINT_EN: &str = "write 10个工作日 (working days), 5日 (days), 6个月 (months) or 3年 (years)";
        let (zh, en) = match self {
            Self::Empty => ("没有填写期限", "no term was given"),
            Self::NoUnit => (
                "期限没有写明单位（工作日、日、月、年）",
                "the term does not say of what: working days, days, months or years",
            ),
            Self::NoNumber => ("期限的数字看不懂", "the number of the term could not be read"),
            Self::Zero => ("期限不能是零", "a term is at least one"),
            Self::TooLong => ("期限超过一百年", "the term is longer than a century"),
        };
        Words { zh, en, hint_zh: HINT_ZH, hint_en: HINT_EN }
    }
}

crate::explain::explained!(TermError, self => self.fault.words());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_as_the_regulations_print_them() {
        use TermUnit::{Day, Month, Workday, Year};
        let cases = [
            ("10个工作日", 10, Workday, "10个工作日", "10 working days"),
            ("１０ 个工作日", 10, Workday, "10个工作日", "10 working days"),
            ("十五个工作日", 15, Workday, "15个工作日", "15 working days"),
            ("1工作日", 1, Workday, "1个工作日", "1 working day"),
            ("5日", 5, Day, "5日", "5 days"),
            ("10天", 10, Day, "10日", "10 days"),
            (" 6个月 ", 6, Month, "6个月", "6 months"),
            ("三个月", 3, Month, "3个月", "3 months"),
            ("3年", 3, Year, "3年", "3 years"),
            ("一年", 1, Year, "1年", "1 year"),
            ("100年", 100, Year, "100年", "100 years"),
        ];
        for (text, n, unit, zh, en) in cases {
            let term = Term::parse(text).unwrap();
            assert_eq!(
                (term, term.to_string().as_str(), term.en().as_str()),
                (Term { n, unit }, zh, en),
                "{text}"
            );
            assert_eq!(Term::parse(zh), Ok(term));
        }
    }

    #[test]
    fn what_is_not_a_term_is_refused_at_its_place() {
        let cases = [
            ("", 0..0, TermFault::Empty),
            ("  ", 2..2, TermFault::Empty),
            ("10", 0..2, TermFault::NoUnit),
            ("10个", 0..5, TermFault::NoUnit),
            ("1年半", 0..7, TermFault::NoUnit),
            ("个工作日", 0..12, TermFault::NoNumber),
            (" 约10日", 1..6, TermFault::NoNumber),
            ("1.5年", 0..3, TermFault::NoNumber),
            ("-5日", 0..2, TermFault::NoNumber),
            ("0个工作日", 0..1, TermFault::Zero),
            ("101年", 0..3, TermFault::TooLong),
            ("36501日", 0..5, TermFault::TooLong),
        ];
        for (text, span, fault) in cases {
            assert_eq!(Term::parse(text), Err(TermError { span, fault }), "{text}");
        }
    }
}
