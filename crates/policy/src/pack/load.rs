//! Text to pack, from top to bottom: articles and blocks, names, elements, the flow of steps, the cases. Every stage reports
//! all that it finds; the stages that need sound rules (running cases) are left out while there are other faults.

use sha2::{Digest, Sha256};

use super::context::Context;
use super::diag::Diagnostics;
use super::draft::{self, Draft};
use super::locate::Lines;
use super::model::*;
use super::tree::{Sink, Tree};
use super::{
    cases, clauses, figures, flow, forms, letters, life, money, registers, rosters, ruling, steps, symbols,
    tallies, things, thresholds,
};
use crate::procedure::Step;

/// Loads a pack.
pub(super) fn load(source: Source) -> Result<Pack, Diagnostics> {
    let sink = Sink::default();
    let draft = draft::read(&source.text, &sink);
    // What a block that cannot be read defines is unknown: going on would blame those who refer to it.
    let pack = if sink.unreadable() { None } else { read(&source, &draft, &sink) };
    let found = sink.take();
    match pack {
        Some(pack) if found.is_empty() => Ok(pack),
        _ => Err(Diagnostics::new(source, found)),
    }
}

fn read(source: &Source, draft: &Draft, sink: &Sink) -> Option<Pack> {
    let cx = &Context::new(draft, sink);
    let head = symbols::head(cx)?;
    draft::count(draft, head.stated, &head.at, sink);
    let dated_by = head.dated_by.as_ref().and_then(|text| cx.refer(ElementKind::Step, text));
    let (roles, orgs) = (symbols::roles(cx), symbols::orgs(cx));
    let names = symbols::symbols(cx, &head);
    let interpretations = things::interpretations(cx);
    let settings = things::settings(cx);
    let ruling = ruling::ruling(cx, &head, &names, &interpretations);
    let (papers, uses) = (things::papers(cx, &names.env), things::uses(cx, &names.env));
    let money = money::money(cx, &settings);
    let (notices, duties) = (things::notices(cx), things::duties(cx));
    let courses = things::courses(cx);
    let letters = letters::letters(cx);
    let forms = forms::forms(cx, &names, &settings);
    let rosters = rosters::rosters(cx, &roles);
    let tallies = tallies::tallies(cx, &names, &forms);
    let mut procedures = steps::procedures(cx, &forms);
    let placed = steps::steps(cx, &settings, &names.env, &procedures, &forms);
    flow::check(cx, &placed, &procedures);
    let (facts, steps) = (&names.facts, &placed);
    life::check(
        cx,
        &life::Read {
            facts,
            forms: &forms,
            procedures: &procedures,
            steps,
            courses: &courses,
            params: &names.params,
            duties: &duties,
        },
    );
    letters::check(
        cx,
        &letters::Read { letters: &letters, roles: &roles, forms: &forms, procedures: &procedures, steps },
    );
    let registers = registers::registers(
        cx,
        &registers::Read { names: &names, forms: &forms, procedures: &procedures, steps },
    );
    figures::sums(cx, &placed);
    flow::money(cx, &placed, &procedures, &money.funds);
    money::deductions(cx, &money.distributions, &placed);
    let cases = cases::cases(cx, &head, &names);
    let clauses = clauses::clauses(cx);
    if sink.is_empty()
        && let Some(ruleset) = &ruling.ruleset
    {
        let ready = cases::run(cx, &cases, ruleset);
        if sink.is_empty() {
            thresholds::check(cx, ruleset, &names.params, &ready);
        }
    }
    let mut all_steps = Catalog::default();
    for one in &placed {
        all_steps.push(Step { figures: figures::figures(cx, one, &registers), ..one.step.clone() });
    }
    procedures.each_mut(|procedure| procedure.steps.retain(|id| all_steps.has(id)));
    Some(Pack {
        id: head.id,
        edition: head.edition,
        title: head.title,
        hash: hash(&source.text),
        in_force: head.in_force,
        issued_by: head.issued_by,
        dated_by: dated_by.unwrap_or_default(),
        round: head.round,
        round_why: head.round_why,
        articles: draft.articles.clone(),
        roles,
        orgs,
        enums: names.enums,
        units: names.units,
        facts: names.facts,
        params: names.params,
        rules: ruling.rules,
        grant: ruling.grant,
        ruleset: ruling.ruleset?,
        env: names.env,
        papers,
        uses,
        sources: money.sources,
        splits: money.splits,
        funds: money.funds,
        spendings: money.spendings,
        vouchers: money.vouchers,
        demands: money.demands,
        distributions: money.distributions,
        forms,
        rosters,
        tallies,
        procedures,
        steps: all_steps,
        courses,
        notices,
        letters,
        registers,
        duties,
        interpretations,
        settings,
        cases: cases.catalog,
        clauses,
        elements: elements(source, draft),
        source: source.clone(),
    })
}

fn hash(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

/// Where each element stands, for the page that shows article and rule side by side.
fn elements(source: &Source, draft: &Draft) -> Vec<Element> {
    let lines = Lines::new(&source.text);
    let text_of = |raw: &draft::Raw, keys: &[&str]| match &raw.node.value {
        Tree::Table(entries) => {
            keys.iter().find_map(|key| match &entries.iter().find(|entry| entry.key == *key)?.node.value {
                Tree::Text(text) => Some(text.text.clone()),
                Tree::Table(inner) => inner.iter().find_map(|e| match &e.node.value {
                    Tree::Text(text) if e.key == "name" => Some(text.text.clone()),
                    _ => None,
                }),
                _ => None,
            })
        }
        _ => None,
    };
    let item = |raw: &draft::Raw| match &raw.node.value {
        Tree::Table(entries) => entries.iter().find_map(|entry| match entry.node.value {
            Tree::Number(n) if entry.key == "item" => u16::try_from(n).ok(),
            _ => None,
        }),
        _ => None,
    };
    let mut list: Vec<Element> = draft
        .elements
        .iter()
        .filter(|raw| raw.kind != ElementKind::Clause)
        .map(|raw| {
            let nameless =
                || if raw.kind == ElementKind::Grant { raw.kind.words().zh } else { raw.id.clone() };
            let zh = text_of(raw, &["name", "title", "about"]).unwrap_or_else(nameless);
            let own_en = || if raw.kind == ElementKind::Grant { raw.kind.words().en } else { zh.clone() };
            let en = text_of(raw, &["en"]).unwrap_or_else(own_en);
            let article = raw.article.and_then(|at| draft.articles.get(at));
            Element {
                kind: raw.kind,
                id: raw.id.clone(),
                name: Words::new(zh, en),
                cite: article.map(|article| Cite { article: article.id.clone(), item: item(raw) }),
                range: extent(raw, &source.text),
                line: lines.place(raw.at.start).line,
            }
        })
        .collect();
    list.sort_by_key(|element| element.range.start);
    list
}

/// From the header of an element to the end of its last value.
fn extent(raw: &draft::Raw, text: &str) -> std::ops::Range<usize> {
    fn last(node: &super::tree::Node) -> usize {
        let inner = match &node.value {
            Tree::Table(entries) => entries.iter().map(|entry| last(&entry.node)).max(),
            Tree::List(items) => items.iter().map(last).max(),
            _ => None,
        };
        inner.unwrap_or(node.at.end).max(node.at.end)
    }
    let start = raw.at.start.min(raw.node.at.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = last(&raw.node);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    line_start..line_end
}
