//! SQLite: the embedded engine. WAL with `synchronous=FULL`, asserted at the opening, so that an answered act is on the disk.
//!
//! One connection writes; any number read beside it and never wait for it. Statements stay prepared.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ToSql};

use super::{CLUSTERED, Each, Engine, Fault, FaultKind, Row, Statement, Val, in_order};

/// How long a writer waits for a writer in another process.
const BUSY_MS: u64 = 5_000;
/// So often a process that sets a database up lets another one through.
const LOG_TRIES: usize = 20;

/// Statements that stay prepared on a connection.
const PREPARED: usize = 512;

/// A connection to an SQLite database file.
pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens the writing connection; creates the file when there is none.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let engine = Self::connect(path, flags)?;
        engine.log_ahead()?;
        engine.pragma("synchronous = FULL")?;
        engine.pragma("foreign_keys = ON")?;
        // A savepoint keeps the pages that it may have to bring back; in a file they cost half of all writing.
        engine.pragma("temp_store = MEMORY")?;
        // Kibibytes: a whole batch stays in memory until it commits.
        engine.pragma("cache_size = -65536")?;
        // NORMAL or a rollback journal would answer acts that a power cut takes back.
        if engine.pragma_text("journal_mode")? != "wal" || engine.pragma_number("synchronous")? != 2 {
            return Err(Fault::new(FaultKind::Setup, "journal_mode=WAL, synchronous=FULL"));
        }
        Ok(engine)
    }

    /// Opens a reading connection to an existing file.
    pub fn open_read(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let engine = Self::connect(path, flags)?;
        // Read-write at the file level, or a reader could not join the WAL of a writer that starts later.
        engine.pragma("query_only = ON")?;
        Ok(engine)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Fault> {
        let connection = Connection::open_with_flags(path, flags).map_err(|error| fault("open", error))?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection.busy_timeout(Duration::from_millis(BUSY_MS)).map_err(|error| fault("open", error))?;
        Ok(Self { connection })
    }

    /// Switches to the write-ahead log. While another process does the same SQLite says at once that the file is busy, whatever it may
    /// wait for otherwise; it does wait for the right to write, and then the other is through.
    fn log_ahead(&self) -> Result<(), Fault> {
        for _ in 0..LOG_TRIES {
            match self.pragma("journal_mode = WAL") {
                Err(busy) if busy.kind == FaultKind::Busy => {}
                done => return done,
            }
            let waited = self.connection.execute_batch("BEGIN IMMEDIATE; COMMIT;");
            let waited = waited.map_err(|error| fault("journal_mode = WAL", error));
            match waited {
                Err(other) if other.kind != FaultKind::Busy => return Err(other),
                _ => {}
            }
        }
        self.pragma("journal_mode = WAL")
    }

    fn pragma(&self, setting: &'static str) -> Result<(), Fault> {
        self.connection.execute_batch(&format!("PRAGMA {setting};")).map_err(|error| fault(setting, error))
    }

    fn pragma_text(&self, name: &'static str) -> Result<String, Fault> {
        self.connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| fault(name, error))
    }

    fn pragma_number(&self, name: &'static str) -> Result<i64, Fault> {
        self.connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| fault(name, error))
    }

    fn control(&mut self, sql: &'static str) -> Result<(), Fault> {
        let mut prepared = self.connection.prepare_cached(sql).map_err(|error| fault(sql, error))?;
        prepared.raw_execute().map(drop).map_err(|error| fault(sql, error))
    }

    /// Copies all pages of `from` into this database in one step: a single state of `from`, whoever writes there.
    pub(crate) fn copy_from(&mut self, from: &Self) -> Result<(), Fault> {
        let wrong = |error| fault("copy of a database", error);
        let copy = Backup::new(&from.connection, &mut self.connection).map_err(wrong)?;
        match copy.step(-1).map_err(wrong)? {
            StepResult::Done => Ok(()),
            _ => Err(Fault::new(FaultKind::Busy, "copy of a database")),
        }
    }

    /// Copies one consistent state to a new file while others write.
    pub fn backup(&mut self, to: &Path) -> Result<(), Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Self::connect(to, flags)?;
        copy.pragma("synchronous = FULL")?;
        copy.copy_from(self)
    }

    fn prepared(&self, statement: &'static Statement, text: &str) -> Result<CachedStatement<'_>, Fault> {
        self.connection.prepare_cached(text).map_err(|error| fault(statement.name, error))
    }
}

impl Engine for Sqlite {
    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        // INTEGER makes a numeric primary key the row's own id; STRICT keeps each column to its type.
        let sql = sql.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace("\n);", "\n) STRICT;");
        let sql = sql.replace(CLUSTERED, "\n) STRICT, WITHOUT ROWID;");
        self.connection.execute_batch(&sql).map_err(|error| fault("script", error))
    }

    fn append_only(&mut self, table: &str) -> Result<(), Fault> {
        let trigger = |act: &str| {
            format!(
                "CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
            )
        };
        self.script(&[trigger("update"), trigger("delete")].concat())
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<(), Fault> {
        self.prepared(statement, &with_ids(statement))?;
        in_order(statement)
    }

    fn run(&mut self, statement: &'static Statement, params: &[Val<'_>]) -> Result<u64, Fault> {
        let mut prepared = self.prepared(statement, statement.text)?;
        bind(&mut prepared, statement, params)?;
        prepared.raw_execute().map(|changed| changed as u64).map_err(|error| fault(statement.name, error))
    }

    fn rows(
        &mut self,
        statement: &'static Statement,
        params: &[Val<'_>],
        each: Each<'_>,
    ) -> Result<(), Fault> {
        let mut prepared = self.prepared(statement, statement.text)?;
        bind(&mut prepared, statement, params)?;
        drain(&mut prepared, statement, each)
    }

    fn by_ids(&mut self, statement: &'static Statement, ids: &[i64], each: Each<'_>) -> Result<(), Fault> {
        let list = serde_json::to_string(ids)
            .map_err(|error| Fault::with(FaultKind::Other, statement.name, error))?;
        let mut prepared = self.prepared(statement, &with_ids(statement))?;
        bind(&mut prepared, statement, &[Val::Text(&list)])?;
        drain(&mut prepared, statement, each)
    }

    fn bulk_put(
        &mut self,
        statement: &'static Statement,
        width: usize,
        values: &[Val<'_>],
    ) -> Result<u64, Fault> {
        let mut prepared = self.prepared(statement, statement.text)?;
        let mut changed = 0;
        for row in values.chunks(width) {
            bind(&mut prepared, statement, row)?;
            changed += prepared.raw_execute().map_err(|error| fault(statement.name, error))? as u64;
        }
        Ok(changed)
    }

    fn begin_read(&mut self) -> Result<(), Fault> {
        self.control("BEGIN DEFERRED")
    }

    fn begin_write(&mut self) -> Result<(), Fault> {
        self.control("BEGIN IMMEDIATE")
    }

    fn savepoint(&mut self) -> Result<(), Fault> {
        self.control("SAVEPOINT command")
    }

    fn keep(&mut self) -> Result<(), Fault> {
        self.control("RELEASE command")
    }

    fn undo(&mut self) -> Result<(), Fault> {
        self.control("ROLLBACK TO command")?;
        self.control("RELEASE command")
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.control("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), Fault> {
        if self.connection.is_autocommit() { Ok(()) } else { self.control("ROLLBACK") }
    }

    fn check(&mut self) -> Result<Vec<String>, Fault> {
        let wrong = |error| fault("integrity_check", error);
        let mut findings = Vec::new();
        self.connection
            .pragma_query(None, "integrity_check", |row| {
                findings.push(row.get::<_, String>(0)?);
                Ok(())
            })
            .map_err(wrong)?;
        findings.retain(|finding| finding != "ok");
        Ok(findings)
    }
}

impl Row for rusqlite::Row<'_> {
    fn width(&self) -> usize {
        self.as_ref().column_count()
    }

    fn val(&self, column: usize) -> Result<Val<'_>, Fault> {
        match self.get_ref(column).map_err(|error| fault("reading a row", error))? {
            ValueRef::Null => Ok(Val::Null),
            ValueRef::Integer(number) => Ok(Val::Int(number)),
            ValueRef::Text(text) => std::str::from_utf8(text).map(Val::Text).map_err(|_| Fault::shape()),
            ValueRef::Blob(bytes) => Ok(Val::Bytes(bytes)),
            ValueRef::Real(_) => Err(Fault::shape()),
        }
    }
}

impl ToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn with_ids(statement: &Statement) -> String {
    statement.text.replace("{ids}", "(SELECT value FROM json_each($1))")
}

fn bind(prepared: &mut CachedStatement<'_>, statement: &Statement, params: &[Val<'_>]) -> Result<(), Fault> {
    if prepared.parameter_count() != params.len() {
        return Err(Fault::new(FaultKind::Setup, statement.name));
    }
    for (place, param) in params.iter().enumerate() {
        prepared.raw_bind_parameter(place + 1, param).map_err(|error| fault(statement.name, error))?;
    }
    Ok(())
}

fn drain(
    prepared: &mut CachedStatement<'_>,
    statement: &'static Statement,
    each: Each<'_>,
) -> Result<(), Fault> {
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next().map_err(|error| fault(statement.name, error))? {
        each(row).map_err(|fault| Fault { place: statement.name, ..fault })?;
    }
    Ok(())
}

fn fault(place: &'static str, error: rusqlite::Error) -> Fault {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FaultKind::Busy,
        Some(ErrorCode::ConstraintViolation) => FaultKind::Constraint,
        Some(
            ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::CannotOpen,
        ) => FaultKind::Storage,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => FaultKind::Damaged,
        _ => FaultKind::Other,
    };
    Fault::with(kind, place, error)
}
