//! What the pages of this slice share: who may come in, what was typed, refusals at their fields, deadlines, histories.

use app::Failure;
use app::access::Right;
use app::time::{clock_of, day_of};
use app::view::YearHappened;
use app::view::pack::Words;
use app::view::state::Reason;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::calendar::Calendar;
use kernel::date::parse_date;
use kernel::deadline::Due;
use kernel::explain::Explain;
use kernel::{Date, Money};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Deadline, DeadlineState, Event, Findings, Stat, Timeline, cite};
use crate::words::{Lang, word};

/// Only those with one of these rights go on.
pub(super) fn require(seat: &Seat, rights: &[Right]) -> Result<(), WebError> {
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

/// The key of a form: the one it was sent with, or a fresh one.
pub(super) fn key_of(seat: &Seat, form: &Submitted, act: &str) -> String {
    let kept = form.get("key");
    if form.act() == act && !kept.is_empty() { kept.to_owned() } else { fresh_key(seat.app()) }
}

/// Puts a refusal at the field that `field` names for its reason; a fault of the world is passed on.
pub(super) fn refused(
    ctx: &Ctx,
    findings: &mut Findings,
    failure: Failure,
    field: impl FnOnce(&Reason) -> String,
) -> Result<(), WebError> {
    let Failure::Refused(refusal) = failure else { return Err(web_error(ctx, failure)) };
    let said = refusal_of(ctx, &refusal);
    let text = match &said.article {
        Some(article) => format!("{}（{article}）", said.text),
        None => said.text,
    };
    findings.add(field(&refusal.reason), text);
    Ok(())
}

/// What a parser of the kernel says, in the language of the screen.
pub(super) fn explained(ctx: &Ctx, error: &impl Explain) -> String {
    match ctx.lang {
        Lang::Zh => format!("{}，{}。", error.message_zh(), error.hint_zh()),
        Lang::En => format!("{}: {}.", error.message_en(), error.hint_en()),
    }
}

/// A day as typed under `name`; a finding when there is none.
pub(super) fn date(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> Option<Date> {
    let text = form.get(name);
    if text.is_empty() {
        findings.add(name, missing(ctx, name));
        return None;
    }
    match parse_date(text) {
        Ok(date) => Some(date),
        Err(error) => {
            findings.add(name, explained(ctx, &error));
            None
        }
    }
}

/// An amount as typed under `name`; a finding when there is none.
pub(super) fn money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    name: &str,
    unit: AmountUnit,
) -> Option<Money> {
    let text = form.get(name);
    if text.is_empty() {
        findings.add(name, missing(ctx, name));
        return None;
    }
    match parse_amount(text, unit) {
        Ok(amount) => Some(amount.money),
        Err(error) => {
            findings.add(name, explained(ctx, &error));
            None
        }
    }
}

/// What to say of a field that was left empty: its name, so that the summary above the form reads by itself.
fn missing(ctx: &Ctx, name: &str) -> String {
    let label = match name.split('.').next().unwrap_or(name) {
        "amount" => word("commission-amount"),
        "answer" => word("commission-answer"),
        "basis" => word("commission-basis"),
        "budget" => word("commission-budget"),
        "chair" => word("commission-chair"),
        "closes" => word("commission-closes"),
        "document" => word("commission-document"),
        "held_on" => word("commission-met-on"),
        "on" => word("commission-day"),
        "opens" => word("commission-opens"),
        "paid_on" => word("commission-remitted-on"),
        "place" => word("commission-place"),
        "present" => word("commission-present"),
        "purpose" => word("commission-purpose"),
        "resolution" => word("commission-resolution"),
        "sent_on" => word("commission-sent-on"),
        "set" => word("commission-value-of-year"),
        "stamp" => word("commission-stamp"),
        "voucher" => word("commission-voucher"),
        "why" => word("commission-why"),
        _ => return ctx.t("needs-value"),
    };
    ctx.t_args("commission-needs", &[("what", ctx.word(label).into())])
}

/// A text that must be there.
pub(super) fn needed(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> String {
    if form.get(name).is_empty() {
        findings.add(name, missing(ctx, name));
    }
    form.get(name).to_owned()
}

/// The working days left until a due day, with its article.
pub(super) fn deadline(ctx: &Ctx, due: &Due, article: &str) -> Markup {
    let left = Calendar::known_on(ctx.today).workdays_between(ctx.today, due.date);
    let provisional = ctx.t("commission-provisional");
    let shown = Deadline {
        state: DeadlineState::Running { days_left: left.n },
        due: due.date,
        article,
        provisional: (due.provisional || left.provisional).then_some(provisional.as_str()),
    };
    shown.html(ctx)
}

/// What happened, newest first; acts lead to the journal for those who may read it.
pub(super) fn timeline(ctx: &Ctx, lines: &[YearHappened]) -> Markup {
    let event = |line: &YearHappened| Event {
        title: say(ctx, &line.what).to_owned(),
        by: if line.who.is_empty() { ctx.t("commission-by-program") } else { line.who.clone() },
        at: format!("{} {}", ctx.date(day_of(line.at)), clock_of(line.at)),
        article: line.cite.clone(),
        text: (!line.detail.is_empty()).then(|| {
            html! { @for words in &line.detail { p { (ctx.zh(say(ctx, words))) } } }
        }),
        colour: Badge::Blue,
    };
    Timeline::new(lines.iter().map(event).collect()).html(ctx)
}

/// An article, when there is one.
pub(super) fn article(text: &str) -> Markup {
    html! { @if !text.is_empty() { (cite(text)) } }
}

/// An amount that goes up or down, with its sign.
pub(super) fn signed(amount: Money) -> String {
    let text = amount.grouped();
    if amount > Money::ZERO { format!("+{text}") } else { text }
}

/// An amount, marked when it is below zero: the sign and the word say so, not the colour alone.
pub(super) fn left(ctx: &Ctx, amount: Money) -> Markup {
    html! {
        @if amount.is_negative() {
            strong { (amount.grouped()) } " " (crate::ui::badge(Badge::Red, &ctx.t("commission-short")))
        } @else { (amount.grouped()) }
    }
}

/// A form that opens when asked for, and stands open when something in it is wrong or was just sent.
pub(super) fn fold(summary: &str, open: bool, content: Markup) -> Markup {
    html! { details.more open[open] { summary { (summary) } div { (content) } } }
}

/// An amount in 万元 with its whole part in groups: 1,092.0914.
pub(super) fn wan(amount: Money) -> String {
    let text = amount.wan();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// A figure and its unit: in 万元 when two decimals say it exactly, otherwise in yuan. Never rounded.
pub(super) fn figure(ctx: &Ctx, amount: Money) -> (String, String) {
    if in_wan(amount) { (wan(amount), ctx.t("unit-wan")) } else { (amount.grouped(), ctx.t("unit-yuan")) }
}

/// The same in one piece, for sentences.
pub(super) fn figured(ctx: &Ctx, amount: Money) -> String {
    let (value, unit) = figure(ctx, amount);
    format!("{value} {unit}")
}

/// Whether two decimals of 万元 are exact.
fn in_wan(amount: Money) -> bool {
    const FEN_PER_STEP: i64 = 10_000;
    amount.fen() % FEN_PER_STEP == 0
}

/// An amount at the top of a page, with what it is made of.
pub(super) fn stat(ctx: &Ctx, label: &str, amount: Money, about: String) -> Stat {
    let (value, unit) = figure(ctx, amount);
    Stat { label: ctx.t(label), value, unit, about, href: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousands_are_grouped_and_keep_every_fen() {
        for (fen, text) in [
            (0, "0"),
            (99_999_999, "99.999999"),
            (999_000_000, "999"),
            (1_000_000_000, "1,000"),
            (1_092_091_400, "1,092.0914"),
            (-1_500_000_000, "-1,500"),
        ] {
            assert_eq!(wan(Money::from_fen(fen)), text);
        }
    }

    #[test]
    fn a_figure_is_in_ten_thousands_only_when_two_decimals_are_exact() {
        for (fen, whole) in [(0, true), (10_000, true), (1_092_090_000, true), (-10_000, true)]
            .into_iter()
            .chain([(9_999, false), (10_001, false), (1_092_091_400, false), (-10_100, false)])
        {
            assert_eq!(in_wan(Money::from_fen(fen)), whole, "{fen}");
        }
    }

    #[test]
    fn a_difference_shows_its_sign() {
        for (fen, text) in [(100, "+1.00"), (0, "0.00"), (-17_590_000, "-175,900.00")] {
            assert_eq!(signed(Money::from_fen(fen)), text);
        }
    }

    #[test]
    fn an_address_without_an_id_leads_nowhere() {
        assert!(matches!(id::<u64>("x"), Err(WebError::NotFound)));
        assert!(matches!(id::<u64>("7"), Ok(7)));
    }
}
