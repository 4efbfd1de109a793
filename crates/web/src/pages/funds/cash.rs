//! `/sources/{id}/cash`: book cash that arrived.

use app::access::Right;
use app::command::money::{MoneyCommand, Receive};
use app::view::money::SourcePage;
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::SourceId;
use maud::html;

use super::parts::{split_parts, tried};
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    date, id, key_of, money, money_command, needed, refused, require, rule_line_of, say, shown, yuan,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, MoneyUnit, Size, actions, button, empty_state, error_summary, panel};
use crate::words::word;

/// The form.
pub(super) async fn show(seat: Seat, Path(source): Path<String>) -> Result<Response, WebError> {
    let view = view(&seat, &source)?;
    page(&seat, &view, &Submitted::default(), &Findings::none())
}

/// Books it.
pub(super) async fn book(
    seat: Seat,
    Path(source): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let view = view(&seat, &source)?;
    let mut findings = Findings::none();
    if ctx.live.is_live() || form.act() == "try" {
        return page(&seat, &view, &form, &findings);
    }
    let amount = money(ctx, &form, &mut findings, ("amount", &ctx.t("funds-cash-amount")));
    let on = date(ctx, &form, &mut findings, ("on", &ctx.t("funds-cash-on")));
    let voucher = needed(ctx, &form, &mut findings, ("voucher", &ctx.t("funds-cash-voucher")));
    let (Some(amount), Some(on), true) = (amount, on, findings.is_empty()) else {
        return page(&seat, &view, &form, &findings);
    };
    let source = view.line.row.source;
    let act = MoneyCommand::ReceiveCash { source, cash: Receive { on, amount, voucher } };
    match seat.submit(form.get("key"), money_command(act)).await {
        Ok(_) => Ok(go_with(&format!("/sources/{source}"), &Flash::done(word("funds-cash-booked")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::DateInFuture { .. } => "on",
                Reason::VoucherMissing {} => "voucher",
                _ => "amount",
            })?;
            page(&seat, &view, &form, &findings)
        }
    }
}

fn view(seat: &Seat, source: &str) -> Result<SourcePage, WebError> {
    require(seat, &[Right::ManageMoney])?;
    shown(&seat.ctx, seat.app().source_page(&seat.viewer, id::<SourceId>(source)?))
}

fn page(seat: &Seat, view: &SourcePage, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let key = key_of(seat, form);
    let awaited = row.stands().checked_sub(row.received).unwrap_or(Money::ZERO);
    let parts = match tried(form, "amount") {
        Some(amount) => shown(ctx, seat.app().cash_parts(&seat.viewer, row.source, amount))?,
        None => Vec::new(),
    };
    let here = format!("/sources/{}", row.source);
    let hint = ctx.t_args(
        "funds-cash-hint",
        &[
            ("budget", yuan(ctx, row.stands()).into()),
            ("received", yuan(ctx, row.received).into()),
            ("left", yuan(ctx, awaited).into()),
        ],
    );
    let fields = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("funds-cash"), html! {
            (Field::money("amount", &ctx.t("funds-cash-amount"), MoneyUnit::Yuan).hint(&hint).value(form.get("amount"))
                .error(findings.at("amount")).html(ctx))
            div data-part="split" { (split_parts(ctx, &parts)) }
            (Field::date("on", &ctx.t("funds-cash-on")).value(form.get("on")).size(Size::Short).error(findings.at("on")).html(ctx))
            (Field::text("voucher", &ctx.t("funds-cash-voucher")).hint(&ctx.t("funds-cash-voucher-hint")).value(form.get("voucher"))
                .error(findings.at("voucher")).html(ctx))
        }))
        (actions(html! {
            (button::primary(&ctx.t("funds-cash-book"), "save"))
            @if view.parts.len() > 1 { (button::secondary(&ctx.t("funds-try"), "try")) }
            a.button href=(here) { (ctx.t("cancel")) }
        }))
    };
    let body = html! {
        (rule_line_of(ctx, &seat.viewer.pack, (Subject::Source, Act::Receive), &row.fund))
        @if awaited.is_zero() {
            (empty_state(&ctx.t("funds-cash-all"), &ctx.t("funds-cash-all-about"), button::link(&here, &ctx.t("funds-back"))))
        } @else {
            (Form::post(&format!("{here}/cash"), "save").key(&key).live().guarded().html(ctx, fields))
        }
    };
    Ok(Page::new(ctx, &ctx.t("funds-cash"))
        .crumb("/sources", ctx.t("funds-sources"))
        .crumb(here, row.document.clone())
        .caption(format!("{} · {}", say(ctx, &view.line.fund), say(ctx, &view.line.kind)))
        .findings(findings.count())
        .body(body)
        .into_response())
}
