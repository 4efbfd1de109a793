//! The page that shows a first password, once. It is the answer to the act itself and is kept nowhere.

use axum::response::{IntoResponse, Response};
use maud::html;

use crate::ctx::Ctx;
use crate::page::{Page, Width};
use crate::ui::{SummaryList, actions, button};

/// Whose first password it is, and where to go on.
pub(super) struct Handed<'a> {
    pub name: &'a str,
    pub login: &'a str,
    /// `None` when the person has set one of his own since the form was first sent.
    pub first: Option<&'a str>,
    pub back: &'a str,
}

/// The page.
pub(super) fn page(ctx: &Ctx, handed: &Handed<'_>) -> Response {
    let mut list = SummaryList::new()
        .row(ctx.t("people-name"), ctx.zh(handed.name))
        .row(ctx.t("people-login"), html! { code { (handed.login) } });
    if let Some(first) = handed.first {
        list = list.row(ctx.t("people-first-password"), html! { code.reference { (first) } });
    }
    let about = if handed.first.is_some() { "people-first-once" } else { "people-first-gone" };
    Page::new(ctx, &ctx.t("people-first-page"))
        .width(Width::Narrow)
        .crumb("/admin", ctx.t("people-nav-admin"))
        .body(html! {
            section.card {
                p.lead { (ctx.t(about)) }
                (list.html(ctx))
                (actions(button::link_primary(handed.back, &ctx.t("people-first-noted"))))
            }
        })
        .into_response()
}
