//! One objection: what was said, and its answer.

use app::Command;
use app::access::Right;
use app::view::ObjectionPage;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::{ObjectionId, PlanId};
use maud::{Markup, html};

use super::parts::{deadline, needed};
use crate::error::{OrNotFound, WebError};
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{article, id, key_of_act, refused, require, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, Field, Findings, Form, Opt, SummaryList, actions, badge, button, error_summary, panel,
};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((plan, objection)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let view = view(&seat, id(&plan)?, id(&objection)?)?;
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// The answer.
pub(super) async fn answer(
    seat: Seat,
    Path((plan, objection)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let (plan, objection): (PlanId, ObjectionId) = (id(&plan)?, id(&objection)?);
    let view = view(&seat, plan, objection)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    if !["yes", "no"].contains(&form.get("upheld")) {
        findings.add("upheld", ctx.t("commission-choose-upheld"));
    }
    needed(ctx, &form, &mut findings, "answer");
    if ctx.live.is_live() || !findings.is_empty() {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let upheld = form.get("upheld") == "yes";
    let command = Command::AnswerObjection { plan, objection, upheld, answer: form.get("answer").to_owned() };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/plans/{plan}"), &Flash::done(word("commission-objection-answered")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |_| "answer".to_owned())?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn view(seat: &Seat, plan: PlanId, objection: ObjectionId) -> Result<ObjectionPage, WebError> {
    require(seat, &[Right::Plan, Right::SeeMoney])?;
    shown(&seat.ctx, seat.app().plan_objection(&seat.viewer, plan, objection))?.or_not_found()
}

fn page(seat: &Seat, view: &ObjectionPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let one = &view.objection;
    let about = match &view.case {
        Some((id, number, title)) => {
            html! { a href={ "/cases/" (id) } { (ctx.zh(number)) } " " (ctx.zh(title)) }
        }
        None => html! { (ctx.t("commission-objection-all")) },
    };
    let mut list = SummaryList::new()
        .row(ctx.t("commission-received"), html! { (ctx.date(one.on)) })
        .row(ctx.t("commission-objection-about"), about)
        .row(ctx.t("commission-objection-text"), ctx.zh(&one.text));
    list = list.row(ctx.t("commission-objection-from"), html! {
        @if one.from.is_some() { (ctx.t("commission-objection-named")) } @else { (ctx.t("commission-objection-anonymous")) }
    });
    if let Some((upheld, text, on)) = &one.answer {
        let result =
            if *upheld { (Badge::Red, "commission-upheld") } else { (Badge::Green, "commission-not-upheld") };
        list = list
            .row(ctx.t("commission-result"), badge(result.0, &ctx.t(result.1)))
            .row(ctx.t("commission-answer"), ctx.zh(text))
            .row(ctx.t("commission-answered-on"), html! { (ctx.date(*on)) })
            .row(ctx.t("commission-answered-by"), ctx.zh(&view.answered_by));
    }
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("commission-objection"), list.html(ctx)))
        @if one.answer.is_none() {
            @if view.mine { (answer_form(seat, view, form, findings)) }
            @else { p { (badge(Badge::Blue, &ctx.t("commission-step-other"))) " "
                (ctx.t_args("commission-step-other-about", &[("who", say(ctx, &view.by_name).into())])) } }
        }
    };
    Page::new(ctx, &ctx.t_args("commission-objection-title", &[("receipt", one.receipt.clone().into())]))
        .crumb("/plans", ctx.t("commission-plans"))
        .crumb(format!("/plans/{}", view.plan.id), view.plan.number.clone())
        .beside_title(html! {
            @match view.due.as_ref().filter(|_| one.answer.is_none()) {
                Some(due) => (deadline(ctx, due, &view.cite)),
                None => (article(&view.cite)),
            }
        })
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn answer_form(seat: &Seat, view: &ObjectionPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "answer");
    let options = [
        Opt::new("no", ctx.t("commission-not-upheld")).with_hint(ctx.t("commission-not-upheld-hint")),
        Opt::new("yes", ctx.t("commission-upheld")).with_hint(ctx.t("commission-upheld-hint")),
    ];
    let fields = html! {
        (Choice::radios("upheld", &ctx.t("commission-result"), &options).chosen(form.get("upheld"))
            .error(findings.at("upheld")).html(ctx))
        (Field::long_text("answer", &ctx.t("commission-answer"), 5).hint(&ctx.t("commission-answer-hint"))
            .value(form.get("answer")).error(findings.at("answer")).html(ctx))
        (actions(button::primary(&ctx.t("commission-answer-send"), "answer")))
    };
    let action = format!("/plans/{}/objections/{}", view.plan.id, view.id);
    panel(&ctx.t("commission-answer"), Form::post(&action, "answer").key(&key).guarded().html(ctx, fields))
}
