//! The text of a cell as people read it: amounts grouped in the unit of their heading, days and places in words, members by
//! name, sealed values as a mask. What cannot be read is shown as it was typed.

use super::types::CellShown;
use crate::vault::SealedRef;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Field, FieldType, MoneyUnit, Pack, Words};

/// A text that is the same in both languages.
pub(super) fn same(text: impl Into<String>) -> Words {
    let text = text.into();
    Words::new(text.clone(), text)
}

/// What is shown for a sensitive value that is not sealed yet.
fn mask() -> Words {
    same("******")
}

/// The canonical text of a computed value (money in yuan) in the unit of its heading.
pub(super) fn canonical_text(ty: &FieldType, canonical: &str) -> String {
    match ty {
        FieldType::Money(unit) => Money::parse_yuan(canonical)
            .map_or_else(|_| canonical.to_owned(), |money| money_text(money, *unit)),
        _ => canonical.to_owned(),
    }
}

/// The unit that stands after a field's value.
pub fn unit_of(pack: &Pack, ty: &FieldType) -> Option<Words> {
    match ty {
        FieldType::Money(unit) => Some(money_unit(*unit)),
        FieldType::Count(unit) => {
            Some(pack.units.get(unit).map_or_else(|| same(unit.clone()), |unit| unit.name.clone()))
        }
        _ => None,
    }
}

/// 元 or 万元.
pub(super) fn money_unit(unit: MoneyUnit) -> Words {
    match unit {
        MoneyUnit::Yuan => Words::new("元", "yuan"),
        MoneyUnit::Wan => Words::new("万元", "10,000 yuan"),
    }
}

/// Whether a column is set to the right.
pub fn is_number(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Money(_) | FieldType::Ratio | FieldType::Count(_) | FieldType::Quantity)
}

/// An amount in the unit of its heading, grouped.
pub(super) fn money_text(money: Money, unit: MoneyUnit) -> String {
    match unit {
        MoneyUnit::Yuan => money.grouped(),
        MoneyUnit::Wan => grouped(&money.wan()),
    }
}

/// A typed amount in the unit of its heading, or as it was typed.
pub(super) fn amount_text(text: &str, unit: MoneyUnit) -> String {
    let default = match unit {
        MoneyUnit::Yuan => AmountUnit::Yuan,
        MoneyUnit::Wan => AmountUnit::Wan,
    };
    parse_amount(text, default)
        .map_or_else(|_| text.trim().to_owned(), |amount| money_text(amount.money, unit))
}

/// Commas between groups of three before the decimal point.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, decimals) =
        digits.split_once('.').map_or((digits, ""), |(whole, decimals)| (whole, decimals));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// The value of a field in words, without its unit.
pub fn cell_text(pack: &Pack, field: &Field, text: &str) -> CellShown {
    let plain = text.trim();
    if plain.is_empty() {
        return CellShown::default();
    }
    if field.sensitive {
        let sealed = SealedRef::parse(plain).map_or_else(mask, |sealed| same(sealed.masked));
        return CellShown { text: sealed, sealed: true, ..CellShown::default() };
    }
    let text = words(pack, &field.ty, plain);
    CellShown { text, ..CellShown::default() }
}

/// A canonical text (money in yuan) as it is shown in the unit of its heading; shares as per cent with two decimals.
pub fn kept_text(pack: &Pack, ty: &FieldType, text: &str) -> Words {
    match ty {
        _ if text.is_empty() => Words::default(),
        FieldType::Money(_) => same(canonical_text(ty, text)),
        FieldType::Ratio => {
            same(Ratio::parse(text).map_or_else(|_| text.to_owned(), |share| share.percent_truncated(2)))
        }
        FieldType::Quantity => same(Ratio::parse(text).map_or_else(|_| text.to_owned(), decimals)),
        _ => words(pack, ty, text),
    }
}

/// A quantity with up to four decimals: a hundredth of its percentage.
fn decimals(quantity: Ratio) -> String {
    let hundredth = quantity.checked_div(Ratio::percent(10_000)).unwrap_or(quantity);
    hundredth.percent_truncated(4).trim_end_matches('%').to_owned()
}

fn words(pack: &Pack, ty: &FieldType, plain: &str) -> Words {
    match ty {
        FieldType::Bool => truth(plain),
        FieldType::Money(unit) => same(amount_text(plain, *unit)),
        FieldType::Ratio => {
            same(Ratio::parse(plain).map_or_else(|_| plain.to_owned(), |ratio| ratio.to_string()))
        }
        FieldType::Date => same(parse_date(plain).map_or_else(|_| plain.to_owned(), kernel::date::zh)),
        FieldType::Month => same(month(plain)),
        FieldType::Year => {
            same(plain.strip_suffix('年').map_or_else(|| format!("{plain}年"), |_| plain.to_owned()))
        }
        FieldType::Enum(of) => member(pack, of, plain),
        FieldType::Region => same(place(plain)),
        _ => same(plain),
    }
}

fn truth(plain: &str) -> Words {
    match plain {
        "true" | "是" => Words::new("是", "yes"),
        "false" | "否" => Words::new("否", "no"),
        other => same(other),
    }
}

fn month(plain: &str) -> String {
    let day = format!("{plain}-01");
    let read = parse_date(&day).ok().map(|date| format!("{}年{}月", date.year(), date.month()));
    read.unwrap_or_else(|| plain.to_owned())
}

fn member(pack: &Pack, list: &str, plain: &str) -> Words {
    let list = pack.enums.get(list);
    let member = list.and_then(|list| list.members.get(usize::from(list.member(plain)?)));
    member.map_or_else(|| same(plain), |member| member.name.clone())
}

fn place(plain: &str) -> String {
    let path = plain.parse::<RegionCode>().ok().and_then(|code| Gazetteer::get().path(code));
    path.map_or_else(|| plain.to_owned(), |path| path.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_in_the_unit_of_their_heading() {
        for (text, unit, shown) in [
            ("1860.5", MoneyUnit::Wan, "1,860.5"),
            ("18,605,000", MoneyUnit::Yuan, "18,605,000.00"),
            ("2000万元", MoneyUnit::Yuan, "20,000,000.00"),
            ("200元", MoneyUnit::Wan, "0.02"),
            ("十几万", MoneyUnit::Wan, "十几万"),
        ] {
            assert_eq!(amount_text(text, unit), shown, "{text}");
        }
    }

    #[test]
    fn months_years_and_places_read_as_words() {
        assert_eq!(month("2019-10"), "2019年10月");
        assert_eq!(month("2019.4"), "2019.4");
        assert_eq!(place("620123"), "甘肃省兰州市榆中县");
        assert_eq!(place("甘肃"), "甘肃");
        assert_eq!(truth("true").zh, "是");
    }
}
