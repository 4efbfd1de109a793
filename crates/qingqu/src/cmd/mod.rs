//! The commands. Data goes to standard output, talk to standard error.
//!
//! Exit codes: 0 done; 1 the answer is no (a pack has faults, a book differs); 2 the arguments cannot be understood; 70 the world failed.

mod archive;
mod backup;
mod calendar;
pub mod carry;
mod decide;
mod demo;
pub mod ledger;
pub mod place;
mod policy;
mod serve;
mod simulate;
mod survey;
pub mod text;
pub mod verify;

use crate::cli::with_standard_streams;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// 清渠：帮扶专项资金全过程管理平台 / runs the whole life of a government earmarked assistance fund.
#[derive(Debug, Parser)]
#[command(name = "qingqu", version, about, long_about = None, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动服务 / serve the pages from a data folder
    Serve(serve::Args),
    /// 演示：内置一个演示年度，打开浏览器即可使用 / a living demonstration in an embedded database
    Demo(demo::Args),
    /// 核验账簿：重算日志、台账和各类清单 / recompute log, ledger and read models and say what differs
    Verify(verify::Args),
    /// 备份正在运行的账簿 / copy a running book to a new file, verified
    Backup(backup::BackupArgs),
    /// 从备份恢复 / put a verified backup in place
    Restore(backup::RestoreArgs),
    /// 导出整本账簿为一个可搬移的文件 / write a whole book to one portable file
    Export(carry::ExportArgs),
    /// 把导出的账簿导入空的数据库 / read an exported book into an empty database, verified
    Import(carry::ImportArgs),
    /// 账目 / the ledger, for other people's accounting tools
    Ledger(ledger::Args),
    /// Commands over text: policy, decide, simulate, calendar.
    #[command(flatten)]
    Text(text::Command),
}

/// The command did what was asked, but the answer is no.
const NO: u8 = 1;
/// The world failed.
const FAILED: u8 = 70;

/// Runs a command.
pub fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Serve(args) => serve::run(&args).map(|()| true),
        Command::Demo(args) => demo::run(&args).map(|()| true),
        Command::Verify(args) => verify::run(&args),
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Export(args) => carry::export(&args).map(|()| true),
        Command::Import(args) => carry::import(&args),
        Command::Ledger(args) => ledger::run(&args).map(|()| true),
        Command::Text(command) => return with_standard_streams(|streams| command.run(streams)).into(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(NO),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}
