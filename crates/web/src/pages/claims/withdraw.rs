//! `/claims/{id}/withdraw`: taking a claim back while nothing of it is on its way to the bank.

use app::command::money::MoneyCommand;
use app::view::money::ClaimPage;
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::ClaimId;
use maud::html;

use super::parts::sees_claims;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{id, key_of, money_command, needed, refused, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path(claim): Path<String>) -> Result<Response, WebError> {
    let view = load(&seat, &claim)?;
    if !view.may_withdraw {
        return Err(WebError::Forbidden);
    }
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

fn load(seat: &Seat, claim: &str) -> Result<ClaimPage, WebError> {
    sees_claims(seat)?;
    let claim: ClaimId = id(claim)?;
    shown(&seat.ctx, seat.app().claim_page(&seat.viewer, claim))
}

/// The act.
pub(super) async fn act(
    seat: Seat,
    Path(claim): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let view = load(&seat, &claim)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let why = needed(ctx, &form, &mut findings, ("why", ctx.t("claim-withdraw-why")));
    if !findings.is_empty() || ctx.live.is_live() {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let claim = view.line.row.claim;
    let command = MoneyCommand::WithdrawClaim { claim, why };
    match seat.submit(form.get("key"), money_command(command)).await {
        Ok(answer) => {
            let done = Flash::done(word("claim-withdrawn-done")).with("number", answer.number);
            Ok(go_with(&format!("/claims/{claim}"), &done))
        }
        Err(failure) => {
            let field =
                |reason: &Reason| if matches!(reason, Reason::ReasonMissing { .. }) { "why" } else { "" };
            refused(ctx, &mut findings, failure, field)?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn page(seat: &Seat, view: &ClaimPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let key = key_of(seat, form);
    let fields = html! {
        (Field::long_text("why", &ctx.t("claim-withdraw-why"), 3).value(form.get("why"))
            .error(findings.at("why")).html(ctx))
        (actions(html! {
            (button::danger(&ctx.t("claim-withdraw"), "withdraw"))
            (button::link(&format!("/claims/{}", row.claim), &ctx.t("claim-cancel")))
        }))
    };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&row.title, html! {
            p { (ctx.t("claim-withdraw-about")) }
            (Form::post(&format!("/claims/{}/withdraw", row.claim), "withdraw").key(&key).html(ctx, fields))
        }))
    };
    Page::new(ctx, &ctx.t("claim-withdraw"))
        .width(Width::Narrow)
        .crumb("/claims", ctx.t("claim-title"))
        .crumb(format!("/claims/{}", row.claim), row.number.clone())
        .findings(findings.count())
        .body(body)
        .into_response()
}
