//! Both stores: a file of its own, and a database of its own on the test server.

use store::Database;

/// An empty database.
pub struct Store {
    pub database: Database,
    _folder: tempfile::TempDir,
}

fn of(make: impl FnOnce(&tempfile::TempDir) -> Database) -> Store {
    let folder = tempfile::tempdir().unwrap();
    Store { database: make(&folder), _folder: folder }
}

pub fn file() -> Store {
    of(|folder| Database::File(folder.path().join("book.db")))
}

/// None when tests on a server are left out.
pub fn server() -> Option<Store> {
    let server = testkit::postgres::Server::shared().unwrap_or_else(|missing| panic!("{missing}"))?;
    Some(of(|_| Database::at(&server.database().unwrap()).unwrap()))
}
