//! `/cases/{id}/do/{step}`: the desk of a step. Which desk it is follows from the step's act, what it asks for from the pack.

use app::Failure;
use app::view::desk::{DeskPage, Trial};
use app::view::pack::Act;
use app::view::state::{Reason, Refusal};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::parts::due_cell;
use super::sheet::Sheet;
use super::{case, inspect, parse, pay, place, propose, review};
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Width, go_with};
use crate::pages::shared::say;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Findings, button, panel};
use crate::words::word;

/// The desk.
pub async fn show(seat: Seat, Path((id, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let desk = load(&seat, &id, &step)?;
    if desk.step.act == Act::Declare {
        let address = format!("/file/{}?case={}", desk.page.case.procedure, desk.page.case.id);
        return Ok(Redirect::to(&address).into_response());
    }
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    form.set("on", seat.ctx.today.to_string());
    parse::prefill(&desk, &mut form);
    render(&seat, &desk, form, &Findings::none())
}

/// Does the step; or only looks, when the script or a button that computes asks.
pub async fn act(
    seat: Seat,
    Path((id, step)): Path<(String, String)>,
    mut form: Submitted,
) -> Result<Response, WebError> {
    let desk = load(&seat, &id, &step)?;
    let pressed = form.act().to_owned();
    if desk.step.act == Act::Inspect && pressed == "all" && !seat.ctx.live.is_live() {
        inspect::confirm_all(&seat, &desk, &mut form)?;
    }
    let Some(outcome) = parse::outcome(&desk, &pressed).filter(|_| !seat.ctx.live.is_live()) else {
        return render(&seat, &desk, form, &Findings::none());
    };
    let mut findings = Findings::none();
    let commands = parse::commands(&seat.ctx, &desk, &form, &outcome, &mut findings);
    if desk.open.is_some() && form.get("seen") != desk.page.last_seq.to_string() {
        let stale = Refusal::under(
            String::new(),
            Reason::Stale { what: desk.page.case.number.clone(), what_en: desk.page.case.number.clone() },
        );
        findings.add("outcome", refusal_of(&seat.ctx, &stale).text);
    }
    if !findings.is_empty() {
        return render(&seat, &desk, form, &findings);
    }
    for (at, command) in commands.into_iter().enumerate() {
        let key = if at == 0 { form.get("key").to_owned() } else { format!("{}:{at}", form.get("key")) };
        match seat.submit(&key, command).await {
            Ok(_) => {}
            Err(Failure::Refused(refusal)) => {
                let shown = refusal_of(&seat.ctx, &refusal);
                let article = shown.article.map_or_else(String::new, |a| format!("（{a}）"));
                findings
                    .add(place::field_of(&desk, &form, &refusal.reason), format!("{}{article}", shown.text));
                let fresh = load(&seat, &id, &step)?;
                form.set("key", fresh_key(seat.app()));
                return render(&seat, &fresh, form, &findings);
            }
            Err(fault) => return Err(web_error(&seat.ctx, fault)),
        }
    }
    let of = outcome.id.as_deref().and_then(|id| desk.step.outcomes.iter().find(|o| o.id == id));
    let ended = of.map(|o| format!(" · {}", say(&seat.ctx, &o.name))).unwrap_or_default();
    let name = format!("{}{ended}", say(&seat.ctx, &desk.step.name));
    Ok(go_with(&format!("/cases/{}", desk.page.case.id), &Flash::done(word("desk-done")).with("step", name)))
}

fn load(seat: &Seat, id: &str, step: &str) -> Result<DeskPage, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    seat.app().desk(&seat.viewer, id, step).map_err(|e| web_error(&seat.ctx, e))
}

fn render(
    seat: &Seat,
    desk: &DeskPage,
    mut form: Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let fail = |e| web_error(ctx, e);
    form.set("seen", desk.page.last_seq.to_string());
    let id = desk.page.case.id;
    let (mut trial, mut offer) = (None, None);
    match desk.step.act {
        Act::Inspect => {
            let typed: Trial = parse::trial(desk, &form);
            let tried = seat.app().trial(&seat.viewer, id, &typed).map_err(fail)?;
            parse::follow_offer(&mut form, &tried.offer);
            trial = Some(tried);
        }
        Act::Propose => {
            let allowed = seat.app().offer(&seat.viewer, id).map_err(fail)?;
            parse::follow_review(&mut form, desk, &allowed.0);
            offer = Some(allowed);
        }
        _ => {}
    }
    let sheet = Sheet { ctx, desk, form: &form, findings, trial: trial.as_ref(), offer: offer.as_ref() };
    let content = if desk.open.is_none() && findings.is_empty() {
        not_open(&sheet)
    } else {
        match desk.step.act {
            Act::Inspect => inspect::page(&sheet),
            Act::Propose => propose::page(&sheet),
            Act::Pay => pay::page(&sheet),
            _ => review::page(&sheet),
        }
    };
    let page = case::head(ctx, &desk.page)
        .crumb(format!("/cases/{id}"), desk.page.case.number.clone())
        .width(Width::Wide)
        .findings(findings.count());
    Ok(page.body(html! { (step_card(&sheet)) (content) }).into_response())
}

/// What is being done, under which article, until when.
fn step_card(sheet: &Sheet<'_>) -> Markup {
    let (ctx, desk) = (sheet.ctx, sheet.desk);
    html! {
        div.card.step-card {
            div.task {
                div {
                    h2 { (say(ctx, &desk.step.name)) }
                    p.hint {
                        (crate::ui::cite(&desk.step.cite.to_string()))
                        @if let Some(open) = &desk.open { " · " (ctx.t_args("desk-open-since", &[("date", ctx.date(open.since).into())])) }
                        " · " a href={ "/cases/" (desk.page.case.id) } { (ctx.t("desk-see-case")) }
                    }
                }
                @if let Some(open) = &desk.open { (due_cell(ctx, open.due.as_ref())) }
            }
        }
    }
}

fn not_open(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let open: Vec<&str> = sheet.desk.open_names.iter().map(|w| say(ctx, w)).collect();
    panel(
        &ctx.t("desk-not-open"),
        html! {
            p {
                @if open.is_empty() { (ctx.t("desk-not-open-none")) }
                @else { (ctx.t_args("desk-not-open-now", &[("steps", open.join("、").into())])) }
            }
            div.actions { (button::link(&format!("/cases/{}", sheet.desk.page.case.id), &ctx.t("case-back"))) }
        },
    )
}
