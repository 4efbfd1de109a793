//! `/cases/{id}/reveal/{field}`: a masked value in full, for a reason that is recorded as an act.

use app::vault::Look;
use app::view::desk::sealed_fields;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::html;

use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::say;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary};

/// Asks for the reason.
pub async fn show(seat: Seat, Path((id, field)): Path<(String, String)>) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    page(&seat, &id, &field, &form, &Findings::none(), None)
}

/// Records the look, then shows.
pub async fn look(
    seat: Seat,
    Path((id, field)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let case: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let mut findings = Findings::none();
    if form.get("why").is_empty() {
        findings.add("why", seat.ctx.t("reveal-why-missing"));
    }
    if seat.ctx.live.is_live() || !findings.is_empty() {
        return page(&seat, &id, &field, &form, &findings, None);
    }
    let asked = Look { case, field: &field, why: form.get("why"), key: form.get("key") };
    match seat.app().unmask(&seat.viewer, asked) {
        Ok(value) => page(
            &seat,
            &id,
            &field,
            &form,
            &findings,
            Some(value.unwrap_or_else(|| seat.ctx.t("reveal-erased"))),
        ),
        Err(app::Failure::Refused(refusal)) => {
            findings.add("why", refusal_of(&seat.ctx, &refusal).text);
            page(&seat, &id, &field, &form, &findings, None)
        }
        Err(fault) => Err(web_error(&seat.ctx, fault)),
    }
}

fn page(
    seat: &Seat,
    id: &str,
    field: &str,
    form: &Submitted,
    findings: &Findings,
    value: Option<String>,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let filed = seat.app().filed_form(&seat.viewer, id, None).map_err(|e| web_error(ctx, e))?;
    let sealed = sealed_fields(&filed).into_iter().find(|f| f.field == field).ok_or(WebError::NotFound)?;
    let why_label = ctx.t("reveal-why");
    let why_hint = ctx.t("reveal-why-hint");
    let why = Field::long_text("why", &why_label, 3)
        .hint(&why_hint)
        .value(form.get("why"))
        .error(findings.at("why"));
    let address = format!("/cases/{id}/reveal/{field}");
    let back = format!("/cases/{id}/form/{}", filed.version);
    let body = html! {
        (error_summary(ctx, findings))
        @match value {
            Some(value) => {
                section.card {
                    header.card-head { h2 { (say(ctx, &sealed.name)) } }
                    p.lead { strong { (value) } }
                    p.hint { (ctx.t("reveal-recorded")) }
                    (actions(button::link(&back, &ctx.t("case-back-form"))))
                }
            }
            None => (Form::post(&address, "reveal").key(form.get("key")).html(ctx, html! {
                p { (say(ctx, &sealed.name)) "：" strong { (sealed.masked) } }
                (why.html(ctx))
                (actions(html! { (button::primary(&ctx.t("reveal-do"), "reveal")) (button::link(&back, &ctx.t("cancel"))) }))
            })),
        }
    };
    let title = ctx.t("reveal-title");
    let page = Page::new(ctx, &title)
        .crumb("/cases", ctx.t("cases-title"))
        .crumb(format!("/cases/{id}"), filed.number.clone())
        .width(Width::Narrow)
        .findings(findings.count())
        .body(body);
    let mut response = page.into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
