//! What a public page may show of a text: values in words, numbers of persons masked.

use super::notices::NoticeCell;
use super::qualify_words::place_name;
use crate::vault;
use kernel::money::Money;
use policy::pack::{FieldType, Pack, Words};

/// So many digits on end may identify a person or an account; fewer never do.
const DIGITS_SHOWN_MAX: usize = 6;
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

/// Long numbers without all but their last digits: identity numbers, telephones, accounts.
pub fn mask_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        let ends_identity = matches!(c, 'X' | 'x') && run.len() == 17;
        if c.is_ascii_digit() || ends_identity {
            run.push(c);
            continue;
        }
        flush(&mut out, &mut run);
        out.push(c);
    }
    flush(&mut out, &mut run);
    out
}

fn flush(out: &mut String, run: &mut Vec<char>) {
    if run.len() > DIGITS_SHOWN_MAX {
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
