//! `/trace/source/{id}`: from the document of a source down to everybody who was paid out of it.

use app::view::money::{Forward, PayeeBranch, ProjectBranch};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::SourceId;
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::links;
use crate::pages::shared::{id, require, say, shown, yuan};
use crate::state::Seat;
use crate::ui::{button, icon, panel};

/// The page.
pub(super) async fn show(seat: Seat, Path(source): Path<String>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().follow_forward(&seat.viewer, id::<SourceId>(&source)?))?;
    let row = &view.source.row;
    Ok(Page::new(ctx, &ctx.t("funds-follow-forward"))
        .crumb("/funds", ctx.t("funds-title"))
        .crumb("/trace", ctx.t("funds-trace"))
        .caption(row.document.clone())
        .beside_title(button::link(&format!("/sources/{}", row.source), &ctx.t("funds-source-page")))
        .body(tree(ctx, &view))
        .into_response())
}

/// The whole tree with what it adds up to.
pub(super) fn tree(ctx: &Ctx, view: &Forward) -> Markup {
    let row = &view.source.row;
    html! {
        (verdict(ctx, view))
        (panel(&ctx.t("funds-tree"), html! {
            ul.tree {
                li.tree-root {
                    (node(html! { a href={ "/sources/" (row.source) } { (ctx.zh(&row.document)) } }, ctx, row.stands(), html! {
                        (say(ctx, &view.source.kind)) " · " (say(ctx, &view.source.level)) " · " (ctx.zh(&row.purpose)) " · "
                        (ctx.t_args("funds-received-is", &[("amount", yuan(ctx, row.received).into()), ("pool", yuan(ctx, view.pool).into())]))
                    }))
                    ul {
                        @if !view.unallotted.is_zero() { li { (node(html! { (ctx.t("funds-quota")) }, ctx, view.unallotted, html! { (ctx.t("funds-quota-formula")) })) } }
                        @for project in &view.projects { (branch(ctx, project)) }
                    }
                }
            }
        }))
        p.hint { (ctx.t("funds-tree-about")) }
    }
}

/// Whether every fen of the budget is found in a branch.
fn verdict(ctx: &Ctx, view: &Forward) -> Markup {
    let branches = view.projects.iter().map(|project| project.amount);
    let found = Money::sum(branches.chain([view.unallotted])).unwrap_or(Money::MAX);
    let stands = view.source.row.stands();
    html! {
        @if view.complete() {
            div.flash.green role="status" { (icon::CHECK) p { (ctx.t_args("funds-all-found", &[("amount", yuan(ctx, stands).into())])) } }
        } @else {
            div.flash.amber role="status" { (icon::WARNING) p { (ctx.t_args("funds-not-all-found", &[("amount", yuan(ctx, stands).into()), ("found", yuan(ctx, found).into())])) } }
        }
    }
}

fn node(name: Markup, ctx: &Ctx, amount: Money, about: Markup) -> Markup {
    html! {
        div.tree-node {
            span { (name) }
            span.amount { (yuan(ctx, amount)) }
            @if !about.0.is_empty() { span.hint { (about) } }
        }
    }
}

fn branch(ctx: &Ctx, project: &ProjectBranch) -> Markup {
    let states = html! {
        @for (at, (state, amount)) in project.states.iter().enumerate() {
            @if at > 0 { " · " }
            (say(ctx, state)) " " (amount.grouped())
        }
    };
    let name =
        html! { a href={ "/projects/" (project.project) } { (project.number) " " (ctx.zh(&project.name)) } };
    html! {
        li {
            (node(name, ctx, project.amount, states))
            @if !project.payees.is_empty() { ul { @for payee in &project.payees { (leaf(ctx, payee)) } } }
        }
    }
}

fn leaf(ctx: &Ctx, payee: &PayeeBranch) -> Markup {
    let paid =
        payee.payments.iter().filter(|(payment, _)| payment.row.state == "paid").map(|(_, part)| *part);
    let back = Money::sum(paid).and_then(|paid| paid.checked_sub(payee.amount)).unwrap_or(Money::ZERO);
    let about = html! {
        (ctx.t("funds-payee-has"))
        @if !back.is_zero() { " · " (ctx.t_args("funds-payee-returned", &[("amount", yuan(ctx, back).into())])) }
    };
    html! {
        li {
            (node(ctx.zh(&payee.name), ctx, payee.amount, about))
            @if !payee.payments.is_empty() {
                ul {
                    @for (payment, part) in &payee.payments {
                        @let row = &payment.row;
                        li {
                            (node(html! { a href={ "/trace/payment/" (row.batch) "/" (row.line) } { (row.end_to_end) } }, ctx, *part, html! {
                                (say(ctx, &payment.state)) @if let Some(on) = row.on { " " (ctx.date(on)) }
                                " · " (links::claim(ctx, row.claim, html! { (payment.claim) }))
                                " · " (ctx.t_args("funds-payment-whole", &[("amount", yuan(ctx, row.amount).into())]))
                            }))
                        }
                    }
                }
            }
        }
    }
}
