//! The receipt of an objection: the page to be printed once it was sent, and later the place to read the answer.

use app::Failure;
use app::rows::NoticeOf;
use app::view::Receipt;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::law::words;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::guard::throttle::Peer;
use crate::page::{Page, Width};
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Field, Findings, SummaryList, badge, error_summary};

/// The form that asks for a number, or the objection of the number given.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    peer: Peer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let number = query.get("number");
    if number.is_empty() {
        return Ok(page(&ctx, number, None, &Findings::none(), query.has("new")).into_response());
    }
    // A number is as hard to guess as it is long; the brake makes guessing hopeless.
    state.shell.throttle().try_now(&format!("receipt:{}", peer.0), peer.0)?;
    match state.app.receipt(number) {
        Ok(found) => {
            Ok(page(&ctx, number, Some(&found), &Findings::none(), query.has("new")).into_response())
        }
        Err(Failure::Refused(_)) => {
            let mut findings = Findings::none();
            findings.add("number", ctx.t("receipt-unknown"));
            Ok(page(&ctx, number, None, &findings, false).into_response())
        }
        Err(failure) => Err(web_error(&ctx, failure)),
    }
}

/// The page. `new` is true right after the objection was sent.
pub(super) fn page<'c>(
    ctx: &'c Ctx,
    number: &str,
    found: Option<&Receipt>,
    findings: &Findings,
    new: bool,
) -> Page<'c> {
    Page::new(ctx, &ctx.t(if new && found.is_some() { "receipt-sent" } else { "receipt-title" }))
        .crumb("/notices", ctx.t("notices-title"))
        .width(Width::Narrow)
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            @match found {
                Some(receipt) => (shown(ctx, receipt, new)),
                None => (asking(ctx, number, findings)),
            }
        })
}

fn asking(ctx: &Ctx, number: &str, findings: &Findings) -> Markup {
    let (label, hint) = (ctx.t("receipt-number"), ctx.t("receipt-number-hint"));
    html! {
        p { (ctx.t("receipt-about")) }
        form.form method="get" action="/receipt" {
            (Field::text("number", &label).hint(&hint).value(number).error(findings.at("number")).html(ctx))
            div.actions { button.button.primary type="submit" { (ctx.t("receipt-look")) } }
        }
    }
}

fn shown(ctx: &Ctx, receipt: &Receipt, new: bool) -> Markup {
    let number = receipt.notice.as_deref();
    let back = match (receipt.about, number) {
        (NoticeOf::Case(_), Some(number)) => {
            format!("/notices/{}?number={}", receipt.about.address(), encode(number))
        }
        _ => format!("/notices/{}", receipt.about.address()),
    };
    let item = receipt.item.clone().unwrap_or_else(|| ctx.t("object-all"));
    html! {
        section.card.receipt {
            p.hint { (ctx.t("receipt-number")) }
            p.receipt-number { (receipt.number) }
            p { (ctx.t(if new { "receipt-keep" } else { "receipt-only-you" })) }
            (SummaryList::new()
                .row(ctx.t("receipt-on"), ctx.date(receipt.on))
                .row(ctx.t("receipt-notice"), html! {
                    a href=(back) { (ctx.zh(number.unwrap_or("—"))) }
                })
                .row(ctx.t("receipt-item"), ctx.zh(&item))
                .row(ctx.t("receipt-text"), html! { span.said { (ctx.zh(&receipt.text)) } })
                .row(ctx.t("receipt-state"), state(ctx, receipt))
                .row_known(ctx.t("receipt-due"), receipt.due.map(|due| ctx.date(due)))
                .html(ctx))
            @if let Some((_, text, on)) = &receipt.answer {
                h2 { (ctx.t("receipt-answer")) }
                p.said { (ctx.zh(text)) }
                p.hint {
                    (ctx.date(*on))
                    @if let Some(by) = &receipt.answered_by { " · " (words(ctx, by)) }
                }
            }
        }
        p.hint.screen-only { (ctx.t("receipt-print")) }
        p.screen-only { a.button href=(back) { (ctx.t("object-back")) } }
    }
}

fn state(ctx: &Ctx, receipt: &Receipt) -> Markup {
    match &receipt.answer {
        None => html! {
            (badge(Badge::Amber, &ctx.t("notice-being-answered")))
            @if let Some(by) = &receipt.answered_by { " " span.hint { (words(ctx, by)) } }
        },
        Some((true, ..)) => badge(Badge::Red, &ctx.t("notice-upheld")),
        Some((false, ..)) => badge(Badge::Green, &ctx.t("notice-not-upheld")),
    }
}
