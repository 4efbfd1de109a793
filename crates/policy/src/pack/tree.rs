//! The TOML side of a pack: blocks as trees whose every key and value knows its place in the file.

use std::cell::RefCell;
use std::ops::Range;

use kernel::Date;
use toml::de::{DeTable, DeValue};

use super::diag::Diagnostic;

/// Where findings go while a pack is read.
#[derive(Default)]
pub(super) struct Sink {
    items: RefCell<Vec<Diagnostic>>,
}

impl Sink {
    pub(super) fn add(&self, item: Diagnostic) {
        self.items.borrow_mut().push(item);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    /// Whether a block could not be read as TOML.
    pub(super) fn unreadable(&self) -> bool {
        self.items.borrow().iter().any(|item| item.code == "E031")
    }

    pub(super) fn take(&self) -> Vec<Diagnostic> {
        self.items.take()
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) at: Range<usize>,
    pub(super) value: Tree,
}

/// A string with its place: `at` with quotes, `inner` without.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: Range<usize>,
    inner: Option<usize>,
}

impl Text {
    /// The place of a range of the text's own bytes; the whole text when it was written with escapes.
    pub(super) fn place(&self, span: &Range<usize>) -> Range<usize> {
        match self.inner {
            Some(start) => start + span.start..start + span.end.max(span.start),
            None => self.at.clone(),
        }
    }

    /// The text's place without its quotes.
    pub(super) fn whole(&self) -> Range<usize> {
        self.place(&(0..self.text.len()))
    }
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Text(Text),
    Number(i64),
    Bool(bool),
    Day(Date),
    List(Vec<Node>),
    Table(Vec<Entry>),
    Other(&'static str),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    pub(super) node: Node,
}

impl Tree {
    pub(super) fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text(_) => ("文字", "text"),
            Self::Number(_) => ("整数", "an integer"),
            Self::Bool(_) => ("是或否（true/false）", "true or false"),
            Self::Day(_) => ("日期", "a date"),
            Self::List(_) => ("列表", "a list"),
            Self::Table(_) => ("表", "a table"),
            Self::Other("float") => ("小数", "a float"),
            Self::Other(_) => ("带时间的日期", "a date with a time"),
        }
    }
}

/// Parses one block. `base` is where its text begins in the file.
pub(super) fn parse(block: &str, base: usize, sink: &Sink) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(block);
    let mut line = None;
    let mut broken = false;
    for error in &errors {
        // What follows on the same line is the same slip seen again.
        let start = error.span().map_or(0, |span| span.start.min(block.len()));
        let here = block.get(..start).unwrap_or("").matches('\n').count();
        if line != Some(here) {
            let found = syntax(block, base, error);
            broken |= found.code == "E031";
            sink.add(found);
        }
        line = Some(here);
    }
    if broken {
        return Vec::new();
    }
    entries(table.get_ref(), block, base)
}

fn entries(table: &DeTable<'_>, block: &str, base: usize) -> Vec<Entry> {
    let mut list: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_at: shift(key.span(), base),
            node: node(value.get_ref(), value.span(), block, base),
        })
        .collect();
    list.sort_by_key(|entry| entry.key_at.start);
    list
}

fn node(value: &DeValue<'_>, span: Range<usize>, block: &str, base: usize) -> Node {
    let at = shift(span.clone(), base);
    let value = match value {
        DeValue::String(text) => Tree::Text(string(text, &span, block, base)),
        DeValue::Integer(n) => {
            i64::from_str_radix(n.as_str(), n.radix()).map_or(Tree::Other("float"), Tree::Number)
        }
        DeValue::Boolean(b) => Tree::Bool(*b),
        DeValue::Datetime(day) => match (day.date, day.time) {
            (Some(d), None) => match Date::new(d.year as i16, d.month as i8, d.day as i8) {
                Ok(date) => Tree::Day(date),
                Err(_) => Tree::Other("datetime"),
            },
            _ => Tree::Other("datetime"),
        },
        DeValue::Array(list) => {
            Tree::List(list.iter().map(|item| node(item.get_ref(), item.span(), block, base)).collect())
        }
        DeValue::Table(table) => Tree::Table(entries(table, block, base)),
        DeValue::Float(_) => Tree::Other("float"),
    };
    Node { at, value }
}

/// A string is placed character by character only when the file shows it exactly as it reads.
fn string(text: &str, span: &Range<usize>, block: &str, base: usize) -> Text {
    let raw = block.get(span.clone()).unwrap_or("");
    let inner = raw.find(text).filter(|_| !text.is_empty()).filter(|at| *at <= 4);
    Text {
        text: text.to_owned(),
        at: shift(span.clone(), base),
        inner: inner.map(|at| base + span.start + at),
    }
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn syntax(block: &str, base: usize, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let at = shift(span.clone(), base);
    if error.message().contains("duplicate key") {
        let key = block.get(span.clone()).unwrap_or("").trim().to_owned();
        let found =
            Diagnostic::new("E038", at, format!("`{key}` 重复定义"), format!("`{key}` is defined twice"))
                .label("再次定义", "defined again")
                .hint("删去一处，或改用另一个名称", "remove one of the two, or give it another name");
        return match first_definition(block, &key, span.start) {
            Some(first) => found.related(shift(first, base), "第一次在这里定义", "first defined here"),
            None => found,
        };
    }
    Diagnostic::new(
        "E031",
        at,
        format!("TOML 格式错误: {}", error.message()),
        format!("TOML syntax: {}", error.message()),
    )
    .label("这里读不下去", "cannot be read from here")
    .hint("检查引号、括号与等号是否成对", "look for a missing quote, bracket or equals sign")
}

/// Where the earlier definition stands: for a header, the same header before; for a key, the same key of the same table.
fn first_definition(block: &str, key: &str, before: usize) -> Option<Range<usize>> {
    let mut found = None;
    let mut start = 0;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in block.split_inclusive('\n') {
        if start > before {
            break;
        }
        let body = line.trim_start();
        lines.push((start + line.len() - body.len(), body.trim_end()));
        start += line.len();
    }
    let (_, own) = lines.pop()?;
    let header = own.starts_with('[');
    for (at, line) in lines.into_iter().rev() {
        let name = line.split(['=', ' ', '\t', '#']).next().unwrap_or("");
        if header && line.starts_with('[') && own.starts_with(name) {
            found = Some(at..at + name.len());
        } else if !header && line.starts_with('[') {
            break;
        } else if !header && name == key {
            found = Some(at..at + name.len());
        }
    }
    found
}
