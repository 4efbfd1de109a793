//! Habits that the house does not have: silenced lints, unfinished code, skipped tests, and giving up where a fault must be answered.

use crate::finding::{Finding, line_of};
use crate::source::phrase;
use crate::testland::attributes;
use crate::tree::RustFile;

const EXPECT: &str = "mend what the lint says, or use #[expect(lint, reason = \"...\")], which fails when it is no longer needed";
const FINISH: &str = "finish it, or leave it out and say so in the documentation";
const RUN: &str = "mend the test or delete it; a test that does not run says nothing";
const ANSWER: &str = "use `?`, or restructure so that the impossible cannot be written; the clerk gets a fault with what to do";

/// Not anywhere.
const NOWHERE: [(&str, &str); 3] = [("todo!", FINISH), ("unimplemented!", FINISH), ("dbg!", FINISH)];

/// Not outside tests.
const NOT_IN_PRODUCT: [(&str, &str); 5] = [
    (".unwrap()", ANSWER),
    (".expect(", ANSWER),
    (".unwrap_err()", ANSWER),
    (".expect_err(", ANSWER),
    ("panic!", ANSWER),
];

/// Where the second list holds.
const ANSWERING: [&str; 6] =
    ["crates/app/", "crates/store/", "crates/documents/", "crates/typeset/", "crates/web/", "crates/qingqu/"];

/// Habits found.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let code = &file.source.code;
        findings.extend(silencing(&file.path, code));
        findings.extend(find(&file.path, code, &NOWHERE));
        if ANSWERING.iter().any(|start| file.path.starts_with(start)) {
            findings.extend(find(&file.path, &file.product_code(), &NOT_IN_PRODUCT));
        }
    }
    findings.sort();
    findings
}

fn find(path: &str, code: &str, words: &[(&'static str, &'static str)]) -> Vec<Finding> {
    let of = |(word, mend): &(&'static str, &'static str)| {
        let at = phrase(code, word);
        at.into_iter()
            .map(|offset| Finding::at(path, line_of(code, offset), format!("`{word}`"), *mend))
            .collect::<Vec<_>>()
    };
    words.iter().flat_map(of).collect()
}

/// Attributes that silence a lint or skip a test, also under a condition.
fn silencing(path: &str, code: &str) -> Vec<Finding> {
    let silences = |text: &str| {
        let plain: String = text.split_whitespace().collect();
        let conditional = plain.starts_with("cfg_attr(");
        let has = |word: &str| plain.starts_with(word) || conditional && !phrase(&plain, word).is_empty();
        if has("allow(") {
            Some(("`#[allow(…)]`", EXPECT))
        } else if has("ignore") {
            Some(("`#[ignore]`", RUN))
        } else {
            None
        }
    };
    let found = attributes(code)
        .into_iter()
        .filter_map(|attribute| Some((attribute.start, silences(attribute.text)?)));
    found.map(|(start, (what, mend))| Finding::at(path, line_of(code, start), what, mend)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{TextFile, rust_files};

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let file = TextFile { path: path.into(), text: text.into() };
        check(&rust_files([&file].into_iter())).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn each_habit_is_found_anywhere() {
        let texts = [
            "\n#[allow(dead_code)]\nfn f() {}",
            "\n#![allow(dead_code)]",
            "\n# [ allow(dead_code) ]",
            "\n#[cfg_attr(unix, allow(dead_code))]",
            "\nfn f() { todo!() }",
            "\nfn f() { unimplemented!(\"later\") }",
            "\nfn f() { dbg!(x) }",
            "\n#[cfg_attr(unix, ignore)] fn f() {}",
            "\n#[test] #[ignore] fn f() {}",
            "\n#[test] #[ignore = \"slow\"] fn f() {}",
        ];
        for text in texts {
            assert_eq!(lines("crates/kernel/src/a.rs", text), [2], "{text}");
            assert_eq!(lines("crates/kernel/tests/a.rs", text), [2], "{text}");
        }
    }

    #[test]
    fn giving_up_is_found_where_faults_are_answered() {
        for text in
            ["\nx.unwrap();", "\nx.expect(\"y\");", "\npanic!()", "\nx.unwrap_err()", "\nx.expect_err(\"y\")"]
        {
            for home in [
                "crates/app/src/a.rs",
                "crates/store/src/a.rs",
                "crates/web/src/a.rs",
                "crates/qingqu/src/a.rs",
            ] {
                assert_eq!(lines(home, text), [2], "{text}");
            }
            assert!(lines("crates/web/tests/a.rs", text).is_empty());
            assert!(
                lines("crates/web/src/a.rs", &format!("#[cfg(test)]\nmod tests {{ fn f() {{ {text} }} }}"))
                    .is_empty()
            );
        }
    }

    #[test]
    fn what_only_looks_alike_passes() {
        let text = "//! never `unwrap()`\n#[expect(lint, reason = \"r\")]\nfn allow() { x.unwrap_or(1); x.unwrap_or_default(); \
                    parser.expect_word(); f(\"#[allow(\"); is_todo(); Allow::allow(1) }";
        assert!(lines("crates/web/src/a.rs", text).is_empty());
    }
}
