//! The bare side: rows read back from a book, and written again by the store's own statements, a transaction a batch.
//!
//! It writes what the book writes in as many transactions with the same settings, and table by table as the book does: acts with
//! their leaf hashes, entries, legs, read models and answers each once; balances, counters, the row of a year that fees were paid
//! from and the head once a transaction; and of the index by which cases are found the rows that the cases of a transaction stand
//! in, as they are after it. In the end both books hold the same rows, which is compared. It sets no marks, for a book whose rows
//! wait needs none either; it asks nothing (no key, no credit code, no sign-in name), forgets no tasks or roles before it writes
//! new ones, and computes nothing.

use anyhow::{Context as _, Result, ensure};
use app::rows::CaseRow;
use kernel::id::CaseId;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;
use store::slice::digest;
use store::slice::find::{Kept, marks};
use store::sql::{answer, case, counter, deed, find, journal, ledger, org, person, task, year};
use store::{Engine as _, Row, Sqlite, Statement, Val};

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

type Cells = Vec<Cell>;

impl Cell {
    fn of(value: Val<'_>) -> Cell {
        match value {
            Val::Null => Cell::Null,
            Val::Int(number) => Cell::Int(number),
            Val::Text(text) => Cell::Text(text.to_owned()),
            Val::Bytes(bytes) => Cell::Bytes(bytes.to_vec()),
        }
    }

    fn val(&self) -> Val<'_> {
        match self {
            Cell::Null => Val::Null,
            Cell::Int(number) => Val::Int(*number),
            Cell::Text(text) => Val::Text(text),
            Cell::Bytes(bytes) => Val::Bytes(bytes),
        }
    }
}

/// Rows of one table with the statement that writes one.
#[derive(Debug, Clone)]
struct Table {
    put: &'static Statement,
    rows: Vec<Cells>,
}

/// What stands in a book: acts, entries with their legs, read models; and what each transaction writes again.
#[derive(Debug, Clone, Default)]
pub struct Written {
    tables: Vec<Table>,
    again: Vec<Table>,
}

/// Tables whose rows are read as they are written.
static READ_MODELS: [(&Statement, &Statement); 6] = [
    (&org::ORG_ALL, &org::ORG_PUT),
    (&person::PERSON_ALL, &person::PERSON_PUT),
    (&person::ROLE_ALL, &person::ROLE_PUT),
    (&case::CASE_ALL, &case::CASE_PUT),
    (&task::TASK_ALL, &task::TASK_PUT),
    (&deed::DEED_ALL, &deed::DEED_PUT),
];

/// Tables whose rows change with every transaction.
static AGAIN: [(&Statement, &Statement); 3] = [
    (&ledger::ACCOUNT_LIST, &ledger::ACCOUNT_SET),
    (&counter::COUNTER_LIST, &counter::COUNTER_SET),
    (&year::YEAR_ALL, &year::YEAR_PUT),
];

impl Written {
    /// Everything in a book.
    pub fn of(path: &Path) -> Result<Written> {
        let mut engine = Sqlite::open_read(path)?;
        let all = [Val::Int(0), Val::Int(i64::MAX)];
        let mut tables =
            vec![Table { put: &journal::ACT_PUT, rows: read(&mut engine, &journal::ACT_CHECK, &all)? }];
        let legs = read(&mut engine, &ledger::POSTING_PAGE, &all)?;
        let entry = |leg: &Cells| [1, 5, 6, 7, 8].map(|column| leg[column].clone()).to_vec();
        let entries: BTreeSet<Cells> = legs.iter().map(entry).collect();
        tables.push(Table { put: &ledger::ENTRY_PUT, rows: entries.into_iter().collect() });
        tables.push(Table {
            put: &ledger::POSTING_PUT,
            rows: legs.iter().map(|leg| leg[..5].to_vec()).collect(),
        });
        let mut table = |(all, put): (&'static Statement, &'static Statement)| -> Result<Table> {
            Ok(Table { put, rows: read(&mut engine, all, &[])? })
        };
        for pair in READ_MODELS {
            tables.push(table(pair)?);
        }
        Ok(Written { tables, again: AGAIN.into_iter().map(table).collect::<Result<_>>()? })
    }

    /// What stands here and did not before. A fee writes the row of its year again, unchanged: so does the bare side.
    pub fn since(mut self, before: &Written) -> Written {
        let fees = self.rows_of(&ledger::ENTRY_PUT).len() - before.rows_of(&ledger::ENTRY_PUT).len();
        for table in self.tables.iter_mut().chain(&mut self.again) {
            let old: BTreeSet<&Cells> = before.rows_of(table.put).iter().collect();
            let stays = table.put.name == year::YEAR_PUT.name && fees > 0;
            table.rows.retain(|row| stays || !old.contains(row));
        }
        self
    }

    fn rows_of(&self, put: &'static Statement) -> &[Cells] {
        let mut tables = self.tables.iter().chain(&self.again);
        tables.find(|table| table.put.name == put.name).map_or(&[], |table| &table.rows)
    }

    /// How many acts.
    pub fn acts(&self) -> usize {
        self.rows_of(&journal::ACT_PUT).len()
    }

    /// How many rows in all.
    pub fn rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }
}

fn read(engine: &mut Sqlite, statement: &'static Statement, params: &[Val<'_>]) -> Result<Vec<Cells>> {
    let mut rows = Vec::new();
    engine.rows(statement, params, &mut |row: &dyn Row| {
        rows.push((0..row.width()).map(|column| row.val(column).map(Cell::of)).collect::<Result<_, _>>()?);
        Ok(())
    })?;
    Ok(rows)
}

/// Writes the rows into a copy of the book as it stood before; gives the seconds.
pub fn run(book: &Path, written: &Written, commands: usize, batch: usize) -> Result<f64> {
    let mut engine = Sqlite::open(book)?;
    let head: Vec<Cells> =
        read(&mut engine, &journal::HEAD, &[])?.into_iter().map(|row| row[2..].to_vec()).collect();
    let answers: Vec<Cells> = (0..commands).map(answer).collect();
    let batches = commands.div_ceil(batch);
    let index = index(&mut engine, written, batches)?;
    let started = Instant::now();
    for number in 0..batches {
        engine.begin_write()?;
        for table in &written.tables {
            // The legs of an entry go with it.
            let together = if table.put.name == ledger::POSTING_PUT.name { 2 } else { 1 };
            let part = |n: usize| table.rows.len() / together * n / batches * together;
            put(&mut engine, table.put, &table.rows[part(number)..part(number + 1)])?;
        }
        put(
            &mut engine,
            &answer::ANSWER_PUT,
            &answers[batch * number..(batch * (number + 1)).min(commands)],
        )?;
        put(&mut engine, &find::FIND_PUT, &index[number])?;
        written.again.iter().try_for_each(|table| put(&mut engine, table.put, &table.rows))?;
        put(&mut engine, &journal::HEAD_SET, &head)?;
        engine.commit()?;
    }
    Ok(started.elapsed().as_secs_f64())
}

/// The rows of the index that each transaction writes: worked out as the book does it, and rolled back.
fn index(engine: &mut Sqlite, written: &Written, batches: usize) -> Result<Vec<Vec<Cells>>> {
    let cases = written.rows_of(&case::CASE_PUT);
    let mut before: BTreeSet<Cells> = read(engine, &find::FIND_ALL, &[])?.into_iter().collect();
    let mut kept = Kept::default();
    let mut index = Vec::with_capacity(batches);
    engine.begin_write()?;
    put(engine, &case::CASE_PUT, cases)?;
    for number in 0..batches {
        let part = cases.len() * number / batches..cases.len() * (number + 1) / batches;
        let rows: Vec<CaseRow> = cases[part].iter().map(|row| case_of(engine, row)).collect::<Result<_>>()?;
        kept.change(engine, &marks(rows.iter().map(|row| (None, row))))?;
        let after: BTreeSet<Cells> = read(engine, &find::FIND_ALL, &[])?.into_iter().collect();
        index.push(after.difference(&before).cloned().collect());
        before = after;
    }
    engine.rollback()?;
    Ok(index)
}

fn case_of(engine: &mut Sqlite, row: &Cells) -> Result<CaseRow> {
    let Some(Cell::Int(id)) = row.first() else { anyhow::bail!("a case without an id") };
    store::slice::case::get(engine, CaseId(*id))?.context("a case that was just written")
}

/// Whether two books hold the same rows.
pub fn compare(one: &Path, other: &Path) -> Result<()> {
    let digests = |path: &Path| -> Result<Vec<_>> {
        let mut digests = digest::all(&mut Sqlite::open_read(path)?)?;
        // The bare side leaves the head as it found it.
        digests.retain(|(table, _)| table != "ledger");
        Ok(digests)
    };
    ensure!(digests(one)? == digests(other)?, "the bare side wrote other rows than the book");
    Ok(())
}

fn answer(command: usize) -> Cells {
    let answer = r#"{"id":1234,"also":null,"number":"津前-2019-0001","seq":123456}"#.to_owned();
    vec![Cell::Text(format!("bare-{command}")), Cell::Bytes(vec![7; 32]), Cell::Text(answer), Cell::Int(0)]
}

fn put(engine: &mut Sqlite, statement: &'static Statement, rows: &[Cells]) -> Result<()> {
    let Some(row) = rows.first() else { return Ok(()) };
    let values: Vec<Val<'_>> = rows.iter().flatten().map(Cell::val).collect();
    engine.bulk_put(statement, row.len(), &values)?;
    Ok(())
}
