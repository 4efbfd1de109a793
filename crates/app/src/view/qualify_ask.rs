//! The questions of “do I qualify?”: every fact that a person can answer, grouped by its article, with what was typed. An answer
//! that cannot be read stays as it was typed, with the reason; the others are still used.

use super::qualify::Typed;
use super::qualify_places::{Places, places};
use super::qualify_words::unit_words;
use kernel::Date;
use kernel::region::RegionCode;
use policy::lang::{Type, Value};
use policy::pack::{FactSource, Pack, Words};
use policy::ruleset::Raw;
use std::collections::BTreeMap;

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedKind {
    /// Yes, no, not known.
    YesNo,
    /// An amount in yuan.
    Money,
    /// A share.
    Ratio,
    /// A whole number of this unit.
    Count(Words),
    /// A day.
    Date,
    /// One of these, by id.
    Choice(Vec<(String, Words)>),
    /// A place.
    Place(Places),
    /// Anything else, as a text.
    Text,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The fact, which is also the field's name.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// More about the question.
    pub hint: Option<Words>,
    /// Who will supply it in a real case.
    pub from: FactSource,
    /// The names of the papers that prove it.
    pub proof: Vec<Words>,
    /// How it is answered.
    pub kind: AskedKind,
    /// What was typed.
    pub typed: String,
    /// Why it could not be read, and how to write it.
    pub error: Option<Words>,
}

/// The questions of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedGroup {
    /// The article's key in addresses.
    pub key: String,
    /// The article, as printed.
    pub article: Words,
    /// Its heading.
    pub heading: String,
    /// Its questions.
    pub facts: Vec<Asked>,
}

/// Every fact that a person can answer, in the order of the pack, with what was typed and read.
pub(super) fn ask(
    pack: &Pack,
    typed: &Typed,
    listed: &[RegionCode],
    day: Date,
) -> (Vec<AskedGroup>, BTreeMap<String, Value>) {
    let (mut groups, mut values): (Vec<AskedGroup>, _) = (Vec::new(), BTreeMap::new());
    for fact in pack.facts.iter().filter(|fact| fact.from != FactSource::Clock) {
        let kind = kind_of(pack, &fact.ty, &fact.id, typed, listed, day);
        let text = match &kind {
            AskedKind::Place(places) => places.code.map(|code| code.to_string()).unwrap_or_default(),
            _ => typed.get(&fact.id).map_or_else(String::new, |text| text.trim().to_owned()),
        };
        let mut error = None;
        if !text.is_empty() {
            let as_read = if kind == AskedKind::Ratio { percent(&text) } else { text.clone() };
            match pack.ruleset.parse_fact(&fact.id, Raw::Text(&as_read)) {
                Ok((_, value)) => {
                    values.insert(fact.id.clone(), value);
                }
                Err(wrong) => {
                    let zh = format!("{}。{}", wrong.error.message_zh, wrong.error.hint_zh);
                    error =
                        Some(Words::new(zh, format!("{}. {}", wrong.error.message_en, wrong.error.hint_en)));
                }
            }
        }
        let asked = Asked {
            id: fact.id.clone(),
            name: fact.name.clone(),
            hint: fact.hint.clone(),
            from: fact.from,
            proof: pack.papers_for_fact(&fact.id).into_iter().map(|paper| paper.name.clone()).collect(),
            kind,
            typed: text,
            error,
        };
        let key = fact.cite.article.key();
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.facts.push(asked),
            None => groups.push(AskedGroup {
                heading: pack.article_by_key(&key).map(|article| article.heading.clone()).unwrap_or_default(),
                article: Words::new(fact.cite.article.to_string(), fact.cite.article.en()),
                facts: vec![asked],
                key,
            }),
        }
    }
    (groups, values)
}

fn kind_of(pack: &Pack, ty: &Type, id: &str, typed: &Typed, listed: &[RegionCode], day: Date) -> AskedKind {
    match ty {
        Type::Bool => AskedKind::YesNo,
        Type::Money => AskedKind::Money,
        Type::Ratio => AskedKind::Ratio,
        Type::Count(_) => AskedKind::Count(unit_words(pack, ty)),
        Type::Date => AskedKind::Date,
        Type::Region => AskedKind::Place(places(typed, id, listed, day)),
        Type::Enum(of) => {
            let members =
                pack.env.enums().get(of.index()).map(|def| def.members.as_slice()).unwrap_or_default();
            AskedKind::Choice(members.iter().map(|member| (member.id.clone(), member.name.clone())).collect())
        }
        _ => AskedKind::Text,
    }
}

/// The field shows `%` after the number, so a bare number means percent: 30 is 30%.
fn percent(text: &str) -> String {
    let bare = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if bare { format!("{text}%") } else { text.to_owned() }
}
