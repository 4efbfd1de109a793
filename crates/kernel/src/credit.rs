//! The unified social credit code of an organisation (GB 32100-2015): 18 characters of a 31-letter alphabet, the last a
//! check character. That character is what is checked; the older one inside (the seventeenth, GB 11714) is not, because
//! codes in use do not all keep it. `Debug` leaves it out like every identity number; unlike a person's it may be shown where it is
//! published, so there is `expose` and `masked`.

use crate::explain::Words;
use crate::numeral;
use std::fmt;
use std::ops::Range;

/// A valid unified social credit code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

/// Why a text is not a credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditCodeFault {
    /// Nothing was written.
    Empty,
    /// A character that the code never has: I, O, S, V, Z or no letter or digit at all.
    Character,
    /// Not 18 characters.
    Length,
    /// The places three to eight are not six digits.
    Region,
    /// The check character does not fit.
    Check,
}

/// A text that is not a credit code: what is wrong and where. It does not carry the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditCodeError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: CreditCodeFault,
}

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

fn value(character: u8) -> Option<u32> {
    ALPHABET.iter().position(|c| *c == character).map(|at| at as u32)
}

/// The check character of the first seventeen.
fn check_character(code: &[u8]) -> u8 {
    let sum: u32 = code.iter().zip(WEIGHTS).map(|(c, weight)| value(*c).unwrap_or(0) * weight).sum();
    ALPHABET[((31 - sum % 31) % 31) as usize]
}

/// The check character of an organisation code's eight (GB 11714): letters count from A = 10.
fn organisation_check(code: &[u8]) -> u8 {
    let number = |c: u8| char::from(c).to_digit(36).unwrap_or(0);
    let sum: u32 = code.iter().zip(ORGANISATION_WEIGHTS).map(|(c, weight)| number(*c) * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    }
}

impl CreditCode {
    /// Reads 18 characters; blanks around, full width and small letters are tolerated.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        let end = start + inner.len();
        let fail = |span: Range<usize>, fault| Err(CreditCodeError { span, fault });
        let chars: Vec<(usize, char)> = inner
            .char_indices()
            .map(|(at, c)| (start + at, numeral::narrow(c).to_ascii_uppercase()))
            .collect();
        let byte = |at: usize| chars.get(at).map_or(end, |(byte, _)| *byte);
        if chars.is_empty() {
            return fail(start..end, CreditCodeFault::Empty);
        }
        let unknown = |(_, c): &(usize, char)| u8::try_from(*c).ok().and_then(value).is_none();
        if let Some(i) = chars.iter().position(unknown) {
            return fail(byte(i)..byte(i + 1), CreditCodeFault::Character);
        }
        let mut code = [0; 18];
        if chars.len() != code.len() {
            return fail(start..end, CreditCodeFault::Length);
        }
        for (place, (_, c)) in code.iter_mut().zip(&chars) {
            *place = *c as u8;
        }
        if !code[2..8].iter().all(u8::is_ascii_digit) {
            return fail(byte(2)..byte(8), CreditCodeFault::Region);
        }
        if code[17] != check_character(&code[..17]) {
            return fail(byte(17)..byte(18), CreditCodeFault::Check);
        }
        Ok(Self(code))
    }

    /// Completes a code with its check character; for made-up firms in demonstrations and tests. Takes the first seventeen
    /// characters, or sixteen, whose organisation code (ninth to seventeenth) then gets its own check character too.
    pub fn with_check_character(first: &str) -> Result<Self, CreditCodeError> {
        let mut code = first.trim().to_ascii_uppercase();
        if !code.is_ascii() || !matches!(code.len(), 16 | 17) {
            return Err(CreditCodeError { span: 0..first.len(), fault: CreditCodeFault::Length });
        }
        if code.len() == 16 {
            code.push(char::from(organisation_check(&code.as_bytes()[8..])));
        }
        code.push(char::from(check_character(code.as_bytes())));
        Self::parse(&code)
    }

    /// The code itself.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `911201**********4F`: who registered it and where stay visible, the firm does not.
    pub fn masked(&self) -> String {
        let text = self.expose();
        format!("{}**********{}", &text[..6], &text[16..])
    }

    /// The code of the place of registration, as in the code (it may have left the table since).
    pub fn region_digits(&self) -> &str {
        &self.expose()[2..8]
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CreditCode(redacted)")
    }
}

impl CreditCodeFault {
    const fn words(self) -> Words {
        const HINT_ZH: &str = "请对照营业执照核对";
        const HINT_EN: &str = "check it against the business licence";
        let (zh, en) = match self {
            Self::Empty => ("没有填写统一社会信用代码", "no credit code was given"),
            Self::Character => (
                "统一社会信用代码里有不使用的字符（不用字母 I、O、S、V、Z）",
                "a credit code has only digits and capital letters without I, O, S, V, Z",
            ),
            Self::Length => ("统一社会信用代码应为 18 位", "a credit code has 18 characters"),
            Self::Region => (
                "统一社会信用代码第 3 至 8 位应为数字",
                "the third to eighth characters of a credit code are digits",
            ),
            Self::Check => (
                "统一社会信用代码校验位不符，可能有字符写错",
                "the check character does not fit, so a character is wrong",
            ),
        };
        Words { zh, en, hint_zh: HINT_ZH, hint_en: HINT_EN }
    }
}

crate::explain::explained!(CreditCodeError, self => self.fault.words());

#[cfg(test)]
mod tests;
