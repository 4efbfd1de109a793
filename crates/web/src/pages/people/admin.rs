//! The start page of administration: how many, who still waits for a password, which roles nobody holds.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{KINDS, administrator, people_table};
use crate::error::WebError;
use crate::page::Page;
use crate::state::{Seat, web_error};
use crate::ui::{DataTable, Head, Stat, actions, button, empty_state, panel, panel_with, stats};

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
        @if !overview.idle.is_empty() {
            (panel_with(&ctx.t("handover-idle"), html! { (overview.idle.len()) }, idle(&seat, &overview)))
        }
        (panel_with(&ctx.t("people-waiting"), html! { (overview.waiting.len()) }, waiting))
        (panel(&ctx.t("people-admin-todo"), actions(html! {
            (button::link_primary("/admin/orgs", &ctx.t("people-orgs")))
            (button::link("/admin/orgs/new", &ctx.t("people-org-add")))
            (button::link("/journal", &ctx.t("people-nav-journal")))
        })))
    };
    Ok(Page::new(ctx, &ctx.t("people-nav-admin")).body(body).into_response())
}

/// Desks whose tasks wait for nobody.
fn idle(seat: &Seat, overview: &app::view::people::Overview) -> Markup {
    let ctx = &seat.ctx;
    let heads = [Head::text(ctx.t("people-role")), Head::text(ctx.t("handover-where"))];
    let heads =
        heads.into_iter().chain([Head::amount(ctx.t("handover-count")), Head::text(ctx.t("handover-due"))]);
    let table = DataTable::new("idle", ctx.t("handover-idle"), heads.collect()).quiet_caption();
    let table = overview.idle.iter().fold(table, |table, desk| {
        table.row(vec![
            html! { (ctx.pick(&desk.role.zh, &desk.role.en)) },
            ctx.zh(&desk.place),
            html! { (desk.count) },
            html! { @match desk.due { Some(due) => (ctx.date(due)), None => "—" } },
        ])
    });
    html! { p { (ctx.t("handover-idle-what")) } (table.html()) }
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
