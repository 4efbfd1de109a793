//! The clauses of the five regimes: each pack accounts for exactly its own, and whatever one names is there: the screen in the
//! router, the test in the sources. The page of reference is written from the packs; `UPDATE=1` writes it anew.

use policy::coverage::ClauseState;
use policy::pack::{Language, Pack};
use qingqu::cli::Exit;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::reference::{hold, root};
use crate::run::run;

/// Policy, the letters of its clauses, their numbers in the order of the text.
const CLAUSES: [(&str, &str, &str); 5] = [
    (
        "tianjin",
        "TJ",
        "02 03 05 06 07.1 07.2 07.3 07.4 07.5 07.6 08 09 10.1 10.2 11.1 11.2 11.3 12.1 12.2 12.3 12.4 13.1 \
         13.2 13.3 14.1 14.2 14.3 15.1 15.2 15.3 16.1 16.2 17.1 17.2 18 A1 A2 A3",
    ),
    (
        "tongzhou",
        "TZ",
        "02 03 04 05 06.1 06.2 06.3 07 08.1 08.2 08.3 09.1 09.2 10 11.1 11.2 11.3 11.4 12.1 12.2 13 14",
    ),
    (
        "jizhou",
        "JZ",
        "02.1 03.1 03.2.0 03.2.1 03.2.2a 03.2.2b 03.2.2c 03.2.2d 03.2.2e 03.2.3a 03.2.3b 03.2.4 03.3.1a \
         03.3.1b 03.3.1c 03.3.2a 03.3.2b 03.3.2c 03.4.1 03.4.2 03.4.3 03.4.4 03.4.5 03.4.6 03.5 04.1 04.2 \
         04.3 04.4",
    ),
    (
        "xinjiang",
        "XJ",
        "01.1 01.2 01.3 02.1a 02.2a 02.3a 02.3b 02.3c 02.3d 02.3e 02.3f 02.3g 02.4a 02.4b 02.5 02.6a 02.6b \
         03.1 03.2a 03.2b 03.3 03.4",
    ),
    (
        "hunan",
        "HN",
        "02 03 04 05 06 08.1 08.2 08.3 09.1 09.2 09.3 09.4 10.1 10.2 11 12 13 14.1 14.2 15 16 17.1 17.2 17.3 \
         18 19.1 19.2 19.3 19.4 19.5 20.1 20.2 20.3 20.4 21 22 23 24.1 24.2 24.3 25.1 25.2 26 27 28.1 28.2",
    ),
];

fn pack(id: &str) -> Pack {
    let packs = qingqu::packs::builtin().expect("the packs of the program");
    packs.iter().find(|pack| pack.id == id).map(|pack| Pack::clone(pack)).expect("a pack of this id")
}

fn ids(of: (&str, &str, &str)) -> Vec<String> {
    of.2.split_whitespace().map(|number| format!("{}-{number}", of.1)).collect()
}

#[test]
fn every_clause_of_the_five_regimes_is_accounted_for() {
    let mut all = 0;
    for of in CLAUSES {
        let pack = pack(of.0);
        let written: Vec<String> = pack.clauses.ids().map(str::to_owned).collect();
        assert_eq!(written, ids(of), "{}", of.0);
        all += written.len();
        for clause in &pack.clauses {
            let whole = !clause.elements.is_empty() && !clause.screens.is_empty() && !clause.tests.is_empty();
            assert!(whole || clause.later.is_some(), "{} says neither where nor what is to come", clause.id);
            assert_ne!(clause.name.zh, clause.name.en, "{} has one language", clause.id);
        }
    }
    assert_eq!(all, 157);
}

/// Every file below a folder with this ending.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, ending, found);
        } else if entry.extension().is_some_and(|own| own == ending) {
            found.push(entry);
        }
    }
}

/// The addresses that the router knows.
fn routes() -> BTreeSet<String> {
    let mut sources = Vec::new();
    files(&root().join("crates/web/src"), "rs", &mut sources);
    let mut routes = BTreeSet::new();
    for source in sources {
        let text = fs::read_to_string(source).expect("a readable source");
        let calls = text.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
        routes.extend(calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    assert!(routes.len() > 80, "{} routes", routes.len());
    routes
}

#[test]
fn every_screen_of_a_clause_is_in_the_router() {
    let routes = routes();
    for (id, ..) in CLAUSES {
        for clause in &pack(id).clauses {
            for screen in &clause.screens {
                assert!(routes.contains(screen), "{}: no page {screen}", clause.id);
            }
        }
    }
}

/// Whether a test stands in the sources: `crate::path::name` in the file of its path, or a title in a file of browser journeys.
fn is_there(test: &str) -> bool {
    if let Some((file, title)) = test.split_once(": ") {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        return text.contains(&format!("test(\"{title}\""));
    }
    let mut path: Vec<&str> = test.split("::").collect();
    let (Some(name), false) = (path.pop(), path.is_empty()) else { return false };
    let house = root().join("crates").join(path.remove(0));
    let inline = path.strip_suffix(&["tests"]).unwrap_or(&path);
    let called = format!("fn {name}(");
    [&path[..], inline].into_iter().any(|path| {
        let file = path.join("/");
        let places = ["src", "tests"].map(|folder| house.join(folder).join(&file));
        places.iter().flat_map(|place| [place.with_extension("rs"), place.join("mod.rs")]).any(|file| {
            let text = fs::read_to_string(file).unwrap_or_default();
            text.split_once(&called).is_some_and(|(before, _)| {
                let before = before.trim_end_matches("async ").trim_end_matches("pub ");
                before.trim_end().ends_with("test]")
            })
        })
    })
}

#[test]
fn every_test_of_a_clause_is_in_the_sources() {
    for (id, ..) in CLAUSES {
        for clause in &pack(id).clauses {
            for test in &clause.tests {
                assert!(is_there(test), "{}: no test {test}", clause.id);
            }
        }
    }
    for none in
        ["qingqu::cli::clauses::nothing_of_this_name", "e2e/tests/money.spec.ts: nothing", "qingqu::ids", ""]
    {
        assert!(!is_there(none), "{none}");
    }
    assert!(is_there("qingqu::cli::clauses::every_test_of_a_clause_is_in_the_sources"));
    assert!(!is_there("qingqu::cli::clauses::routes"), "a function that is no test");
}

#[test]
fn the_command_lists_them_in_both_languages() {
    let zh = run(&["policy", "coverage", "hunan", "--clauses"], b"");
    assert!(matches!(zh.exit, Exit::Done) && zh.out.contains("46 个条款：做到"), "{}", zh.out);
    assert!(
        zh.out.contains("HN-18  第十八条  建设期不超过一年  [做到了]\n  由: 规则 建设期不超过一年"),
        "{}",
        zh.out
    );
    let en = run(&["policy", "coverage", "jizhou", "--clauses", "--lang", "en"], b"");
    assert!(
        en.out.contains("JZ-03.4.5  Section 3(4)5  Evaluation at irregular intervals  [to come]\n"),
        "{}",
        en.out
    );
    assert!(en.out.contains("  to come: planning, scoring and the result of an evaluation\n"), "{}", en.out);
}

/// A cell of a table.
fn cell(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join("<br>").replace('|', "\\|")
}

#[test]
fn the_page_of_clauses_is_that_of_the_packs() {
    let mut text = String::from(
        "# 条款落实情况 / Clauses\n\n\
         本页由五个政策包生成（`UPDATE=1 cargo test -p qingqu --test cli clauses`），不要手改；测试核对元素、页面和测试都在。\n\
         This page is written from the five packs; do not edit it by hand. A test holds that the elements, screens and tests are there.\n",
    );
    for (id, ..) in CLAUSES {
        let pack = pack(id);
        let lines = pack.clause_lines();
        let count = |of| lines.iter().filter(|line| line.state == of).count();
        let [done, part, later] = [ClauseState::Done, ClauseState::Part, ClauseState::Later].map(count);
        text.push_str(&format!(
            "\n## {}\n\n{} 个条款：做到 {done}，做到一部分 {part}，还没有做 {later}。\n{} clauses: {done} done, {part} in part, {later} to come.\n\n\
             | 条款 | 依据 | 要求 requirement | 由什么做到 elements | 页面 screens | 测试 tests | 还缺 to come |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n",
            pack.title.zh,
            lines.len(),
            lines.len()
        ));
        for line in &lines {
            let clause = line.clause;
            let both = |words: &policy::pack::Words| format!("{} · {}", words.zh, words.en);
            let named = line
                .elements
                .iter()
                .map(|(kind, name)| format!("{} {}", Language::Zh.of(&kind.words()), Language::Zh.of(name)));
            let code = |all: &[String]| cell(all.iter().map(|one| format!("`{one}`")));
            text.push_str(&format!(
                "| {} | {} | {} | {} | {} | {} | {} |\n",
                clause.id,
                clause.cite,
                cell([both(&clause.name)]),
                cell(named),
                code(&clause.screens),
                code(&clause.tests),
                cell(clause.later.iter().map(both)),
            ));
        }
    }
    hold("clauses.md", &text);
}
