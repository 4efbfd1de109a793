//! What several elements must agree on: the steps that money waits for lie in one procedure, since a project comes from one case;
//! a part of a form that another office writes is not of those who file it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::life::{Read, files, on_case};
use super::model::*;
use super::steps::Placed;
use super::tree::Tree;

/// Runs both checks.
pub(super) fn check(cx: &Context<'_>, read: &Read<'_>) {
    one_procedure(cx, read);
    for form in read.forms {
        parts_of_others(cx, read, form);
    }
}

/// Every need must be one that some single procedure can meet together with all others. Where steps stand between bars, each
/// names a procedure that can.
fn one_procedure(cx: &Context<'_>, read: &Read<'_>) {
    let mut of_all: Option<BTreeSet<&str>> = None;
    let mut before: Option<&Placed> = None;
    let on_money = |placed: &&Placed| {
        read.procedures.get(&placed.step.procedure).is_some_and(|of| of.subject.of_money())
    };
    for placed in read.steps.iter().filter(on_money) {
        for (need, places) in placed.step.needs.iter().zip(&placed.needs_at) {
            let known = need.any.iter().filter_map(|after| read.steps.get(&after.step));
            let known = known.filter(|named| on_case(read, named));
            let own: BTreeSet<&str> = known.map(|named| named.step.procedure.as_str()).collect();
            // What is unknown or not on a case was reported where it stands.
            if own.is_empty() {
                continue;
            }
            let both: BTreeSet<&str> = match &of_all {
                Some(all) => all.intersection(&own).copied().collect(),
                None => own,
            };
            if both.is_empty() {
                return cx.sink.add(apart(places, before.unwrap_or(placed)));
            }
            (of_all, before) = (Some(both), Some(placed));
        }
    }
}

fn apart(places: &[Range<usize>], before: &Placed) -> Diagnostic {
    let at = places.first().map_or(0, |place| place.start)..places.last().map_or(0, |place| place.end);
    Diagnostic::new(
        "E092",
        at,
        "项目只从一个申请而来，这些步骤却不在同一个程序里",
        "a project comes from one case, but these steps are not of one procedure",
    )
    .label("没有一个程序办得齐", "no single procedure has them all")
    .related(before.at.clone(), "这一步要的在别的程序里", "what this step needs is of another procedure")
}

/// A part with `by` is written by somebody else than those who file the form.
fn parts_of_others(cx: &Context<'_>, read: &Read<'_>, form: &Form) {
    let fills = |placed: &&Placed| match &placed.step.form {
        Some(own) => *own == form.id,
        None => {
            let of = read.procedures.get(&placed.step.procedure);
            files(placed.step.act) && of.is_some_and(|of| of.form.as_ref() == Some(&form.id))
        }
    };
    for (no, part) in form.parts.iter().enumerate() {
        let Some(by) = &part.by else { continue };
        let Some(filed) = read.steps.iter().filter(fills).find(|placed| placed.step.done_by(by)) else {
            continue;
        };
        cx.sink.add(
            Diagnostic::new(
                "E093",
                said_by(cx, form, no),
                format!("`{}` 部分由 `{by}` 填，而这张表就是它递交的", part.id),
                format!("the part `{}` is for `{by}`, who files the form", part.id),
            )
            .label("填表的人自己填的部分不写 by", "a part of those who file the form has no `by`")
            .related(filed.at.clone(), "在这一步递交", "filed in this step"),
        );
    }
}

/// Where a part says whose it is.
fn said_by(cx: &Context<'_>, form: &Form, no: usize) -> Range<usize> {
    let parts = cx.entry(ElementKind::Form, &form.id, "part").map(|entry| &entry.node.value);
    let part = match parts {
        Some(Tree::List(parts)) => parts.get(no).map(|part| &part.value),
        _ => None,
    };
    let by = match part {
        Some(Tree::Table(entries)) => entries.iter().find(|entry| entry.key == "by"),
        _ => None,
    };
    by.map_or_else(|| cx.place(ElementKind::Form, &form.id, "part"), |entry| entry.key_at.clone())
}
