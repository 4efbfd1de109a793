//! Opening a year, and amending it: budget, the values that the year sets, the intake, favoured counties, the document.

use app::Command;
use app::view::state::{Reason, Terms};
use app::view::{AreaProvince, ParamKind, YearForm, YearParam};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::amount::AmountUnit;
use kernel::money::Money;
use kernel::region::RegionCode;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

use super::parts::{date, money, needed};
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{article, key_of_act, refused, say, shown, wan};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Choice, Field, Findings, Form, MoneyUnit, Opt, actions, button, empty_state, error_summary, id_of, panel,
};
use crate::words::word;

/// Which of the two pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// A year that is not open.
    New,
    /// A year that is.
    Amend(i16),
}

/// The page of a new year.
pub(super) async fn new(seat: Seat) -> Result<Response, WebError> {
    let view = form_of(&seat, What::New, &Submitted::default())?;
    let form = usual(&view);
    Ok(page(&seat, &view, What::New, &form, &Findings::none()))
}

/// The page that amends a year.
pub(super) async fn change(seat: Seat, Path(year): Path<i16>) -> Result<Response, WebError> {
    let view = form_of(&seat, What::Amend(year), &Submitted::default())?;
    let found = shown(&seat.ctx, seat.app().year(&view.pack.id, year))?;
    let form = as_it_is(&view, &found.or_not_found()?.terms);
    Ok(page(&seat, &view, What::Amend(year), &form, &Findings::none()))
}

/// Opens a year.
pub(super) async fn open(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    save(seat, What::New, form).await
}

/// Amends a year.
pub(super) async fn amend(seat: Seat, Path(year): Path<i16>, form: Submitted) -> Result<Response, WebError> {
    save(seat, What::Amend(year), form).await
}

async fn save(seat: Seat, what: What, form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let view = form_of(&seat, what, &form)?;
    let mut findings = Findings::none();
    let year = match what {
        What::Amend(year) => Some(year),
        What::New => form.get("year").parse().ok(),
    };
    if year.is_none() {
        findings.add("year", ctx.t("commission-choose-year"));
    }
    let terms = read(ctx, &view, &form, &mut findings);
    if what != What::New {
        needed(ctx, &form, &mut findings, "why");
    }
    let (Some(year), Some(terms), true) = (year, terms, findings.is_empty() && !ctx.live.is_live()) else {
        return Ok(page(&seat, &view, what, &form, &findings));
    };
    let pack = view.pack.id.clone();
    let (command, done) = match what {
        What::New => (Command::OpenYear { pack, year, terms }, word("commission-year-opened")),
        What::Amend(_) => (
            Command::AmendYear { pack, year, terms, why: form.get("why").to_owned() },
            word("commission-year-amended"),
        ),
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/years/{year}"), &Flash::done(done))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&view.params, reason))?;
            Ok(page(&seat, &view, what, &form, &findings))
        }
    }
}

/// Only the role that opens years comes in.
fn form_of(seat: &Seat, what: What, form: &Submitted) -> Result<YearForm, WebError> {
    let year = match what {
        What::Amend(year) => Some(year),
        What::New => form.get("year").parse().ok(),
    };
    let view = shown(&seat.ctx, seat.app().year_form(year))?;
    if seat.viewer.role == view.step.by { Ok(view) } else { Err(WebError::Forbidden) }
}

/// A new form, with the pack's own values to begin with.
fn usual(view: &YearForm) -> Submitted {
    let mut form = Submitted::default();
    if let Some(year) = view.openable.first() {
        form.set("year", year.to_string());
    }
    for param in &view.params {
        form.set(&param.field, typed(param, &param.usual));
    }
    form
}

/// The form as the year stands.
fn as_it_is(view: &YearForm, terms: &Terms) -> Submitted {
    let mut pairs = vec![
        ("budget".to_owned(), terms.budget.wan()),
        ("opens".to_owned(), terms.opens.to_string()),
        ("closes".to_owned(), terms.closes.to_string()),
        ("basis".to_owned(), terms.basis.clone()),
    ];
    for param in &view.params {
        let set = terms.set.get(&param.key).map_or("", String::as_str);
        pairs.push((param.field.clone(), typed(param, set)));
    }
    pairs.extend(terms.favoured.iter().map(|code| ("favoured".to_owned(), code.to_string())));
    pairs.into_iter().collect()
}

/// A value as it stands in its field: a percentage without its sign, which stands at the field's edge.
fn typed(param: &YearParam, value: &str) -> String {
    match param.kind {
        ParamKind::Ratio => value.strip_suffix('%').unwrap_or(value).to_owned(),
        _ => value.to_owned(),
    }
}

/// A value as the year keeps it: a bare number in a percentage field is a percentage.
pub(super) fn kept(param: &YearParam, text: &str) -> String {
    let bare = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match param.kind {
        ParamKind::Ratio if bare => format!("{text}%"),
        _ => text.to_owned(),
    }
}

fn read(ctx: &Ctx, view: &YearForm, form: &Submitted, findings: &mut Findings) -> Option<Terms> {
    let budget = money(ctx, form, findings, "budget", AmountUnit::Wan);
    let mut set = BTreeMap::new();
    for param in &view.params {
        let text = needed(ctx, form, findings, &param.field);
        set.insert(param.key.clone(), kept(param, &text));
    }
    let opens = date(ctx, form, findings, "opens");
    let closes = date(ctx, form, findings, "closes");
    let favoured: BTreeSet<RegionCode> = form.all("favoured").filter_map(|code| code.parse().ok()).collect();
    let basis = needed(ctx, form, findings, "basis");
    Some(Terms { budget: budget?, set, opens: opens?, closes: closes?, favoured, basis })
}

/// The field that a refusal belongs to.
fn field(params: &[YearParam], reason: &Reason) -> String {
    let of_param = |name: &str| {
        params.iter().find(|p| p.label().zh == name).map_or_else(|| "budget".to_owned(), |p| p.field.clone())
    };
    match reason {
        Reason::RateOutOfRange { what, .. } => of_param(what),
        Reason::RecordUnreadable { fact, .. } => of_param(fact),
        Reason::YearAlreadyOpen { .. } | Reason::YearOutsideFund { .. } => "year".to_owned(),
        Reason::WindowUnusable {} => "closes".to_owned(),
        Reason::ReasonMissing { what, .. } if what.contains("调整") => "why".to_owned(),
        Reason::ReasonMissing { .. } => "basis".to_owned(),
        _ => "budget".to_owned(),
    }
}

fn page(seat: &Seat, view: &YearForm, what: What, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    if what == What::New && view.openable.is_empty() && findings.is_empty() {
        return all_open(ctx);
    }
    let (action, title) = match what {
        What::New => ("/years/new".to_owned(), ctx.t("commission-year-open")),
        What::Amend(year) => (
            format!("/years/{year}/amend"),
            ctx.t_args("commission-year-amend-title", &[("year", i64::from(year).into())]),
        ),
    };
    let (act, key) = ("save", key_of_act(&seat.state, form, "save"));
    let at = |name: &str| findings.at(name);
    let label = |id: &str| ctx.t(id);
    let left = available(view, what, seat);
    let fields = html! {
        (error_summary(ctx, findings))
        (panel(&label("commission-money-and-values"), html! {
            @if what == What::New { (year_choice(ctx, view, form, findings)) }
            (Field::money("budget", &label("commission-budget"), MoneyUnit::Wan).value(form.get("budget"))
                .hint(&ctx.t_args("commission-budget-hint", &[
                    ("left", wan(left).into()), ("ceiling", wan(view.fund.ceiling).into()),
                    ("article", view.fund.cite.as_str().into()),
                ])).error(at("budget")).html(ctx))
            @for param in &view.params { (param_field(ctx, param, form, findings)) }
        }))
        (panel(&label("commission-intake"), html! {
            (Field::date("opens", &label("commission-opens")).value(form.get("opens")).error(at("opens")).html(ctx))
            (Field::date("closes", &label("commission-closes")).value(form.get("closes")).error(at("closes")).html(ctx))
            (Field::text("basis", &label("commission-basis")).hint(&label("commission-basis-hint")).value(form.get("basis"))
                .error(at("basis")).html(ctx))
        }))
        @if !view.areas.is_empty() { (panel(&label("commission-favoured"), favoured(ctx, &view.areas, form))) }
        @if what != What::New {
            (panel(&label("commission-amend-why"), Field::long_text("why", &label("commission-why"), 3)
                .value(form.get("why")).error(at("why")).html(ctx)))
        }
        (actions(html! {
            (button::primary(&title, act))
            a.button href="/years" { (label("cancel")) }
        }))
    };
    Page::new(ctx, &title)
        .crumb("/years", label("commission-years"))
        .caption(say(ctx, &view.fund.name))
        .beside_title(article(&view.step.cite.to_string()))
        .findings(findings.count())
        .body(Form::post(&action, act).key(&key).guarded().html(ctx, fields))
        .into_response()
}

/// Every year of the fund is open already.
fn all_open(ctx: &Ctx) -> Response {
    let back = button::link("/years", &ctx.t("commission-years"));
    Page::new(ctx, &ctx.t("commission-year-open"))
        .crumb("/years", ctx.t("commission-years"))
        .body(empty_state(&ctx.t("commission-all-open"), &ctx.t("commission-all-open-about"), back))
        .into_response()
}

/// What may be budgeted: what the fund has left, and for an open year what it has already.
fn available(view: &YearForm, what: What, seat: &Seat) -> Money {
    let now = match what {
        What::Amend(year) => seat.app().year(&view.pack.id, year).ok().flatten().map(|y| y.terms.budget),
        What::New => None,
    };
    view.fund.left.checked_add(now.unwrap_or(Money::ZERO)).unwrap_or(view.fund.left)
}

fn year_choice(ctx: &Ctx, view: &YearForm, form: &Submitted, findings: &Findings) -> Markup {
    let options: Vec<Opt> = view.openable.iter().map(|y| Opt::new(y.to_string(), y.to_string())).collect();
    Choice::select("year", &ctx.t("commission-year"), &options)
        .chosen(form.get("year"))
        .error(findings.at("year"))
        .html(ctx)
}

/// The field of one value of the year, with its limit and article.
pub(super) fn param_field(ctx: &Ctx, param: &YearParam, form: &Submitted, findings: &Findings) -> Markup {
    let name = param.label();
    let label = say(ctx, &name).to_owned();
    let hint = match &param.limit {
        Some(limit) => ctx.t_args(
            "commission-limit-hint",
            &[("limit", say(ctx, limit).into()), ("article", param.cite.as_str().into())],
        ),
        None => param.cite.clone(),
    };
    let field = match param.kind {
        ParamKind::Ratio => Field::percent(&param.field, &label),
        ParamKind::Money => Field::money(&param.field, &label, MoneyUnit::Yuan),
        ParamKind::Other => Field::text(&param.field, &label),
    };
    field.hint(&hint).value(form.get(&param.field)).error(findings.at(&param.field)).html(ctx)
}

/// Counties as boxes, a group for each prefecture.
fn favoured(ctx: &Ctx, areas: &[AreaProvince], form: &Submitted) -> Markup {
    let chosen: BTreeSet<&str> = form.all("favoured").collect();
    html! {
        p.hint { (ctx.t("commission-favoured-hint")) }
        @for province in areas {
            @let count = province.cities.iter().flat_map(|c| &c.counties).filter(|c| chosen.contains(c.0.to_string().as_str())).count();
            details.more open[count > 0] {
                summary { (ctx.zh(&province.name)) " " span.count { (count) } }
                div {
                    @for city in &province.cities {
                        fieldset.field {
                            legend { (ctx.zh(&city.name)) }
                            div.options.inline {
                                @for (code, name) in &city.counties { (county(ctx, *code, name, &chosen)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn county(ctx: &Ctx, code: RegionCode, name: &str, chosen: &BTreeSet<&str>) -> Markup {
    let value = code.to_string();
    let id = format!("{}-{value}", id_of("favoured"));
    html! {
        div.option {
            input id=(id) type="checkbox" name="favoured" value=(value) checked[chosen.contains(value.as_str())];
            label for=(id) { (ctx.zh(name)) }
        }
    }
}
