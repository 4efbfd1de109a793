//! Runs the commands over text on streams in memory.

use clap::Parser;
use qingqu::cli::{Exit, Streams};
use qingqu::cmd::text::Command;
use std::path::PathBuf;

/// The command line, as far as it reads and writes text.
#[derive(Debug, Parser)]
struct Words {
    #[command(subcommand)]
    command: Command,
}

/// How a command ended, and what it wrote.
#[derive(Debug)]
pub struct Ran {
    pub exit: Exit,
    pub out: String,
    pub talk: String,
}

/// Runs a command on an input.
pub fn run(words: &[&str], input: &[u8]) -> Ran {
    let parsed = Words::try_parse_from(["qingqu"].iter().chain(words)).expect("arguments that clap takes");
    let (mut input, mut out, mut talk) = (input, Vec::new(), Vec::new());
    let mut streams =
        Streams { input: &mut input, out: &mut out, talk: &mut talk, watched: false, width: 100 };
    let exit = parsed.command.run(&mut streams);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { exit, out: text(out), talk: text(talk) }
}

/// A file beside this one.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(name)
}
