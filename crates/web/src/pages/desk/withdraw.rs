//! `/cases/{id}/withdraw`: the applicant takes a case back, with the reason.

use app::{Command, Failure};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::html;

use super::case;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Width, go_with};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary};
use crate::words::word;

/// Asks for the reason.
pub async fn show(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    page(&seat, &id, &form, &Findings::none())
}

/// Takes it back.
pub async fn send(seat: Seat, Path(id): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let case: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let mut findings = Findings::none();
    if form.get("why").is_empty() {
        findings.add("why", seat.ctx.t("needs-value"));
    }
    if seat.ctx.live.is_live() || !findings.is_empty() {
        return page(&seat, &id, &form, &findings);
    }
    let command = Command::Withdraw { case, why: form.get("why").to_owned() };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/cases/{case}"), &Flash::done(word("withdraw-done")))),
        Err(Failure::Refused(refusal)) => {
            findings.add("why", refusal_of(&seat.ctx, &refusal).text);
            page(&seat, &id, &form, &findings)
        }
        Err(fault) => Err(web_error(&seat.ctx, fault)),
    }
}

fn page(seat: &Seat, id: &str, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let page = seat.app().case_page(&seat.viewer, id).map_err(|e| web_error(ctx, e))?;
    if page.case.applicant != seat.viewer.org {
        return Err(WebError::Forbidden);
    }
    let label = ctx.t("withdraw-why");
    let why = Field::long_text("why", &label, 4).value(form.get("why")).error(findings.at("why"));
    let address = format!("/cases/{id}/withdraw");
    let body = html! {
        (error_summary(ctx, findings))
        @if !page.may_withdraw && findings.is_empty() {
            p { (ctx.t("withdraw-not-now")) }
            (actions(button::link(&format!("/cases/{id}"), &ctx.t("case-back"))))
        } @else {
            p.lead { (ctx.t("withdraw-about")) }
            (Form::post(&address, "withdraw").key(form.get("key")).html(ctx, html! {
                (why.html(ctx))
                (actions(html! {
                    (button::danger(&ctx.t("withdraw-do"), "withdraw"))
                    (button::link(&format!("/cases/{id}"), &ctx.t("cancel")))
                }))
            }))
        }
    };
    let titled = case::head(ctx, &page).crumb(format!("/cases/{id}"), page.case.number.clone());
    Ok(titled.width(Width::Normal).findings(findings.count()).body(body).into_response())
}
