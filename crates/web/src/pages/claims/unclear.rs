//! `/batches/{id}/unclear/{place}`: a person says what an unclear line of the bank turned out to be.

use app::command::money::{BankOutcome, Found, MoneyCommand, Settle};
use app::rows::UnclearRow;
use app::view::money::BatchPage;
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::batch::load;

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{date, id, key_of, money_command, needed, refused};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, Opt, SummaryList, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((batch, place)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (view, place) = (load(&seat, &batch)?, id::<i64>(&place)?);
    let row = of(&view, place)?;
    Ok(page(&seat, &view, row, &Submitted::default(), &Findings::none()))
}

fn of(view: &BatchPage, place: i64) -> Result<&UnclearRow, WebError> {
    if !view.may_pay {
        return Err(WebError::Forbidden);
    }
    view.unclear.iter().find(|row| row.place == place).ok_or(WebError::NotFound)
}

/// The act.
pub(super) async fn act(
    seat: Seat,
    Path((batch, place)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let (view, place) = (load(&seat, &batch)?, id::<i64>(&place)?);
    let row = of(&view, place)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    if ctx.live.is_live() {
        return Ok(page(&seat, &view, row, &form, &findings));
    }
    let settle = settle(&seat, row, &form, &mut findings);
    let (Some(settle), true) = (settle, findings.is_empty()) else {
        return Ok(page(&seat, &view, row, &form, &findings));
    };
    let batch = view.line.row.batch;
    let command = MoneyCommand::SettleUnclear { batch, settle };
    match seat.submit(form.get("key"), money_command(command)).await {
        Ok(_) => Ok(go_with(&format!("/batches/{batch}"), &Flash::done(word("batch-settled-done")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, field)?;
            Ok(page(&seat, &view, row, &form, &findings))
        }
    }
}

/// What was decided.
fn settle(seat: &Seat, row: &UnclearRow, form: &Submitted, findings: &mut Findings) -> Option<Settle> {
    let ctx = &seat.ctx;
    let found = match form.get("found") {
        "nothing" => Some(Found::Nothing),
        word @ ("paid" | "failed") => {
            let line = needed(ctx, form, findings, ("line", ctx.t("batch-payment"))).parse::<i64>().ok();
            let outcome = if word == "paid" {
                let on = date(ctx, form, findings, ("on", ctx.t("batch-paid-on")));
                let reference = needed(ctx, form, findings, ("reference", ctx.t("batch-bank-reference")));
                on.map(|on| BankOutcome::Paid { on, reference })
            } else {
                let reason = needed(ctx, form, findings, ("reason", ctx.t("batch-fail-reason")));
                Some(BankOutcome::Failed { reason })
            };
            line.zip(outcome).map(|(line, outcome)| Found::Result { line, outcome })
        }
        _ => {
            findings.add("found", ctx.t("batch-needs-found"));
            None
        }
    };
    let why = needed(ctx, form, findings, ("why", ctx.t("batch-settle-why")));
    // The rows count from one, the act from zero.
    let unclear = row.place.checked_sub(1).and_then(|place| u32::try_from(place).ok())?;
    Some(Settle { unclear, found: found?, why })
}

fn field(reason: &Reason) -> String {
    match reason {
        Reason::DateInFuture { .. } => "on",
        Reason::PaymentSettled { .. } | Reason::ShareNotDue { .. } | Reason::CashMissing { .. } => "line",
        Reason::ReasonMissing { .. } => "why",
        _ => "",
    }
    .to_owned()
}

fn page(seat: &Seat, view: &BatchPage, row: &UnclearRow, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let t = |id: &str| ctx.t(id);
    let at = |name: &str| findings.at(name);
    let action = format!("/batches/{}/unclear/{}", row.batch, row.place);
    let founds = [
        Opt::new("nothing", t("batch-found-nothing")).with_hint(t("batch-found-nothing-about")),
        Opt::new("paid", t("batch-found-paid")).with_hint(t("batch-found-paid-about")),
        Opt::new("failed", t("batch-found-failed")).with_hint(t("batch-found-failed-about")),
    ];
    let lines: Vec<Opt> = view
        .payments
        .iter()
        .filter(|payment| payment.row.state != "paid")
        .map(|payment| {
            let row = &payment.row;
            let label = format!(
                "{} · {} · {} · {}",
                row.end_to_end,
                row.payee_name,
                row.amount.grouped(),
                ctx.pick(&payment.state.zh, &payment.state.en)
            );
            Opt::new(row.line.to_string(), label)
        })
        .collect();
    let fields = html! {
        (Choice::radios("found", &t("batch-found"), &founds).chosen(form.get("found")).error(at("found")).html(ctx))
        (Choice::select("line", &t("batch-payment"), &lines).chosen(form.get("line")).hint(&t("batch-payment-hint"))
            .error(at("line")).html(ctx))
        (Field::date("on", &t("batch-paid-on")).optional().hint(&t("batch-only-paid")).value(form.get("on")).error(at("on")).html(ctx))
        (Field::text("reference", &t("batch-bank-reference")).optional().hint(&t("batch-only-paid")).value(form.get("reference"))
            .error(at("reference")).html(ctx))
        (Field::text("reason", &t("batch-fail-reason")).optional().hint(&t("batch-only-failed")).value(form.get("reason"))
            .error(at("reason")).html(ctx))
        (Field::long_text("why", &t("batch-settle-why"), 3).hint(&t("batch-settle-hint")).value(form.get("why"))
            .error(at("why")).html(ctx))
        (actions(html! {
            (button::primary(&t("batch-settle"), "settle"))
            (button::link(&format!("/batches/{}", row.batch), &t("claim-cancel")))
        }))
    };
    let line = SummaryList::new()
        .row(t("batch-bank-line"), ctx.zh(&row.text))
        .row(t("batch-why-unclear"), ctx.zh(&row.reason))
        .row(t("batch-read-on"), ctx.date(row.on));
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&t("batch-bank-line"), html! {
            (line.html(ctx))
            @if !row.settled.is_empty() { p role="status" { (t("batch-settled")) "：" (ctx.zh(&row.settled)) } }
        }))
        @if row.settled.is_empty() || !findings.is_empty() {
            (panel(&t("batch-settle"), html! {
                p.hint { (t("batch-settle-about")) }
                (Form::post(&action, "settle").key(&key).guarded().html(ctx, fields))
            }))
        }
    };
    Page::new(ctx, &t("batch-settle"))
        .crumb("/batches", t("batch-title"))
        .crumb(format!("/batches/{}", row.batch), view.line.row.number.clone())
        .findings(findings.count())
        .body(body)
        .into_response()
}
