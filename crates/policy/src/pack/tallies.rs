//! Line-by-line counts as the pack writes them.

use std::collections::BTreeMap;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::reader::Reader;
use super::symbols::{Symbols, define, each};
use super::tree::Text;
use crate::lang::{Env, FactDef, Type, Want};

/// Tallies.
pub(super) fn tallies(cx: &Context<'_>, symbols: &Symbols, forms: &Catalog<Form>) -> Catalog<Tally> {
    each(cx, ElementKind::Tally, |raw, reader| tally(cx, raw, reader, symbols, forms))
}

fn tally(
    cx: &Context<'_>,
    raw: &Raw,
    reader: &Reader<'_>,
    symbols: &Symbols,
    forms: &Catalog<Form>,
) -> Option<Tally> {
    let cite = cx.cite(raw, reader);
    let name = reader.words();
    let form = cx.need_ref(ElementKind::Form, reader, "form");
    let gives: Vec<Id> = cx.refer_all(ElementKind::Fact, &reader.texts("gives"));
    money_facts(cx, reader, symbols);
    let classes = reader.text("classes").and_then(|text| cx.refer(ElementKind::Enum, text));
    let def = classes.as_deref().and_then(|id| symbols.enums.get(id));
    let form = forms.get(&form);
    let sources = reader.tables("sources").iter().filter_map(|inner| source(cx, inner, form, def)).collect();
    let env = form.and_then(|form| line_env(cx, raw, form, def, symbols));
    let windows = reader
        .tables("windows")
        .iter()
        .filter_map(|inner| window(cx, inner, &cite, &gives, env.as_ref()?))
        .collect();
    let members = def.map(|def| def.members.as_slice()).unwrap_or_default();
    let classes: BTreeMap<Id, Words> = members.iter().map(|m| (m.id.clone(), m.name.clone())).collect();
    Some(Tally {
        id: raw.id.clone(),
        name,
        form: form?.id.clone(),
        gives,
        sources,
        windows,
        env: env?,
        classes,
        cite,
    })
}

fn money_facts(cx: &Context<'_>, reader: &Reader<'_>, symbols: &Symbols) {
    for text in reader.texts("gives") {
        let Some(fact) = symbols.facts.get(&text.text).filter(|fact| fact.ty != Type::Money) else {
            continue;
        };
        let Some(raw) = cx.draft.of(ElementKind::Fact).find(|raw| raw.id == fact.id) else { continue };
        let found = symbols.env.type_zh(&fact.ty);
        cx.sink.add(
            Diagnostic::new(
                "E054",
                text.whole(),
                format!("逐笔统计得到的是金额，`{}` 是{found}", fact.id),
                format!("a count of lines gives money; `{}` is {}", fact.id, symbols.env.type_en(&fact.ty)),
            )
            .label("类型对不上", "the types differ")
            .related(
                raw.at.clone(),
                format!("`{}` 在这里定义", fact.id),
                format!("`{}` is defined here", fact.id),
            ),
        );
    }
}

/// The names of the form, and the line as a row.
fn line_env(
    cx: &Context<'_>,
    raw: &Raw,
    form: &Form,
    classes: Option<&EnumDef>,
    symbols: &Symbols,
) -> Option<Env> {
    let tag = cx.tag(&raw.at);
    let column =
        |id: &str, zh: &str, en: &str, ty| FactDef { id: id.into(), name: Words::new(zh, en), ty, tag };
    let mut columns = vec![
        column("line.date", "该笔日期", "date of the line", Type::Date),
        column("line.amount", "该笔金额", "amount of the line", Type::Money),
    ];
    let of = classes.and_then(|def| symbols.base.enum_named(&def.id));
    columns.extend(of.map(|of| column("line.class", "该笔类别", "class of the line", Type::Enum(of))));
    define(cx, form.env.with_row(columns))
}

fn source(
    cx: &Context<'_>,
    inner: &Reader<'_>,
    form: Option<&Form>,
    classes: Option<&EnumDef>,
) -> Option<TallySource> {
    let part_text = inner.need_text("part");
    let class = inner.need_text("class");
    let (amount, date, label) = (inner.text("amount"), inner.text("date"), inner.text("label"));
    inner.finish();
    let (part_text, class, form) = (part_text?, class?, form?);
    let Some(part) = form.part(&part_text.text) else {
        cx.unlisted(
            part_text,
            "表",
            "table",
            crate::lang::nearest(&part_text.text, form.parts.iter().map(|p| p.id.as_str())),
        );
        return None;
    };
    if !classes.is_some_and(|def| def.members.iter().any(|member| member.id == class.text)) {
        cx.unlisted(class, "类别", "class", None);
        return None;
    }
    let column = |text: Option<&Text>, wanted: fn(&FieldType) -> bool| -> Option<Option<Id>> {
        let (PartKind::Table(table), Some(text)) = (&part.kind, text) else { return Some(None) };
        match table.columns.iter().find(|column| column.field.id == text.text) {
            Some(column) if wanted(&column.field.ty) => Some(Some(text.text.clone())),
            _ => {
                cx.unlisted(text, "可用的列", "usable column", None);
                None
            }
        }
    };
    let amount = column(amount, |ty| matches!(ty, FieldType::Money(_)))?;
    let date = column(date, |ty| matches!(ty, FieldType::Date))?;
    let label = column(label, |_| true)?;
    match &part.kind {
        PartKind::Table(_) if amount.is_none() => inner.missing("amount"),
        PartKind::Table(_) if date.is_none() => inner.missing("date"),
        PartKind::Fields(_) => cx.unlisted(part_text, "表", "table", None),
        _ => {}
    }
    Some(TallySource { part: part.id.clone(), amount, date, label, class: class.text.clone() })
}

fn window(cx: &Context<'_>, inner: &Reader<'_>, tally: &Cite, gives: &[Id], env: &Env) -> Option<Window> {
    let need = inner.need_text("need").and_then(|text| cx.formula(text, env, Want::Bool));
    let zh = inner.need_text("say").map(|text| text.text.clone()).unwrap_or_default();
    let say = Words { en: inner.string("en").unwrap_or_else(|| zh.clone()), zh };
    let mut given: Vec<Id> = Vec::new();
    for text in inner.texts("gives") {
        if gives.contains(&text.text) {
            given.push(text.text.clone());
        } else {
            cx.unlisted(text, "统计结果", "result of this count", None);
        }
    }
    if inner.node("gives").is_none() {
        given = gives.to_vec();
    }
    let cite = cx.item(Cite { article: tally.article.clone(), item: None }, inner);
    inner.finish();
    Some(Window { gives: given, need: need?, say, cite })
}
