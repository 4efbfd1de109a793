//! `/sources/new`: register a source. First the fund, then its form: what the fund does not take is listed with its article and
//! cannot be chosen; how the amount is divided is shown before it is saved.

use app::access::Right;
use app::command::money::{GovLevel, MoneyCommand, NewSource};
use app::view::money::FundTakes;
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::docno::DocumentNumber;
use maud::{Markup, html};

use super::parts::{split_parts, tried};
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    Query, address, article, asked, date, explained, key_of, money, money_command, needed, refused, require,
    rule_line_of, say, shown, yuan,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Choice, Field, Findings, Form, MoneyUnit, Opt, Size, actions, button, cite, empty_state, error_summary,
    panel,
};
use crate::words::word;

/// The page: the choice of the fund, or the form of one.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &[Right::ManageMoney])?;
    let ctx = &seat.ctx;
    let funds = shown(ctx, seat.app().registrable(&seat.viewer))?;
    let chosen = asked(&query.0, "fund");
    let fund = match (&chosen, funds.as_slice()) {
        (Some(id), _) => Some(funds.iter().find(|fund| fund.fund == *id).or_not_found()?),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    match fund {
        Some(fund) => Ok(page(&seat, fund, &usual(fund, ctx), &Findings::none())),
        None => Ok(choice(&seat, &funds)),
    }
}

/// Registers it.
pub(super) async fn register(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    require(&seat, &[Right::ManageMoney])?;
    let ctx = &seat.ctx;
    let funds = shown(ctx, seat.app().registrable(&seat.viewer))?;
    let fund = funds.iter().find(|fund| fund.fund == form.get("fund")).or_not_found()?;
    if ctx.live.is_live() || form.act() == "try" {
        return Ok(page(&seat, fund, &form, &Findings::none()));
    }
    let mut findings = Findings::none();
    let source = read(&seat, fund, &form, &mut findings);
    let (Some(source), true) = (source, findings.is_empty()) else {
        return Ok(page(&seat, fund, &form, &findings));
    };
    match seat.submit(form.get("key"), money_command(MoneyCommand::RegisterSource(source))).await {
        Ok(answer) => {
            let to = answer.id.map_or_else(|| "/sources".to_owned(), |id| format!("/sources/{id}"));
            Ok(go_with(&to, &Flash::done(word("funds-registered"))))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, field)?;
            Ok(page(&seat, fund, &form, &findings))
        }
    }
}

/// A new form; what can only be one thing is filled in.
fn usual(fund: &FundTakes, ctx: &Ctx) -> Submitted {
    let mut form = Submitted::default();
    if let [kind] = fund.takes.as_slice() {
        form.set("kind", &kind.id);
        if let [level] = kind.levels.as_slice() {
            form.set("level", level.id());
        }
    }
    let now = ctx.today.year();
    let year = fund.years.iter().find(|year| **year == now).or_else(|| fund.years.first());
    if let Some(year) = year {
        form.set("year", year.to_string());
    }
    form
}

fn read(seat: &Seat, fund: &FundTakes, form: &Submitted, findings: &mut Findings) -> Option<NewSource> {
    let ctx = &seat.ctx;
    let label = |id: &str| ctx.t(id);
    let kind = needed(ctx, form, findings, ("kind", &label("funds-kind")));
    let level = needed(ctx, form, findings, ("level", &label("funds-level")));
    let document = needed(ctx, form, findings, ("document", &label("funds-document")));
    let purpose = needed(ctx, form, findings, ("purpose", &label("funds-purpose")));
    let year = needed(ctx, form, findings, ("year", &label("funds-year")));
    let on = date(ctx, form, findings, ("on", &label("funds-on")));
    let budget = money(ctx, form, findings, ("budget", &label("funds-budget-new")));
    let level = GovLevel::ALL.iter().find(|(id, _)| *id == level).map(|(_, level)| *level);
    Some(NewSource {
        pack: seat.viewer.pack.id.clone(),
        fund: fund.fund.clone(),
        kind,
        level: level?,
        document,
        purpose,
        code: form.get("code").to_owned(),
        year: year.parse().ok()?,
        on: on?,
        budget: budget?,
        note: form.get("note").to_owned(),
    })
}

/// The field that a refusal belongs to.
fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::SourceNotTaken { .. } | Reason::SourceRefused { .. } | Reason::NotFound { .. } => "kind",
        Reason::LevelOfOtherKind { .. } => "level",
        Reason::ReasonMissing { .. } => "purpose",
        Reason::YearOutsideFund { .. } => "year",
        Reason::DateInFuture { .. } => "on",
        Reason::OverCeiling { .. } | Reason::AmountNotPositive { .. } => "budget",
        Reason::DocumentUnreadable { .. } | Reason::SourceTwice { .. } => "document",
        _ => "",
    }
}

/// Which fund the money goes into.
fn choice(seat: &Seat, funds: &[FundTakes]) -> Response {
    let ctx = &seat.ctx;
    let body = html! {
        @if funds.is_empty() { (empty_state(&ctx.t("funds-no-funds"), &ctx.t("funds-no-funds-about"), html! {})) }
        @else {
            p { (ctx.t("funds-choose-fund")) }
            div.columns {
                @for fund in funds {
                    section.card {
                        header.card-head { h2 { a href=(address("/sources/new", &[("fund", &fund.fund)])) { (ctx.zh(say(ctx, &fund.name))) } } div.card-aside { (cite(&fund.cite)) } }
                        p { (ctx.t("funds-takes")) }
                        ul.plain-list { @for kind in &fund.takes { li { (say(ctx, &kind.name)) } } }
                        @if let Some((split, cited)) = &fund.split { p.hint { (say(ctx, split)) " · " (cite(cited)) } }
                    }
                }
            }
        }
    };
    framed(seat, &Findings::none(), body)
}

fn framed(seat: &Seat, findings: &Findings, body: Markup) -> Response {
    let ctx = &seat.ctx;
    Page::new(ctx, &ctx.t("funds-register"))
        .crumb("/funds", ctx.t("funds-title"))
        .crumb("/sources", ctx.t("funds-sources"))
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn page(seat: &Seat, fund: &FundTakes, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let fields = html! {
        (error_summary(ctx, findings))
        input type="hidden" name="fund" value=(fund.fund);
        (panel(&ctx.t("funds-what-money"), what_money(ctx, fund, form, findings)))
        (panel(&ctx.t("funds-by-document"), by_document(ctx, fund, form, findings)))
        (panel(&ctx.t("funds-how-much"), how_much(seat, fund, form, findings)))
        (actions(html! {
            (button::primary(&ctx.t("funds-register-now"), "save"))
            (button::secondary(&ctx.t("funds-try"), "try"))
            a.button href="/sources" { (ctx.t("cancel")) }
        }))
    };
    let body = html! {
        p { strong { (ctx.zh(say(ctx, &fund.name))) } " · " (article(&fund.cite)) " · " a href="/sources/new" { (ctx.t("funds-other-fund")) } }
        (rule_line_of(ctx, &seat.viewer.pack, (Subject::Source, Act::Receive), &fund.fund))
        (Form::post("/sources/new", "save").key(&key).live().guarded().html(ctx, fields))
        (not_taken(ctx, fund))
    };
    framed(seat, findings, body)
}

fn what_money(ctx: &Ctx, fund: &FundTakes, form: &Submitted, findings: &Findings) -> Markup {
    let kinds: Vec<Opt> = fund
        .takes
        .iter()
        .map(|kind| {
            let levels: Vec<String> = kind.levels.iter().map(|level| word_of(ctx, *level)).collect();
            Opt::new(&kind.id, say(ctx, &kind.name)).with_hint(format!("{} {}", kind.cite, levels.join("、")))
        })
        .collect();
    let chosen = fund.takes.iter().find(|kind| kind.id == form.get("kind"));
    let open =
        |level: &GovLevel| chosen.is_none_or(|kind| kind.levels.is_empty() || kind.levels.contains(level));
    let levels: Vec<Opt> = GovLevel::ALL
        .iter()
        // What was refused stays to be seen and corrected.
        .filter(|(id, level)| open(level) || (findings.at("level").is_some() && *id == form.get("level")))
        .map(|(id, level)| Opt::new(*id, word_of(ctx, *level)))
        .collect();
    let level = match levels.as_slice() {
        [only] if form.get("level").is_empty() => only.value.as_str(),
        _ => form.get("level"),
    };
    html! {
        (Choice::radios("kind", &ctx.t("funds-kind"), &kinds).chosen(form.get("kind")).hint(&ctx.t("funds-kind-hint"))
            .error(findings.at("kind")).html(ctx))
        div data-part="levels" {
            (Choice::select("level", &ctx.t("funds-level"), &levels).chosen(level).error(findings.at("level")).html(ctx))
        }
    }
}

fn word_of(ctx: &Ctx, level: GovLevel) -> String {
    say(ctx, &level.words()).to_owned()
}

fn by_document(ctx: &Ctx, fund: &FundTakes, form: &Submitted, findings: &Findings) -> Markup {
    let years: Vec<Opt> =
        fund.years.iter().map(|year| Opt::new(year.to_string(), year.to_string())).collect();
    html! {
        (Field::text("document", &ctx.t("funds-document")).hint(&ctx.t("funds-document-hint")).value(form.get("document"))
            .error(findings.at("document")).html(ctx))
        div data-part="document-read" { (read_as(ctx, form.get("document"))) }
        (Field::text("purpose", &ctx.t("funds-purpose")).hint(&ctx.t("funds-purpose-hint")).value(form.get("purpose"))
            .error(findings.at("purpose")).html(ctx))
        (Field::text("code", &ctx.t("funds-code")).hint(&ctx.t("funds-code-hint")).value(form.get("code")).size(Size::Medium)
            .optional().error(findings.at("code")).html(ctx))
        (Choice::select("year", &ctx.t("funds-year"), &years).chosen(form.get("year")).error(findings.at("year")).html(ctx))
        (Field::date("on", &ctx.t("funds-on")).value(form.get("on")).size(Size::Short).error(findings.at("on")).html(ctx))
    }
}

/// How a document number is read: prefix, year and serial apart, so that a wrong prefix is seen.
pub(super) fn read_as(ctx: &Ctx, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            @match DocumentNumber::parse(text) {
                Ok(number) => p.field-note { (ctx.t_args("funds-document-read", &[
                    ("prefix", number.prefix.as_str().into()), ("year", number.year.to_string().into()),
                    ("serial", number.serial.to_string().into()), ("whole", number.to_string().into()),
                ])) },
                Err(error) => p.field-note { (explained(ctx, &error)) },
            }
        }
    }
}

fn how_much(seat: &Seat, fund: &FundTakes, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let hint = match fund.ceiling {
        Some((ceiling, left)) => ctx.t_args(
            "funds-ceiling-hint",
            &[
                ("ceiling", yuan(ctx, ceiling).into()),
                ("left", yuan(ctx, left).into()),
                ("article", fund.cite.as_str().into()),
            ],
        ),
        None => ctx.t("funds-budget-hint"),
    };
    let parts = tried(form, "budget")
        .map_or_else(Vec::new, |amount| seat.app().budget_parts(&seat.viewer, &fund.fund, amount));
    html! {
        (Field::money("budget", &ctx.t("funds-budget-new"), MoneyUnit::Yuan).hint(&hint).value(form.get("budget"))
            .error(findings.at("budget")).html(ctx))
        div data-part="split" {
            @if let Some((split, cited)) = &fund.split {
                p.hint { (say(ctx, split)) " · " (cite(cited)) @if parts.is_empty() { " · " (ctx.t("funds-split-later")) } }
            }
            (split_parts(ctx, &parts))
        }
        (Field::text("note", &ctx.t("funds-note")).value(form.get("note")).optional().error(findings.at("note")).html(ctx))
    }
}

/// What this fund does not take, with the article; there is nothing to choose here.
pub(super) fn not_taken(ctx: &Ctx, fund: &FundTakes) -> Markup {
    html! {
        @if !fund.refuses.is_empty() {
            (panel(&ctx.t("funds-not-taken"), html! {
                ul.refused-kinds {
                    @for kind in &fund.refuses {
                        li {
                            strong { (say(ctx, &kind.name)) } " " (cite(&kind.cite))
                            p.hint { @if kind.why.zh.is_empty() { (ctx.t("funds-not-taken-here")) } @else { (say(ctx, &kind.why)) } }
                        }
                    }
                }
            }))
        }
    }
}
