//! What stands beside the pages of a draft: the rules so far, who will read it, why it came back.

use app::view::filing::{DraftPage, EligibilityLine, EligibilityPanel, LateShown, Receiver, ReturnShown};
use app::view::pack::{PartKind, Verdict as RuleVerdict};
use kernel::calendar::Calendar;
use maud::{Markup, html};

use super::render::words;
use crate::ctx::Ctx;
use crate::ui::{RuleLine, RulePanel, Verdict, cite};

/// The panel of the rules, when the form feeds them: what the form decides, and folded below it what offices find out.
pub fn eligibility(ctx: &Ctx, panel: Option<&EligibilityPanel>) -> Markup {
    let Some(panel) = panel else { return html! {} };
    let title = ctx.t("filing-rules");
    let (offices, own): (Vec<&EligibilityLine>, Vec<&EligibilityLine>) =
        panel.lines.iter().partition(|line| line.by_office);
    let lines: Vec<RuleLine> = own.into_iter().map(|line| rule_line(ctx, line)).collect();
    let mut rules = RulePanel::new(&title, &lines);
    let amount = panel.ceiling.map(|(money, _)| money.grouped());
    let yuan = ctx.t("unit-yuan");
    if let Some(amount) = &amount {
        rules = rules.ceiling(amount, &yuan);
    }
    let binds = panel.binds.as_ref().map(|(text, article)| {
        (ctx.t_args("filing-binds", &[("limit", ctx.pick(&text.zh, &text.en).into())]), article)
    });
    if let Some((text, article)) = &binds {
        rules = rules.binds(text, article);
    }
    let summary = ctx.t_args("filing-by-office", &[("count", offices.len().into())]);
    html! {
        (rules.html(ctx))
        @if !offices.is_empty() {
            details.office-rules data-part="office-rules" {
                summary { (summary) }
                ul { @for line in &offices { li { (words(ctx, &line.text)) " " span.hint { (cite(&line.article)) } } } }
            }
        }
    }
}

fn rule_line(ctx: &Ctx, line: &EligibilityLine) -> RuleLine {
    RuleLine {
        text: ctx.pick(&line.text.zh, &line.text.en).to_owned(),
        article: line.article.clone(),
        verdict: match line.verdict {
            RuleVerdict::Met => Verdict::Met,
            RuleVerdict::NotMet => Verdict::NotMet,
            RuleVerdict::Unknown => Verdict::Open,
        },
        note: line.note.as_ref().map(|note| ctx.pick(&note.zh, &note.en).to_owned()),
    }
}

/// Who will read it, what they do and by when.
pub fn receiver(ctx: &Ctx, receiver: Option<&Receiver>) -> Markup {
    let Some(receiver) = receiver else { return html! {} };
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("filing-receiver")) } }
            @if !receiver.office.is_empty() { p { strong { (ctx.zh(&receiver.office)) } } }
            p { (words(ctx, &receiver.step)) }
            @if let Some(within) = &receiver.within {
                p.hint {
                    (ctx.t_args("filing-within", &[("term", ctx.pick(&within.zh, &within.en).into())])) " " (cite(&receiver.cite))
                }
            }
            @if let Some(due) = receiver.due {
                p.hint {
                    (ctx.t_args("filing-if-today", &[("date", ctx.date(due.date).into())]))
                    @if due.provisional { " " span.provisional { (ctx.t("filing-provisional")) } }
                }
            }
        }
    }
}

/// The working days left until a date, in words.
pub fn days_left(ctx: &Ctx, to: kernel::Date) -> String {
    let left = Calendar::known_on(ctx.today).workdays_between(ctx.today, to);
    match left.n {
        0 => ctx.t("deadline-today"),
        n if n > 0 => ctx.t_args("deadline-left", &[("days", n.into())]),
        n => ctx.t_args("deadline-overdue", &[("days", n.saturating_neg().into())]),
    }
}

/// The last day to file for the plan year; past it, where the reason goes.
fn window(ctx: &Ctx, page: &DraftPage, late: &LateShown) -> Markup {
    let args = [("year", late.year.to_string().into()), ("date", ctx.date(late.last).into())];
    if !late.over {
        return html! { p.hint { (ctx.t_args("filing-closes", &args)) " · " (days_left(ctx, late.last)) " " (cite(&late.cite)) } };
    }
    let form = page.form();
    let part = late.field.as_ref().and_then(|field| {
        form.and_then(|form| form.parts.iter().find(|part| matches!(&part.kind, PartKind::Fields(fields) if fields.iter().any(|f| f.id == *field))))
    });
    html! {
        div.flash.amber role="note" {
            (crate::ui::icon::WARNING)
            p {
                (ctx.t_args("filing-closed-on", &args)) " " (cite(&late.cite)) " "
                @match (part, &late.field) {
                    (Some(part), Some(field)) => {
                        @if late.why.is_empty() { (ctx.t("filing-late-needed")) } @else { (ctx.t("filing-late-kept")) }
                        " " a href={ "/drafts/" (page.draft.key) "/" (part.id) "#" (crate::ui::id_of(&super::typed::field_name(field))) } { (ctx.t("filing-late-where")) }
                    }
                    _ => (ctx.t("filing-late-never")),
                }
            }
        }
    }
}

/// Why the case came back, on top of every page of its correction.
pub fn returned(ctx: &Ctx, returned: Option<&ReturnShown>) -> Markup {
    let Some(returned) = returned else { return html! {} };
    let said = &returned.said;
    html! {
        section.card.returned aria-labelledby="returned-title" {
            header.card-head {
                h2 #returned-title { (ctx.t_args("filing-returned", &[("number", returned.number.as_str().into())])) }
                div.card-aside { (ctx.date(said.on)) @if !said.person.is_empty() { " · " (ctx.zh(&said.person)) } }
            }
            p { (ctx.zh(&said.text)) }
            @if !returned.failed.is_empty() {
                ul.returned-points {
                    @for (say, note, article) in &returned.failed {
                        li { (words(ctx, say)) @if !note.is_empty() { "：" (ctx.zh(note)) } " " span.hint { (cite(article)) } }
                    }
                }
            }
        }
    }
}

/// What stands in the way of filing today, and until when it is taken.
pub fn blocked(ctx: &Ctx, page: &DraftPage) -> Markup {
    html! {
        @if let Some(late) = &page.late { (window(ctx, page, late)) }
        @if let Some((say, article)) = &page.blocked {
            div.flash.amber role="note" {
                (crate::ui::icon::WARNING)
                p { (words(ctx, say)) " " (cite(article)) " " (ctx.t("filing-draft-kept")) }
            }
        }
    }
}
