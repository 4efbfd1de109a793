//! Numbers of official documents: 新扶贫领字〔2018〕76号. The whole prefix belongs to the number: 津发改〔2019〕5号 and
//! 津发改规〔2019〕5号 are two documents.

use crate::explain::Words;
use crate::numeral;
use std::fmt;
use std::ops::Range;

/// A document number; equality is over the full prefix, the year and the serial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    /// Who issued it and of what kind, as printed: 新扶贫领字.
    pub prefix: String,
    /// The year in the brackets.
    pub year: u16,
    /// The serial of the year.
    pub serial: u32,
}

/// Why a text is not a document number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentNumberFault {
    /// Nothing was written.
    Empty,
    /// No bracketed year.
    NoYear,
    /// The brackets do not match or do not hold a year of four digits.
    BadYear,
    /// Nothing before the year, or something that no prefix has.
    BadPrefix,
    /// No serial, or not ending with 号.
    BadSerial,
}

/// A text that is not a document number: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumberError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: DocumentNumberFault,
}

const BRACKETS: [(char, char); 4] = [('〔', '〕'), ('[', ']'), ('(', ')'), ('【', '】')];

impl DocumentNumber {
    /// Reads `新扶贫领字〔2018〕76号`; also with `[ ]`, `( )`, `【 】`, full width, blanks, and 第 before the serial.
    pub fn parse(text: &str) -> Result<Self, DocumentNumberError> {
        use DocumentNumberFault as F;
        let end = text.trim_end().len();
        let start = text.len() - text.trim_start().len();
        let fail = |span: Range<usize>, fault| Err(DocumentNumberError { span, fault });
        if start >= end {
            return fail(start..start, F::Empty);
        }
        let marks: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, numeral::narrow(c))).collect();
        let opening = |c: char| BRACKETS.iter().find(|(open, _)| *open == c);
        let Some((open, close)) = marks.iter().rev().find_map(|(at, c)| Some((*at, opening(*c)?.1))) else {
            return fail(start..end, F::NoYear);
        };
        let Some((close, _)) = marks.iter().find(|(at, c)| *at > open && *c == close).copied() else {
            return fail(open..end, F::BadYear);
        };
        let after = |at: usize| at + text[at..].chars().next().map_or(0, char::len_utf8);
        let year = text[after(open)..close].trim().trim_end_matches('年');
        let Some(year) = numeral::digits(year).filter(|y| (1900..2200).contains(y)) else {
            return fail(open..after(close), F::BadYear);
        };
        let prefix: String = text[start..open].chars().filter(|c| !c.is_whitespace()).collect();
        if prefix.is_empty() || prefix.contains(|c: char| "〔〕[]()【】（）［］,，;；".contains(c))
        {
            return fail(start..after(close), F::BadPrefix);
        }
        let rest = text[after(close)..end].trim_start();
        let serial = rest.strip_suffix('号').map(|n| n.trim_end().trim_start_matches('第').trim_start());
        match serial.and_then(numeral::digits).filter(|n| *n > 0) {
            Some(serial) => Ok(Self { prefix, year: year as u16, serial }),
            None if rest.is_empty() => fail(open..end, F::BadSerial),
            None => fail(end - rest.len()..end, F::BadSerial),
        }
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.prefix, self.year, self.serial)
    }
}

impl DocumentNumberFault {
    const fn words(self) -> Words {
        const HINT_ZH: &str = "请按原件写全，例如 新扶贫领字〔2018〕76号";
        const HINT_EN: &str = "copy it in full from the paper, for example 新扶贫领字〔2018〕76号";
        let (zh, en) = match self {
            Self::Empty => ("没有填写文号", "no document number was given"),
            Self::NoYear => ("文号没有带括号的年份", "the document number lacks its year in brackets"),
            Self::BadYear => ("文号括号里不是四位年份", "the brackets do not hold a year of four digits"),
            Self::BadPrefix => {
                ("文号年份前要有发文机关代字", "the issuer's prefix before the year is missing or unclear")
            }
            Self::BadSerial => {
                ("文号年份后要有序号和“号”字", "the serial with 号 after the year is missing or unclear")
            }
        };
        Words { zh, en, hint_zh: HINT_ZH, hint_en: HINT_EN }
    }
}

crate::explain::explained!(DocumentNumberError, self => self.fault.words());

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentNumberFault as F;

    #[test]
    fn the_brackets_and_blanks_of_offices() {
        let cases = [
            "新扶贫领字〔2018〕76号",
            "新扶贫领字[2018]76号",
            "新扶贫领字（2018）76号",
            "新扶贫领字(2018)76号",
            "新扶贫领字【2018】76号",
            "新扶贫领字［２０１８］７６号",
            " 新扶贫领字 〔2018〕 第 76 号 ",
            "新扶贫领字〔2018年〕076号",
        ];
        for text in cases {
            let number = DocumentNumber::parse(text).unwrap();
            assert_eq!(
                (number.prefix.as_str(), number.year, number.serial),
                ("新扶贫领字", 2018, 76),
                "{text}"
            );
            assert_eq!(number.to_string(), "新扶贫领字〔2018〕76号");
        }
    }

    #[test]
    fn another_prefix_is_another_document() {
        let [a, b] = ["津发改〔2019〕5号", "津发改规〔2019〕5号"].map(|t| DocumentNumber::parse(t).unwrap());
        assert_ne!(a, b);
    }

    #[test]
    fn what_is_not_a_number_is_refused_at_its_place() {
        let cases = [
            ("", "", F::Empty),
            ("  ", "", F::Empty),
            ("新扶贫领字76号", "新扶贫领字76号", F::NoYear),
            ("76", "76", F::NoYear),
            ("新扶贫领字〔2018", "〔2018", F::BadYear),
            ("新扶贫领字〔2018]76号", "〔2018]76号", F::BadYear),
            ("新扶贫领字〔18〕76号", "〔18〕", F::BadYear),
            ("新扶贫领字〔二〇一八〕76号", "〔二〇一八〕", F::BadYear),
            ("〔2018〕76号", "〔2018〕", F::BadPrefix),
            ("甲〔2018〕1号，乙〔2018〕2号", "甲〔2018〕1号，乙〔2018〕", F::BadPrefix),
            ("新扶贫领字〔2018〕", "〔2018〕", F::BadSerial),
            ("新扶贫领字〔2018〕76", "76", F::BadSerial),
            ("新扶贫领字〔2018〕零号", "零号", F::BadSerial),
            ("新扶贫领字〔2018〕0号", "0号", F::BadSerial),
        ];
        for (text, at, fault) in cases {
            let error = DocumentNumber::parse(text).unwrap_err();
            assert_eq!((&text[error.span.clone()], error.fault), (at, fault), "{text}");
        }
    }
}
