//! Forms as the pack writes them: parts, fields, growing tables, months, derived values, cross-checks.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::fields::{draft_field, field, money_unit, supplied};
use super::model::*;
use super::reader::Reader;
use super::rosters::{compared, on_roster, uncompared};
use super::symbols::{Symbols, define, each};
use super::things::small;
use super::tree::Text;
use crate::lang::{Env, FactDef, Type, Want};

/// Boolean settings as expressions of forms see them.
pub(super) const SETTINGS: &str = "settings.";

/// The day of the application, known to every form and count.
pub(super) const APPLY_ON: &str = "apply_on";

/// Forms.
pub(super) fn forms(cx: &Context<'_>, symbols: &Symbols, settings: &Catalog<Setting>) -> Catalog<Form> {
    each(cx, ElementKind::Form, |raw, reader| Some(form(cx, raw, reader, symbols, settings)))
}

fn form(
    cx: &Context<'_>,
    raw: &Raw,
    reader: &Reader<'_>,
    symbols: &Symbols,
    settings: &Catalog<Setting>,
) -> Form {
    let cite = cx.cite(raw, reader);
    let drafts: Vec<(Reader<'_>, Part)> =
        reader.tables("part").into_iter().filter_map(|inner| part(cx, inner, &cite, symbols)).collect();
    once(cx, &drafts);
    let mut env = symbols.base.clone();
    let mut names = vec![(
        APPLY_ON.to_owned(),
        Words::new("申请之日", "the day of the application"),
        Type::Date,
        raw.at.clone(),
    )];
    let bools = settings.iter().filter(|setting| matches!(setting.value, SettingValue::Bool(_)));
    names.extend(bools.map(|s| (format!("{SETTINGS}{}", s.id), s.name.clone(), Type::Bool, raw.at.clone())));
    for (inner, part) in &drafts {
        names.extend(
            symbols_of(part, &symbols.base)
                .into_iter()
                .map(|(id, name, ty)| (id, name, ty, inner.at.clone())),
        );
    }
    for (id, name, ty, at) in names {
        let tag = cx.tag(&at);
        define(cx, env.fact(FactDef { id, name, ty, tag }));
    }
    let mut form = Form {
        id: raw.id.clone(),
        name: reader.words(),
        print: reader.text("print").and_then(|text| cx.written_cite(text)).map(|cite| cite.article),
        parts: Vec::new(),
        derives: Vec::new(),
        checks: Vec::new(),
        env: symbols.base.clone(),
        cite,
    };
    for inner in reader.tables("derive") {
        form.derives.extend(derive(cx, &inner, &form.cite, symbols, &mut env));
    }
    let years: Vec<Id> = drafts.iter().flat_map(|(_, part)| years(part)).collect();
    for (inner, mut part) in drafts {
        conditions(cx, &inner, &mut part, &env, &years);
        form.parts.push(part);
    }
    for inner in reader.tables("check") {
        form.checks.extend(check(cx, &inner, &form, &env));
    }
    form.env = env;
    form
}

/// Parts and texts are found by id: each id stands once in a form. (Fields that expressions see are checked as names.)
fn once(cx: &Context<'_>, drafts: &[(Reader<'_>, Part)]) {
    let unseen = |field: &&Field| {
        matches!(field.ty, FieldType::Text | FieldType::LongText | FieldType::Phone | FieldType::CreditCode)
    };
    let mut seen: BTreeMap<(bool, &str), Range<usize>> = BTreeMap::new();
    for (reader, part) in drafts {
        let fields = match &part.kind {
            PartKind::Fields(fields) => fields.as_slice(),
            PartKind::Table(_) | PartKind::Months(_) => &[],
        };
        let ids = fields.iter().filter(unseen).map(|field| (false, field.id.as_str()));
        for key in ids.chain([(true, part.id.as_str())]) {
            if let Some(first) = seen.insert(key, reader.at.clone()) {
                let (zh, en) = (format!("`{}` 重复定义", key.1), format!("`{}` is defined twice", key.1));
                cx.sink.add(
                    Diagnostic::new("E038", reader.at.clone(), zh, en)
                        .label("再次定义", "defined again")
                        .related(first, "第一次在这里定义", "first defined here"),
                );
            }
        }
    }
}

/// The names that a part gives to expressions, with their types.
pub(super) fn symbols_of(part: &Part, base: &Env) -> Vec<(Id, Words, Type)> {
    match &part.kind {
        PartKind::Fields(fields) => fields
            .iter()
            .filter_map(|field| Some((field.id.clone(), field.name.clone(), value_type(&field.ty, base)?)))
            .collect(),
        PartKind::Table(table) => {
            let mut names = Vec::new();
            for column in table.columns.iter().filter(|column| column.total) {
                let Some(ty) = value_type(&column.field.ty, base) else { continue };
                let id = format!("{}.{}", part.id, column.field.id);
                let (zh, en) = (&column.field.name.zh, &column.field.name.en);
                names.push((
                    format!("{id}.max"),
                    Words::new(format!("{zh}（最大一行）"), format!("largest {en}")),
                    ty.clone(),
                ));
                names.push((id, Words::new(format!("{zh}合计"), format!("total of {en}")), ty));
            }
            names
        }
        PartKind::Months(_) => {
            let name = Words::new(format!("{}合计", part.name.zh), format!("total of {}", part.name.en));
            vec![(format!("{}.total", part.id), name, Type::Money)]
        }
    }
}

/// What the language takes a field for; texts it does not see.
pub(super) fn value_type(ty: &FieldType, base: &Env) -> Option<Type> {
    match ty {
        FieldType::Bool => Some(Type::Bool),
        FieldType::Money(_) => Some(Type::Money),
        FieldType::Ratio | FieldType::Quantity => Some(Type::Ratio),
        FieldType::Count(unit) => base.unit_named(unit).map(Type::Count),
        FieldType::Date | FieldType::Month => Some(Type::Date),
        FieldType::Enum(of) => base.enum_named(of).map(Type::Enum),
        FieldType::Region => Some(Type::Region),
        FieldType::Text
        | FieldType::LongText
        | FieldType::Year
        | FieldType::CreditCode
        | FieldType::ResidentId
        | FieldType::Phone
        | FieldType::BankAccount
        | FieldType::Postcode => None,
    }
}

fn part<'a>(
    cx: &Context<'_>,
    inner: Reader<'a>,
    form: &Cite,
    symbols: &Symbols,
) -> Option<(Reader<'a>, Part)> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let cite = inner.text("cite").and_then(|text| cx.written_cite(text)).unwrap_or_else(|| form.clone());
    let kind = if inner.node("columns").is_some() {
        PartKind::Table(table(cx, &inner, &cite, symbols))
    } else if inner.node("months").is_some() {
        uncompared(cx, &inner);
        PartKind::Months(months(cx, &inner))
    } else {
        uncompared(cx, &inner);
        if inner.node("fields").is_none() {
            inner.missing("fields");
        }
        PartKind::Fields(
            inner.tables("fields").into_iter().filter_map(|f| field(cx, &f, &cite, symbols)).collect(),
        )
    };
    let part = Part {
        id: id?,
        name: inner.words(),
        hint: inner.inner_words("hint"),
        by: cx.refer_key(ElementKind::Role, &inner, "by"),
        when: None,
        kind,
        cite,
    };
    Some((inner, part))
}

fn table(cx: &Context<'_>, inner: &Reader<'_>, cite: &Cite, symbols: &Symbols) -> TableDef {
    let rows: Vec<(Reader<'_>, Field)> = inner
        .tables("columns")
        .into_iter()
        .filter_map(|column| {
            let field = draft_field(cx, &column, cite, symbols)?;
            Some((column, field))
        })
        .collect();
    let columns = rows.iter().filter_map(|(reader, field)| {
        let ty = value_type(&field.ty, &symbols.base)?;
        Some(FactDef { id: field.id.clone(), name: field.name.clone(), ty, tag: cx.tag(&reader.at) })
    });
    let env = define(cx, symbols.base.with_row(columns)).unwrap_or_else(|| symbols.base.clone());
    let columns = rows
        .into_iter()
        .map(|(reader, field)| {
            let want = match value_type(&field.ty, &symbols.base) {
                Some(Type::Money) => Want::Money,
                Some(Type::Ratio) => Want::Ratio,
                Some(Type::Bool) => Want::Bool,
                Some(Type::Date) => Want::Date,
                Some(Type::Count(unit)) => Want::Count(unit),
                _ => Want::Any,
            };
            let computed = reader.text("computed").and_then(|text| cx.formula(text, &env, want));
            let total = reader.flag("total").unwrap_or(false);
            if total && !matches!(field.ty, FieldType::Money(_) | FieldType::Ratio | FieldType::Count(_)) {
                let at = reader.node("total").map_or(reader.at.clone(), |node| node.at.clone());
                cx.sink.add(
                    Diagnostic::new(
                        "E049",
                        at,
                        format!("`{}` 不能合计", field.id),
                        format!("`{}` has no total", field.id),
                    )
                    .label("只有金额、比例和计数可以合计", "only money, ratios and counts add up"),
                );
            }
            let on_roster = on_roster(cx, &reader);
            reader.finish();
            Column { field, computed, total, on_roster }
        })
        .collect::<Vec<_>>();
    TableDef {
        roster: compared(cx, inner, &columns),
        columns,
        rows_min: small(cx, inner, "rows_min", 10_000).unwrap_or(0),
        rows_max: small(cx, inner, "rows_max", 10_000).unwrap_or(200),
        env: TableEnv(env),
    }
}

fn months(cx: &Context<'_>, inner: &Reader<'_>) -> MonthsDef {
    let year = inner.need_text("months").map(|text| text.text.clone()).unwrap_or_default();
    let unit = money_unit(cx, inner, inner.text("unit")).unwrap_or(MoneyUnit::Yuan);
    let row = |row: Reader<'_>| {
        let id = row.need_text("id").map(|text| text.text.clone()).unwrap_or_default();
        let read = MonthRow { id, name: row.words() };
        row.finish();
        read
    };
    MonthsDef { rows: inner.tables("rows").into_iter().map(row).collect(), year, unit }
}

fn derive(
    cx: &Context<'_>,
    inner: &Reader<'_>,
    form: &Cite,
    symbols: &Symbols,
    env: &mut Env,
) -> Option<Derive> {
    let id = inner.need_text("id");
    let text = inner.need_text("value");
    let value = text.and_then(|text| cx.formula(text, env, Want::Any));
    let name = inner.words();
    let fact = inner.text("fact");
    let cite = inner.text("cite").and_then(|text| cx.written_cite(text)).unwrap_or_else(|| form.clone());
    inner.finish();
    let (id, value) = (id?, value?);
    let ty = match value.expr.ty() {
        Type::Quotient(inner) if **inner == Type::Ratio => Type::Ratio,
        other => other.clone(),
    };
    let fact = fact.and_then(|text| supplied(cx, text, Some(ty.clone()), symbols));
    let tag = cx.tag(&id.whole());
    define(cx, env.fact(FactDef { id: id.text.clone(), name: name.clone(), ty, tag }));
    Some(Derive { id: id.text.clone(), name, fact, value, cite })
}

/// The fields of a part that state a year.
fn years(part: &Part) -> Vec<Id> {
    let PartKind::Fields(fields) = &part.kind else { return Vec::new() };
    fields.iter().filter(|field| field.ty == FieldType::Year).map(|field| field.id.clone()).collect()
}

/// What could only be read once all names of the form are known: `when` of a part, `required_when` of its fields.
fn conditions(cx: &Context<'_>, inner: &Reader<'_>, part: &mut Part, env: &Env, years: &[Id]) {
    part.when = cx.condition(inner, "when", env);
    match &mut part.kind {
        PartKind::Fields(fields) => {
            for (reader, field) in inner.tables("fields").iter().zip(fields.iter_mut()) {
                if let Some(condition) = cx.condition(reader, "required_when", env) {
                    field.required = Required::When(condition);
                }
            }
        }
        PartKind::Months(months) => {
            if let Some(text) = inner.text("months")
                && !years.contains(&months.year)
            {
                cx.unlisted(text, "年度栏目（type = \"year\"）", "year field", None);
            }
        }
        PartKind::Table(_) => {}
    }
    inner.finish();
}

fn check(cx: &Context<'_>, inner: &Reader<'_>, form: &Form, env: &Env) -> Option<Check> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let need = inner.need_text("need").and_then(|text| cx.formula(text, env, Want::Bool));
    let zh = inner.need_text("say").map(|text| text.text.clone()).unwrap_or_default();
    let say = Words { en: inner.string("en").unwrap_or_else(|| zh.clone()), zh };
    let level =
        inner.text("level").and_then(|text| cx.word(text, &[("error", Level::Error), ("warn", Level::Warn)]));
    let at = inner.texts("at").into_iter().filter_map(|text| place(cx, text, form)).collect();
    let cite = inner.text("cite").and_then(|text| cx.written_cite(text)).unwrap_or_else(|| form.cite.clone());
    inner.finish();
    Some(Check { id: id?, need: need?, say, at, level: level.unwrap_or(Level::Error), cite })
}

/// A field, or `table.column`.
fn place(cx: &Context<'_>, text: &Text, form: &Form) -> Option<Id> {
    let known = match text.text.split_once('.') {
        None => form.field(&text.text).is_some(),
        Some((part, column)) => form.part(part).is_some_and(|part| match &part.kind {
            PartKind::Table(table) => table.columns.iter().any(|c| c.field.id == column),
            PartKind::Months(_) => true,
            PartKind::Fields(_) => false,
        }),
    };
    if !known {
        let near = crate::lang::nearest(&text.text, form.fields().map(|field| field.id.as_str()));
        cx.unlisted(text, "栏目", "field", near);
        return None;
    }
    Some(text.text.clone())
}
