//! Putting what one page of a form sent into the form's data, so that sealed values survive and nobody files a stranger's.

use crate::vault::SealedRef;
use policy::form::FormData;
use policy::pack::{Field, Part, PartKind};
use std::collections::BTreeSet;

/// Takes what was typed into one part: sensitive cells left empty keep what was sealed before (unless they are in `cleared`, by
/// their name), and a reference that this draft did not hold is dropped, so that nobody can file somebody else's sealed value.
pub fn take_part(part: &Part, before: &FormData, typed: &FormData, cleared: &BTreeSet<String>) -> FormData {
    let mut data = before.clone();
    match &part.kind {
        PartKind::Fields(fields) => {
            for field in fields {
                let old = before.get("", None, &field.id);
                let text = typed.get("", None, &field.id);
                let kept = kept(field, old, text, cleared.contains(&field.id), &|text| text == old);
                data.set(&part.id, None, &field.id, kept);
            }
        }
        PartKind::Table(table) => {
            let held = |field: &Field, text: &str| {
                before.rows(&part.id).iter().any(|row| row.get(&field.id).is_some_and(|old| old == text))
            };
            let mut rows = typed.rows(&part.id).to_vec();
            for row in &mut rows {
                for column in table.columns.iter().filter(|column| column.field.sensitive) {
                    let text = row.get(&column.field.id).cloned().unwrap_or_default();
                    let kept = kept(&column.field, "", &text, false, &|text| held(&column.field, text));
                    row.insert(column.field.id.clone(), kept);
                }
                row.retain(|_, text| !text.is_empty());
            }
            data.tables.insert(part.id.clone(), rows);
        }
        PartKind::Months(_) => {
            data.tables.insert(part.id.clone(), typed.rows(&part.id).to_vec());
        }
    }
    data
}

fn kept(field: &Field, old: &str, text: &str, clear: bool, held: &dyn Fn(&str) -> bool) -> String {
    if !field.sensitive {
        return text.to_owned();
    }
    match (clear, SealedRef::parse(text)) {
        (true, _) => String::new(),
        (false, _) if text.trim().is_empty() => old.to_owned(),
        (false, Some(_)) if !held(text) => old.to_owned(),
        (false, Some(_)) => text.to_owned(),
        // What merely begins like a reference is no value either.
        (false, None) if text.trim_start().starts_with(policy::form::SEALED) => old.to_owned(),
        (false, None) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(sensitive: bool) -> Field {
        Field {
            id: "f".into(),
            name: policy::pack::Words::new("栏", "field"),
            ty: policy::pack::FieldType::Text,
            required: policy::pack::Required::No,
            fact: None,
            prefill: None,
            hint: None,
            cite: policy::pack::Cite { article: policy::pack::ArticleId::Article(1), item: None },
            sensitive,
            max_len: 100,
        }
    }

    #[test]
    fn a_sealed_cell_left_empty_stays_and_a_foreign_reference_is_dropped() {
        let mine = format!("sealed:{}:12****", "a".repeat(64));
        let foreign = format!("sealed:{}:34****", "b".repeat(64));
        let held = |text: &str| text == mine;
        for (sensitive, text, clear, expected) in [
            (true, "", false, mine.as_str()),
            (true, "  ", false, &mine),
            (true, "", true, ""),
            (true, "new number", false, "new number"),
            (true, &mine, false, &mine),
            (true, &foreign, false, &mine),
            (true, "sealed:nonsense", false, &mine),
            (false, "", false, ""),
            (false, "plain", false, "plain"),
        ] {
            assert_eq!(kept(&field(sensitive), &mine, text, clear, &held), expected, "{text} {clear}");
        }
    }
}
