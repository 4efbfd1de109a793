//! Cases as lines of text: one JSON object a line, or a table with a header. Every fault of a line is found, each with its
//! place and what to do; a line with a fault is no case.

mod json;
mod table;

pub use table::Header;

use super::Trouble;
use super::lines::{Line, Lines};
use clap::ValueEnum;
use kernel::Date;
use kernel::date::parse_date;
use kernel::explain::Explain as _;
use policy::pack::{Pack, Words};
use policy::ruleset::{CaseFacts, FactError, NotInForce, Raw};
use std::borrow::Cow;
use std::path::Path;

/// How cases are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 每行一个 JSON 对象 / one JSON object a line
    Jsonl,
    /// 逗号分隔，首行为列名 / comma-separated, the first line names the columns
    Csv,
}

impl Format {
    /// By the ending of the file's name, or by the first character of the input.
    pub fn of(name: &str, first: &[u8]) -> Self {
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Self::Csv,
            Some("jsonl" | "ndjson" | "json") => Self::Jsonl,
            _ if first.trim_ascii_start().starts_with(b"{") => Self::Jsonl,
            _ => Self::Csv,
        }
    }
}

/// One case, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The caller's name of it.
    pub id: String,
    /// The day by whose values it is judged.
    pub as_of: Date,
    /// What is known.
    pub facts: CaseFacts,
}

/// One thing that is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: Words,
    /// Where in the line: `facts.share`, `column 17`.
    pub place: Words,
    /// What to do.
    pub hint: Words,
}

impl Fault {
    fn new(
        place: (&str, &str),
        what: (String, String),
        hint: (impl Into<String>, impl Into<String>),
    ) -> Self {
        Self {
            what: Words::new(what.0, what.1),
            place: Words::new(place.0, place.1),
            hint: Words::new(hint.0, hint.1),
        }
    }

    fn at(place: &str, what: (&str, &str), hint: (&str, &str)) -> Self {
        Self::new((place, place), (what.0.into(), what.1.into()), hint)
    }

    fn of_fact(error: FactError) -> Self {
        let place = format!("facts.{}", error.fact);
        let error = error.error;
        Self::new((&place, &place), (error.message_zh, error.message_en), (error.hint_zh, error.hint_en))
    }

    /// A day on which nothing can be decided.
    pub fn not_in_force(pack: &Pack, error: &NotInForce) -> Self {
        let NotInForce { as_of, from, until } = error;
        let cite = pack.articles.iter().find(|article| article.heading.contains("施行"));
        let (zh, en) = cite.map_or_else(Default::default, |article| {
            (format!("（{}）", article.id), format!(" ({})", article.id.en()))
        });
        Self::new(
            ("as_of", "as_of"),
            (
                format!("{as_of} 不在施行期内：{from} 至 {until}{zh}"),
                format!("{as_of} is outside the time in force, {from} to {until}{en}"),
            ),
            (
                "请填申请之日，或改用当时施行的版本",
                "give the day of the application, or use the edition in force then",
            ),
        )
    }
}

/// A line that is no case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// The caller's name of it, when that could be read.
    pub case_id: Option<String>,
    /// All that is wrong.
    pub faults: Vec<Fault>,
}

/// What has been read of a line so far. Facts are named, with what was written for them.
#[derive(Debug, Default)]
struct Draft<'l> {
    case_id: Option<Cow<'l, str>>,
    as_of: Option<Cow<'l, str>>,
    facts: Vec<(Cow<'l, str>, Written<'l>)>,
    faults: Vec<Fault>,
    /// Part of the line could not be read at all: what is not there is not blamed.
    broken: bool,
}

/// What stands for a fact.
#[derive(Debug)]
enum Written<'l> {
    Text(Cow<'l, str>),
    Number(&'l str),
    Bool(bool),
}

impl Draft<'_> {
    fn finish(mut self, pack: &Pack) -> Result<Case, Unreadable> {
        if self.broken {
            return Err(Unreadable { case_id: self.case_id.map(Cow::into_owned), faults: self.faults });
        }
        let as_of = self.day();
        let raw = self.facts.iter().map(|(name, written)| {
            let raw = match written {
                Written::Text(text) => Raw::Text(text),
                Written::Number(digits) => Raw::Number(digits),
                Written::Bool(truth) => Raw::Bool(*truth),
            };
            (name.as_ref(), raw)
        });
        let facts = pack.ruleset.case_from(raw);
        if let Err(errors) = &facts {
            self.faults.extend(errors.iter().cloned().map(Fault::of_fact));
        }
        if self.case_id.as_deref().is_none_or(|id| id.trim().is_empty()) {
            self.case_id = None;
            self.faults.insert(
                0,
                Fault::at(
                    "case_id",
                    ("没有案件编号", "no case id"),
                    (
                        "每行写一个编号，例如 \"case_id\":\"2019-001\"",
                        "give each line an id, such as \"case_id\":\"2019-001\"",
                    ),
                ),
            );
        }
        match (self.case_id, as_of, facts) {
            (Some(id), Some(as_of), Ok(facts)) if self.faults.is_empty() => {
                Ok(Case { id: id.into_owned(), as_of, facts })
            }
            (case_id, ..) => Err(Unreadable { case_id: case_id.map(Cow::into_owned), faults: self.faults }),
        }
    }

    /// The day, or a fault.
    fn day(&mut self) -> Option<Date> {
        let Some(text) = self.as_of.take() else {
            if !self.faults.iter().any(|fault| fault.place.en == "as_of") {
                self.faults.push(Fault::at(
                    "as_of",
                    ("没有写按哪一天判断", "no day to judge by"),
                    (
                        "写申请之日，例如 \"as_of\":\"2019-11-01\"",
                        "give the day of the application, such as \"as_of\":\"2019-11-01\"",
                    ),
                ));
            }
            return None;
        };
        match parse_date(&text) {
            Ok(day) => Some(day),
            Err(error) => {
                let what = (
                    format!("`{text}`：{}", error.message_zh()),
                    format!("`{text}`: {}", error.message_en()),
                );
                self.faults.push(Fault::new(("as_of", "as_of"), what, (error.hint_zh(), error.hint_en())));
                None
            }
        }
    }
}

/// Reads the lines of one input.
#[derive(Clone, Debug)]
pub enum Reader {
    /// One JSON object a line.
    Jsonl,
    /// A table with this header.
    Csv(Header),
}

impl Reader {
    /// Reads one line.
    pub fn read(&self, pack: &Pack, line: Line<'_>) -> Result<Case, Unreadable> {
        let Some(bytes) = line.bytes else {
            let what = ("这一行超过 1 MiB", "the line is longer than 1 MiB");
            return Err(alone(Fault::at("line", what, ("一行只写一个案件", "write one case a line"))));
        };
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), Self::Jsonl) => json::read(text).finish(pack),
            (Ok(text), Self::Csv(header)) => header.read(text).finish(pack),
            (Err(error), _) => Err(alone(not_utf8(error.valid_up_to()))),
        }
    }
}

fn alone(fault: Fault) -> Unreadable {
    Unreadable { case_id: None, faults: vec![fault] }
}

fn not_utf8(before: usize) -> Fault {
    let byte = before + 1;
    Fault::new(
        (&format!("第 {byte} 个字节"), &format!("byte {byte}")),
        ("不是 UTF-8 编码".into(), "not UTF-8".into()),
        (
            "请把文件另存为 UTF-8（表格软件里选“CSV UTF-8”）",
            "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
        ),
    )
}

/// The reader of an input: for a table its header is read here, and refused as a whole when it cannot be used.
pub fn reader(format: Format, lines: &mut Lines<'_>, pack: &Pack) -> Result<Reader, Trouble> {
    match format {
        Format::Jsonl => Ok(Reader::Jsonl),
        Format::Csv => match lines.one()? {
            None => Ok(Reader::Csv(Header::default())),
            Some(chunk) => {
                let bytes = chunk.lines().find_map(|line| line.bytes).unwrap_or_default();
                Ok(Reader::Csv(Header::read_first(bytes, pack)?))
            }
        },
    }
}
