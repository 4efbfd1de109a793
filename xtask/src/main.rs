//! `cargo xtask`: the project's own chores. `cargo xtask ci` checks everything, here and in continuous integration.
//!
//! It holds no logic of the product and is in no build of it.

mod ci;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
Chores of Qingqu.

Usage: cargo xtask ci [--install] [--only STAGE,...]

  ci          formatting, lints, tests, release build, browser journeys; stops at the first failure
  --install   install missing Debian packages (as root; in CI this is done without asking)
  --only      only the stages named: tools, fmt, clippy, test, build, e2e";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.split_first() {
        Some((&"ci", rest)) => match ci::Options::parse(rest) {
            Ok(options) => ci::run(&options),
            Err(message) => usage(&message),
        },
        Some((&("help" | "--help" | "-h"), _)) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Some((other, _)) => usage(&format!("there is no chore `{other}`")),
        None => usage("say which chore"),
    }
}

fn usage(message: &str) -> ExitCode {
    eprintln!("error: {message}\n\n{HELP}");
    ExitCode::from(2)
}
