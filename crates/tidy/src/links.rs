//! Documents point at files that exist: links, and paths between backticks.

use crate::finding::Finding;
use crate::tree::TextFile;

const MEND: &str = "point at the file where it is now, or say it without the pointer";

/// A path between backticks is checked when it begins with one of these folders.
const ROOTS: [&str; 6] = ["crates/", "docs/", "policies/", "xtask/", "e2e/", ".ci/"];

/// Pointers of Markdown files that lead nowhere. `exists` is asked with a path from the root.
pub fn check<'a>(files: impl Iterator<Item = &'a TextFile>, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let mut fenced = false;
        for (index, line) in file.text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            let links =
                links(line).into_iter().filter_map(|target| Some((target, resolve(&file.path, target)?)));
            let paths =
                code_spans(line).into_iter().filter(|span| is_path(span)).map(|span| (span, span.to_owned()));
            for (said, path) in links.chain(paths) {
                if !exists(path.trim_end_matches('/')) {
                    findings.push(Finding::at(&file.path, index + 1, format!("`{said}` is not there"), MEND));
                }
            }
        }
    }
    findings
}

/// The targets of `[text](target)`.
fn links(line: &str) -> Vec<&str> {
    let starts = line.match_indices("](").map(|(at, _)| at + 2);
    starts.filter_map(|start| line[start..].find(')').map(|length| &line[start..start + length])).collect()
}

/// What stands between single backticks.
fn code_spans(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

fn is_path(span: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    ROOTS.iter().any(|root| span.starts_with(root)) && span.chars().all(plain)
}

/// The path from the root that a link of this file means; nothing for addresses and places on the same page.
fn resolve(from: &str, target: &str) -> Option<String> {
    let target = target.split_whitespace().next()?.trim_matches(['<', '>']);
    let target = target.split('#').next().unwrap_or_default();
    if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in target.split('/') {
        match segment {
            "." | "" => {}
            ".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, String)> {
        let file = TextFile { path: "docs/a.md".into(), text: text.into() };
        let there = ["README.md", "docs/b.md", "docs/c", "crates/kernel/src/money.rs"];
        let findings = check([&file].into_iter(), |path| there.contains(&path));
        findings.into_iter().map(|finding| (finding.line, finding.what)).collect()
    }

    #[test]
    fn pointers_that_lead_somewhere_pass() {
        let text = "[a](b.md) [b](../README.md#here) [c](c/) [d](./b.md \"title\") [e](#here)\n\
                    [f](https://example.org/x) [g](mailto:a@example.org) `crates/kernel/src/money.rs` `crates/<name>/x`\n\
                    `policies/*` `some/other.rs` `cargo run`\n";
        assert_eq!(found(text), []);
    }

    #[test]
    fn pointers_that_lead_nowhere_are_found() {
        let text =
            "x\n[a](gone.md) [b](b.md)\n```\n[c](gone.md)\n```\n`crates/kernel/src/gone.rs`\n[d](../b.md)\n";
        let lines: Vec<usize> = found(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 6, 7]);
    }
}
