//! From a written place to a code: the full path (甘肃省兰州市榆中县, with or without separators) or the code itself.
//! A name alone is refused with the places it could mean, even when there is only one today.

use super::{Gazetteer, RegionCode};
use crate::explain::{Explain, Words};
use jiff::civil::Date;
use std::fmt;
use std::ops::Range;

/// Why a text is not a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionFault {
    /// Nothing was written.
    Empty,
    /// Six digits that no place has or had.
    UnknownCode,
    /// A name without the names above it.
    NameAlone,
    /// The path names several places; a date or the code would tell them apart.
    Ambiguous,
    /// No place is or was called so.
    Unknown,
}

/// A text that is not a place: what is wrong, where, and what could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionError {
    /// The bytes that could not be read.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: RegionFault,
    /// The places that could be meant, by code; may be empty.
    pub candidates: Vec<RegionCode>,
}

impl Gazetteer {
    /// Reads a code or a full path. `on` chooses between places that had the same path one after the other.
    pub fn resolve(&self, text: &str, on: Option<Date>) -> Result<RegionCode, RegionError> {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        let fail =
            |fault, candidates| Err(RegionError { span: start..start + inner.len(), fault, candidates });
        if inner.is_empty() {
            return fail(RegionFault::Empty, Vec::new());
        }
        if let Ok(code) = inner.parse::<RegionCode>() {
            return match self.region(code) {
                Some(region) => Ok(region.code),
                None => fail(RegionFault::UnknownCode, Vec::new()),
            };
        }
        let path: String = inner.chars().filter(|c| !is_separator(*c)).collect();
        match self.by_path.get(&path).map(Vec::as_slice) {
            Some([code]) => Ok(*code),
            Some(codes) => match self.pick(codes, on) {
                Some(code) => Ok(code),
                None => fail(RegionFault::Ambiguous, codes.to_vec()),
            },
            None if !self.named(&path).is_empty() => fail(RegionFault::NameAlone, self.named(&path).to_vec()),
            None => fail(RegionFault::Unknown, self.ending(&path)),
        }
    }

    /// One of several codes with one path: that of the day, or the last when all are one place.
    fn pick(&self, codes: &[RegionCode], on: Option<Date>) -> Option<RegionCode> {
        let holds = |code: RegionCode, date| self.entries(code).iter().any(|r| r.holds_on(date));
        let of_the_day: Vec<_> =
            codes.iter().filter(|code| on.is_some_and(|date| holds(**code, date))).collect();
        if let [code] = of_the_day.as_slice() {
            return Some(**code);
        }
        let one_place = codes.windows(2).all(|pair| self.same_place(pair[0], pair[1]));
        let latest = codes.iter().max_by_key(|code| self.region(**code).map(|r| r.until));
        latest.filter(|_| one_place).copied()
    }

    /// The places whose name ends the text: 甘肃榆中县 ends with 榆中县.
    fn ending(&self, path: &str) -> Vec<RegionCode> {
        let tails = path.char_indices().map(|(at, _)| &path[at..]);
        tails.map(|tail| self.named(tail)).find(|codes| !codes.is_empty()).unwrap_or_default().to_vec()
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '>' | '-' | '·' | '|' | '，' | ',' | '、')
}

impl RegionFault {
    const fn words(self) -> Words {
        let (zh, en, hint_zh, hint_en) = match self {
            Self::Empty => (
                "没有填写地区",
                "no region was given",
                "请选择地区，或填写六位代码、从省写起的全称",
                "choose one, or write its six-digit code or full path",
            ),
            Self::UnknownCode => (
                "没有这个行政区划代码",
                "no region has this code",
                "请核对六位代码，例如 620123（甘肃省兰州市榆中县）",
                "check the six digits, for example 620123",
            ),
            Self::NameAlone => (
                "只写了名称，同名的地方可能不止一个",
                "a name alone may mean several places",
                "请从省写起，例如 甘肃省兰州市榆中县，或填写六位代码",
                "write the full path from the province down, or the six-digit code",
            ),
            Self::Ambiguous => (
                "这个名称先后属于不同的区划",
                "different regions had this path one after the other",
                "请填写六位代码",
                "write the six-digit code",
            ),
            Self::Unknown => (
                "没有找到这个地区",
                "no region is called so",
                "请从省写起，写全称，例如 甘肃省兰州市榆中县",
                "write the full path from the province down",
            ),
        };
        Words { zh, en, hint_zh, hint_en }
    }
}

impl RegionError {
    /// The candidates as full paths with their codes: `北京市通州区（110112）`.
    pub fn candidates_zh(&self) -> Vec<String> {
        let table = Gazetteer::get();
        let named = |code: &RegionCode| Some(format!("{}（{code}）", table.path(*code)?.concat()));
        self.candidates.iter().filter_map(named).collect()
    }
}

impl Explain for RegionError {
    fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    fn message_zh(&self) -> String {
        self.fault.words().zh.to_owned()
    }

    fn message_en(&self) -> String {
        self.fault.words().en.to_owned()
    }

    fn hint_zh(&self) -> String {
        match self.candidates_zh() {
            list if list.is_empty() => self.fault.words().hint_zh.to_owned(),
            list => format!("{}。可能是：{}", self.fault.words().hint_zh, list.join("、")),
        }
    }

    fn hint_en(&self) -> String {
        match self.candidates_zh() {
            list if list.is_empty() => self.fault.words().hint_en.to_owned(),
            list => format!("{}; it may be {}", self.fault.words().hint_en, list.join(", ")),
        }
    }
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.fault.words().en)
    }
}

impl std::error::Error for RegionError {}
