//! The `qingqu` command: reads its arguments, runs one command, answers with its exit code.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    qingqu::cmd::run(qingqu::cmd::Cli::parse())
}
