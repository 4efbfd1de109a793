//! `/cases/{id}/objections/{objection}`: an objection to a notice on a case, and its answer by the role that answers.

use app::view::case::{CaseNotice, ObjectionShown};
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::{CaseId, ObjectionId};
use maud::{Markup, html};

use super::{case, notice};
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::say;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Choice, Field, Findings, Form, Opt, actions, badge, button, error_summary, panel};
use crate::words::word;

/// The objection.
pub async fn show(seat: Seat, Path((id, objection)): Path<(String, String)>) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    page(&seat, (&id, &objection), &form, &Findings::none())
}

/// Answers it.
pub async fn answer(
    seat: Seat,
    Path((id, objection)): Path<(String, String)>,
    mut form: Submitted,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let case: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let which: ObjectionId = objection.parse().map_err(|_| WebError::NotFound)?;
    let mut findings = Findings::none();
    if !matches!(form.get("upheld"), "yes" | "no") {
        findings.add("upheld", ctx.t("objection-choose"));
    }
    if form.get("answer").is_empty() {
        findings.add("answer", ctx.t("needs-value"));
    }
    if ctx.live.is_live() || !findings.is_empty() {
        return page(&seat, (&id, &objection), &form, &findings);
    }
    let upheld = form.get("upheld") == "yes";
    let command =
        Command::AnswerOnCase { case, objection: which, upheld, answer: form.get("answer").to_owned() };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/cases/{case}?tab=notices"), &Flash::done(word("objection-answered")))),
        Err(Failure::Refused(refusal)) => {
            findings.add("answer", refusal_of(ctx, &refusal).text);
            form.set("key", fresh_key(seat.app()));
            page(&seat, (&id, &objection), &form, &findings)
        }
        Err(fault) => Err(web_error(ctx, fault)),
    }
}

fn page(
    seat: &Seat,
    (id, objection): (&str, &str),
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let fail = |e| web_error(ctx, e);
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let objection: ObjectionId = objection.parse().map_err(|_| WebError::NotFound)?;
    let of = seat.app().case_page(&seat.viewer, id).map_err(fail)?;
    let (shown, one) = seat.app().case_objection(&seat.viewer, id, objection).map_err(fail)?;
    let body = html! {
        (error_summary(ctx, findings))
        div.columns {
            div { (what(seat, &shown, &one)) @if one.answer.is_none() && shown.mine { (answers(seat, id, &one, form, findings)) } }
            div { (notice::shown(ctx, id.get(), &shown)) }
        }
    };
    let head = case::head(ctx, &of).crumb(format!("/cases/{id}"), of.case.number.clone());
    Ok(head.findings(findings.count()).body(body).into_response())
}

fn what(seat: &Seat, shown: &CaseNotice, one: &ObjectionShown) -> Markup {
    let ctx = &seat.ctx;
    panel(
        &ctx.t_args("objection-title", &[("receipt", one.receipt.clone().into())]),
        html! {
            p.hint { (ctx.date(one.on)) }
            p { (ctx.zh(&one.text)) }
            @if let Some(due) = one.due.as_ref().filter(|_| one.answer.is_none()) {
                p.hint { (ctx.t_args("desk-due-on", &[("date", ctx.date(due.date).into())])) }
            }
            @if let Some((upheld, answer, on)) = &one.answer {
                p { @if *upheld { (badge(Badge::Red, &ctx.t("objection-upheld"))) } @else { (badge(Badge::Green, &ctx.t("objection-not-upheld"))) } }
                p { (ctx.zh(answer)) }
                p.hint { (ctx.date(*on)) }
            } @else if let Some(by) = shown.answers.as_ref().filter(|_| !shown.mine) {
                p.hint { (ctx.t_args("hung-answers", &[("who", say(ctx, by).to_owned().into())])) }
            }
        },
    )
}

fn answers(seat: &Seat, id: CaseId, one: &ObjectionShown, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let options = [Opt::new("no", ctx.t("objection-not-upheld")), Opt::new("yes", ctx.t("objection-upheld"))];
    let action = format!("/cases/{id}/objections/{}", one.id);
    let (result, label) = (ctx.t("objection-result"), ctx.t("objection-answer"));
    let fields = html! {
        (Choice::radios("upheld", &result, &options).inline().chosen(form.get("upheld")).error(findings.at("upheld")).html(ctx))
        (Field::long_text("answer", &label, 5).value(form.get("answer")).error(findings.at("answer")).html(ctx))
        (actions(button::primary(&ctx.t("objection-send"), "answer")))
    };
    panel(
        &ctx.t("objection-do-answer"),
        Form::post(&action, "answer").key(form.get("key")).guarded().html(ctx, fields),
    )
}
