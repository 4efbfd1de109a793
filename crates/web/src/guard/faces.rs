//! Draws the page of an error: what happened in words for the person, a way back, and the number under which the
//! operator finds the rest.
//!
//! Bare answers of the framework (an unknown address, a refused body, a forged request) get the same page.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::{Refusal, WebError};
use crate::page::Page;
use crate::session::SIGN_IN_PATH;
use crate::shell::Shell;
use crate::ui::{button, cite};

/// The middleware: passes pages through and dresses errors.
pub(super) async fn faces(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut kept = parts.clone();
    kept.extensions.clear();
    if let Some(reference) = parts.extensions.get::<super::Reference>() {
        kept.extensions.insert(*reference);
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(error) = error_of(&mut response) else { return response };
    if crate::api::is_ours(&kept.uri) {
        return for_a_program(error, response, &kept);
    }
    let ctx = match Ctx::of_request(&kept, &shell).await {
        Ok(ctx) => ctx,
        Err(_) => Ctx::without_person(&kept, &shell),
    };
    log(&ctx, &error);
    let mut page = page(&ctx, &error);
    *page.status_mut() = response.status();
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && !page.headers().contains_key(name) {
            page.headers_mut().insert(name.clone(), value.clone());
        }
    }
    page.headers_mut().remove(CONTENT_LENGTH);
    page
}

/// The same for another program: a problem instead of a page, with the headers that the answer had.
fn for_a_program(error: WebError, response: Response, kept: &axum::http::request::Parts) -> Response {
    if let Some(operator) = error.operator() {
        let reference = kept.extensions.get::<super::Reference>().copied().unwrap_or_default();
        if matches!(error, WebError::Unreadable { .. }) {
            tracing::warn!(%reference, "interface: {operator}");
        } else {
            tracing::error!(%reference, "interface: {operator}");
        }
    }
    let mut problem = crate::api::bare(response.status());
    for (name, value) in response.headers() {
        if ![CONTENT_TYPE, CONTENT_LENGTH].contains(name) && !problem.headers().contains_key(name) {
            problem.headers_mut().insert(name.clone(), value.clone());
        }
    }
    problem
}

/// The error an answer stands for; `None` for pages, redirects, data and files.
fn error_of(response: &mut Response) -> Option<WebError> {
    if let Some(error) = response.extensions_mut().remove::<WebError>() {
        return Some(error);
    }
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let bare = kind.is_empty() || kind.starts_with("text/plain");
    ((status.is_client_error() || status.is_server_error()) && bare).then(|| WebError::of_status(status))
}

fn log(ctx: &Ctx, error: &WebError) {
    let reference = ctx.reference;
    match (error, error.operator()) {
        (WebError::Bug { .. }, Some(operator)) => tracing::error!(%reference, "bug: {operator}"),
        (WebError::Fault(_), Some(operator)) => tracing::error!(%reference, "fault: {operator}"),
        (_, Some(operator)) => tracing::warn!(%reference, "{operator}"),
        (_, None) => {}
    }
}

/// The page of `error`.
pub fn page(ctx: &Ctx, error: &WebError) -> Response {
    let (title, text) = words_of(ctx, error);
    Page::new(ctx, &title)
        .status(error.status())
        .body(html! {
            section.card.error-page {
                p.lead { (text) }
                @if let WebError::Refused(refusal) = error { (refused(refusal)) }
                p.actions {
                    @if let WebError::Refused(refusal) = error
                        && let Some((href, label)) = &refusal.next {
                        (button::link_primary(href, label))
                    }
                    @if matches!(error, WebError::Forbidden) && ctx.viewer.is_none() {
                        (button::link_primary(SIGN_IN_PATH, &ctx.t("sign-in")))
                    }
                    (button::link("/", &ctx.t("error-go-home")))
                }
                @if error.operator().is_some() {
                    p.hint { (ctx.t("error-reference")) " " code.reference { (ctx.reference) } }
                }
            }
        })
        .into_response()
}

fn refused(refusal: &Refusal) -> Markup {
    html! {
        p.hint {
            @if let Some(article) = &refusal.article { (cite(article)) " " }
            code { (refusal.code) }
        }
    }
}

fn words_of(ctx: &Ctx, error: &WebError) -> (String, String) {
    match error {
        WebError::NotFound => (ctx.t("error-not-found"), ctx.t("error-not-found-text")),
        WebError::SignInNeeded { .. } | WebError::PasswordChangeNeeded | WebError::Forbidden => {
            (ctx.t("error-forbidden"), ctx.t("error-forbidden-text"))
        }
        WebError::Unreadable { .. } => (ctx.t("error-unreadable"), ctx.t("error-unreadable-text")),
        WebError::TooLarge => (ctx.t("error-too-large"), ctx.t("error-too-large-text")),
        WebError::TooMany { seconds } => {
            let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
            (ctx.t("error-too-many"), ctx.t_args("error-too-many-text", &[("seconds", seconds.into())]))
        }
        WebError::Stale => (ctx.t("error-stale"), ctx.t("error-stale-text")),
        WebError::Refused(refusal) => (ctx.t("error-refused"), refusal.text.clone()),
        WebError::Unprinted(unprinted) => (ctx.t("error-unprinted"), unprinted.text.clone()),
        WebError::Fault(_) => (ctx.t("error-fault"), ctx.t("error-fault-text")),
        WebError::Bug { .. } => (ctx.t("error-bug"), ctx.t("error-bug-text")),
    }
}
