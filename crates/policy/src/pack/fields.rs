//! Fields as the pack writes them: what may be typed, which fact it supplies, where its first value comes from.

use super::context::Context;
use super::diag::Diagnostic;
use super::forms::value_type;
use super::model::*;
use super::reader::Reader;
use super::symbols::Symbols;
use super::things::small;
use super::tree::Text;
use crate::lang::{Env, Type};

/// The type of a field, a column or a note.
pub(super) fn field_type(cx: &Context<'_>, inner: &Reader<'_>, base: &Env) -> Option<FieldType> {
    const PLAIN: &[&str] = &[
        "text",
        "longtext",
        "bool",
        "money",
        "ratio",
        "count",
        "quantity",
        "date",
        "month",
        "year",
        "enum",
        "region",
        "credit_code",
        "resident_id",
        "phone",
        "bank_account",
        "postcode",
    ];
    let words: Vec<(&'static str, &'static str)> = PLAIN.iter().map(|word| (*word, *word)).collect();
    let word = cx.need_word(inner, "type", &words);
    let (unit, of) = (inner.text("unit"), inner.text("of"));
    Some(match word? {
        "text" => FieldType::Text,
        "longtext" => FieldType::LongText,
        "bool" => FieldType::Bool,
        "money" => FieldType::Money(money_unit(cx, inner, unit)?),
        "ratio" => FieldType::Ratio,
        "count" => FieldType::Count(count_unit(cx, inner, unit, base)?),
        "quantity" => FieldType::Quantity,
        "date" => FieldType::Date,
        "month" => FieldType::Month,
        "year" => FieldType::Year,
        "enum" => {
            if inner.node("of").is_none() {
                inner.missing("of");
            }
            FieldType::Enum(cx.refer(ElementKind::Enum, of?)?)
        }
        "region" => FieldType::Region,
        "credit_code" => FieldType::CreditCode,
        "resident_id" => FieldType::ResidentId,
        "phone" => FieldType::Phone,
        "bank_account" => FieldType::BankAccount,
        _ => FieldType::Postcode,
    })
}

pub(super) fn money_unit(cx: &Context<'_>, inner: &Reader<'_>, unit: Option<&Text>) -> Option<MoneyUnit> {
    if inner.node("unit").is_none() {
        inner.missing("unit");
    }
    cx.word(unit?, &[("元", MoneyUnit::Yuan), ("万元", MoneyUnit::Wan)])
}

fn count_unit(cx: &Context<'_>, inner: &Reader<'_>, unit: Option<&Text>, base: &Env) -> Option<Id> {
    if inner.node("unit").is_none() {
        inner.missing("unit");
    }
    let unit = unit?;
    if base.unit_named(&unit.text).is_some() {
        return Some(unit.text.clone());
    }
    cx.unlisted(unit, "计数单位", "unit", None);
    None
}

/// One field of a group; what depends on other fields is read later.
pub(super) fn field(cx: &Context<'_>, inner: &Reader<'_>, part: &Cite, symbols: &Symbols) -> Option<Field> {
    let read = draft_field(cx, inner, part, symbols);
    inner.node("required_when");
    inner.finish();
    read
}

/// A field or column, its other keys still unread.
pub(super) fn draft_field(
    cx: &Context<'_>,
    inner: &Reader<'_>,
    part: &Cite,
    symbols: &Symbols,
) -> Option<Field> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let ty = field_type(cx, inner, &symbols.base);
    let long = matches!(ty, Some(FieldType::LongText));
    let fact = inner.text("fact").and_then(|text| {
        supplied(cx, text, ty.as_ref().and_then(|ty| value_type(ty, &symbols.base)), symbols)
    });
    let sensitive = inner.flag("sensitive").unwrap_or(false)
        || matches!(ty, Some(FieldType::ResidentId | FieldType::BankAccount));
    let field = Field {
        id: id.unwrap_or_default(),
        name: inner.words(),
        required: if inner.flag("required").unwrap_or(false) { Required::Yes } else { Required::No },
        fact,
        prefill: inner.text("prefill").and_then(|text| prefill(cx, text)),
        hint: inner.inner_words("hint"),
        cite: inner.text("cite").and_then(|text| cx.written_cite(text)).unwrap_or_else(|| part.clone()),
        sensitive,
        max_len: small(cx, inner, "max_len", 100_000).unwrap_or(if long { 2000 } else { 200 }),
        ty: ty?,
    };
    Some(field)
}

/// The fact that a field or a derived value supplies; their types must agree.
pub(super) fn supplied(cx: &Context<'_>, text: &Text, ty: Option<Type>, symbols: &Symbols) -> Option<Id> {
    let id = cx.refer(ElementKind::Fact, text)?;
    let fact = symbols.facts.get(&id)?;
    let agrees = match (&ty, &fact.ty) {
        (Some(Type::Quotient(inner)), Type::Ratio) => **inner == Type::Ratio,
        (Some(ty), wanted) => ty == wanted,
        (None, _) => false,
    };
    if agrees {
        return Some(id);
    }
    let wanted = symbols.env.type_zh(&fact.ty);
    let wanted_en = symbols.env.type_en(&fact.ty);
    let raw = cx.draft.of(ElementKind::Fact).find(|raw| raw.id == id)?;
    cx.sink.add(
        Diagnostic::new(
            "E054",
            text.whole(),
            format!("`{id}` 要的是{wanted}，这里给不出"),
            format!("`{id}` is {wanted_en}; this cannot supply it"),
        )
        .label("类型对不上", "the types differ")
        .related(
            raw.at.clone(),
            format!("`{id}` 在这里定义为{wanted}"),
            format!("`{id}` is defined here as {wanted_en}"),
        ),
    );
    None
}

fn prefill(cx: &Context<'_>, text: &Text) -> Option<Prefill> {
    const ORG: &[&str] = &["name", "credit_code", "address", "representative", "phone"];
    const CASE: &[&str] = &["desk", "date"];
    match text.text.split_once('.') {
        Some(("org", key)) if ORG.contains(&key) => Some(Prefill::Org(key.into())),
        Some(("case", key)) if CASE.contains(&key) => Some(Prefill::Case(key.into())),
        Some(("parent", key)) => Some(Prefill::Parent(key.into())),
        _ => {
            let all: Vec<(&'static str, ())> = [
                "org.name",
                "org.credit_code",
                "org.address",
                "org.representative",
                "org.phone",
                "case.desk",
                "case.date",
                "parent.…",
            ]
            .map(|word| (word, ()))
            .to_vec();
            cx.word(text, &all);
            None
        }
    }
}
