//! One act: its exact stored line, its hash, and the proof that it is in the log.

use app::access::Right;
use app::view::{ActPage, TREE_MAX};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::beside;
use super::journal::{subject, when, who};

use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::pages::shared::{article, id, require, say, shown};
use crate::state::Seat;
use crate::ui::{Badge, SummaryList, badge, button, panel};

/// The page.
pub(super) async fn show(seat: Seat, Path(seq): Path<String>) -> Result<Response, WebError> {
    require(&seat, &[Right::SeeJournal])?;
    let seq: u64 = id(&seq)?;
    let ctx = &seat.ctx;
    let app = seat.app().clone();
    let view = shown(ctx, beside(move || app.journal_act(seq)).await?)?.or_not_found()?;
    let line = &view.line;
    let envelope = SummaryList::new()
        .row(ctx.t("commission-what"), html! { (say(ctx, &line.what)) " " code { (line.kind) } })
        .row(ctx.t("commission-when"), html! { (when(ctx, line.at)) })
        .row(ctx.t("commission-who"), who(ctx, line))
        .row(ctx.t("commission-subject"), html! { (subject(ctx, &line.subject)) " " code { (view.stream) } })
        .row(
            ctx.t("commission-article"),
            html! {
                @if line.cite.is_empty() { (ctx.t("commission-none")) } @else { (article(&line.cite)) }
            },
        )
        .row(
            ctx.t("commission-edition"),
            html! {
                @if line.edition.is_empty() { (ctx.t("commission-none")) } @else { (line.edition) }
                @if let Some(hash) = &view.pack_hash { div.hash { code { (hash) } } }
            },
        );
    let body = html! {
        (panel(&ctx.t("commission-act"), envelope.html(ctx)))
        (panel(&ctx.t("commission-stored"), html! {
            p.hint { (ctx.t("commission-stored-about")) }
            p.hash { code lang="zh-CN" { (view.stored) } }
        }))
        (panel(&ctx.t("commission-proof"), proof(ctx, &view)))
        div.actions {
            @if seq > 0 { (button::link(&format!("/journal/{}", seq - 1), &ctx.t("commission-act-before"))) }
            @if seq + 1 < view.head.size { (button::link(&format!("/journal/{}", seq + 1), &ctx.t("commission-act-after"))) }
        }
    };
    Ok(Page::new(ctx, &ctx.t_args("commission-act-title", &[("seq", seq.to_string().into())]))
        .crumb("/journal", ctx.t("commission-journal"))
        .body(body)
        .into_response())
}

/// The way from the act's hash up to the head's root.
fn proof(ctx: &Ctx, view: &ActPage) -> Markup {
    let Some(proof) = &view.proof else {
        return html! { p { (ctx.t_args("commission-proof-too-long", &[("tree", TREE_MAX.to_string().into())])) " " code { "qingqu verify" } } };
    };
    let (colour, words) = if proof.holds {
        (Badge::Green, "commission-proof-holds")
    } else {
        (Badge::Red, "commission-proof-fails")
    };
    html! {
        p { (badge(colour, &ctx.t(words))) " "
            (ctx.t_args("commission-proof-about", &[("hash", proof.hash.name().into()), ("size", view.head.size.to_string().into())])) }
        (SummaryList::new()
            .row(ctx.t("commission-leaf"), html! { span.hash { code { (proof.leaf) } } })
            .row(ctx.t("commission-path"), html! {
                ol.hash { @for one in &proof.path { li { code { (one) } } } }
            })
            .row(ctx.t("commission-journal-root"), html! { span.hash { code { (view.head.root) } } })
            .html(ctx))
    }
}
