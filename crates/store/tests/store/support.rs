//! Made-up acts, entries and rows for the tests of the store, and a database in a directory of its own.

use std::path::{Path, PathBuf};

use app::rows::DeedRow;
use journal::{ActEnvelope, HashKind};
use kernel::Date;
use kernel::id::{EntryId, OrgId, PersonId};
use kernel::money::Money;
use ledger::{AccountPath, Entry, EntryDraft, Transfer};
use store::{AnyEngine, Chosen, Database, Opening};

pub const BOOK: &str = "tianjin";
pub const NOW: i64 = 1_571_212_800_000;

/// A database that lives as long as this value, or as long as the server of these tests.
pub struct Place {
    dir: tempfile::TempDir,
    database: Database,
}

impl Place {
    /// In a file.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::File(dir.path().join("book.db"));
        Self { dir, database }
    }

    /// On the server; `None` when its tests are left out.
    pub fn on_server() -> Option<Self> {
        let server = server()?;
        let database = Database::at(&server.database().unwrap()).unwrap();
        Some(Self { dir: tempfile::tempdir().unwrap(), database })
    }

    /// Another database of the same kind.
    pub fn another(&self) -> Self {
        match self.database {
            Database::File(_) => Self::new(),
            Database::Server(_) => Self::on_server().unwrap(),
        }
    }

    pub fn database(&self) -> &Database {
        &self.database
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn open(&self) -> Chosen {
        open(&self.database)
    }

    pub fn writer(&self) -> AnyEngine {
        self.database.open_book().unwrap()
    }

    pub fn reader(&self) -> AnyEngine {
        self.database.open_read().unwrap()
    }
}

pub fn server() -> Option<&'static testkit::postgres::Server> {
    testkit::postgres::Server::shared().unwrap_or_else(|missing| panic!("{missing}"))
}

pub fn opening() -> Opening<'static> {
    Opening { book: BOOK, kind: HashKind::Sm3, now: NOW }
}

pub fn open(database: &Database) -> Chosen {
    store::open(database, opening()).unwrap()
}

pub fn file(path: &Path) -> Chosen {
    open(&Database::File(path.to_owned()))
}

pub fn act(stream: &str, number: i64) -> ActEnvelope {
    ActEnvelope {
        book: String::new(),
        seq: 0,
        stream: stream.into(),
        kind: "note.added".into(),
        form: 1,
        at: NOW + number,
        actor: Some(PersonId(3)),
        role: Some("commission".into()),
        org: Some(OrgId(1)),
        behalf: None,
        article: Some("第十一条".into()),
        pack: None,
        body: format!(r#"{{"number":{number},"text":"说明"}}"#),
    }
}

pub fn path(text: &str) -> AccountPath {
    text.parse().unwrap()
}

pub fn transfer(id: i64, from: &str, to: &str, fen: i64) -> Entry {
    let draft = EntryDraft {
        id: EntryId(id),
        date: Date::constant(2019, 10, 9),
        memo: "资金".into(),
        article: "第二条".into(),
    };
    draft.transfer(Transfer { from: path(from), to: path(to), amount: Money::from_fen(fen) }).unwrap()
}

pub fn deed(seq: u64) -> DeedRow {
    DeedRow {
        seq,
        person: PersonId(3),
        at: NOW,
        subject: "case:1".into(),
        number: "津帮申〔2019〕1号".into(),
        title: "加工厂".into(),
        what: "记录".into(),
        what_en: "noted".into(),
        cite: "第十一条".into(),
    }
}
