//! `qingqu backup` and `qingqu restore`: both work on a running server, and refuse what does not verify.

use crate::site::DataDir;
use anyhow::Result;
use clap::Args as ClapArgs;
use std::path::PathBuf;
use store::{BackupError, Existing};

/// Arguments of `backup`.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// 备份到 / the new file
    to: PathBuf,
    /// 数据目录 / folder of the book
    #[arg(long, default_value = "./qingqu-data", env = "QINGQU_DATA")]
    data_dir: PathBuf,
}

/// Arguments of `restore`.
#[derive(Debug, ClapArgs)]
pub struct RestoreArgs {
    /// 备份文件 / the backup
    from: PathBuf,
    /// 数据目录 / folder of the book
    #[arg(long, default_value = "./qingqu-data", env = "QINGQU_DATA")]
    data_dir: PathBuf,
    /// 替换现有账簿，包括正在运行的 / replace what is there, also under a running server
    #[arg(long)]
    replace: bool,
}

/// Copies a book.
pub fn backup(args: &BackupArgs) -> Result<bool> {
    said(store::backup(&DataDir(args.data_dir.clone()).book(), &args.to))
}

/// Puts a backup in place.
pub fn restore(args: &RestoreArgs) -> Result<bool> {
    let dir = DataDir(args.data_dir.clone());
    std::fs::create_dir_all(&dir.0)?;
    let existing = if args.replace { Existing::Replace } else { Existing::Keep };
    said(store::restore(&args.from, &dir.book(), existing))
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
