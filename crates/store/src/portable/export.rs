//! Writing the stream, in one reading transaction.

use std::io::{self, Write};

use journal::digest::Digest;
use journal::merkle::Frontier;
use serde_json::{Map, Value, json};
use sm3::{Digest as _, Sm3};

use super::tables::TABLES;
use super::{FORMAT, PortableError, Summary};
use crate::engine::{Engine, Fault, FaultKind};
use crate::migrate;
use crate::slice::journal::{self as acts, PAGE};
use crate::sql;

/// Writes the book of a database, one unchanging state of it; refuses a log that is not its head's.
pub fn export(engine: &mut dyn Engine, to: &mut dyn Write) -> Result<Summary, PortableError> {
    engine.begin_read()?;
    let written = inside(engine, &mut Hashed { to, digest: Sm3::new() });
    engine.rollback()?;
    written
}

fn inside(engine: &mut dyn Engine, out: &mut Hashed<'_>) -> Result<Summary, PortableError> {
    let head = acts::head(engine)?.ok_or(PortableError::NoBook)?;
    let root = head.frontier.root();
    out.line(&json!({
        "is": "book",
        "format": FORMAT,
        "book": head.book,
        "hash": head.frontier.kind().name(),
        "acts": head.frontier.size(),
        "root": root.to_string(),
    }))?;
    for done in migrate::applied(engine)? {
        out.line(&json!({ "is": "migration", "name": done.name, "digest": done.digest }))?;
    }
    if all_acts(engine, Frontier::new(head.frontier.kind()), out)? != head.frontier {
        return Err(PortableError::Head);
    }
    let mut records = 0;
    for table in TABLES {
        engine.rows(table.all, &[], &mut |row| {
            let (line, raw) = table.record(row)?;
            records += 1;
            out.record(line, raw).map_err(not_written)
        })?;
    }
    out.end()?;
    Ok(Summary { book: head.book, acts: head.frontier.size(), root, records })
}

fn all_acts(
    engine: &mut dyn Engine,
    mut frontier: Frontier,
    out: &mut Hashed<'_>,
) -> Result<Frontier, PortableError> {
    loop {
        let from = frontier.size();
        engine.rows(&sql::journal::ACT_PAGE, &[acts::place(from)?, PAGE.into()], &mut |row| {
            let bytes = row.bytes(1)?;
            frontier.push(frontier.kind().leaf(bytes));
            let line = Map::from_iter([
                ("is".to_owned(), Value::from("act")),
                ("bytes".to_owned(), bytes.len().into()),
            ]);
            out.record(line, Some(bytes)).map_err(not_written)
        })?;
        if frontier.size() == from {
            return Ok(frontier);
        }
    }
}

fn not_written(error: io::Error) -> Fault {
    Fault::with(FaultKind::Storage, "export", error)
}

/// A stream whose bytes are counted into a digest.
struct Hashed<'w> {
    to: &'w mut dyn Write,
    digest: Sm3,
}

impl Hashed<'_> {
    fn line(&mut self, line: &Value) -> io::Result<()> {
        self.bytes(format!("{line}\n").as_bytes())
    }

    fn record(&mut self, line: Map<String, Value>, raw: Option<&[u8]>) -> io::Result<()> {
        self.line(&Value::Object(line))?;
        match raw {
            Some(raw) => {
                self.bytes(raw)?;
                self.bytes(b"\n")
            }
            None => Ok(()),
        }
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.to.write_all(bytes)
    }

    fn end(&mut self) -> io::Result<()> {
        let digest = Digest::new(self.digest.clone().finalize().into());
        let end = json!({ "is": "end", "sm3": digest.to_string() });
        self.to.write_all(format!("{end}\n").as_bytes())?;
        self.to.flush()
    }
}
