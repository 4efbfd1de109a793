//! Calendar dates in the spellings that offices use. A date is not a timestamp: it has no time of day and no zone.

use crate::explain::Words;
use crate::numeral;
use jiff::civil::Date;
use std::ops::Range;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateFault {
    /// Nothing was written.
    Empty,
    /// A year of two digits.
    ShortYear,
    /// Only a year, or a year and month.
    Incomplete,
    /// There is no such month.
    NoSuchMonth,
    /// The month has no such day.
    NoSuchDay,
    /// Before 1900 or after 2199: surely a slip.
    YearOutOfRange,
    /// None of the spellings.
    NotADate,
}

/// A text that is not a date: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: DateFault,
}

/// One run of digits: where it stands, how long it is and what it says.
struct Run {
    span: Range<usize>,
    len: usize,
    value: u32,
}

/// Reads `2019-10-09`, `2019.12.20`, `20191220`, `2019年12月20日`, `2019/12/20`; one digit for month and day is fine where
/// they are separated, full-width digits are tolerated. The year has four digits and lies in 1900 to 2199.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let whole = start..start + inner.len();
    let fail = |span: &Range<usize>, fault| Err(DateError { span: span.clone(), fault });
    if inner.is_empty() {
        return fail(&whole, DateFault::Empty);
    }
    let Some((runs, marks)) = split(inner, start) else {
        return fail(&whole, DateFault::NotADate);
    };
    match (marks.as_str(), runs.as_slice()) {
        ("", [all]) if all.len == 8 => {
            let (year, month, day) = (all.value / 10_000, all.value / 100 % 100, all.value % 100);
            compose((year, &all.span), (month, &all.span), (day, &all.span))
        }
        ("--" | ".." | "//" | "年月日", [year, month, day]) if month.len <= 2 && day.len <= 2 => {
            match year.len {
                4 => compose((year.value, &year.span), (month.value, &month.span), (day.value, &day.span)),
                2 => fail(&year.span, DateFault::ShortYear),
                _ => fail(&whole, DateFault::NotADate),
            }
        }
        ("" | "年", [year]) if year.len == 4 => fail(&whole, DateFault::Incomplete),
        ("-" | "." | "/" | "年月", [year, month]) if year.len == 4 && month.len <= 2 => {
            fail(&whole, DateFault::Incomplete)
        }
        ("", [all]) if all.len == 6 => fail(&whole, DateFault::Incomplete),
        _ => fail(&whole, DateFault::NotADate),
    }
}

/// The runs of digits and what stands between and after them.
fn split(text: &str, start: usize) -> Option<(Vec<Run>, String)> {
    let (mut runs, mut marks, mut fresh): (Vec<Run>, _, _) = (Vec::new(), String::new(), true);
    for (at, c) in text.char_indices() {
        let span = start + at..start + at + c.len_utf8();
        match (numeral::digit(c), runs.last_mut()) {
            (Some(digit), Some(run)) if !fresh => {
                run.value = run.value.checked_mul(10)?.checked_add(digit)?;
                (run.len, run.span.end) = (run.len + 1, span.end);
            }
            (Some(value), _) => runs.push(Run { span, len: 1, value }),
            (None, _) => marks.push(numeral::narrow(c)),
        }
        fresh = numeral::digit(c).is_none();
    }
    Some((runs, marks))
}

type Part<'a> = (u32, &'a Range<usize>);

fn compose(year: Part<'_>, month: Part<'_>, day: Part<'_>) -> Result<Date, DateError> {
    let fail = |part: Part<'_>, fault| DateError { span: part.1.clone(), fault };
    if !(1900..=2199).contains(&year.0) {
        return Err(fail(year, DateFault::YearOutOfRange));
    }
    if !(1..=12).contains(&month.0) {
        return Err(fail(month, DateFault::NoSuchMonth));
    }
    let date = i8::try_from(day.0).ok().and_then(|d| Date::new(year.0 as i16, month.0 as i8, d).ok());
    date.ok_or_else(|| fail(day, DateFault::NoSuchDay))
}

/// In Chinese: `2019年10月9日`.
pub fn zh(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

impl DateFault {
    const fn words(self) -> Words {
        const HINT_ZH: &str = "请写成 2019-10-09、2019.10.9、2019/10/9、20191009 或 2019年10月9日";
        const HINT_EN: &str = "write 2019-10-09, 2019.10.9, 2019/10/9, 20191009 or 2019年10月9日";
        let (zh, en) = match self {
            Self::Empty => ("没有填写日期", "no date was given"),
            Self::ShortYear => ("年份只写了两位", "the year has only two digits"),
            Self::Incomplete => ("日期不完整，要有年、月、日", "the date lacks its month or day"),
            Self::NoSuchMonth => ("没有这个月份", "there is no such month"),
            Self::NoSuchDay => ("这个月没有这一天", "the month has no such day"),
            Self::YearOutOfRange => ("年份不在 1900 至 2199 之间", "the year is not between 1900 and 2199"),
            Self::NotADate => ("看不懂这个日期", "this is not a date"),
        };
        Words { zh, en, hint_zh: HINT_ZH, hint_en: HINT_EN }
    }
}

crate::explain::explained!(DateError, self => self.fault.words());

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_spellings_of_offices() {
        let cases = [
            ("2019-10-09", date(2019, 10, 9)),
            ("2019-10-9", date(2019, 10, 9)),
            ("2019.12.20", date(2019, 12, 20)),
            ("20191220", date(2019, 12, 20)),
            ("2019年12月20日", date(2019, 12, 20)),
            ("2019年1月2日", date(2019, 1, 2)),
            ("2019/12/20", date(2019, 12, 20)),
            (" 2020-02-29 ", date(2020, 2, 29)),
            ("２０１９－１０－０９", date(2019, 10, 9)),
            ("２０１９．１０．９", date(2019, 10, 9)),
            ("1900-01-01", date(1900, 1, 1)),
            ("2199-12-31", date(2199, 12, 31)),
        ];
        for (text, want) in cases {
            assert_eq!(parse_date(text), Ok(want), "{text}");
            assert_eq!(parse_date(&zh(want)), Ok(want));
            assert_eq!(parse_date(&want.to_string()), Ok(want));
        }
        assert_eq!(zh(date(2019, 10, 9)), "2019年10月9日");
    }

    #[test]
    fn what_is_not_a_date_is_refused_at_its_place() {
        use DateFault::*;
        let cases = [
            ("", 0..0, Empty),
            ("   ", 3..3, Empty),
            ("19-10-09", 0..2, ShortYear),
            ("2019", 0..4, Incomplete),
            ("2019年", 0..7, Incomplete),
            ("2019-10", 0..7, Incomplete),
            ("2019年10月", 0..12, Incomplete),
            ("201910", 0..6, Incomplete),
            ("2019-13-01", 5..7, NoSuchMonth),
            ("2019-00-01", 5..7, NoSuchMonth),
            ("20191301", 0..8, NoSuchMonth),
            (" 2019-02-29", 9..11, NoSuchDay),
            ("2019年4月31日", 11..13, NoSuchDay),
            ("2019-10-00", 8..10, NoSuchDay),
            ("1899-12-31", 0..4, YearOutOfRange),
            ("2200-01-01", 0..4, YearOutOfRange),
            ("9年10月9日", 0..13, NotADate),
            ("2019-10/09", 0..10, NotADate),
            ("2019年10月9", 0..13, NotADate),
            ("2019-10-09 08:00", 0..16, NotADate),
            ("2019-010-09", 0..11, NotADate),
            ("明天", 0..6, NotADate),
            ("99999999999999", 0..14, NotADate),
        ];
        for (text, span, fault) in cases {
            assert_eq!(parse_date(text), Err(DateError { span, fault }), "{text}");
        }
    }
}
