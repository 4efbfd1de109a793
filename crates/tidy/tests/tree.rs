//! Every check of `tidy` on the real tree. A failure names file and line and says how to mend it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use tidy::edges::Graph;
use tidy::{
    RustFile, Tree, demand, edges, glossary, habits, headers, length, links, manifests, migrations, pure,
    records, sql, workplace,
};

static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::load().expect("the tree can be read"));
static RUST: LazyLock<Vec<RustFile>> = LazyLock::new(|| TREE.rust());

fn text(path: &str) -> &'static str {
    TREE.text(path).unwrap_or_else(|| panic!("{path} is not there"))
}

#[test]
fn the_tree_was_really_read() {
    for path in ["crates/kernel/src/lib.rs", "crates/qingqu/src/main.rs", "xtask/src/main.rs"] {
        assert!(
            RUST.iter().any(|file| file.path == path && !file.product_code().trim().is_empty()),
            "{path}"
        );
    }
}

#[test]
fn crates_see_only_what_the_house_allows() {
    let graph = Graph::load(&TREE.root).expect("cargo metadata runs");
    assert!(graph.edges.iter().any(|edge| edge.from == "domain" && edge.to == "kernel"), "edges were read");
    demand("edges", &edges::check(&graph, |path| text(path).to_owned()));
}

#[test]
fn manifests_share_what_the_workspace_says() {
    demand("manifests", &manifests::check(TREE.files.iter()));
}

#[test]
fn pure_crates_know_no_world_and_no_crate_counts_in_floats() {
    demand("pure", &pure::check(&RUST));
}

#[test]
fn every_file_says_what_it_is_for() {
    demand("headers", &headers::check(TREE.files.iter()));
}

#[test]
fn nothing_is_silenced_unfinished_skipped_or_given_up() {
    demand("habits", &habits::check(&RUST));
}

#[test]
fn files_stay_short() {
    demand("length", &length::check(&RUST, length::LONG));
    demand("script", &length::check_scripts(TREE.files.iter()));
}

#[test]
fn sql_is_only_in_the_store() {
    demand("sql", &sql::check(&RUST, &TREE.files));
}

#[test]
fn migrations_only_go_forward() {
    let module = |name: &str| TREE.text(&format!("crates/store/src/sql/{name}.rs")).map(str::to_owned);
    let present =
        migrations::present(text(migrations::SOURCE), module).unwrap_or_else(|lost| panic!("{lost}"));
    assert!(!present.is_empty(), "migrations were read");
    demand("migrations", &migrations::check(&present, &migrations::recorded(text(migrations::RECORD))));
}

#[test]
fn no_file_names_the_workplace() {
    demand("workplace", &workplace::check(&TREE.files));
}

#[test]
fn documents_point_at_what_exists() {
    demand("links", &links::check(TREE.markdown(), |path| TREE.root.join(path).exists()));
}

#[test]
fn decisions_are_numbered_and_dated() {
    demand("records", &records::check(&TREE.files));
}

#[test]
fn words_are_coined_once_and_are_in_use() {
    let packs = TREE.files.iter().filter(|file| file.path.starts_with("policies/"));
    let mut words: BTreeSet<String> = packs.flat_map(|file| glossary::words_of(&file.text)).collect();
    for file in RUST.iter() {
        words.extend(glossary::words_of(&file.source.code));
    }
    demand("glossary", &glossary::check(text(glossary::PATH), &words));
}
