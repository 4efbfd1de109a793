//! Values at the edge: from the text of a pack, a form field or a line of input to a typed value, or a refusal that
//! says what is wrong and how to write it. Money comes as a decimal string of yuan or as offices spell it, never as a float.

use super::env::Env;
use super::error::{Code, LangError};
use super::eval::is_storable;
use super::literal;
use super::suggest::nearest;
use super::types::{EnumId, Type, Value};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::explain::Explain;
use kernel::ratio::Ratio;
use kernel::region::{Gazetteer, RegionCode};
use kernel::term::{Term, TermUnit};
use std::fmt;
use std::ops::Range;

/// A text that is not a value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// The stable code of what is wrong (bad literal, too fine, unknown region, not a member, unit).
    pub code: Code,
    /// The bytes of the text that could not be read.
    pub span: Range<usize>,
    /// What is wrong, in Chinese.
    pub message_zh: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// How to write it, in Chinese.
    pub hint_zh: String,
    /// How to write it, in English.
    pub hint_en: String,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_en)
    }
}

impl std::error::Error for ValueError {}

impl ValueError {
    pub(crate) fn new(code: Code, text: &str, message: (String, String), hint: (String, String)) -> Self {
        let (message_zh, message_en) = message;
        let (hint_zh, hint_en) = hint;
        Self { code, span: 0..text.len(), message_zh, message_en, hint_zh, hint_en }
    }

    fn explained(code: Code, error: &impl Explain) -> Self {
        Self {
            code,
            span: error.span(),
            message_zh: error.message_zh(),
            message_en: error.message_en(),
            hint_zh: error.hint_zh(),
            hint_en: error.hint_en(),
        }
    }

    fn of_literal(error: LangError, example: &str) -> Self {
        Self {
            code: error.code,
            span: error.span,
            message_zh: error.message_zh,
            message_en: error.message_en,
            hint_zh: error.hint_zh.unwrap_or_else(|| format!("请写成 {example}")),
            hint_en: error.hint_en.unwrap_or_else(|| format!("write it as {example}")),
        }
    }
}

/// The type that a pack's word stands for: `bool`, `money`, `ratio`, `date`, `region`, `regions`, `工作日`, `日`, `月`, `年`,
/// a unit (`人`) or the id of an enum.
pub fn parse_type(word: &str, env: &Env) -> Option<Type> {
    Some(match word {
        "bool" => Type::Bool,
        "money" => Type::Money,
        "ratio" => Type::Ratio,
        "date" => Type::Date,
        "region" => Type::Region,
        "regions" => Type::Regions,
        "工作日" => Type::Term(TermUnit::Workday),
        "日" => Type::Term(TermUnit::Day),
        "月" => Type::Term(TermUnit::Month),
        "年" => Type::Term(TermUnit::Year),
        unit if env.unit_named(unit).is_some() => Type::Count(env.unit_named(unit)?),
        other => Type::Enum(env.enum_named(other)?),
    })
}

/// Reads a value of the type.
pub fn parse_value(text: &str, ty: &Type, env: &Env) -> Result<Value, ValueError> {
    let value = match ty {
        Type::Bool => truth(text),
        Type::Money => parse_amount(text, AmountUnit::Yuan)
            .map(|amount| Value::Money(amount.money))
            .map_err(|error| ValueError::explained(Code::BadLiteral, &error)),
        Type::Ratio => Ratio::parse(text)
            .map(Value::Ratio)
            .map_err(|error| ValueError::explained(Code::BadLiteral, &error)),
        Type::Date => {
            parse_date(text).map(Value::Date).map_err(|error| ValueError::explained(Code::BadLiteral, &error))
        }
        Type::Count(_) => count(text, ty, env),
        Type::Term(unit) => term(text, *unit),
        Type::Enum(of) => member(text, *of, env),
        Type::Region => region(text),
        Type::Regions | Type::Quotient(_) | Type::Number => Err(not_of_type(text, ty, env)),
    }?;
    if is_storable(&value, ty, env) { Ok(value) } else { Err(not_of_type(text, ty, env)) }
}

fn not_of_type(text: &str, ty: &Type, env: &Env) -> ValueError {
    let message =
        (format!("`{text}` 不是{}", env.type_zh(ty)), format!("`{text}` is not {}", env.type_en(ty)));
    let example = env.example(ty);
    ValueError::new(
        Code::BadLiteral,
        text,
        message,
        (format!("请写成 {example}"), format!("write it as {example}")),
    )
}

fn truth(text: &str) -> Result<Value, ValueError> {
    match text.trim() {
        "true" | "是" | "yes" => Ok(Value::Bool(true)),
        "false" | "否" | "no" => Ok(Value::Bool(false)),
        other => Err(ValueError::new(
            Code::BadLiteral,
            text,
            (format!("`{other}` 看不出是“是”还是“否”"), format!("`{other}` is neither yes nor no")),
            ("请写 是 或 否".into(), "write true or false".into()),
        )),
    }
}

fn count(text: &str, ty: &Type, env: &Env) -> Result<Value, ValueError> {
    let trimmed = text.trim();
    if !trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_digit()) {
        return trimmed.parse().map(Value::Count).map_err(|_| not_of_type(text, ty, env));
    }
    if !trimmed.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(not_of_type(text, ty, env));
    }
    let start = text.len() - text.trim_start().len();
    let read = literal::read(trimmed, &(start..start + trimmed.len()), env);
    match read.map_err(|error| ValueError::of_literal(*error, &env.example(ty)))? {
        (found, slot) if found == *ty => {
            slot.as_int().map(Value::Count).ok_or_else(|| not_of_type(text, ty, env))
        }
        (Type::Number, _) => Err(ValueError::new(
            Code::TooFine,
            text,
            (format!("`{trimmed}` 不是整数"), format!("`{trimmed}` is not a whole number")),
            (format!("请写成 {}", env.example(ty)), format!("write it as {}", env.example(ty))),
        )),
        (found, _) => Err(ValueError::new(
            Code::UnitMismatch,
            text,
            (
                format!("单位不同：此处须为{}，得到的是{}", env.type_zh(ty), env.type_zh(&found)),
                format!(
                    "the unit differs: {} is asked for, this is {}",
                    env.type_en(ty),
                    env.type_en(&found)
                ),
            ),
            (format!("请写成 {}", env.example(ty)), format!("write it as {}", env.example(ty))),
        )),
    }
}

fn term(text: &str, unit: TermUnit) -> Result<Value, ValueError> {
    let term = Term::parse(text).map_err(|error| ValueError::explained(Code::BadLiteral, &error))?;
    let example = Term::new(term.n, unit);
    if term.unit == unit {
        return Ok(Value::Term(term));
    }
    Err(ValueError::new(
        Code::UnitMismatch,
        text,
        (format!("期限的单位不同：`{term}`"), format!("the term has another unit: `{}`", term.en())),
        (format!("请写成 {example}"), format!("write it as {example} ({})", example.en())),
    ))
}

fn member(text: &str, of: EnumId, env: &Env) -> Result<Value, ValueError> {
    let word = text.trim();
    if let Some(at) = env.member_named(of, word) {
        return Ok(Value::Member(at));
    }
    let def = &env.enums()[of.index()];
    let list: Vec<String> = def.members.iter().map(|m| format!("{}（{}）", m.id, m.name.zh)).collect();
    let words = def.members.iter().flat_map(|m| [m.id.as_str(), m.name.zh.as_str()]);
    let hint = match nearest(word, words) {
        Some(near) => (format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => (format!("可填：{}", list.join("、")), format!("one of: {}", list.join(", "))),
    };
    let message = (
        format!("`{word}` 不在“{}”的可选值之中", def.name.zh),
        format!("`{word}` is not one of the values of {}", def.name.en),
    );
    Err(ValueError::new(Code::NotAMember, text, message, hint))
}

fn region(text: &str) -> Result<Value, ValueError> {
    let word = text.trim();
    if let Ok(code) = word.parse::<RegionCode>()
        && super::regions::is_known(code)
    {
        return Ok(Value::Region(code));
    }
    Gazetteer::get()
        .resolve(word, None)
        .map(Value::Region)
        .map_err(|error| ValueError::explained(Code::UnknownRegion, &error))
}
