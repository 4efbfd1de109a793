//! An engine whose rows wait: what a transaction puts into the book's tables is kept in memory and written table by table, at the
//! commit or before a question that it concerns. A command that asks nothing of the kind needs no mark in the database: taking it
//! back forgets its rows. Nothing that is read, stored or refused differs for it, but that a row which the database refuses, which
//! is a bug above, may fail its whole batch.
//!
//! Rows of commands that were kept are never written inside the mark of a later one, and when they cannot be written, nothing goes
//! on but a rollback: what was kept is all there after the commit, or nothing is.

use self::log::Log;
use self::tables::{Concern, Rule, TABLES, Write};
use crate::engine::{Each, Engine, Fault, FaultKind, Statement, Val};

mod log;
mod rows;
mod tables;

/// After so many values a long transaction writes what waits.
const VALUES_MAX: usize = 1 << 17;

/// Where the writer stands in its transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// In no command: all rows stay.
    None,
    /// In a command that the database knows nothing of.
    Here,
    /// In a command whose mark the database holds.
    InDatabase,
}

/// An engine whose rows wait.
pub(super) struct Later<E> {
    engine: E,
    logs: Vec<Log>,
    mark: Mark,
    /// Numbers the commands of a transaction.
    command: u64,
    /// How many values were taken since the last writing.
    values: usize,
    /// Rows of the command since its mark could not be written: it can only be taken back.
    torn: bool,
    /// Rows that were to stay could not be written: the transaction can only be given up.
    lost: bool,
}

impl<E: Engine> Later<E> {
    /// Nothing waits yet.
    pub(super) fn new(engine: E) -> Self {
        let logs = TABLES.iter().map(|_| Log::default()).collect();
        Self { engine, logs, mark: Mark::None, command: 0, values: 0, torn: false, lost: false }
    }

    fn forget(&mut self) {
        self.logs.iter_mut().for_each(Log::forget);
        (self.mark, self.command, self.values) = (Mark::None, 0, 0);
        (self.torn, self.lost) = (false, false);
    }

    /// Sets the command's mark in the database, with the rows of all commands before it written.
    fn set_mark(&mut self) -> Result<(), Fault> {
        if self.mark != Mark::Here {
            return Ok(());
        }
        for (log, table) in self.logs.iter_mut().zip(TABLES) {
            let written = log.write_kept(&mut self.engine, table);
            self.lost |= written.is_err();
            written?;
        }
        self.engine.savepoint()?;
        self.mark = Mark::InDatabase;
        Ok(())
    }

    /// Writes all that waits.
    pub(super) fn write(&mut self) -> Result<(), Fault> {
        self.usable()?;
        if self.logs.iter().all(Log::is_empty) {
            return Ok(());
        }
        self.set_mark()?;
        for (log, table) in self.logs.iter_mut().zip(TABLES) {
            let written = log.write(&mut self.engine, table);
            match self.mark {
                Mark::None => self.lost |= written.is_err(),
                _ => self.torn |= written.is_err(),
            }
            written?;
        }
        self.values = 0;
        Ok(())
    }

    fn usable(&self) -> Result<(), Fault> {
        let unwritten = Fault::new(FaultKind::Other, "rows that could not be written");
        if self.lost || self.torn { Err(unwritten) } else { Ok(()) }
    }

    /// Takes a row; a second one of its kind that no rule lets replace the first is shown to the database at once.
    fn put(&mut self, place: usize, statement: &'static Statement, row: &[Val<'_>]) -> Result<u64, Fault> {
        let (table, log) = (&TABLES[place], &mut self.logs[place]);
        let key = matches!((&table.rule, &table.asked), (Rule::Added, Some(asked)) if asked.column == 0);
        if key && log.has_seen(row.first()) {
            self.write()?;
            self.set_mark()?;
            return self.engine.run(statement, row);
        }
        log.put(table, row, self.command);
        self.values += row.len();
        Ok(1)
    }

    /// Keeps memory small in a transaction without commands.
    fn bound(&mut self) -> Result<(), Fault> {
        if self.values > VALUES_MAX && self.mark == Mark::None { self.write() } else { Ok(()) }
    }
}

impl<E: Engine> Engine for Later<E> {
    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.write()?;
        self.set_mark()?;
        self.engine.script(sql)
    }

    fn append_only(&mut self, table: &str) -> Result<(), Fault> {
        self.write()?;
        self.set_mark()?;
        self.engine.append_only(table)
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<(), Fault> {
        self.engine.prepare(statement)
    }

    fn run(&mut self, statement: &'static Statement, params: &[Val<'_>]) -> Result<u64, Fault> {
        self.usable()?;
        match Write::of(statement) {
            Write::Put(place) => self.put(place, statement, params),
            Write::Clear(place) => {
                self.bound()?;
                self.logs[place].clear(params);
                Ok(0)
            }
            Write::Now => {
                self.write()?;
                self.set_mark()?;
                self.engine.run(statement, params)
            }
        }
    }

    fn rows(
        &mut self,
        statement: &'static Statement,
        params: &[Val<'_>],
        each: Each<'_>,
    ) -> Result<(), Fault> {
        match Concern::of(statement) {
            Concern::Nothing => self.usable()?,
            Concern::All => self.write()?,
            Concern::Of(place) if self.logs[place].has_seen(params.first()) => self.write()?,
            Concern::Of(place) => {
                self.usable()?;
                let replaces = !self.logs[place].is_empty() && !matches!(TABLES[place].rule, Rule::Added);
                if replaces {
                    // A row that is found may be one that a waiting row replaces.
                    let mut found = false;
                    self.engine.rows(statement, params, &mut |_| {
                        found = true;
                        Ok(())
                    })?;
                    if !found {
                        return Ok(());
                    }
                    self.write()?;
                }
            }
        }
        self.engine.rows(statement, params, each)
    }

    fn by_ids(&mut self, statement: &'static Statement, ids: &[i64], each: Each<'_>) -> Result<(), Fault> {
        self.write()?;
        self.engine.by_ids(statement, ids, each)
    }

    fn bulk_put(
        &mut self,
        statement: &'static Statement,
        width: usize,
        values: &[Val<'_>],
    ) -> Result<u64, Fault> {
        values.chunks(width).try_fold(0, |changed, row| Ok(changed + self.run(statement, row)?))
    }

    fn begin_read(&mut self) -> Result<(), Fault> {
        self.engine.begin_read()
    }

    fn begin_write(&mut self) -> Result<(), Fault> {
        self.forget();
        self.engine.begin_write()
    }

    fn savepoint(&mut self) -> Result<(), Fault> {
        self.usable()?;
        self.bound()?;
        self.command += 1;
        self.mark = Mark::Here;
        self.logs.iter_mut().for_each(Log::set_mark);
        Ok(())
    }

    fn keep(&mut self) -> Result<(), Fault> {
        self.usable()?;
        let mark = std::mem::replace(&mut self.mark, Mark::None);
        if mark == Mark::InDatabase { self.engine.keep() } else { Ok(()) }
    }

    fn undo(&mut self) -> Result<(), Fault> {
        for log in &mut self.logs {
            log.undo(self.command);
        }
        self.torn = false;
        if std::mem::replace(&mut self.mark, Mark::None) == Mark::InDatabase {
            self.engine.undo()?;
        }
        self.usable()
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.write()?;
        let committed = self.engine.commit();
        self.forget();
        committed
    }

    fn rollback(&mut self) -> Result<(), Fault> {
        self.forget();
        self.engine.rollback()
    }

    fn check(&mut self) -> Result<Vec<String>, Fault> {
        self.write()?;
        self.engine.check()
    }
}
