//! `policy`: every planted fault once and at its line, articles beside rules within the columns, and coverage.

use crate::reference::root;
use crate::run::{Ran, run};
use qingqu::cli::Exit;
use qingqu::cli::text::width;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn faults() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy/tests/faults")
}

fn check(path: &Path, lang: &str) -> Ran {
    run(&["policy", "check", "--lang", lang, &path.display().to_string()], b"")
}

#[test]
fn planted_faults_of_every_code_are_reported_once_at_their_line() {
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(faults()).expect("the planted faults") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a pack");
        let planted: Vec<(String, usize)> = text
            .lines()
            .enumerate()
            .filter_map(|(at, line)| Some((line.split("<- ").nth(1)?.get(..4)?.to_owned(), at + 1)))
            .collect();
        for lang in ["zh", "en"] {
            let ran = check(&path, lang);
            assert_eq!(
                ran.exit,
                if planted.is_empty() { Exit::Done } else { Exit::No },
                "{}",
                path.display()
            );
            let heads: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("error[")).collect();
            let places: Vec<&str> =
                ran.out.lines().filter(|line| line.trim_start().starts_with("--> ")).collect();
            let mut found: Vec<(String, usize)> = heads
                .iter()
                .zip(&places)
                .filter_map(|(head, place)| {
                    let line = place.rsplit(':').nth(1)?.parse().ok()?;
                    Some((head.get(6..10)?.to_owned(), line))
                })
                .collect();
            found.sort_by_key(|(_, line)| *line);
            assert_eq!(found, planted, "{}\n{}", path.display(), ran.out);
        }
        codes.extend(planted.into_iter().map(|(code, _)| code));
    }
    let all = policy::lang::Code::ALL.iter().map(|code| code.as_str());
    let all: BTreeSet<String> =
        all.chain(policy::pack::CODES.iter().map(|info| info.code)).map(str::to_owned).collect();
    assert_eq!(codes, all);
}

#[test]
fn a_folder_is_checked_whole_and_summed_up() {
    let ran = check(&faults(), "zh");
    assert_eq!(ran.exit, Exit::No);
    assert!(ran.talk.contains("1 个没有") || ran.talk.contains("个有错误"), "{}", ran.talk);
    assert!(ran.out.contains("ok.md: 没有错误"));
    let sound = check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies"), "en");
    assert_eq!(sound.exit, Exit::Done, "{}", sound.out);
    assert!(sound.talk.contains("0 with faults, 0 faults"), "{}", sound.talk);
}

#[test]
fn paths_without_a_pack_are_refused() {
    let empty = tempfile::tempdir().expect("a folder");
    for path in [empty.path(), Path::new("no/such/pack.md")] {
        let ran = check(path, "zh");
        assert!(ran.exit == Exit::Usage && ran.out.is_empty(), "{}", ran.talk);
    }
    let gbk = empty.path().join("gbk.md");
    std::fs::write(&gbk, b"# a\n\xc0\xbc\n").expect("a file");
    let ran = check(&gbk, "zh");
    assert!(ran.exit == Exit::Usage && ran.talk.contains("第 2 行"), "{}", ran.talk);
}

#[test]
fn an_article_stands_beside_its_rules_and_fits_the_columns() {
    for columns in [40, 60, 79, 80, 100, 132] {
        for lang in ["zh", "en"] {
            let wide = columns.to_string();
            let ran = run(
                &["policy", "show", "tianjin", "--article", "all", "--width", &wide, "--lang", lang],
                b"",
            );
            assert_eq!(ran.exit, Exit::Done);
            for line in ran.out.lines() {
                assert!(width(line) <= columns || columns < 80, "{columns}: {line}");
            }
            for id in ["[holding]", "[min_share]", "[main]"] {
                assert!(ran.out.contains(id), "{columns} {lang} {id}");
            }
        }
    }
    let seven = run(&["policy", "show", "tianjin", "--article", "7"], b"").out;
    let row = seven.lines().find(|line| line.starts_with("1. 项目企业")).expect("item 1");
    assert!(row.contains("│ 标准 最低持股比例 [min_share]"), "{row}");
}

#[test]
fn articles_are_found_by_key_and_as_printed() {
    let by = |name: &str| run(&["policy", "show", "tianjin", "--article", name], b"");
    assert_eq!(by("7").out, by("第七条").out);
    assert_eq!(by("a2").out, by("附件2").out);
    let ran = by("20");
    assert!(ran.exit == Exit::Usage && ran.talk.contains("19、a1"), "{}", ran.talk);
}

#[test]
fn the_overview_lists_every_fact_parameter_and_rule() {
    let ran = run(&["policy", "show", "tianjin"], b"");
    for id in ["county", "grants_county", "year_rate", "no_double", "project"] {
        assert!(ran.out.contains(id), "{id}");
    }
    assert!(ran.out.lines().all(|line| width(line) <= 100));
}

#[test]
fn coverage_of_the_regime_is_whole() {
    let ran = run(&["policy", "coverage", "tianjin"], b"");
    assert_eq!(ran.exit, Exit::Done);
    assert!(
        ran.out.contains("第七条（六）") && ran.out.contains("22 条（含附件），22 条已落实，0 处空缺"),
        "{}",
        ran.out
    );
    let ran = run(&["policy", "coverage", &faults().join("E016.md").display().to_string()], b"");
    assert!(ran.exit == Exit::No && ran.talk.contains("error[E016]"), "{}", ran.talk);
}

#[test]
fn packs_of_a_folder_are_called_by_their_id() {
    let folder = tempfile::tempdir().unwrap();
    let page = root().join("docs/packs-example.md");
    std::fs::copy(page, folder.path().join("2026.md")).unwrap();
    let of = folder.path().to_str().unwrap();
    for name in ["repair", "repair/2026"] {
        let shown = run(&["policy", "show", name, "--policies", of], b"");
        assert!(matches!(shown.exit, Exit::Done) && shown.out.contains("repair/2026"), "{}", shown.talk);
    }
    let known = run(&["policy", "show", "tianjin", "--policies", of], b"");
    assert!(known.out.contains("tianjin/2019"), "what the program has stays what it is");
    let case = br#"{"case_id":"1","as_of":"2026-03-02","facts":{"matter":"entry","place":"620121","kind":"roof","households":5,"support":"2/3","asked":"80000.01","minuted":true,"approved":false,"urgent":false}}"#;
    let decided = run(&["decide", "--policy", "repair", "--policies", of, "--brief", "-"], case);
    assert!(decided.out.contains("\"outcome\":\"refuse\""), "{} {}", decided.out, decided.talk);
    let unknown = run(&["policy", "show", "repair"], b"");
    assert!(matches!(unknown.exit, Exit::Usage), "{}", unknown.talk);
    let clauses = run(&["policy", "coverage", "repair", "--clauses", "--policies", of, "--lang", "en"], b"");
    assert!(clauses.out.ends_with("2 clauses: 1 done, 1 in part, 0 to come\n"), "{}", clauses.out);
}
