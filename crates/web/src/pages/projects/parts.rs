//! What the pages of this slice share: who may come in, what was typed, refusals at their fields, amounts, deadlines, lists.

use app::access::Right;
use app::command::money::{MoneyCommand, Paper};
use app::view::desk::DueShown;
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
use crate::pages::filing::render::{kind_word, size};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::{Submitted, Upload};
use crate::ui::{Badge, Deadline, DeadlineState, Findings, Stat, badge, cite, details, icon};
use crate::words::Lang;

/// The kinds of file that are taken.
pub(super) use app::view::filing::ACCEPT;

/// The filters of an address.
pub(super) type Query = BTreeMap<String, String>;

/// Everybody who has to do with projects.
pub(super) const LOOK: [Right; 5] =
    [Right::ManageProject, Right::SeeMoney, Right::Allocate, Right::Claim, Right::Settle];

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
    field: impl FnOnce(&Reason) -> String,
) -> Result<(), WebError> {
    let Failure::Refused(refusal) = failure else { return Err(web_error(ctx, failure)) };
    if matches!(refusal.reason, Reason::Stale { .. }) {
        return Err(WebError::Stale);
    }
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

/// What to say of a field that was left empty.
fn missing(ctx: &Ctx, label: &str) -> String {
    ctx.t_args("pj-needs", &[("what", label.to_owned().into())])
}

/// A text that must be there; `label` says what it is.
pub(super) fn needed(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (&str, &str),
) -> String {
    if form.get(name).is_empty() {
        findings.add(name, missing(ctx, label));
    }
    form.get(name).to_owned()
}

/// A day as typed; a finding when there is none.
pub(super) fn date(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (&str, &str),
) -> Option<Date> {
    let text = needed(ctx, form, findings, (name, label));
    if text.is_empty() {
        return None;
    }
    parse_date(&text).map_err(|error| findings.add(name, explained(ctx, &error))).ok()
}

/// An amount in yuan as typed; a finding when there is none.
pub(super) fn money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (&str, &str),
) -> Option<Money> {
    let text = needed(ctx, form, findings, (name, label));
    if text.is_empty() {
        return None;
    }
    parse_amount(&text, AmountUnit::Yuan)
        .map(|amount| amount.money)
        .map_err(|error| findings.add(name, explained(ctx, &error)))
        .ok()
}

/// An amount that may be left empty.
pub(super) fn money_or_zero(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (&str, &str),
) -> Option<Money> {
    if form.get(name).is_empty() { Some(Money::ZERO) } else { money(ctx, form, findings, (name, label)) }
}

/// The sum of the amounts that can be read.
pub(super) fn sum_of<'a>(texts: impl Iterator<Item = &'a str>) -> Money {
    let read = texts.filter_map(|text| parse_amount(text, AmountUnit::Yuan).ok()).map(|amount| amount.money);
    Money::sum(read).unwrap_or(Money::MAX)
}

/// The value of a field: what was typed, else what it begins with.
pub(super) fn value<'f>(form: &'f Submitted, name: &str, usual: &'f str) -> &'f str {
    if form.has(name) { form.get(name) } else { usual }
}

/// An amount with its unit, for sentences.
pub(super) fn yuan(ctx: &Ctx, amount: Money) -> String {
    format!("{} {}", amount.grouped(), ctx.t("unit-yuan"))
}

/// An amount under a heading that names its unit.
pub(super) fn amount(amount: Money) -> Markup {
    html! { (amount.grouped()) }
}

/// A figure at the top of a page.
pub(super) fn stat(ctx: &Ctx, label: String, amount: Money, about: String) -> Stat {
    Stat { label, value: amount.grouped(), unit: ctx.t("unit-yuan"), about, href: None }
}

/// An article, when there is one.
pub(super) fn article(text: &str) -> Markup {
    html! { @if !text.is_empty() { (cite(text)) } }
}

/// A deadline with its day, its marks, its article and the calendar notice behind a word.
pub(super) fn due(ctx: &Ctx, due: &DueShown, article: &str) -> Markup {
    let provisional = ctx.t("desk-provisional");
    let shown = Deadline {
        state: DeadlineState::Running { days_left: due.left },
        due: due.date,
        article,
        provisional: due.provisional.then_some(provisional.as_str()),
    };
    html! {
        (shown.html(ctx))
        @if let Some(revision) = &due.revision {
            (details(&ctx.t("desk-calendar"), html! {
                p.hint { (ctx.pick(&revision.zh, &revision.en)) " · "
                    (ctx.t_args("desk-calendar-published", &[("id", revision.id.clone().into()), ("date", ctx.date(revision.published).into())])) }
            }))
        }
    }
}

/// Where a project stands.
pub(super) fn project_badge(ctx: &Ctx, standing: &str) -> Markup {
    match standing {
        "doubt" => badge(Badge::Amber, &ctx.t("pj-standing-doubt")),
        "closed" => badge(Badge::Grey, &ctx.t("pj-standing-closed")),
        _ => badge(Badge::Blue, &ctx.t("pj-standing-open")),
    }
}

/// Where an allocation stands.
pub(super) fn allocation_badge(ctx: &Ctx, standing: &str) -> Markup {
    match standing {
        "approved" => badge(Badge::Green, &ctx.t("pj-allot-approved")),
        "ended" => badge(Badge::Red, &ctx.t("pj-allot-ended")),
        _ => badge(Badge::Blue, &ctx.t("pj-allot-open")),
    }
}

/// A fund with its side, as one text.
pub(super) fn fund_side(ctx: &Ctx, fund: &Words, side: &Words) -> String {
    match say(ctx, side) {
        "" => say(ctx, fund).to_owned(),
        side => format!("{} · {side}", say(ctx, fund)),
    }
}

/// Something that must be minded, above the content: a sign, a sentence, and what can be done.
pub(super) fn notice(colour: Badge, content: Markup) -> Markup {
    let (class, sign) = match colour {
        Badge::Red => ("flash red", icon::WARNING),
        Badge::Amber => ("flash amber", icon::WARNING),
        Badge::Green => ("flash green", icon::CHECK),
        _ => ("flash blue", icon::INFO),
    };
    html! { div class=(class) { (sign) div { (content) } } }
}

/// Who does an act on a subject, and the article: `财政部门，第十二条`.
pub(super) fn doer(ctx: &Ctx, pack: &Pack, subject: Subject, act: Act) -> Option<(String, String)> {
    let step = pack.step_on(subject, act)?;
    let (zh, en) = app::view::role_name(pack, &step.by);
    Some((ctx.pick(&zh, &en).to_owned(), step.cite.to_string()))
}

/// The head of a form that carries out an act: the article, who does it.
pub(super) fn rule_line(ctx: &Ctx, pack: &Pack, subject: Subject, act: Act) -> Markup {
    html! {
        @if let Some((who, article)) = doer(ctx, pack, subject, act) {
            p.hint { (cite(&article)) " · " (ctx.t_args("pj-done-by", &[("who", who.into())])) }
        }
    }
}

/// The address of a list with these filters, without one of them.
pub(super) fn address(
    path: &str,
    filters: &[&str],
    query: &Query,
    without: &str,
    after: Option<&str>,
) -> String {
    let kept = filters.iter().filter(|name| **name != without).filter_map(|name| {
        let text = query.get(*name).map(|text| text.trim()).filter(|text| !text.is_empty())?;
        Some(format!("{name}={}", encode(text)))
    });
    let mut parts: Vec<String> = kept.collect();
    parts.extend(after.map(|key| format!("after={}", encode(key))));
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// A filter as typed.
pub(super) fn asked(query: &Query, name: &str) -> Option<String> {
    query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Keeps the files of a field; what is no good becomes a finding there.
pub(super) fn keep_files(
    seat: &Seat,
    files: &[Upload],
    (field, paper): (&str, &str),
    findings: &mut Findings,
) -> Result<Vec<Paper>, WebError> {
    let ctx = &seat.ctx;
    let mut kept: Vec<Paper> = Vec::new();
    for file in files.iter().filter(|file| file.field == field) {
        match shown(ctx, seat.app().keep_file(&seat.viewer, paper, (&file.name, &file.bytes)))? {
            Ok(paper) if kept.iter().any(|held| held.hash == paper.hash) => {}
            Ok(paper) => kept.push(paper),
            Err(fault) => {
                let why = fault.words();
                findings.add(field, format!("{}：{}", file.name, say(ctx, &why)));
            }
        }
    }
    Ok(kept)
}

/// Files already kept by an earlier sending of the form, by their tickets.
pub(super) fn kept_before(seat: &Seat, form: &Submitted, field: &str) -> Vec<Paper> {
    let name = format!("kept.{field}");
    form.all(&name).filter_map(|ticket| seat.app().ticket_paper(&seat.viewer, ticket)).collect()
}

/// Files that a form holds while it is shown again.
pub(super) fn held_files(seat: &Seat, field: &str, papers: &[Paper]) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let mut tickets = Vec::new();
    for paper in papers {
        tickets.push((paper, shown(ctx, seat.app().paper_ticket(&seat.viewer, paper))?));
    }
    Ok(html! {
        @for (paper, ticket) in &tickets {
            div.paper-file.held {
                input type="hidden" name={ "kept." (field) } value=(ticket);
                span { (ctx.zh(&paper.name)) }
                span.hint { (kind_word(&paper.media)) " · " (size(u64::try_from(paper.size).unwrap_or(0))) " · " (ctx.t("pj-file-kept")) }
            }
        }
    })
}

/// A file as a list of papers shows it; `base` is where it can be read.
pub(super) fn file_line(base: &str, paper: &Paper) -> crate::ui::PaperFile {
    crate::ui::PaperFile {
        name: paper.name.clone(),
        href: format!("{base}/files/{}", paper.hash),
        kind: kind_word(&paper.media).to_owned(),
        bytes: u64::try_from(paper.size).unwrap_or(0),
        hash: paper.hash.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_filters_that_say_something() {
        let query: Query = [("fund", "a b"), ("year", " "), ("q", "冷库"), ("after", "9")]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
        let filters = ["fund", "year", "q"];
        assert_eq!(
            address("/projects", &filters, &query, "q", None),
            format!("/projects?fund={}", encode("a b"))
        );
        assert!(address("/projects", &filters, &query, "", Some("7")).ends_with("&after=7"));
        assert_eq!(address("/projects", &filters, &Query::new(), "", None), "/projects");
    }

    #[test]
    fn a_sum_leaves_out_what_cannot_be_read() {
        for (texts, sum) in
            [(vec!["1,000", "2.5"], 100_250), (vec!["1万元", "x", ""], 1_000_000), (vec![], 0)]
        {
            assert_eq!(sum_of(texts.into_iter()).fen(), sum);
        }
    }
}
