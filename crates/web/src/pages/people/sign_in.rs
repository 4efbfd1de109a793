//! Signing in. Keeps where the person wanted to go; says nothing about which of name and password was wrong.

use std::sync::Arc;

use app::signin::{Attempt, Denied, Door, Seated, Secret, SignInError};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::parts::{local, raw, said, with_session};
use super::{beside, home};
use crate::cookies::Cookies;
use crate::ctx::Ctx;
use crate::error::{Fault, WebError};
use crate::flash::Flash;
use crate::guard::throttle::Peer;
use crate::page::{Page, Width, go_with};
use crate::session::{PASSWORD_PATH, SIGN_IN_PATH, Token};
use crate::state::AppState;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, error_summary};
use crate::words::word;

/// The page.
pub(super) async fn show(ctx: Ctx, uri: Uri) -> Response {
    let mut form = Submitted::default();
    let query = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
    let pairs = query.map(|pairs| pairs.0).unwrap_or_default();
    if let Some((_, next)) = pairs.into_iter().find(|(name, _)| name == "next") {
        form.set("next", next);
    }
    page(&ctx, &form, &Findings::none())
}

/// A try.
pub(super) async fn enter(
    State(state): State<AppState>,
    Extension(door): Extension<Arc<Door>>,
    ctx: Ctx,
    peer: Peer,
    headers: HeaderMap,
    form: Submitted,
) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    for (field, missing) in [("login", "people-login-missing"), ("password", "people-password-missing")] {
        if form.get(field).is_empty() {
            findings.add(field, ctx.t(missing));
        }
    }
    if ctx.live.is_live() || !findings.is_empty() {
        return Ok(page(&ctx, &form, &findings));
    }
    state.shell.throttle().try_now(form.get("login"), peer.0)?;
    let token = Token::fresh()?;
    match attempt(&state, door, &form, &token).await? {
        Ok(seated) => {
            state.shell.throttle().was_right(form.get("login"));
            if let Some(before) = Token::of(&Cookies::of(&headers)) {
                state.app.sign_out(before.expose()).map_err(|fault| Fault::of(&fault))?;
            }
            Ok(with_session(arrive(&state, &seated, &form)?, &token, state.shell.transport()))
        }
        Err(denied) => {
            findings.add("login", said(&ctx, denied.say()));
            Ok(page(&ctx, &form, &findings))
        }
    }
}

async fn attempt(
    state: &AppState,
    door: Arc<Door>,
    form: &Submitted,
    token: &Token,
) -> Result<Result<Seated, Denied>, WebError> {
    let (app, token) = (state.app.clone(), token.clone());
    let (login, password) = (form.get("login").to_owned(), raw(form, "password").to_owned());
    let tried = beside(move || {
        app.sign_in(&door, Attempt { login: &login, password: Secret(&password), token: token.expose() })
    });
    match tried.await? {
        Ok(seated) => Ok(Ok(seated)),
        Err(SignInError::Denied(denied)) => Ok(Err(denied)),
        Err(SignInError::Fault(fault)) => Err(Fault::of(&fault).into()),
    }
}

/// Where the person goes: first a password of one's own, then where one wanted to go, then the choice of a role.
fn arrive(state: &AppState, seated: &Seated, form: &Submitted) -> Result<Response, WebError> {
    if seated.must_change {
        return Ok(go_with(PASSWORD_PATH, &Flash::note(word("people-first-password-note"))));
    }
    if let Some(next) = local(form.get("next")) {
        return Ok(Redirect::to(next).into_response());
    }
    let row = state.app.reads.person(seated.session.person).map_err(|fault| Fault::of(&fault))?;
    if row.is_some_and(|person| person.roles.len() > 1) {
        return Ok(go_with("/account", &Flash::note(word("people-choose-role-note"))));
    }
    Ok(Redirect::to(home(&seated.viewer)).into_response())
}

fn page(ctx: &Ctx, form: &Submitted, findings: &Findings) -> Response {
    let (login, password) = (ctx.t("people-login"), ctx.t("people-password"));
    let fields = html! {
        @if let Some(next) = local(form.get("next")) { input type="hidden" name="next" value=(next); }
        (Field::login("login", &login).value(form.get("login")).error(findings.at("login")).html(ctx))
        (Field::password("password", &password).error(findings.at("password")).html(ctx))
        (actions(button::primary(&ctx.t("sign-in"), "enter")))
    };
    Page::new(ctx, &ctx.t("sign-in"))
        .width(Width::Narrow)
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            section.card { (Form::post(SIGN_IN_PATH, "enter").html(ctx, fields)) }
            section.card {
                p { (ctx.t("people-sign-in-enterprise")) " " a href="/register" { (ctx.t("people-register")) } }
                p.hint { (ctx.t("people-sign-in-help")) }
            }
        })
        .into_response()
}
