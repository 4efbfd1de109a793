//! SQL is written in the store and nowhere else, so that one registry knows each statement and a test prepares it.

use crate::finding::{Finding, line_of};
use crate::tree::{RustFile, TextFile, has_suffix};

const MEND: &str = "write the statement in crates/store/src/sql, behind a method of a port";

/// How statements begin, and the word that must follow somewhere after; words in capitals, as the store writes them.
const STATEMENTS: [(&str, &str); 12] = [
    ("SELECT ", " FROM "),
    ("INSERT INTO ", "("),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("CREATE INDEX ", ""),
    ("CREATE UNIQUE INDEX ", ""),
    ("CREATE TRIGGER ", ""),
    ("ALTER TABLE ", ""),
    ("DROP TABLE ", ""),
    ("PRAGMA ", ""),
    ("WITH RECURSIVE ", ""),
];

/// SQL outside the store: in literals of any Rust file, tests included, and in files of its own.
pub fn check(rust: &[RustFile], files: &[TextFile]) -> Vec<Finding> {
    let outside = |path: &str| !path.starts_with("crates/store/") && !path.starts_with("crates/tidy/");
    let mut findings = Vec::new();
    for file in rust.iter().filter(|file| outside(&file.path)) {
        for literal in file.source.literals.iter().filter(|literal| is_sql(&literal.text)) {
            let start: String = literal.text.trim_start().chars().take(30).collect();
            let line = line_of(&file.text, literal.offset);
            findings.push(Finding::at(&file.path, line, format!("SQL outside the store: {start:?}"), MEND));
        }
    }
    for file in files.iter().filter(|file| outside(&file.path) && has_suffix(&file.path, "sql")) {
        findings.push(Finding::at(&file.path, 1, "a file of SQL outside the store", MEND));
    }
    findings
}

fn is_sql(text: &str) -> bool {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = plain.to_lowercase();
    let unmistakable = ["insert into ", "delete from ", "create table ", "drop table "];
    let capital = |(first, then): &(&str, &str)| {
        plain.match_indices(first).any(|(at, _)| {
            let begins = at == 0 || plain[..at].ends_with([' ', ';', '(']);
            begins && plain[at + first.len() - 1..].contains(then)
        })
    };
    unmistakable.iter().any(|start| lower.starts_with(start)) || STATEMENTS.iter().any(capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::rust_files;

    #[test]
    fn statements_are_known_and_sentences_are_not() {
        let statements = [
            "SELECT a FROM b",
            "SELECT\n  a\nFROM b WHERE c = $1",
            "INSERT INTO a (b) VALUES ($1)",
            "insert into a values (1)",
            "UPDATE a SET b = 1",
            "DELETE FROM a",
            "\n  CREATE TABLE a (b BIGINT)",
            "WITH x AS (SELECT a FROM b) DELETE FROM c",
            "PRAGMA journal_mode",
            "BEGIN; DROP TABLE a",
        ];
        for text in statements {
            assert!(is_sql(text), "{text:?}");
        }
        let sentences = [
            "select a file from the list",
            "Update the set of rules",
            "the fund could not be found",
            "delete this row",
            "SELECT",
            "UPDATE the row",
            "请选择",
        ];
        for text in sentences {
            assert!(!is_sql(text), "{text:?}");
        }
    }

    #[test]
    fn only_the_store_may_contain_it() {
        let at = |path: &str| TextFile {
            path: path.into(),
            text: "//! x\nconst A: &str = \"SELECT a FROM b\";".into(),
        };
        let files = [at("crates/store/src/sql/a.rs"), at("crates/app/src/a.rs"), at("crates/web/tests/a.rs")];
        let found = check(&rust_files(files.iter()), &[]);
        let places: Vec<(&str, usize)> =
            found.iter().map(|finding| (finding.path.as_str(), finding.line)).collect();
        assert_eq!(places, [("crates/app/src/a.rs", 2), ("crates/web/tests/a.rs", 2)]);
        let file = TextFile { path: "docs/a.sql".into(), text: String::new() };
        assert_eq!(check(&[], &[file]).len(), 1);
    }
}
