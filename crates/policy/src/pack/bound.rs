//! `bound`: the bound file of a procedure as the pack writes it, and whether somebody hands in what it holds.

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{Raw, near};
use super::model::*;
use super::reader::Reader;
use super::steps::Placed;
use super::things::out_of_range;
use super::tree::{Node, Text, Tree};
use crate::procedure::{Bound, COPIES_MAX, Leaf, Procedure, Subject};

/// How a form is written among papers: `form:application`.
const FORM: &str = "form:";

/// `[procedure.ID.bound]`
pub(super) fn bound(cx: &Context<'_>, raw: &Raw, reader: &Reader<'_>) -> Option<Bound> {
    let inner = reader.table("bound")?;
    for key in ["holds", "copies", "seals"] {
        if inner.node(key).is_none() {
            inner.missing(key);
        }
    }
    let leaves = |texts: Vec<&Text>| texts.into_iter().filter_map(|text| leaf(cx, text)).collect();
    let bound = Bound {
        name: inner.words(),
        holds: leaves(inner.texts("holds")),
        along: leaves(inner.texts("along")),
        copies: copies(cx, &inner)?,
        seals: cx.refer_all(ElementKind::Role, &inner.texts("seals")),
        states: inner.inner_words("states"),
        cite: cx.item(cx.cite(raw, reader), &inner),
    };
    inner.finish();
    Some(bound)
}

fn copies(cx: &Context<'_>, inner: &Reader<'_>) -> Option<u32> {
    let number = inner.number("copies")?;
    let found = u32::try_from(number).ok().filter(|copies| (1..=COPIES_MAX).contains(copies));
    if found.is_none() {
        let at = inner.node("copies").map_or(inner.at.clone(), |node| node.at.clone());
        cx.sink.add(out_of_range(&at, number, &format!("1 至 {COPIES_MAX}")));
    }
    found
}

fn leaf(cx: &Context<'_>, text: &Text) -> Option<Leaf> {
    let Some(form) = text.text.strip_prefix(FORM) else {
        return cx.refer(ElementKind::Paper, text).map(Leaf::Paper);
    };
    if cx.draft.of(ElementKind::Form).any(|raw| raw.id == form) {
        return Some(Leaf::Form(form.to_owned()));
    }
    cx.unlisted(text, "表格", "form", near(cx.draft, ElementKind::Form, form));
    None
}

/// A text as it stands, and nothing else.
pub(super) fn as_text(node: &Node) -> Option<&Text> {
    match &node.value {
        Tree::Text(text) => Some(text),
        _ => None,
    }
}

/// A volume is of a case, and holds what the steps of the case hand in, each thing once.
pub(super) fn check(cx: &Context<'_>, procedure: &Procedure, steps: &Catalog<Placed>) {
    let kind = ElementKind::Procedure;
    let Some(entry) = cx.entry(kind, &procedure.id, "bound") else { return };
    if procedure.subject != Subject::Case {
        let why = ("只用于 subject = \"case\" 的程序", "only for a procedure on cases");
        let found = Diagnostic::new(
            "E083",
            cx.place(kind, &procedure.id, "bound"),
            "`bound` 写在这里不起作用",
            "`bound` says nothing here",
        );
        return cx.sink.add(found.label(why.0, why.1));
    }
    let Tree::Table(keys) = &entry.node.value else { return };
    let texts = keys.iter().filter(|key| matches!(key.key.as_str(), "holds" | "along")).flat_map(|key| {
        match &key.node.value {
            Tree::Text(text) => vec![text],
            Tree::List(list) => list.iter().filter_map(as_text).collect(),
            _ => Vec::new(),
        }
    });
    let own: Vec<&Placed> = steps.iter().filter(|placed| placed.step.procedure == procedure.id).collect();
    let mut seen: Vec<&str> = Vec::new();
    for text in texts {
        let id = text.text.as_str();
        let (there, handed) = match id.strip_prefix(FORM) {
            Some(form) => (
                cx.draft.of(ElementKind::Form).any(|raw| raw.id == form),
                procedure.form.as_deref() == Some(form)
                    || own.iter().any(|placed| placed.step.form.as_deref() == Some(form)),
            ),
            None => (
                cx.draft.of(ElementKind::Paper).any(|raw| raw.id == id),
                own.iter().any(|placed| placed.step.papers.iter().any(|paper| paper == id)),
            ),
        };
        // What is nowhere defined was reported where it was read.
        let why = match (seen.contains(&id), there, handed) {
            (true, ..) => ("写了两次", "stands twice"),
            (false, true, false) => ("本程序没有步骤交它", "no step of this procedure hands it in"),
            _ => {
                seen.push(id);
                continue;
            }
        };
        let found = Diagnostic::new(
            "E088",
            text.whole(),
            format!("装订册不能这样收 `{id}`"),
            format!("the bound file cannot hold `{id}`"),
        );
        cx.sink.add(found.label(why.0, why.1));
    }
}
