//! `/sources/{id}/cut`: a later document cuts the budget.

use app::access::Right;
use app::command::money::{Cut, MoneyCommand};
use app::view::money::{SourcePage, Whereabouts};
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::SourceId;
use maud::html;

use super::new::read_as;

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    id, key_of, money, money_command, needed, refused, require, rule_line_of, say, shown, yuan,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, MoneyUnit, actions, button, error_summary, panel};
use crate::words::word;

/// The form.
pub(super) async fn show(seat: Seat, Path(source): Path<String>) -> Result<Response, WebError> {
    let view = view(&seat, &source)?;
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// Records it.
pub(super) async fn record(
    seat: Seat,
    Path(source): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let view = view(&seat, &source)?;
    let mut findings = Findings::none();
    if ctx.live.is_live() {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let amount = money(ctx, &form, &mut findings, ("amount", &ctx.t("funds-cut-amount")));
    let document = needed(ctx, &form, &mut findings, ("document", &ctx.t("funds-document")));
    let why = needed(ctx, &form, &mut findings, ("why", &ctx.t("funds-cut-why")));
    let (Some(amount), true) = (amount, findings.is_empty()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    let source = view.line.row.source;
    let act = MoneyCommand::CutSource { source, cut: Cut { amount, document, why } };
    match seat.submit(form.get("key"), money_command(act)).await {
        Ok(_) => Ok(go_with(&format!("/sources/{source}"), &Flash::done(word("funds-cut-done")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::DocumentUnreadable { .. } => "document",
                Reason::ReasonMissing { .. } => "why",
                _ => "amount",
            })?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn view(seat: &Seat, source: &str) -> Result<SourcePage, WebError> {
    require(seat, &[Right::ManageMoney])?;
    shown(&seat.ctx, seat.app().source_page(&seat.viewer, id::<SourceId>(source)?))
}

/// What can still be cut: given to no project, and not arrived as cash.
fn free(view: &SourcePage) -> Money {
    let row = &view.line.row;
    let quota = view.permission.iter().filter(|now| matches!(now.place, Whereabouts::Quota(_)));
    let quota = Money::sum(quota.map(|now| now.amount)).unwrap_or(Money::ZERO);
    quota.min(row.stands().checked_sub(row.received).unwrap_or(Money::ZERO))
}

fn page(seat: &Seat, view: &SourcePage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let key = key_of(seat, form);
    let here = format!("/sources/{}", row.source);
    let hint = ctx.t_args("funds-cut-hint", &[("left", yuan(ctx, free(view)).into())]);
    let fields = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("funds-cut"), html! {
            (Field::money("amount", &ctx.t("funds-cut-amount"), MoneyUnit::Yuan).hint(&hint).value(form.get("amount"))
                .error(findings.at("amount")).html(ctx))
            (Field::text("document", &ctx.t("funds-document")).hint(&ctx.t("funds-document-hint")).value(form.get("document"))
                .error(findings.at("document")).html(ctx))
            div data-part="document-read" { (read_as(ctx, form.get("document"))) }
            (Field::long_text("why", &ctx.t("funds-cut-why"), 3).value(form.get("why")).error(findings.at("why")).html(ctx))
        }))
        (actions(html! {
            (button::primary(&ctx.t("funds-cut-record"), "save"))
            a.button href=(here) { (ctx.t("cancel")) }
        }))
    };
    let body = html! {
        (rule_line_of(ctx, &seat.viewer.pack, (Subject::Source, Act::Receive), &row.fund))
        (Form::post(&format!("{here}/cut"), "save").key(&key).live().guarded().html(ctx, fields))
    };
    Page::new(ctx, &ctx.t("funds-cut"))
        .crumb("/sources", ctx.t("funds-sources"))
        .crumb(here, row.document.clone())
        .caption(format!("{} · {}", say(ctx, &view.line.fund), say(ctx, &view.line.kind)))
        .findings(findings.count())
        .body(body)
        .into_response()
}
