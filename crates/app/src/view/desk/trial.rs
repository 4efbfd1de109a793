//! Trying out a verification: the totals and what the rules would allow with the amounts confirmed so far. Lines that are not yet
//! confirmed are taken as declared, and counted as left.

use crate::command::Failure;
use crate::view::Viewer;
use crate::view::case::{CaseRules, line_place, rules_of};
use crate::writer::App;
use domain::case::{Case, Inspection, Judged, Judgement, LineFinding, Record, declared_lines, verified_form};
use domain::year::Year;
use kernel::id::CaseId;
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::lang::{Type, Value};
use policy::pack::{Pack, ParamValue, Words};
use std::collections::BTreeMap;

/// What was typed so far.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// Amounts confirmed, by line.
    pub confirmed: BTreeMap<String, Money>,
    /// Facts confirmed, in canonical spelling.
    pub records: BTreeMap<String, String>,
}

/// A line to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Its id: `assets:3`.
    pub id: String,
    /// Where it stands.
    pub place: Words,
    /// The name of its part, for grouping.
    pub part: String,
    /// What it is.
    pub label: String,
    /// Its class.
    pub class: Words,
    /// Its date.
    pub date: Option<Date>,
    /// As declared.
    pub declared: Money,
    /// It would count.
    pub counted: bool,
    /// Why it does not count, with the article.
    pub out: Option<(Words, String)>,
}

/// A paper to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPaper {
    /// The pack's paper.
    pub paper: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Its files: name and address of the content.
    pub files: Vec<(String, kernel::id::PaperHash)>,
}

/// What the rules allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The rate that holds for this case.
    pub ratio: Option<Ratio>,
    /// The most that can be granted; `None` when the case does not qualify.
    pub amount: Option<Money>,
    /// The term that binds.
    pub binds: String,
    /// The article of the amount.
    pub cite: String,
}

/// What came of a trial.
#[derive(Debug, Clone)]
pub struct Trialed {
    /// The lines.
    pub lines: Vec<SheetLine>,
    /// The sums of lines that count: what is counted, and its total.
    pub totals: Vec<(Words, Option<Money>)>,
    /// Declared in all.
    pub declared: Money,
    /// Confirmed so far.
    pub confirmed: Money,
    /// Lines not yet confirmed.
    pub left: usize,
    /// What the rules allow.
    pub offer: Offer,
    /// The rules, one by one.
    pub rules: CaseRules,
}

impl App {
    /// Tries out a verification of a case.
    pub fn trial(&self, viewer: &Viewer, id: CaseId, typed: &Trial) -> Result<Trialed, Failure> {
        let case = self.case(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let year = self.year_of_case(&case)?;
        let declared = declared_lines(&pack, &case);
        let tried = tried(&case, &declared, typed, self.today());
        let judged = self.judged_now(&pack, &tried)?;
        let check = verified_form(&pack, &tried);
        let mut lines = Vec::new();
        let mut totals = Vec::new();
        for result in &check.tallies {
            let tally = pack.tallies.get(&result.tally);
            for give in tally.map(|t| t.gives.as_slice()).unwrap_or_default() {
                let name = pack
                    .facts
                    .get(give)
                    .map_or_else(|| Words::new(give.clone(), give.clone()), |f| f.name.clone());
                totals.push((name, result.totals.get(give).copied()));
            }
            lines.extend(result.lines.iter().map(|line| SheetLine {
                id: line.id.clone(),
                place: line_place(&pack, &tried, &line.id, &line.part),
                part: line.part.clone(),
                label: line.label.clone(),
                class: tally.and_then(|t| t.classes.get(&line.class)).cloned().unwrap_or_default(),
                date: line.date,
                declared: line.declared,
                counted: line.counted.values().all(|c| *c),
                out: line.reason.as_ref().map(|(say, cite)| (say.clone(), cite.to_string())),
            }));
        }
        Ok(Trialed {
            lines,
            totals,
            declared: Money::sum(declared.values().copied()).unwrap_or(Money::MAX),
            confirmed: Money::sum(typed.confirmed.values().copied()).unwrap_or(Money::MAX),
            left: declared.keys().filter(|line| !typed.confirmed.contains_key(*line)).count(),
            offer: offer(&pack, year.as_ref(), &judged),
            rules: rules_of(&pack, &judged, false, &BTreeMap::new()),
        })
    }

    /// What the rules allow a case as it stands.
    pub fn offer(&self, viewer: &Viewer, id: CaseId) -> Result<(Offer, CaseRules), Failure> {
        let case = self.case(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let judged = self.judged_now(&pack, &case)?;
        let year = self.year_of_case(&case)?;
        Ok((offer(&pack, year.as_ref(), &judged), rules_of(&pack, &judged, false, &BTreeMap::new())))
    }
}

/// The case as it would stand with what was typed.
fn tried(case: &Case, declared: &BTreeMap<String, Money>, typed: &Trial, today: Date) -> Case {
    let mut tried = case.clone();
    let confirmed = |(line, amount): (&String, &Money)| LineFinding {
        line: line.clone(),
        confirmed: typed.confirmed.get(line).copied().unwrap_or(*amount),
        reason: String::new(),
    };
    tried.inspection = Some(Inspection {
        on: today,
        lines: declared.iter().map(confirmed).collect(),
        papers: Vec::new(),
        ratio: Ratio::percent(0),
        amount: Money::ZERO,
        judgement: Judgement::default(),
    });
    for (fact, value) in &typed.records {
        tried
            .records
            .insert(fact.clone(), Record { fact: fact.clone(), value: value.clone(), basis: String::new() });
    }
    tried
}

fn offer(pack: &Pack, year: Option<&Year>, judged: &Judged) -> Offer {
    Offer {
        ratio: rate(pack, year, judged),
        amount: judged.judgement.amount,
        binds: judged.binds.clone(),
        cite: judged.amount_cite.clone(),
    }
}

/// The rate that a year's decision sets for cases like this one: a ratio of the pack that somebody sets, for the member of its table
/// that the facts choose.
fn rate(pack: &Pack, year: Option<&Year>, judged: &Judged) -> Option<Ratio> {
    let param = pack.params.iter().find(|p| p.ty == Type::Ratio && p.set_by.is_some())?;
    let list = param.by.as_deref().and_then(|by| pack.enums.get(by));
    let of_list = |fact: &&policy::pack::Fact| matches!(&fact.ty, Type::Enum(of) if pack.env.enums().get(of.index()).is_some_and(|e| Some(&e.id) == param.by.as_ref()));
    let chosen = pack.facts.iter().find(of_list).and_then(|fact| judged.judgement.facts.get(&fact.id));
    let member = list.zip(chosen).and_then(|(list, text)| list.members.iter().position(|m| m.id == *text));
    let target = match list.zip(member) {
        Some((list, at)) => format!("{}[{}]", param.id, list.members.get(at)?.id),
        None if list.is_none() => param.id.clone(),
        None => return None,
    };
    if let Some(text) = year.and_then(|y| y.terms.set.get(&target)) {
        return Ratio::parse(text).ok();
    }
    let as_of = judged.judgement.as_of;
    let version = param.versions.iter().rev().find(|v| v.from <= as_of).or(param.versions.first())?;
    match (&version.value, member) {
        (ParamValue::Scalar(Value::Ratio(ratio)), _) => Some(*ratio),
        (ParamValue::Table(values), Some(at)) => match values.get(at) {
            Some(Value::Ratio(ratio)) => Some(*ratio),
            _ => None,
        },
        _ => None,
    }
}

/// The papers of the latest filing, each once with its files.
pub(super) fn papers(pack: &Pack, case: &Case) -> Vec<SheetPaper> {
    let mut papers: Vec<SheetPaper> = Vec::new();
    for paper in case.current().map(|d| d.papers.as_slice()).unwrap_or_default() {
        if let Some(same) = papers.iter_mut().find(|p| p.paper == paper.paper) {
            same.files.push((paper.name.clone(), paper.hash));
            continue;
        }
        let of = pack.papers.get(&paper.paper);
        papers.push(SheetPaper {
            paper: paper.paper.clone(),
            name: of.map_or_else(|| Words::new(paper.paper.clone(), paper.paper.clone()), |p| p.name.clone()),
            cite: of.map_or_else(String::new, |p| p.cite.to_string()),
            files: vec![(paper.name.clone(), paper.hash)],
        });
    }
    papers
}
