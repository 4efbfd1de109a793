//! Rust text taken apart: what is code, what is a comment, what is a literal. A small scanner, not a parser: it knows comments
//! (nested ones too), strings (raw, byte and C ones too), characters and lifetimes, and nothing of grammar.

/// A string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The byte offset of its first quotation mark.
    pub offset: usize,
    /// What stands between the marks, as written.
    pub text: String,
}

/// A scanned text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The text with comments and the contents of literals blanked; offsets and lines stay as they were.
    pub code: String,
    /// The string literals, in order.
    pub literals: Vec<Literal>,
}

impl Source {
    /// Scans a text.
    pub fn read(text: &str) -> Source {
        Scanner { text, code: text.as_bytes().to_vec(), at: 0, literals: Vec::new() }.run()
    }
}

/// Whether a byte can stand in an identifier.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The offsets at which a phrase stands as whole words.
pub fn phrase(code: &str, wanted: &str) -> Vec<usize> {
    let bytes = code.as_bytes();
    let edge = |inside: bool, offset: Option<usize>| {
        !inside || offset.and_then(|offset| bytes.get(offset)).is_none_or(|byte| !is_word(*byte))
    };
    let first = wanted.bytes().next().is_some_and(is_word);
    let last = wanted.bytes().last().is_some_and(is_word);
    code.match_indices(wanted)
        .map(|(offset, _)| offset)
        .filter(|offset| edge(first, offset.checked_sub(1)) && edge(last, Some(offset + wanted.len())))
        .collect()
}

struct Scanner<'t> {
    text: &'t str,
    code: Vec<u8>,
    at: usize,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn run(mut self) -> Source {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'/' if self.peek(1) == Some(b'/') => self.line_comment(),
                b'/' if self.peek(1) == Some(b'*') => self.block_comment(),
                b'"' => self.string(),
                b'r' if self.starts_word() => self.raw_string(),
                b'\'' => self.quote(),
                _ => self.at += 1,
            }
        }
        // Blanking replaces whole characters by spaces, so the bytes are still text.
        let code = String::from_utf8_lossy(&self.code).into_owned();
        Source { code, literals: self.literals }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Whether a word, or a literal's prefix such as `b` or `c`, ends before this place.
    fn starts_word(&self) -> bool {
        let before = |n: usize| self.at.checked_sub(n).and_then(|i| self.text.as_bytes().get(i)).copied();
        match before(1) {
            Some(b'b' | b'c') => before(2).is_none_or(|byte| !is_word(byte)),
            other => other.is_none_or(|byte| !is_word(byte)),
        }
    }

    fn blank(&mut self, from: usize, to: usize) {
        for byte in &mut self.code[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    fn line_comment(&mut self) {
        let from = self.at;
        let length = self.text[from..].find('\n').unwrap_or(self.text.len() - from);
        self.at = from + length;
        self.blank(from, self.at);
    }

    fn block_comment(&mut self) {
        let from = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.blank(from, self.at);
    }

    fn string(&mut self) {
        let offset = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'"' => break,
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.text.len());
        self.keep(offset, offset + 1, self.at);
        self.at += 1;
    }

    fn raw_string(&mut self) {
        let offset = self.at;
        let mut hashes = 0;
        while self.peek(1 + hashes) == Some(b'#') {
            hashes += 1;
        }
        if self.peek(1 + hashes) != Some(b'"') {
            self.at += 1;
            return;
        }
        let from = self.at + hashes + 2;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = self.text[from..].find(&end).unwrap_or(self.text.len() - from);
        self.at = (from + length + end.len()).min(self.text.len());
        self.keep(offset, from, from + length);
    }

    fn keep(&mut self, offset: usize, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or_default().to_owned();
        self.literals.push(Literal { offset, text });
        self.blank(from.min(to), to);
    }

    /// A character, or a lifetime.
    fn quote(&mut self) {
        let from = self.at + 1;
        if self.peek(1) == Some(b'\\') {
            // After the backslash comes at least one character that is not the end.
            let length = self.text.as_bytes()[(from + 2).min(self.text.len())..]
                .iter()
                .position(|byte| *byte == b'\'');
            let end = length.map_or(self.text.len(), |length| from + 2 + length);
            self.blank(from, end);
            self.at = end + 1;
            return;
        }
        let letter = self.text.get(from..).and_then(|rest| rest.chars().next());
        let end = from + letter.map_or(0, char::len_utf8);
        if letter.is_some() && self.text.as_bytes().get(end) == Some(&b'\'') {
            self.blank(from, end);
            self.at = end + 1;
        } else {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        let code = Source::read(text).code;
        assert_eq!(code.len(), text.len(), "offsets stay: {text:?}");
        code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_are_not_code() {
        let cases = [
            ("a // b\nc", "a c"),
            ("//! a\n/// b\nc", "c"),
            ("a /* b /* c */ d */ e", "a e"),
            ("a / b", "a / b"),
            ("a // 汉字\nb", "a b"),
            ("a /* never closed", "a"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text:?}");
        }
    }

    #[test]
    fn literals_are_kept_apart() {
        let cases: [(&str, &[&str]); 9] = [
            (r#"f("a", "b")"#, &["a", "b"]),
            (r#"f("a\"b // c")"#, &[r#"a\"b // c"#]),
            (r##"f(r#"a "b" c"#, r"d")"##, &[r#"a "b" c"#, "d"]),
            (r##"f(br#"a"#, b"b", c"d")"##, &["a", "b", "d"]),
            ("f('\"', \"a\")", &["a"]),
            ("f('\\'', '\\\\', '\\u{4e2d}', \"a\")", &["a"]),
            ("fn f<'a>(x: &'a str) -> &'static str { \"a\" }", &["a"]),
            ("f('汉', \"汉字\")", &["汉字"]),
            ("r#type; let bar = \"a\"", &["a"]),
        ];
        for (text, expected) in cases {
            let source = Source::read(text);
            let found: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
            assert_eq!(found, expected, "{text:?}");
            assert!(
                expected.iter().all(|literal| literal.len() == 1 || !source.code.contains(literal)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_literal_knows_its_place() {
        let source = Source::read("a\n  \"b\"");
        assert_eq!(source.literals, [Literal { offset: 4, text: "b".into() }]);
    }

    #[test]
    fn an_unfinished_literal_ends_with_the_text() {
        for text in ["f(\"abc", "f(r#\"abc", "f('\\", "f('", "f(\"abc\\", "r#"] {
            assert!(Source::read(text).code.len() >= text.len() - 1, "{text:?}");
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        assert_eq!(phrase("f64 as_secs_f64 f64x x.f64", "f64"), [0, 23]);
        assert_eq!(phrase("std::fs::read std::fsx", "std::fs"), [0]);
        assert_eq!(phrase("println!(x) eprintln!(y)", "println!"), [0]);
        assert_eq!(phrase("a.unwrap() b.unwrap_err()", ".unwrap()"), [1]);
    }
}
