//! Both languages have the same ids and the same variables, every file is listed, every id used exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use super::{Lang, files, text, word};

/// Ids of one language with the variables each uses.
fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (slice, source) in files::of(lang) {
        let read = FluentResource::try_new((*source).to_owned());
        assert!(read.is_ok(), "{} {slice}.ftl: {:?}", lang.code(), read.err().map(|(_, errors)| errors));
        let mut id = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =")
                && !line.starts_with(' ')
            {
                id = name.to_owned();
                let before = found.insert(id.clone(), BTreeSet::new());
                assert!(before.is_none(), "{} has `{id}` twice", lang.code());
            }
            for variable in line.split('$').skip(1) {
                let end =
                    variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(variable.len());
                found.entry(id.clone()).or_default().insert(variable[..end].to_owned());
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_ids_and_variables() {
    let (zh, en) = (ids(Lang::Zh), ids(Lang::En));
    let only_zh: Vec<_> = zh.keys().filter(|id| !en.contains_key(*id)).collect();
    let only_en: Vec<_> = en.keys().filter(|id| !zh.contains_key(*id)).collect();
    assert!(only_zh.is_empty() && only_en.is_empty(), "only zh-CN: {only_zh:?}, only en: {only_en:?}");
    for (id, variables) in &zh {
        assert_eq!(Some(variables), en.get(id), "variables of `{id}`");
    }
}

#[test]
fn every_file_in_the_folder_is_listed() {
    for lang in [Lang::Zh, Lang::En] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("i18n").join(lang.code());
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".ftl", ""))
            .collect();
        let listed: BTreeSet<String> = files::of(lang).iter().map(|(slice, _)| (*slice).to_owned()).collect();
        assert_eq!(there, listed, "{}", lang.code());
    }
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("words/tests.rs") {
            into.push(path);
        }
    }
}

/// The string literals that directly follow `call` (spaces and line ends between are allowed).
fn literals<'a>(source: &'a str, call: &str) -> Vec<&'a str> {
    source
        .split(call)
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_id_used_in_the_source_exists() {
    let known = ids(Lang::Zh);
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let (mut missing, mut used) = (Vec::new(), 0);
    for path in paths {
        let source: String = std::fs::read_to_string(&path)
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        for call in [
            ".t(",
            ".t_args(",
            " word(",
            "(word(",
            "words::text(lang,",
            "text(self.lang,",
            "stat(ctx,",
            "stat_yuan(ctx,",
        ] {
            for id in literals(&source, call) {
                used += 1;
                if !known.contains_key(id) {
                    missing.push(format!("{}: {id}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no such words:\n{}", missing.join("\n"));
    assert!(used > 50, "the search for ids found only {used}: does it still look at the right calls?");
}

#[test]
fn a_text_takes_values_and_is_not_isolated() {
    assert_eq!(text(Lang::Zh, "deadline-left", &[("days", 3_i64.into())]), "还剩 3 个工作日");
    assert_eq!(text(Lang::En, "deadline-left", &[("days", 1_i64.into())]), "1 working day left");
    assert_eq!(text(Lang::En, "deadline-left", &[("days", 2_i64.into())]), "2 working days left");
}

#[test]
fn an_unknown_id_shows_itself() {
    assert_eq!(text(Lang::En, word("no-such-id").id(), &[]), "no-such-id");
}
