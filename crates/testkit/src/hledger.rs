//! hledger, the other program that adds up a book: run on a plain-text journal, or plainly missing.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::left_out;

/// Set to 1 by developers who cannot install hledger: what it would check is left out, and says so.
pub const LEFT_OUT: &str = "QINGQU_NO_HLEDGER";

/// Why hledger said nothing.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// The program is not installed.
    #[error(
        "hledger is not installed; as root: apt-get install hledger  (to leave its checks out: {LEFT_OUT}=1)"
    )]
    Program,
    /// It is there and does not run.
    #[error("hledger does not run: {0}")]
    Start(#[from] std::io::Error),
}

/// What hledger said of a journal.
#[derive(Debug)]
pub struct Said {
    /// Whether it was content.
    pub accepted: bool,
    /// What it printed, errors last.
    pub text: String,
}

/// Runs hledger on a journal; `None` when its checks are to be left out.
pub fn run(journal: &[u8], arguments: &[&str]) -> Result<Option<Said>, Missing> {
    if left_out(LEFT_OUT) {
        eprintln!("left out: {LEFT_OUT}=1, no other program adds the book up");
        return Ok(None);
    }
    run_program("hledger", journal, arguments).map(Some)
}

fn run_program(program: &str, journal: &[u8], arguments: &[&str]) -> Result<Said, Missing> {
    let mut child = Command::new(program)
        .args(["-f", "-"])
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Missing::Program,
            _ => Missing::Start(error),
        })?;
    // Dropped here, so that the program sees the end; it prints only after that.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(journal)?;
    }
    let done = child.wait_with_output()?;
    let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    Ok(Said { accepted: done.status.success(), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_says_what_to_install() {
        let missing = run_program("hledger-that-is-nowhere", b"", &["check"]).unwrap_err().to_string();
        assert!(
            missing.contains("apt-get install hledger") && missing.contains("QINGQU_NO_HLEDGER=1"),
            "{missing}"
        );
    }
}
