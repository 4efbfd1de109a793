//! The cases that travel with a pack: read, and run against its rules. A wrong expectation is shown with what came out.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::money::Money;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::params::node_value;
use super::reader::Reader;
use super::symbols::{Head, Symbols, each, money};
use super::tree::Text;
use crate::lang::Value;
use crate::lang::nearest;
use crate::ruleset::{CaseFacts, Decision, Outcome3, Overrides, Ruleset};

const EXPECT: &[(&str, Expect)] =
    &[("grant", Expect::Grant), ("refuse", Expect::Refuse), ("pending", Expect::Pending)];

/// A case as it is written, before `like` is followed.
struct Written {
    id: Id,
    name: Words,
    like: Option<Text>,
    set: BTreeMap<Id, Value>,
    drop: Vec<Id>,
    as_of: Option<Date>,
    expect: Expect,
    amount: Option<Money>,
    fails: Vec<Id>,
    missing: Vec<Id>,
    places: Places,
}

impl Identified for Written {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Where expectations stand.
#[derive(Clone)]
struct Places {
    expect: std::ops::Range<usize>,
    amount: Option<std::ops::Range<usize>>,
    fails: Option<std::ops::Range<usize>>,
    missing: Option<std::ops::Range<usize>>,
}

/// A case with its facts in the ruleset's form.
pub(super) struct Ready {
    pub(super) facts: CaseFacts,
    pub(super) as_of: Date,
    pub(super) decision: Decision,
}

/// All cases, with `like` followed.
pub(super) struct Cases {
    pub(super) catalog: Catalog<Case>,
    places: Vec<Places>,
}

/// Reads all cases.
pub(super) fn cases(cx: &Context<'_>, head: &Head, symbols: &Symbols) -> Cases {
    let written = each(cx, ElementKind::Case, |raw, reader| case(cx, raw, reader, symbols));
    let mut cases = Cases { catalog: Catalog::default(), places: Vec::new() };
    for one in &written {
        let Some((facts, as_of)) = resolve(cx, &written, one, 0) else { continue };
        cases.catalog.push(Case {
            id: one.id.clone(),
            name: one.name.clone(),
            facts,
            as_of: as_of.unwrap_or(head.in_force.from),
            expect: one.expect,
            amount: one.amount,
            fails: one.fails.clone(),
            missing: one.missing.clone(),
        });
        cases.places.push(one.places.clone());
    }
    cases
}

fn case(cx: &Context<'_>, raw: &Raw, reader: &Reader<'_>, symbols: &Symbols) -> Option<Written> {
    let mut set = BTreeMap::new();
    for entry in reader.table("set").iter().flat_map(|inner| inner.all()) {
        match symbols.facts.get(&entry.key) {
            Some(fact) => set
                .extend(node_value(cx, &entry.node, &fact.ty, &symbols.env).map(|v| (entry.key.clone(), v))),
            None if cx.draft.of(ElementKind::Fact).any(|raw| raw.id == entry.key) => {}
            None => cx.sink.add(super::reader::unknown_key(entry, symbols.facts.ids())),
        }
    }
    let place = |key: &'static str| reader.node(key).map(|node| node.at.clone());
    let expect = cx.need_word(reader, "expect", EXPECT);
    cx.cite(raw, reader);
    let written = Written {
        id: raw.id.clone(),
        name: reader.words(),
        like: reader.text("like").cloned(),
        set,
        drop: cx.refer_all(ElementKind::Fact, &reader.texts("drop")),
        as_of: reader.day("as_of"),
        expect: expect.unwrap_or(Expect::Pending),
        amount: reader.text("amount").and_then(|text| money(cx, text)),
        fails: cx.refer_all(ElementKind::Rule, &reader.texts("fails")),
        missing: cx.refer_all(ElementKind::Fact, &reader.texts("missing")),
        places: Places {
            expect: place("expect").unwrap_or(raw.at.clone()),
            amount: place("amount"),
            fails: place("fails"),
            missing: place("missing"),
        },
    };
    expect.map(|_| written)
}

type Facts = (BTreeMap<Id, Value>, Option<Date>);

fn resolve(cx: &Context<'_>, all: &Catalog<Written>, one: &Written, depth: usize) -> Option<Facts> {
    let (mut facts, mut as_of) = match &one.like {
        None => (BTreeMap::new(), None),
        Some(like) => {
            let base = all.get(&like.text).filter(|base| base.id != one.id && depth < all.len());
            let Some(base) = base else {
                unlike(cx, like, all, one, depth);
                return None;
            };
            resolve(cx, all, base, depth + 1)?
        }
    };
    facts.extend(one.set.iter().map(|(id, value)| (id.clone(), *value)));
    for id in &one.drop {
        facts.remove(id);
    }
    as_of = one.as_of.or(as_of);
    Some((facts, as_of))
}

fn unlike(cx: &Context<'_>, like: &Text, all: &Catalog<Written>, one: &Written, depth: usize) {
    let circle = depth >= all.len() || like.text == one.id;
    // A case that is there but has faults of its own was reported where it stands.
    if !circle && cx.draft.of(ElementKind::Case).any(|raw| raw.id == like.text) {
        return;
    }
    let (zh, en) = if circle {
        ("案例之间互相参照，没有起点".to_owned(), "the cases refer to each other in a circle".to_owned())
    } else {
        (format!("没有名为 `{}` 的案例", like.text), format!("there is no case named `{}`", like.text))
    };
    let found = Diagnostic::new("E064", like.whole(), zh, en).label("无从参照", "nothing to start from");
    cx.sink.add(match nearest(&like.text, all.ids()).filter(|_| !circle) {
        Some(near) => found.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => found,
    });
}

/// Decides every case and compares.
pub(super) fn run(cx: &Context<'_>, cases: &Cases, ruleset: &Ruleset) -> Vec<Ready> {
    let mut ready = Vec::new();
    for (case, places) in cases.catalog.iter().zip(&cases.places) {
        let mut facts = ruleset.case();
        for (id, value) in &case.facts {
            if let Some(fact) = ruleset.env().fact_named(id) {
                // Values were read by the fact's own type, so they fit.
                let _ = facts.set(ruleset, fact, *value);
            }
        }
        match ruleset.decide(&facts, case.as_of, &Overrides::default()) {
            Ok(decision) => {
                compare(cx, case, places, ruleset, &decision);
                ready.push(Ready { facts, as_of: case.as_of, decision });
            }
            Err(outside) => cx.sink.add(
                Diagnostic::new(
                    "E060",
                    places.expect.clone(),
                    format!("案例 `{}` 的日期 {} 不在施行期内", case.id, case.as_of),
                    format!("case `{}`: {outside}", case.id),
                )
                .label("无法判断", "cannot be decided"),
            ),
        }
    }
    ready
}

fn outcome_of(outcome: Outcome3) -> Expect {
    match outcome {
        Outcome3::Grant => Expect::Grant,
        Outcome3::Refuse => Expect::Refuse,
        Outcome3::Pending => Expect::Pending,
    }
}

fn said(expect: Expect) -> (&'static str, &'static str) {
    match expect {
        Expect::Grant => ("给予资助", "grant"),
        Expect::Refuse => ("不予资助", "refuse"),
        Expect::Pending => ("还不能定", "pending"),
    }
}

fn compare(cx: &Context<'_>, case: &Case, places: &Places, ruleset: &Ruleset, decision: &Decision) {
    let rules: Vec<&str> = ruleset.rules().map(|rule| rule.id.as_str()).collect();
    let unmet: Vec<&str> = decision.unmet.iter().map(|id| rules[id.index()]).collect();
    let facts = ruleset.facts();
    let missing: Vec<&str> = decision.missing.iter().map(|id| facts[id.index()].id.as_str()).collect();
    let came = outcome_of(decision.outcome);
    let wrong = |at: &std::ops::Range<usize>, wanted: (&str, &str), got: (&str, &str)| {
        Diagnostic::new(
            "E060",
            at.clone(),
            format!("案例 `{}` 的预期不对", case.id),
            format!("case `{}` came out otherwise", case.id),
        )
        .label(format!("预期{}，得到{}", wanted.0, got.0), format!("expected {}, got {}", wanted.1, got.1))
    };
    if came != case.expect {
        let found = wrong(&places.expect, said(case.expect), said(came));
        cx.sink.add(match (unmet.as_slice(), missing.as_slice()) {
            ([], []) => found,
            ([], _) => found
                .hint(format!("缺少：{}", missing.join("、")), format!("missing: {}", missing.join(", "))),
            _ => {
                found.hint(format!("不满足：{}", unmet.join("、")), format!("not met: {}", unmet.join(", ")))
            }
        });
        return;
    }
    if let (Some(wanted), Some(at)) = (case.amount, &places.amount)
        && decision.amount != Some(wanted)
    {
        let got = decision.amount.map_or_else(|| "无金额".to_owned(), |amount| format!("{amount}元"));
        cx.sink.add(wrong(at, (&format!("{wanted}元"), &wanted.to_string()), (&got, &got.replace('元', ""))));
    }
    let lists = [(&case.fails, &places.fails, &unmet), (&case.missing, &places.missing, &missing)];
    for (wanted, at, got) in lists {
        let Some(at) = at else { continue };
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let mut got: Vec<&str> = got.clone();
        wanted.sort_unstable();
        got.sort_unstable();
        if wanted != got {
            let list = |ids: &[&str]| if ids.is_empty() { "—".to_owned() } else { ids.join(", ") };
            let (wanted, got) = (list(&wanted), list(&got));
            cx.sink.add(wrong(at, (&wanted, &wanted), (&got, &got)));
        }
    }
}
