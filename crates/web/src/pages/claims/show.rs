//! `/claims/{id}`: one claim: its bills, what each payee receives out of which sources, its steps and what happened.

use app::view::money::{BillNow, ClaimPage, ClaimPayment as Payment, ShareNow, StepNow, TieSaid};
use app::view::pack::Act;
use app::view::state::OutcomeKind;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::ClaimId;
use maud::{Markup, html};

use super::parts::{claim_badge, notice, sees_claims};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::links;
use crate::pages::shared::{fund_side, id, open_steps, say, shown, steps, total, trail};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, badge, button, empty_state, panel};

/// The page.
pub(super) async fn show(seat: Seat, Path(claim): Path<String>) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let claim: ClaimId = id(&claim)?;
    let view = shown(&seat.ctx, seat.app().claim_page(&seat.viewer, claim))?;
    Ok(page(&seat, &view))
}

/// What the page says under its title.
pub(super) fn body(ctx: &Ctx, view: &ClaimPage) -> Markup {
    let row = &view.line.row;
    html! {
        (project(ctx, view))
        (said(ctx, view))
        (next(ctx, view))
        (panel(&ctx.t("claim-bills-head"), bills(ctx, view)))
        (panel(&ctx.t("claim-payees-head"), payees(ctx, view)))
        (panel(&ctx.t("steps-title"), steps(ctx, &view.steps, |step| href(view, step))))
        (panel(&ctx.t("trail-title"), trail(ctx, &view.trail)))
        div.actions {
            (button::link(&format!("/claims/{}/print", row.claim), &ctx.t("claim-print")))
            @if view.may_withdraw {
                (button::link(&format!("/claims/{}/withdraw", row.claim), &ctx.t("claim-withdraw")))
            }
        }
    }
}

fn page(seat: &Seat, view: &ClaimPage) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let caption = format!("{} · {}", view.line.unit, say(ctx, &view.line.purpose));
    Page::new(ctx, &row.number)
        .width(Width::Wide)
        .crumb("/claims", ctx.t("claim-title"))
        .caption(caption)
        .beside_title(claim_badge(ctx, &row.standing, &view.line.standing))
        .body(body(ctx, view))
        .into_response()
}

/// Where a step of this claim is done.
pub(super) fn href(view: &ClaimPage, step: &StepNow) -> String {
    let claim = view.line.row.claim;
    if step.step.act == Act::Claim {
        format!("/claims/{claim}/edit")
    } else {
        format!("/claims/{claim}/do/{}", step.step.id)
    }
}

/// The project whose money it is, to be opened, with the fund.
fn project(ctx: &Ctx, view: &ClaimPage) -> Markup {
    let (row, line) = (&view.project.row, &view.project);
    html! {
        p {
            (ctx.t("claim-project")) "："
            a href={ "/projects/" (row.project) } { (ctx.zh(&row.number)) " " (ctx.zh(&row.name)) }
            " · " (fund_side(ctx, &line.fund, &line.side))
        }
    }
}

/// Why it came back, was refused or withdrawn.
fn said(ctx: &Ctx, view: &ClaimPage) -> Markup {
    let back = view.trail.iter().rev().find(|line| line.done.kind == OutcomeKind::Return);
    let ended = view.trail.last().filter(|line| line.done.kind == OutcomeKind::End);
    html! {
        @if let Some(why) = &view.withdrawn {
            (notice(Badge::Grey, &ctx.t("claim-withdrawn"), ctx.zh(why)))
        }
        @if let (Some(back), "returned") = (back, view.line.row.standing.as_str()) {
            (notice(Badge::Amber, &ctx.t("claim-returned"), ctx.zh(&back.done.opinion)))
        }
        @if let Some(ended) = ended {
            (notice(Badge::Red, &ctx.t("claim-refused"), ctx.zh(&ended.done.opinion)))
        }
    }
}

/// What this person can do now, or why another must.
fn next(ctx: &Ctx, view: &ClaimPage) -> Markup {
    html! {
        @for step in open_steps(&view.steps).filter(|step| step.mine) {
            @match view.barred.iter().find(|(id, _)| *id == step.step.id) {
                Some((_, own)) => (notice(Badge::Amber, &ctx.t("claim-another"),
                    ctx.t_args("claim-another-about", &[
                        ("own", say(ctx, own).to_owned().into()), ("step", say(ctx, &step.step.name).to_owned().into()),
                    ]))),
                None => p { (button::link_primary(&href(view, step), say(ctx, &step.step.name))) },
            }
        }
    }
}

fn bills(ctx: &Ctx, view: &ClaimPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("claim-bill")),
        Head::text(ctx.t("claim-budget-line")),
        Head::text(ctx.t("claim-payee")),
        Head::text(ctx.t("claim-dated")),
        Head::amount(ctx.t("claim-asked-yuan")),
        Head::amount(ctx.t("claim-approved-yuan")),
        Head::text(ctx.t("claim-papers")),
    ];
    let mut table = DataTable::new("bills", ctx.t("claim-bills-head"), heads).quiet_caption();
    for bill in &view.bills {
        table = table.row(vec![
            html! { (bill.bill.no) ". " (voucher(ctx, bill)) },
            html! {
                (ctx.zh(bill.line.as_ref().map_or("", |line| line.name.as_str())))
                @if let Some(tie) = &bill.tie { p.hint { (ctx.t("claim-tie")) "：" (tied(ctx, tie)) } }
                @if let Some(line) = &bill.line { p.hint { (ctx.t_args("claim-line-left-now", &[("left", line.left.grouped().into())])) } }
            },
            ctx.zh(&bill.payee),
            html! { (ctx.date(bill.bill.dated)) },
            html! { (bill.bill.amount.grouped()) },
            approved(ctx, bill),
            papers(ctx, view, bill),
        ]);
    }
    let approved: Option<Money> = view
        .bills
        .iter()
        .any(|bill| bill.verdict.is_some())
        .then(|| total(view.bills.iter().filter_map(|bill| bill.verdict.as_ref()).map(|v| v.approved)));
    table
        .totals(vec![
            html! { (ctx.t("total")) },
            html! {},
            html! {},
            html! {},
            html! { (total(view.bills.iter().map(|bill| bill.bill.amount)).grouped()) },
            html! { @if let Some(approved) = approved { (approved.grouped()) } },
            html! {},
        ])
        .html()
}

/// How a bill is tied, in words.
pub(super) fn tied(ctx: &Ctx, tie: &TieSaid) -> String {
    match &tie.kind {
        Some(kind) => ctx.t_args(
            "claim-tie-said",
            &[("name", say(ctx, kind).into()), ("households", tie.households.into())],
        ),
        None => ctx.t("claim-tie-project"),
    }
}

/// The kind of voucher with its code and number.
pub(super) fn voucher(ctx: &Ctx, bill: &BillNow) -> Markup {
    let line = &bill.bill;
    html! {
        (ctx.zh(say(ctx, &bill.voucher)))
        @if !line.code.is_empty() || !line.number.is_empty() {
            p.hint { (line.code) @if !line.code.is_empty() && !line.number.is_empty() { " / " } (line.number) }
        }
    }
}

fn approved(ctx: &Ctx, bill: &BillNow) -> Markup {
    html! {
        @if let Some(verdict) = &bill.verdict {
            (verdict.approved.grouped())
            @if verdict.approved < bill.bill.amount { p.hint { (ctx.t("claim-less")) "：" (ctx.zh(&verdict.reason)) } }
        }
    }
}

/// The papers and the list of a bill, to be opened.
pub(super) fn papers(ctx: &Ctx, view: &ClaimPage, bill: &BillNow) -> Markup {
    let claim = view.line.row.claim;
    html! {
        @for paper in &bill.bill.papers {
            p { a href={ "/claims/" (claim) "/papers/" (paper.hash) } { (ctx.zh(&paper.name)) } }
        }
        @if let Some(list) = &bill.bill.list {
            p {
                a href={ "/claims/" (claim) "/list/" (bill.bill.no) } { (ctx.t("claim-roster")) } " "
                span.hint { (ctx.t_args("claim-roster-said", &[("rows", list.rows.into()), ("total", list.total.grouped().into())])) }
            }
        }
        @if bill.bill.papers.is_empty() && bill.bill.list.is_none() { span.hint { (ctx.t("claim-no-papers")) } }
    }
}

/// What each payee receives: how much, out of which sources, how far the payment is.
fn payees(ctx: &Ctx, view: &ClaimPage) -> Markup {
    if view.shares.is_empty() {
        return empty_state(&ctx.t("claim-payees-none"), &ctx.t("claim-payees-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("claim-payee")),
        Head::amount(ctx.t("claim-amount-yuan")),
        Head::text(ctx.t("claim-sources")),
        Head::text(ctx.t("claim-payment")),
    ];
    let mut table = DataTable::new("payees", ctx.t("claim-payees-head"), heads).quiet_caption();
    for share in &view.shares {
        table = table.row(vec![
            ctx.zh(&share.name),
            html! { (share.amount.grouped()) },
            sources(ctx, view, share),
            payment(ctx, share),
        ]);
    }
    let sum = total(view.shares.iter().map(|share| share.amount));
    table.totals(vec![html! { (ctx.t("total")) }, html! { (sum.grouped()) }, html! {}, html! {}]).html()
}

fn sources(ctx: &Ctx, view: &ClaimPage, share: &ShareNow) -> Markup {
    html! {
        @for (source, amount) in &share.lots {
            @let document = view.sources.iter().find(|(id, _)| id == source).map_or("", |(_, d)| d.as_str());
            p { (links::source(ctx, source, ctx.zh(document))) " " (amount.grouped()) }
        }
    }
}

fn payment(ctx: &Ctx, share: &ShareNow) -> Markup {
    let follow = html! {
        @if let (Some((batch, line)), true) = (share.made, links::follows(ctx)) {
            " · " (links::payment(ctx, batch, line, html! { (ctx.t("funds-follow")) span.sr-only { ", " (share.name) } }))
        }
    };
    html! {
        @match share.payment {
            Payment::Due => (badge(Badge::Amber, &ctx.t("claim-due"))),
            Payment::Batched(batch) => {
                (badge(Badge::Blue, &ctx.t("claim-batched"))) " "
                (links::batch(ctx, batch, html! { (ctx.t("claim-batch")) }))
            }
            Payment::Paid(batch, on) => {
                (badge(Badge::Green, &ctx.t("claim-paid"))) " " (ctx.date(on)) " "
                (links::batch(ctx, batch, html! { (ctx.t("claim-batch")) }))
            }
        }
        (follow)
        @for (batch, why) in &share.failed {
            p.hint { (links::batch(ctx, batch, html! { (ctx.t("claim-came-back")) })) "：" (ctx.zh(why)) }
        }
    }
}
