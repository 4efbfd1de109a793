//! The demonstration's own page: the roles to sign in as, and the day, which can be moved forward.

use super::cast::{PASSWORD, SignIn};
use crate::clock::DemoClock;
use axum::Router;
use axum::extract::Extension;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;
use web::ui::{Field, Form, actions, button, panel};
use web::{AppState, Ctx, Flash, Page, Submitted, WebError, go_with, word};

/// What the pages need.
#[derive(Clone)]
struct Stage {
    clock: Arc<DemoClock>,
    sign_ins: Arc<Vec<SignIn>>,
}

/// The pages of the demonstration.
pub fn pages(clock: Arc<DemoClock>, sign_ins: Vec<SignIn>) -> Router<AppState> {
    Router::new()
        .route("/demo", get(show))
        .route("/demo/day", post(move_day))
        .layer(Extension(Stage { clock, sign_ins: Arc::new(sign_ins) }))
}

async fn show(ctx: Ctx, Extension(stage): Extension<Stage>) -> Response {
    page(&ctx, &stage, "", None).into_response()
}

/// Moves the day forward; a day that is earlier or unreadable is said at the field.
async fn move_day(ctx: Ctx, Extension(stage): Extension<Stage>, form: Submitted) -> Result<Response, WebError> {
    let typed = form.get("day");
    match kernel::date::parse_date(typed) {
        Ok(day) if day > ctx.today => {
            stage.clock.advance_to_day(day);
            Ok(go_with("/demo", &Flash::done(word("demo-day-moved"))))
        }
        Ok(_) => Ok(page(&ctx, &stage, typed, Some(ctx.t("demo-day-back"))).into_response()),
        Err(_) => Ok(page(&ctx, &stage, typed, Some(ctx.t("demo-day-unreadable"))).into_response()),
    }
}

fn page(ctx: &Ctx, stage: &Stage, typed: &str, error: Option<String>) -> Page {
    let faults = usize::from(error.is_some());
    let day = Field::date("day", ctx.t("demo-day")).hint(ctx.t("demo-day-hint")).value(typed).error(error.as_deref());
    let body = html! {
        p { (ctx.t("demo-about")) }
        (panel(&ctx.t("demo-people"), table(ctx, &stage.sign_ins)))
        (panel(&ctx.t("demo-clock"), Form::post("/demo/day", "move").html(ctx, html! {
            p { (ctx.t_args("demo-now", &[("day", ctx.date(ctx.today).into())])) }
            (day.html(ctx))
            (actions(button::primary(&ctx.t("demo-move"), "move")))
        })))
    };
    Page::new(ctx, ctx.t("demo-title")).findings(faults).body(body)
}

/// One sign-in a row; a press signs in.
fn table(ctx: &Ctx, sign_ins: &[SignIn]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(ctx.t("demo-people")) {
            table class="data" {
                thead { tr {
                    th scope="col" { (ctx.t("demo-role")) }
                    th scope="col" { (ctx.t("demo-org")) }
                    th scope="col" { (ctx.t("demo-person")) }
                    th scope="col" { (ctx.t("demo-login")) }
                    th scope="col" { (ctx.t("demo-go")) }
                } }
                tbody {
                    @for sign_in in sign_ins {
                        tr {
                            th scope="row" { (ctx.pick(&sign_in.role_zh, &sign_in.role_en)) }
                            td { (ctx.zh(&sign_in.org)) }
                            td { (ctx.zh(&sign_in.name)) }
                            td { code { (sign_in.login) } }
                            td {
                                form method="post" action="/sign-in" {
                                    input type="hidden" name="login" value=(sign_in.login);
                                    input type="hidden" name="password" value=(PASSWORD);
                                    button class="button secondary" type="submit"
                                        data-role=[sign_in.first.then_some(sign_in.role.as_str())]
                                        data-login=(sign_in.login) {
                                        (ctx.t("demo-sign-in"))
                                        span class="visually-hidden" { " " (sign_in.login) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        p { (ctx.t("demo-password")) " " code { (PASSWORD) } }
    }
}
