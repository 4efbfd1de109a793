//! The number of a resident's identity card (GB 11643-1999): 18 characters with a check character, or the old 15 digits
//! without. It is guarded: `Debug` and every refusal leave the number out, `masked` shows what a desk may see, and only
//! `expose` gives it, so that each use can be found.
//!
//! The first six digits are checked for their shape only: cards carry codes that left the table decades ago.

use crate::explain::Words;
use crate::numeral;
use jiff::civil::{Date, date};
use std::fmt;
use std::ops::Range;

/// A valid resident number. Two spellings of one person (15 and 18 characters) are equal only after [`ResidentId::modern`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentId {
    /// ASCII; the last three are blanks for the old form.
    text: [u8; 18],
    born: Date,
}

/// Why a text is not a resident number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResidentIdFault {
    /// Nothing was written.
    Empty,
    /// Something other than digits (and an X at the end of 18).
    Character,
    /// Neither 18 nor 15 characters.
    Length,
    /// The first six are no code of a region.
    Region,
    /// There is no such day of birth.
    BirthDate,
    /// The check character does not fit: a digit is wrong or two are swapped.
    Check,
}

/// A text that is not a resident number: what is wrong and where. It does not carry the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentIdError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: ResidentIdFault,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10X98765432";
const BORN_MIN: Date = date(1850, 1, 1);

/// The check character of seventeen digits (ISO 7064, MOD 11-2).
fn check_character(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[sum as usize % 11]
}

impl ResidentId {
    /// Reads 18 or 15 characters; blanks around, full width and a small x are tolerated.
    pub fn parse(text: &str) -> Result<Self, ResidentIdError> {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        let whole = start..start + inner.len();
        let fail = |span: Range<usize>, fault| Err(ResidentIdError { span, fault });
        let chars: Vec<(usize, char)> = inner
            .char_indices()
            .map(|(at, c)| (start + at, numeral::narrow(c).to_ascii_uppercase()))
            .collect();
        let byte = |at: usize| chars.get(at).map_or(whole.end, |(byte, _)| *byte);
        if chars.is_empty() {
            return fail(whole.clone(), ResidentIdFault::Empty);
        }
        let fits = |i: usize, c: char| c.is_ascii_digit() || (i == 17 && c == 'X');
        if let Some(i) = (0..chars.len()).find(|i| !fits(*i, chars[*i].1)) {
            return fail(byte(i)..byte(i + 1), ResidentIdFault::Character);
        }
        let mut plain = [b' '; 18];
        if chars.len() != 15 && chars.len() != 18 {
            return fail(whole.clone(), ResidentIdFault::Length);
        }
        for (place, (_, c)) in plain.iter_mut().zip(&chars) {
            *place = *c as u8;
        }
        Self::checked(plain, chars.len())
            .map_err(|(at, fault)| ResidentIdError { span: byte(at.start)..byte(at.end), fault })
    }

    fn checked(text: [u8; 18], len: usize) -> Result<Self, (Range<usize>, ResidentIdFault)> {
        let number =
            |at: Range<usize>| text[at].iter().fold(0, |sum, d| sum * 10 + u32::from(d.wrapping_sub(b'0')));
        if !(11..=91).contains(&number(0..2)) {
            return Err((0..6, ResidentIdFault::Region));
        }
        let (year, from) = if len == 18 { (number(6..10), 10) } else { (1900 + number(6..8), 8) };
        let birth = Date::new(year as i16, number(from..from + 2) as i8, number(from + 2..from + 4) as i8);
        let Some(born) = birth.ok().filter(|born| *born >= BORN_MIN && born.year() < 2200) else {
            return Err((6..from + 4, ResidentIdFault::BirthDate));
        };
        if len == 18 && text[17] != check_character(&text[..17]) {
            return Err((17..18, ResidentIdFault::Check));
        }
        Ok(Self { text, born })
    }

    /// Completes seventeen digits with their check character; for made-up people in demonstrations and tests.
    pub fn with_check_character(seventeen: &str) -> Result<Self, ResidentIdError> {
        let fault = if seventeen.len() == 17 { ResidentIdFault::Character } else { ResidentIdFault::Length };
        if seventeen.len() != 17 || !seventeen.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ResidentIdError { span: 0..seventeen.len(), fault });
        }
        let check = char::from(check_character(seventeen.as_bytes()));
        Self::parse(&format!("{seventeen}{check}"))
    }

    /// The number itself. Whoever calls this shows or stores it and must be allowed to.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default().trim_end()
    }

    /// What a desk may see, with the day of birth hidden: `620123********123X`, `620123******123`.
    pub fn masked(&self) -> String {
        let text = self.expose();
        let hidden = if self.is_old() { 6 } else { 8 };
        format!("{}{}{}", &text[..6], "*".repeat(hidden), &text[6 + hidden..])
    }

    /// Is this the old form of 15 digits?
    pub fn is_old(&self) -> bool {
        self.text[17] == b' '
    }

    /// The form of 18 characters: the same number, or the old one with its century (19) and check character.
    pub fn modern(&self) -> Self {
        if !self.is_old() {
            return *self;
        }
        let mut text = [0; 18];
        text[..6].copy_from_slice(&self.text[..6]);
        text[6..8].copy_from_slice(b"19");
        text[8..17].copy_from_slice(&self.text[6..15]);
        text[17] = check_character(&text[..17]);
        Self { text, born: self.born }
    }

    /// The day of birth.
    pub fn born(&self) -> Date {
        self.born
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(redacted)")
    }
}

impl ResidentIdFault {
    const fn words(self) -> Words {
        const HINT_ZH: &str = "请对照身份证核对";
        const HINT_EN: &str = "check it against the card";
        let (zh, en) = match self {
            Self::Empty => ("没有填写身份证号", "no resident number was given"),
            Self::Character => (
                "身份证号只能是数字，末位可为 X",
                "a resident number has digits only, and possibly a final X",
            ),
            Self::Length => (
                "身份证号应为 18 位（或旧式 15 位）",
                "a resident number has 18 characters (or 15 in the old form)",
            ),
            Self::Region => ("身份证号前六位不是地区代码", "the first six digits are no region's code"),
            Self::BirthDate => {
                ("身份证号里的出生日期不存在", "the day of birth in the number does not exist")
            }
            Self::Check => (
                "身份证号校验位不符，可能有数字写错",
                "the check character does not fit, so a digit is wrong",
            ),
        };
        Words { zh, en, hint_zh: HINT_ZH, hint_en: HINT_EN }
    }
}

crate::explain::explained!(ResidentIdError, self => self.fault.words());

#[cfg(test)]
mod tests;
