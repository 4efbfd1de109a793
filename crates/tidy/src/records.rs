//! Decision records: numbered without gaps, dated, titled with their number, and never about two things under one number.

use crate::finding::Finding;
use crate::tree::{TextFile, has_suffix};

const FOLDER: &str = "docs/decisions/";

/// Records that are out of order.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let records: Vec<&TextFile> = files.iter().filter(|file| file.path.starts_with(FOLDER)).collect();
    let mut findings = Vec::new();
    for (index, file) in records.iter().enumerate() {
        let number = format!("{:04}", index + 1);
        let name = file.path.trim_start_matches(FOLDER);
        let mut found =
            |line, what: String, mend: String| findings.push(Finding::at(&file.path, line, what, mend));
        if !name.starts_with(&format!("{number}-")) || !has_suffix(name, "md") {
            found(1, format!("`{name}` is not record {number}"), format!("name it {number}-title.md"));
            continue;
        }
        let first = file.text.lines().next().unwrap_or_default();
        if !first.starts_with(&format!("# {number} ")) {
            found(1, format!("the title is {first:?}"), format!("begin with `# {number} `"));
        }
        if !file.text.lines().any(|line| line.strip_prefix("Date: ").is_some_and(is_date)) {
            found(1, "the record has no date".to_owned(), "write a line `Date: YYYY-MM-DD`".to_owned());
        }
    }
    findings
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape.trim_end() == "0000-00-00"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(records: &[(&str, &str)]) -> usize {
        let file = |(name, text): &(&str, &str)| TextFile {
            path: format!("{FOLDER}{name}"),
            text: (*text).to_owned(),
        };
        check(&records.iter().map(file).collect::<Vec<_>>()).len()
    }

    #[test]
    fn records_are_numbered_titled_and_dated() {
        let one = ("0001-a.md", "# 0001 A\n\nDate: 2026-11-22\n");
        assert_eq!(found(&[one, ("0002-b.md", "# 0002 B\nDate: 2026-11-22")]), 0);
        assert_eq!(found(&[one, ("0003-b.md", "# 0003 B\nDate: 2026-11-22")]), 1);
        assert_eq!(found(&[one, ("0001-b.md", "# 0001 B\nDate: 2026-11-22")]), 1);
        assert_eq!(found(&[("0001-a.md", "# A\nDate: 2026-11-22")]), 1);
        assert_eq!(found(&[("0001-a.md", "# 0001 A\nDate: today")]), 1);
    }
}
