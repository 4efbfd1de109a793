//! `ties` of a step that claims: the growing table in which a project's form lists how it is tied to households.

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::reader::Reader;
use crate::procedure::{Act, Ties};

/// `ties = { part = "links", kind = "link", households = "tied", article = "6" }`
pub(super) fn ties(
    cx: &Context<'_>,
    raw: &Raw,
    reader: &Reader<'_>,
    (act, step): (Option<Act>, &Cite),
    forms: &Catalog<Form>,
) -> Option<Ties> {
    let inner = reader.table("ties")?;
    let text = |key: &'static str| inner.need_text(key).map(|text| text.text.clone());
    let (part, kind, households) = (text("part"), text("kind"), text("households"));
    let written = inner.text("article").and_then(|text| cx.written_cite(text));
    let base = written.unwrap_or_else(|| Cite { article: step.article.clone(), item: step.item });
    let cite = cx.item(base, &inner);
    inner.finish();
    let at = cx.place(ElementKind::Step, &raw.id, "ties");
    if act.is_some_and(|act| act != Act::Claim) {
        cx.sink.add(
            Diagnostic::new(
                "E103",
                at,
                format!("步骤 `{}` 不是报账，没有票据可以挂钩", raw.id),
                format!("the step `{}` claims nothing, so there are no bills to tie", raw.id),
            )
            .label("只用于 act = \"claim\"", "for `act = \"claim\"` only"),
        );
        return None;
    }
    let (part, kind, households) = (part?, kind?, households?);
    let of = forms.iter().find_map(|form| kinds(form, (&part, &kind, &households)));
    if of.is_none() && !cx.draft.of(ElementKind::Form).any(|form| forms.get(&form.id).is_none()) {
        cx.sink.add(
            Diagnostic::new(
                "E104",
                at,
                format!("没有表格有这样的一部分：`{part}`，其中 `{kind}` 是类别，`{households}` 是计数"),
                format!("no form has such a part: `{part}` with an enum `{kind}` and a count `{households}`"),
            )
            .label("找不到这张增行表", "no such growing table")
            .hint(
                "写项目申请的表格里列出挂钩方式的那一部分和它的两栏",
                "name the part of the project's form that lists its links, and its two columns",
            ),
        );
    }
    Some(Ties { part, kind, households, of: of?, cite })
}

/// The kinds that a form's table has, if it is one.
fn kinds(form: &Form, (part, kind, households): (&str, &str, &str)) -> Option<Id> {
    let PartKind::Table(table) = &form.parts.iter().find(|own| own.id == part)?.kind else { return None };
    let ty = |id: &str| table.columns.iter().find(|own| own.field.id == id).map(|own| &own.field.ty);
    match (ty(kind)?, ty(households)?) {
        (FieldType::Enum(of), FieldType::Count(_)) => Some(of.clone()),
        _ => None,
    }
}
