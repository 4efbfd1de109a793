//! Amounts of money as offices write them: 18605, 18,605.00, 96.54712万元, 20万元, 0.5亿元, with full-width digits,
//! commas and ¥ tolerated. One cell is one exact amount. Whatever is finer than a fen, rounded, annotated or could be
//! read in two ways is refused with its place and a way to mend it: a wrong amount costs more than a question.

mod fault;

pub use fault::AmountFault;

use crate::money::Money;
use crate::numeral;
use std::ops::Range;

/// What a bare number counts: the unit in the heading of its column or beside its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountUnit {
    /// 元
    Yuan,
    /// 万元, ten thousand yuan.
    Wan,
    /// 亿元, a hundred million yuan.
    Yi,
}

impl AmountUnit {
    /// As printed in headings: 元, 万元, 亿元.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Wan => "万元",
            Self::Yi => "亿元",
        }
    }

    const fn fen(self) -> i128 {
        match self {
            Self::Yuan => 100,
            Self::Wan => 1_000_000,
            Self::Yi => 10_000_000_000,
        }
    }
}

/// An amount with what was printed, so that a page can show the paper's own spelling beside the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The exact value.
    pub money: Money,
    /// What was written, without the blanks around it.
    pub printed: String,
}

/// A text that is not one exact amount: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: AmountFault,
}

/// The units that may follow a number, longest first, each in fen.
const UNITS: [(&str, i128); 12] = [
    ("千万元", 1_000_000_000),
    ("百万元", 100_000_000),
    ("亿元整", AmountUnit::Yi.fen()),
    ("亿元", AmountUnit::Yi.fen()),
    ("亿", AmountUnit::Yi.fen()),
    ("万元整", AmountUnit::Wan.fen()),
    ("万元", AmountUnit::Wan.fen()),
    ("万", AmountUnit::Wan.fen()),
    ("千元", 100_000),
    ("元整", AmountUnit::Yuan.fen()),
    ("元正", AmountUnit::Yuan.fen()),
    ("元", AmountUnit::Yuan.fen()),
];

/// The longest run of digits that is worth reading; more cannot be an amount.
const DIGITS_MAX: usize = 30;

/// Reads one exact amount; a number without a unit counts in `default`.
pub fn parse_amount(text: &str, default: AmountUnit) -> Result<Amount, AmountError> {
    if let Some(money) = plain(text, default) {
        return Ok(Amount { money, printed: text.to_owned() });
    }
    let cell = Cell::new(text);
    let printed = cell.source.to_owned();
    let money = cell.read(default).map_err(|(span, fault)| cell.error(span, fault))?;
    Ok(Amount { money, printed })
}

/// Digits in good order with a point at most, as nearly all amounts are typed; `None` leaves it to the careful reading.
fn plain(text: &str, unit: AmountUnit) -> Option<Money> {
    const DIGITS: usize = 15;
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let good = digits(whole) && digits(places) && (whole == "0" || !whole.starts_with('0'));
    if !good || whole.len() + places.len() > DIGITS {
        return None;
    }
    let number = |mantissa: i128, digit: u8| mantissa * 10 + i128::from(digit - b'0');
    let scaled = whole.bytes().chain(places.bytes()).fold(0, number) * unit.fen();
    let scale = 10_i128.pow(places.len() as u32);
    if scaled % scale == 0 { i64::try_from(scaled / scale).ok().map(Money::from_fen) } else { None }
}

type Refusal = (Range<usize>, AmountFault);

/// The trimmed text in narrow characters, with the way back to the bytes of the input.
struct Cell<'a> {
    source: &'a str,
    start: usize,
    chars: Vec<char>,
    bytes: Vec<usize>,
}

impl<'a> Cell<'a> {
    fn new(text: &'a str) -> Self {
        let source = text.trim();
        let start = text.len() - text.trim_start().len();
        let chars = source.chars().map(numeral::narrow).collect();
        let bytes = source.char_indices().map(|(at, _)| start + at).chain([start + source.len()]).collect();
        Self { source, start, chars, bytes }
    }

    /// A refusal over characters becomes one over bytes.
    fn error(&self, span: Range<usize>, fault: AmountFault) -> AmountError {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(self.start + self.source.len());
        AmountError { span: byte(span.start)..byte(span.end), fault }
    }

    fn read(&self, default: AmountUnit) -> Result<Money, Refusal> {
        if self.chars.is_empty() {
            return Err((0..0, AmountFault::Empty));
        }
        fault::find_marks(&self.chars)?;
        let mut at = self.skip_currency(0);
        let negative = self.chars.get(at) == Some(&'-');
        if negative {
            at = self.skip_currency(at + 1);
        }
        let number = self.number(at)?;
        let fen_per_unit = self.unit(number.end, default)?;
        self.value(number, fen_per_unit, negative)
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.chars.get(at) == Some(&' ') {
            at += 1;
        }
        at
    }

    fn skip_currency(&self, mut at: usize) -> usize {
        for word in ["人民币", "RMB", "CNY", "¥"] {
            let word: Vec<char> = word.chars().collect();
            at = self.skip_blanks(at);
            if self.chars.get(at..).is_some_and(|rest| rest.starts_with(&word)) {
                at += word.len();
            }
        }
        self.skip_blanks(at)
    }

    /// The characters of the number from `at`: digits, commas and points in good order.
    fn number(&self, at: usize) -> Result<Range<usize>, Refusal> {
        let rest = self.chars.get(at..).unwrap_or_default();
        let len = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).count();
        let (number, span) = (&rest[..len], at..at + len);
        if !number.iter().any(char::is_ascii_digit) {
            return Err((at.min(self.chars.len() - 1)..self.chars.len(), AmountFault::NoNumber));
        }
        let mut parts = number.split(|c| *c == '.');
        let whole = parts.next().unwrap_or_default();
        let places = parts.next();
        if parts.next().is_some() || whole.is_empty() || places.is_some_and(<[char]>::is_empty) {
            return Err((span, AmountFault::Point));
        }
        if places.is_some_and(|p| p.contains(&',')) || !well_grouped(whole) {
            return Err((span, AmountFault::Grouping));
        }
        if whole.len() > 1 && whole.first() == Some(&'0') {
            return Err((span, AmountFault::LeadingZero));
        }
        Ok(span)
    }

    /// Fen in one unit of what follows the number.
    fn unit(&self, after: usize, default: AmountUnit) -> Result<i128, Refusal> {
        let from = self.skip_blanks(after);
        let rest: String = self.chars.iter().skip(from).collect();
        if rest.is_empty() {
            return Ok(default.fen());
        }
        let span = from..self.chars.len();
        if let Some((_, fen)) = UNITS.iter().find(|(word, _)| *word == rest) {
            return Ok(*fen);
        }
        Err(match rest.chars().next() {
            Some(c) if c.is_ascii_digit() => (0..self.chars.len(), AmountFault::Blank),
            _ if rest.contains(|c: char| c.is_ascii_digit()) => (span, AmountFault::SeveralNumbers),
            _ => (span, AmountFault::UnknownUnit),
        })
    }

    fn value(&self, number: Range<usize>, fen_per_unit: i128, negative: bool) -> Result<Money, Refusal> {
        let digits = &self.chars[number.clone()];
        let places = digits.iter().rev().position(|c| *c == '.').unwrap_or(0);
        let out_of_range = || (number.clone(), AmountFault::OutOfRange);
        if digits.len() > DIGITS_MAX {
            return Err(out_of_range());
        }
        let mut mantissa = 0_i128;
        for digit in digits.iter().filter_map(|c| c.to_digit(10)) {
            mantissa = mantissa * 10 + i128::from(digit);
        }
        let scaled = mantissa.checked_mul(fen_per_unit).ok_or_else(out_of_range)?;
        let scale = 10_i128.pow(places as u32);
        if scaled % scale != 0 {
            return Err((number, AmountFault::FinerThanFen));
        }
        let fen = if negative { -(scaled / scale) } else { scaled / scale };
        i64::try_from(fen).map(Money::from_fen).map_err(|_| out_of_range())
    }
}

/// Either no commas at all or groups of three behind a first group of one to three digits.
fn well_grouped(whole: &[char]) -> bool {
    let mut groups = whole.split(|c| *c == ',');
    let first = groups.next().map_or(0, <[char]>::len);
    let mut rest = groups.peekable();
    rest.peek().is_none() || ((1..=3).contains(&first) && rest.all(|group| group.len() == 3))
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "the last two digits are fen")]
mod tests;
