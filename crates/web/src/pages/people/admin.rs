//! The start page of administration: how many, who still waits for a password, which roles nobody holds.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{KINDS, administrator, people_table};
use crate::error::WebError;
use crate::page::Page;
use crate::state::{Seat, web_error};
use crate::ui::{Stat, actions, button, empty_state, panel, panel_with, stats};

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    administrator(&seat)?;
    let ctx = &seat.ctx;
    let overview = seat.app().people_overview().map_err(|failure| web_error(ctx, failure))?;
    let count = |kind: &str| overview.orgs.get(kind).copied().unwrap_or_default().to_string();
    let mut figures: Vec<Stat> = KINDS
        .iter()
        .map(|(kind, name)| Stat {
            label: ctx.word(*name),
            value: count(kind),
            unit: ctx.t("people-unit-orgs"),
            about: ctx.t("people-figure-orgs"),
            href: Some(format!("/admin/orgs?kind={kind}")),
        })
        .collect();
    figures.push(Stat {
        label: ctx.t("people-enabled"),
        value: overview.enabled.to_string(),
        unit: ctx.t("people-unit-people"),
        about: ctx.t_args("people-figure-disabled", &[("count", overview.disabled.into())]),
        href: None,
    });
    let waiting = if overview.waiting.is_empty() {
        empty_state(&ctx.t("people-waiting-none"), &ctx.t("people-waiting-what"), html! {})
    } else {
        people_table(ctx, "waiting", &ctx.t("people-waiting"), &overview.waiting)
    };
    let body = html! {
        (stats(&figures))
        (panel_with(&ctx.t("people-unmanned"), html! { (overview.unmanned.len()) }, unmanned(&seat, &overview)))
        (panel_with(&ctx.t("people-waiting"), html! { (overview.waiting.len()) }, waiting))
        (panel(&ctx.t("people-admin-todo"), actions(html! {
            (button::link_primary("/admin/orgs", &ctx.t("people-orgs")))
            (button::link("/admin/orgs/new", &ctx.t("people-org-add")))
            (button::link("/journal", &ctx.t("people-nav-journal")))
        })))
    };
    Ok(Page::new(ctx, &ctx.t("people-nav-admin")).body(body).into_response())
}

fn unmanned(seat: &Seat, overview: &app::view::people::Overview) -> Markup {
    let ctx = &seat.ctx;
    html! {
        @if overview.unmanned.is_empty() { p { (ctx.t("people-unmanned-none")) } }
        @else {
            p { (ctx.t("people-unmanned-what")) }
            ul { @for role in &overview.unmanned { li { (ctx.pick(&role.name.zh, &role.name.en)) } } }
        }
    }
}
