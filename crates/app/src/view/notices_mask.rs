//! What a public page may show of a text: values in words, numbers of persons masked.

use super::filing::{cell_text, unit_of};
use super::notices::NoticeCell;
use super::qualify_words::place_name;
use crate::vault::{self, SealedRef};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::money::Money;
use policy::pack::{FieldType, Form, MoneyUnit, Pack, Words};

/// So many digits on end may identify a person or an account; fewer never do.
const DIGITS_SHOWN_MAX: usize = 6;
/// The same where an office wrote the text to be posted: a telephone has so many at most, with the code of the country; an
/// identity number or an account has more.
const WRITTEN_DIGITS_MAX: usize = 13;
/// How many digits stay at the end.
const TAIL: usize = 2;

/// A cell of a notice: an id of a closed list by its name, a place by its path, an amount grouped, the rest masked.
pub(super) fn shown_cell(pack: &Pack, key: &str, text: &str) -> NoticeCell {
    let same = |text: String| Words::new(text.clone(), text);
    if key == "amount"
        && let Ok(money) = Money::parse_yuan(text)
    {
        let grouped = money.grouped();
        return NoticeCell {
            text: Words::new(format!("{grouped}元"), format!("{grouped} yuan")),
            money: Some(money),
        };
    }
    let field = pack.forms.iter().find_map(|form| form.field(key));
    let words = match field.map(|field| (&field.ty, field.sensitive)) {
        Some((_, true)) => same(mask_digits(&vault::shown(text))),
        Some((FieldType::Enum(of), _)) => {
            let members = pack.enums.get(of).map(|def| def.members.as_slice()).unwrap_or_default();
            let member = members.iter().find(|member| member.id == text || member.name.zh == text);
            member.map_or_else(|| same(text.to_owned()), |member| member.name.clone())
        }
        Some((FieldType::Region, _)) => same(text.parse().map_or_else(|_| text.to_owned(), place_name)),
        _ => same(mask_digits(text)),
    };
    NoticeCell { text: words, money: None }
}

/// A content of a case's notice. What the form holds is shown as a cell of it is, a telephone whole: a notice asks for one only
/// to be called. What the office wrote is shown as written, save numbers so long that they are of persons or accounts.
pub(super) fn shown_content(pack: &Pack, form: Option<&Form>, key: &str, text: &str) -> NoticeCell {
    let field = form.and_then(|form| form.field(key));
    let unit = match field.map(|field| &field.ty) {
        Some(FieldType::Money(MoneyUnit::Wan)) => Some(AmountUnit::Wan),
        Some(FieldType::Money(MoneyUnit::Yuan)) => Some(AmountUnit::Yuan),
        _ if matches!(key, "amount" | "total") => Some(AmountUnit::Yuan),
        _ => None,
    };
    if let Some(amount) = unit.and_then(|unit| parse_amount(text, unit).ok()) {
        return shown_cell(pack, "amount", &amount.money.to_string());
    }
    let plain = |text: String| NoticeCell { text: Words::new(text.clone(), text), money: None };
    match field {
        None => plain(mask_longer(&vault::shown(text), WRITTEN_DIGITS_MAX)),
        Some(field) if field.ty == FieldType::Phone && !field.sensitive => {
            plain(mask_longer(&vault::shown(text), WRITTEN_DIGITS_MAX))
        }
        Some(field) if field.sensitive || SealedRef::parse(text).is_some() => {
            plain(mask_digits(&cell_text(pack, field, text).text.zh))
        }
        Some(field) => {
            let said = cell_text(pack, field, text).text;
            let after = unit_of(pack, &field.ty).unwrap_or_default();
            let space = if after.en.is_empty() { "" } else { " " };
            let (zh, en) = (format!("{}{}", said.zh, after.zh), format!("{}{space}{}", said.en, after.en));
            NoticeCell { text: Words::new(mask_digits(&zh), mask_digits(&en)), money: None }
        }
    }
}

/// Long numbers without all but their last digits: identity numbers, telephones, accounts.
pub fn mask_digits(text: &str) -> String {
    mask_longer(text, DIGITS_SHOWN_MAX)
}

/// The same for numbers of more than so many digits.
fn mask_longer(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        let ends_identity = matches!(c, 'X' | 'x') && run.len() == 17;
        if c.is_ascii_digit() || ends_identity {
            run.push(c);
            continue;
        }
        flush(&mut out, &mut run, most);
        out.push(c);
    }
    flush(&mut out, &mut run, most);
    out
}

fn flush(out: &mut String, run: &mut Vec<char>, most: usize) {
    if run.len() > most {
        out.push_str("****");
        out.extend(run.iter().skip(run.len() - TAIL));
    } else {
        out.extend(run.iter());
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_masked_and_others_stay() {
        for (text, shown) in [
            ("电话13800138000，请回", "电话****00，请回"),
            ("12010419850703251X", "****1X"),
            ("2019年12月20日", "2019年12月20日"),
            ("620123", "620123"),
            ("6201234", "****34"),
            ("", ""),
        ] {
            assert_eq!(mask_digits(text), shown);
        }
    }
}
