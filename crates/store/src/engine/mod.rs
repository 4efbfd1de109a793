//! The engine trait: everything the store asks of a database, and nothing more.
//!
//! One SQL text serves each engine: `BIGINT`, `TEXT`, `BYTEA`, parameters `$1`, `$2`, … in the order of their first
//! appearance. What differs between databases (key lists, bulk puts, how a writing transaction begins, append-only tables) are
//! methods here; no caller ever builds SQL. After a statement failed inside a transaction, only [`Engine::undo`] to a mark set before
//! it, or [`Engine::rollback`], goes on.

use std::error::Error;
use std::fmt;

mod boxed;
pub mod postgres;
pub mod sqlite;

pub use boxed::AnyEngine;
pub(crate) use boxed::Whole;

/// Ends a table that lies in the order of its key, where a database can do so.
const CLUSTERED: &str = "\n) CLUSTERED;";

/// A named SQL statement of the registry in [`crate::sql`].
#[derive(Debug)]
pub struct Statement {
    /// Its name, as it appears in faults.
    pub name: &'static str,
    /// Its text. A statement for [`Engine::by_ids`] says `IN {ids}` where the list of keys stands.
    pub text: &'static str,
}

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Val<'a> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl From<i64> for Val<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl<'a> From<&'a str> for Val<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a [u8]> for Val<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a, T: Into<Val<'a>>> From<Option<T>> for Val<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row that a statement gave; columns count from 0.
pub trait Row {
    /// How many columns there are.
    fn width(&self) -> usize;

    /// The value of a column, whatever its type.
    fn val(&self, column: usize) -> Result<Val<'_>, Fault>;

    /// A number.
    fn int(&self, column: usize) -> Result<i64, Fault> {
        match self.val(column)? {
            Val::Int(number) => Ok(number),
            _ => Err(Fault::shape()),
        }
    }

    /// A count or a place, which is never negative.
    fn count(&self, column: usize) -> Result<u64, Fault> {
        u64::try_from(self.int(column)?).map_err(|_| Fault::shape())
    }

    /// A text.
    fn text(&self, column: usize) -> Result<&str, Fault> {
        match self.val(column)? {
            Val::Text(text) => Ok(text),
            _ => Err(Fault::shape()),
        }
    }

    /// Bytes.
    fn bytes(&self, column: usize) -> Result<&[u8], Fault> {
        match self.val(column)? {
            Val::Bytes(bytes) => Ok(bytes),
            _ => Err(Fault::shape()),
        }
    }

    /// A number, or nothing.
    fn int_opt(&self, column: usize) -> Result<Option<i64>, Fault> {
        match self.val(column)? {
            Val::Null => Ok(None),
            _ => self.int(column).map(Some),
        }
    }

    /// A text, or nothing.
    fn text_opt(&self, column: usize) -> Result<Option<&str>, Fault> {
        match self.val(column)? {
            Val::Null => Ok(None),
            _ => self.text(column).map(Some),
        }
    }
}

/// What is called for each row.
pub type Each<'f> = &'f mut dyn FnMut(&dyn Row) -> Result<(), Fault>;

/// A database connection.
pub trait Engine {
    /// Runs schema statements in the portable subset.
    fn script(&mut self, sql: &str) -> Result<(), Fault>;

    /// Makes the database refuse to change or delete rows of a table.
    fn append_only(&mut self, table: &str) -> Result<(), Fault>;

    /// Compiles a statement without running it.
    fn prepare(&mut self, statement: &'static Statement) -> Result<(), Fault>;

    /// Runs a statement; gives the number of rows it changed.
    fn run(&mut self, statement: &'static Statement, params: &[Val<'_>]) -> Result<u64, Fault>;

    /// Runs a query and calls `each` for each row, in order.
    fn rows(
        &mut self,
        statement: &'static Statement,
        params: &[Val<'_>],
        each: Each<'_>,
    ) -> Result<(), Fault>;

    /// Runs a query whose text says `IN {ids}` with a list of numeric keys.
    fn by_ids(&mut self, statement: &'static Statement, ids: &[i64], each: Each<'_>) -> Result<(), Fault>;

    /// Runs a statement once for each `width` values: many rows into one table.
    fn bulk_put(
        &mut self,
        statement: &'static Statement,
        width: usize,
        values: &[Val<'_>],
    ) -> Result<u64, Fault>;

    /// Begins a transaction that reads one unchanging state.
    fn begin_read(&mut self) -> Result<(), Fault>;

    /// Begins the transaction of the one writer; waits for another process that holds it.
    fn begin_write(&mut self) -> Result<(), Fault>;

    /// Marks a place to which [`Engine::undo`] returns. One at a time.
    fn savepoint(&mut self) -> Result<(), Fault>;

    /// Forgets the mark and keeps what was done since.
    fn keep(&mut self) -> Result<(), Fault>;

    /// Forgets what was done since the mark, and the mark.
    fn undo(&mut self) -> Result<(), Fault>;

    /// Makes the transaction durable.
    fn commit(&mut self) -> Result<(), Fault>;

    /// Gives the transaction up; without one, does nothing.
    fn rollback(&mut self) -> Result<(), Fault>;

    /// What the database itself finds wrong with its storage; empty when sound.
    fn check(&mut self) -> Result<Vec<String>, Fault>;
}

/// Whether a statement's parameters first appear as `$1`, `$2`, …: SQLite binds them by position.
fn in_order(statement: &Statement) -> Result<(), Fault> {
    let mut seen = 0;
    for part in statement.text.split('$').skip(1) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize =
            part[..digits].parse().map_err(|_| Fault::new(FaultKind::Setup, statement.name))?;
        if number > seen + 1 {
            return Err(Fault::new(FaultKind::Setup, statement.name));
        }
        seen = seen.max(number);
    }
    Ok(())
}

/// The first row of a query, read; `None` when there is none.
pub fn one<T>(
    engine: &mut dyn Engine,
    statement: &'static Statement,
    params: &[Val<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let mut found = None;
    engine.rows(statement, params, &mut |row| {
        if found.is_none() {
            found = Some(read(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// All rows of a query, read.
pub fn list<T>(
    engine: &mut dyn Engine,
    statement: &'static Statement,
    params: &[Val<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut found = Vec::new();
    engine.rows(statement, params, &mut |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// A failure of the world around the store: neither a refusal nor a bug.
#[derive(Debug, thiserror::Error)]
#[error("{kind} ({place})")]
pub struct Fault {
    /// What kind of failure.
    pub kind: FaultKind,
    /// The statement or operation.
    pub place: &'static str,
    #[source]
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What kind of failure: what an operator does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Another process holds the database: try again.
    Busy,
    /// The connection to the database's server was lost, or the server is not there: try again.
    Lost,
    /// A constraint or an append-only table refused: the core should have refused before.
    Constraint,
    /// The disk is full or cannot be written.
    Storage,
    /// The file is damaged or not a database.
    Damaged,
    /// A stored value is not of the type that this program wrote.
    Shape,
    /// The database is not set up as this program needs it.
    Setup,
    /// Something else: see the source.
    Other,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Busy => "the database is held by another process",
            Self::Lost => "there is no connection to the database",
            Self::Constraint => "a constraint of the database refused the change",
            Self::Storage => "the storage cannot be written",
            Self::Damaged => "the database file is damaged",
            Self::Shape => "a stored value has another type than was written",
            Self::Setup => "the database is not set up as it must be",
            Self::Other => "the database failed",
        })
    }
}

impl Fault {
    /// A failure without a deeper cause.
    pub const fn new(kind: FaultKind, place: &'static str) -> Self {
        Self { kind, place, source: None }
    }

    /// A failure with its cause.
    pub fn with(
        kind: FaultKind,
        place: &'static str,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self { kind, place, source: Some(source.into()) }
    }

    pub(crate) const fn shape() -> Self {
        Self::new(FaultKind::Shape, "reading a row")
    }
}
