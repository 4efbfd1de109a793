//! Write path: acts a second through the store's book, against hand-written SQL that leaves the same rows.
//!
//! One act is: the act, an entry with two legs, two balances, one read-model row. The hand-written side binds ready-made values and
//! hashes nothing; the book writes the envelope, hashes it, keeps the tree and the floors. Both run in turn on one disk with the
//! same settings, and the better of the rounds counts, so that the ratio means something on a busy machine. The second table is the
//! same on a PostgreSQL server of this run, over its socket, where there is one.
//!
//! `cargo bench -p store --bench write`

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use app::ports::Book as _;
use app::rows::DeedRow;
use journal::{ActEnvelope, HashKind};
use kernel::Date;
use kernel::id::{EntryId, OrgId, PersonId};
use kernel::money::Money;
use ledger::{AccountPath, Entry, EntryDraft, Transfer};
use rusqlite::{CachedStatement, Connection, params};
use store::{Book, Engine, Opening, embedded};
use testkit::postgres::Server;

mod server;

type Outcome<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 5;

fn main() -> Outcome<()> {
    println!("{:>6} {:>16} {:>16} {:>7}", "batch", "hand-written/s", "book/s", "ratio");
    for (batch, acts) in [(1, 1_500), (64, 12_800), (256, 25_600), (1_000, 40_000)] {
        let (mut raw, mut book) = (0_f64, 0_f64);
        for _ in 0..ROUNDS {
            raw = raw.max(rate(acts, |path| by_hand(path, acts, batch))?);
            book = book.max(rate(acts, |path| through_the_book(path, acts, batch))?);
        }
        println!("{batch:>6} {raw:>16.0} {book:>16.0} {:>6.2}x", book / raw);
    }
    match Server::shared() {
        Ok(Some(server)) => server::compare(server),
        Ok(None) => Ok(()),
        Err(missing) => {
            println!("PostgreSQL: {missing}");
            Ok(())
        }
    }
}

/// Acts a second of one run on a fresh database.
fn rate(acts: i64, run: impl FnOnce(&Path) -> Outcome<f64>) -> Outcome<f64> {
    let dir = tempfile::tempdir()?;
    let seconds = run(&dir.path().join("book.db"))?;
    Ok(acts as f64 / seconds)
}

fn opening() -> Opening<'static> {
    Opening { book: "tianjin", kind: HashKind::Sm3, now: 0 }
}

const BODY: &str =
    r#"{"step":"district_acceptance","kind":"pass","on":"2019-10-09","opinion":"材料齐全，符合条件"}"#;

fn act(number: i64) -> ActEnvelope {
    ActEnvelope {
        book: String::new(),
        seq: 0,
        stream: format!("case:{}", number / 20),
        kind: "case.stepped".into(),
        form: 1,
        at: 1_571_212_800_000 + number,
        actor: Some(PersonId(3)),
        role: Some("district".into()),
        org: Some(OrgId(1)),
        behalf: None,
        article: Some("第十三条".into()),
        pack: None,
        body: BODY.into(),
    }
}

fn entry(number: i64, from: &AccountPath, to: &AccountPath) -> Outcome<Entry> {
    let draft = EntryDraft {
        id: EntryId(number + 1),
        date: Date::constant(2019, 10, 9),
        memo: "审定资助".into(),
        article: "第十四条".into(),
    };
    Ok(draft.transfer(Transfer { from: from.clone(), to: to.clone(), amount: Money::from_fen(100) })?)
}

fn deed(seq: u64, number: i64) -> DeedRow {
    DeedRow {
        seq,
        person: PersonId(number % 50),
        at: 1_571_212_800_000 + number,
        subject: "case:1".into(),
        number: "津帮申〔2019〕1号".into(),
        title: "榆中加工厂".into(),
        what: "区县验收".into(),
        what_en: "district acceptance".into(),
        cite: "第十三条".into(),
    }
}

fn accounts(number: i64) -> Outcome<(AccountPath, AccountPath)> {
    let case = format!("committed:case:{}", number / 20);
    Ok(("authority:tianjin".parse()?, case.parse()?))
}

fn through_the_book(path: &Path, acts: i64, batch: i64) -> Outcome<f64> {
    write(&mut embedded(path, opening())?.book, acts, batch)
}

fn write<E: Engine + Send>(book: &mut Book<E>, acts: i64, batch: i64) -> Outcome<f64> {
    let started = Instant::now();
    for first in (0..acts).step_by(batch as usize) {
        book.begin()?;
        for number in first..(first + batch).min(acts) {
            book.savepoint()?;
            let seq = book.append(act(number))?;
            let (from, to) = accounts(number)?;
            book.post(&entry(number, &from, &to)?, seq)?;
            book.put_deed(&deed(seq, number))?;
            book.keep()?;
        }
        book.commit()?;
    }
    Ok(started.elapsed().as_secs_f64())
}

fn by_hand(path: &Path, acts: i64, batch: i64) -> Outcome<f64> {
    drop(embedded(path, opening())?);
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
    )?;
    let mut sql = Sql::prepare(&connection)?;
    let stored = ActEnvelope { book: "tianjin".into(), seq: 1_000, ..act(1_000) }.to_bytes()?;
    let started = Instant::now();
    for first in (0..acts).step_by(batch as usize) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for number in first..(first + batch).min(acts) {
            sql.one(number, &stored)?;
        }
        connection.execute(
            "UPDATE book_head SET size = ?1, frontier = ?2, root = ?2",
            params![first, [7_u8; 32]],
        )?;
        connection.execute_batch("COMMIT")?;
    }
    Ok(started.elapsed().as_secs_f64())
}

struct Sql<'c> {
    act: CachedStatement<'c>,
    account: CachedStatement<'c>,
    entry: CachedStatement<'c>,
    posting: CachedStatement<'c>,
    row: CachedStatement<'c>,
}

impl<'c> Sql<'c> {
    fn prepare(connection: &'c Connection) -> Outcome<Self> {
        Ok(Self {
            act: connection.prepare_cached("INSERT INTO act VALUES (?1, ?2, 'case.stepped', ?3, ?4, ?5)")?,
            account: connection.prepare_cached(
                "INSERT INTO account (path, floor, fen) VALUES (?1, ?2, ?3) ON CONFLICT (path) DO UPDATE SET fen = fen + excluded.fen",
            )?,
            entry: connection
                .prepare_cached("INSERT INTO entry VALUES (?1, ?2, '2019-10-09', '审定资助', '第十四条')")?,
            posting: connection.prepare_cached("INSERT INTO leg VALUES (?1, ?2, ?3, ?4, NULL)")?,
            row: connection.prepare_cached(
                "INSERT INTO row_deed VALUES (?1, ?2, ?3, 'case:1', '津帮申〔2019〕1号', '榆中加工厂', \
                 '区县验收', 'district acceptance', '第十三条')",
            )?,
        })
    }

    fn one(&mut self, number: i64, stored: &[u8]) -> Outcome<()> {
        let (stream, account) = (format!("case:{}", number / 20), format!("committed:case:{}", number / 20));
        let at = 1_571_212_800_000 + number;
        self.act.execute(params![number, stream, at, [7_u8; 32], stored])?;
        self.account.execute(params!["authority:tianjin", None::<i64>, -100])?;
        self.account.execute(params![account, 0, 100])?;
        self.entry.execute(params![number + 1, number])?;
        self.posting.execute(params![2 * number + 1, number + 1, "authority:tianjin", -100])?;
        self.posting.execute(params![2 * number + 2, number + 1, account, 100])?;
        self.row.execute(params![number, number % 50, at])?;
        Ok(())
    }
}
