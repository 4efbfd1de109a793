//! Pages of registers (台账): which there are, and one of them: its sums level by level and year by year, its lines, as files.

mod one;

#[cfg(test)]
mod tests;

use app::view::registers::RegisterIntro;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{say, shown};
use crate::state::{AppState, Seat};
use crate::ui::cite;

/// The routes of this slice.
pub fn routes() -> Router<AppState> {
    Router::new().route("/registers", get(list)).route("/registers/{id}", get(one::show))
}

async fn list(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let registers = shown(ctx, seat.app().registers(&seat.viewer))?;
    Ok(Page::new(ctx, &ctx.t("reg-title")).body(cards(ctx, &registers)).into_response())
}

/// A card for each register.
fn cards(ctx: &Ctx, registers: &[RegisterIntro]) -> Markup {
    let columns = |register: &RegisterIntro| {
        let names: Vec<&str> = register.columns.iter().map(|name| say(ctx, name)).collect();
        names.join(ctx.pick("、", ", "))
    };
    html! {
        p.hint { (ctx.t("reg-about")) }
        @for register in registers {
            section.card {
                header.card-head {
                    h2 { a href={ "/registers/" (register.id) } { (say(ctx, &register.name)) } }
                    div.card-aside { (cite(&register.cite)) }
                }
                p { (ctx.t_args("reg-holds", &[("of", say(ctx, &register.of).into())])) }
                p.hint { (columns(register)) }
            }
        }
    }
}
