//! Whether the cases of a pack say enough: a case refused by each rule alone, one on both sides of each threshold and of each
//! date on which a value changes. A threshold has a case on both sides when lowering it changes what a rule says of one
//! case and raising it changes what a rule says of another; so this is asked of the rules themselves, not of their text.

use std::collections::BTreeMap;

use kernel::money::Money;
use kernel::ratio::Ratio;

use super::cases::Ready;
use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::tree::Tree;
use crate::lang::{EnumId, ParamId, Shape, Type, Value};
use crate::ruleset::{Decision, Outcome3, Overrides, ParamAt, RuleKind as Kind, Ruleset};

/// Runs all three.
pub(super) fn check(cx: &Context<'_>, ruleset: &Ruleset, params: &Catalog<Param>, cases: &[Ready]) {
    isolated(cx, ruleset, cases);
    both_sides(cx, ruleset, cases);
    for param in params {
        dated(cx, param, cases);
    }
}

fn isolated(cx: &Context<'_>, ruleset: &Ruleset, cases: &[Ready]) {
    for (at, rule) in ruleset.rules().enumerate().filter(|(_, rule)| rule.kind == Kind::Need) {
        let alone = |ready: &Ready| {
            ready.decision.outcome == Outcome3::Refuse
                && ready.decision.unmet.iter().map(|id| id.index()).eq([at])
        };
        if !cases.iter().any(alone) {
            cx.sink.add(
                Diagnostic::new(
                    "E061",
                    place(cx, ElementKind::Rule, &rule.id),
                    format!("规则 `{}` 没有只因它被拒的案例", rule.id),
                    format!("no case is refused by the rule `{}` alone", rule.id),
                )
                .label("没有案例检验它", "no case isolates it")
                .hint(
                    format!("加一个 [[case]]，expect = \"refuse\"，fails = [\"{}\"]", rule.id),
                    format!("add a [[case]] with expect = \"refuse\", fails = [\"{}\"]", rule.id),
                ),
            );
        }
    }
}

fn place(cx: &Context<'_>, kind: ElementKind, id: &str) -> std::ops::Range<usize> {
    cx.draft.of(kind).find(|raw| raw.id == id).map_or(0..0, |raw| raw.at.clone())
}

/// The smallest and the largest value of a type that has an order.
fn extremes(ty: &Type) -> Option<(Value, Value)> {
    match ty {
        Type::Money => Some((Value::Money(Money::ZERO), Value::Money(Money::MAX))),
        Type::Ratio => Some((Value::Ratio(Ratio::ZERO), Value::Ratio(Ratio::percent(1_000_000)))),
        Type::Count(_) => Some((Value::Count(0), Value::Count(i64::MAX))),
        _ => None,
    }
}

/// What moving a threshold did.
#[derive(Clone, Copy, Default)]
struct Moved {
    rules: bool,
    amount: bool,
}

fn both_sides(cx: &Context<'_>, ruleset: &Ruleset, cases: &[Ready]) {
    for (index, param) in ruleset.params().iter().enumerate() {
        let Some((low, high)) = extremes(&param.ty) else { continue };
        for member in entries(ruleset, param.shape) {
            let at = ParamAt { param: ParamId(index as u16), member };
            let (lowered, raised) = (moved(ruleset, cases, at, low), moved(ruleset, cases, at, high));
            let tested = match (lowered.rules, raised.rules) {
                (true, true) => true,
                (false, false) => lowered.amount || raised.amount,
                _ => false,
            };
            if !tested {
                cx.sink.add(one_sided(cx, ruleset, param, member, lowered.rules, raised.rules));
            }
        }
    }
}

fn entries(ruleset: &Ruleset, shape: Shape) -> Vec<Option<(EnumId, u16)>> {
    match shape {
        Shape::Scalar => vec![None],
        Shape::Table(by) => {
            let members = ruleset.env().enums().get(by.index()).map_or(0, |def| def.members.len());
            (0..members as u16).map(|member| Some((by, member))).collect()
        }
    }
}

fn moved(ruleset: &Ruleset, cases: &[Ready], at: ParamAt, to: Value) -> Moved {
    let mut overrides = Overrides::default();
    if overrides.set(ruleset, at, to, None).is_err() {
        return Moved::default();
    }
    let mut moved = Moved::default();
    let mut days = BTreeMap::new();
    for ready in cases {
        // The parameters of a day are worked out once for all its cases.
        let day = days.entry(ready.as_of).or_insert_with(|| ruleset.at(ready.as_of, &overrides));
        let Ok(day) = day else { continue };
        let other = day.decide(&ready.facts);
        moved.rules |= verdicts(&other) != verdicts(&ready.decision);
        moved.amount |= other.amount != ready.decision.amount;
    }
    moved
}

fn verdicts(decision: &Decision) -> (Vec<usize>, Vec<usize>) {
    let indices = |ids: &[crate::ruleset::RuleId]| ids.iter().map(|id| id.index()).collect();
    (indices(&decision.unmet), indices(&decision.unknown))
}

fn one_sided(
    cx: &Context<'_>,
    ruleset: &Ruleset,
    param: &crate::ruleset::ParamMeta,
    member: Option<(EnumId, u16)>,
    below: bool,
    above: bool,
) -> Diagnostic {
    let entry = member.and_then(|(of, at)| {
        let def = ruleset.env().enums().get(of.index())?;
        Some(format!("[{}]", def.members.get(usize::from(at))?.id))
    });
    let name = format!("{}{}", param.id, entry.unwrap_or_default());
    let lacking = match (below, above) {
        (true, false) => ("达到它的", "on its upper side"),
        (false, true) => ("达不到它的", "on its lower side"),
        _ => ("检验它的", "that tests it"),
    };
    Diagnostic::new(
        "E062",
        place(cx, ElementKind::Param, &param.id),
        format!("标准 `{name}` 没有{}案例", lacking.0),
        format!("the threshold `{name}` has no case {}", lacking.1),
    )
    .label("两边都要有案例", "a case on both sides is needed")
    .hint("加一个正好达到的案例和一个差一点的案例", "add a case that just reaches it and one that just fails")
}

/// Each day on which a value changes needs a case before and a case after.
fn dated(cx: &Context<'_>, param: &Param, cases: &[Ready]) {
    for pair in param.versions.windows(2) {
        let [before, after] = pair else { continue };
        let during = |version: &ParamVersion| {
            cases
                .iter()
                .any(|r| r.as_of >= version.from && version.until.is_none_or(|until| r.as_of <= until))
        };
        let lacking = match (during(before), during(after)) {
            (true, true) => continue,
            (false, _) => ("之前", "before"),
            (true, false) => ("当日或之后", "on or after"),
        };
        let day = kernel::date::zh(after.from);
        cx.sink.add(
            Diagnostic::new(
                "E063",
                version_place(cx, &param.id, after.from),
                format!("`{}` 在{day}改变，却没有{}的案例", param.id, lacking.0),
                format!("`{}` changes on {}, but no case is {} that day", param.id, after.from, lacking.1),
            )
            .label("这一天前后都要有案例", "a case on both sides of the day is needed")
            .hint("在案例里写 as_of", "write `as_of` in a case"),
        );
    }
}

fn version_place(cx: &Context<'_>, id: &str, from: kernel::Date) -> std::ops::Range<usize> {
    let raw = cx.draft.of(ElementKind::Param).find(|raw| raw.id == id);
    let find = |raw: &Raw| {
        let Tree::Table(entries) = &raw.node.value else { return None };
        let Tree::List(versions) = &entries.iter().find(|e| e.key == "versions")?.node.value else {
            return None;
        };
        versions.iter().find_map(|version| {
            let Tree::Table(keys) = &version.value else { return None };
            let day = keys.iter().find(|k| k.key == "from").map(|k| &k.node);
            day.filter(|node| matches!(node.value, Tree::Day(day) if day == from)).map(|node| node.at.clone())
        })
    };
    raw.and_then(|raw| find(raw).or(Some(raw.at.clone()))).unwrap_or(0..0)
}
