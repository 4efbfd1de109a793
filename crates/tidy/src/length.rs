//! The ratchet of lengths: a file has at most 500 lines besides its tests. The few that are longer are listed with their
//! length and may only shrink; whoever shortens one lowers the number or takes the file off the list.

use crate::finding::Finding;
use crate::tree::{RustFile, TextFile, has_suffix};

/// Lines of a Rust file, its tests not counted.
pub const LINES_MAX: usize = 500;

/// Lines of the browser's script: everything works without it, so it stays small.
pub const SCRIPT_LINES_MAX: usize = 200;

/// Files that are longer today.
pub const LONG: &[(&str, usize)] = &[];

const SPLIT: &str = "split it by concept: one rule, one page, one slice a file";

/// Files beyond their length.
pub fn check(files: &[RustFile], long: &[(&str, usize)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let lines = file.tests.product_lines(&file.text);
        let listed = long.iter().find(|(path, _)| *path == file.path).map(|(_, lines)| *lines);
        findings.extend(judge(&file.path, lines, listed));
    }
    for (path, _) in long.iter().filter(|(path, _)| !files.iter().any(|file| file.path == *path)) {
        findings.push(Finding::at(
            path,
            1,
            "the file is listed as long and is gone",
            "take it off tidy's LONG",
        ));
    }
    findings
}

fn judge(path: &str, lines: usize, listed: Option<usize>) -> Option<Finding> {
    let found = |what: String, mend: String| Some(Finding::at(path, 1, what, mend));
    match listed {
        None if lines > LINES_MAX => found(format!("{lines} lines, more than {LINES_MAX}"), SPLIT.to_owned()),
        Some(before) if lines > before => {
            found(format!("{lines} lines, grown from {before}"), SPLIT.to_owned())
        }
        Some(_) if lines <= LINES_MAX => {
            found(format!("{lines} lines, short enough now"), "take it off tidy's LONG".to_owned())
        }
        Some(before) if lines < before => {
            found(format!("{lines} lines, shrunk from {before}"), format!("write {lines} in tidy's LONG"))
        }
        _ => None,
    }
}

/// Scripts for the browser beyond their length.
pub fn check_scripts<'a>(files: impl Iterator<Item = &'a TextFile>) -> Vec<Finding> {
    files
        .filter(|file| file.path.starts_with("crates/") && has_suffix(&file.path, "js"))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let mend = "do it on the server: the script only asks for the page and swaps its parts";
            let what = format!("{lines} lines, not under {SCRIPT_LINES_MAX}");
            (lines >= SCRIPT_LINES_MAX).then(|| Finding::at(&file.path, 1, what, mend))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::rust_files;

    fn what(lines: usize, long: &[(&str, usize)]) -> Vec<String> {
        let file = TextFile { path: "a.rs".into(), text: "x\n".repeat(lines) };
        check(&rust_files([&file].into_iter()), long).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn the_limit_has_two_sides() {
        assert!(what(500, &[]).is_empty());
        assert_eq!(what(501, &[]), ["501 lines, more than 500"]);
    }

    #[test]
    fn listed_files_only_shrink() {
        assert!(what(600, &[("a.rs", 600)]).is_empty());
        assert_eq!(what(601, &[("a.rs", 600)]), ["601 lines, grown from 600"]);
        assert_eq!(what(599, &[("a.rs", 600)]), ["599 lines, shrunk from 600"]);
        assert_eq!(what(500, &[("a.rs", 600)]), ["500 lines, short enough now"]);
        assert_eq!(what(1, &[("b.rs", 600)]), ["the file is listed as long and is gone"]);
    }

    #[test]
    fn tests_are_not_counted() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "x\n".repeat(600));
        let file = TextFile { path: "a.rs".into(), text: format!("x\n{tests}") };
        assert!(check(&rust_files([&file].into_iter()), &[]).is_empty());
    }

    #[test]
    fn the_script_stays_small() {
        let script =
            |lines: usize| TextFile { path: "crates/web/src/a.js".into(), text: "x\n".repeat(lines) };
        assert!(check_scripts([&script(199)].into_iter()).is_empty());
        assert_eq!(check_scripts([&script(200)].into_iter()).len(), 1);
    }
}
