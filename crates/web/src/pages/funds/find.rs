//! `/trace`: where to begin following money: the number of a payment, a document, a project or a claim.

use app::view::money::Found;
use axum::extract;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::links;
use crate::pages::shared::{Query, asked, require, say, shown};
use crate::state::Seat;
use crate::ui::{Field, FilterBar, empty_state, panel};

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let text = asked(&query.0, "q");
    let found = match &text {
        Some(text) => Some(shown(ctx, seat.app().trace_find(&seat.viewer, text))?),
        None => None,
    };
    let field = Field::text("q", &ctx.t("funds-trace-number")).value(text.as_deref().unwrap_or("")).html(ctx);
    let body = html! {
        (FilterBar::new("/trace").field(field).html(ctx))
        @match &found {
            Some(found) if *found == Found::default() => (empty_state(&ctx.t("funds-trace-none"), &ctx.t("funds-trace-about"), html! {})),
            Some(found) => (results(ctx, found)),
            None => (panel(&ctx.t("funds-trace-how"), html! {
                ul.plain-list {
                    li { (ctx.t("funds-trace-forward-about")) }
                    li { (ctx.t("funds-trace-backward-about")) }
                }
                p { a href="/sources" { (ctx.t("funds-sources")) } @if links::sees_batches(ctx) { " · " a href="/batches" { (ctx.t("funds-batches")) } } }
            })),
        }
    };
    Ok(Page::new(ctx, &ctx.t("funds-trace")).crumb("/funds", ctx.t("funds-title")).body(body).into_response())
}

fn results(ctx: &Ctx, found: &Found) -> Markup {
    html! {
        (panel(&ctx.t("funds-trace-found"), html! {
            ul.mend-list {
                @if let Some((batch, line)) = found.payment {
                    li { a href={ "/trace/payment/" (batch) "/" (line) } { (ctx.t_args("funds-trace-payment", &[("batch", batch.to_string().into()), ("line", line.into())])) } }
                }
                @for source in &found.sources {
                    li {
                        a href={ "/trace/source/" (source.row.source) } { (ctx.zh(&source.row.document)) }
                        p.hint { (say(ctx, &source.fund)) " · " (say(ctx, &source.kind)) " · " (ctx.zh(&source.row.purpose)) }
                    }
                }
                @for (project, number, name) in &found.projects {
                    li { a href={ "/projects/" (project) "?tab=money" } { (number) " " (ctx.zh(name)) } p.hint { (ctx.t("funds-trace-project")) } }
                }
                @for (claim, number, name) in &found.claims {
                    li { (links::claim(ctx, claim, html! { (number) })) p.hint { (ctx.t("funds-trace-claim")) " · " (ctx.zh(name)) } }
                }
            }
        }))
    }
}
