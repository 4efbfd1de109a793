//! Signing out. The session ends on the server; the page asks first when somebody comes by a link.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::cookies::Cookies;
use crate::ctx::Ctx;
use crate::error::{Fault, WebError};
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::session::{SIGN_OUT_PATH, Token};
use crate::state::AppState;
use crate::ui::{Form, actions, button};
use crate::words::word;

/// Asks.
pub(super) async fn show(ctx: Ctx) -> Response {
    let buttons = html! {
        (button::primary(&ctx.t("sign-out"), "leave"))
        (button::link("/", &ctx.t("cancel")))
    };
    Page::new(&ctx, &ctx.t("sign-out"))
        .width(Width::Narrow)
        .body(html! {
            section.card {
                (Form::post(SIGN_OUT_PATH, "leave").html(&ctx, html! {
                    p { (ctx.t("people-sign-out-ask")) }
                    (actions(buttons))
                }))
            }
        })
        .into_response()
}

/// Ends the session.
pub(super) async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, WebError> {
    if let Some(token) = Token::of(&Cookies::of(&headers)) {
        state.app.sign_out(token.expose()).map_err(|fault| Fault::of(&fault))?;
    }
    let mut response = go_with("/", &Flash::done(word("people-signed-out")));
    if let Some(cookie) = Token::gone() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
