//! Schema changes go forward only: each migration's digest is recorded in `crates/tidy/migrations.txt`, and what is recorded
//! never changes. A database refuses an edited past when it starts; this check refuses it before it is released.

use sha2::{Digest, Sha256};

use crate::finding::{Finding, line_of};
use crate::source::{Literal, Source, is_word, phrase};

/// The list of migrations in the store.
pub const SOURCE: &str = "crates/store/src/migrate.rs";

/// What is recorded: a name and a digest a line; `#` begins a comment.
pub const RECORD: &str = "crates/tidy/migrations.txt";

/// A migration by its name and the digest of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The name.
    pub name: String,
    /// SHA-256 of its statements as written, in hex.
    pub digest: String,
}

/// Reads the record.
pub fn recorded(text: &str) -> Vec<Recorded> {
    let line = |line: &str| {
        let (name, digest) = line.split_once(' ')?;
        Some(Recorded { name: name.to_owned(), digest: digest.trim().to_owned() })
    };
    text.lines().filter(|text| !text.starts_with('#')).filter_map(line).collect()
}

/// The migrations in `static ALL`, with the statements that they name looked up by module (`sql::case::SCHEMA` is `SCHEMA` in
/// the text of `case`).
pub fn present(migrate: &str, module: impl Fn(&str) -> Option<String>) -> Result<Vec<Recorded>, Finding> {
    let source = Source::read(migrate);
    let lost = |what: &str, offset: usize| {
        Finding::at(
            SOURCE,
            line_of(migrate, offset),
            what,
            "let tidy's reader of migrations follow the new shape",
        )
    };
    let start =
        phrase(&source.code, "static ALL").into_iter().next().ok_or_else(|| lost("no `static ALL`", 0))?;
    let end = source.code[start..].find("];").map_or(source.code.len(), |length| start + length);
    let mut begins: Vec<usize> =
        phrase(&source.code, "Migration {").into_iter().filter(|at| (start..end).contains(at)).collect();
    begins.push(end);
    begins.windows(2).map(|pair| one(&source, pair[0], pair[1], &module, &lost)).collect()
}

fn one(
    source: &Source,
    from: usize,
    to: usize,
    module: &impl Fn(&str) -> Option<String>,
    lost: &impl Fn(&str, usize) -> Finding,
) -> Result<Recorded, Finding> {
    let mut parts: Vec<(usize, String)> = Vec::new();
    for Literal { offset, text } in
        source.literals.iter().filter(|literal| (from..to).contains(&literal.offset))
    {
        parts.push((*offset, text.clone()));
    }
    for at in phrase(&source.code[from..to], "sql::").into_iter().map(|at| from + at) {
        let path: String = source.code[at..]
            .chars()
            .take_while(|c| *c == ':' || c.is_ascii() && is_word(*c as u8))
            .collect();
        let mut names = path.split("::").skip(1);
        let (name, constant) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let text = module(name).and_then(|text| constant_text(&text, constant));
        parts.push((at, text.ok_or_else(|| lost(&format!("`{path}` has no text"), at))?));
    }
    parts.sort();
    let name = parts
        .first()
        .map(|(_, name)| name.clone())
        .ok_or_else(|| lost("a migration without a name", from))?;
    let mut hash = Sha256::new();
    for (_, text) in &parts {
        hash.update(text.as_bytes());
        hash.update(b"\n--\n");
    }
    let digest = hex(&hash.finalize());
    Ok(Recorded { name, digest })
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The first literal after `const NAME`.
fn constant_text(text: &str, constant: &str) -> Option<String> {
    let source = Source::read(text);
    let at = phrase(&source.code, &format!("const {constant}")).into_iter().next()?;
    source.literals.iter().find(|literal| literal.offset > at).map(|literal| literal.text.clone())
}

/// Where the present differs from the record.
pub fn check(present: &[Recorded], recorded: &[Recorded]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, old) in recorded.iter().enumerate() {
        let what = match present.get(index) {
            Some(new) if new == old => continue,
            Some(new) if new.name == old.name => format!("the migration {} was edited", old.name),
            Some(new) => format!("the migration {} stands where {} was", new.name, old.name),
            None => format!("the migration {} is gone", old.name),
        };
        let mend = match present.get(index) {
            Some(new) if new.name == old.name => format!(
                "put it back and add a later migration; only before its first release may the record say: {} {}",
                new.name, new.digest
            ),
            _ => "put it back; new migrations come after the others".to_owned(),
        };
        findings.push(Finding::at(RECORD, index + 1, what, mend));
    }
    for new in present.iter().skip(recorded.len()) {
        let what = format!("the migration {} is not recorded", new.name);
        findings.push(Finding::at(
            RECORD,
            recorded.len() + 1,
            what,
            format!("add the line: {} {}", new.name, new.digest),
        ));
    }
    let names: Vec<&str> = present.iter().map(|migration| migration.name.as_str()).collect();
    for pair in names.windows(2).filter(|pair| pair[0] >= pair[1]) {
        let what = format!("{} comes after {}", pair[1], pair[0]);
        findings.push(Finding::at(SOURCE, 1, what, "names sort in the order of application"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIGRATE: &str = r#"
        pub static ALL: &[Migration] = &[
            Migration { name: "0001_a", scripts: &[sql::x::SCHEMA, "CREATE c"], append_only: &["act"] },
            Migration { name: "0002_b", scripts: &[sql::y::MORE], append_only: &[] },
        ];
        static OTHER: &[Migration] = &[Migration { name: "0009_z", scripts: &[], append_only: &[] }];
    "#;

    fn module(x: &'static str) -> impl Fn(&str) -> Option<String> {
        move |name| match name {
            "x" => Some(format!("/// A.\npub const SCHEMA: &str = \"{x}\";\npub const MORE: &str = \"no\";")),
            "y" => Some("pub const SCHEMA: &str = \"no\";\npub const MORE: &str = \"CREATE b\";".into()),
            _ => None,
        }
    }

    #[test]
    fn migrations_are_read_in_order_with_the_text_that_they_name() {
        let found = present(MIGRATE, module("CREATE a")).unwrap();
        assert_eq!(found.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["0001_a", "0002_b"]);
        let mut hash = Sha256::new();
        hash.update(b"0002_b\n--\nCREATE b\n--\n");
        let expected: String = hex(&hash.finalize());
        assert_eq!(found[1].digest, expected);
        let edited = present(MIGRATE, module("CREATE aa")).unwrap();
        assert_ne!(edited[0].digest, found[0].digest);
        assert_eq!(edited[1].digest, found[1].digest);
        assert!(present(MIGRATE, |_| None).unwrap_err().what.contains("`sql::x::SCHEMA` has no text"));
        assert!(present("fn f() {}", |_| None).is_err());
    }

    #[test]
    fn the_past_is_only_added_to() {
        let m = |name: &str, digest: &str| Recorded { name: name.into(), digest: digest.into() };
        let what = |present: &[Recorded], recorded: &[Recorded]| -> Vec<String> {
            check(present, recorded).into_iter().map(|finding| finding.what).collect()
        };
        let (a, b) = (m("0001_a", "1"), m("0002_b", "2"));
        let both = [a.clone(), b.clone()];
        assert!(what(&both, &both).is_empty());
        assert_eq!(what(&both, std::slice::from_ref(&a)), ["the migration 0002_b is not recorded"]);
        assert_eq!(what(std::slice::from_ref(&a), &both), ["the migration 0002_b is gone"]);
        assert_eq!(what(&[a.clone(), m("0002_b", "3")], &both), ["the migration 0002_b was edited"]);
        assert_eq!(what(&[b.clone(), a.clone()], &both).len(), 3);
    }

    #[test]
    fn the_record_is_read_without_its_comments() {
        let found = recorded("# name digest\n0001_a 12\n\n0002_b 34\n");
        assert_eq!(found.iter().map(|m| m.digest.as_str()).collect::<Vec<_>>(), ["12", "34"]);
    }
}
