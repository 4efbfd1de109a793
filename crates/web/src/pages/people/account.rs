//! One's own account: who one is, in which role, and the sessions on other screens.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use kernel::id::OrgId;
use maud::{Markup, html};

use super::parts::local;
use super::{home, lend};
use crate::cookies::Cookies;
use crate::error::{OrFault, WebError};
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::session::{PASSWORD_PATH, SIGN_OUT_PATH, Token};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Form, Head, SummaryList, actions, badge, button, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let viewer = &seat.viewer;
    let who = SummaryList::new()
        .row(ctx.t("people-name"), ctx.zh(&viewer.name))
        .row(ctx.t("people-login"), html! { code { (viewer.login) } })
        .row(ctx.t("people-org"), ctx.zh(&viewer.org_name))
        .row(ctx.t("people-role-now"), html! { (ctx.pick(&viewer.role_zh, &viewer.role_en)) })
        .row_to_change(ctx.t("people-password"), html! { "••••••••••" }, PASSWORD_PATH);
    let elsewhere = html! {
        p { (ctx.t("people-sessions-about")) }
        div.actions {
            (Form::post("/account", "elsewhere").html(ctx, button::secondary(&ctx.t("people-sessions-end"), "elsewhere")))
            (Form::post(SIGN_OUT_PATH, "leave").html(ctx, button::secondary(&ctx.t("sign-out"), "leave")))
        }
    };
    let body = html! {
        (panel(&ctx.t("people-who"), who.html(ctx)))
        (panel(&ctx.t("people-my-roles"), roles(&seat)?))
        (panel(&ctx.t("people-sessions"), elsewhere))
    };
    Ok(Page::new(ctx, &ctx.t("people-account")).body(body).into_response())
}

fn roles(seat: &Seat) -> Result<Markup, WebError> {
    let (ctx, viewer) = (&seat.ctx, &seat.viewer);
    let held = seat.app().held_roles(viewer.person).map_err(|failure| web_error(ctx, failure))?;
    let heads = ["people-role", "people-org", "people-role-switch"];
    let heads = heads.iter().map(|head| Head::text(ctx.t(head))).collect();
    let mut table = DataTable::new("roles", ctx.t("people-my-roles"), heads).quiet_caption();
    for role in &held {
        let now = role.held.org == viewer.org && role.held.role == viewer.role;
        let value = format!("switch:{}:{}", role.held.org, role.held.role);
        let switch = html! {
            @if now { (badge(Badge::Green, &ctx.t("people-role-current"))) }
            @else {
                (Form::post("/account", &value).html(ctx, html! {
                    button.button type="submit" name="act" value=(value) {
                        (ctx.t("people-role-take")) span.sr-only { (ctx.pick(&role.name.zh, &role.name.en)) }
                    }
                }))
            }
        };
        let name = html! {
            (ctx.pick(&role.name.zh, &role.name.en))
            @if !role.of.is_empty() { " " (badge(Badge::Blue, &ctx.t_args("lend-of", &[("name", (&*role.of).into())]))) }
        };
        table = table.row(vec![name, ctx.zh(&role.org_name), switch]);
    }
    Ok(html! {
        (table.html())
        (actions(html! {
            (button::link_primary(home(viewer), &ctx.t("people-go-on")))
            (button::link(lend::PATH, &ctx.t("lend-title")))
            (button::link(&format!("/handover/{}/{}", viewer.person, viewer.org), &ctx.t("handover-title")))
        }))
    })
}

/// Takes another role and goes where it is needed, or ends the sessions on other screens.
pub(super) async fn act(seat: Seat, headers: HeaderMap, form: Submitted) -> Result<Response, WebError> {
    let lost = || WebError::SignInNeeded { next: "/account".to_owned() };
    let token = Token::of(&Cookies::of(&headers)).ok_or_else(lost)?;
    let app = seat.app();
    if form.act() == "elsewhere" {
        app.sign_out_elsewhere(token.expose()).or_fault()?;
        return Ok(go_with("/account", &Flash::done(word("people-sessions-ended"))));
    }
    let wanted = form.act().strip_prefix("switch:").and_then(|rest| rest.split_once(':'));
    let parsed = wanted.and_then(|(org, role)| Some((org.parse::<OrgId>().ok()?, role)));
    let Some((org, role)) = parsed else {
        return Err(WebError::Unreadable { operator: "no act of the account page".to_owned() });
    };
    if !app.switch_role(token.expose(), org, role).or_fault()? {
        return Err(WebError::Forbidden);
    }
    let viewer =
        app.viewer(seat.viewer.person, org, role).map_err(|failure| web_error(&seat.ctx, failure))?;
    let viewer = viewer.ok_or_else(lost)?;
    let name = seat.ctx.pick(&viewer.role_zh, &viewer.role_en).to_owned();
    let next = local(form.get("next")).unwrap_or_else(|| home(&viewer));
    Ok(go_with(next, &Flash::done(word("people-role-taken")).with("role", name)))
}
