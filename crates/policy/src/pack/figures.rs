//! Figures of recurring reports as the pack writes them, whether they can be counted, and whether reports add up.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::near;
use super::model::*;
use super::reader::Reader;
use super::steps::Placed;
use crate::lang::nearest;
use crate::procedure::{Act, Figure, FigureOf, Moved, Period, Span, Step, Subject};
use crate::register::Register;

/// A name with its place.
type Named = Option<(Id, Range<usize>)>;

/// A figure as it is written.
pub(super) struct Written {
    id: Id,
    name: Words,
    at: Range<usize>,
    span: Span,
    money: Option<Moved>,
    register: Named,
    day: Named,
    without: Named,
    sum: Named,
}

/// `figures = [{ id = "done", register = "works", day = "finished_on" }, { id = "paid", money = "paid", span = "year" }]`
pub(super) fn written(cx: &Context<'_>, reader: &Reader<'_>) -> Vec<Written> {
    let mut found = Vec::new();
    for inner in reader.tables("figures") {
        let named = |key: &'static str| inner.text(key).map(|text| (text.text.clone(), text.whole()));
        let id = inner.need_text("id").map(|text| text.text.clone());
        let figure = Written {
            id: id.unwrap_or_default(),
            name: inner.words(),
            at: inner.at.clone(),
            span: inner.text("span").and_then(|text| cx.word(text, Span::ALL)).unwrap_or(Span::Month),
            money: inner.text("money").and_then(|text| cx.word(text, Moved::ALL)),
            register: named("register"),
            day: named("day"),
            without: named("without"),
            sum: named("sum"),
        };
        inner.finish();
        found.push(figure);
    }
    found
}

/// The figures of a step.
pub(super) fn figures(cx: &Context<'_>, placed: &Placed, registers: &Catalog<Register>) -> Vec<Figure> {
    let step = &placed.step;
    let wrote = |key| cx.entry(ElementKind::Step, &step.id, key).is_some();
    if wrote("figures") && !is_monthly(step) {
        let at = cx.place(ElementKind::Step, &step.id, "figures");
        uncounted(cx, at, ("只用于按月的单位报告", "only a monthly report of a body has figures"));
        return Vec::new();
    }
    let mut known = BTreeSet::new();
    let mut figures = Vec::new();
    for figure in &placed.figures {
        if !known.insert(figure.id.as_str()) {
            let why = ("同一步骤里已有这个编号", "there is one of this id in the step already");
            uncounted(cx, figure.at.clone(), why);
        }
        figures.extend(one(cx, figure, registers));
    }
    figures
}

fn one(cx: &Context<'_>, figure: &Written, registers: &Catalog<Register>) -> Option<Figure> {
    let of_lines = [&figure.register, &figure.day, &figure.without, &figure.sum];
    let (of, is_money) = match (figure.money, &figure.register, &figure.day) {
        (Some(moved), ..) if of_lines.iter().all(|named| named.is_none()) => (FigureOf::Money(moved), true),
        (None, Some((id, at)), Some(day)) => lines(cx, figure, (id, at), day, registers)?,
        _ => {
            let why = ("写 register 和 day，或者只写 money", "write `register` and `day`, or `money` alone");
            uncounted(cx, figure.at.clone(), why);
            return None;
        }
    };
    let (id, name) = (figure.id.clone(), figure.name.clone());
    Some(Figure { id, name, of, span: figure.span, is_money })
}

/// A figure of lines, and whether it is money.
fn lines(
    cx: &Context<'_>,
    figure: &Written,
    (id, at): (&Id, &Range<usize>),
    day: &(Id, Range<usize>),
    registers: &Catalog<Register>,
) -> Option<(FigureOf, bool)> {
    let Some(register) = registers.get(id) else {
        // A register that is there but has faults was reported where it stands.
        if !cx.draft.of(ElementKind::Register).any(|raw| raw.id == *id) {
            let near = near(cx.draft, ElementKind::Register, id);
            cx.unlisted_at(at.clone(), id, "台账", "register", near);
        }
        return None;
    };
    let kept = |(id, at): &(Id, Range<usize>)| {
        let Some((_, column)) = register.column(id) else {
            let columns = register.columns.iter().map(|column| column.field.id.as_str());
            cx.unlisted_at(at.clone(), id, "列", "column", nearest(id, columns));
            return None;
        };
        if !column.take.is_kept() {
            let why = ("这一列不是从申请取来的", "this column is not taken from the case");
            uncounted(cx, at.clone(), why);
            return None;
        }
        Some(&column.field.ty)
    };
    let is_day = |named: &(Id, Range<usize>)| {
        let ty = kept(named)?;
        if *ty != FieldType::Date {
            uncounted(cx, named.1.clone(), ("这一列不是日期", "this column is no day"));
            return None;
        }
        Some(named.0.clone())
    };
    let day = is_day(day)?;
    let without = match &figure.without {
        Some(other) => Some(is_day(other)?),
        None => None,
    };
    let (mut sum, mut is_money) = (None, false);
    if let Some(named) = &figure.sum {
        match kept(named)? {
            FieldType::Money(_) => is_money = true,
            FieldType::Count(_) => {}
            _ => {
                let why = ("只合计金额和计数", "only money and counts are summed up");
                uncounted(cx, named.1.clone(), why);
                return None;
            }
        }
        sum = Some(named.0.clone());
    }
    Some((FigureOf::Lines { register: id.clone(), day, without, sum }, is_money))
}

/// Reports that sum up others do so of monthly reports with figures, one below the other.
pub(super) fn sums(cx: &Context<'_>, steps: &Catalog<Placed>) {
    for step in steps.iter().map(|placed| &placed.step) {
        let Some(of) = step.sums.as_deref() else { continue };
        let Some(below) = steps.get(of).map(|placed| &placed.step) else { continue };
        let why = if !is_monthly(step) || !is_monthly(below) {
            ("只汇总按月的单位报告", "only monthly reports of bodies add up")
        } else if cx.entry(ElementKind::Step, &step.id, "figures").is_some() {
            ("汇总的报表不另写 figures", "a report that sums up has no figures of its own")
        } else if chain(steps, step).is_none() {
            ("汇总绕成了圈", "it sums up itself, in a circle")
        } else if chain(steps, step).is_some_and(|last| last.figures.is_empty()) {
            ("下面没有数字可以相加", "there are no figures below to add up")
        } else {
            continue;
        };
        let at = cx.place(ElementKind::Step, &step.id, "sums");
        let found = Diagnostic::new("E099", at, "报表加不起来", "the reports do not add up");
        cx.sink.add(found.label(why.0, why.1));
    }
}

/// What a report comes down to; none when it comes back to itself.
fn chain<'s>(steps: &'s Catalog<Placed>, step: &Step) -> Option<&'s Placed> {
    let mut seen = BTreeSet::new();
    let mut at = steps.get(&step.id)?;
    while let Some(below) = at.step.sums.as_deref().and_then(|id| steps.get(id)) {
        if !seen.insert(at.step.id.clone()) {
            return None;
        }
        at = below;
    }
    Some(at)
}

fn is_monthly(step: &Step) -> bool {
    let monthly = step.every.as_ref().is_some_and(|every| every.period == Period::Month);
    step.on == Subject::Body && step.act == Act::Report && monthly
}

fn uncounted(cx: &Context<'_>, at: Range<usize>, why: (&str, &str)) {
    let found = Diagnostic::new("E098", at, "这个数字没有办法统计", "this figure cannot be counted");
    cx.sink.add(found.label(why.0, why.1));
}
