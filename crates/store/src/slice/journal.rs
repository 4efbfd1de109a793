//! The log's head and acts.

use std::ops::Range;

use journal::digest::{Digest, HashKind};
use journal::envelope::ActEnvelope;
use journal::merkle::Frontier;

use crate::engine::{Engine, Fault, FaultKind, Row, Statement, Val, list, one};
use crate::sql::journal as sql;

/// Acts read at a time when a whole log is read.
pub const PAGE: i64 = 1_000;

/// The head of a book, readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The book's name.
    pub book: String,
    /// The frontier of its log.
    pub frontier: Frontier,
    /// The running digest over its ledger entries.
    pub postings: Digest,
}

/// The head as stored, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// The book's name.
    pub book: String,
    /// Name of the hash function.
    pub hash_kind: String,
    /// Number of acts.
    pub size: u64,
    /// The frontier's nodes.
    pub frontier: Vec<u8>,
    /// The root.
    pub root: Vec<u8>,
    /// The running digest over the ledger entries.
    pub postings: Vec<u8>,
}

impl HeadRow {
    /// The head's meaning; `None` when it has none.
    pub fn read(&self) -> Option<Head> {
        let kind = HashKind::from_name(&self.hash_kind)?;
        Some(Head {
            book: self.book.clone(),
            frontier: Frontier::from_bytes(kind, self.size, &self.frontier)?,
            postings: Digest::from_slice(&self.postings)?,
        })
    }
}

/// Creates the head of an empty book.
pub fn head_create(engine: &mut dyn Engine, book: &str, kind: HashKind) -> Result<Head, Fault> {
    let head = Head { book: book.to_owned(), frontier: Frontier::new(kind), postings: kind.empty_root() };
    engine.run(
        &sql::HEAD_CREATE,
        &[
            book.into(),
            kind.name().into(),
            Val::Int(0),
            Val::Bytes(&[]),
            Val::Bytes(head.frontier.root().as_bytes()),
            Val::Bytes(head.postings.as_bytes()),
        ],
    )?;
    Ok(head)
}

/// The head as stored; `None` before a book was created.
pub fn head_row(engine: &mut dyn Engine) -> Result<Option<HeadRow>, Fault> {
    one(engine, &sql::HEAD, &[], |row| {
        Ok(HeadRow {
            book: row.text(0)?.to_owned(),
            hash_kind: row.text(1)?.to_owned(),
            size: row.count(2)?,
            frontier: row.bytes(3)?.to_vec(),
            root: row.bytes(4)?.to_vec(),
            postings: row.bytes(5)?.to_vec(),
        })
    })
}

/// The head; a fault when it cannot be read.
pub fn head(engine: &mut dyn Engine) -> Result<Option<Head>, Fault> {
    let damaged = || Fault::new(FaultKind::Damaged, sql::HEAD.name);
    head_row(engine)?.map(|row| row.read().ok_or_else(damaged)).transpose()
}

/// Moves the head on.
pub fn head_set(engine: &mut dyn Engine, frontier: &Frontier, postings: Digest) -> Result<(), Fault> {
    let changed = engine.run(
        &sql::HEAD_SET,
        &[
            place(frontier.size())?,
            Val::Bytes(&frontier.to_bytes()),
            Val::Bytes(frontier.root().as_bytes()),
            Val::Bytes(postings.as_bytes()),
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Fault::new(FaultKind::Damaged, sql::HEAD_SET.name)) }
}

/// Appends the stored bytes of an act.
pub fn act_put(engine: &mut dyn Engine, act: &ActEnvelope, bytes: &[u8], leaf: Digest) -> Result<(), Fault> {
    engine
        .run(
            &sql::ACT_PUT,
            &[
                place(act.seq)?,
                act.stream.as_str().into(),
                act.kind.as_str().into(),
                act.at.into(),
                Val::Bytes(leaf.as_bytes()),
                Val::Bytes(bytes),
            ],
        )
        .map(drop)
}

/// One act.
pub fn act_get(engine: &mut dyn Engine, seq: u64) -> Result<Option<ActEnvelope>, Fault> {
    one(engine, &sql::ACT_GET, &[place(seq)?], |row| envelope(row, 0, &sql::ACT_GET))
}

/// The stored bytes of one act, as an export prints them.
pub fn act_bytes(engine: &mut dyn Engine, seq: u64) -> Result<Option<Vec<u8>>, Fault> {
    one(engine, &sql::ACT_GET, &[place(seq)?], |row| row.bytes(0).map(<[u8]>::to_vec))
}

/// A stream's acts from a place on, in order.
pub fn act_stream(engine: &mut dyn Engine, stream: &str, from: u64) -> Result<Vec<ActEnvelope>, Fault> {
    list(engine, &sql::ACT_STREAM, &[stream.into(), place(from)?], |row| envelope(row, 1, &sql::ACT_STREAM))
}

/// Up to `limit` acts of the log from a place on.
pub fn act_page(engine: &mut dyn Engine, from: u64, limit: i64) -> Result<Vec<ActEnvelope>, Fault> {
    list(engine, &sql::ACT_PAGE, &[place(from)?, limit.into()], |row| envelope(row, 1, &sql::ACT_PAGE))
}

/// The leaf hashes of a range of the log, for proofs.
pub fn leaves(engine: &mut dyn Engine, range: Range<u64>) -> Result<Vec<Digest>, Fault> {
    list(engine, &sql::ACT_LEAVES, &[place(range.start)?, place(range.end)?], |row| {
        Digest::from_slice(row.bytes(0)?).ok_or_else(Fault::shape)
    })
}

/// The act in a column of a row.
pub(crate) fn envelope(row: &dyn Row, column: usize, statement: &Statement) -> Result<ActEnvelope, Fault> {
    ActEnvelope::from_bytes(row.bytes(column)?)
        .map_err(|error| Fault::with(FaultKind::Damaged, statement.name, error))
}

/// A place in the log as a parameter.
pub(crate) fn place(seq: u64) -> Result<Val<'static>, Fault> {
    i64::try_from(seq).map(Val::Int).map_err(|_| Fault::shape())
}
