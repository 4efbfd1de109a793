//! Values and citations as people write them, in Chinese and in English. A percentage is cut off, never rounded up: what is
//! shown as 30% is 30%.

use super::meta::Citation;
use crate::lang::slot::{Slot, unpack_date};
use crate::lang::{Bilingual, Env, Type, regions};
use crate::pack::{ArticleId, Cite};
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::Gazetteer;
use kernel::term::Term;

const FEN_PER_WAN: i64 = 1_000_000;

fn same(text: String) -> Bilingual {
    Bilingual { zh: text.clone(), en: text }
}

/// A known slot of a type in words; empty for an unknown one.
pub(super) fn shown(slot: Slot, ty: &Type, env: &Env) -> Bilingual {
    match (ty, slot) {
        (Type::Bool, Slot::Bool(true)) => Bilingual::new("是", "yes"),
        (Type::Bool, Slot::Bool(false)) => Bilingual::new("否", "no"),
        (Type::Money, Slot::Int(fen)) => money(Money::from_fen(fen)),
        (Type::Count(unit), Slot::Int(n)) => {
            let unit = &env.units()[unit.index()];
            let many = if n == 1 { &unit.en_one } else { &unit.en_many };
            Bilingual::new(format!("{n}{}", unit.zh), format!("{n} {many}"))
        }
        (Type::Date, Slot::Int(packed)) => match unpack_date(packed) {
            Some(date) => Bilingual::new(kernel::date::zh(date), date.to_string()),
            None => Bilingual::default(),
        },
        (Type::Term(unit), Slot::Int(n)) => {
            let term = Term::new(u32::try_from(n.unsigned_abs()).unwrap_or(u32::MAX), *unit);
            let sign = if n < 0 { "-" } else { "" };
            Bilingual::new(format!("{sign}{term}"), format!("{sign}{}", term.en()))
        }
        (Type::Enum(of), Slot::Int(at)) => {
            let member = usize::try_from(at).ok().and_then(|at| env.enums()[of.index()].members.get(at));
            member.map(|member| member.name.clone()).unwrap_or_default()
        }
        (Type::Region, Slot::Int(packed)) => region(packed),
        (Type::Ratio | Type::Number, Slot::Frac(num, den)) => ratio(num, den),
        (Type::Quotient(inner), Slot::Frac(num, den)) => quotient(inner, num, den, env),
        _ => Bilingual::default(),
    }
}

/// 200万元 where that is exact and short, otherwise 1,237,037.03元.
pub(super) fn money(money: Money) -> Bilingual {
    let grouped = money.grouped();
    let yuan = grouped.strip_suffix(".00").unwrap_or(&grouped);
    let fen = money.fen();
    let short = fen.unsigned_abs() >= FEN_PER_WAN.unsigned_abs() && fen % (FEN_PER_WAN / 100) == 0;
    let zh = if short { format!("{}万元", money.wan()) } else { format!("{yuan}元") };
    Bilingual::new(zh, format!("{yuan} yuan"))
}

fn ratio(num: i64, den: i64) -> Bilingual {
    let Some(ratio) = Ratio::new(num, den) else { return same(format!("{num}/{den}")) };
    let exact = ratio.to_string();
    if exact.contains('%') {
        return same(exact);
    }
    let percent = ratio.percent_truncated(2);
    Bilingual::new(format!("{percent}（{exact}）"), format!("{percent} ({exact})"))
}

/// Cut off at two decimals of a percentage, a fen, or a hundredth.
fn quotient(inner: &Type, num: i64, den: i64, env: &Env) -> Bilingual {
    match inner {
        Type::Ratio => Ratio::new(num, den)
            .map_or_else(|| same(format!("{num}/{den}")), |r| same(r.percent_truncated(2))),
        Type::Money => money(Money::from_fen(num / den)),
        Type::Count(unit) => {
            let unit = &env.units()[unit.index()];
            let hundredths = i128::from(num) * 100 / i128::from(den);
            let (whole, rest) = (hundredths / 100, hundredths.unsigned_abs() % 100);
            let sign = if hundredths < 0 && whole == 0 { "-" } else { "" };
            let number = if rest == 0 { format!("{whole}") } else { format!("{sign}{whole}.{rest:02}") };
            Bilingual::new(format!("{number}{}", unit.zh), format!("{number} {}", unit.en_many))
        }
        _ => same(format!("{num}/{den}")),
    }
}

fn region(packed: i64) -> Bilingual {
    let Some(code) = regions::unpack(packed) else { return Bilingual::default() };
    let gazetteer = Gazetteer::get();
    let path = gazetteer.path(code).or_else(|| gazetteer.path(code.without_zone()));
    let name = path.unwrap_or_default().concat();
    Bilingual::new(format!("{name}（{code}）"), format!("{name} ({code})"))
}

/// 第七条第一项.
pub fn cite_zh(cite: &Citation) -> String {
    const LEVELS: [&str; 2] = ["项", "目"];
    let mut text = match zh_number(&cite.article) {
        Some(number) => format!("第{number}条"),
        None => return unnumbered(cite).to_string(),
    };
    for (part, level) in cite.item.iter().flat_map(|item| item.split('.')).zip(LEVELS) {
        match zh_number(part) {
            Some(number) => text.push_str(&format!("第{number}{level}")),
            None => text.push_str(&format!("“{part}”")),
        }
    }
    text
}

/// What is no article: an annex (`a3`) or a section (`三(二)2`).
fn unnumbered(cite: &Citation) -> Cite {
    let annex = cite.article.strip_prefix('a').and_then(|number| number.parse().ok()).map(ArticleId::Annex);
    let article = annex.unwrap_or_else(|| ArticleId::Section(cite.article.clone()));
    Cite { article, item: cite.item.as_deref().and_then(|item| item.parse().ok()) }
}

/// art. 7 item 1.
pub fn cite_en(cite: &Citation) -> String {
    if zh_number(&cite.article).is_none() {
        return unnumbered(cite).en();
    }
    match &cite.item {
        Some(item) => format!("art. {} item {item}", cite.article),
        None => format!("art. {}", cite.article),
    }
}

/// 1 to 999 in Chinese numerals.
fn zh_number(digits: &str) -> Option<String> {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number: usize = digits.parse().ok().filter(|n| (1..1000).contains(n))?;
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text.push_str(DIGITS[hundreds]);
        text.push('百');
    }
    match (hundreds, tens, ones) {
        (0, 1, _) => text.push('十'),
        (_, 0, 1..) if hundreds > 0 => text.push('零'),
        (_, 1.., _) => {
            text.push_str(DIGITS[tens]);
            text.push('十');
        }
        _ => {}
    }
    if ones > 0 {
        text.push_str(DIGITS[ones]);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations() {
        for (article, item, zh, en) in [
            ("7", Some("1"), "第七条第一项", "art. 7 item 1"),
            ("10", None, "第十条", "art. 10"),
            ("19", Some("12"), "第十九条第十二项", "art. 19 item 12"),
            ("20", Some("1.2"), "第二十条第一项第二目", "art. 20 item 1.2"),
            ("105", None, "第一百零五条", "art. 105"),
            ("110", None, "第一百一十条", "art. 110"),
            ("a3", None, "附件3", "Annex 3"),
            ("三(二)2", None, "三（二）2", "Section 3(2)2"),
            ("三(二)", Some("2"), "三（二）2", "Section 3(2)2"),
        ] {
            let cite = Citation { article: article.into(), item: item.map(Into::into) };
            assert_eq!((cite_zh(&cite).as_str(), cite_en(&cite).as_str()), (zh, en));
        }
    }

    #[test]
    fn amounts_are_short_only_where_exact_and_percentages_are_cut_off() {
        let env = Env::default();
        for (ty, slot, zh, en) in [
            (Type::Money, Slot::Int(200_000_000), "200万元", "2,000,000 yuan"),
            (Type::Money, Slot::Int(99_999_999), "999,999.99元", "999,999.99 yuan"),
            (Type::Money, Slot::Int(123_703_703), "1,237,037.03元", "1,237,037.03 yuan"),
            (Type::Money, Slot::Int(0), "0元", "0 yuan"),
            (Type::Ratio, Slot::Frac(3, 10), "30%", "30%"),
            (Type::Ratio, Slot::Frac(2, 3), "66.66%（2/3）", "66.66% (2/3)"),
            (Type::Quotient(Box::new(Type::Ratio)), Slot::Frac(14, 47), "29.78%", "29.78%"),
            (Type::Quotient(Box::new(Type::Ratio)), Slot::Frac(29999, 100000), "29.99%", "29.99%"),
            (Type::Quotient(Box::new(Type::Ratio)), Slot::Frac(15, 50), "30%", "30%"),
        ] {
            assert_eq!(shown(slot, &ty, &env), Bilingual::new(zh, en), "{slot:?}");
        }
    }
}
