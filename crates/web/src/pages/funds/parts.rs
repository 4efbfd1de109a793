//! What the pages of this slice share: who may come in, what was typed, refusals at their fields, amounts, addresses.

use app::access::Right;
use app::command::money::MoneyCommand;
use app::view::money::SidePart;
use app::view::pack::{Act, Pack, Subject, Words};
use app::view::state::Reason;
use app::{Command, Failure};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::explain::Explain;
use kernel::{Date, Money};
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Findings, Stat, cite};
use crate::words::Lang;

/// The filters of an address.
pub(super) type Query = BTreeMap<String, String>;

/// Everybody who sees booked money.
pub(super) const LOOK: [Right; 4] = [Right::SeeMoney, Right::ManageMoney, Right::Allocate, Right::Settle];

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
    ctx.pick(&words.zh, &words.en)
}

/// An answer of a view, or the page that says what went wrong.
pub(super) fn shown<T>(ctx: &Ctx, answer: Result<T, impl Into<Failure>>) -> Result<T, WebError> {
    answer.map_err(|failure| web_error(ctx, failure.into()))
}

/// A command about booked money.
pub(super) fn command(money: MoneyCommand) -> Command {
    Command::Money(Box::new(money))
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
    field: impl FnOnce(&Reason) -> &'static str,
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

/// A text that must be there; `label` says what it is.
pub(super) fn needed(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (&str, &str),
) -> String {
    if form.get(name).is_empty() {
        findings.add(name, ctx.t_args("funds-needs", &[("what", label.to_owned().into())]));
    }
    form.get(name).to_owned()
}

/// A day as typed; a finding when there is none.
pub(super) fn date(ctx: &Ctx, form: &Submitted, findings: &mut Findings, of: (&str, &str)) -> Option<Date> {
    let text = needed(ctx, form, findings, of);
    if text.is_empty() {
        return None;
    }
    parse_date(&text).map_err(|error| findings.add(of.0, explained(ctx, &error))).ok()
}

/// An amount in yuan as typed; a finding when there is none.
pub(super) fn money(ctx: &Ctx, form: &Submitted, findings: &mut Findings, of: (&str, &str)) -> Option<Money> {
    let text = needed(ctx, form, findings, of);
    if text.is_empty() {
        return None;
    }
    parse_amount(&text, AmountUnit::Yuan)
        .map(|amount| amount.money)
        .map_err(|error| findings.add(of.0, explained(ctx, &error)))
        .ok()
}

/// What a field of the form holds as an amount above zero, when it can be read; for what is shown beside it.
pub(super) fn tried(form: &Submitted, name: &str) -> Option<Money> {
    let amount = parse_amount(form.get(name), AmountUnit::Yuan).ok()?.money;
    (amount > Money::ZERO).then_some(amount)
}

/// An amount with its unit, for sentences and labels: 万元 where two decimals are exact, else 元.
pub(super) fn figured(ctx: &Ctx, amount: Money) -> String {
    let (value, unit) = figure(ctx, amount);
    format!("{value} {unit}")
}

/// A figure and its unit: 万元 where two decimals are exact, else 元.
pub(super) fn figure(ctx: &Ctx, amount: Money) -> (String, String) {
    const FEN_PER_STEP: i64 = 10_000;
    if amount.fen() % FEN_PER_STEP != 0 {
        return (amount.grouped(), ctx.t("unit-yuan"));
    }
    // Ten thousand yuan in steps of a hundred yuan read like yuan and fen.
    let text = Money::from_fen(amount.fen() / FEN_PER_STEP).grouped();
    let short = text.strip_suffix(".00").unwrap_or(&text);
    (short.to_owned(), ctx.t("unit-wan"))
}

/// An amount in yuan with its unit.
pub(super) fn yuan(ctx: &Ctx, amount: Money) -> String {
    format!("{} {}", amount.grouped(), ctx.t("unit-yuan"))
}

/// A figure at the top of a page with its formula and its rows.
pub(super) fn stat(ctx: &Ctx, label: &str, amount: Money, about: &str, href: Option<String>) -> Stat {
    let (value, unit) = figure(ctx, amount);
    Stat { label: ctx.t(label), value, unit, about: ctx.t(about), href }
}

/// A share in tenths of a percent: `45.3%`; empty of nothing.
pub(super) fn percent(part: Money, whole: Money) -> String {
    if whole.fen() <= 0 {
        return String::new();
    }
    let tenths = i128::from(part.fen()) * 1_000 / i128::from(whole.fen());
    format!("{}.{}%", tenths / 10, (tenths % 10).abs())
}

/// An article, when there is one.
pub(super) fn article(text: &str) -> Markup {
    html! { @if !text.is_empty() { (cite(text)) } }
}

/// Who does an act on a subject, and the article.
pub(super) fn doer(ctx: &Ctx, pack: &Pack, subject: Subject, act: Act) -> Option<(String, String)> {
    let step = pack.step_on(subject, act)?;
    let (zh, en) = app::view::role_name(pack, &step.by);
    Some((ctx.pick(&zh, &en).to_owned(), step.cite.to_string()))
}

/// The head of a form that carries out an act on a source: the article and who does it.
pub(super) fn rule_line(ctx: &Ctx, pack: &Pack) -> Markup {
    html! {
        @if let Some((who, article)) = doer(ctx, pack, Subject::Source, Act::Receive) {
            p.hint { (cite(&article)) " · " (ctx.t_args("funds-done-by", &[("who", who.into())])) }
        }
    }
}

/// A fund with its side, as one text.
pub(super) fn fund_side(ctx: &Ctx, fund: &Words, side: &Words) -> String {
    match say(ctx, side) {
        "" => say(ctx, fund).to_owned(),
        side => format!("{} · {side}", say(ctx, fund)),
    }
}

/// A filter as typed.
pub(super) fn asked(query: &Query, name: &str) -> Option<String> {
    query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// An address with what is asked for; empty values are left out.
pub(super) fn address(path: &str, values: &[(&str, &str)]) -> String {
    let parts: Vec<String> = values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// How an amount would be divided between the sides, with the odd fen named; shown before anything is saved.
pub(super) fn split_parts(ctx: &Ctx, parts: &[SidePart]) -> Markup {
    let same = parts.windows(2).all(|two| two[0].amount == two[1].amount);
    html! {
        @if !parts.is_empty() {
            ul.plain-list.split-parts {
                @for part in parts {
                    li {
                        (say(ctx, &part.side)) " " strong { (yuan(ctx, part.amount)) }
                        @if part.odd && !same { " " span.hint { (ctx.t("funds-odd-fen")) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousands_only_when_two_decimals_are_exact() {
        let ctx = Ctx::sample(Lang::Zh);
        for (fen, text) in [
            (765_000_000_000, "765,000 万元"),
            (1_000_000, "1 万元"),
            (1_230_000, "1.23 万元"),
            (1_230_100, "12,301.00 元"),
            (1, "0.01 元"),
            (0, "0 万元"),
        ] {
            assert_eq!(figured(&ctx, Money::from_fen(fen)), text, "{fen}");
        }
    }

    #[test]
    fn a_share_of_nothing_is_not_shown() {
        for (part, whole, text) in [(1, 3, "33.3%"), (3, 3, "100.0%"), (0, 3, "0.0%"), (1, 0, "")] {
            assert_eq!(percent(Money::from_fen(part), Money::from_fen(whole)), text);
        }
    }

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        assert_eq!(
            address("/sources", &[("fund", "a"), ("year", ""), ("kind", "b")]),
            "/sources?fund=a&kind=b"
        );
        assert_eq!(address("/sources", &[("fund", "")]), "/sources");
    }

    #[test]
    fn the_odd_fen_is_named_only_where_there_is_one() {
        let ctx = Ctx::sample(Lang::Zh);
        let part = |fen: i64, odd: bool| SidePart {
            side: Words::new(if odd { "乙" } else { "甲" }, "side"),
            amount: Money::from_fen(fen),
            odd,
        };
        let html = split_parts(&ctx, &[part(50, false), part(51, true)]).into_string();
        assert!(html.contains("0.51 元") && html.contains(&ctx.t("funds-odd-fen")), "{html}");
        let html = split_parts(&ctx, &[part(50, false), part(50, true)]).into_string();
        assert!(!html.contains(&ctx.t("funds-odd-fen")), "{html}");
        assert_eq!(split_parts(&ctx, &[]).into_string(), "");
    }
}
