//! `/file/{procedure}`: what a filing will ask for, and the button that begins its draft. `?parent=` chooses the case it builds
//! on, `?case=&step=` begins a later filing on a case: a correction, the next version, another form.

use app::Failure;
use app::view::filing::{Offer, ParentCase};
use app::view::state::Standing;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::render::words;
use super::side::days_left;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::desk::case::sent_back;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Choice, Findings, Form, Opt, actions, badge, button, cite, error_summary, panel};

/// What the address may say.
#[derive(Debug, Default, serde::Deserialize)]
pub struct From {
    parent: Option<String>,
    case: Option<String>,
    step: Option<String>,
}

/// Shows what will be asked.
pub async fn show(
    seat: Seat,
    Path(procedure): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("parent", from.parent.unwrap_or_default());
    form.set("case", from.case.unwrap_or_default());
    form.set("step", from.step.unwrap_or_default());
    form.set("key", fresh_key(seat.app()));
    page(&seat, &procedure, &form, &Findings::none())
}

/// Begins the draft.
pub async fn begin(seat: Seat, Path(procedure): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let parent = form.get("parent").parse::<CaseId>().ok();
    let begun = match form.get("case").parse::<CaseId>() {
        Ok(case) => {
            let step = Some(form.get("step")).filter(|step| !step.is_empty());
            seat.app().begin_version(&seat.viewer, case, step, form.get("key"))
        }
        Err(_) => {
            let offer = seat.app().filing_offer(&seat.viewer, &procedure);
            let offer = offer.map_err(|failure| web_error(&seat.ctx, failure))?;
            let chosen = parent.and_then(|id| offer.parents.iter().find(|p| p.case == id));
            if let Some(key) = chosen.and_then(|parent| parent.draft.clone()) {
                return Ok(Redirect::to(&format!("/drafts/{key}")).into_response());
            }
            let alone = offer.parent_optional && form.get("parent").is_empty();
            if offer.parent.is_some() && chosen.is_none() && !alone {
                let mut findings = Findings::none();
                findings.add("parent", seat.ctx.t("filing-choose-parent"));
                return page(&seat, &procedure, &form, &findings);
            }
            seat.app().begin_draft(&seat.viewer, &procedure, parent, form.get("key"))
        }
    };
    match begun {
        Ok(key) => Ok(Redirect::to(&format!("/drafts/{key}")).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut findings = Findings::none();
            findings.add("begin", refusal_of(&seat.ctx, &refusal).text);
            page(&seat, &procedure, &form, &findings)
        }
        Err(failure) => Err(web_error(&seat.ctx, failure)),
    }
}

fn page(seat: &Seat, procedure: &str, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let failed = |failure| web_error(ctx, failure);
    if let Ok(case) = form.get("case").parse::<CaseId>() {
        return again(seat, procedure, case, form, findings);
    }
    let offer = seat.app().filing_offer(&seat.viewer, procedure).map_err(failed)?;
    let title = ctx.pick(&offer.name.zh, &offer.name.en).to_owned();
    let body = html! {
        (error_summary(ctx, findings))
        (what_comes(ctx, &offer))
        @if let Some(blocked) = &offer.blocked {
            div.flash.amber role="note" { (crate::ui::icon::WARNING) p { (words(ctx, &blocked.say)) " " (cite(&blocked.cite)) } }
        } @else {
            (begin_form(ctx, procedure, form, parents(ctx, &offer, form, findings), &ctx.t("filing-begin")))
        }
    };
    let page = Page::new(ctx, &title).crumb("/file", ctx.t("filing-title")).findings(findings.count());
    Ok(page.body(body).into_response())
}

/// Filing on a case that is there: what is filed now, and the button that begins its draft.
fn again(
    seat: &Seat,
    procedure: &str,
    case: CaseId,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let of = seat.app().case_page(&seat.viewer, case).map_err(|failure| web_error(ctx, failure))?;
    let step = of.pack.steps.get(form.get("step"));
    let name = step.map_or(&of.procedure, |step| &step.name);
    let returned = of.standing == Standing::Returned;
    let label = if returned { ctx.t("filing-begin-correction") } else { ctx.t("filing-begin-version") };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(ctx.pick(&name.zh, &name.en), html! {
            p { a href={ "/cases/" (case) } { (of.case.number) } " " (ctx.zh(&of.case.title)) @if let Some(step) = step { " " (cite(&step.cite.to_string())) } }
            @if let Some(back) = &of.sent_back { (sent_back(ctx, back)) }
            p.hint { @if returned { (ctx.t("filing-correction-about")) } @else { (ctx.t("filing-version-about")) } }
        }))
        (begin_form(ctx, procedure, form, html! {}, &label))
    };
    let page = Page::new(ctx, ctx.pick(&name.zh, &name.en))
        .crumb("/cases", ctx.t("cases-title"))
        .crumb(format!("/cases/{case}"), of.case.number.clone())
        .findings(findings.count());
    Ok(page.body(body).into_response())
}

fn begin_form(ctx: &Ctx, procedure: &str, form: &Submitted, content: Markup, label: &str) -> Markup {
    let action = format!("/file/{procedure}");
    Form::post(&action, "begin").key(form.get("key")).html(
        ctx,
        html! {
            @if !form.get("case").is_empty() {
                input type="hidden" name="case" value=(form.get("case"));
                input type="hidden" name="step" value=(form.get("step"));
            }
            (content)
            (actions(html! { (button::primary(label, "begin")) (button::link("/file", &ctx.t("cancel"))) }))
        },
    )
}

fn parents(ctx: &Ctx, offer: &Offer, form: &Submitted, findings: &Findings) -> Markup {
    let Some(parent) = &offer.parent else { return html! {} };
    let free: Vec<&ParentCase> = offer.parents.iter().filter(|parent| parent.taken.is_none()).collect();
    let options: Vec<Opt> = free
        .iter()
        .map(|parent| {
            let option = Opt::new(parent.case.to_string(), format!("{} {}", parent.number, parent.title));
            if parent.draft.is_some() { option.with_hint(ctx.t("filing-parent-draft")) } else { option }
        })
        .collect();
    if free.is_empty() && offer.parent_optional {
        return html! { p.hint { (ctx.t_args("filing-parent-none", &[("parent", ctx.pick(&parent.zh, &parent.en).into())])) } };
    }
    let mut options = options;
    if offer.parent_optional {
        options.push(Opt::new("", ctx.t("filing-parent-alone")));
    }
    let label = ctx.t_args("filing-which-parent", &[("parent", ctx.pick(&parent.zh, &parent.en).into())]);
    let only =
        free.first().filter(|_| free.len() == 1).map(|parent| parent.case.to_string()).unwrap_or_default();
    let chosen = if form.get("parent").is_empty() { only.as_str() } else { form.get("parent") };
    let taken = offer.parents.iter().filter(|parent| parent.taken.is_some());
    html! {
        (Choice::radios("parent", &label, &options).chosen(chosen).error(findings.at("parent")).html(ctx))
        @for parent in taken {
            p.hint { (parent.number) " " (ctx.zh(&parent.title)) " " (badge(Badge::Grey, &ctx.t_args("filing-taken", &[("number", parent.taken.as_deref().unwrap_or("").into())]))) }
        }
    }
}

/// The last day to file for a plan year.
pub fn closes(ctx: &Ctx, offer: &Offer) -> Markup {
    html! {
        @if let Some((year, last)) = offer.closes {
            p.hint {
                (ctx.t_args("filing-closes", &[("year", year.to_string().into()), ("date", ctx.date(last).into())]))
                @if last >= ctx.today { " · " (days_left(ctx, last)) }
                @else { " · " (badge(Badge::Amber, &ctx.t("filing-closed"))) }
            }
        }
    }
}

fn what_comes(ctx: &Ctx, offer: &Offer) -> Markup {
    html! {
        div.columns {
            (panel(&ctx.t("filing-parts"), html! {
                p.hint { (words(ctx, &offer.form)) @if let Some(print) = &offer.print { "（" (words(ctx, print)) "）" } }
                ol.plain-list { @for part in &offer.parts { li { (words(ctx, part)) } } }
            }))
            @if !offer.papers.is_empty() || offer.window.is_some() || offer.closes.is_some() { (panel(&ctx.t("filing-papers"), html! {
                ul.plain-list {
                    @for (name, article, depends) in &offer.papers {
                        li { (words(ctx, name)) " " span.hint { (cite(article)) @if *depends { " · " (ctx.t("filing-depends")) } } }
                    }
                }
                @if let Some((opens, closes)) = offer.window {
                    p.hint {
                        (ctx.t_args("filing-window", &[("from", ctx.date(opens).into()), ("until", ctx.date(closes).into())]))
                        " · " (days_left(ctx, closes))
                    }
                }
                (closes(ctx, offer))
            })) }
        }
    }
}
