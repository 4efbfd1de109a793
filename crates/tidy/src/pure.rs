//! What pure code knows nothing of: clocks, files, the network, processes, output, floats, hash order. Tests may.

use crate::finding::{Finding, line_of};
use crate::source::{is_word, phrase};
use crate::tree::RustFile;

/// Crates that compute and nothing else.
const PURE: [&str; 5] = ["kernel", "policy", "ledger", "domain", "journal"];

/// Crates of the product, in which no float may be.
const PRODUCT: [&str; 11] = [
    "kernel",
    "policy",
    "ledger",
    "domain",
    "journal",
    "app",
    "store",
    "documents",
    "typeset",
    "web",
    "qingqu",
];

/// Where a float may be: co-ordinates of a picture, and the doubles of a spreadsheet on their way to exact texts.
const FLOATING: [&str; 2] = ["crates/web/src/ui/chart/", "crates/documents/src/double.rs"];

const ORDER: &str = "use BTreeMap or BTreeSet: what is computed twice must come out in the same order";
const CLOCK: &str = "take the day or the moment as an argument";
const WORLD: &str = "embed it with include_str!, take it as an argument, or do it in store, web or qingqu";
const OUTPUT: &str = "give the text back; the binary prints";
const CHANCE: &str = "take random bytes as an argument";
const FLOAT: &str = "use kernel's Money, Ratio or an integer with its unit";

/// Words that pure code has no use for.
const WORDS: [(&str, &str); 19] = [
    ("HashMap", ORDER),
    ("HashSet", ORDER),
    ("SystemTime", CLOCK),
    ("Instant", CLOCK),
    ("Utc::now", CLOCK),
    ("Local::now", CLOCK),
    ("Zoned::now", CLOCK),
    ("Timestamp::now", CLOCK),
    ("std::fs", WORLD),
    ("std::net", WORLD),
    ("std::process", WORLD),
    ("std::env", WORLD),
    ("std::thread", WORLD),
    ("println!", OUTPUT),
    ("eprintln!", OUTPUT),
    ("print!", OUTPUT),
    ("eprint!", OUTPUT),
    ("getrandom", CHANCE),
    ("RandomState", CHANCE),
];

/// Modules that must not be named in `use std::{…}` either.
const STD: [&str; 5] = ["fs", "net", "process", "env", "thread"];

/// What pure crates, and the product as far as floats go, must not contain.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let crate_name =
            file.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()).unwrap_or("");
        let pure = PURE.contains(&crate_name);
        let product =
            PRODUCT.contains(&crate_name) && !FLOATING.iter().any(|place| file.path.starts_with(place));
        if !pure && !product {
            continue;
        }
        let code = file.product_code();
        let mut faults = floats(&code);
        if pure {
            faults.extend(words(&code));
            faults.extend(std_groups(&code));
        }
        faults.sort();
        findings.extend(faults.into_iter().map(|(offset, what, mend)| {
            Finding::at(&file.path, line_of(&code, offset), format!("`{what}` in {crate_name}"), mend)
        }));
    }
    findings
}

type Fault = (usize, String, &'static str);

fn words(code: &str) -> Vec<Fault> {
    let of = |(word, mend): &(&'static str, &'static str)| {
        let (word, mend) = (*word, *mend);
        phrase(code, word).into_iter().map(move |offset| (offset, word.to_owned(), mend)).collect::<Vec<_>>()
    };
    WORDS.iter().flat_map(of).collect()
}

/// `use std::{collections::BTreeMap, fs};`
fn std_groups(code: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for open in phrase(code, "std::{").into_iter().map(|offset| offset + "std::{".len()) {
        let mut depth = 1;
        let mut first = true;
        for (at, c) in code[open..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => first = true,
                _ if c.is_whitespace() => {}
                _ if first && depth == 1 => {
                    first = false;
                    let name: String =
                        code[open + at..].chars().take_while(|c| c.is_ascii() && is_word(*c as u8)).collect();
                    if STD.contains(&name.as_str()) {
                        faults.push((open + at, format!("std::{name}"), WORLD));
                    }
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    faults
}

/// The types, and literals such as `0.5` or `1e3`.
fn floats(code: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = ["f32", "f64"]
        .into_iter()
        .flat_map(|word| phrase(code, word).into_iter().map(move |offset| (offset, word.to_owned(), FLOAT)))
        .collect();
    let bytes = code.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts =
            bytes[at].is_ascii_digit() && (at == 0 || !is_word(bytes[at - 1]) && bytes[at - 1] != b'.');
        if !starts {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
        let end = at + length;
        let point = bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let word = &code[at..end];
        let plain = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
        let power = plain.starts_with(['e', 'E']) && plain[1..].starts_with(|c: char| c.is_ascii_digit());
        let typed = plain == "f32" || plain == "f64";
        if point || power || typed {
            faults.push((at, format!("{word}{}", if point { "." } else { "" }), FLOAT));
        }
        at = end;
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{TextFile, rust_files};

    fn found(path: &str, text: &str) -> Vec<(usize, String)> {
        let file = TextFile { path: path.into(), text: text.into() };
        check(&rust_files([&file].into_iter()))
            .into_iter()
            .map(|finding| (finding.line, finding.what))
            .collect()
    }

    #[test]
    fn each_word_is_found_at_its_line_in_a_pure_crate() {
        for (word, _) in WORDS {
            let text = format!("//! x\nfn f() {{\n    let x = {word};\n}}\n");
            assert_eq!(found("crates/domain/src/a.rs", &text), [(3, format!("`{word}` in domain"))]);
        }
    }

    #[test]
    fn groups_of_std_are_looked_into() {
        let text = "use std::{\n    collections::{BTreeMap, btree_map},\n    fs::File,\n    env,\n};\n";
        let expected = [(3, "`std::fs` in kernel".to_owned()), (4, "`std::env` in kernel".to_owned())];
        assert_eq!(found("crates/kernel/src/a.rs", text), expected);
        assert!(found("crates/kernel/src/a.rs", "use std::{fmt, io};\nuse crate::{fs, env};").is_empty());
    }

    #[test]
    fn floats_are_found_in_types_and_literals() {
        for text in
            ["let x: f64;", "let x = 0.5;", "let x = 1_000.25;", "let x = 1e3;", "let x = 2f32;", "x as f32"]
        {
            assert_eq!(found("crates/ledger/src/a.rs", text).len(), 1, "{text}");
            assert_eq!(found("crates/app/src/a.rs", text).len(), 1, "{text}");
        }
        for text in [
            "x.0.1",
            "0..5",
            "1..=2",
            "0x1e3",
            "1u32",
            "a[0].1",
            "as_secs_f64()",
            "x.1.max(3)",
            "b'1'",
            "v1e3",
        ] {
            assert!(found("crates/ledger/src/a.rs", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn comments_literals_tests_and_other_crates_are_free() {
        let free = [
            (
                "crates/domain/src/a.rs",
                "//! A HashMap would not do; 0.5 neither.\nfn f() { g(\"std::fs 0.5 f64\") }",
            ),
            ("crates/domain/src/a.rs", "#[cfg(test)]\nmod tests { use std::fs; fn f() { 0.5; } }"),
            ("crates/domain/tests/a.rs", "use std::collections::HashMap;"),
            ("crates/store/src/a.rs", "use std::fs; fn f() { Instant::now(); }"),
            ("crates/web/src/ui/chart/a.rs", "const A: f64 = 0.5;"),
            ("xtask/src/a.rs", "fn f() { println!(); let x = 0.5; }"),
        ];
        for (path, text) in free {
            assert!(found(path, text).is_empty(), "{path}: {text}");
        }
        assert_eq!(found("crates/web/src/ui/bar.rs", "const A: f64 = 1.0;").len(), 2);
    }
}
