//! Parameters with their dated versions, and the values that they and the cases are written with.

use std::ops::Range;

use kernel::Date;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::reader::{Reader, unknown_key, wrong_type};
use super::symbols::{Head, define, each, money, tag_of, type_of};
use super::tree::{Node, Text, Tree};
use crate::lang::{self, Bilingual, Env, Shape, Type, Value};

/// Reads all parameters and adds them to the names.
pub(super) fn params(cx: &Context<'_>, head: &Head, base: &mut Env) -> Catalog<Param> {
    let catalog = each(cx, ElementKind::Param, |raw, reader| {
        let ty = reader.need_text("type").and_then(|text| type_of(cx, text, base));
        let by = cx.refer_key(ElementKind::Enum, reader, "by");
        let (name, note) = (reader.words(), reader.string("note"));
        let set_by = cx.refer_key(ElementKind::Role, reader, "set_by");
        let versions = versions(cx, head, raw, reader, ty.as_ref(), by.as_deref(), base);
        let limit = cx.refer_key(ElementKind::Param, reader, "limit");
        let cite = cx.cite(raw, reader);
        Some(Param { id: raw.id.clone(), name, ty: ty?, by, versions, set_by, limit, note, cite })
    });
    limits(cx, &catalog);
    for param in &catalog {
        let shape =
            param.by.as_deref().and_then(|by| base.enum_named(by)).map_or(Shape::Scalar, Shape::Table);
        let tag = tag_of(cx, ElementKind::Param, &param.id);
        let def = lang::ParamDef {
            id: param.id.clone(),
            name: param.name.clone(),
            ty: param.ty.clone(),
            shape,
            tag,
        };
        define(cx, base.param(def));
    }
    catalog
}

/// A limit must be of the same type, over the same table.
fn limits(cx: &Context<'_>, params: &Catalog<Param>) {
    for param in params {
        let Some(limit) = param.limit.as_deref().and_then(|id| params.get(id)) else { continue };
        if (&limit.ty, &limit.by) == (&param.ty, &param.by) {
            continue;
        }
        let (own, other) =
            (tag_of(cx, ElementKind::Param, &param.id), tag_of(cx, ElementKind::Param, &limit.id));
        cx.sink.add(
            Diagnostic::new(
                "E059",
                cx.tagged(own),
                format!("`{}` 与它的上限 `{}` 类型不同", param.id, limit.id),
                format!("`{}` and its limit `{}` differ in type", param.id, limit.id),
            )
            .label("类型对不上", "the types differ")
            .related(cx.tagged(other), "上限在这里定义", "the limit is defined here"),
        );
    }
}

fn versions(
    cx: &Context<'_>,
    head: &Head,
    raw: &Raw,
    reader: &Reader<'_>,
    ty: Option<&Type>,
    by: Option<&str>,
    base: &Env,
) -> Vec<ParamVersion> {
    let list = reader.tables("versions");
    let read = |table: &Reader<'_>, from: Date| {
        let value = param_value(cx, table, ty?, by, base)?;
        Some(ParamVersion { from, until: head.in_force.until, value, basis: table.string("basis") })
    };
    let written = list.len();
    if written == 0 {
        if reader.node("versions").is_none() {
            return read(reader, head.in_force.from).into_iter().collect();
        }
        return Vec::new();
    }
    let mut versions: Vec<(ParamVersion, Range<usize>)> = Vec::new();
    for table in &list {
        let from = table.day("from");
        if from.is_none() && table.node("from").is_none() {
            table.missing("from");
        }
        let version = from.and_then(|from| read(table, from));
        table.finish();
        versions.extend(version.map(|version| (version, table.at.clone())));
    }
    if versions.len() == written {
        cover(cx, head, raw, &mut versions);
    }
    versions.into_iter().map(|(version, _)| version).collect()
}

/// Versions must begin with the edition, each after the one before.
fn cover(cx: &Context<'_>, head: &Head, raw: &Raw, versions: &mut [(ParamVersion, Range<usize>)]) {
    let Some((first, at)) = versions.first() else { return };
    if first.from > head.in_force.from {
        cx.sink.add(
            Diagnostic::new(
                "E044",
                at.clone(),
                format!("`{}` 从{}到第一个版本之前没有值", raw.id, kernel::date::zh(head.in_force.from)),
                format!("`{}` has no value from {} until its first version", raw.id, head.in_force.from),
            )
            .label("第一个版本开始得太晚", "the first version begins too late")
            .hint("第一个版本应从施行之日开始", "let the first version begin with the time in force"),
        );
    }
    for n in 1..versions.len() {
        let (from, before) = (versions[n].0.from, versions[n - 1].0.from);
        if from <= before {
            cx.sink.add(
                Diagnostic::new(
                    "E044",
                    versions[n].1.clone(),
                    format!("`{}` 的版本时间重叠", raw.id),
                    format!("versions of `{}` overlap", raw.id),
                )
                .label("不晚于前一个版本", "not after the version before")
                .related(versions[n - 1].1.clone(), "前一个版本", "the version before"),
            );
        } else {
            versions[n - 1].0.until = from.yesterday().ok();
        }
    }
}

/// `is = …` or `each = { … }`.
fn param_value(
    cx: &Context<'_>,
    reader: &Reader<'_>,
    ty: &Type,
    by: Option<&str>,
    base: &Env,
) -> Option<ParamValue> {
    let Some(by) = by else {
        let text = reader.need_text("is")?;
        if *ty == Type::Regions {
            let codes = text.text.split_whitespace();
            let place = |code: &str| {
                let start = code.as_ptr() as usize - text.text.as_ptr() as usize;
                text.place(&(start..start + code.len()))
            };
            let codes: Vec<_> = codes.map(|code| cx.region(code, place(code))).collect();
            return codes.into_iter().collect::<Option<Vec<_>>>().map(ParamValue::Regions);
        }
        return value(cx, text, ty, base).map(ParamValue::Scalar);
    };
    let def = base.enums().get(base.enum_named(by)?.index())?.clone();
    let Some(table) = reader.table("each") else {
        if reader.node("each").is_none() {
            reader.missing("each");
        }
        return None;
    };
    let mut values: Vec<Option<Value>> = vec![None; def.members.len()];
    for entry in table.all() {
        match def.members.iter().position(|member| member.id == entry.key) {
            Some(at) => values[at] = node_value(cx, &entry.node, ty, base),
            None => cx.sink.add(unknown_key(entry, def.members.iter().map(|m| m.id.as_str()))),
        }
    }
    let lacking: Vec<&str> = def
        .members
        .iter()
        .map(|member| member.id.as_str())
        .filter(|id| !table.all().iter().any(|entry| entry.key == *id))
        .collect();
    if !lacking.is_empty() {
        let list = lacking.join("、");
        cx.sink.add(
            Diagnostic::new(
                "E043",
                table.at.clone(),
                format!("表没有写全“{}”的各类: 缺 {list}", def.name.zh),
                format!("the table does not cover `{by}`: {} missing", lacking.join(", ")),
            )
            .label("缺项", "not covered")
            .related(cx.tagged(def.tag), "类别在这里定义", "the enum is defined here"),
        );
    }
    values.into_iter().collect::<Option<Vec<_>>>().map(ParamValue::Table)
}

/// A value written as text, or a bare truth value or day.
pub(super) fn node_value(cx: &Context<'_>, node: &Node, ty: &Type, env: &Env) -> Option<Value> {
    match (&node.value, ty) {
        (Tree::Text(text), _) => value(cx, text, ty, env),
        (Tree::Bool(flag), Type::Bool) => Some(Value::Bool(*flag)),
        (Tree::Day(day), Type::Date) => Some(Value::Date(*day)),
        (other, _) => {
            let wanted: Bilingual = Bilingual::new(env.type_zh(ty), env.type_en(ty));
            cx.sink.add(wrong_type(&node.at, other, (&wanted.zh, &wanted.en)));
            None
        }
    }
}

fn value(cx: &Context<'_>, text: &Text, ty: &Type, env: &Env) -> Option<Value> {
    if *ty == Type::Money {
        return money(cx, text).map(Value::Money);
    }
    match lang::parse_value(&text.text, ty, env) {
        Ok(value) => Some(value),
        Err(error) => {
            cx.sink.add(
                Diagnostic::new("E046", text.place(&error.span), error.message_zh, error.message_en)
                    .label("写法不对", "cannot be read")
                    .hint(error.hint_zh, error.hint_en),
            );
            None
        }
    }
}
