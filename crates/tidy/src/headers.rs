//! Every Rust file opens with `//!`: what it is for, and what it deliberately does not do.

use crate::finding::Finding;
use crate::tree::{TextFile, has_suffix};

const MEND: &str = "open the file with `//!` and a sentence that says what it is for";

/// Rust files that open with something else.
pub fn check<'a>(files: impl Iterator<Item = &'a TextFile>) -> Vec<Finding> {
    files
        .filter(|file| has_suffix(&file.path, "rs"))
        .filter(|file| !opens_well(&file.text))
        .map(|file| Finding::at(&file.path, 1, "the file does not say what it is for", MEND))
        .collect()
}

fn opens_well(text: &str) -> bool {
    let said = text.lines().next().and_then(|line| line.strip_prefix("//!"));
    said.is_some_and(|words| words.trim().len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_must_open_with_words() {
        let cases = [
            ("//! What it is for.\nfn f() {}", true),
            ("", false),
            ("//!\n", false),
            ("// What it is for.\n", false),
            ("/// What it is for.\n", false),
            ("\n//! What it is for.\n", false),
            ("use a::b;\n//! What it is for.\n", false),
        ];
        for (text, expected) in cases {
            let files = [TextFile { path: "a.rs".into(), text: text.into() }];
            assert_eq!(check(files.iter()).is_empty(), expected, "{text:?}");
        }
        let other = [TextFile { path: "a.css".into(), text: "x".into() }];
        assert!(check(other.iter()).is_empty());
    }
}
