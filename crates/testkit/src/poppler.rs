//! What another program reads in a PDF: its text, how many pages it has. Poppler's programs read it from their standard input.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Set to 1 by developers who cannot install Poppler: tests that need it are left out, and say so.
pub const LEFT_OUT: &str = "QINGQU_NO_POPPLER";

/// Why a PDF was not read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unread {
    /// The programs are not installed.
    #[error(
        "Poppler is not installed; as root: apt-get install poppler-utils  (to leave these tests out: {LEFT_OUT}=1)"
    )]
    Missing,
    /// The program failed.
    #[error("{program}: {said}")]
    Failed {
        /// The program.
        program: &'static str,
        /// What it said.
        said: String,
    },
}

/// The programs, found.
#[derive(Debug, Clone, Copy)]
pub struct Poppler(());

impl Poppler {
    /// Looks for them; `None` when the tests on them are to be left out.
    pub fn found() -> Result<Option<Poppler>, Unread> {
        if std::env::var_os(LEFT_OUT).is_some_and(|value| value == "1") {
            eprintln!("left out: {LEFT_OUT}=1, nobody else reads the PDF");
            return Ok(None);
        }
        let there = |program: &str| {
            Command::new(program).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if there("pdftotext") && there("pdfinfo") { Ok(Some(Poppler(()))) } else { Err(Unread::Missing) }
    }

    /// The text of all pages as it lies on them; a form feed ends a page.
    pub fn text(self, pdf: &[u8]) -> Result<String, Unread> {
        run("pdftotext", &["-layout", "-enc", "UTF-8", "-", "-"], pdf)
    }

    /// The same in the order in which it was written: the text of a cell in one piece.
    pub fn written(self, pdf: &[u8]) -> Result<String, Unread> {
        run("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], pdf)
    }

    /// The texts of the pages.
    pub fn pages(self, pdf: &[u8]) -> Result<Vec<String>, Unread> {
        let text = self.text(pdf)?;
        Ok(text.strip_suffix('\u{c}').unwrap_or(&text).split('\u{c}').map(str::to_owned).collect())
    }

    /// What the file says of itself: `Pages: 3`, `Title: …`, a line each.
    pub fn info(self, pdf: &[u8]) -> Result<String, Unread> {
        run("pdfinfo", &["-rawdates", "-"], pdf)
    }

    /// One line of that.
    pub fn said(self, pdf: &[u8], key: &str) -> Result<Option<String>, Unread> {
        let info = self.info(pdf)?;
        let of = |line: &str| Some(line.strip_prefix(key)?.strip_prefix(':')?.trim().to_owned());
        Ok(info.lines().find_map(of))
    }
}

fn run(program: &'static str, arguments: &[&str], pdf: &[u8]) -> Result<String, Unread> {
    let failed = |error: std::io::Error| Unread::Failed { program, said: error.to_string() };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // A program that has seen enough closes its input; what it says then tells more than that.
        scope.spawn(move || input.map(|mut input| input.write_all(pdf)));
        child.wait_with_output()
    });
    let output = output.map_err(failed)?;
    if !output.status.success() {
        return Err(Unread::Failed {
            program,
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
