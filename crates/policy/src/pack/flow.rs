//! Whether steps make sense together: every step is reached, nothing turns in a circle without a way out, every deadline
//! has a start that comes before it, and nothing was written that no step uses.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::diag::Diagnostic;
use super::model::*;
use super::steps::Placed;
use crate::procedure::{Act, OutcomeKind, Procedure, Subject};

/// Runs all checks.
pub(super) fn check(cx: &Context<'_>, steps: &Catalog<Placed>, procedures: &Catalog<Procedure>) {
    outcomes(cx, steps);
    let reached = reach(cx, steps);
    exits(cx, steps, &reached);
    super::ways::check(cx, steps, &reached);
    starts(cx, steps, procedures);
    unused(cx, steps, procedures);
}

/// `after = "check:accept"` must name an outcome of `check` that lets the case go on; so must `needs`.
fn outcomes(cx: &Context<'_>, steps: &Catalog<Placed>) {
    for placed in steps {
        let after = placed.step.after.iter().zip(&placed.after_at);
        for (after, at) in after.chain(placed.needed()) {
            let (Some(before), Some(wanted)) = (steps.get(&after.step), &after.outcome) else { continue };
            let outcome = before.step.outcome(wanted);
            if outcome.is_some_and(|outcome| outcome.kind == OutcomeKind::Pass) {
                continue;
            }
            let list: Vec<&str> = before
                .step
                .outcomes
                .iter()
                .filter(|o| o.kind == OutcomeKind::Pass)
                .map(|o| o.id.as_str())
                .collect();
            let found = Diagnostic::new(
                "E053",
                at.clone(),
                format!("步骤 `{}` 没有能往下走的结果 `{wanted}`", after.step),
                format!("the step `{}` has no passing outcome `{wanted}`", after.step),
            )
            .label("没有这个结果", "no such outcome")
            .related(before.at.clone(), "步骤在这里定义", "the step is defined here");
            cx.sink.add(match list.as_slice() {
                [] => found,
                _ => found.hint(format!("可写：{}", list.join("、")), format!("one of: {}", list.join(", "))),
            });
        }
    }
}

/// Steps that can be reached from one without `after`.
fn reach(cx: &Context<'_>, steps: &Catalog<Placed>) -> BTreeSet<Id> {
    let mut reached: BTreeSet<Id> = BTreeSet::new();
    loop {
        let before = reached.len();
        for placed in steps {
            // A step that has faults of its own was reported where it stands.
            let open = placed
                .step
                .after
                .iter()
                .all(|after| reached.contains(&after.step) || !steps.has(&after.step));
            if open {
                reached.insert(placed.step.id.clone());
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for placed in steps.iter().filter(|placed| !reached.contains(&placed.step.id)) {
        if circular(steps, &placed.step.id) {
            cx.sink.add(
                Diagnostic::new(
                    "E051",
                    placed.at.clone(),
                    format!("步骤 `{}` 最终要等它自己", placed.step.id),
                    format!("the step `{}` waits for itself", placed.step.id),
                )
                .label("转圈，没有出口", "a loop without a way out")
                .hint(
                    "让其中一步不再等后面的步骤；退回用 outcomes 的 return",
                    "let one step wait for nothing behind it; to go back, use an outcome of kind return",
                ),
            );
        } else {
            cx.sink.add(
                Diagnostic::new(
                    "E050",
                    placed.at.clone(),
                    format!("步骤 `{}` 走不到", placed.step.id),
                    format!("nothing reaches the step `{}`", placed.step.id),
                )
                .label("它等的步骤走不到", "what it waits for is never reached"),
            );
        }
    }
    reached
}

fn circular(steps: &Catalog<Placed>, id: &str) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut queue: Vec<&str> = vec![id];
    while let Some(at) = queue.pop() {
        for after in steps.get(at).map(|placed| placed.step.after.as_slice()).unwrap_or_default() {
            if after.step == id {
                return true;
            }
            if seen.insert(&after.step) {
                queue.push(&after.step);
            }
        }
    }
    false
}

/// A step whose outcomes all return has no way out; a return must lead to a step that came before.
fn exits(cx: &Context<'_>, steps: &Catalog<Placed>, reached: &BTreeSet<Id>) {
    for placed in steps.iter().filter(|placed| reached.contains(&placed.step.id)) {
        let outcomes = &placed.step.outcomes;
        if !outcomes.is_empty() && outcomes.iter().all(|o| o.kind == OutcomeKind::Return) {
            cx.sink.add(
                Diagnostic::new(
                    "E051",
                    placed.at.clone(),
                    format!("步骤 `{}` 只会退回，没有出口", placed.step.id),
                    format!("the step `{}` only ever returns", placed.step.id),
                )
                .label("转圈，没有出口", "a loop without a way out")
                .hint("加一个 kind = \"pass\" 或 \"end\" 的结果", "add an outcome of kind pass or end"),
            );
        }
        let earlier = ancestors(steps, &placed.step.id);
        for (outcome, at) in outcomes.iter().zip(&placed.to_at) {
            let Some(to) = outcome.to.as_ref().filter(|_| outcome.kind == OutcomeKind::Return) else {
                continue;
            };
            if !earlier.contains(to.as_str()) {
                cx.sink.add(
                    Diagnostic::new(
                        "E057",
                        at.clone(),
                        format!("不能退回到 `{to}`：它不在 `{}` 之前", placed.step.id),
                        format!("cannot return to `{to}`: it does not come before `{}`", placed.step.id),
                    )
                    .label("不是前面的步骤", "not an earlier step"),
                );
            }
        }
    }
}

/// The steps that come before one, directly and through others.
pub(super) fn ancestors<'s>(steps: &'s Catalog<Placed>, id: &str) -> BTreeSet<&'s str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut queue: Vec<&str> =
        steps.get(id).map(|p| p.step.after.iter().map(|a| a.step.as_str()).collect()).unwrap_or_default();
    while let Some(at) = queue.pop() {
        if seen.insert(at) {
            let after = steps.get(at).map(|p| p.step.after.as_slice()).unwrap_or_default();
            queue.extend(after.iter().map(|a| a.step.as_str()));
        }
    }
    seen
}

/// A clock must be started by something that has happened by then.
fn starts(cx: &Context<'_>, steps: &Catalog<Placed>, procedures: &Catalog<Procedure>) {
    let clocks = steps.iter().flat_map(|placed| {
        let within = placed.step.within.as_ref().zip(placed.within_at.clone());
        let not_before = placed.step.not_before.as_ref();
        let waits = not_before.map(|w| (w, cx.place(ElementKind::Step, &placed.step.id, "not_before")));
        [within, waits].into_iter().flatten().map(move |(clock, at)| (placed, clock, at))
    });
    for (placed, within, at) in clocks {
        let other = steps.get(&within.from.step).map(|p| p.step.procedure.as_str());
        let same = other == Some(placed.step.procedure.as_str());
        if procedures.has(&placed.step.procedure)
            && same
            && !ancestors(steps, &placed.step.id).contains(within.from.step.as_str())
        {
            cx.sink.add(super::things::no_start(at).hint(
                format!("`{}` 不在这一步之前", within.from.step),
                format!("`{}` does not come before this step", within.from.step),
            ));
        }
    }
}

/// Papers, forms, notices and letters that no step asks for, fills, posts or writes. A procedure's own form is filed by its steps.
fn unused(cx: &Context<'_>, steps: &Catalog<Placed>, procedures: &Catalog<Procedure>) {
    let mut used: BTreeMap<ElementKind, BTreeSet<&str>> = BTreeMap::new();
    used.entry(ElementKind::Form).or_default().extend(procedures.iter().filter_map(|of| of.form.as_deref()));
    for placed in steps {
        let step = &placed.step;
        used.entry(ElementKind::Paper).or_default().extend(step.papers.iter().map(String::as_str));
        used.entry(ElementKind::Form).or_default().extend(step.form.as_deref());
        used.entry(ElementKind::Notice).or_default().extend(step.publish.as_deref());
        used.entry(ElementKind::Letter).or_default().extend(step.letter.as_deref());
    }
    if steps.is_empty() {
        return;
    }
    for kind in [ElementKind::Paper, ElementKind::Form, ElementKind::Notice, ElementKind::Letter] {
        for raw in cx.draft.of(kind) {
            if used.get(&kind).is_some_and(|ids| ids.contains(raw.id.as_str())) {
                continue;
            }
            let Words { zh, en } = kind.words();
            cx.sink.add(
                Diagnostic::new(
                    "E067",
                    raw.at.clone(),
                    format!("没有步骤用到{zh} `{}`", raw.id),
                    format!("no step uses the {en} `{}`", raw.id),
                )
                .label("写了却用不上", "never used")
                .hint("在某一步写上它，或者删去", "name it in a step, or remove it"),
            );
        }
    }
}

/// Procedures on which money of sources moves: one for each subject, with the acts without which nothing could come of it;
/// and a fund that money is booked into needs the act that books it.
pub(super) fn money(
    cx: &Context<'_>,
    steps: &Catalog<Placed>,
    procedures: &Catalog<Procedure>,
    funds: &Catalog<Fund>,
) {
    let whole = all_read(cx, steps, procedures);
    let mut seen: BTreeMap<Subject, &Id> = BTreeMap::new();
    for procedure in procedures.iter().filter(|procedure| procedure.subject.of_money()) {
        match seen.get(&procedure.subject) {
            Some(first) => cx.sink.add(second(cx, procedure, first)),
            None => {
                seen.insert(procedure.subject, &procedure.id);
            }
        }
        let lacking = procedure
            .subject
            .needs()
            .iter()
            .filter(|act| !steps.iter().any(|p| p.step.procedure == procedure.id && p.step.act == **act));
        let lacking: Vec<Act> = lacking.copied().collect();
        if !lacking.is_empty() && whole {
            cx.sink.add(lacks(&defined(cx, ElementKind::Procedure, &procedure.id), procedure, &lacking));
        } else if whole {
            unserved(cx, procedure, steps, funds);
        }
    }
    let unbooked = |fund: &&Fund| fund.booked() && whole && !seen.contains_key(&Subject::Source);
    for fund in funds.iter().filter(unbooked) {
        cx.sink.add(
            Diagnostic::new(
                "E075",
                defined(cx, ElementKind::Fund, &fund.id),
                format!("资金 `{}` 有来源，却没有登记来源的程序", fund.id),
                format!("the fund `{}` has sources, but no procedure books them", fund.id),
            )
            .label("钱无法入账", "nothing can be booked into it")
            .hint(
                "加一个 subject = \"source\" 的程序，其中一步 act = \"receive\"",
                "add a procedure with subject = \"source\" and a step with act = \"receive\"",
            ),
        );
    }
}

/// Steps that hold for some funds only leave no fund without a step of an act that its money needs.
fn unserved(cx: &Context<'_>, procedure: &Procedure, steps: &Catalog<Placed>, funds: &Catalog<Fund>) {
    for act in procedure.subject.needs() {
        let own = || steps.iter().filter(|p| p.step.procedure == procedure.id && p.step.act == *act);
        for fund in funds.iter().filter(|fund| fund.booked() && !own().any(|p| p.step.holds_for(&fund.id))) {
            let Some(first) = own().next() else { continue };
            cx.sink.add(
                Diagnostic::new(
                    "E078",
                    cx.place(ElementKind::Step, &first.step.id, "funds"),
                    format!("资金 `{}` 没有人办理“{}”", fund.id, act.zh()),
                    format!("nobody does `{}` for the fund `{}`", act.id(), fund.id),
                )
                .label("不包括这笔资金", "does not hold for this fund")
                .related(
                    defined(cx, ElementKind::Fund, &fund.id),
                    "资金在这里定义",
                    "the fund is defined here",
                ),
            );
        }
    }
}

fn defined(cx: &Context<'_>, kind: ElementKind, id: &str) -> std::ops::Range<usize> {
    cx.draft.of(kind).find(|raw| raw.id == id).map_or(0..0, |raw| raw.at.clone())
}

/// Whether every procedure and step written was read and belongs together: one with faults of its own may be the one that
/// seems to be missing.
fn all_read(cx: &Context<'_>, steps: &Catalog<Placed>, procedures: &Catalog<Procedure>) -> bool {
    cx.draft.of(ElementKind::Procedure).all(|raw| procedures.has(&raw.id))
        && cx.draft.of(ElementKind::Step).all(|raw| steps.has(&raw.id))
        && steps.iter().all(|placed| procedures.has(&placed.step.procedure))
}

fn second(cx: &Context<'_>, procedure: &Procedure, first: &str) -> Diagnostic {
    let Words { zh, en } = procedure.subject.words();
    Diagnostic::new(
        "E076",
        defined(cx, ElementKind::Procedure, &procedure.id),
        format!("“{zh}”的程序只能有一个"),
        format!("there can be one procedure on `{}` ({en}) only", procedure.subject.id()),
    )
    .label("多出来的一个", "one too many")
    .related(defined(cx, ElementKind::Procedure, first), "第一个在这里", "the first one")
}

fn lacks(at: &std::ops::Range<usize>, procedure: &Procedure, lacking: &[Act]) -> Diagnostic {
    let Words { zh, .. } = procedure.subject.words();
    let named: Vec<String> = lacking.iter().map(|act| format!("{}（{}）", act.id(), act.zh())).collect();
    let ids: Vec<&str> = lacking.iter().map(|act| act.id()).collect();
    Diagnostic::new(
        "E075",
        at.clone(),
        format!("“{zh}”的程序缺少 {}", named.join("、")),
        format!("the procedure on `{}` lacks {}", procedure.subject.id(), ids.join(", ")),
    )
    .label("缺少办理步骤", "steps are missing")
    .hint(
        format!("加上 act = \"{}\" 的步骤", ids.join("\"、\"")),
        format!("add steps with act = \"{}\"", ids.join("\", \"")),
    )
}
