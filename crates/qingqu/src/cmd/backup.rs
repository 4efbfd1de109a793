//! `qingqu backup` and `qingqu restore`: both work on a running server, and refuse what does not verify. A book of PostgreSQL is
//! backed up as its portable stream; whoever runs the server has its own backups besides.

use super::carry;
use super::place::Place;
use crate::packs::Policies;
use anyhow::{Result, bail};
use clap::Args as ClapArgs;
use std::path::PathBuf;
use store::{BackupError, Database, Existing};

/// Arguments of `backup`.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// 备份到 / the new file
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `restore`.
#[derive(Debug, ClapArgs)]
pub struct RestoreArgs {
    /// 备份文件 / the backup
    from: PathBuf,
    #[command(flatten)]
    place: Place,
    /// 替换现有账簿，包括正在运行的 / replace what is there, also under a running server
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    policies: Policies,
}

/// Copies a book.
pub fn backup(args: &BackupArgs) -> Result<bool> {
    match args.place.database()? {
        Database::File(book) => said(store::backup(&book, &args.to)),
        server @ Database::Server(_) => carry::write(&server, &args.to).map(|()| true),
    }
}

/// Puts a backup in place.
pub fn restore(args: &RestoreArgs) -> Result<bool> {
    match args.place.database()? {
        Database::File(book) => {
            std::fs::create_dir_all(&args.place.dir().0)?;
            let existing = if args.replace { Existing::Replace } else { Existing::Keep };
            said(store::restore(&args.from, &book, existing))
        }
        Database::Server(_) if args.replace => {
            bail!(
                "a server's database is replaced by its administrator: drop it, create it empty, restore into it"
            )
        }
        server @ Database::Server(_) => carry::read(&args.from, &server, &args.policies.all()?),
    }
}

fn said(done: Result<store::verify::Report, BackupError>) -> Result<bool> {
    match done {
        Ok(report) => {
            println!("acts {} entries {} root {}", report.acts, report.entries, root(&report));
            Ok(true)
        }
        Err(BackupError::NotWhole { report }) => {
            for finding in &report.findings {
                println!("{finding}");
            }
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// The root of a report, as it is printed.
pub fn root(report: &store::verify::Report) -> String {
    report.root.map_or_else(|| "-".to_owned(), |root| root.to_string())
}
