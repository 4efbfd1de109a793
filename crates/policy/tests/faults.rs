//! Packs with one planted fault each: every code is reported once, at its line, and the texts stay as reviewed.
//!
//! A fault file marks its line with `<- E016`. The rendered findings, Chinese and English, stand beside it as `.txt`;
//! `UPDATE=1 cargo test -p policy --test faults` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use policy::lang::Code;
use policy::pack::{CODES, Diagnostics, Language, Pack, Source};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults")
}

/// Name and text of every pack of the folder, in order.
fn packs() -> Vec<(String, String)> {
    let mut packs: Vec<(String, String)> = fs::read_dir(folder())
        .expect("the folder of fault packs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a readable pack"))
        })
        .collect();
    packs.sort();
    packs
}

fn load(name: &str, text: &str) -> Result<Pack, Diagnostics> {
    Pack::load(Source { name: format!("{name}.md"), text: text.into() })
}

/// The codes that a pack marks, with their lines.
fn planted(text: &str) -> Vec<(String, usize)> {
    let marked = |(at, line): (usize, &str)| {
        let code = line.split("<- ").nth(1)?.get(..4)?;
        Some((code.to_owned(), at + 1))
    };
    text.lines().enumerate().filter_map(marked).collect()
}

/// The packs without a fault: `ok` with articles and rules, `ok-money` with sections and money, `ok-life` with what a case lives through.
fn sound(name: &str) -> bool {
    name.starts_with("ok")
}

fn faulty() -> Vec<(String, String)> {
    packs().into_iter().filter(|(name, _)| !sound(name)).collect()
}

#[test]
fn the_sound_packs_load() {
    let packs: Vec<_> = packs().into_iter().filter(|(name, _)| sound(name)).collect();
    assert_eq!(packs.len(), 3);
    for (name, text) in packs {
        if let Err(found) = load(&name, &text) {
            panic!("{found}");
        }
    }
}

#[test]
fn every_planted_fault_is_reported_once_at_its_line() {
    let mut wrong = String::new();
    for (name, text) in faulty() {
        let found = match load(&name, &text) {
            Ok(_) => Vec::new(),
            Err(found) => {
                found.items.iter().map(|item| (item.code.to_owned(), found.place(item).0)).collect()
            }
        };
        let planted = planted(&text);
        assert!(!planted.is_empty(), "{name} marks no fault");
        if found != planted {
            wrong.push_str(&format!("{name}: planted {planted:?}, found {found:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_code_has_a_planted_fault() {
    let planted: BTreeSet<String> =
        packs().iter().flat_map(|(_, text)| planted(text)).map(|(code, _)| code).collect();
    let language = Code::ALL.iter().map(|code| code.as_str());
    let lacking: Vec<&str> =
        language.chain(CODES.iter().map(|code| code.code)).filter(|code| !planted.contains(*code)).collect();
    assert!(lacking.is_empty(), "no fault pack for {lacking:?}");
}

#[test]
fn the_texts_are_as_reviewed() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut stale = Vec::new();
    for (name, text) in faulty() {
        let Err(found) = load(&name, &text) else { continue };
        let shown = format!("{}\n{}", found.render(Language::Zh), found.render(Language::En));
        let path = folder().join(format!("{name}.txt"));
        if update {
            fs::write(&path, &shown).expect("a writable folder");
        } else if fs::read_to_string(&path).unwrap_or_default() != shown {
            stale.push(format!("{name}:\n{shown}"));
        }
    }
    assert!(stale.is_empty(), "differs from the snapshot:\n{}", stale.join("\n"));
}

#[test]
fn no_text_makes_the_loader_panic() {
    for (_, text) in packs().into_iter().filter(|(name, _)| sound(name)) {
        torn(&text);
    }
}

fn torn(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let mut refused = 0;
    for at in 0..lines.len() {
        let without: Vec<&str> =
            lines.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| *line).collect();
        let cut: Vec<&str> = lines[..at].to_vec();
        let mixed = lines
            .iter()
            .enumerate()
            .map(|(n, line)| if n == at { lines[lines.len() - 1 - at] } else { line });
        for variant in [without.join("\n"), cut.join("\n"), mixed.collect::<Vec<_>>().join("\n")] {
            if let Err(found) = load("torn", &variant) {
                assert!(!found.items.is_empty(), "refused without a finding:\n{variant}");
                assert!(found.render(Language::Zh).contains("error["));
                refused += 1;
            }
        }
    }
    assert!(refused > lines.len(), "most torn packs are refused: {refused}");
}
