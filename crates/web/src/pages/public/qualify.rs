//! “Do I qualify?”: the questions on the left, what the rules say on the right. GET with the answers in the address or POST
//! from the form; nothing is written and nobody is asked who it is.

use app::view::Qualified;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::html;

use super::ask::{address, findings, questions, typed};
use super::said::{beneath, panel_of};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{Form, actions, button, error_summary};

const PATH: &str = "/qualify";

/// The page with the answers of the address.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    answer(&state, &ctx, &pairs.into_iter().collect())
}

/// The page with the answers of the form.
pub(super) async fn look(
    State(state): State<AppState>,
    ctx: Ctx,
    form: Submitted,
) -> Result<Response, WebError> {
    answer(&state, &ctx, &form)
}

fn answer(state: &AppState, ctx: &Ctx, form: &Submitted) -> Result<Response, WebError> {
    let pack = state.app.pack().map_err(|failure| web_error(ctx, failure))?;
    let form = if form.act() == "clear" { &Submitted::default() } else { form };
    let qualified = state.app.qualify(&typed(&pack, form)).map_err(|failure| web_error(ctx, failure))?;
    Ok(page(ctx, &qualified).into_response())
}

/// The page of an evaluation.
pub(super) fn page<'c>(ctx: &'c Ctx, qualified: &Qualified) -> Page<'c> {
    let found = findings(ctx, qualified);
    let fields = html! {
        div.desk {
            div {
                (questions(ctx, qualified))
                (actions(html! {
                    (button::primary(&ctx.t("qualify-show"), "show"))
                    (button::secondary(&ctx.t("qualify-clear"), "clear"))
                    span data-part="share" { (button::link(&address(PATH, qualified), &ctx.t("qualify-share"))) }
                }))
            }
            aside.sticky aria-label=(ctx.t("qualify-panel")) tabindex="0" { (panel_of(ctx, qualified)) }
        }
    };
    let body = html! {
        p.lead { (ctx.t("qualify-about")) }
        // While somebody types, a message at its field is enough; a summary would take the focus.
        div data-part="findings" { @if !ctx.live.is_live() { (error_summary(ctx, &found)) } }
        (Form::post(PATH, "show").live().html(ctx, fields))
        (beneath(ctx, qualified))
    };
    Page::new(ctx, &ctx.t("qualify-title"))
        .caption(ctx.pick(&qualified.pack.title.zh, &qualified.pack.title.en))
        .findings(found.count())
        .body(body)
}
