//! Opening a database: migrations, then the three ports on it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::HashKind;

use crate::book::Book;
use crate::engine::postgres::{self, Postgres};
use crate::engine::sqlite::Sqlite;
use crate::engine::{AnyEngine, Engine, Fault, FaultKind};
use crate::gate::Gate;
use crate::house::House;
use crate::migrate;
use crate::pool::{Connect, Pool, SqliteFile};
use crate::reads::Reads;
use crate::slice::case;

/// Reading connections that one process takes at once from a server, which has a hundred for all.
const SERVER_READERS: usize = 16;

/// Where a book's database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of the embedded engine.
    File(PathBuf),
    /// A database of a PostgreSQL server, by its address.
    Server(String),
}

impl Database {
    /// The database that an address names: `postgres://user@host:port/name`, or with the folder of a socket,
    /// `postgres://user@%2Fvar%2Frun%2Fpostgresql/name` or `postgres:///name?host=/var/run/postgresql&user=user`.
    pub fn at(address: &str) -> Result<Self, Fault> {
        if ["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
            Ok(Self::Server(address.to_owned()))
        } else {
            Err(Fault::new(FaultKind::Setup, "an address begins with postgres://"))
        }
    }

    /// A connection that writes the book.
    pub fn open_book(&self) -> Result<AnyEngine, Fault> {
        Ok(match self {
            Self::File(path) => Box::new(Sqlite::open(path)?),
            Self::Server(url) => Box::new(Postgres::open(url)?),
        })
    }

    /// A connection that cannot write.
    pub fn open_read(&self) -> Result<AnyEngine, Fault> {
        Ok(match self {
            Self::File(path) => Box::new(Sqlite::open_read(path)?),
            Self::Server(url) => Box::new(Postgres::open_read(url)?),
        })
    }

    /// A connection that writes beside the book.
    fn open_aside(&self) -> Result<AnyEngine, Fault> {
        Ok(match self {
            Self::File(path) => Box::new(Sqlite::open(path)?),
            Self::Server(url) => Box::new(Postgres::open_aside(url)?),
        })
    }
}

/// Without the password.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(url) => {
                let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Connect for Database {
    type Engine = AnyEngine;

    fn connect(&self) -> Result<AnyEngine, Fault> {
        self.open_read()
    }

    fn most(&self) -> usize {
        match self {
            Self::File(_) => usize::MAX,
            Self::Server(_) => SERVER_READERS,
        }
    }

    fn wait<T>(&self, work: impl FnOnce() -> T) -> T {
        match self {
            Self::File(_) => work(),
            Self::Server(_) => postgres::aside(work),
        }
    }
}

/// The database of one book: the write side for the writer's thread, the read side and the house for all.
pub struct Opened<E, C: Connect> {
    /// The write side.
    pub book: Book<E>,
    /// The read side.
    pub reads: Reads<C>,
    /// The house.
    pub house: House<C, E>,
}

/// A book in a file of the embedded engine.
pub type Embedded = Opened<Sqlite, SqliteFile>;

/// A book in whichever database was chosen.
pub type Chosen = Opened<AnyEngine, Database>;

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

/// Opens a database, creates a file and the book when there is none, and brings the schema up to date. The database of a server is
/// created by its administrator.
pub fn open(database: &Database, opening: Opening<'_>) -> Result<Chosen, Fault> {
    let connections = Connections { book: database.open_book()?, aside: database.open_aside()? };
    // Beside a file's book nobody can write; on a server the house waits for nobody.
    let gate = Arc::new(Gate::default());
    let house_gate = match database {
        Database::File(_) => Arc::clone(&gate),
        Database::Server(_) => Arc::new(Gate::default()),
    };
    opened(connections, Pool::new(database.clone()), [gate, house_gate], opening)
}

/// Opens the database file, creates it and its book when there is none, and brings its schema up to date.
pub fn embedded(path: &Path, opening: Opening<'_>) -> Result<Embedded, Fault> {
    let connections = Connections { book: Sqlite::open(path)?, aside: Sqlite::open(path)? };
    let gate = Arc::new(Gate::default());
    opened(connections, Pool::new(SqliteFile(path.to_owned())), [Arc::clone(&gate), gate], opening)
}

struct Connections<E> {
    book: E,
    aside: E,
}

fn opened<E: Engine, C: Connect>(
    mut connections: Connections<E>,
    pool: Pool<C>,
    [gate, house_gate]: [Arc<Gate>; 2],
    opening: Opening<'_>,
) -> Result<Opened<E, C>, Fault> {
    migrate::run(&mut connections.book, migrate::ALL, opening.now)?;
    make_findable(&mut connections.book)?;
    let book = Book::open(connections.book, opening.book, opening.kind, gate)?;
    let pool = Arc::new(pool);
    let house = House::new(Arc::clone(&pool), connections.aside, house_gate);
    Ok(Opened { book, reads: Reads::new(pool), house })
}

fn make_findable(engine: &mut dyn Engine) -> Result<(), Fault> {
    engine.begin_write()?;
    match case::make_findable(engine) {
        Ok(()) => engine.commit(),
        Err(fault) => {
            engine.rollback()?;
            Err(fault)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let shown = |url: &str| Database::at(url).unwrap().to_string();
        assert_eq!(shown("postgres://clerk:secret@db:5433/fund?sslmode=disable"), "postgres://db:5433/fund");
        assert_eq!(shown("postgresql:///fund?host=/run/postgresql&password=x"), "postgres:///fund");
        assert_eq!(format!("{:?}", Database::at("postgres://a:p@ss@db/x").unwrap()), "postgres://db/x");
        assert!(Database::at("mysql://db/x").is_err());
    }
}
