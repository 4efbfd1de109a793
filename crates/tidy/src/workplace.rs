//! Nothing committed names the place in which it was written: folders of a machine, or who helped there.

use crate::finding::Finding;
use crate::tree::TextFile;

/// The names, in halves so that this file does not contain them.
const NAMES: [(&str, &str); 9] = [
    ("/wo", "rk/"),
    ("/tmp/", "qq"),
    ("/ro", "ot/"),
    ("../sha", "red/"),
    ("helper", " session"),
    ("other ", "helpers"),
    ("cla", "ude"),
    ("anth", "ropic"),
    ("languag", "e model"),
];

const MEND: &str = "say it from the point of view of somebody who has the repository and nothing else";

/// Files that name the workplace.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let names: Vec<String> = NAMES.iter().map(|(first, second)| format!("{first}{second}")).collect();
    let mut findings = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            let line = line.to_lowercase();
            let found = names.iter().find(|name| names_it(&line, name));
            findings.extend(found.map(|name| {
                Finding::at(&file.path, index + 1, format!("names the workplace: {name:?}"), MEND)
            }));
        }
    }
    findings
}

/// A folder counts only where a path begins: an address such as `example.org/x/y` is somebody else's.
fn names_it(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !name.starts_with('/')
            || before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '}' | ')'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        check(&[TextFile { path: "a.md".into(), text: text.into() }])
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn every_name_is_found_at_its_line() {
        for (first, second) in NAMES {
            assert_eq!(lines(&format!("x\nsee {first}{second}a\n")), [2], "{first}{second}");
            assert_eq!(lines(&format!("x\nsee {}{second}a\n", first.to_uppercase())), [2], "{first}{second}");
        }
    }

    #[test]
    fn halves_and_other_paths_pass() {
        let folder = format!("{}{}", NAMES[0].0, NAMES[0].1);
        assert!(lines("a workday, a network/router, the project library\n").is_empty());
        assert!(lines(&format!("see example.org{folder}a and net{folder}b\n")).is_empty());
    }
}
