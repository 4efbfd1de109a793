//! The facts that a step establishes: how each is asked, what the form says, and its canonical spelling.

use crate::view::case::fact_words;
use domain::case::{Case, Counts, check_form, facts_of};
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use policy::lang::Type;
use policy::pack::{Pack, ParamValue, Words};
use policy::procedure::{Act, Step};
use policy::ruleset::Raw;
use std::collections::BTreeMap;

/// How a fact is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// An amount in yuan.
    Money,
    /// A share.
    Ratio,
    /// A whole number of this unit.
    Count(Words),
    /// A day.
    Date,
    /// One of these.
    Choice(Vec<(String, Words)>),
    /// Anything else, as a text.
    Text,
}

/// A fact to be established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactAsked {
    /// The fact.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// How it is typed.
    pub kind: FactKind,
    /// The papers that prove it.
    pub proof: Vec<Words>,
    /// What the form says, in words.
    pub declared: Option<Words>,
    /// What stands in the field at first.
    pub value: String,
}

/// The facts of a step; in a verification those counted from lines are left out, because lines are confirmed one by one.
pub(super) fn asked(pack: &Pack, case: &Case, step: &Step) -> Vec<FactAsked> {
    let counted = |fact: &str| pack.tallies.iter().any(|t| t.gives.iter().any(|g| g == fact));
    let declared = declared_facts(pack, case);
    let known = facts_of(pack, case, &Counts::new());
    let wanted = step.records.iter().filter(|id| step.act != Act::Inspect || !counted(id));
    wanted
        .filter_map(|id| {
            let fact = pack.facts.get(id)?;
            let kind = kind_of(pack, &fact.ty, known.get(id));
            let text = known.get(id).cloned().unwrap_or_default();
            Some(FactAsked {
                id: id.clone(),
                name: fact.name.clone(),
                cite: fact.cite.to_string(),
                proof: pack.papers_for_fact(id).into_iter().map(|p| p.name.clone()).collect(),
                declared: declared.get(id).map(|text| fact_words(pack, id, text)),
                value: if kind == FactKind::Ratio { ratio_text(&text) } else { text },
                kind,
            })
        })
        .collect()
}

/// What the form as filed says, by fact.
fn declared_facts(pack: &Pack, case: &Case) -> BTreeMap<String, String> {
    let (Some(procedure), Some(declared)) = (pack.procedures.get(&case.procedure), case.current()) else {
        return BTreeMap::new();
    };
    let check = check_form(pack, procedure, &declared.form, case.applied_on().unwrap_or(declared.on));
    let text = |(id, value): (&String, &policy::lang::Value)| {
        Some((id.clone(), pack.value_text(value, &pack.facts.get(id)?.ty)))
    };
    check.facts.iter().filter_map(text).collect()
}

fn kind_of(pack: &Pack, ty: &Type, known: Option<&String>) -> FactKind {
    match ty {
        Type::Bool => FactKind::YesNo,
        Type::Money => FactKind::Money,
        Type::Ratio => FactKind::Ratio,
        Type::Count(_) => FactKind::Count(crate::view::qualify_words::unit_words(pack, ty)),
        Type::Date => FactKind::Date,
        Type::Region => FactKind::Choice(places(pack, known)),
        Type::Enum(of) => {
            let members =
                pack.env.enums().get(of.index()).map(|def| def.members.as_slice()).unwrap_or_default();
            FactKind::Choice(members.iter().map(|m| (m.id.clone(), m.name.clone())).collect())
        }
        _ => FactKind::Text,
    }
}

/// The places that the pack lists, and the one that is known already.
fn places(pack: &Pack, known: Option<&String>) -> Vec<(String, Words)> {
    let mut codes: Vec<RegionCode> = known.and_then(|code| code.parse().ok()).into_iter().collect();
    for version in pack.params.iter().flat_map(|p| &p.versions) {
        if let ParamValue::Regions(list) = &version.value {
            codes.extend(list.iter().filter(|code| !codes.contains(code)).copied().collect::<Vec<_>>());
        }
    }
    codes.sort_unstable();
    let named = |code: &RegionCode| {
        let name = crate::view::place_name(*code);
        (code.to_string(), Words::new(name.clone(), name))
    };
    codes.iter().map(named).collect()
}

/// A canonical ratio as it stands before a `%`: `30%` is 30, a fraction stays a fraction.
pub fn ratio_text(canonical: &str) -> String {
    canonical.strip_suffix('%').unwrap_or(canonical).to_owned()
}

/// A ratio typed before a `%`: a bare number means percent.
pub fn typed_ratio(text: &str) -> Option<Ratio> {
    Ratio::parse(&with_percent(text)).ok()
}

fn with_percent(text: &str) -> String {
    let text = text.trim();
    let bare = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if bare { format!("{text}%") } else { text.to_owned() }
}

/// The canonical text of a fact as typed, or what is wrong with it.
pub fn canonical_fact(pack: &Pack, id: &str, typed: &str) -> Result<String, Words> {
    let unknown = || Words::new(format!("没有“{id}”这一事项"), format!("there is no {id}"));
    let fact = pack.facts.get(id).ok_or_else(unknown)?;
    let text = if fact.ty == Type::Ratio { with_percent(typed) } else { typed.trim().to_owned() };
    match pack.ruleset.parse_fact(id, Raw::Text(&text)) {
        Ok((_, value)) => Ok(pack.value_text(&value, &fact.ty)),
        Err(wrong) => Err(Words::new(
            format!("{}：{}。{}", fact.name.zh, wrong.error.message_zh, wrong.error.hint_zh),
            format!("{}: {}. {}", fact.name.en, wrong.error.message_en, wrong.error.hint_en),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_before_the_sign_is_percent() {
        for (typed, read) in [
            ("30", Some("30%")),
            ("29.99", Some("29.99%")),
            ("30%", Some("30%")),
            ("1/3", Some("1/3")),
            ("", None),
        ] {
            assert_eq!(typed_ratio(typed).map(|r| r.to_string()).as_deref(), read, "{typed}");
        }
        assert_eq!(ratio_text("30%"), "30");
        assert_eq!(ratio_text("1/3"), "1/3");
    }
}
