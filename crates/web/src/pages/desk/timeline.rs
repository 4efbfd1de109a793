//! The timeline of a case: every act of the journal in words.

use app::view::case::{ActShown, CasePage};
use app::view::state::OutcomeKind;
use maud::{Markup, html};

use super::forms_tab;
use super::parts::yes_no;
use crate::ctx::Ctx;
use crate::pages::shared::{article, say, yuan};
use crate::ui::{Badge, Event, Timeline, badge, details};

/// The tab.
pub fn tab(ctx: &Ctx, page: &CasePage, acts: &[ActShown]) -> Markup {
    let events = acts.iter().map(|act| event(ctx, page, act)).collect();
    html! { div.card { (Timeline::new(events).html(ctx)) } }
}

fn event(ctx: &Ctx, page: &CasePage, act: &ActShown) -> Event {
    let outcome = act.outcome.as_ref().map(|o| format!("：{}", say(ctx, o))).unwrap_or_default();
    Event {
        title: format!("{}{outcome}", say(ctx, &act.title)),
        by: who(ctx, act),
        at: format!("{} {}", ctx.date(act.on), act.clock),
        article: act.cite.clone(),
        text: text(ctx, page, act),
        colour: colour(act),
    }
}

fn who(ctx: &Ctx, act: &ActShown) -> String {
    if act.person.is_empty() {
        return ctx.t("timeline-program");
    }
    format!("{}（{} {}）", act.person, act.org, say(ctx, &act.role))
}

fn colour(act: &ActShown) -> Badge {
    match act.kind {
        _ if act.void => Badge::Grey,
        Some(OutcomeKind::Return) => Badge::Amber,
        Some(OutcomeKind::End) => Badge::Red,
        Some(OutcomeKind::Pass | OutcomeKind::Complete) => Badge::Green,
        None => Badge::Blue,
    }
}

fn text(ctx: &Ctx, page: &CasePage, act: &ActShown) -> Option<Markup> {
    let facts =
        act.amount.is_some() || act.ratio.is_some() || act.document.is_some() || act.counts_from.is_some();
    let brought = !act.papers.is_empty() || !act.undid.is_empty() || act.form_at.is_some();
    let brought = brought || act.together.is_some() || act.letter.is_some();
    let lists = !act.checks.is_empty() || !act.records.is_empty() || !act.notes.is_empty() || brought;
    if !act.void && !facts && !lists && act.opinion.is_empty() && act.version.is_none() {
        return None;
    }
    Some(html! {
        @if act.void { p { (badge(Badge::Grey, &ctx.t("timeline-void"))) } }
        @if let Some(version) = act.version {
            @let of = act.of.as_ref().map_or("", |(of, _)| of.as_str());
            p {
                a href=(forms_tab::address(page, of, version)) {
                    (say(ctx, &forms_tab::form_name(page, of))) " " (ctx.t_args("case-version-n", &[("n", i64::from(version).into())]))
                }
            }
        }
        @if !act.opinion.is_empty() { p { (ctx.zh(&act.opinion)) } }
        @if facts { (figures(ctx, act)) }
        @if let Some((step, others)) = &act.together {
            p { a href={ "/cases/" (page.case.id) "/together/" (step) } { (ctx.t_args("timeline-together", &[("count", i64::from(*others).into())])) } }
        }
        @for (name, value) in &act.notes { p.hint { (say(ctx, name)) "：" (say(ctx, value)) } }
        @for (role, said_then) in &act.signed { p.hint { (badge(Badge::Green, &ctx.t("sign-done"))) " " (say(ctx, role)) " " (ctx.zh(said_then)) } }
        @if let Some(at) = act.form_at { p { a href={ "/cases/" (page.case.id) "/steps/" (at) } { (ctx.t("timeline-form")) } } }
        @if let Some((at, name)) = &act.letter {
            p { a href={ "/cases/" (page.case.id) "/steps/" (at) "/letter.pdf" } { (ctx.t_args("letter-pdf", &[("name", say(ctx, name).into())])) } }
        }
        @for (name, file, hash) in &act.papers {
            p { a href={ "/papers/" (hash) "?case=" (page.case.id) } { (ctx.zh(file)) } " " span.hint { (say(ctx, name)) } }
        }
        @if !act.undid.is_empty() {
            @let undid: Vec<&str> = act.undid.iter().map(|step| say(ctx, step)).collect();
            p { (badge(Badge::Amber, &ctx.t("timeline-undid"))) " " (undid.join("、")) }
        }
        @if !act.checks.is_empty() { (details(&ctx.t_args("timeline-checks", &[("count", act.checks.len().into())]), checks(ctx, act))) }
        @if !act.records.is_empty() { (details(&ctx.t_args("timeline-records", &[("count", act.records.len().into())]), records(ctx, act))) }
    })
}

fn figures(ctx: &Ctx, act: &ActShown) -> Markup {
    let mut parts: Vec<String> = Vec::new();
    if let Some(amount) = act.amount {
        parts.push(ctx.t_args("timeline-amount", &[("amount", yuan(ctx, amount).into())]));
    }
    if let Some(ratio) = act.ratio {
        parts.push(ctx.t_args("timeline-ratio", &[("ratio", ratio.to_string().into())]));
    }
    if let Some((name, number)) = &act.document {
        parts.push(format!("{} {number}", say(ctx, name)));
    }
    if let Some(day) = act.counts_from {
        parts.push(ctx.t_args("timeline-counts-from", &[("date", ctx.date(day).into())]));
    }
    html! { p.hint { (parts.join(" · ")) } }
}

fn checks(ctx: &Ctx, act: &ActShown) -> Markup {
    html! {
        ul {
            @for check in &act.checks {
                li {
                    (yes_no(ctx, check.holds)) " " (say(ctx, &check.say)) " " (article(&check.cite))
                    @if !check.note.is_empty() { span.hint { "（" (ctx.zh(&check.note)) "）" } }
                }
            }
        }
    }
}

fn records(ctx: &Ctx, act: &ActShown) -> Markup {
    html! {
        dl.summary {
            @for record in &act.records {
                div {
                    dt { (say(ctx, &record.name)) }
                    dd { (say(ctx, &record.value)) @if !record.basis.is_empty() { span.hint { "（" (ctx.zh(&record.basis)) "）" } } }
                }
            }
        }
    }
}
