//! Backup of a live book to a file, and restore from one; both refuse what does not verify.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::engine::Fault;
use crate::engine::sqlite::Sqlite;
use crate::verify::{self, Report};

/// What happens to a database that is already at the target of a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the restore is refused.
    Keep,
    /// Its content is replaced in one transaction, also under a running server.
    Replace,
}

/// Why a backup or restore did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target is already there.
    #[error("{path} is already there")]
    Exists {
        /// The target.
        path: PathBuf,
    },
    /// The source is not there.
    #[error("{path} is not there")]
    Missing {
        /// The source.
        path: PathBuf,
    },
    /// The copy or the source is not a whole book.
    #[error("the book does not verify: {} findings", report.findings.len())]
    NotWhole {
        /// What was found.
        report: Box<Report>,
    },
    /// The database failed.
    #[error("the database failed")]
    Fault(#[from] Fault),
    /// The file could not be put in its place.
    #[error("the file could not be written")]
    File(#[from] io::Error),
}

/// Copies the book at `from` into the new file `to` while others read and write; verifies the copy before it gets its name.
pub fn backup(from: &Path, to: &Path) -> Result<Report, BackupError> {
    refuse_existing(to)?;
    let part = beside(to, "part");
    remove(&part)?;
    let copied = source(from).and_then(|mut source| Ok(source.backup(&part)?));
    let report = copied.and_then(|()| whole(&part));
    match report {
        Ok(report) => {
            settle(&part, to)?;
            Ok(report)
        }
        Err(error) => {
            remove(&part)?;
            Err(error)
        }
    }
}

/// Puts the backup `from` in the place of the database `to`, after it was verified.
pub fn restore(from: &Path, to: &Path, existing: Existing) -> Result<Report, BackupError> {
    if existing == Existing::Keep {
        refuse_existing(to)?;
        return backup(from, to);
    }
    if !to.exists() {
        return backup(from, to);
    }
    let report = whole(from)?;
    // One write transaction of the running database: its readers see the old state or the new, its writer reloads the head.
    Sqlite::open(to)?.copy_from(&source(from)?)?;
    Ok(report)
}

fn whole(path: &Path) -> Result<Report, BackupError> {
    let report = verify::book(&mut source(path)?)?;
    if report.findings.is_empty() {
        Ok(report)
    } else {
        Err(BackupError::NotWhole { report: Box::new(report) })
    }
}

fn source(path: &Path) -> Result<Sqlite, BackupError> {
    if path.exists() {
        Ok(Sqlite::open_read(path)?)
    } else {
        Err(BackupError::Missing { path: path.to_owned() })
    }
}

fn refuse_existing(path: &Path) -> Result<(), BackupError> {
    if path.exists() { Err(BackupError::Exists { path: path.to_owned() }) } else { Ok(()) }
}

/// Makes the copy durable under its name.
fn settle(part: &Path, to: &Path) -> io::Result<()> {
    fs::File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    for suffix in ["-wal", "-shm"] {
        remove(&beside(part, suffix))?;
    }
    match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => fs::File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    if !suffix.starts_with('-') {
        name.push(".");
    }
    name.push(suffix);
    PathBuf::from(name)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
