//! One cell: its text to a typed value, or what is wrong with it and how to write it.

use super::contact;
use super::data::SEALED;
use crate::lang::{Env, Type, Value, ValueError, parse_value};
use crate::pack::{Field, FieldType, MoneyUnit, Words};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::credit::CreditCode;
use kernel::date::parse_date;
use kernel::explain::Explain;
use kernel::ratio::Ratio;
use kernel::resident::ResidentId;

/// What is wrong with a cell, without its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub what: Words,
    pub hint: Option<Words>,
}

impl Fault {
    pub fn new(what: Words, hint: Words) -> Self {
        Self { what, hint: Some(hint) }
    }

    pub fn plain(zh: &str, en: &str, hint_zh: &str, hint_en: &str) -> Self {
        Self::new(Words::new(zh, en), Words::new(hint_zh, hint_en))
    }

    fn explained(error: &impl Explain) -> Self {
        Self::new(
            Words::new(error.message_zh(), error.message_en()),
            Words::new(error.hint_zh(), error.hint_en()),
        )
    }

    fn of_value(error: ValueError) -> Self {
        Self::new(Words::new(error.message_zh, error.message_en), Words::new(error.hint_zh, error.hint_en))
    }
}

/// Whether the text stands for a value kept elsewhere.
pub(super) fn is_sealed(field: &Field, text: &str) -> bool {
    field.sensitive && text.trim_start().starts_with(SEALED)
}

/// Reads a cell that is not empty. `None` is a good text that expressions do not see.
pub(super) fn read(text: &str, field: &Field, env: &Env) -> Result<Option<Value>, Fault> {
    if is_sealed(field, text) {
        return Ok(None);
    }
    shape(text, field)?;
    match &field.ty {
        FieldType::Text | FieldType::LongText => Ok(None),
        FieldType::Bool => typed(text, &Type::Bool, field, env),
        FieldType::Money(unit) => money(text, *unit).map(Some),
        FieldType::Ratio => {
            Ratio::parse(text).map(|r| Some(Value::Ratio(r))).map_err(|e| Fault::explained(&e))
        }
        FieldType::Quantity => contact::quantity(text).map(|r| Some(Value::Ratio(r))),
        FieldType::Count(unit) => match env.unit_named(unit) {
            Some(unit) => typed(&contact::narrow(text), &Type::Count(unit), field, env),
            None => Ok(None),
        },
        FieldType::Date => parse_date(text).map(|d| Some(Value::Date(d))).map_err(|e| Fault::explained(&e)),
        FieldType::Month => contact::month(text).map(|d| Some(Value::Date(d))),
        FieldType::Year => contact::year(text).map(|_| None),
        FieldType::Enum(of) => match env.enum_named(of) {
            Some(of) => typed(text, &Type::Enum(of), field, env),
            None => Ok(None),
        },
        FieldType::Region => typed(text, &Type::Region, field, env),
        FieldType::CreditCode => CreditCode::parse(text).map(|_| None).map_err(|e| Fault::explained(&e)),
        FieldType::ResidentId => ResidentId::parse(text).map(|_| None).map_err(|e| Fault::explained(&e)),
        FieldType::Phone => contact::phone(text).map(|()| None),
        FieldType::BankAccount => contact::bank_account(text).map(|()| None),
        FieldType::Postcode => contact::postcode(text).map(|()| None),
    }
}

/// The value of a cell that is not empty; none when expressions do not see it or it cannot be read.
pub(crate) fn value(text: &str, field: &Field, env: &Env) -> Option<Value> {
    read(text, field, env).ok().flatten()
}

/// An amount in the unit of its heading.
pub(super) fn money(text: &str, unit: MoneyUnit) -> Result<Value, Fault> {
    let unit = match unit {
        MoneyUnit::Yuan => AmountUnit::Yuan,
        MoneyUnit::Wan => AmountUnit::Wan,
    };
    parse_amount(text, unit)
        .map(|amount| Value::Money(amount.money))
        .map_err(|error| Fault::explained(&error))
}

/// What the language reads. A sensitive text is not repeated in what is said about it.
fn typed(text: &str, ty: &Type, field: &Field, env: &Env) -> Result<Option<Value>, Fault> {
    parse_value(text, ty, env).map(Some).map_err(|error| {
        let hint = Words::new(error.hint_zh.clone(), error.hint_en.clone());
        if field.sensitive {
            return Fault::new(
                Words::new("填写的内容不合格式", "what was typed does not have the right form"),
                hint,
            );
        }
        Fault::of_value(error)
    })
}

/// Length, lines, characters that cannot be seen.
fn shape(text: &str, field: &Field) -> Result<(), Fault> {
    let length = text.trim().chars().count();
    if length > field.max_len {
        let (most, over) = (field.max_len, length - field.max_len);
        return Err(Fault::new(
            Words::new(
                format!("最多{most}字，多了{over}字"),
                format!("{over} characters more than the {most} allowed"),
            ),
            Words::new("请缩短后再填", "shorten it"),
        ));
    }
    let long = field.ty == FieldType::LongText;
    let text = text.trim();
    if !long && text.contains(['\n', '\r']) {
        return Err(Fault::plain(
            "这一栏只能写一行",
            "this field takes one line",
            "请删去换行",
            "remove the line breaks",
        ));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Fault::plain(
            "含有看不见的控制字符",
            "it contains characters that cannot be seen",
            "请重新录入这一栏，不要从其他软件粘贴",
            "type it again instead of pasting it",
        ));
    }
    Ok(())
}
