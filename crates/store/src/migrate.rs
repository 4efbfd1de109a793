//! Forward-only schema changes, each recorded with its digest; a changed or unknown past is refused.

use journal::digest::HashKind;

use crate::engine::{Engine, Fault, FaultKind, list};
use crate::slice::said;
use crate::sql;

/// One schema change. Once released it is never edited: a later one corrects it.
#[derive(Debug)]
pub struct Migration {
    /// Its name; names sort in the order of application.
    pub name: &'static str,
    /// Schema statements in the portable subset.
    pub scripts: &'static [&'static str],
    /// Tables of these scripts to which rows are only added.
    pub append_only: &'static [&'static str],
    /// Fills the new tables from what the book holds already, in the transaction of the change.
    pub fill: Option<Fill>,
}

/// Fills new tables of a book that was kept before there were any.
pub type Fill = fn(&mut dyn Engine) -> Result<(), Fault>;

/// All schema changes, oldest first.
pub static ALL: &[Migration] = &[
    Migration {
        name: "0001_book",
        scripts: &[sql::journal::SCHEMA, sql::ledger::SCHEMA, sql::answer::SCHEMA, sql::counter::SCHEMA],
        append_only: &["act", "entry", "posting"],
        fill: None,
    },
    Migration {
        name: "0002_house",
        scripts: &[
            sql::credential::SCHEMA,
            sql::session::SCHEMA,
            sql::draft::SCHEMA,
            sql::paper::SCHEMA,
            sql::secret::SCHEMA,
            sql::setting::SCHEMA,
        ],
        append_only: &[],
        fill: None,
    },
    Migration {
        name: "0003_rows",
        scripts: &[
            sql::org::SCHEMA,
            sql::person::SCHEMA,
            sql::year::SCHEMA,
            sql::case::SCHEMA,
            sql::plan::SCHEMA,
            sql::task::SCHEMA,
            sql::duty::SCHEMA,
            sql::award::SCHEMA,
            sql::notice::SCHEMA,
            sql::objection::SCHEMA,
            sql::report::SCHEMA,
            sql::deed::SCHEMA,
        ],
        append_only: &[],
        fill: None,
    },
    Migration {
        name: "0004_money",
        scripts: &[
            sql::ledger::LOTS,
            sql::source::SCHEMA,
            sql::project::SCHEMA,
            sql::allocation::SCHEMA,
            sql::claim::SCHEMA,
            sql::batch::SCHEMA,
            sql::consent::SCHEMA,
        ],
        append_only: &[],
        fill: None,
    },
    Migration {
        name: "0005_life",
        scripts: &[
            sql::case::LIBRARY,
            sql::notice::OF_CASES,
            sql::objection::OF_CASES,
            sql::project::CASE,
            sql::find::SCHEMA,
        ],
        append_only: &[],
        fill: None,
    },
    Migration { name: "0006_hands", scripts: &[sql::person::BORROWED], append_only: &[], fill: None },
    Migration { name: "0007_chains", scripts: &[sql::ledger::CHAINS], append_only: &["leg"], fill: None },
    Migration { name: "0008_said", scripts: &[sql::said::SCHEMA], append_only: &[], fill: Some(said::fill) },
    Migration { name: "0009_lines", scripts: &[sql::line::SCHEMA], append_only: &[], fill: None },
    Migration { name: "0010_rosters", scripts: &[sql::roster::SCHEMA], append_only: &[], fill: None },
];

/// A recorded migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its name.
    pub name: String,
    /// SM3 over its text, in hex.
    pub digest: String,
    /// When, in milliseconds of Unix time.
    pub at: i64,
}

impl Migration {
    /// SM3 over the scripts and the names of the append-only tables, in hex.
    pub fn digest(&self) -> String {
        let text = [self.scripts.concat(), self.append_only.join("\n")].join("\n--\n");
        HashKind::Sm3.plain(text.as_bytes()).to_string()
    }
}

/// Applies what is missing, each change in its own transaction; gives the names applied now. Another process may be doing the same.
pub fn run(engine: &mut dyn Engine, migrations: &[Migration], now: i64) -> Result<Vec<&'static str>, Fault> {
    let mut names = Vec::new();
    loop {
        engine.begin_write()?;
        match step(engine, migrations, now) {
            Ok(Some(name)) => {
                engine.commit()?;
                names.push(name);
            }
            Ok(None) => {
                engine.rollback()?;
                return Ok(names);
            }
            Err(fault) => {
                engine.rollback()?;
                return Err(fault);
            }
        }
    }
}

/// Applies the next change, if there is one.
fn step(engine: &mut dyn Engine, migrations: &[Migration], now: i64) -> Result<Option<&'static str>, Fault> {
    engine.script(sql::migration::SCHEMA)?;
    let done = applied(engine)?;
    if !begins_with(&done, migrations) {
        // A newer program's database, or an edited past: either way this program must not write.
        return Err(Fault::new(FaultKind::Setup, "migrations"));
    }
    let Some(next) = migrations.get(done.len()) else { return Ok(None) };
    apply(engine, next, now)?;
    Ok(Some(next.name))
}

/// Whether these changes are the first ones of a list.
pub(crate) fn begins_with(done: &[Applied], migrations: &[Migration]) -> bool {
    done.len() <= migrations.len()
        && done
            .iter()
            .zip(migrations)
            .all(|(done, migration)| done.name == migration.name && done.digest == migration.digest())
}

/// What was applied, oldest first.
pub fn applied(engine: &mut dyn Engine) -> Result<Vec<Applied>, Fault> {
    list(engine, &sql::migration::MIGRATION_LIST, &[], |row| {
        Ok(Applied { name: row.text(0)?.to_owned(), digest: row.text(1)?.to_owned(), at: row.int(2)? })
    })
}

fn apply(engine: &mut dyn Engine, migration: &Migration, now: i64) -> Result<(), Fault> {
    for script in migration.scripts {
        engine.script(script)?;
    }
    for table in migration.append_only {
        engine.append_only(table)?;
    }
    if let Some(fill) = migration.fill {
        fill(engine)?;
    }
    let digest = migration.digest();
    engine
        .run(&sql::migration::MIGRATION_PUT, &[migration.name.into(), digest.as_str().into(), now.into()])
        .map(drop)
}
