//! Clauses: what a regulation demands of the program, one by one, with where the program obeys it or what is still to come. Whether
//! a screen or a test of that name exists is no business of a pack: a test of the workspace knows.

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{block_kinds, near};
use super::model::*;
use super::symbols::each;
use super::tree::Text;

/// Clauses.
pub(super) fn clauses(cx: &Context<'_>) -> Catalog<Clause> {
    each(cx, ElementKind::Clause, |raw, reader| {
        let plain = |texts: Vec<&Text>| texts.into_iter().map(|text| text.text.clone()).collect();
        let clause = Clause {
            id: raw.id.clone(),
            name: reader.words(),
            elements: reader.texts("elements").into_iter().filter_map(|text| element(cx, text)).collect(),
            screens: plain(reader.texts("screens")),
            tests: plain(reader.texts("tests")),
            later: reader.inner_words("later"),
            cite: cx.cite(raw, reader),
        };
        let lacking: Vec<&str> = ["elements", "screens", "tests"]
            .into_iter()
            .zip([clause.elements.is_empty(), clause.screens.is_empty(), clause.tests.is_empty()])
            .filter_map(|(key, empty)| empty.then_some(key))
            .collect();
        if !lacking.is_empty() && clause.later.is_none() {
            cx.sink.add(unaccounted(raw.at.clone(), &lacking));
        }
        Some(clause)
    })
}

/// `rules.area`, `step.apply`; what stands alone is written by its key: `grant`.
fn element(cx: &Context<'_>, text: &Text) -> Option<(ElementKind, Id)> {
    let (key, id) = text.text.split_once('.').unwrap_or((&text.text, &text.text));
    let Some((_, kind)) = block_kinds().find(|(name, _)| *name == key) else {
        cx.unlisted(text, "元素", "element", None);
        return None;
    };
    if cx.draft.of(kind).any(|raw| raw.id == id) {
        return Some((kind, id.to_owned()));
    }
    let Words { zh, en } = kind.words();
    cx.unlisted(text, &zh, &en, near(cx.draft, kind, id));
    None
}

fn unaccounted(at: std::ops::Range<usize>, lacking: &[&str]) -> Diagnostic {
    let (zh, en) = (lacking.join("、"), lacking.join(", "));
    Diagnostic::new(
        "E087",
        at,
        format!("条款没有交代清楚：缺 {zh}"),
        format!("the clause is not accounted for: no {en}"),
    )
    .label("做到了的要写全，没有做到的要说明", "say where it is obeyed, or what is to come")
    .hint(
        "写全 elements、screens、tests，或者用 later 写明还缺什么",
        "write elements, screens and tests, or say in `later` what is still missing",
    )
}
