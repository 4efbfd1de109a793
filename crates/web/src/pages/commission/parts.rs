//! What the pages of this slice share: what was typed under the names of this slice's fields, deadlines, histories, amounts.

use app::time::{clock_of, day_of};
use app::view::YearHappened;
use kernel::amount::AmountUnit;
use kernel::calendar::Calendar;
use kernel::deadline::Due;
use kernel::{Date, Money};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::{read_date, read_money, say};
use crate::submitted::Submitted;
use crate::ui::{Badge, Deadline, DeadlineState, Event, Findings, Timeline};
use crate::words::word;

/// A day that must be there.
pub(super) fn date(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> Option<Date> {
    needed(ctx, form, findings, name);
    read_date(ctx, form, findings, name)
}

/// An amount that must be there, where a plain number counts `unit`.
pub(super) fn money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    name: &str,
    unit: AmountUnit,
) -> Option<Money> {
    needed(ctx, form, findings, name);
    read_money(ctx, form, findings, (name, unit))
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
    ctx.t_args("needs-what", &[("what", ctx.word(label).into())])
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
    let provisional = ctx.t("provisional");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_its_sign() {
        for (fen, text) in [(100, "+1.00"), (0, "0.00"), (-17_590_000, "-175,900.00")] {
            assert_eq!(signed(Money::from_fen(fen)), text);
        }
    }
}
