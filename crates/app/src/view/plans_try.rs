//! What other values of the year would do to a plan: item by item, in total, and to what year and fund have left. Nothing is
//! written, and a value beyond the regulation's own limit is not tried.

use super::plans::{PlanMoney, params_set};
use super::plans_judge::Bench;
use super::viewer::Viewer;
use super::years::YearParam;
use crate::command::Failure;
use crate::writer::App;
use domain::case::Case;
use domain::plan::Plan;
use kernel::Money;
use kernel::id::{CaseId, PlanId};
use policy::lang::parse_value;
use policy::pack::{Pack, ParamValue, Words};
use std::collections::BTreeMap;

/// One item under other values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedLine {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The amount in the plan.
    pub planned: Money,
    /// What the rules allow with the values of the year; `None` when they do not grant.
    pub now: Option<Money>,
    /// What they would allow.
    pub then: Option<Money>,
}

impl TriedLine {
    /// How much more or less it would be.
    pub fn difference(&self) -> Money {
        let (then, now) = (self.then.unwrap_or(Money::ZERO), self.now.unwrap_or(Money::ZERO));
        then.checked_sub(now).unwrap_or(Money::ZERO)
    }
}

/// What other values would do.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The values as typed, each with its parameter and what the year has set.
    pub params: Vec<(YearParam, String, String)>,
    /// What is wrong with a value: its field and why.
    pub faults: Vec<(String, Words)>,
    /// The items; empty while a value is wrong.
    pub lines: Vec<TriedLine>,
    /// In all: planned, by the year's values, by the tried ones.
    pub total: (Money, Money, Money),
    /// What the year would have left; negative when it would not do.
    pub year_left: Money,
    /// What the fund would have left of its ceiling.
    pub fund_left: Money,
}

impl App {
    /// Tries other values of the year on the items of a plan. `typed` is by field.
    pub fn try_values(
        &self,
        viewer: &Viewer,
        id: PlanId,
        typed: &BTreeMap<String, String>,
    ) -> Result<Tried, Failure> {
        let plan = self.plan(viewer, id)?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let bench = self.bench(&pack, plan.year)?;
        let mut cases = Vec::new();
        for case in plan.items.keys() {
            cases.extend(self.case_state(*case)?);
        }
        let money = self.plan_money(&pack, &plan)?;
        Ok(tried(&bench, &plan, &cases, &money, typed))
    }
}

fn tried(
    bench: &Bench,
    plan: &Plan,
    cases: &[Case],
    money: &PlanMoney,
    typed: &BTreeMap<String, String>,
) -> Tried {
    let mut faults = Vec::new();
    let mut set = BTreeMap::new();
    let mut params = Vec::new();
    for (param, now) in params_set(&bench.pack, bench) {
        let text = typed.get(&param.field).cloned().unwrap_or_else(|| now.clone());
        match readable(&bench.pack, &param, &text) {
            Ok(()) => drop(set.insert(param.key.clone(), text.clone())),
            Err(why) => faults.push((param.field.clone(), why)),
        }
        params.push((param, text, now));
    }
    let items: Vec<&Case> = if faults.is_empty() { cases.iter().collect() } else { Vec::new() };
    let lines: Vec<TriedLine> = items.into_iter().map(|case| line(bench, plan, case, &set)).collect();
    let sum = |of: fn(&TriedLine) -> Money| Money::sum(lines.iter().map(of)).unwrap_or(Money::MAX);
    let total =
        (sum(|l| l.planned), sum(|l| l.now.unwrap_or(Money::ZERO)), sum(|l| l.then.unwrap_or(Money::ZERO)));
    // Items already determined have left the year; only the others would still take from it.
    let undecided = |l: &&TriedLine| plan.items.get(&l.case).is_some_and(|item| item.verdict.is_none());
    let pending = lines.iter().filter(undecided).map(|l| l.then.unwrap_or(Money::ZERO));
    let money = PlanMoney { pending: Money::sum(pending).unwrap_or(Money::MAX), ..money.clone() };
    Tried { params, faults, total, year_left: money.year_after(), fund_left: money.fund_after(), lines }
}

fn line(bench: &Bench, plan: &Plan, case: &Case, set: &BTreeMap<String, String>) -> TriedLine {
    TriedLine {
        case: case.id,
        number: case.number.clone(),
        title: case.title.clone(),
        planned: plan.items.get(&case.id).map_or(Money::ZERO, |item| item.amount),
        now: bench.amount_under(case, &BTreeMap::new()),
        then: bench.amount_under(case, set),
    }
}

/// Whether a value reads and stays within the limit that the pack names for it.
fn readable(pack: &Pack, param: &YearParam, text: &str) -> Result<(), Words> {
    let (id, member) = match param.key.split_once('[') {
        Some((id, member)) => (id, member.trim_end_matches(']')),
        None => (param.key.as_str(), ""),
    };
    let Some(of) = pack.params.get(id) else { return Ok(()) };
    let value = parse_value(text, &of.ty, &pack.env).map_err(|e| {
        let text = e.to_string();
        Words::new(
            format!("{}无法识别：{text}", param.label().zh),
            format!("{} cannot be read: {text}", param.label().en),
        )
    })?;
    let at = of
        .by
        .as_deref()
        .and_then(|by| pack.enums.get(by))
        .and_then(|e| e.member(member))
        .map_or(0, usize::from);
    let limit = of.limit.as_deref().and_then(|l| pack.params.get(l)).and_then(|l| l.versions.last());
    let limit = match limit.map(|v| &v.value) {
        Some(ParamValue::Scalar(value)) => Some(value),
        Some(ParamValue::Table(values)) => values.get(at),
        _ => None,
    };
    match limit {
        Some(limit) if value > *limit => {
            let most = pack.value_text(limit, &of.ty);
            Err(Words::new(
                format!("{}{text}超出上限{most}（{}）", param.label().zh, of.cite),
                format!("{} {text} is beyond {most}", param.label().en),
            ))
        }
        _ => Ok(()),
    }
}
