//! The demonstration's own page: the roles to sign in as, and the day, which can be moved forward. Only the demonstration adds it.

use std::sync::Arc;

use axum::Router;
use axum::extract::Extension;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kernel::Date;
use maud::{Markup, html};

use crate::state::AppState;
use crate::ui::{DataTable, Field, Form, Head, actions, button, panel};
use crate::words::word;
use crate::{Ctx, Flash, Page, Submitted, WebError, go_with};

/// A sign-in of the demonstration.
#[derive(Debug, Clone)]
pub struct DemoSignIn {
    /// The role.
    pub role: String,
    /// The role's name, Chinese.
    pub role_zh: String,
    /// The role's name, English.
    pub role_en: String,
    /// The organisation.
    pub org: String,
    /// The person.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The first of its role.
    pub first: bool,
}

/// One of the books that a demonstration shows side by side.
#[derive(Debug, Clone)]
pub struct DemoBook {
    /// Where its pages are.
    pub href: String,
    /// The regulation, Chinese.
    pub title_zh: String,
    /// The regulation, English.
    pub title_en: String,
    /// The place, Chinese.
    pub place_zh: String,
    /// The place, English.
    pub place_en: String,
    /// What can be seen there, Chinese.
    pub shows_zh: String,
    /// What can be seen there, English.
    pub shows_en: String,
    /// The book that the visitor is in.
    pub here: bool,
}

/// What the demonstration offers its visitors.
pub trait DemoStage: Send + Sync {
    /// The books shown side by side; none or one: there is nothing to switch.
    fn books(&self) -> &[DemoBook] {
        &[]
    }
    /// The sign-ins, in order.
    fn sign_ins(&self) -> &[DemoSignIn];
    /// The password of all of them.
    fn password(&self) -> &str;
    /// Moves to the morning of a later day; answers whether it moved.
    fn move_to(&self, day: Date) -> bool;
}

type Stage = Arc<dyn DemoStage>;

/// The pages of the demonstration.
pub fn routes(stage: Stage) -> Router<AppState> {
    Router::new().route("/demo", get(show)).route("/demo/day", post(move_day)).layer(Extension(stage))
}

async fn show(ctx: Ctx, Extension(stage): Extension<Stage>) -> Response {
    page(&ctx, &*stage, "", None).into_response()
}

/// Moves the day forward; a day that is earlier or unreadable is said at the field.
async fn move_day(
    ctx: Ctx,
    Extension(stage): Extension<Stage>,
    form: Submitted,
) -> Result<Response, WebError> {
    let typed = form.get("day");
    match kernel::date::parse_date(typed) {
        Ok(day) if stage.move_to(day) => Ok(go_with("/demo", &Flash::done(word("demo-day-moved")))),
        Ok(_) => Ok(page(&ctx, &*stage, typed, Some(ctx.t("demo-day-back"))).into_response()),
        Err(_) => Ok(page(&ctx, &*stage, typed, Some(ctx.t("demo-day-unreadable"))).into_response()),
    }
}

fn page<'a>(ctx: &'a Ctx, stage: &dyn DemoStage, typed: &str, error: Option<String>) -> Page<'a> {
    let faults = usize::from(error.is_some());
    let (label, hint) = (ctx.t("demo-day"), ctx.t("demo-day-hint"));
    let day = Field::date("day", &label).hint(&hint).value(typed).error(error.as_deref());
    let body = html! {
        p { (ctx.t("demo-about")) }
        (panel(&ctx.t("demo-clock"), Form::post("/demo/day", "move").html(ctx, html! {
            p { (ctx.t_args("demo-now", &[("day", ctx.date(ctx.today).into())])) }
            (day.html(ctx))
            (actions(button::primary(&ctx.t("demo-move"), "move")))
        })))
        p { (ctx.t("demo-password")) " " code { (stage.password()) } }
        (table(ctx, stage))
    };
    Page::new(ctx, &ctx.t("demo-title")).findings(faults).body(body)
}

/// One sign-in a row; a press signs in.
fn table(ctx: &Ctx, stage: &dyn DemoStage) -> Markup {
    let heads = ["demo-role", "demo-org", "demo-person", "demo-login", "demo-go"];
    let heads = heads.iter().map(|id| Head::text(ctx.t(id))).collect();
    let mut table = DataTable::new("demo-people", ctx.t("demo-people"), heads);
    for sign_in in stage.sign_ins() {
        table = table.row(vec![
            html! { (ctx.pick(&sign_in.role_zh, &sign_in.role_en)) },
            ctx.zh(&sign_in.org),
            ctx.zh(&sign_in.name),
            html! { code { (sign_in.login) } },
            enter(ctx, stage, sign_in),
        ]);
    }
    table.html()
}

fn enter(ctx: &Ctx, stage: &dyn DemoStage, sign_in: &DemoSignIn) -> Markup {
    html! {
        form method="post" action="/sign-in" {
            input type="hidden" name="login" value=(sign_in.login);
            input type="hidden" name="password" value=(stage.password());
            button class="button secondary" type="submit" data-login=(sign_in.login)
                data-role=[sign_in.first.then_some(sign_in.role.as_str())] {
                (ctx.t("demo-sign-in"))
                span class="visually-hidden" { " " (sign_in.login) }
            }
        }
    }
}
