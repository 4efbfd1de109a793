//! The comparison on a PostgreSQL server: one connection each, prepared statements, the same rows.

use std::time::Instant;

use journal::ActEnvelope;
use postgres::{Client, NoTls, Statement, Transaction};
use store::{Database, open};
use testkit::postgres::Server;

use super::{Outcome, ROUNDS, act, opening, write};

/// Prints the table.
pub fn compare(server: &Server) -> Outcome<()> {
    println!("\n{:>6} {:>16} {:>16} {:>7}   PostgreSQL", "batch", "hand-written/s", "book/s", "ratio");
    for (batch, acts) in [(1, 600), (64, 6_400), (256, 12_800)] {
        let (mut raw, mut book) = (0_f64, 0_f64);
        for _ in 0..ROUNDS {
            raw = raw.max(acts as f64 / by_hand(&server.database()?, acts, batch)?);
            book = book.max(acts as f64 / through_the_book(&server.database()?, acts, batch)?);
        }
        println!("{batch:>6} {raw:>16.0} {book:>16.0} {:>6.2}x", book / raw);
    }
    Ok(())
}

fn through_the_book(url: &str, acts: i64, batch: i64) -> Outcome<f64> {
    write(&mut open(&Database::at(url)?, opening())?.book, acts, batch)
}

fn by_hand(url: &str, acts: i64, batch: i64) -> Outcome<f64> {
    drop(open(&Database::at(url)?, opening())?);
    let mut client = Client::connect(url, NoTls)?;
    let sql = Sql::prepare(&mut client)?;
    let stored = ActEnvelope { book: "tianjin".into(), seq: 1_000, ..act(1_000) }.to_bytes()?;
    let started = Instant::now();
    for first in (0..acts).step_by(batch as usize) {
        let mut transaction = client.transaction()?;
        for number in first..(first + batch).min(acts) {
            sql.one(&mut transaction, number, &stored)?;
        }
        let root = [7_u8; 32];
        transaction.execute(&sql.head, &[&first, &root.as_slice()])?;
        transaction.commit()?;
    }
    Ok(started.elapsed().as_secs_f64())
}

struct Sql {
    head: Statement,
    act: Statement,
    account: Statement,
    entry: Statement,
    posting: Statement,
    row: Statement,
}

impl Sql {
    fn prepare(client: &mut Client) -> Outcome<Self> {
        Ok(Self {
            head: client.prepare("UPDATE book_head SET size = $1, frontier = $2, root = $2")?,
            act: client.prepare("INSERT INTO act VALUES ($1, $2, 'case.stepped', $3, $4, $5)")?,
            account: client.prepare(
                "INSERT INTO account (path, floor, fen) VALUES ($1, $2, $3) \
                 ON CONFLICT (path) DO UPDATE SET fen = account.fen + excluded.fen",
            )?,
            entry: client
                .prepare("INSERT INTO entry VALUES ($1, $2, '2019-10-09', '审定资助', '第十四条')")?,
            posting: client.prepare("INSERT INTO leg VALUES ($1, $2, $3, $4, NULL)")?,
            row: client.prepare(
                "INSERT INTO row_deed VALUES ($1, $2, $3, 'case:1', '津帮申〔2019〕1号', '榆中加工厂', \
                 '区县验收', 'district acceptance', '第十三条')",
            )?,
        })
    }

    fn one(&self, transaction: &mut Transaction<'_>, number: i64, stored: &[u8]) -> Outcome<()> {
        let (stream, account) = (format!("case:{}", number / 20), format!("committed:case:{}", number / 20));
        let (at, leaf) = (1_571_212_800_000 + number, [7_u8; 32].as_slice());
        let (authority, none, zero) = ("authority:tianjin", None::<i64>, Some(0_i64));
        transaction.execute(&self.act, &[&number, &stream, &at, &leaf, &stored])?;
        transaction.execute(&self.account, &[&authority, &none, &-100_i64])?;
        transaction.execute(&self.account, &[&account, &zero, &100_i64])?;
        transaction.execute(&self.entry, &[&(number + 1), &number])?;
        transaction.execute(&self.posting, &[&(2 * number + 1), &(number + 1), &authority, &-100_i64])?;
        transaction.execute(&self.posting, &[&(2 * number + 2), &(number + 1), &account, &100_i64])?;
        transaction.execute(&self.row, &[&number, &(number % 50), &at])?;
        Ok(())
    }
}
