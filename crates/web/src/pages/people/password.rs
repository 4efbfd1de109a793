//! Changing one's own password; with a first password, the only page there is.

use std::sync::Arc;

use app::accounts::{NewPassword, PasswordError};
use app::password::LENGTH_MIN;
use app::signin::{Door, Secret};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::parts::{Fields, raw, refused, said, with_session};
use super::{beside, home};
use crate::cookies::Cookies;
use crate::ctx::{Ctx, Signed};
use crate::error::{Fault, WebError};
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::key_of_act;
use crate::session::{PASSWORD_PATH, Token};
use crate::state::AppState;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary};
use crate::words::word;

/// The page.
pub(super) async fn show(State(state): State<AppState>, Signed { ctx, viewer }: Signed) -> Response {
    let key = key_of_act(&state, &Submitted::default(), "change");
    page(&ctx, &key, First::of(viewer.password_expired), &Findings::none())
}

/// The change.
pub(super) async fn change(
    State(state): State<AppState>,
    Extension(door): Extension<Arc<Door>>,
    Signed { ctx, viewer }: Signed,
    headers: HeaderMap,
    form: Submitted,
) -> Result<Response, WebError> {
    let (key, first) = (key_of_act(&state, &form, "change"), First::of(viewer.password_expired));
    let mut findings = Findings::none();
    for (field, missing) in [
        ("old", "people-old-password-missing"),
        ("new", "people-new-password-missing"),
        ("again", "people-again-missing"),
    ] {
        if raw(&form, field).is_empty() {
            findings.add(field, ctx.t(missing));
        }
    }
    if findings.is_empty() && raw(&form, "new") != raw(&form, "again") {
        findings.add("again", ctx.t("people-again-differs"));
    }
    if ctx.live.is_live() || !findings.is_empty() {
        return Ok(page(&ctx, &key, first, &findings));
    }
    let lost = || WebError::SignInNeeded { next: PASSWORD_PATH.to_owned() };
    let (before, token) = (Token::of(&Cookies::of(&headers)).ok_or_else(lost)?, Token::fresh()?);
    let (app, next, act_key) = (state.app.clone(), token.clone(), key.clone());
    let (old, new) = (raw(&form, "old").to_owned(), raw(&form, "new").to_owned());
    let changed = beside(move || {
        let Some(seated) = app.session(before.expose())? else { return Ok(None) };
        let asked = NewPassword { old: Secret(&old), new: Secret(&new), key: &act_key, token: next.expose() };
        app.change_password(&door, &seated, asked).map(|()| Some(home(&seated.viewer)))
    });
    match changed.await? {
        Ok(None) => Err(lost()),
        Ok(Some(home)) => {
            let response = go_with(home, &Flash::done(word("people-password-changed")));
            Ok(with_session(response, &token, state.shell.transport()))
        }
        Err(error) => {
            match error {
                PasswordError::Weak(weak) => findings.add("new", said(&ctx, weak.say())),
                PasswordError::Denied(denied) => findings.add("old", said(&ctx, old_wrong(&ctx, denied))),
                PasswordError::Failure(app::Failure::Fault(fault)) => return Err(Fault::of(&fault).into()),
                PasswordError::Failure(failure) => {
                    refused(&ctx, &mut findings, failure, Fields::only("new"))?;
                }
            }
            Ok(page(&ctx, &key, first, &findings))
        }
    }
}

fn old_wrong(ctx: &Ctx, denied: app::signin::Denied) -> (String, String) {
    match denied {
        app::signin::Denied::Wrong { left } => {
            let text = ctx.t_args("people-old-password-wrong", &[("left", left.into())]);
            (text.clone(), text)
        }
        locked @ app::signin::Denied::Locked { .. } => locked.say(),
    }
}

/// Whether it is the first password.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Yes,
    No,
}

impl First {
    fn of(expired: bool) -> Self {
        if expired { Self::Yes } else { Self::No }
    }
}

fn page(ctx: &Ctx, key: &str, first: First, findings: &Findings) -> Response {
    let label = |id: &str| ctx.t(id);
    let old = label(if first == First::Yes { "people-first-password" } else { "people-old-password" });
    let (new, again) = (label("people-new-password"), label("people-new-password-again"));
    let rule = ctx.t_args("people-password-rule", &[("least", LENGTH_MIN.into())]);
    let fields = html! {
        @if first == First::Yes { p { (ctx.t("people-first-password-why")) } }
        (Field::password("old", &old).error(findings.at("old")).html(ctx))
        (Field::new_password("new", &new).hint(&rule).error(findings.at("new")).html(ctx))
        (Field::new_password("again", &again).error(findings.at("again")).html(ctx))
        (actions(button::primary(&ctx.t("people-password-set"), "change")))
    };
    let title = label(if first == First::Yes { "people-first-password-title" } else { "change-password" });
    Page::new(ctx, &title)
        .width(Width::Narrow)
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            section.card { (Form::post(PASSWORD_PATH, "change").key(key).html(ctx, fields)) }
        })
        .into_response()
}
