//! Which part of a source is only for tests: items under `#[cfg(test)]` or `#[test]`, the files of modules so declared, and
//! the folders `tests`, `benches` and `examples` of a crate.

use crate::finding::line_of;
use crate::source::is_word;

/// The test part of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestLand {
    /// Byte ranges, in order.
    ranges: Vec<(usize, usize)>,
    /// Modules declared for tests whose text stands in files of their own.
    modules: Vec<String>,
    all: bool,
}

impl TestLand {
    /// Finds the test part in code whose comments and literals are blanked.
    pub fn of(code: &str) -> TestLand {
        let mut land = TestLand::default();
        for attribute in attributes(code).iter().filter(|attribute| for_tests(attribute.text)) {
            if attribute.inner {
                land.all = true;
            } else if !land.covers(attribute.start) {
                let begin = skip_attributes(code, attribute.end);
                let end = item_end(code, begin);
                land.modules.extend(module_name(&code[begin..end]));
                land.ranges.push((attribute.start, end));
            }
        }
        land
    }

    /// Everything is for tests.
    pub fn mark_all(&mut self) {
        self.all = true;
    }

    /// Whether the whole file is for tests.
    pub fn is_all(&self) -> bool {
        self.all
    }

    /// The code with the test part blanked.
    pub fn without(&self, code: &str) -> String {
        let mut out = String::with_capacity(code.len());
        for (at, c) in code.char_indices() {
            if self.covers(at) && c != '\n' {
                out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            } else {
                out.push(c);
            }
        }
        out
    }

    /// Whether a byte offset is in the test part.
    pub fn covers(&self, offset: usize) -> bool {
        self.all || self.ranges.iter().any(|(from, to)| (*from..*to).contains(&offset))
    }

    /// How many lines of a text are not for tests.
    pub fn product_lines(&self, text: &str) -> usize {
        if self.all {
            return 0;
        }
        let tests: usize =
            self.ranges.iter().map(|(from, to)| line_of(text, *to) - line_of(text, *from) + 1).sum();
        text.lines().count().saturating_sub(tests)
    }
}

/// The places at which the modules live that a file declares for tests: `DIR/name`, without `.rs`.
pub fn homes(path: &str, land: &TestLand) -> Vec<String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let base = match file {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", file.trim_end_matches(".rs")),
    };
    land.modules.iter().map(|module| format!("{base}/{module}")).collect()
}

/// Whether a file lives at one of these places.
pub fn lives_in(path: &str, homes: &[String]) -> bool {
    homes.iter().any(|home| {
        path.strip_prefix(home.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

/// Whether a path is in a crate's folder of tests, benches or examples.
pub fn is_test_path(path: &str) -> bool {
    let mut segments = path.split('/');
    let below = match segments.next() {
        Some("crates") => segments.nth(1),
        _ => segments.next(),
    };
    matches!(below, Some("tests" | "benches" | "examples"))
}

/// An attribute in code whose comments and literals are blanked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'c> {
    /// What stands between the brackets.
    pub text: &'c str,
    /// Whether it is `#![…]`.
    pub inner: bool,
    /// The offset of its `#`.
    pub start: usize,
    /// The offset after its bracket.
    pub end: usize,
}

/// All attributes, in order.
pub fn attributes(code: &str) -> Vec<Attribute<'_>> {
    code.match_indices('#').filter_map(|(start, _)| attribute(code, start)).collect()
}

/// The attribute that begins with the `#` at this place.
fn attribute(code: &str, start: usize) -> Option<Attribute<'_>> {
    let bytes = code.as_bytes();
    let next = |from: usize| from + code.get(from..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    let sign = next(start + 1);
    let inner = bytes.get(sign) == Some(&b'!');
    let open = if inner { next(sign + 1) } else { sign };
    if bytes.get(open) != Some(&b'[') {
        return None;
    }
    let end = closing(code, open)?;
    Some(Attribute { text: code.get(open + 1..end)?, inner, start, end: end + 1 })
}

fn skip_attributes(code: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        at += code[at..].len() - code[at..].trim_start().len();
        match attribute(code, at).filter(|_| code.as_bytes().get(at) == Some(&b'#')) {
            Some(next) => at = next.end,
            None => return at,
        }
    }
}

/// `cfg(test)`, `cfg(all(test, …))`, `test`, `tokio::test`; not `cfg(not(test))`.
fn for_tests(attribute: &str) -> bool {
    let plain: String = attribute.split_whitespace().collect();
    if let Some(condition) = plain.strip_prefix("cfg(") {
        return !condition.contains("not(test") && !crate::source::phrase(condition, "test").is_empty();
    }
    let path = plain.split('(').next().unwrap_or_default();
    path == "test" || path.ends_with("::test")
}

/// Where the item that begins here ends: after its body, or after its semicolon.
fn item_end(code: &str, begin: usize) -> usize {
    let bytes = code.as_bytes();
    let mut at = begin;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' => at = closing(code, at).unwrap_or(code.len()),
            b'{' => return closing(code, at).map_or(code.len(), |end| end + 1),
            b';' => return at + 1,
            b'}' => return at,
            _ => {}
        }
        at += 1;
    }
    code.len()
}

/// The bracket that closes the one at this place.
fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, byte) in code.as_bytes().get(open..)?.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + offset);
        }
    }
    None
}

/// The name in `mod name;`, whatever its visibility.
fn module_name(item: &str) -> Option<String> {
    let declared = item.strip_suffix(';')?.trim_end();
    let (before, name) = declared.rsplit_once(char::is_whitespace)?;
    let is_module =
        before.trim_end().rsplit(|c: char| !c.is_ascii() || !is_word(c as u8)).next() == Some("mod");
    is_module.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(code: &str) -> String {
        TestLand::of(code).without(code).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items_for_tests_are_left_out_and_nothing_else() {
        let cases = [
            ("fn a() {}\n#[cfg(test)]\nmod tests { fn b() { if x {} } }\nfn c() {}", "fn a() {} fn c() {}"),
            ("#[cfg(test)]\nmod tests;\nfn c() {}", "fn c() {}"),
            ("#[cfg(test)] use a::b;\nfn c() {}", "fn c() {}"),
            ("#[cfg(all(test, unix))] fn b() {}\nfn c() {}", "fn c() {}"),
            ("#[cfg(not(test))] fn b() {}", "#[cfg(not(test))] fn b() {}"),
            ("#[cfg(feature_test)] fn b() {}", "#[cfg(feature_test)] fn b() {}"),
            ("#[cfg(test)]\n#[derive(Debug)]\nstruct B { x: [u8; 3] }\nfn c() {}", "fn c() {}"),
            ("#[cfg(test)] const B: [u8; 2] = [1, 2];\nfn c() {}", "fn c() {}"),
            ("#[test]\nfn b() { g({ 1 }) }\nfn c() {}", "fn c() {}"),
            ("#[tokio::test(flavor = \"x\")]\nasync fn b() {}\nfn c() {}", "fn c() {}"),
            ("#[derive(Debug)] struct A;", "#[derive(Debug)] struct A;"),
            ("#![cfg(test)]\nfn a() {}", ""),
            ("mod testing {}\n#[inline] fn test() {}", "mod testing {} #[inline] fn test() {}"),
            ("#[cfg(test)] mod never { closed", ""),
        ];
        for (code, expected) in cases {
            assert_eq!(product(code), expected, "{code:?}");
        }
    }

    #[test]
    fn modules_in_files_of_their_own_are_named() {
        let land = TestLand::of(
            "#[cfg(test)]\npub(crate) mod samples;\n#[cfg(test)] mod tests {}\n#[cfg(test)] use a::b;",
        );
        assert_eq!(land.modules, ["samples"]);
        assert_eq!(homes("crates/x/src/forms/mod.rs", &land), ["crates/x/src/forms/samples"]);
        assert_eq!(homes("crates/x/src/amount.rs", &land), ["crates/x/src/amount/samples"]);
        let homes = ["crates/x/src/a/samples".to_owned()];
        assert!(
            lives_in("crates/x/src/a/samples.rs", &homes) && lives_in("crates/x/src/a/samples/b.rs", &homes)
        );
        assert!(!lives_in("crates/x/src/a/samples_more.rs", &homes));
    }

    #[test]
    fn folders_of_tests_are_known() {
        assert!(is_test_path("crates/x/tests/a.rs") && is_test_path("crates/x/benches/b.rs"));
        assert!(is_test_path("xtask/tests/a.rs"));
        assert!(!is_test_path("crates/x/src/tests.rs") && !is_test_path("crates/tests/src/lib.rs"));
    }

    #[test]
    fn lines_are_counted_without_tests() {
        let text = "a\nb\n#[cfg(test)]\nmod tests {\n  x\n}\nc\n";
        assert_eq!(TestLand::of(text).product_lines(text), 3);
    }
}
