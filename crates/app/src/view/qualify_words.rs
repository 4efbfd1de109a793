//! Values of the pack in words, both languages, as the public pages write them. Values of a decision's trace come worded
//! by the rules themselves; this is for what no rule has read yet: parameters, questions, presets.

use kernel::money::Money;
use kernel::region::{Gazetteer, RegionCode};
use kernel::term::Term;
use policy::lang::{Type, Value};
use policy::pack::{Pack, Words};
use policy::ruleset::{Citation, cite_en, cite_zh};

/// 200万元 where that is exact and short, otherwise 1,237,037.03元.
pub fn money_words(money: Money) -> Words {
    let grouped = money.grouped();
    let yuan = grouped.strip_suffix(".00").unwrap_or(&grouped);
    let fen = money.fen();
    let short = fen.unsigned_abs() >= 1_000_000 && fen % 10_000 == 0;
    let zh = if short { format!("{}万元", money.wan()) } else { format!("{yuan}元") };
    Words::new(zh, format!("{yuan} yuan"))
}

/// A term in both languages.
pub fn term_words(term: Term) -> Words {
    Words::new(term.to_string(), term.en())
}

/// A value of a type in words.
pub fn value_words(pack: &Pack, value: &Value, ty: &Type) -> Words {
    let same = |text: String| Words::new(text.clone(), text);
    match (value, ty) {
        (Value::Bool(true), _) => Words::new("是", "yes"),
        (Value::Bool(false), _) => Words::new("否", "no"),
        (Value::Money(money), _) => money_words(*money),
        (Value::Ratio(ratio), _) => same(ratio.to_string()),
        (Value::Count(n), Type::Count(unit)) => match pack.env.units().get(unit.index()) {
            Some(unit) => {
                let many = if *n == 1 { &unit.en_one } else { &unit.en_many };
                Words::new(format!("{n}{}", unit.zh), format!("{n} {many}"))
            }
            None => same(n.to_string()),
        },
        (Value::Count(n), _) => same(n.to_string()),
        (Value::Date(date), _) => Words::new(kernel::date::zh(*date), date.to_string()),
        (Value::Term(term), _) => term_words(*term),
        (Value::Member(at), Type::Enum(of)) => {
            let member = pack.env.enums().get(of.index()).and_then(|def| def.members.get(usize::from(*at)));
            member.map_or_else(|| same(at.to_string()), |member| member.name.clone())
        }
        (Value::Member(at), _) => same(at.to_string()),
        (Value::Region(code), _) => same(place_name(*code)),
    }
}

/// The full name of a place: 甘肃省兰州市榆中县.
pub fn place_name(code: RegionCode) -> String {
    Gazetteer::get().path(code).map_or_else(|| code.to_string(), |path| path.concat())
}

/// The unit of a count as it stands after a number.
pub(super) fn unit_words(pack: &Pack, ty: &Type) -> Words {
    match ty {
        Type::Count(unit) => {
            let unit = pack.env.units().get(unit.index());
            unit.map_or_else(Words::default, |unit| Words::new(unit.zh.clone(), unit.en_many.clone()))
        }
        _ => Words::default(),
    }
}

/// A sentence of the trace without the article at its end, which the page sets apart.
pub(super) fn without_cite(zh: &str, en: &str, article: &str, item: Option<&str>) -> Words {
    let cite = Citation { article: article.to_owned(), item: item.map(ToOwned::to_owned) };
    let (end_zh, end_en) = (format!("（{}）", cite_zh(&cite)), format!(" ({})", cite_en(&cite)));
    Words::new(zh.strip_suffix(&end_zh).unwrap_or(zh), en.strip_suffix(&end_en).unwrap_or(en))
}
