//! Reading the stream into an empty database: one transaction, which is given up unless all of it is there and whole.

use std::io::{BufRead, Read as _};
use std::sync::{Arc, Mutex, PoisonError};

use app::{Packs, ports};
use journal::digest::{Digest, HashKind};
use journal::envelope::ActEnvelope;
use serde_json::{Map, Value};
use sm3::{Digest as _, Sm3};

use super::tables::{Owned, TABLES};
use super::{FORMAT, PortableError, Summary};
use crate::book::{Book, Given};
use crate::engine::{AnyEngine, Engine, Val, Whole};
use crate::gate::Gate;
use crate::migrate::{self, Applied};
use crate::open::Database;
use crate::slice::journal as acts;
use crate::verify;

/// Reads a book into an empty database by replay, and verifies it before anything of it is to be seen.
pub fn import(
    from: &mut dyn BufRead,
    into: &Database,
    packs: &Packs,
    now: i64,
) -> Result<Summary, PortableError> {
    let mut engine = into.open_book()?;
    migrate::run(&mut engine, migrate::ALL, now)?;
    engine.begin_write()?;
    let mut stream = Stream { from, digest: Sm3::new(), record: 0 };
    match inside(&mut engine, &mut stream, packs) {
        Ok(summary) => {
            engine.commit()?;
            Ok(summary)
        }
        Err(error) => {
            engine.rollback()?;
            Err(error)
        }
    }
}

fn inside(engine: &mut AnyEngine, stream: &mut Stream<'_>, packs: &Packs) -> Result<Summary, PortableError> {
    if acts::head_row(engine)?.is_some() {
        return Err(PortableError::NotEmpty);
    }
    let (header, kind) = header(stream)?;
    let mut next = migrations(stream)?;
    let mut book = Book::open(Whole(&mut **engine), &header.book, kind, Arc::new(Gate::default()))?;
    replay(stream, &mut next, &mut book, packs)?;
    let found = (book.frontier().size(), book.frontier().root());
    drop(book);
    if found != (header.acts, header.root) {
        return Err(PortableError::Head);
    }
    let records = tables(engine, stream, next)?;
    let report = verify::inside(engine)?;
    if report.findings.is_empty() {
        Ok(Summary { records, ..header })
    } else {
        Err(PortableError::NotWhole(Box::new(report)))
    }
}

fn header(stream: &mut Stream<'_>) -> Result<(Summary, HashKind), PortableError> {
    let record = stream.next()?;
    if record.is() != "book" || record.number("format") != Some(FORMAT) {
        return Err(stream.wrong("not the beginning of a book that this program can read"));
    }
    let found = (|| {
        let header = Summary {
            book: record.text("book")?.to_owned(),
            acts: u64::try_from(record.number("acts")?).ok()?,
            root: record.text("root")?.parse().ok()?,
            records: 0,
        };
        Some((header, HashKind::from_name(record.text("hash")?)?))
    })();
    found.ok_or_else(|| stream.wrong("a name, size, root or hash function is missing"))
}

/// Reads the digests of the migrations, which must be this program's first ones; gives the record after them.
fn migrations(stream: &mut Stream<'_>) -> Result<Record, PortableError> {
    let mut done = Vec::new();
    loop {
        let record = stream.next()?;
        if record.is() != "migration" {
            return if migrate::begins_with(&done, migrate::ALL) {
                Ok(record)
            } else {
                Err(stream.wrong("the book has schema changes that this program does not know"))
            };
        }
        let text = |name| record.text(name).map(str::to_owned);
        match (text("name"), text("digest")) {
            (Some(name), Some(digest)) => done.push(Applied { name, digest, at: 0 }),
            _ => return Err(stream.wrong("a migration without name or digest")),
        }
    }
}

/// Replays the acts; leaves the record after them.
fn replay(
    stream: &mut Stream<'_>,
    next: &mut Record,
    book: &mut Book<Whole<'_>>,
    packs: &Packs,
) -> Result<(), PortableError> {
    let given = Given::new(Mutex::new(None));
    book.take_from(Arc::clone(&given));
    let mut failed = None;
    let acts = std::iter::from_fn(|| {
        if next.is() != "act" {
            return None;
        }
        let bytes = std::mem::take(&mut next.raw);
        let act = ActEnvelope::from_bytes(&bytes).map_err(|error| stream.wrong(&error.to_string())).and_then(
            |act| {
                *next = stream.next()?;
                Ok(act)
            },
        );
        *given.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
        Some(act.map_err(|error| {
            let text = error.to_string();
            failed = Some(error);
            ports::Fault::lasting(text)
        }))
    });
    let replayed = app::replay::replay(acts, book, packs);
    match (failed, replayed) {
        (Some(error), _) => Err(error),
        (None, Err(failure)) => Err(PortableError::Replay(failure.to_string())),
        (None, Ok(_)) => Ok(()),
    }
}

/// Reads the tables beside the journal, up to the end of the stream.
fn tables(engine: &mut AnyEngine, stream: &mut Stream<'_>, first: Record) -> Result<u64, PortableError> {
    let (mut record, mut count) = (first, 0);
    while record.is() != "end" {
        let Some(table) = TABLES.iter().find(|table| table.name == record.is()) else {
            return Err(stream.wrong("a record of unknown kind"));
        };
        let values = table.values(&record.line, std::mem::take(&mut record.raw));
        let values: Vec<Owned> =
            values.map_err(|column| stream.wrong(&format!("{}.{column}", table.name)))?;
        let params: Vec<Val<'_>> = values.iter().map(Owned::val).collect();
        engine.run(table.put, &params)?;
        count += 1;
        record = stream.next()?;
    }
    stream.ended(&record)?;
    Ok(count)
}

/// A line and the bytes after it.
#[derive(Debug)]
struct Record {
    line: Map<String, Value>,
    raw: Vec<u8>,
    /// The digest of everything before it.
    before: Digest,
}

impl Record {
    fn is(&self) -> &str {
        self.text("is").unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.line.get(name)?.as_str()
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.line.get(name)?.as_i64()
    }
}

struct Stream<'r> {
    from: &'r mut dyn BufRead,
    digest: Sm3,
    record: u64,
}

impl Stream<'_> {
    fn wrong(&self, what: &str) -> PortableError {
        PortableError::Stream { record: self.record, what: what.to_owned() }
    }

    fn next(&mut self) -> Result<Record, PortableError> {
        self.record += 1;
        let before = Digest::new(self.digest.clone().finalize().into());
        let mut line = Vec::new();
        self.from.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Err(self.wrong("the file ends here, before its last record"));
        }
        self.digest.update(&line);
        let Ok(Value::Object(line)) = serde_json::from_slice(&line) else {
            return Err(self.wrong("no line of JSON"));
        };
        let mut raw = Vec::new();
        if let Some(length) = line.get("bytes") {
            let length = length.as_u64().ok_or_else(|| self.wrong("a number of bytes that is none"))?;
            let mut part = (&mut *self.from).take(length.saturating_add(1));
            part.read_to_end(&mut raw)?;
            self.digest.update(&raw);
            if raw.len() as u64 != length.saturating_add(1) || raw.pop() != Some(b'\n') {
                return Err(self.wrong("fewer or more bytes than the line says"));
            }
        }
        Ok(Record { line, raw, before })
    }

    fn ended(&mut self, end: &Record) -> Result<(), PortableError> {
        if end.text("sm3").map(str::parse) != Some(Ok(end.before)) {
            return Err(self.wrong("the digest at the end is not that of the file"));
        }
        if self.from.fill_buf()?.is_empty() { Ok(()) } else { Err(self.wrong("something follows the end")) }
    }
}
