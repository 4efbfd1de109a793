//! What people call a type, in Chinese and in English.

use super::env::Env;
use super::types::Type;
use kernel::term::TermUnit;

impl Env {
    /// What people call the type, in Chinese.
    pub fn type_zh(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "是否".into(),
            Type::Money => "金额".into(),
            Type::Ratio => "比例".into(),
            Type::Count(unit) => format!("数量（{}）", self.units()[unit.index()].zh),
            Type::Date => "日期".into(),
            Type::Term(unit) => format!("期限（{}）", term_zh(*unit)),
            Type::Enum(of) => format!("枚举 {}", self.enums()[of.index()].id),
            Type::Region => "地区".into(),
            Type::Regions => "地区范围".into(),
            Type::Quotient(inner) if **inner == Type::Ratio => "两数之比".into(),
            Type::Quotient(inner) => format!("除得的{}", self.type_zh(inner)),
            Type::Number => "没有单位的数字".into(),
        }
    }

    /// What people call the type, in English.
    pub fn type_en(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "yes or no".into(),
            Type::Money => "money".into(),
            Type::Ratio => "a ratio".into(),
            Type::Count(unit) => format!("a count of {}", self.units()[unit.index()].en_many),
            Type::Date => "a date".into(),
            Type::Term(unit) => format!("a term in {}", term_en(*unit)),
            Type::Enum(of) => format!("the enum {}", self.enums()[of.index()].id),
            Type::Region => "a place".into(),
            Type::Regions => "a set of places".into(),
            Type::Quotient(inner) if **inner == Type::Ratio => "the ratio of two numbers".into(),
            Type::Quotient(inner) => format!("a quotient of {}", self.type_en(inner)),
            Type::Number => "a number without a unit".into(),
        }
    }
}

impl Env {
    /// A literal of the type, as it would be written.
    pub(crate) fn example(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "true".into(),
            Type::Money => "100万元".into(),
            Type::Ratio => "30%".into(),
            Type::Count(unit) => format!("50{}", self.units()[unit.index()].zh),
            Type::Date => "2019-10-09".into(),
            Type::Term(unit) => kernel::term::Term::new(3, *unit).to_string(),
            Type::Enum(of) => {
                self.enums()[of.index()].members.first().map_or_else(String::new, |m| m.id.clone())
            }
            Type::Region | Type::Regions => "620123".into(),
            Type::Quotient(inner) => self.example(inner),
            Type::Number => "2".into(),
        }
    }
}

fn term_zh(unit: TermUnit) -> &'static str {
    use TermUnit::{Day, Month, Workday, Year};
    match unit {
        Workday => "工作日",
        Day => "日",
        Month => "月",
        Year => "年",
    }
}

fn term_en(unit: TermUnit) -> &'static str {
    use TermUnit::{Day, Month, Workday, Year};
    match unit {
        Workday => "working days",
        Day => "days",
        Month => "months",
        Year => "years",
    }
}
