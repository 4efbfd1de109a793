//! The tables beside the journal, column by column, as records of the stream.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::engine::{Fault, Row, Statement, Val};
use crate::sql;

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Number,
    Text,
    /// A digest, in hex.
    Hex,
    /// Bytes after the line.
    Raw,
}

/// A table of the stream.
pub(super) struct Table {
    /// The name of its records.
    pub name: &'static str,
    /// Its columns, in the order of both statements.
    pub columns: &'static [(&'static str, Cell)],
    /// Reads all.
    pub all: &'static Statement,
    /// Writes one.
    pub put: &'static Statement,
}

/// All tables of the stream, in its order.
pub(super) static TABLES: &[Table] = &[
    Table {
        name: "counter",
        columns: &[("name", Cell::Text), ("value", Cell::Number)],
        all: &sql::counter::COUNTER_LIST,
        put: &sql::counter::COUNTER_SET,
    },
    Table {
        name: "answer",
        columns: &[
            ("key", Cell::Text),
            ("request", Cell::Hex),
            ("answer", Cell::Text),
            ("act", Cell::Number),
        ],
        all: &sql::answer::ANSWER_ALL,
        put: &sql::answer::ANSWER_PUT,
    },
    Table {
        name: "credential",
        columns: &[
            ("person", Cell::Number),
            ("hash", Cell::Text),
            ("must_change", Cell::Number),
            ("failed", Cell::Number),
            ("locked_until", Cell::Number),
        ],
        all: &sql::credential::CREDENTIAL_ALL,
        put: &sql::credential::CREDENTIAL_PUT,
    },
    Table {
        name: "draft",
        columns: &[
            ("owner", Cell::Number),
            ("key", Cell::Text),
            ("version", Cell::Number),
            ("body", Cell::Text),
            ("updated", Cell::Number),
        ],
        all: &sql::draft::DRAFT_ALL,
        put: &sql::draft::DRAFT_TAKE,
    },
    Table {
        name: "sealed",
        columns: &[("commitment", Cell::Text), ("sealed", Cell::Raw)],
        all: &sql::secret::SECRET_ALL,
        put: &sql::secret::SECRET_PUT,
    },
    Table {
        name: "roster_member",
        columns: &[
            ("list", Cell::Text),
            ("number", Cell::Text),
            ("number_shown", Cell::Text),
            ("head", Cell::Text),
            ("head_shown", Cell::Text),
            ("village", Cell::Text),
            ("village_group", Cell::Text),
            ("persons", Cell::Number),
            ("since", Cell::Number),
            ("status", Cell::Text),
        ],
        all: &sql::roster::MEMBER_ALL,
        put: &sql::roster::MEMBER_PUT,
    },
    Table {
        name: "setting",
        columns: &[("name", Cell::Text), ("value", Cell::Text)],
        all: &sql::setting::SETTING_ALL,
        put: &sql::setting::SETTING_PUT,
    },
    Table {
        name: "paper",
        columns: &[("hash", Cell::Hex), ("size", Cell::Number), ("content", Cell::Raw)],
        all: &sql::paper::PAPER_ALL,
        put: &sql::paper::PAPER_PUT,
    },
];

/// A line and the bytes after it.
pub(super) type Line<'r> = (Map<String, Value>, Option<&'r [u8]>);

/// A value of a record that was read.
#[derive(Debug)]
pub(super) enum Owned {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Owned {
    pub(super) fn val(&self) -> Val<'_> {
        match self {
            Self::Null => Val::Null,
            Self::Number(number) => Val::Int(*number),
            Self::Text(text) => Val::Text(text),
            Self::Bytes(bytes) => Val::Bytes(bytes),
        }
    }
}

impl Table {
    /// A row as a line, and the bytes after it.
    pub(super) fn record<'r>(&self, row: &'r dyn Row) -> Result<Line<'r>, Fault> {
        let mut line = Map::from_iter([("is".to_owned(), Value::from(self.name))]);
        let mut raw = None;
        for (place, (name, cell)) in self.columns.iter().enumerate() {
            let value = match (cell, row.val(place)?) {
                (Cell::Raw, Val::Bytes(bytes)) => {
                    raw = Some(bytes);
                    line.insert("bytes".to_owned(), bytes.len().into());
                    continue;
                }
                (Cell::Number, Val::Null) => Value::Null,
                (Cell::Number, Val::Int(number)) => number.into(),
                (Cell::Text, Val::Text(text)) => text.into(),
                (Cell::Hex, Val::Bytes(bytes)) => hex(bytes).into(),
                _ => return Err(Fault::shape()),
            };
            line.insert((*name).to_owned(), value);
        }
        Ok((line, raw))
    }

    /// The values of a record; the name of the column that is wrong.
    pub(super) fn values(&self, line: &Map<String, Value>, raw: Vec<u8>) -> Result<Vec<Owned>, &'static str> {
        let mut raw = Some(raw);
        let value = |(name, cell): &(&'static str, Cell)| {
            let value = match (cell, line.get(*name)) {
                (Cell::Raw, _) => raw.take().map(Owned::Bytes),
                (Cell::Number, Some(Value::Null)) => Some(Owned::Null),
                (Cell::Number, Some(value)) => value.as_i64().map(Owned::Number),
                (Cell::Text, Some(Value::String(text))) => Some(Owned::Text(text.clone())),
                (Cell::Hex, Some(Value::String(text))) => unhex(text).map(Owned::Bytes),
                _ => None,
            };
            value.ok_or(*name)
        };
        self.columns.iter().map(value).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String does not fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
