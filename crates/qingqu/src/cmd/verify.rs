//! `qingqu verify`: recomputes the log, the ledger and the read models of a book, and says what differs.

use super::backup::root;
use super::place::Place;
use crate::packs::{self, Policies};
use anyhow::{Context, Result};
use app::Packs;
use app::ports::{Fault, Reads as _};
use clap::Args as ClapArgs;
use journal::{ActEnvelope, HashKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::Database;
use store::pool::Pool;

/// Arguments of `verify`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// 直接核验一个数据库文件（例如备份） / verify this database file instead
    #[arg(long)]
    file: Option<PathBuf>,
    #[command(flatten)]
    policies: Policies,
}

/// Verifies; answers whether everything agrees.
pub fn run(args: &Args) -> Result<bool> {
    let database =
        args.file.clone().map_or_else(|| args.place.database(), |path| Ok(Database::File(path)))?;
    let differences = differences_of(&database, &args.policies.all()?)?;
    for line in &differences.lines {
        println!("{line}");
    }
    println!("{}", differences.summary);
    Ok(differences.lines.is_empty())
}

/// What a verification found.
#[derive(Debug)]
pub struct Differences {
    /// One line a difference.
    pub lines: Vec<String>,
    /// What was read.
    pub summary: String,
}

/// Verifies a database file: storage, log and ledger first, then every read model against a replay of the journal.
pub fn differences(path: &Path) -> Result<Differences> {
    differences_of(&Database::File(path.to_owned()), &packs::builtin()?)
}

/// Verifies a database, as [`differences`] does, whose acts were done under packs among these.
pub fn differences_of(database: &Database, packs: &Packs) -> Result<Differences> {
    let mut engine = database.open_read().with_context(|| format!("opening {database}"))?;
    let report = store::verify::book(&mut engine)?;
    let mut lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let mut tables = 0;
    if lines.is_empty() {
        // The replay is hashed as the book is: the ledger's running digest is compared too.
        let head = store::slice::journal::head(&mut engine)?.context("the book has no head")?;
        let written = store::slice::setting::get(&mut engine, app::lines::SETTING)?;
        let unwritten = written.unwrap_or_default() != app::lines::written_from(packs);
        // Lines that were written from another text of a pack are written anew when the book is opened.
        let passed_over = unwritten.then_some(LINES);
        let (compared, differing) = read_models(database, head.frontier.kind(), packs, passed_over)?;
        tables = compared;
        lines.extend(differing);
    }
    let summary =
        format!("acts {} entries {} tables {tables} root {}", report.acts, report.entries, root(&report));
    Ok(Differences { lines, summary })
}

/// The read model of the lines of registers.
const LINES: &str = "line";

/// Replays the journal into a book beside it and compares the digest of every table but the one that is passed over.
fn read_models(
    database: &Database,
    kind: HashKind,
    packs: &Packs,
    passed_over: Option<&str>,
) -> Result<(usize, Vec<String>)> {
    let here = store::Reads::new(Arc::new(Pool::new(database.clone())));
    let folder = scratch()?;
    let outcome = compare(&here, kind, &folder, packs, passed_over);
    std::fs::remove_dir_all(&folder)?;
    outcome
}

/// A folder of its own: several verifications may run at once, in one process too.
fn scratch() -> Result<PathBuf> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("qingqu-verify-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn compare(
    here: &dyn app::ports::Reads,
    kind: HashKind,
    folder: &Path,
    packs: &Packs,
    passed_over: Option<&str>,
) -> Result<(usize, Vec<String>)> {
    let name = here.acts(0, 1)?.first().map_or_else(String::new, |act| act.book.clone());
    let opening = store::Opening { book: &name, kind, now: 0 };
    let mut again = store::embedded(&folder.join("replay.db"), opening)?;
    app::replay::replay(acts(here), &mut again.book, packs)?;
    let mut before = here.digests()?;
    before.retain(|(table, _)| passed_over != Some(table.as_str()));
    let after = again.reads.digests()?;
    let mut lines = Vec::new();
    for (table, digest) in &before {
        match after.iter().find(|(name, _)| name == table) {
            Some((_, other)) if other == digest => {}
            Some(_) => lines.push(format!("read model {table}: rows differ from a replay of the journal")),
            None => lines.push(format!("read model {table}: absent from a replay of the journal")),
        }
    }
    Ok((before.len(), lines))
}

/// All acts, page by page.
fn acts(reads: &dyn app::ports::Reads) -> impl Iterator<Item = Result<ActEnvelope, Fault>> + '_ {
    const PAGE: usize = 1_000;
    let mut from = 0_u64;
    let mut page: std::vec::IntoIter<ActEnvelope> = Vec::new().into_iter();
    let mut over = false;
    std::iter::from_fn(move || {
        loop {
            if let Some(act) = page.next() {
                return Some(Ok(act));
            }
            if over {
                return None;
            }
            match reads.acts(from, PAGE) {
                Ok(next) => {
                    over = next.len() < PAGE;
                    from += next.len() as u64;
                    page = next.into_iter();
                }
                Err(fault) => {
                    over = true;
                    return Some(Err(fault));
                }
            }
        }
    })
}
