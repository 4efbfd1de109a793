//! Numbers with the units that regulations print: 100万元, 30%, 三分之二, 50人, 10个工作日, 2019-10-09.

use super::env::Env;
use super::error::{Code, LangError};
use super::slot::{Slot, pack_date};
use super::suggest::nearest;
use super::types::Type;
use kernel::Date;
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::term::Term;
use std::ops::Range;

/// The words for money and the fen in one of them.
const MONEY: [(&str, i128); 8] = [
    ("元", 100),
    ("万元", 1_000_000),
    ("亿元", 10_000_000_000),
    ("千元", 100_000),
    ("百万元", 100_000_000),
    ("千万元", 1_000_000_000),
    ("角", 10),
    ("分", 1),
];

/// Reads a literal; a bare number is `Number` (as a fraction), a local zone's code is a region.
pub(crate) fn read(text: &str, at: &Range<usize>, env: &Env) -> Result<(Type, Slot), Box<LangError>> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (number, unit) = text.split_at(digits);
    if digits == 0 {
        return in_words(text, at);
    }
    if number.matches('.').count() > 1 {
        return Err(bad(text, at, "数字中有两个小数点", "the number has two points"));
    }
    if unit.starts_with("-L") {
        return region(text, at).map(|slot| (Type::Region, slot));
    }
    if unit.starts_with('-') {
        return date(text, at).map(|slot| (Type::Date, slot));
    }
    if unit.is_empty() {
        return match scaled(number, 1) {
            Some((num, den)) => Ok((Type::Number, Slot::Frac(num, den))),
            None => Err(too_long(text, at)),
        };
    }
    if matches!(unit, "%" | "％" | "‰") {
        return ratio(&text.replace('％', "%"), at);
    }
    if let Some((_, fen)) = MONEY.iter().find(|(word, _)| *word == unit) {
        return whole(number, *fen, text, at, ("1分", "one fen")).map(|fen| (Type::Money, Slot::Int(fen)));
    }
    let counted = unit.strip_prefix('个').or_else(|| unit.strip_prefix('名')).unwrap_or(unit);
    if let Some(of) = env.unit_named(unit).or_else(|| env.unit_named(counted)) {
        let one = (format!("1{counted}"), format!("one {}", env.units()[of.index()].en_one));
        return whole(number, 1, text, at, (&one.0, &one.1)).map(|n| (Type::Count(of), Slot::Int(n)));
    }
    if let Ok(term) = Term::parse(text) {
        return Ok((Type::Term(term.unit), Slot::Int(i64::from(term.n))));
    }
    if unit.ends_with(['日', '年', '月', '天']) {
        return Err(bad(text, at, "期限或日期无法识别", "this is neither a term nor a date"));
    }
    Err(unknown_unit(unit, at, env))
}

fn in_words(text: &str, at: &Range<usize>) -> Result<(Type, Slot), Box<LangError>> {
    if let Ok(term) = Term::parse(text) {
        return Ok((Type::Term(term.unit), Slot::Int(i64::from(term.n))));
    }
    ratio(text, at)
}

fn ratio(text: &str, at: &Range<usize>) -> Result<(Type, Slot), Box<LangError>> {
    let thousandths = text.strip_suffix('‰').and_then(|number| scaled(number, 1));
    let ratio = match thousandths {
        Some((num, den)) => den.checked_mul(1_000).and_then(|den| Ratio::new(num, den)),
        None => Ratio::parse(text).ok(),
    };
    match ratio {
        Some(ratio) => Ok((Type::Ratio, Slot::Frac(ratio.num(), ratio.den()))),
        None => {
            Err(bad(text, at, "比例无法识别，请写成 30% 或 三分之二", "not a ratio; write 30% or 三分之二"))
        }
    }
}

fn date(text: &str, at: &Range<usize>) -> Result<Slot, Box<LangError>> {
    let mut parts = text.split('-');
    let mut next = || parts.next().and_then(|part| part.parse::<i16>().ok());
    let date = match (next(), next(), next()) {
        (Some(year), Some(month), Some(day)) => {
            i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d).ok())
        }
        _ => None,
    };
    date.map(|date| Slot::Int(pack_date(date)))
        .ok_or_else(|| bad(text, at, "没有这一天", "there is no such day"))
}

/// A division code or the code of a local zone that the gazetteer has.
pub(crate) fn region(text: &str, at: &Range<usize>) -> Result<Slot, Box<LangError>> {
    match text.parse::<RegionCode>().ok().filter(|code| super::regions::is_known(*code)) {
        Some(code) => Ok(Slot::Int(super::regions::pack(code))),
        None => Err(Box::new(LangError::new(
            Code::UnknownRegion,
            at.clone(),
            format!("没有行政区划代码 `{text}`"),
            format!("there is no division code `{text}`"),
        ))),
    }
}

/// `number × scale` as a fraction of small terms; `None` when it cannot be held.
fn scaled(number: &str, scale: i128) -> Option<(i64, i64)> {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + places.len() > 30 {
        return None;
    }
    let num = format!("{whole}{places}").parse::<i128>().ok()?.checked_mul(scale)?;
    let mut den = 10_i128.checked_pow(places.len() as u32)?;
    let mut num = num;
    for prime in [2, 5] {
        while den % prime == 0 && num % prime == 0 {
            (num, den) = (num / prime, den / prime);
        }
    }
    Some((i64::try_from(num).ok()?, i64::try_from(den).ok()?))
}

fn whole(
    number: &str,
    scale: i128,
    text: &str,
    at: &Range<usize>,
    one: (&str, &str),
) -> Result<i64, Box<LangError>> {
    match scaled(number, scale) {
        Some((n, 1)) => Ok(n),
        Some(_) => Err(Box::new(LangError::new(
            Code::TooFine,
            at.clone(),
            format!("`{text}` 小于最小单位（{}）", one.0),
            format!("`{text}` is finer than {}", one.1),
        ))),
        None => Err(too_long(text, at)),
    }
}

fn too_long(text: &str, at: &Range<usize>) -> Box<LangError> {
    bad(text, at, "数字过大", "the number is too large")
}

fn bad(text: &str, at: &Range<usize>, zh: &str, en: &str) -> Box<LangError> {
    Box::new(LangError::new(
        Code::BadLiteral,
        at.clone(),
        format!("`{text}`：{zh}"),
        format!("`{text}`: {en}"),
    ))
}

fn unknown_unit(unit: &str, at: &Range<usize>, env: &Env) -> Box<LangError> {
    let known: Vec<&str> = env.units().iter().map(|unit| unit.zh.as_str()).collect();
    let error = LangError::new(
        Code::UnknownUnit,
        at.clone(),
        format!("不认识的单位 `{unit}`"),
        format!("unknown unit `{unit}`"),
    );
    let words = MONEY.iter().map(|(word, _)| *word).chain(known.iter().copied());
    Box::new(match nearest(unit, words) {
        Some(near) => error.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => {
            let list = known.join("、");
            error.hint(format!("可用的计数单位：{list}"), format!("the units of count are {list}"))
        }
    })
}
