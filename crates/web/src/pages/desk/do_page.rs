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
use super::work::Work;
use super::{case, inspect, notice, parse, pay, place, propose, review};
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::say;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{Badge, Findings, badge, button, panel};
use crate::words::word;

/// The desk.
pub async fn show(seat: Seat, Path((id, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let desk = load(&seat, &id, &step)?;
    if matches!(desk.step.act, Act::Declare | Act::Change) {
        let (case, step) = (desk.page.case.id, &desk.step.id);
        let address = format!("/file/{}?case={case}&step={}", desk.page.case.procedure, encode(step));
        return Ok(Redirect::to(&address).into_response());
    }
    fresh(&seat, &desk)
}

/// A desk as it is opened.
pub fn fresh(seat: &Seat, desk: &DeskPage) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    form.set("on", seat.ctx.today.to_string());
    parse::prefill(desk, &mut form);
    render(seat, desk, form, Work::fresh(desk), &Findings::none())
}

/// Does the step; or only looks, when the script or a button that computes asks.
pub async fn act(
    seat: Seat,
    Path((id, step)): Path<(String, String)>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let desk = load(&seat, &id, &step)?;
    if posts(&desk) {
        return notice::act(&seat, &desk, sent).await;
    }
    done(&seat, &desk, sent).await
}

/// What was sent to a desk.
pub async fn done(seat: &Seat, desk: &DeskPage, sent: SubmittedWithFiles) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    let mut work = Work::take(seat, desk, &sent, &mut findings)?;
    let mut form = sent.fields;
    let pressed = form.act().to_owned();
    if desk.step.act == Act::Inspect && pressed == "all" && !seat.ctx.live.is_live() {
        inspect::confirm_all(seat, desk, &mut form)?;
    }
    let still = seat.ctx.live.is_live() || work.looks;
    let Some(outcome) = parse::outcome(desk, &pressed).filter(|_| !still) else {
        return render(seat, desk, form, work, &findings);
    };
    let doing = work.doing(desk, &form);
    work.tried = seat.app().step_tried(&seat.viewer, desk, &doing).map_err(|e| web_error(&seat.ctx, e))?;
    let commands = parse::commands(&seat.ctx, desk, &form, &work, &outcome, &mut findings);
    if desk.begins.is_none() && desk.open.is_some() && form.get("seen") != desk.page.last_seq.to_string() {
        let stale = Refusal::under(
            String::new(),
            Reason::Stale { what: desk.page.case.number.clone(), what_en: desk.page.case.number.clone() },
        );
        findings.add("outcome", refusal_of(&seat.ctx, &stale).text);
    }
    if !findings.is_empty() {
        return render(seat, desk, form, work, &findings);
    }
    let mut made = desk.page.case.id;
    for (at, command) in commands.into_iter().enumerate() {
        let key = if at == 0 { form.get("key").to_owned() } else { format!("{}:{at}", form.get("key")) };
        match seat.submit(&key, command).await {
            Ok(answer) if desk.begins.is_some() => made = CaseId(answer.id.unwrap_or_default()),
            Ok(_) => {}
            Err(Failure::Refused(refusal)) => {
                let shown = refusal_of(&seat.ctx, &refusal);
                let article = shown.article.map_or_else(String::new, |a| format!("（{a}）"));
                findings
                    .add(place::field_of(desk, &form, &refusal.reason), format!("{}{article}", shown.text));
                form.set("key", fresh_key(seat.app()));
                let again = match &desk.begins {
                    Some(_) => None,
                    None => Some(load(seat, &made.to_string(), &desk.step.id)?),
                };
                return render(seat, again.as_ref().unwrap_or(desk), form, work, &findings);
            }
            Err(fault) => return Err(web_error(&seat.ctx, fault)),
        }
    }
    let of = outcome.id.as_deref().and_then(|id| desk.step.outcomes.iter().find(|o| o.id == id));
    let ended = of.map(|o| format!(" · {}", say(&seat.ctx, &o.name))).unwrap_or_default();
    let name = format!("{}{ended}", say(&seat.ctx, &desk.step.name));
    Ok(go_with(&format!("/cases/{made}"), &Flash::done(word("desk-done")).with("step", name)))
}

fn load(seat: &Seat, id: &str, step: &str) -> Result<DeskPage, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    seat.app().desk(&seat.viewer, id, step).map_err(|e| web_error(&seat.ctx, e))
}

fn render(
    seat: &Seat,
    desk: &DeskPage,
    mut form: Submitted,
    mut work: Work,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let fail = |e| web_error(ctx, e);
    if posts(desk) {
        return notice::render(seat, desk, &form, work, findings);
    }
    work.tried = seat.app().step_tried(&seat.viewer, desk, &work.doing(desk, &form)).map_err(fail)?;
    if desk.begins.is_none() {
        work.before = seat.app().case_acts(&seat.viewer, desk.page.case.id).map_err(fail)?;
        work.households = seat.app().households(&seat.viewer, desk.page.case.id).map_err(fail)?;
    }
    let mut faults = Findings::none();
    if findings.is_empty() {
        work.faults(ctx, desk, false, &mut faults);
    }
    let findings = if findings.is_empty() { &faults } else { findings };
    form.set("seen", desk.page.last_seq.to_string());
    let id = desk.page.case.id;
    let (mut trial, mut offer) = (None, None);
    let grants = desk.page.pack.grant.is_some();
    match desk.step.act {
        Act::Inspect if grants => {
            let typed: Trial = parse::trial(desk, &form);
            let tried = seat.app().trial(&seat.viewer, id, &typed).map_err(fail)?;
            parse::follow_offer(&mut form, &tried.offer);
            trial = Some(tried);
        }
        Act::Propose if grants => {
            let allowed = seat.app().offer(&seat.viewer, id).map_err(fail)?;
            parse::follow_review(&mut form, desk, &allowed.0);
            offer = Some(allowed);
        }
        _ => {}
    }
    let sheet =
        Sheet { ctx, desk, form: &form, findings, trial: trial.as_ref(), offer: offer.as_ref(), work: &work };
    let content = if desk.open.is_none() && findings.is_empty() {
        not_open(&sheet)
    } else {
        match desk.step.act {
            Act::Inspect if grants => inspect::page(&sheet),
            Act::Propose if grants => propose::page(&sheet),
            Act::Pay => pay::page(&sheet),
            _ => review::page(&sheet),
        }
    };
    let page = titled(ctx, desk).findings(findings.count());
    Ok(page.body(html! { (step_card(ctx, desk)) (content) }).into_response())
}

/// The page around a desk.
pub fn titled<'c>(ctx: &'c Ctx, desk: &DeskPage) -> Page<'c> {
    let id = desk.page.case.id;
    let page = match &desk.begins {
        Some(begins) => Page::new(ctx, say(ctx, &begins.name)).crumb("/file", ctx.t("filing-may-begin")),
        None => case::head(ctx, &desk.page).crumb(format!("/cases/{id}"), desk.page.case.number.clone()),
    };
    page.width(Width::Wide)
}

/// Whether the step posts a notice.
fn posts(desk: &DeskPage) -> bool {
    desk.step.act == Act::Publish && desk.step.publish.is_some()
}

/// What is being done, under which article, until when.
pub fn step_card(ctx: &Ctx, desk: &DeskPage) -> Markup {
    html! {
        div.card.step-card {
            div.task {
                div {
                    h2 { (say(ctx, &desk.step.name)) }
                    p.hint {
                        (crate::ui::cite(&desk.step.cite.to_string()))
                        @if let Some(open) = desk.open.as_ref().filter(|_| desk.begins.is_none()) { " · " (ctx.t_args("desk-open-since", &[("date", ctx.date(open.since).into())])) }
                        @if desk.begins.is_none() { " · " a href={ "/cases/" (desk.page.case.id) } { (ctx.t("desk-see-case")) } }
                    }
                }
                @if let Some(open) = desk.open.as_ref().filter(|open| open.due.is_some()) { (due_cell(ctx, open.due.as_ref())) }
            }
            @if let Some(back) = &desk.page.sent_back { (case::sent_back(ctx, back)) }
            @if let Some((on, text)) = desk.open.as_ref().and_then(|open| open.urged.as_ref()) {
                p.hint { (badge(Badge::Amber, &ctx.t("case-urged"))) " " (ctx.date(*on)) " " (ctx.zh(text)) }
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
