//! Opening a database: migrations, then the three ports on it.

use std::path::Path;
use std::sync::Arc;

use journal::HashKind;

use crate::book::Book;
use crate::engine::Fault;
use crate::engine::sqlite::Sqlite;
use crate::gate::Gate;
use crate::house::House;
use crate::migrate;
use crate::pool::{Pool, SqliteFile};
use crate::reads::Reads;

/// The embedded database of one book: the write side for the writer's thread, the read side and the house for all.
pub struct Embedded {
    /// The write side.
    pub book: Book<Sqlite>,
    /// The read side.
    pub reads: Reads<SqliteFile>,
    /// The house.
    pub house: House<SqliteFile, Sqlite>,
}

/// How a book is opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The book's name.
    pub book: &'a str,
    /// The log's hash function, for a book that is created now.
    pub kind: HashKind,
    /// Now, in milliseconds of Unix time, for the record of migrations.
    pub now: i64,
}

/// Opens the database file, creates it and its book when there is none, and brings its schema up to date.
pub fn embedded(path: &Path, opening: Opening<'_>) -> Result<Embedded, Fault> {
    let mut engine = Sqlite::open(path)?;
    migrate::run(&mut engine, migrate::ALL, opening.now)?;
    let gate = Arc::new(Gate::default());
    let book = Book::open(engine, opening.book, opening.kind, Arc::clone(&gate))?;
    let pool = Arc::new(Pool::new(SqliteFile(path.to_owned())));
    let house = House::new(Arc::clone(&pool), Sqlite::open(path)?, gate);
    Ok(Embedded { book, reads: Reads::new(pool), house })
}
