//! `/batches/payer/{fund}`: out of which account of its own a fund is paid. The number lies in the vault and is shown masked.

use app::access::Right;
use app::payout::Payer;
use app::view::money::PayerNow;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::parts::sees_batches;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{needed, refused, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path(fund): Path<String>) -> Result<Response, WebError> {
    let now = load(&seat, &fund)?;
    let mut form = Submitted::default();
    if let Some(now) = &now {
        form.set("name", now.name.clone());
        form.set("bank", now.bank.clone());
    }
    page(&seat, &fund, now.as_ref(), &form, &Findings::none())
}

fn load(seat: &Seat, fund: &str) -> Result<Option<PayerNow>, WebError> {
    sees_batches(seat)?;
    if !seat.viewer.may(Right::Settle) {
        return Err(WebError::Forbidden);
    }
    shown(&seat.ctx, seat.app().payer_now(&seat.viewer, fund))
}

/// Sets the account.
pub(super) async fn save(
    seat: Seat,
    Path(fund): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let now = load(&seat, &fund)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let name = needed(ctx, &form, &mut findings, ("name", ctx.t("batch-account-name")));
    let bank = needed(ctx, &form, &mut findings, ("bank", ctx.t("batch-account-bank")));
    let number = needed(ctx, &form, &mut findings, ("number", ctx.t("batch-account-number")));
    if !findings.is_empty() || ctx.live.is_live() {
        return page(&seat, &fund, now.as_ref(), &form, &findings);
    }
    let sealed = seat.app().seal_account(&number);
    let kept =
        sealed.and_then(|account| seat.app().set_payer(&seat.viewer, &fund, &Payer { name, account, bank }));
    match kept {
        Ok(()) => Ok(go_with("/batches", &Flash::done(word("batch-payer-kept")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |_| "number".to_owned())?;
            page(&seat, &fund, now.as_ref(), &form, &findings)
        }
    }
}

fn page(
    seat: &Seat,
    fund: &str,
    now: Option<&PayerNow>,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let known = seat.viewer.pack.funds.get(fund).filter(|fund| fund.booked()).ok_or(WebError::NotFound)?;
    let fields = html! {
        (Field::text("name", &ctx.t("batch-account-name")).value(form.get("name")).error(findings.at("name")).html(ctx))
        (Field::text("bank", &ctx.t("batch-account-bank")).value(form.get("bank")).error(findings.at("bank")).html(ctx))
        (Field::text("number", &ctx.t("batch-account-number")).hint(&ctx.t("batch-account-hint"))
            .value(form.get("number")).error(findings.at("number")).html(ctx))
        (actions(button::primary(&ctx.t("batch-payer-keep"), "keep")))
    };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(say(ctx, &known.name), html! {
            @if let Some(now) = now {
                p { (ctx.t_args("batch-from", &[("name", now.name.clone().into()), ("account", now.account.clone().into()), ("bank", now.bank.clone().into())])) }
            }
            (Form::post(&format!("/batches/payer/{fund}"), "keep").html(ctx, fields))
        }))
    };
    Ok(Page::new(ctx, &ctx.t("batch-payer"))
        .width(Width::Narrow)
        .crumb("/batches", ctx.t("batch-title"))
        .findings(findings.count())
        .body(body)
        .into_response())
}
