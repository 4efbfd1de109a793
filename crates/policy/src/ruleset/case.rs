//! The facts of one case. A fact that is not set is not known; there is no other way to say so.

use super::Ruleset;
use crate::lang::slot::{Slot, Trace, value_of};
use crate::lang::{Code, FactId, Type, Value, ValueError, is_storable, nearest, parse_value};
use std::fmt;

/// The facts of one case, by position; made by [`Ruleset::case`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    pub(super) slots: Trace,
}

/// What an edge has read for a fact: a text, or the literal of a number or truth value of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw<'a> {
    /// A text.
    Text(&'a str),
    /// The digits of a number as they were written; never a float.
    Number(&'a str),
    /// A truth value.
    Bool(bool),
}

/// A fact that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactError {
    /// The name as it was given.
    pub fact: String,
    /// What is wrong.
    pub error: Box<ValueError>,
}

impl fmt::Display for FactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.fact, self.error)
    }
}

impl std::error::Error for FactError {}

impl CaseFacts {
    /// Sets a fact. Refused when the value is not of the fact's type (or a count is negative, a place unknown).
    pub fn set(&mut self, ruleset: &Ruleset, fact: FactId, value: Value) -> Result<(), FactError> {
        let def = &ruleset.env.facts()[fact.index()];
        if !is_storable(&value, &def.ty, &ruleset.env) {
            let message = (
                format!("值不是{}", ruleset.env.type_zh(&def.ty)),
                format!("the value is not {}", ruleset.env.type_en(&def.ty)),
            );
            let hint = ("请核对类型与单位".into(), "check type and unit".into());
            let error = Box::new(ValueError::new(Code::BadLiteral, "", message, hint));
            return Err(FactError { fact: def.id.clone(), error });
        }
        self.slots.set(fact.index(), Slot::from(value));
        Ok(())
    }

    /// Forgets a fact.
    pub fn clear(&mut self, fact: FactId) {
        self.slots.set(fact.index(), Slot::MISSING);
    }

    /// The value of a fact, when it is known.
    pub fn get(&self, ruleset: &Ruleset, fact: FactId) -> Option<Value> {
        value_of(self.slots.get(fact.index()), &ruleset.env.facts()[fact.index()].ty)
    }
}

impl Ruleset {
    /// A case of which nothing is known.
    pub fn case(&self) -> CaseFacts {
        CaseFacts { slots: Trace::missing(self.env.facts().len()) }
    }

    /// A case from named facts; all that cannot be taken are reported.
    pub fn case_from<'a>(
        &self,
        facts: impl IntoIterator<Item = (&'a str, Raw<'a>)>,
    ) -> Result<CaseFacts, Vec<FactError>> {
        let (mut case, mut errors) = (self.case(), Vec::new());
        for (name, raw) in facts {
            match self.parse_fact(name, raw) {
                Ok((fact, value)) => case.slots.set(fact.index(), Slot::from(value)),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(case) } else { Err(errors) }
    }

    /// Reads a fact by name: money as a decimal string of yuan or as offices write it, ratios as `30%`, counts as `50` or
    /// `50人`, truth as true/false/是/否, places by code or full path, members by id or Chinese name, days.
    pub fn parse_fact(&self, name: &str, raw: Raw<'_>) -> Result<(FactId, Value), FactError> {
        let fail = |error| FactError { fact: name.into(), error: Box::new(error) };
        let Some(fact) = self.env.fact_named(name) else { return Err(fail(self.unknown_fact(name))) };
        let ty = &self.env.facts()[fact.index()].ty;
        let value = match (raw, ty) {
            (Raw::Text(text), _) => parse_value(text, ty, &self.env),
            (Raw::Bool(value), Type::Bool) => Ok(Value::Bool(value)),
            (Raw::Number(digits), Type::Count(_)) => parse_value(digits, ty, &self.env),
            (Raw::Number(digits), Type::Region) => parse_value(digits, ty, &self.env),
            (Raw::Number(digits), _) => Err(self.not_as(digits, ty)),
            (Raw::Bool(value), _) => Err(self.not_as(if value { "true" } else { "false" }, ty)),
        };
        value.map(|value| (fact, value)).map_err(fail)
    }

    fn not_as(&self, text: &str, ty: &Type) -> ValueError {
        let (zh, en) = (self.env.type_zh(ty), self.env.type_en(ty));
        let message = (format!("`{text}` 不是{zh}"), format!("`{text}` is not {en}"));
        let example = if *ty == Type::Money { "1000000.00".into() } else { self.env.example(ty) };
        let hint = (
            format!("请写成带引号的文字，例如 \"{example}\""),
            format!("write it as a string, such as \"{example}\""),
        );
        ValueError::new(Code::BadLiteral, text, message, hint)
    }

    fn unknown_fact(&self, name: &str) -> ValueError {
        let message = (format!("没有名为 `{name}` 的事实"), format!("there is no fact `{name}`"));
        let names = self.env.facts().iter().map(|fact| fact.id.as_str());
        let hint = match nearest(name, names) {
            Some(near) => (format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
            None => ("可用 policy show 查看全部事实".into(), "`policy show` lists all facts".into()),
        };
        ValueError::new(Code::UnknownName, name, message, hint)
    }
}
