//! Who may depend on whom. The table is ARCHITECTURE.md's picture; what it does not name is forbidden.

use std::io;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::finding::Finding;

/// In what a dependency is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In the product.
    Normal,
    /// In tests and benches.
    Dev,
    /// In a build script.
    Build,
}

/// One dependency of a crate of this workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The crate that depends.
    pub from: String,
    /// On what.
    pub to: String,
    /// In what.
    pub kind: Kind,
}

/// The workspace as cargo sees it.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The crates.
    pub members: Vec<String>,
    /// All their dependencies.
    pub edges: Vec<Edge>,
}

/// What each crate may build on in this workspace. Tests may in addition use `testkit`.
const HOUSE: [(&str, &[&str]); 14] = [
    ("kernel", &[]),
    ("policy", &["kernel"]),
    ("ledger", &["kernel"]),
    ("domain", &["kernel", "policy", "ledger"]),
    ("journal", &["kernel", "policy", "ledger", "domain"]),
    ("app", &["kernel", "policy", "ledger", "domain", "journal"]),
    ("store", &["kernel", "policy", "ledger", "domain", "journal", "app"]),
    ("documents", &["kernel"]),
    ("typeset", &["kernel", "policy", "ledger", "domain", "journal", "app"]),
    ("web", &["kernel", "app"]),
    (
        "qingqu",
        &["kernel", "policy", "ledger", "domain", "journal", "app", "store", "documents", "typeset", "web"],
    ),
    ("testkit", &["kernel", "policy", "ledger", "domain", "journal", "app", "store", "web"]),
    ("tidy", &[]),
    ("xtask", &[]),
];

/// Crates that are no part of the product.
const TOOLS: [&str; 3] = ["testkit", "tidy", "xtask"];

/// What the pure crates may use from outside. Serialisation stays out of the core types: stored forms live in `journal`.
const PURE_OUTSIDE: [(&str, &[&str]); 5] = [
    ("kernel", &["jiff", "thiserror"]),
    ("policy", &["pulldown-cmark", "sha2", "sm3", "thiserror", "toml", "unicode-width"]),
    ("ledger", &["thiserror"]),
    ("domain", &["thiserror"]),
    ("journal", &["serde", "serde_json", "sha2", "sm3", "thiserror"]),
];

/// Outside crates that only the named crates may have in the product.
const KEPT_APART: [(&str, &[&str]); 16] = [
    ("anyhow", &["qingqu", "xtask"]),
    ("axum", &["web", "qingqu"]),
    ("calamine", &["documents"]),
    ("encoding_rs", &["documents"]),
    ("fontdb", &["typeset"]),
    ("hayro-syntax", &["typeset"]),
    ("image", &["typeset"]),
    ("maud", &["web"]),
    ("mimalloc", &["qingqu"]),
    ("postgres", &["store"]),
    ("rusqlite", &["store"]),
    ("rust_xlsxwriter", &["documents"]),
    ("typst", &["typeset"]),
    ("typst-layout", &["typeset"]),
    ("typst-pdf", &["typeset"]),
    ("zip", &["documents"]),
];

impl Graph {
    /// Asks cargo.
    pub fn load(root: &Path) -> io::Result<Graph> {
        let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec();
        let metadata = metadata.map_err(io::Error::other)?;
        let mut graph = Graph::default();
        for package in metadata.packages {
            let from = package.name.to_string();
            graph.edges.extend(package.dependencies.into_iter().map(|dependency| Edge {
                from: from.clone(),
                to: dependency.name,
                kind: match dependency.kind {
                    DependencyKind::Development => Kind::Dev,
                    DependencyKind::Build => Kind::Build,
                    _ => Kind::Normal,
                },
            }));
            graph.members.push(from);
        }
        Ok(graph)
    }
}

/// Edges that the house does not have.
pub fn check(graph: &Graph, manifest: impl Fn(&str) -> String) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in graph.members.iter().filter(|member| row(&HOUSE, member).is_none()) {
        let mend = "give it its place in ARCHITECTURE.md and in tidy's HOUSE, or remove it";
        findings.push(Finding::at(
            &manifest_path(member),
            1,
            format!("the house has no crate `{member}`"),
            mend,
        ));
    }
    for (name, _) in HOUSE.iter().filter(|(name, _)| !graph.members.iter().any(|member| member == name)) {
        let mend = "take it out of ARCHITECTURE.md and of tidy's HOUSE";
        findings.push(Finding::at("Cargo.toml", 1, format!("the crate `{name}` is gone"), mend));
    }
    for edge in &graph.edges {
        if let Some((what, mend)) = fault(graph, edge) {
            let path = manifest_path(&edge.from);
            let line = line_in(&manifest(&path), &edge.to);
            findings.push(Finding::at(&path, line, what, mend));
        }
    }
    findings
}

fn fault(graph: &Graph, edge: &Edge) -> Option<(String, String)> {
    let Edge { from, to, kind } = edge;
    if !graph.members.contains(to) {
        return outside(edge);
    }
    let allowed = row(&HOUSE, from).unwrap_or_default();
    let tool = TOOLS.contains(&to.as_str());
    let fits = match kind {
        Kind::Normal => allowed.contains(&to.as_str()),
        Kind::Dev => {
            allowed.contains(&to.as_str()) || (to == "testkit" && !matches!(from.as_str(), "tidy" | "xtask"))
        }
        Kind::Build => false,
    };
    match (fits, tool, kind) {
        (true, ..) => None,
        (false, true, Kind::Normal) => Some((
            format!("`{from}` takes the tool `{to}` into the product"),
            "make it a dev-dependency".to_owned(),
        )),
        _ => {
            let seen = if allowed.is_empty() { "no other crate".to_owned() } else { allowed.join(", ") };
            let what = format!("`{from}` may not see `{to}`");
            Some((what, format!("`{from}` sees {seen}; move the code to where both sides may meet")))
        }
    }
}

fn outside(edge: &Edge) -> Option<(String, String)> {
    let Edge { from, to, kind } = edge;
    if *kind == Kind::Dev {
        return None;
    }
    if let Some(allowed) = row(&PURE_OUTSIDE, from).filter(|allowed| !allowed.contains(&to.as_str())) {
        let what = format!("the pure crate `{from}` depends on `{to}`");
        return Some((what, format!("pure crates stay small: `{from}` uses {} only", allowed.join(", "))));
    }
    if let Some(owners) = row(&KEPT_APART, to).filter(|owners| !owners.contains(&from.as_str())) {
        return Some((format!("`{from}` depends on `{to}`"), format!("only {} may", owners.join(", "))));
    }
    None
}

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(key, _)| *key == name).map(|(_, values)| *values)
}

fn manifest_path(member: &str) -> String {
    if member == "xtask" { "xtask/Cargo.toml".to_owned() } else { format!("crates/{member}/Cargo.toml") }
}

fn line_in(manifest: &str, dependency: &str) -> usize {
    let names = |line: &str| {
        let rest = line.strip_prefix(dependency)?;
        rest.starts_with(['.', ' ', '=']).then_some(())
    };
    manifest.lines().position(|line| names(line.trim_start()).is_some()).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(edges: &[(&str, &str, Kind)]) -> Vec<String> {
        let members = HOUSE.iter().map(|(name, _)| (*name).to_owned()).collect();
        let edge = |(from, to, kind): &(&str, &str, Kind)| Edge {
            from: (*from).into(),
            to: (*to).into(),
            kind: *kind,
        };
        let graph = Graph { members, edges: edges.iter().map(edge).collect() };
        check(&graph, |_| String::new()).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn the_edges_of_the_house_pass() {
        assert!(
            found(&[
                ("policy", "kernel", Kind::Normal),
                ("journal", "domain", Kind::Normal),
                ("store", "app", Kind::Normal),
                ("web", "app", Kind::Normal),
                ("documents", "kernel", Kind::Normal),
                ("documents", "calamine", Kind::Normal),
                ("qingqu", "documents", Kind::Normal),
                ("qingqu", "typeset", Kind::Normal),
                ("typeset", "app", Kind::Normal),
                ("typeset", "typst", Kind::Normal),
                ("qingqu", "store", Kind::Normal),
                ("testkit", "store", Kind::Normal),
                ("web", "testkit", Kind::Dev),
                ("policy", "testkit", Kind::Dev),
                ("store", "rusqlite", Kind::Normal),
                ("app", "anyhow", Kind::Dev),
                ("kernel", "proptest", Kind::Dev),
            ])
            .is_empty()
        );
    }

    #[test]
    fn each_forbidden_edge_is_found() {
        let cases = [
            (("kernel", "policy", Kind::Normal), "`kernel` may not see `policy`"),
            (("policy", "ledger", Kind::Normal), "`policy` may not see `ledger`"),
            (("domain", "journal", Kind::Normal), "`domain` may not see `journal`"),
            (("web", "domain", Kind::Normal), "`web` may not see `domain`"),
            (("web", "store", Kind::Normal), "`web` may not see `store`"),
            (("web", "store", Kind::Dev), "`web` may not see `store`"),
            (("app", "store", Kind::Dev), "`app` may not see `store`"),
            (("store", "web", Kind::Normal), "`store` may not see `web`"),
            (("documents", "app", Kind::Normal), "`documents` may not see `app`"),
            (("web", "documents", Kind::Normal), "`web` may not see `documents`"),
            (("web", "typeset", Kind::Normal), "`web` may not see `typeset`"),
            (("typeset", "store", Kind::Normal), "`typeset` may not see `store`"),
            (("qingqu", "typst", Kind::Normal), "`qingqu` depends on `typst`"),
            (("web", "rust_xlsxwriter", Kind::Normal), "`web` depends on `rust_xlsxwriter`"),
            (("qingqu", "testkit", Kind::Normal), "`qingqu` takes the tool `testkit` into the product"),
            (("web", "tidy", Kind::Normal), "`web` takes the tool `tidy` into the product"),
            (("web", "tidy", Kind::Dev), "`web` may not see `tidy`"),
            (("tidy", "kernel", Kind::Dev), "`tidy` may not see `kernel`"),
            (("policy", "kernel", Kind::Build), "`policy` may not see `kernel`"),
            (("domain", "serde", Kind::Normal), "the pure crate `domain` depends on `serde`"),
            (("kernel", "tokio", Kind::Build), "the pure crate `kernel` depends on `tokio`"),
            (("app", "rusqlite", Kind::Normal), "`app` depends on `rusqlite`"),
            (("store", "anyhow", Kind::Normal), "`store` depends on `anyhow`"),
        ];
        for (edge, expected) in cases {
            assert_eq!(found(&[edge]), [expected]);
        }
    }

    #[test]
    fn a_new_crate_and_a_lost_one_are_found() {
        let graph = Graph { members: vec!["kernel".into(), "magic".into()], edges: Vec::new() };
        let found = check(&graph, |_| String::new());
        assert!(found.iter().any(|finding| finding.what == "the house has no crate `magic`"));
        assert_eq!(found.iter().filter(|finding| finding.what.ends_with("is gone")).count(), HOUSE.len() - 1);
    }

    #[test]
    fn the_line_of_a_dependency_is_named() {
        let manifest = "[dependencies]\nserde_json.workspace = true\nserde = \"1\"\n";
        assert_eq!(
            [line_in(manifest, "serde"), line_in(manifest, "serde_json"), line_in(manifest, "x")],
            [3, 2, 1]
        );
    }
}
