//! Reading connections. A reader takes one, reads one unchanging state of the book, and gives it back; it never waits for the
//! writer, and readers wait for each other only while they take or give back.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};

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

    /// How many connections may be out at once.
    fn most(&self) -> usize {
        usize::MAX
    }

    /// Runs work that uses connections, where it may wait for them.
    fn wait<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
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
    shelf: Mutex<Shelf<C::Engine>>,
    back: Condvar,
}

struct Shelf<E> {
    idle: Vec<E>,
    out: usize,
}

impl<C: Connect> Pool<C> {
    /// A pool for an existing database.
    pub const fn new(connect: C) -> Self {
        Self { connect, shelf: Mutex::new(Shelf { idle: Vec::new(), out: 0 }), back: Condvar::new() }
    }

    /// Runs `read` on one state of the database: whatever is committed meanwhile is not seen.
    pub fn read<T>(&self, read: impl FnOnce(&mut C::Engine) -> Result<T, Fault>) -> Result<T, Fault> {
        self.wait(|| {
            let mut out = self.take();
            let engine = match &mut out.engine {
                Some(engine) => engine,
                none => none.insert(self.connect.connect()?),
            };
            engine.begin_read()?;
            let answer = read(engine);
            engine.rollback()?;
            out.sound = true;
            answer
        })
    }

    /// Runs work that uses connections, where it may wait for them.
    pub fn wait<T>(&self, work: impl FnOnce() -> T) -> T {
        self.connect.wait(work)
    }

    fn take(&self) -> Out<'_, C> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        while shelf.out >= self.connect.most() {
            shelf = self.back.wait(shelf).unwrap_or_else(PoisonError::into_inner);
        }
        shelf.out += 1;
        Out { engine: shelf.idle.pop(), sound: false, pool: self }
    }
}

/// A place among those that are out, with its connection; given back when dropped.
struct Out<'p, C: Connect> {
    engine: Option<C::Engine>,
    /// Whether the connection may be used again.
    sound: bool,
    pool: &'p Pool<C>,
}

impl<C: Connect> Drop for Out<'_, C> {
    fn drop(&mut self) {
        let engine = self.engine.take().filter(|_| self.sound);
        let mut shelf = self.pool.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.out -= 1;
        if shelf.idle.len() < IDLE {
            shelf.idle.extend(engine);
        }
        drop(shelf);
        self.pool.back.notify_one();
    }
}
