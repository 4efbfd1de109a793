//! What the rules say: the panel beside the questions, and beneath them papers, values used, readings.

use app::view::pack::{Operand, Outcome3, ParamValue, Seal, Verdict as Said};
use app::view::{Qualified, RuleSaid, ceiling};
use maud::{Markup, html};

use super::ask::{names, question_href};
use super::law::{cite_link, list, plain, words};
use crate::ctx::Ctx;
use crate::ui::{Badge, Verdict, badge, cite, details, panel, verdict};

/// The panel: the answer so far, a line a rule, the highest amount, what is missing.
pub(super) fn panel_of(ctx: &Ctx, of: &Qualified) -> Markup {
    let count = ctx.t_args("rules-met", &[("met", of.met().into()), ("all", of.needs.len().into())]);
    html! {
        section.card.rule-panel data-part="rules" aria-labelledby="rule-panel-title" {
            header.card-head {
                h2 #rule-panel-title { (ctx.t("qualify-panel")) }
                p.card-aside role="status" { (count) }
            }
            (answer(ctx, of))
            (amount(ctx, of))
            ul { @for rule in &of.needs { (line(ctx, rule)) } }
            @for rule in &of.prefers { (preference(ctx, rule)) }
            p.hint { (ctx.t("rules-preview")) }
        }
        div data-part="lacking" { (lacking(ctx, of)) }
    }
}

fn answer(ctx: &Ctx, of: &Qualified) -> Markup {
    let unmet = of.needs.iter().filter(|rule| rule.verdict == Said::NotMet).count();
    let open = of.needs.iter().filter(|rule| rule.verdict == Said::Unknown).count();
    let (class, title, about) = match of.outcome {
        _ if of.answered == 0 => ("grey", ctx.t("qualify-begin"), ctx.t("qualify-begin-about")),
        Outcome3::Grant => ("green", ctx.t("qualify-grant"), ctx.t("qualify-grant-about")),
        Outcome3::Refuse => {
            ("red", ctx.t("qualify-refuse"), ctx.t_args("qualify-refuse-about", &[("count", unmet.into())]))
        }
        Outcome3::Pending if open == 0 => ("blue", ctx.t("qualify-pending"), ctx.t("qualify-pending-amount")),
        Outcome3::Pending => {
            ("blue", ctx.t("qualify-pending"), ctx.t_args("qualify-pending-about", &[("count", open.into())]))
        }
    };
    html! {
        div.outcome.(class) {
            p.outcome-title { (title) }
            p { (about) }
            @if of.answered > 0 && unmet > 0 {
                ul {
                    @for rule in of.needs.iter().filter(|rule| rule.verdict == Said::NotMet) {
                        li { (words(ctx, &rule.name)) " " (cite(ctx.pick(&rule.cite.to_string(), &rule.cite.en()))) }
                    }
                }
            }
        }
    }
}

fn amount(ctx: &Ctx, of: &Qualified) -> Markup {
    let Some(trace) = &of.amount else { return html! {} };
    let Some((money, _, sure)) = ceiling(trace) else { return html! {} };
    let label = match of.outcome {
        Outcome3::Refuse => "qualify-amount-if",
        _ if sure => "rules-ceiling",
        _ => "qualify-amount-at-most",
    };
    html! {
        p.ceiling { (ctx.t(label)) " " strong { (money.grouped()) } " " (ctx.t("unit-yuan")) }
        @for term in trace.terms.iter().filter(|term| term.binds).take(1) {
            p.binds { (ctx.t("qualify-binds")) (words(ctx, &term.text)) }
        }
        (details(&ctx.t("qualify-limits"), html! {
            ul.terms {
                @for term in &trace.terms {
                    li {
                        span { (words(ctx, &term.text)) }
                        @match term.value {
                            Some(value) => span.term-value { @if term.binds { strong { (value.grouped()) } } @else { (value.grouped()) } },
                            None => span.term-value { (badge(Badge::Grey, &ctx.t("verdict-open"))) },
                        }
                    }
                }
            }
        }))
        @if let Some(cite) = &of.amount_cite { p.hint.amount-from { (ctx.t("qualify-amount-from")) " " (cite_link(ctx, cite)) } }
    }
}

fn line(ctx: &Ctx, rule: &RuleSaid) -> Markup {
    let shown = match rule.verdict {
        Said::Met => Verdict::Met,
        Said::NotMet => Verdict::NotMet,
        Said::Unknown => Verdict::Open,
    };
    html! {
        li {
            (verdict(ctx, shown))
            div {
                p.rule-name { (words(ctx, &rule.name)) " " span.hint { (cite_link(ctx, &rule.cite)) } }
                p { (words(ctx, &rule.sentence)) }
                @if let (Said::NotMet, Some(remedy)) = (rule.verdict, &rule.remedy) { p.remedy { (words(ctx, remedy)) } }
            }
        }
    }
}

/// What only ranks is no condition and stands apart.
fn preference(ctx: &Ctx, rule: &RuleSaid) -> Markup {
    let (colour, id) = match rule.verdict {
        Said::Met => (Badge::Green, "qualify-prefer-met"),
        Said::NotMet => (Badge::Grey, "qualify-prefer-not"),
        Said::Unknown => (Badge::Grey, "verdict-open"),
    };
    html! {
        p.prefer {
            (badge(colour, &ctx.t(id))) " " (words(ctx, &rule.name)) " " span.hint { (cite_link(ctx, &rule.cite)) }
        }
    }
}

fn lacking(ctx: &Ctx, of: &Qualified) -> Markup {
    if of.missing.is_empty() {
        return html! {};
    }
    panel(
        &ctx.t("qualify-missing"),
        html! {
            ul.bare {
                @for fact in &of.missing {
                    li {
                        a href=(question_href(&fact.id)) { (plain(ctx, &fact.name)) }
                        @if !fact.papers.is_empty() { span.hint { " " (names(ctx, &fact.papers)) } }
                    }
                }
            }
        },
    )
}

/// Papers, values and readings, beneath the questions.
pub(super) fn beneath(ctx: &Ctx, of: &Qualified) -> Markup {
    html! {
        div.columns {
            div data-part="papers" { (papers(ctx, of)) }
            div data-part="values" { (values(ctx, of)) }
        }
        div data-part="readings" { (readings(ctx, of)) }
    }
}

fn papers(ctx: &Ctx, of: &Qualified) -> Markup {
    panel(
        &ctx.t("qualify-papers"),
        html! {
            @for filing in &of.papers {
                h3 { (words(ctx, &filing.procedure)) " " span.hint { (cite_link(ctx, &filing.cite)) } }
                ul.paper-list {
                    @for paper in &filing.papers {
                        li {
                            span { (words(ctx, &paper.name)) @if let Some(note) = &paper.note { " " span.hint { (words(ctx, note)) } } }
                            span.hint { (seals(ctx, &paper.seals)) }
                            @if paper.unknown {
                                (badge(Badge::Grey, &ctx.t("qualify-paper-depends")))
                            } @else if !paper.required {
                                (badge(Badge::Grey, &ctx.t("qualify-paper-optional")))
                            }
                        }
                    }
                }
            }
        },
    )
}

fn seals(ctx: &Ctx, seals: &[Seal]) -> String {
    let word = |seal: &Seal| match seal {
        Seal::Company => Some(ctx.t("qualify-seal-company")),
        Seal::Bank => Some(ctx.t("qualify-seal-bank")),
        Seal::Authority => Some(ctx.t("qualify-seal-authority")),
        Seal::None => None,
    };
    seals.iter().filter_map(word).collect::<Vec<_>>().join(super::law::comma(ctx))
}

fn values(ctx: &Ctx, of: &Qualified) -> Markup {
    let day = ctx.date(of.as_of.day);
    panel(
        &ctx.t("qualify-values"),
        html! {
            p.hint {
                @match of.year {
                    Some(year) => {
                        (ctx.t_args("qualify-values-year", &[("day", day.into()), ("year", year.to_string().into())]))
                    }
                    None => (ctx.t_args("qualify-values-day", &[("day", day.into())])),
                }
            }
            dl.summary {
                @for value in &of.values {
                    div {
                        dt {
                            (words(ctx, &value.name))
                            @if value.yearly { " " (badge(Badge::Blue, &ctx.t(if value.by_year { "qualify-value-of-year" } else { "qualify-value-yearly" }))) }
                        }
                        dd {
                            @for (member, text) in &value.values {
                                p { @if let Some(member) = member { (words(ctx, member)) " " } (words(ctx, text)) }
                            }
                            p.hint { (cite_link(ctx, &value.cite)) @if let Some(basis) = &value.basis { " · " (ctx.zh(basis)) } }
                        }
                    }
                }
            }
        },
    )
}

fn readings(ctx: &Ctx, of: &Qualified) -> Markup {
    if of.readings.is_empty() {
        return html! {};
    }
    let title = ctx.t_args("qualify-readings-all", &[("count", of.readings.len().into())]);
    let list = html! {
        ul.readings {
            @for reading in &of.readings {
                li {
                    p {
                        @if reading.conflict { (badge(Badge::Amber, &ctx.t("policy-conflict"))) " " }
                        strong { (words(ctx, &reading.about)) } " " span.hint { (cite_link(ctx, &reading.cite)) }
                    }
                    p { (words(ctx, &reading.reading)) }
                    p.hint { (words(ctx, &reading.effect)) }
                }
            }
        }
    };
    panel(
        &ctx.t("qualify-readings"),
        html! { p.hint { (ctx.t("qualify-readings-about")) } (details(&title, list)) },
    )
}

/// The trace of a decision: each rule with its expression and every value it read.
pub(super) fn trace(ctx: &Ctx, of: &Qualified) -> Markup {
    panel(
        &ctx.t("policy-trace"),
        html! {
          div.traces {
            @for rule in of.needs.iter().chain(&of.prefers) {
                div.trace {
                    h3 { (words(ctx, &rule.name)) " " span.hint { (cite_link(ctx, &rule.cite)) } }
                    p { code { (rule.text) } }
                    ul.operands {
                        @for operand in &rule.operands {
                            li {
                                span { (ctx.pick(&operand.name_zh, &operand.name_en)) " " code.hint { (operand.id) } }
                                strong { (read(ctx, of, operand)) }
                            }
                        }
                    }
                    p.hint { (words(ctx, &rule.sentence)) }
                }
            }
            @if let Some(amount) = &of.amount {
                div.trace {
                    h3 { (ctx.t("policy-trace-amount")) @if let Some(cite) = &of.amount_cite { " " span.hint { (cite_link(ctx, cite)) } } }
                    @if let Some(grant) = &of.pack.grant { p { code { (grant.text) } } }
                    p.hint { (ctx.pick(&amount.sentence_zh, &amount.sentence_en)) }
                }
            }
          }
            @if !of.missing.is_empty() {
                p { (ctx.t("qualify-missing")) " " (list(ctx, of.missing.iter().map(|one| &one.name))) }
            }
        },
    )
}

/// What an operand was: its value in words, the size of a list of places, or a dash when it is not known.
fn read(ctx: &Ctx, of: &Qualified, operand: &Operand) -> String {
    let shown = ctx.pick(&operand.shown_zh, &operand.shown_en);
    if !shown.is_empty() {
        return shown.to_owned();
    }
    let version = of.pack.params.get(&operand.id).and_then(|param| param.versions.first());
    match version.map(|version| &version.value) {
        Some(ParamValue::Regions(codes)) => ctx.t_args("policy-places", &[("count", codes.len().into())]),
        _ => "—".to_owned(),
    }
}
