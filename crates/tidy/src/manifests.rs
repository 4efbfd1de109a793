//! Each crate takes the workspace's lints, edition, licence and version, and names a dependency's version in one place only.

use crate::finding::Finding;
use crate::tree::TextFile;

/// What each member takes from the workspace.
const SHARED: [&str; 4] = ["version", "edition", "license", "publish"];

/// Members that go their own way.
pub fn check<'a>(files: impl Iterator<Item = &'a TextFile>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.filter(|file| file.path.ends_with("/Cargo.toml")) {
        let lines: Vec<Line<'_>> = lines(&file.text);
        let has =
            |section: &str, text: &str| lines.iter().any(|line| line.section == section && line.text == text);
        if !has("lints", "workspace = true") {
            let mend =
                "add [lints] with workspace = true, or unsafe code and clippy's findings would pass here";
            findings.push(Finding::at(&file.path, 1, "the crate does not take the workspace's lints", mend));
        }
        for key in SHARED.iter().filter(|key| !has("package", &format!("{key}.workspace = true"))) {
            let mend = format!("write {key}.workspace = true");
            findings.push(Finding::at(
                &file.path,
                1,
                format!("the crate has its own `{key}`, or none"),
                mend,
            ));
        }
        for line in
            lines.iter().filter(|line| line.section.ends_with("dependencies") && names_a_version(line.text))
        {
            let mend = "put the version into [workspace.dependencies] and take it with `workspace = true`";
            findings.push(Finding::at(
                &file.path,
                line.number,
                format!("a version of its own: {}", line.text),
                mend,
            ));
        }
    }
    findings
}

struct Line<'t> {
    number: usize,
    section: &'t str,
    text: &'t str,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut section = "";
    let mut lines = Vec::new();
    for (index, text) in text.lines().map(str::trim).enumerate() {
        match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name.trim_matches(['[', ']']),
            None if !text.is_empty() && !text.starts_with('#') => {
                lines.push(Line { number: index + 1, section, text });
            }
            None => {}
        }
    }
    lines
}

fn names_a_version(line: &str) -> bool {
    !line.contains("workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[package]\nname = \"x\"\nversion.workspace = true\nedition.workspace = true\n\
        license.workspace = true\npublish.workspace = true\n\n[lints]\nworkspace = true\n\n[dependencies]\n\
        kernel.workspace = true\nserde_json = { workspace = true, features = [\"raw_value\"] }\n\n[[bench]]\nname = \"b\"\n";

    fn found(text: &str) -> Vec<(usize, String)> {
        let file = TextFile { path: "crates/x/Cargo.toml".into(), text: text.into() };
        check([&file].into_iter()).into_iter().map(|finding| (finding.line, finding.what)).collect()
    }

    #[test]
    fn a_member_that_takes_everything_passes() {
        assert_eq!(found(GOOD), []);
        let root = TextFile { path: "Cargo.toml".into(), text: "[workspace.dependencies]\nx = \"1\"".into() };
        assert!(check([&root].into_iter()).is_empty());
    }

    #[test]
    fn a_member_that_goes_its_own_way_is_found() {
        let no_lints = GOOD.replace("[lints]\nworkspace = true\n", "");
        assert_eq!(found(&no_lints), [(1, "the crate does not take the workspace's lints".into())]);
        let own_edition = GOOD.replace("edition.workspace = true", "edition = \"2021\"");
        assert_eq!(found(&own_edition), [(1, "the crate has its own `edition`, or none".into())]);
        let own_version = GOOD.replace("kernel.workspace = true", "rand = \"0.9\"");
        assert_eq!(found(&own_version), [(12, "a version of its own: rand = \"0.9\"".into())]);
        let dev = format!("{GOOD}[dev-dependencies]\nrand = {{ version = \"0.9\" }}\n");
        assert_eq!(found(&dev).len(), 1);
    }
}
