//! “Do I qualify?”: what is asked, article by article, and what the rules say to the answers so far. The rules decide;
//! this gathers their words for a screen. Nothing is written, and nobody needs to be known.

use super::qualify_ask::{AskedGroup, ask};
use super::qualify_words::{money_words, value_words, without_cite};
use crate::command::Failure;
use crate::writer::App;
use kernel::Date;
use kernel::money::Money;
use kernel::region::RegionCode;
use policy::lang::{Type, Value};
use policy::pack::{Cite, Interpretation, Pack, ParamValue, Seal, Words};
use policy::procedure::{Act, Subject};
use policy::ruleset::{
    AmountTrace, Explanation, Operand, OperandKind, Outcome3, Overrides, RuleKind, RuleResult, Verdict,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was typed, by the name of the field.
pub type Typed = BTreeMap<String, String>;

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSaid {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Where it stands.
    pub cite: Cite,
    /// The condition as the pack writes it.
    pub text: String,
    /// Met, not met, cannot be told.
    pub verdict: Verdict,
    /// The sentence with its numbers, without the article.
    pub sentence: Words,
    /// What to do when it is not met.
    pub remedy: Option<Words>,
    /// What it read.
    pub operands: Vec<Operand>,
}

/// A fact that is missing, with the papers that prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The fact.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The papers.
    pub papers: Vec<Words>,
}

/// A paper to hand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperSaid {
    /// Its name.
    pub name: Words,
    /// The seals it bears.
    pub seals: Vec<Seal>,
    /// A remark.
    pub note: Option<Words>,
    /// It must be there.
    pub required: bool,
    /// Whether it is needed depends on what is not answered yet.
    pub unknown: bool,
    /// Where it stands.
    pub cite: Cite,
}

/// The papers of one filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersOf {
    /// The procedure.
    pub procedure: Words,
    /// The article of the filing.
    pub cite: Cite,
    /// Its papers.
    pub papers: Vec<PaperSaid>,
}

/// A value that the judgement used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueUsed {
    /// The parameter's name.
    pub name: Words,
    /// Where it stands.
    pub cite: Cite,
    /// Its values: of each member of its table, or one.
    pub values: Vec<(Option<Words>, Words)>,
    /// Somebody sets it each year.
    pub yearly: bool,
    /// The opened year has set it; otherwise the pack's own version holds.
    pub by_year: bool,
    /// On what basis, when it was set by a decision.
    pub basis: Option<String>,
}

/// The day that is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// What was typed, when something was.
    pub typed: String,
    /// Why the typed day is not used.
    pub error: Option<Words>,
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub until: Option<Date>,
    /// Today lies in force.
    pub today_in_force: bool,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct Qualified {
    /// The pack.
    pub pack: Arc<Pack>,
    /// The day.
    pub as_of: AsOf,
    /// The year whose terms were used, when one is open.
    pub year: Option<i16>,
    /// The questions.
    pub asked: Vec<AskedGroup>,
    /// How many were answered readably.
    pub answered: usize,
    /// Grant, refuse, or cannot be told.
    pub outcome: Outcome3,
    /// Conditions.
    pub needs: Vec<RuleSaid>,
    /// What only ranks.
    pub prefers: Vec<RuleSaid>,
    /// The amount with its terms.
    pub amount: Option<AmountTrace>,
    /// The article of the amount.
    pub amount_cite: Option<Cite>,
    /// What is missing.
    pub missing: Vec<Lacking>,
    /// The papers of each filing.
    pub papers: Vec<PapersOf>,
    /// Readings and recorded conflicts of the rules, conflicts first.
    pub readings: Vec<Interpretation>,
    /// The values used.
    pub values: Vec<ValueUsed>,
    /// The answers in the spelling that an address takes.
    pub answers: BTreeMap<String, String>,
}

impl Qualified {
    /// How many conditions are met.
    pub fn met(&self) -> usize {
        self.needs.iter().filter(|rule| rule.verdict == Verdict::Met).count()
    }

    /// The questions whose answer could not be read: name of the field, and which question with why.
    pub fn errors(&self) -> Vec<(&str, Words)> {
        let day = self.as_of.error.iter().map(|error| ("as_of", error.clone()));
        let facts = self.asked.iter().flat_map(|group| &group.facts);
        let wrong = facts.filter_map(|fact| {
            let (name, error) = (&fact.name, fact.error.as_ref()?);
            let named =
                Words::new(format!("{}：{}", name.zh, error.zh), format!("{}: {}", name.en, error.en));
            Some((fact.id.as_str(), named))
        });
        day.chain(wrong).collect()
    }
}

impl App {
    /// What the rules of the book's pack say to these answers, by the values of the day typed as `as_of`, or of today.
    pub fn qualify(&self, typed: &Typed) -> Result<Qualified, Failure> {
        let today = self.today();
        let pack = self.pack()?;
        let as_of = as_of(&pack, typed.get("as_of").map_or("", String::as_str), today);
        let pack = self.packs.on(&pack.id, as_of.day).unwrap_or(pack);
        let year = self.year(&pack.id, as_of.day.year())?;
        let set = year.as_ref().map(|year| year.terms.set.clone()).unwrap_or_default();
        let mut qualified = qualify(&pack, typed, as_of, &set);
        qualified.year = year.map(|year| year.year);
        Ok(qualified)
    }
}

/// The day to judge by: the one typed if it can be read and lies in force, else today, else the nearest day in force.
pub fn as_of(pack: &Pack, typed: &str, today: Date) -> AsOf {
    let span = pack.in_force;
    let nearest = span.until.map_or(today, |until| today.min(until)).max(span.from);
    let plain = AsOf {
        day: nearest,
        today,
        typed: typed.trim().to_owned(),
        error: None,
        from: span.from,
        until: span.until,
        today_in_force: span.covers(today),
    };
    if plain.typed.is_empty() {
        return plain;
    }
    match kernel::date::parse_date(&plain.typed) {
        Ok(day) if span.covers(day) => AsOf { day, ..plain },
        Ok(day) => {
            let (zh, en) = (
                format!("{}不在本办法施行期内", kernel::date::zh(day)),
                format!("{day} is outside the time in force"),
            );
            AsOf { error: Some(Words::new(zh, en)), ..plain }
        }
        Err(_) => {
            let error = Words::new("日期看不懂，请写成 2019-10-09", "not a date; write it as 2019-10-09");
            AsOf { error: Some(error), ..plain }
        }
    }
}

/// What the rules say to these answers. `set` are the values that a year has set.
pub fn qualify(pack: &Arc<Pack>, typed: &Typed, as_of: AsOf, set: &BTreeMap<String, String>) -> Qualified {
    let listed = listed_places(pack, as_of.day);
    let (asked, values) = ask(pack, typed, &listed, as_of.day);
    let overrides = overrides(pack, set);
    let explanation = explain(pack, &values, as_of.day, &overrides);
    let rules = |kind: RuleKind| -> Vec<RuleSaid> {
        let all = explanation.iter().flat_map(|e| &e.rules).filter(|rule| rule.kind == kind);
        all.filter_map(|rule| said(pack, rule)).collect()
    };
    let texts = |(id, value): (&String, &Value)| {
        let fact = pack.facts.get(id)?;
        Some((id.clone(), pack.value_text(value, &fact.ty)))
    };
    Qualified {
        year: None,
        answered: values.len(),
        outcome: explanation.as_ref().map_or(Outcome3::Pending, |e| e.outcome),
        needs: rules(RuleKind::Need),
        prefers: rules(RuleKind::Prefer),
        amount: explanation.as_ref().and_then(|e| e.computation.clone()),
        amount_cite: pack.grant.as_ref().map(|grant| grant.cite.clone()),
        missing: explanation
            .iter()
            .flat_map(|e| &e.missing)
            .map(|fact| lacking(pack, &fact.id, &fact.name))
            .collect(),
        papers: papers(pack, &values, as_of.day),
        readings: readings(pack, explanation.as_ref()),
        values: values_used(pack, as_of.day, set),
        answers: values.iter().filter_map(texts).collect(),
        asked,
        as_of,
        pack: Arc::clone(pack),
    }
}

/// The places that rules of the pack test membership of.
fn listed_places(pack: &Pack, day: Date) -> Vec<RegionCode> {
    let none = explain(pack, &BTreeMap::new(), day, &Overrides::default());
    let sets = none
        .iter()
        .flat_map(|e| &e.rules)
        .flat_map(|rule| &rule.operands)
        .filter(|operand| operand.kind == OperandKind::Param && operand.ty == Type::Regions);
    let mut codes: Vec<RegionCode> = Vec::new();
    for set in sets.filter_map(|operand| pack.params.get(&operand.id)) {
        let version = set.versions.iter().rev().find(|version| version.from <= day).or(set.versions.first());
        if let Some(ParamValue::Regions(list)) = version.map(|version| &version.value) {
            codes.extend(list);
        }
    }
    codes
}

fn explain(
    pack: &Pack,
    values: &BTreeMap<String, Value>,
    day: Date,
    overrides: &Overrides,
) -> Option<Explanation> {
    let case = pack.case_facts(values).ok()?;
    let decision = pack.ruleset.decide(&case, day, overrides).ok()?;
    Some(pack.ruleset.explain(&decision))
}

fn overrides(pack: &Pack, set: &BTreeMap<String, String>) -> Overrides {
    let mut overrides = Overrides::default();
    for (target, text) in set {
        // The opening of the year has read these values; one that no longer reads is left to the pack's own.
        let _unreadable_stays_with_the_pack = overrides.set_text(&pack.ruleset, target, text, None);
    }
    overrides
}

fn said(pack: &Pack, rule: &RuleResult) -> Option<RuleSaid> {
    let of = pack.rules.get(&rule.id)?;
    Some(RuleSaid {
        id: rule.id.clone(),
        name: of.name.clone(),
        cite: of.cite.clone(),
        text: of.text.clone(),
        verdict: rule.outcome,
        sentence: without_cite(&rule.sentence_zh, &rule.sentence_en, &rule.article, rule.item.as_deref()),
        remedy: of.remedy.clone(),
        operands: rule.operands.clone(),
    })
}

fn lacking(pack: &Pack, id: &str, name: &Words) -> Lacking {
    let papers = pack.papers_for_fact(id).into_iter().map(|paper| paper.name.clone()).collect();
    Lacking { id: id.to_owned(), name: name.clone(), papers }
}

fn papers(pack: &Pack, values: &BTreeMap<String, Value>, day: Date) -> Vec<PapersOf> {
    let filings = pack.steps.iter().filter(|step| step.act == Act::Declare && step.on == Subject::Case);
    filings
        .map(|step| PapersOf {
            procedure: pack
                .procedures
                .get(&step.procedure)
                .map_or_else(|| step.name.clone(), |p| p.name.clone()),
            cite: step.cite.clone(),
            papers: pack
                .papers_needed_on(step, values, day)
                .into_iter()
                .map(|need| PaperSaid {
                    name: need.paper.name.clone(),
                    seals: need.paper.seals.clone(),
                    note: need.paper.note.clone(),
                    required: need.required,
                    unknown: need.unknown,
                    cite: need.paper.cite.clone(),
                })
                .collect(),
        })
        .filter(|filing| !filing.papers.is_empty())
        .collect()
}

fn readings(pack: &Pack, explanation: Option<&Explanation>) -> Vec<Interpretation> {
    let ids = explanation.iter().flat_map(|e| &e.interpretations);
    let mut list: Vec<Interpretation> = ids.filter_map(|id| pack.interpretations.get(id).cloned()).collect();
    list.sort_by_key(|reading| !reading.conflict);
    list
}

/// Every parameter with the value of the day, those that a year sets first.
fn values_used(pack: &Pack, day: Date, set: &BTreeMap<String, String>) -> Vec<ValueUsed> {
    let mut list: Vec<ValueUsed> = pack
        .params
        .iter()
        .filter_map(|param| {
            let version =
                param.versions.iter().rev().find(|version| version.from <= day).or(param.versions.first())?;
            let members = param
                .by
                .as_deref()
                .and_then(|by| pack.enums.get(by))
                .map(|def| def.members.as_slice())
                .unwrap_or_default();
            let own: Vec<(Option<&str>, Option<Words>, Words)> = match &version.value {
                ParamValue::Scalar(value) => vec![(None, None, value_words(pack, value, &param.ty))],
                ParamValue::Table(all) => all
                    .iter()
                    .zip(members)
                    .map(|(value, member)| {
                        (
                            Some(member.id.as_str()),
                            Some(member.name.clone()),
                            value_words(pack, value, &param.ty),
                        )
                    })
                    .collect(),
                ParamValue::Regions(codes) => {
                    vec![(
                        None,
                        None,
                        Words::new(format!("{}个地方", codes.len()), format!("{} places", codes.len())),
                    )]
                }
            };
            let target = |member: Option<&str>| {
                member.map_or_else(|| param.id.clone(), |m| format!("{}[{m}]", param.id))
            };
            let by_year = own.iter().any(|(member, ..)| set.contains_key(&target(*member)));
            let shown = |(member, name, value): (Option<&str>, Option<Words>, Words)| {
                let text = set.get(&target(member));
                (name, text.map_or(value, |text| Words::new(text.clone(), text.clone())))
            };
            Some(ValueUsed {
                name: param.name.clone(),
                cite: param.cite.clone(),
                values: own.into_iter().map(shown).collect(),
                yearly: param.set_by.is_some(),
                by_year,
                basis: version.basis.clone().filter(|_| !by_year),
            })
        })
        .collect();
    list.sort_by_key(|value| !value.yearly);
    list
}

/// The highest amount possible so far: what it is in words, and whether it can still fall.
pub fn ceiling(trace: &AmountTrace) -> Option<(Money, Words, bool)> {
    let money = trace.money.or(trace.at_most)?;
    Some((money, money_words(money), trace.money.is_some()))
}

#[cfg(test)]
mod tests;
