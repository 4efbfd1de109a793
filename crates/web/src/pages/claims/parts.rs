//! What the pages of this slice share: who may come in, what was typed, refusals at their fields, standings, steps and trails.

use app::Failure;
use app::access::Right;
use app::command::Command;
use app::command::money::MoneyCommand;
use app::view::desk::DueShown;
use app::view::money::{StepNow, StepState, TrailLine};
use app::view::pack::{Subject, Words};
use app::view::state::{OutcomeKind, Reason};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::explain::Explain;
use kernel::{Date, Money};
use maud::{Markup, html};

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Deadline, DeadlineState, Event, Findings, Head, Timeline, badge, cite};
use crate::words::Lang;

/// Those who have to do with claims go on.
pub(super) fn sees_claims(seat: &Seat) -> Result<(), WebError> {
    allowed(seat, &[Right::Claim, Right::Settle, Right::SeeMoney, Right::ManageProject])
}

/// Those who have to do with payments go on.
pub(super) fn sees_batches(seat: &Seat) -> Result<(), WebError> {
    allowed(seat, &[Right::Settle, Right::SeeMoney])
}

fn allowed(seat: &Seat, rights: &[Right]) -> Result<(), WebError> {
    if rights.iter().any(|right| seat.viewer.may(*right)) { Ok(()) } else { Err(WebError::Forbidden) }
}

/// An id of the address; what is none leads nowhere.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// A text of the pack in the language of the screen.
pub(super) fn say<'w>(ctx: &Ctx, words: &'w Words) -> &'w str {
    match ctx.lang {
        Lang::En if !words.en.is_empty() => &words.en,
        _ => &words.zh,
    }
}

/// An answer of a view, or the page that says what went wrong.
pub(super) fn shown<T>(ctx: &Ctx, answer: Result<T, impl Into<Failure>>) -> Result<T, WebError> {
    answer.map_err(|failure| web_error(ctx, failure.into()))
}

/// A command about booked money.
pub(super) fn money_command(command: MoneyCommand) -> Command {
    Command::Money(Box::new(command))
}

/// The key of a form: the one it was sent with, or a fresh one.
pub(super) fn key_of(seat: &Seat, form: &Submitted) -> String {
    let kept = form.get("key");
    if kept.is_empty() { fresh_key(seat.app()) } else { kept.to_owned() }
}

/// Puts a refusal at the field that `field` names for its reason; a fault of the world is passed on.
pub(super) fn refused(
    ctx: &Ctx,
    findings: &mut Findings,
    failure: Failure,
    field: impl FnOnce(&Reason) -> String,
) -> Result<(), WebError> {
    let Failure::Refused(refusal) = failure else { return Err(web_error(ctx, failure)) };
    findings.add(field(&refusal.reason), refusal_text(ctx, &refusal));
    Ok(())
}

/// A refusal in one line, with its article.
pub(super) fn refusal_text(ctx: &Ctx, refusal: &app::view::state::Refusal) -> String {
    let said = refusal_of(ctx, refusal);
    match &said.article {
        Some(article) => format!("{}（{article}）", said.text),
        None => said.text,
    }
}

/// What a parser of the kernel says, in the language of the screen.
pub(super) fn explained(ctx: &Ctx, error: &impl Explain) -> String {
    match ctx.lang {
        Lang::Zh => format!("{}，{}。", error.message_zh(), error.hint_zh()),
        Lang::En => format!("{}: {}.", error.message_en(), error.hint_en()),
    }
}

/// A day as typed under `name`, which is called `label`; a finding when there is none.
pub(super) fn date(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    name: &str,
    label: &str,
) -> Option<Date> {
    if needed(ctx, form, findings, name, label).is_empty() {
        return None;
    }
    parse_date(form.get(name)).map_err(|error| findings.add(name, explained(ctx, &error))).ok()
}

/// An amount in yuan as typed under `name`; a finding when there is none.
pub(super) fn money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    name: &str,
    label: &str,
) -> Option<Money> {
    if needed(ctx, form, findings, name, label).is_empty() {
        return None;
    }
    let read = parse_amount(form.get(name), AmountUnit::Yuan);
    read.map(|amount| amount.money).map_err(|error| findings.add(name, explained(ctx, &error))).ok()
}

/// A text that must be there.
pub(super) fn needed(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    name: &str,
    label: &str,
) -> String {
    if form.get(name).is_empty() {
        findings.add(name, ctx.t_args("claim-needs", &[("what", label.to_owned().into())]));
    }
    form.get(name).to_owned()
}

/// The standing of a claim as a badge.
pub(super) fn claim_badge(ctx: &Ctx, standing: &str, words: &Words) -> Markup {
    let colour = match standing {
        "filed" | "checked" | "batched" => Badge::Blue,
        "returned" => Badge::Amber,
        "approved" | "paid" => Badge::Green,
        "refused" => Badge::Red,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// The standing of a batch as a badge.
pub(super) fn batch_badge(ctx: &Ctx, standing: &str, words: &Words) -> Markup {
    let colour = match standing {
        "made" => Badge::Amber,
        "released" => Badge::Blue,
        "settled" => Badge::Green,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// The state of a payment as a badge.
pub(super) fn payment_badge(ctx: &Ctx, state: &str, words: &Words) -> Markup {
    let colour = match state {
        "made" => Badge::Amber,
        "issued" => Badge::Blue,
        "paid" => Badge::Green,
        "failed" => Badge::Red,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// A deadline, with its day and whether it is provisional.
pub(super) fn due(ctx: &Ctx, due: &DueShown, article: &str) -> Markup {
    let provisional = ctx.t("claim-provisional");
    Deadline {
        state: DeadlineState::Running { days_left: due.left },
        due: due.date,
        article,
        provisional: due.provisional.then_some(provisional.as_str()),
    }
    .html(ctx)
}

/// An amount with its unit, for sentences.
pub(super) fn yuan(ctx: &Ctx, amount: Money) -> String {
    format!("{} {}", amount.grouped(), ctx.t("unit-yuan"))
}

/// The sum of amounts; what cannot be counted is the most there is.
pub(super) fn total(amounts: impl IntoIterator<Item = Money>) -> Money {
    Money::sum(amounts).unwrap_or(Money::MAX)
}

/// The steps of a procedure: who, under which article, how far; open ones of the viewer lead to their page.
pub(super) fn steps(ctx: &Ctx, steps: &[StepNow], href: impl Fn(&StepNow) -> String) -> Markup {
    let heads = vec![
        Head::text(ctx.t("claim-step")),
        Head::text(ctx.t("claim-step-by")),
        Head::text(ctx.t("claim-step-state")),
        Head::text(ctx.t("claim-article")),
    ];
    let mut table = DataTable::new("steps", ctx.t("claim-steps"), heads).quiet_caption();
    for step in steps {
        let name = say(ctx, &step.step.name);
        let open = matches!(step.state, StepState::Open(..));
        table = table.row(vec![
            html! { @if open && step.mine { a href=(href(step)) { (name) } } @else { (name) } },
            html! { (say(ctx, &step.by)) },
            state(ctx, step),
            html! { @if !step.cite.is_empty() { (cite(&step.cite)) } },
        ]);
    }
    table.html()
}

fn state(ctx: &Ctx, step: &StepNow) -> Markup {
    match &step.state {
        StepState::Done(done) => html! {
            (badge(kind_colour(done.kind), &outcome(ctx, &done.outcome, done.kind)))
            p.hint { (ctx.date(done.on)) " " (ctx.zh(&done.person)) }
        },
        StepState::Open(since, running) => html! {
            @match running {
                Some(running) => (due(ctx, running, "")),
                None => (badge(Badge::Blue, &ctx.t("claim-step-open"))),
            }
            p.hint { (ctx.t_args("claim-step-since", &[("date", ctx.date(*since).into())])) }
        },
        StepState::Later => badge(Badge::Grey, &ctx.t("claim-step-later")),
    }
}

fn kind_colour(kind: OutcomeKind) -> Badge {
    match kind {
        OutcomeKind::Return => Badge::Amber,
        OutcomeKind::End => Badge::Red,
        _ => Badge::Green,
    }
}

fn outcome(ctx: &Ctx, words: &Words, kind: OutcomeKind) -> String {
    let said = say(ctx, words);
    match kind {
        _ if !said.is_empty() => said.to_owned(),
        OutcomeKind::Return => ctx.t("claim-outcome-returned"),
        OutcomeKind::End => ctx.t("claim-outcome-ended"),
        _ => ctx.t("claim-outcome-done"),
    }
}

/// What happened, newest first.
pub(super) fn trail(ctx: &Ctx, lines: &[TrailLine]) -> Markup {
    let event = |line: &TrailLine| {
        let done = &line.done;
        let text = !done.opinion.is_empty() || line.void;
        Event {
            title: format!("{} · {}", say(ctx, &line.step), outcome(ctx, &done.outcome, done.kind)),
            by: done.person.clone(),
            at: ctx.date(done.on),
            article: String::new(),
            text: text.then(|| {
                html! {
                    @if !done.opinion.is_empty() { p { (ctx.zh(&done.opinion)) } }
                    @if line.void { p.hint { (ctx.t("claim-trail-void")) } }
                }
            }),
            colour: if line.void { Badge::Grey } else { kind_colour(done.kind) },
        }
    };
    Timeline::new(lines.iter().rev().map(event).collect()).html(ctx)
}

/// Whether the regime has a reimbursement desk.
pub(super) fn has_desk(seat: &Seat) -> bool {
    seat.viewer.pack.procedure_on(Subject::Claim).is_some()
}

/// A file to be kept by the browser, never shown within the site.
pub(super) fn download(name: &str, media: &str, bytes: Vec<u8>) -> Result<Response, WebError> {
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(name));
    let mut response = bytes.into_response();
    for (head, value) in [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        let value = HeaderValue::from_str(value).map_err(|_| WebError::NotFound)?;
        response.headers_mut().insert(head, value);
    }
    Ok(response)
}

/// An address with what is asked, without empty parts.
pub(super) fn address(path: &str, asked: &[(&str, &str)]) -> String {
    let parts = asked.iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = parts.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// A notice that stands above a form: who must wait for whom, what is missing.
pub(super) fn notice(colour: Badge, word: &str, text: impl maud::Render) -> Markup {
    html! { section.card { p role="status" { (badge(colour, word)) " " (text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        assert_eq!(address("/claims", &[("fund", ""), ("q", "")]), "/claims");
        assert_eq!(address("/claims", &[("fund", "a"), ("q", "桥")]), "/claims?fund=a&q=%E6%A1%A5");
    }

    #[test]
    fn sums_do_not_wrap() {
        assert_eq!(total([Money::MAX, Money::from_fen(1)]), Money::MAX);
        assert_eq!(total([Money::from_fen(2), Money::from_fen(1)]), Money::from_fen(3));
    }
}
