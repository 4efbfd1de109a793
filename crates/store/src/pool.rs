//! Reading connections. A reader takes one, reads one unchanging state of the book, and gives it back; it never waits for the
//! writer, and readers wait for each other only while they take or give back.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::engine::sqlite::Sqlite;
use crate::engine::{Engine, Fault};

/// Idle connections that are kept open.
const IDLE: usize = 16;

/// How reading connections are made.
pub trait Connect: Send + Sync {
    /// The engine.
    type Engine: Engine + Send;

    /// A new reading connection.
    fn connect(&self) -> Result<Self::Engine, Fault>;
}

/// A database file of SQLite.
#[derive(Debug, Clone)]
pub struct SqliteFile(pub PathBuf);

impl SqliteFile {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Connect for SqliteFile {
    type Engine = Sqlite;

    fn connect(&self) -> Result<Sqlite, Fault> {
        Sqlite::open_read(&self.0)
    }
}

/// The reading connections to one database.
pub struct Pool<C: Connect> {
    connect: C,
    idle: Mutex<Vec<C::Engine>>,
}

impl<C: Connect> Pool<C> {
    /// A pool for an existing database.
    pub const fn new(connect: C) -> Self {
        Self { connect, idle: Mutex::new(Vec::new()) }
    }

    /// Runs `read` on one state of the database: whatever is committed meanwhile is not seen.
    pub fn read<T>(&self, read: impl FnOnce(&mut C::Engine) -> Result<T, Fault>) -> Result<T, Fault> {
        let taken = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut engine = match taken {
            Some(engine) => engine,
            None => self.connect.connect()?,
        };
        engine.begin_read()?;
        let answer = read(&mut engine);
        engine.rollback()?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(engine);
        }
        answer
    }
}
