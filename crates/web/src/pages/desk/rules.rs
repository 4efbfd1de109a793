//! The rule panel of a case: a sentence per article, the facts used, the amount with its terms, what is missing, how unclear places
//! are read.

use app::view::case::{CaseRules, RuleLineShown};
use app::view::pack::{AmountTrace, Operand, OperandKind, Step, Verdict as Said};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::{article, say, yuan};
use crate::ui::{Badge, Verdict, badge, details, empty_state, panel, verdict};

/// The tab.
pub fn tab(ctx: &Ctx, rules: Option<&CaseRules>) -> Markup {
    match rules {
        None => empty_state(&ctx.t("case-rules-none"), &ctx.t("case-rules-none-about"), html! {}),
        Some(rules) => html! { (panel_of(ctx, rules)) (readings(ctx, rules)) },
    }
}

/// The panel: outcome, rules, amount, what is missing.
pub fn panel_of(ctx: &Ctx, rules: &CaseRules) -> Markup {
    let met = rules.rules.iter().filter(|r| r.gates && r.verdict == Said::Met).count();
    let all = rules.rules.iter().filter(|r| r.gates).count();
    html! {
        section.card.rule-panel data-part="rules" aria-labelledby="rule-panel-title" {
            header.card-head {
                h2 #rule-panel-title { (ctx.t("case-tab-rules")) " " (outcome(ctx, &rules.outcome)) }
                p.card-aside { (ctx.t_args("rules-met", &[("met", met.into()), ("all", all.into())])) }
            }
            ul { @for line in &rules.rules { (rule_line(ctx, line)) } }
            (amount(ctx, rules))
            @if !rules.missing.is_empty() { (missing(ctx, rules)) }
            p.hint {
                @if rules.decided { (ctx.t_args("case-rules-decided", &[("date", ctx.date(rules.as_of).into())])) }
                @else { (ctx.t_args("case-rules-live", &[("date", ctx.date(rules.as_of).into())])) }
                @for (name, value) in &rules.set { " · " (say(ctx, name)) " " (value) }
            }
        }
    }
}

/// The panel beside a step that the rules decide, before it is done: what is missing first, what is met folded below.
pub fn before(ctx: &Ctx, rules: &CaseRules) -> Markup {
    open_first(ctx, rules, ("rules", &ctx.t("case-tab-rules")), |line| line.verdict != Said::Met)
}

/// What the rules say of all cases of an act at once: those that read something known of them, met or not. What the step itself
/// sets (that a batch is judged) is no such thing.
pub fn of_all(ctx: &Ctx, step: &Step, rules: &CaseRules) -> Markup {
    let set = |fact: &str| step.together.as_ref().is_some_and(|given| given.contains_key(fact));
    open_first(ctx, rules, ("rules-of-all", &ctx.t("together-rules")), |line| {
        let known = |of: &Operand| of.kind == OperandKind::Fact && !of.shown_zh.is_empty() && !set(&of.id);
        line.verdict != Said::Met || line.operands.iter().any(known)
    })
}

fn open_first(
    ctx: &Ctx,
    rules: &CaseRules,
    (part, title): (&str, &str),
    shows: impl Fn(&RuleLineShown) -> bool,
) -> Markup {
    let gates = rules.rules.iter().filter(|r| r.gates);
    let (open, met): (Vec<_>, Vec<_>) = gates.partition(|r| shows(r));
    html! {
        section.card.rule-panel data-part=(part) aria-labelledby={ (part) "-title" } {
            header.card-head { h2 id={ (part) "-title" } { (title) " " (outcome(ctx, &rules.outcome)) } }
            @if open.is_empty() { p { (ctx.t("rules-all-met")) } }
            @else { ul { @for line in open { (rule_line(ctx, line)) } } }
            (amount(ctx, rules))
            @if !met.is_empty() {
                (details(&ctx.t_args("rules-fulfilled", &[("count", met.len().into())]), html! {
                    ul.plain-list { @for line in met { li { (say(ctx, &line.name)) " " (article(&line.cite)) } } }
                }))
            }
        }
    }
}

fn outcome(ctx: &Ctx, outcome: &str) -> Markup {
    match outcome {
        "grant" => badge(Badge::Green, &ctx.t("case-outcome-grant")),
        "refuse" => badge(Badge::Red, &ctx.t("case-outcome-refuse")),
        "pending" => badge(Badge::Grey, &ctx.t("case-outcome-pending")),
        _ => badge(Badge::Grey, &ctx.t("case-outcome-invalid")),
    }
}

fn sign(ctx: &Ctx, said: Said) -> Markup {
    verdict(
        ctx,
        match said {
            Said::Met => Verdict::Met,
            Said::NotMet => Verdict::NotMet,
            Said::Unknown => Verdict::Open,
        },
    )
}

fn rule_line(ctx: &Ctx, line: &RuleLineShown) -> Markup {
    html! {
        li {
            @if line.gates || line.verdict == Said::Met { (sign(ctx, line.verdict)) }
            @else { (badge(Badge::Grey, &ctx.t("case-rule-not-preferred"))) }
            div {
                p { (say(ctx, &line.sentence)) }
                p.hint {
                    (article(&line.cite)) " · " (say(ctx, &line.name))
                    @if !line.gates { " · " (ctx.t("case-rule-ranks")) }
                }
                @if let Some(remedy) = &line.remedy { p.hint { (say(ctx, remedy)) } }
                @if !line.operands.is_empty() {
                    (details(&ctx.t("case-rule-operands"), html! {
                        dl.summary {
                            @for operand in &line.operands {
                                div {
                                    dt {
                                        (ctx.pick(&operand.name_zh, &operand.name_en)) " "
                                        span.hint { @if operand.kind == OperandKind::Fact { (ctx.t("case-operand-fact")) } @else { (ctx.t("case-operand-param")) } }
                                    }
                                    dd {
                                        @let shown = ctx.pick(&operand.shown_zh, &operand.shown_en);
                                        @if shown.is_empty() { span.hint { (ctx.t("case-operand-unknown")) } } @else { (shown) }
                                    }
                                }
                            }
                        }
                    }))
                }
            }
        }
    }
}

fn amount(ctx: &Ctx, rules: &CaseRules) -> Markup {
    html! {
        @if let Some(amount) = rules.amount {
            p.ceiling { (ctx.t("case-rules-amount")) " " strong { (amount.grouped()) } " " (ctx.t("unit-yuan")) " " (article(&rules.amount_cite)) }
        }
        @if let Some(trace) = &rules.trace { (terms(ctx, trace)) }
    }
}

/// The terms of the amount, the binding one marked.
pub fn terms(ctx: &Ctx, trace: &AmountTrace) -> Markup {
    html! {
        ul.amount-terms {
            @for term in &trace.terms {
                li {
                    div {
                        @if term.binds { (badge(Badge::Blue, &ctx.t("case-term-binds"))) }
                    }
                    div {
                        p { (say(ctx, &term.text)) }
                        p.hint {
                            @match term.value { Some(value) => (yuan(ctx, value)), None => (ctx.t("case-operand-unknown")) }
                        }
                    }
                }
            }
        }
    }
}

fn missing(ctx: &Ctx, rules: &CaseRules) -> Markup {
    html! {
        h3 { (ctx.t("case-rules-missing")) }
        ul.missing {
            @for (name, papers) in &rules.missing {
                li {
                    div { (badge(Badge::Grey, &ctx.t("verdict-open"))) }
                    div {
                        p { (say(ctx, name)) }
                        @if !papers.is_empty() {
                            p.hint {
                                (ctx.t("case-rules-proof"))
                                (papers.iter().map(|p| say(ctx, p)).collect::<Vec<_>>().join("、"))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn readings(ctx: &Ctx, rules: &CaseRules) -> Markup {
    html! {
        @if !rules.readings.is_empty() {
            (panel(&ctx.t("case-readings"), html! {
                @for reading in &rules.readings {
                    div.reading {
                        h3 {
                            (say(ctx, &reading.about)) " "
                            @if reading.conflict { (badge(Badge::Amber, &ctx.t("case-reading-conflict"))) }
                        }
                        p { (say(ctx, &reading.reading)) }
                        p.hint { (say(ctx, &reading.effect)) " " (article(&reading.cite.to_string())) }
                    }
                }
            }))
        }
    }
}
