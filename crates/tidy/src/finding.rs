//! What a check found: the place, the fact, and how to mend it.

use std::fmt;

/// One fault of the tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the tree.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl Finding {
    /// A finding at a line.
    pub fn at(path: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    mend: {}", self.path, self.line, self.what, self.mend)
    }
}

/// Fails a test with all findings at once; passes when there are none.
pub fn demand(convention: &str, findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{convention}: {} finding(s)\n{}", findings.len(), lines.join("\n"));
}

/// The line, from 1, of a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.match_indices('\n').take_while(|(at, _)| *at < offset).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_prints_place_fact_and_remedy() {
        let finding = Finding::at("crates/x/src/lib.rs", 3, "a clock", "take the day as an argument");
        assert_eq!(
            finding.to_string(),
            "crates/x/src/lib.rs:3: a clock\n    mend: take the day as an argument"
        );
    }

    #[test]
    #[should_panic(expected = "pure: 1 finding(s)\na:1: b")]
    fn findings_fail_the_test_that_demands_none() {
        demand("pure", &[Finding::at("a", 1, "b", "c")]);
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!([0, 1, 2, 9].map(|offset| line_of("a\nb\n", offset)), [1, 1, 2, 3]);
    }
}
