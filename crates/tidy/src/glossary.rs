//! A domain word is coined once: no term stands twice in the glossary, and each identifier that it names is in the code or in
//! a policy pack.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::source::is_word;

/// The glossary.
pub const PATH: &str = "GLOSSARY.md";

/// Terms that stand twice, and identifiers that nothing has. `words` are the words of code and packs.
pub fn check(glossary: &str, words: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, cells) in rows(glossary) {
        let term = cells[0].clone();
        if let Some(before) = seen.insert(term.clone(), index) {
            let what = format!("{term} is already coined at line {before}");
            findings.push(Finding::at(PATH, index, what, "keep one entry"));
        }
        for name in cells[2].split('`').skip(1).step_by(2) {
            let last = name.rsplit("::").next().unwrap_or(name);
            if !words.contains(last) {
                let what = format!("`{name}` is in no code and no pack");
                findings.push(Finding::at(PATH, index, what, "write the identifier as it is now"));
            }
        }
    }
    findings
}

/// The rows of tables with at least four columns, heads left out, each with its line.
fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let cells = |line: &str| -> Option<Vec<String>> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells.len() >= 4).then_some(cells)
    };
    let lines: Vec<Option<Vec<String>>> = text.lines().map(cells).collect();
    let rule = |cells: &Option<Vec<String>>| {
        cells.as_ref().is_some_and(|cells| cells[0].starts_with("---") || cells[0].starts_with(":--"))
    };
    let is_head = |index: usize| rule(&lines[index]) || lines.get(index + 1).is_some_and(rule);
    let body = (0..lines.len()).filter(|index| !is_head(*index));
    body.filter_map(|index| Some((index + 1, lines[index].clone()?))).collect()
}

/// The words of a text.
pub fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let plain = |c: char| c.is_ascii() && is_word(c as u8);
    text.split(move |c| !plain(c)).filter(|word| !word.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(glossary: &str) -> Vec<(usize, String)> {
        let words = words_of("struct Case; fn open_steps() {} year:x").collect();
        check(glossary, &words).into_iter().map(|finding| (finding.line, finding.what)).collect()
    }

    #[test]
    fn terms_are_coined_once_and_their_identifiers_exist() {
        let head = "| 中文 | English | identifier | source |\n|---|---|---|---|\n";
        assert_eq!(
            found(&format!(
                "{head}| 件 | case | `Case`, `case::open_steps` | x |\n| 年 | year | `year` | x |\n"
            )),
            []
        );
        assert_eq!(
            found(&format!("{head}| 件 | case | | x |\n| 件 | case | | x |\n")),
            [(4, "件 is already coined at line 3".into())]
        );
        assert_eq!(
            found(&format!("{head}| 件 | case | `Cases` | x |\n")),
            [(3, "`Cases` is in no code and no pack".into())]
        );
        assert_eq!(found("| 件 | `Cases` |\nno table `Cases`\n"), []);
    }
}
