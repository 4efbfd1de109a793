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
pub(super) const WRITTEN_DIGITS_MAX: usize = 13;
/// How many digits stay at the end.
const TAIL: usize = 2;
/// How many characters an identity number has.
const IDENTITY: usize = 18;
/// A number in groups of four is an account from so many digits on; a telephone has fewer.
const GROUPED_MIN: usize = 15;

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

/// The same for numbers of more than so many digits. A number that is written in groups is one number.
pub(super) fn mask_longer(text: &str, most: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if !is_digit(*c) {
            out.push(*c);
            at += 1;
            continue;
        }
        let first = number_end(&chars, at);
        let end = grouped_end(&chars, at, first);
        if end > first || first - at > most {
            out.push_str("****");
            out.extend(&chars[end - TAIL..end]);
        } else {
            out.extend(&chars[at..end]);
        }
        at = end;
    }
    out
}

/// A digit, narrow or wide.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// One past the digits that begin at a place, with the letter that ends an identity number.
fn number_end(chars: &[char], from: usize) -> usize {
    let end = from + chars[from..].iter().take_while(|c| is_digit(**c)).count();
    end + usize::from(end - from == IDENTITY - 1 && ends_identity(chars.get(end)))
}

fn ends_identity(c: Option<&char>) -> bool {
    matches!(c, Some('X' | 'x' | 'Ｘ' | 'ｘ'))
}

/// One past a number in groups, as accounts (four by four) and identity numbers (area, birth, rest) are printed; `first` is the
/// end of its first group and the answer when it is no such number. Days, years and telephones are none.
fn grouped_end(chars: &[char], from: usize, first: usize) -> usize {
    let mut ends = vec![first];
    let mut sizes = vec![first - from];
    let mut end = first;
    while matches!(chars.get(end), Some(' ' | '-' | '\u{a0}' | '\u{3000}' | '－'))
        && chars.get(end + 1).is_some_and(|c| is_digit(*c))
    {
        let next = number_end(chars, end + 1);
        let rest = next - end - 1;
        let next = next + usize::from(sizes == [6, 8] && rest == 3 && ends_identity(chars.get(next)));
        sizes.push(next - end - 1);
        ends.push(next);
        end = next;
    }
    if sizes.starts_with(&[6, 8, 4]) {
        return ends[2];
    }
    let fours = sizes.iter().take_while(|size| **size == 4).count();
    let tail = sizes.get(fours).copied().filter(|size| *size < 4);
    let digits = fours * 4 + tail.unwrap_or(0);
    let year = |at: usize| matches!(chars[at..], ['1', '9', ..] | ['2', '0', ..]);
    let starts = std::iter::once(from).chain(ends.iter().map(|end| end + 1));
    if digits < GROUPED_MIN || starts.take(fours).all(year) {
        return first;
    }
    ends[fours - 1 + usize::from(tail.is_some())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_may_write_telephones_and_no_account() {
        for (text, shown) in [
            ("0743-8220000 13800138000", "0743-8220000 13800138000"),
            ("汇入6217 0001 2345 6789 012", "汇入****12"),
            ("汇入6217000123456789012", "汇入****12"),
        ] {
            assert_eq!(mask_longer(text, WRITTEN_DIGITS_MAX), shown);
        }
    }

    #[test]
    fn numbers_of_persons_are_masked_and_others_stay() {
        for (text, shown) in [
            ("电话13800138000，请回", "电话****00，请回"),
            ("12010419850703251X", "****1X"),
            ("2019年12月20日", "2019年12月20日"),
            ("620123", "620123"),
            ("6201234", "****34"),
            ("１２０１０４１９８５０７０３２５１Ｘ", "****１Ｘ"),
            ("120104 19850703 251X，李某", "****1X，李某"),
            ("120104-19850703-2511", "****11"),
            ("账号6217 0001 2345 6789 012。", "账号****12。"),
            ("6217-0001-2345-6789", "****89"),
            ("2018-03-01至2019-12-20", "2018-03-01至2019-12-20"),
            ("2016 2017 2018 2019年度", "2016 2017 2018 2019年度"),
            ("138 0013 8000", "138 0013 8000"),
            ("", ""),
        ] {
            assert_eq!(mask_digits(text), shown);
        }
    }
}
