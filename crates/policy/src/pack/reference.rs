//! Holds `docs/packs.md` to the truth: every key that the loader asks for stands in the table of its element and no other
//! does, every word that a pack may write is named, and every example is a piece of a pack that loads.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::draft::block_keys;
use super::{Pack, Source};
use crate::procedure::{Act, Subject};

thread_local! {
    static KEYS: RefCell<BTreeSet<String>> = RefCell::default();
    static WORDS: RefCell<BTreeSet<&'static str>> = RefCell::default();
}

/// Notes that a reader was asked for a key.
pub(super) fn asked(path: &str, key: &str) {
    KEYS.with_borrow_mut(|keys| keys.insert(format!("{path}.{key}")));
}

/// Notes the words that may stand somewhere.
pub(super) fn allowed(words: impl Iterator<Item = &'static str>) {
    WORDS.with_borrow_mut(|all| all.extend(words));
}

/// Keys that mean the same wherever they stand; the page says them once.
const COMMON: [&str; 4] = ["id", "name", "en", "item"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn page() -> String {
    read(&root().join("docs/packs.md"))
}

fn own(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let of = |file: &PathBuf| file.extension().is_some_and(|own| own == ending);
    entries(folder).into_iter().filter(of).collect()
}

/// The packs that load: the example of the documentation, and the sound ones of the tests.
fn sound() -> Vec<PathBuf> {
    let mut packs = vec![root().join("docs/packs-example.md")];
    packs.extend(
        files(&own("tests/faults"), "md")
            .into_iter()
            .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ok"))),
    );
    packs
}

fn load(path: &Path, text: String) -> Result<Pack, super::Diagnostics> {
    Pack::load(Source { name: path.display().to_string(), text })
}

/// Every key and word that the loader asked for while it read all packs of the tests, sound and faulty.
fn asked_for() -> (BTreeSet<String>, BTreeSet<&'static str>) {
    let mut packs = sound();
    packs.extend(files(&own("tests/faults"), "md"));
    packs.extend(files(&own("src/form/tests"), "md"));
    for regime in entries(&root().join("policies")) {
        packs.extend(files(&regime, "md"));
    }
    for path in packs {
        let _ = load(&path, read(&path));
    }
    let told =
        |path: &String| !path.starts_with('.') && !COMMON.contains(&path.rsplit('.').next().unwrap_or(""));
    let keys = KEYS.with_borrow(|keys| keys.iter().filter(|path| told(path)).cloned().collect());
    (keys, WORDS.with_borrow(BTreeSet::clone))
}

/// The text of each fenced block of a language, the fence being so many backticks.
fn blocks(text: &str, fence: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        open = match open {
            None if line == fence => Some(String::new()),
            None => None,
            Some(block) if line == fence.trim_end_matches(char::is_alphabetic) => {
                blocks.push(block);
                None
            }
            Some(block) => Some(block + line + "\n"),
        };
    }
    blocks
}

/// The keys in the tables of keys: the first cell of each row under a heading `### `key` …`.
fn documented(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut element: Option<String> = None;
    let mut keys = false;
    for line in page.lines() {
        keys = line.starts_with("| 键 key |") || (keys && line.starts_with('|'));
        let word = |rest: &str| rest.split('`').next().unwrap_or("").to_owned();
        if line.starts_with('#') {
            element = line.strip_prefix("### `").map(word);
            found.extend(element.iter().map(|element| (element.clone(), BTreeSet::new())));
        } else if let (true, Some(element), Some(rest)) = (keys, &element, line.strip_prefix("| `")) {
            found.entry(element.clone()).or_default().insert(word(rest));
        }
    }
    found
}

#[test]
fn the_page_has_every_key_of_every_element_and_no_other() {
    let documented = documented(&page());
    let mut asked: BTreeMap<String, BTreeSet<String>> =
        block_keys().map(|key| (key.to_owned(), BTreeSet::new())).collect();
    for path in asked_for().0 {
        let (element, key) = path.split_once('.').expect("element and key");
        asked.entry(element.to_owned()).or_default().insert(key.to_owned());
    }
    let mut wrong = Vec::new();
    for (element, keys) in &asked {
        let Some(told) = documented.get(element) else {
            wrong.push(format!("no section for `{element}`"));
            continue;
        };
        wrong.extend(keys.difference(told).map(|key| format!("`{element}`: `{key}` is not documented")));
        wrong.extend(told.difference(keys).map(|key| format!("`{element}`: nothing asks for `{key}`")));
    }
    wrong.extend(
        documented.keys().filter(|key| !asked.contains_key(*key)).map(|key| format!("no element `{key}`")),
    );
    assert!(wrong.is_empty(), "docs/packs.md differs from the loader:\n{}", wrong.join("\n"));
}

/// Keys are noted only where a table is there to read. So that none is missed, every key named in the loader's own text must
/// have been asked for.
#[test]
fn no_key_of_the_loader_is_left_unread_by_the_packs_of_the_tests() {
    const CALLS: [&str; 14] = [
        ".text(",
        ".need_text(",
        ".string(",
        ".flag(",
        ".number(",
        ".day(",
        ".list(",
        ".texts(",
        ".table(",
        ".tables(",
        ".inner_words(",
        ".need_words(",
        "reader, ",
        "inner, ",
    ];
    let leaves: BTreeSet<String> = {
        asked_for();
        let last = |path: &String| path.rsplit('.').next().unwrap_or("").to_owned();
        KEYS.with_borrow(|keys| keys.iter().map(last).collect())
    };
    let mut named = BTreeSet::new();
    for file in files(&own("src/pack"), "rs").into_iter().filter(|file| !file.ends_with("reference.rs")) {
        let text = read(&file);
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
        for call in CALLS {
            let keys = text.split(call).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
            named.extend(keys.map(str::to_owned));
        }
    }
    assert!(named.len() > 80, "the scan finds the loader's keys: {named:?}");
    let unread: Vec<&String> = named.iter().filter(|key| !leaves.contains(*key)).collect();
    assert!(unread.is_empty(), "no pack of the tests has {unread:?}");
}

#[test]
fn the_page_names_every_word_that_a_pack_may_write() {
    let page = page();
    let mut words = asked_for().1;
    words.extend(Act::ALL.iter().map(|act| act.id()));
    words.extend(Subject::ALL.iter().map(|(word, _)| *word));
    words.extend(crate::lang::RESERVED);
    let lacking: Vec<&&str> = words.iter().filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert!(lacking.is_empty(), "docs/packs.md does not name {lacking:?}");
    for act in Act::ALL {
        let row = format!("| `{}` | {} | {} |", act.id(), act.zh(), act.en());
        assert!(page.contains(&row), "the table of acts lacks the row {row}");
    }
    for (word, subject) in Subject::ALL {
        let row = format!("| `{word}` | {} | {} |", subject.words().zh, subject.words().en);
        assert!(page.contains(&row), "the table of subjects lacks the row {row}");
    }
}

#[test]
fn the_packs_of_the_page_load() {
    let example = root().join("docs/packs-example.md");
    let whole = blocks(&page(), "````markdown");
    assert_eq!(whole.len(), 1, "the page holds one smallest pack");
    for text in whole.into_iter().chain([read(&example)]) {
        match load(&example, text) {
            Ok(pack) => {
                assert!(pack.coverage().open().is_empty(), "{}", pack.coverage().text(super::Language::En));
            }
            Err(found) => panic!("{found}"),
        }
    }
}

#[test]
fn every_example_of_the_page_is_a_piece_of_a_pack_that_loads() {
    let packs: Vec<String> = sound().iter().map(|path| read(path)).collect();
    let examples = blocks(&page(), "```toml");
    assert!(examples.len() > 10, "the page shows examples");
    // Inside the smallest pack a block of its own is a piece of that pack.
    let smallest = blocks(&page(), "````markdown").concat();
    let strange: Vec<&String> = examples
        .iter()
        .filter(|example| !smallest.contains(*example) && !packs.iter().any(|pack| pack.contains(*example)))
        .collect();
    assert!(strange.is_empty(), "not in any pack that loads:\n{strange:#?}");
}
