//! Made-up acts, entries and rows for the tests of the store, and a database in a directory of its own.

use std::path::{Path, PathBuf};

use app::rows::DeedRow;
use journal::{ActEnvelope, HashKind};
use kernel::Date;
use kernel::id::{EntryId, OrgId, PersonId};
use kernel::money::Money;
use ledger::{AccountPath, Entry, EntryDraft, Transfer};
use store::{Embedded, Opening, embedded};

pub const BOOK: &str = "tianjin";
pub const NOW: i64 = 1_571_212_800_000;

/// A database that lives as long as this value.
pub struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn open(&self) -> Embedded {
        open(&self.path("book.db"))
    }
}

pub fn open(path: &Path) -> Embedded {
    embedded(path, Opening { book: BOOK, kind: HashKind::Sm3, now: NOW }).unwrap()
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
