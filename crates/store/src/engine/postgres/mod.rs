//! PostgreSQL: the engine for a city or a province, where several server processes may stand on one database.
//!
//! A schema holds one book. Its writer is single across processes because each writing transaction first takes an advisory lock
//! that is named after the schema and ends with the transaction, also when the process dies. Connections have no TLS: a server on
//! another machine is reached by a socket folder, a private network or a tunnel. A lost connection is made again when the
//! next transaction begins; inside a transaction it is a fault, because what the transaction did is lost.

use std::collections::HashMap;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls};

use self::bind::{Columns, bulk_text};
use super::{CLUSTERED, Each, Engine, Fault, FaultKind, Statement, Val, in_order};

mod bind;
mod fault;

/// How a writing session is set up. A writer waits for another process as long as SQLite's does; a process that hangs inside a
/// transaction loses it after a minute, so that it cannot hold the book for ever.
const WRITER: &str = "SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 60000;";

/// How a reading session is set up.
const READER: &str = "SET default_transaction_read_only = on;";

/// What every session relies on.
const SESSION: &str = "SET client_min_messages = warning; SET synchronous_commit = on; \
                       SET standard_conforming_strings = on;";

/// Begins a transaction and waits until this process is the book's writer.
const BEGIN_BOOK: &str = "BEGIN; \
    SELECT pg_advisory_xact_lock(hashtextextended('qingqu book ' || current_schema(), 0))";

/// What the transactions of a connection are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// The book: one writer at a time.
    Book,
    /// Rows beside the book, each call complete in itself.
    Aside,
    /// Reading.
    Read,
}

/// Which text of a statement was prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Plain,
    Ids,
    Bulk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    None,
    Open,
    /// A statement failed: the server takes nothing but a return to the mark, or the end.
    Failed,
}

/// A connection to a PostgreSQL server.
pub struct Postgres {
    config: Config,
    access: Access,
    /// `None` after the connection was lost.
    client: Option<Client>,
    prepared: HashMap<(&'static str, Form), postgres::Statement>,
    transaction: Transaction,
    /// Marks not yet sent: they travel with the next statement.
    marks: String,
}

impl Postgres {
    /// Opens a connection that writes the book; refuses a server that would lose what it confirmed.
    pub fn open(url: &str) -> Result<Self, Fault> {
        let mut engine = Self::connected_to(url, Access::Book)?;
        engine.assert_setup()?;
        Ok(engine)
    }

    /// Opens a connection that writes beside the book: what it changes at a time is complete in itself.
    pub fn open_aside(url: &str) -> Result<Self, Fault> {
        Self::connected_to(url, Access::Aside)
    }

    /// Opens a connection that cannot write.
    pub fn open_read(url: &str) -> Result<Self, Fault> {
        Self::connected_to(url, Access::Read)
    }

    fn connected_to(url: &str, access: Access) -> Result<Self, Fault> {
        let wrong = |error: postgres::Error| Fault::with(FaultKind::Setup, "address of the database", error);
        let mut config: Config = url.parse().map_err(wrong)?;
        if config.get_application_name().is_none() {
            config.application_name("qingqu");
        }
        let mut engine = Self {
            config,
            access,
            client: None,
            prepared: HashMap::new(),
            transaction: Transaction::None,
            marks: String::new(),
        };
        engine.connect()?;
        Ok(engine)
    }

    fn connect(&mut self) -> Result<(), Fault> {
        self.let_go();
        let mut client = self.config.connect(NoTls).map_err(|error| fault::of("open", error))?;
        let access = if self.access == Access::Read { READER } else { WRITER };
        client.batch_execute(&[SESSION, access].concat()).map_err(|error| fault::of("open", error))?;
        self.client = Some(client);
        Ok(())
    }

    /// Gives the connection up, on a thread of its own: the client may not end inside another runtime.
    fn let_go(&mut self) {
        self.prepared.clear();
        self.marks.clear();
        self.transaction = Transaction::None;
        if let Some(client) = self.client.take() {
            // A client that panics while it ends takes nothing with it.
            let _ended = std::thread::spawn(move || drop(client)).join();
        }
    }

    fn client(&mut self, place: &'static str) -> Result<&mut Client, Fault> {
        self.client.as_mut().ok_or(Fault::new(FaultKind::Lost, place))
    }

    fn assert_setup(&mut self) -> Result<(), Fault> {
        // Without fsync a confirmed act is lost with the power; another encoding cannot hold every Chinese name.
        for (setting, needed) in [("fsync", "on"), ("server_encoding", "UTF8")] {
            let place = "fsync=on, server_encoding=UTF8";
            let row = self.client(place)?.query_one(&format!("SHOW {setting}"), &[]);
            let found: String =
                row.and_then(|row| row.try_get(0)).map_err(|error| fault::of(place, error))?;
            if found != needed {
                return Err(Fault::new(FaultKind::Setup, place));
            }
        }
        Ok(())
    }

    /// What a failure means for this connection and its transaction.
    fn failed(&mut self, place: &'static str, error: postgres::Error) -> Fault {
        let found = fault::of(place, error);
        let lost = found.kind == FaultKind::Lost || self.client.as_ref().is_none_or(Client::is_closed);
        if lost {
            self.let_go();
            return Fault { kind: FaultKind::Lost, ..found };
        }
        if self.transaction == Transaction::Open {
            self.transaction = Transaction::Failed;
        }
        found
    }

    fn simple(&mut self, place: &'static str, sql: &str) -> Result<(), Fault> {
        let done = self.client(place)?.batch_execute(sql);
        done.map_err(|error| self.failed(place, error))
    }

    /// Sends the marks that wait, before a statement.
    fn send_marks(&mut self) -> Result<(), Fault> {
        if self.marks.is_empty() {
            return Ok(());
        }
        let marks = std::mem::take(&mut self.marks);
        self.simple("savepoint", &marks)
    }

    fn begin(&mut self, place: &'static str, sql: &'static str) -> Result<(), Fault> {
        self.marks.clear();
        let fresh = self.client.is_none();
        if fresh {
            self.connect()?;
        }
        let mut begun = self.simple(place, sql);
        if !fresh && begun.as_ref().is_err_and(|fault| fault.kind == FaultKind::Lost) {
            // The server was started again since the last transaction.
            self.connect()?;
            begun = self.simple(place, sql);
        }
        self.transaction = if self.client.is_some() { Transaction::Open } else { Transaction::None };
        if begun.is_err() {
            self.rollback()?;
        }
        begun
    }

    fn prepared(&mut self, statement: &'static Statement, form: Form) -> Result<postgres::Statement, Fault> {
        if let Some(known) = self.prepared.get(&(statement.text, form)) {
            return Ok(known.clone());
        }
        let place = statement.name;
        let made = match form {
            Form::Plain => self.client(place)?.prepare(statement.text),
            Form::Ids => self.client(place)?.prepare(&with_ids(statement)),
            Form::Bulk => {
                let plain = self.prepared(statement, Form::Plain)?;
                let text = bulk_text(statement, plain.params())?;
                self.client(place)?.prepare(&text)
            }
        };
        let made = made.map_err(|error| self.failed(place, error))?;
        self.prepared.insert((statement.text, form), made.clone());
        Ok(made)
    }

    fn execute(
        &mut self,
        statement: &'static Statement,
        prepared: &postgres::Statement,
        params: &[Val<'_>],
    ) -> Result<u64, Fault> {
        fits(statement, prepared, params)?;
        let params: Vec<&(dyn ToSql + Sync)> =
            params.iter().map(|param| param as &(dyn ToSql + Sync)).collect();
        let done = self.client(statement.name)?.execute(prepared, &params);
        done.map_err(|error| self.failed(statement.name, error))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.let_go();
    }
}

impl Engine for Postgres {
    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        self.send_marks()?;
        // Bytes order texts, as in SQLite: the same lists, pages and digests whatever the server's locale.
        let sql = sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace(CLUSTERED, "\n);");
        self.simple("script", &sql)
    }

    fn append_only(&mut self, table: &str) -> Result<(), Fault> {
        self.send_marks()?;
        let trigger = format!(
            "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$; \
             CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();"
        );
        self.simple("append_only", &trigger)
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<(), Fault> {
        let form = if statement.text.contains("{ids}") { Form::Ids } else { Form::Plain };
        self.prepared(statement, form)?;
        in_order(statement)
    }

    fn run(&mut self, statement: &'static Statement, params: &[Val<'_>]) -> Result<u64, Fault> {
        self.send_marks()?;
        let prepared = self.prepared(statement, Form::Plain)?;
        self.execute(statement, &prepared, params)
    }

    fn rows(
        &mut self,
        statement: &'static Statement,
        params: &[Val<'_>],
        each: Each<'_>,
    ) -> Result<(), Fault> {
        self.send_marks()?;
        let prepared = self.prepared(statement, Form::Plain)?;
        fits(statement, &prepared, params)?;
        let mut wrong = None;
        let read = drain(self.client(statement.name)?.query_raw(&prepared, params), each, &mut wrong);
        self.read(statement, read, wrong)
    }

    fn by_ids(&mut self, statement: &'static Statement, ids: &[i64], each: Each<'_>) -> Result<(), Fault> {
        self.send_marks()?;
        let prepared = self.prepared(statement, Form::Ids)?;
        let mut wrong = None;
        let read = drain(self.client(statement.name)?.query_raw(&prepared, [ids]), each, &mut wrong);
        self.read(statement, read, wrong)
    }

    fn bulk_put(
        &mut self,
        statement: &'static Statement,
        width: usize,
        values: &[Val<'_>],
    ) -> Result<u64, Fault> {
        if values.len() <= width {
            return if values.is_empty() { Ok(0) } else { self.run(statement, values) };
        }
        self.send_marks()?;
        let types = self.prepared(statement, Form::Plain)?;
        let columns = Columns::of(statement, types.params(), width, values)?;
        let prepared = self.prepared(statement, Form::Bulk)?;
        let done = self.client(statement.name)?.execute(&prepared, &columns.params());
        done.map_err(|error| self.failed(statement.name, error))
    }

    fn begin_read(&mut self) -> Result<(), Fault> {
        self.begin("begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    fn begin_write(&mut self) -> Result<(), Fault> {
        self.begin("begin_write", if self.access == Access::Book { BEGIN_BOOK } else { "BEGIN" })
    }

    fn savepoint(&mut self) -> Result<(), Fault> {
        self.marks.push_str("SAVEPOINT command;");
        Ok(())
    }

    fn keep(&mut self) -> Result<(), Fault> {
        if self.marks.ends_with("SAVEPOINT command;") {
            // Nothing was done since the mark.
            self.marks.truncate(self.marks.len() - "SAVEPOINT command;".len());
        } else {
            self.marks.push_str("RELEASE command;");
        }
        Ok(())
    }

    fn undo(&mut self) -> Result<(), Fault> {
        if self.marks.ends_with("SAVEPOINT command;") {
            return self.keep();
        }
        self.simple("undo", "ROLLBACK TO command; RELEASE command;")?;
        if self.transaction == Transaction::Failed {
            self.transaction = Transaction::Open;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        if self.transaction != Transaction::Open {
            // The server would answer COMMIT with a silent ROLLBACK.
            self.rollback()?;
            return Err(Fault::new(FaultKind::Other, "commit after a failed statement"));
        }
        self.marks.clear();
        let done = self.simple("commit", "COMMIT");
        self.transaction = Transaction::None;
        done
    }

    fn rollback(&mut self) -> Result<(), Fault> {
        self.marks.clear();
        if self.transaction == Transaction::None {
            return Ok(());
        }
        self.transaction = Transaction::None;
        match self.simple("rollback", "ROLLBACK") {
            // The server rolls back what loses its connection.
            Err(fault) if fault.kind != FaultKind::Lost => Err(fault),
            _ => Ok(()),
        }
    }

    fn check(&mut self) -> Result<Vec<String>, Fault> {
        let found = self.client("check")?.query(CHECK, &[]);
        let found = found.map_err(|error| self.failed("check", error))?;
        let finding =
            |row: &postgres::Row| row.try_get::<_, String>(0).map_err(|error| fault::of("check", error));
        found.iter().map(finding).collect()
    }
}

/// Guards of this schema that are not in force: the server keeps its pages itself, but these can be switched off.
const CHECK: &str = "
SELECT 'index ' || c.relname || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)
UNION ALL
SELECT 'constraint ' || conname || ' is not validated' FROM pg_constraint
  WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
UNION ALL
SELECT 'trigger ' || t.tgname || ' is switched off' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'O'
UNION ALL
SELECT 'table ' || p.relname || ' is no longer append-only' FROM pg_proc f
  JOIN pg_class p ON f.proname = p.relname || '_append_only' AND p.relnamespace = f.pronamespace
  WHERE f.pronamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = p.oid AND t.tgfoid = f.oid)
ORDER BY 1";

impl Postgres {
    /// How a query ended: the server's failure, then the reader's.
    fn read(
        &mut self,
        statement: &'static Statement,
        read: Result<(), postgres::Error>,
        wrong: Option<Fault>,
    ) -> Result<(), Fault> {
        read.map_err(|error| self.failed(statement.name, error))?;
        wrong.map_or(Ok(()), |fault| Err(Fault { place: statement.name, ..fault }))
    }
}

fn drain(
    rows: Result<postgres::RowIter<'_>, postgres::Error>,
    each: Each<'_>,
    wrong: &mut Option<Fault>,
) -> Result<(), postgres::Error> {
    let mut rows = rows?;
    while let Some(row) = rows.next()? {
        if let Err(fault) = each(&row) {
            *wrong = Some(fault);
            break;
        }
    }
    Ok(())
}

/// An array and no query: of a query of unknown length PostgreSQL expects so many rows that it may read a whole table instead of an index.
fn with_ids(statement: &Statement) -> String {
    statement.text.replace("IN {ids}", "= ANY(CAST($1 AS BIGINT[]))")
}

fn fits(statement: &Statement, prepared: &postgres::Statement, params: &[Val<'_>]) -> Result<(), Fault> {
    if prepared.params().len() == params.len() {
        Ok(())
    } else {
        Err(Fault::new(FaultKind::Setup, statement.name))
    }
}

/// Runs work that may use a connection: from a thread that serves other tasks too, those are handed on first, for a client
/// waits on a runtime of its own and may not do so inside another.
pub(crate) fn aside<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => tokio::task::block_in_place(work),
        Err(_) => work(),
    }
}
