//! `/trace/payment/{batch}/{line}`: from a payment back to the documents that its money came by.

use app::view::money::{Backward, SourceLine};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::BatchId;
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::links;
use crate::pages::shared::{id, require, say, shown, yuan};
use crate::state::Seat;
use crate::ui::{icon, panel};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((batch, line)): Path<(String, String)>,
) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let view = seat.app().follow_backward(&seat.viewer, id::<BatchId>(&batch)?, id(&line)?);
    let view = shown(ctx, view)?;
    Ok(Page::new(ctx, &ctx.t("funds-follow-backward"))
        .crumb("/funds", ctx.t("funds-title"))
        .crumb("/trace", ctx.t("funds-trace"))
        .caption(view.payment.row.end_to_end.clone())
        .body(tree(ctx, &view))
        .into_response())
}

/// The payment, and under it the claim, the project and the sources.
pub(super) fn tree(ctx: &Ctx, view: &Backward) -> Markup {
    let (payment, row) = (&view.payment, &view.payment.row);
    html! {
        (verdict(ctx, view))
        (panel(&ctx.t("funds-tree"), html! {
            ul.tree {
                li.tree-root {
                    div.tree-node {
                        span { (ctx.zh(&row.payee_name)) " " (payment.account) }
                        span.amount { (yuan(ctx, row.amount)) }
                        span.hint {
                            (say(ctx, &payment.state)) @if let Some(on) = row.on { " " (ctx.date(on)) }
                            " · " (links::batch(ctx, row.batch, html! { (ctx.t_args("funds-trace-payment", &[("batch", row.batch.to_string().into()), ("line", row.line.into())])) }))
                        }
                    }
                    ul {
                        li {
                            div.tree-node { (links::claim(ctx, row.claim, html! { span { (ctx.t_args("funds-claim-no", &[("number", payment.claim.as_str().into())])) } })) span.amount { (yuan(ctx, row.amount)) } }
                            ul {
                                li {
                                    div.tree-node { a href={ "/projects/" (row.project) } { (ctx.zh(&payment.project)) } span.amount { (yuan(ctx, row.amount)) } }
                                    ul { @for (source, amount) in &view.sources { (leaf(ctx, source, *amount)) } }
                                }
                            }
                        }
                    }
                }
            }
        }))
        p.hint { (ctx.t("funds-tree-back-about")) }
    }
}

fn verdict(ctx: &Ctx, view: &Backward) -> Markup {
    let found = Money::sum(view.sources.iter().map(|(_, amount)| *amount)).unwrap_or(Money::MAX);
    let whole = view.payment.row.amount;
    html! {
        @if found == whole {
            div.flash.green role="status" { (icon::CHECK) p { (ctx.t_args("funds-all-sources-found", &[("amount", yuan(ctx, whole).into())])) } }
        } @else {
            div.flash.amber role="status" { (icon::WARNING) p { (ctx.t_args("funds-not-all-found", &[("amount", yuan(ctx, whole).into()), ("found", yuan(ctx, found).into())])) } }
        }
    }
}

fn leaf(ctx: &Ctx, source: &SourceLine, amount: Money) -> Markup {
    let row = &source.row;
    html! {
        li {
            div.tree-node {
                a href={ "/trace/source/" (row.source) } { (ctx.zh(&row.document)) }
                span.amount { (yuan(ctx, amount)) }
                span.hint { (say(ctx, &source.fund)) " · " (say(ctx, &source.kind)) " · " (say(ctx, &source.level)) " · " (ctx.zh(&row.purpose)) " · " (ctx.date(row.on)) }
            }
        }
    }
}
