//! `/batches/{id}/release-line/{line}`: taking a payment without result out of its batch, so that it can be paid again.

use app::command::money::MoneyCommand;
use app::view::money::{BatchPage, PaymentNow};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::batch::load;
use super::parts::notice;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{id, key_of, money_command, needed, refused};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Badge, Field, Findings, Form, SummaryList, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((batch, line)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (view, no) = (load(&seat, &batch)?, id::<i64>(&line)?);
    let payment = of(&view, no)?;
    Ok(page(&seat, &view, payment, &Submitted::default(), &Findings::none()))
}

fn of(view: &BatchPage, no: i64) -> Result<&PaymentNow, WebError> {
    if !view.may_pay {
        return Err(WebError::Forbidden);
    }
    view.payments.iter().find(|payment| payment.row.line == no).ok_or(WebError::NotFound)
}

/// The act.
pub(super) async fn act(
    seat: Seat,
    Path((batch, line)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let (view, no) = (load(&seat, &batch)?, id::<i64>(&line)?);
    let payment = of(&view, no)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let why = needed(ctx, &form, &mut findings, ("why", ctx.t("batch-take-out-why")));
    if !findings.is_empty() || ctx.live.is_live() {
        return Ok(page(&seat, &view, payment, &form, &findings));
    }
    let batch = view.line.row.batch;
    let command = MoneyCommand::TakeOut { batch, line: no, why };
    match seat.submit(form.get("key"), money_command(command)).await {
        Ok(_) => Ok(go_with(&format!("/batches/{batch}"), &Flash::done(word("batch-taken-out")))),
        Err(failure) => {
            let field =
                |reason: &Reason| if matches!(reason, Reason::ReasonMissing { .. }) { "why" } else { "" };
            refused(ctx, &mut findings, failure, field)?;
            Ok(page(&seat, &view, payment, &form, &findings))
        }
    }
}

fn page(
    seat: &Seat,
    view: &BatchPage,
    payment: &PaymentNow,
    form: &Submitted,
    findings: &Findings,
) -> Response {
    let ctx = &seat.ctx;
    let row = &payment.row;
    let key = key_of(seat, form);
    let action = format!("/batches/{}/release-line/{}", row.batch, row.line);
    let fields = html! {
        (Field::long_text("why", &ctx.t("batch-take-out-why"), 3).hint(&ctx.t("batch-take-out-hint"))
            .value(form.get("why")).error(findings.at("why")).html(ctx))
        (actions(html! {
            (button::danger(&ctx.t("batch-take-out"), "take-out"))
            (button::link(&format!("/batches/{}", row.batch), &ctx.t("claim-cancel")))
        }))
    };
    let body = html! {
        (error_summary(ctx, findings))
        @if view.released_on.is_some() {
            (notice(Badge::Amber, &ctx.t("batch-with-bank"), ctx.t("batch-with-bank-about")))
        }
        (panel(&ctx.t("batch-payment"), html! {
            (SummaryList::new()
                .row(ctx.t("claim-payee"), ctx.zh(&row.payee_name))
                .row(ctx.t("claim-amount-yuan"), row.amount.grouped())
                .row(ctx.t("claim-number"), ctx.zh(&payment.claim))
                .row(ctx.t("batch-reference"), row.end_to_end.clone())
                .html(ctx))
            (Form::post(&action, "take-out").key(&key).html(ctx, fields))
        }))
    };
    Page::new(ctx, &ctx.t("batch-take-out"))
        .width(Width::Narrow)
        .crumb("/batches", ctx.t("batch-title"))
        .crumb(format!("/batches/{}", row.batch), view.line.row.number.clone())
        .findings(findings.count())
        .body(body)
        .into_response()
}
