//! `/file`: what this applicant may file now, what is being written, how the own cases stand.

use app::rows::CaseRow;
use app::view::filing::{DraftLine, FilingHome, Offer, Order};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::render::words;
use super::side::days_left;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, badge, button, cite, empty_state, icon, panel, progress};

/// Shows the page.
pub async fn show(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let home = seat.app().filing_home(&seat.viewer).map_err(|failure| web_error(ctx, failure))?;
    let files = seat.viewer.may(app::access::Right::Declare);
    if !files && home.orders.is_empty() {
        return Err(WebError::Forbidden);
    }
    Ok(page(ctx, &home, files))
}

fn page(ctx: &Ctx, home: &FilingHome, files: bool) -> Response {
    let body = html! {
        section.columns aria-label=(ctx.t("filing-offers")) { @for offer in &home.offers { (offer_card(ctx, offer)) } @for order in &home.orders { (order_card(ctx, order)) } }
        @if files {
        (panel(&ctx.t("filing-drafts"), drafts(ctx, &home.drafts)))
        (panel(&ctx.t("filing-cases"), cases(ctx, &home.cases)))
        }
    };
    let title = if files { ctx.t("filing-title") } else { ctx.t("filing-may-begin") };
    Page::new(ctx, &title).body(body).into_response()
}

/// Something that begins without a form.
fn order_card(ctx: &Ctx, order: &Order) -> Markup {
    html! {
        section.card.offer {
            header.card-head { h2 { (words(ctx, &order.name)) } div.card-aside { (cite(&order.cite)) } }
            p { (words(ctx, &order.step)) }
            @if let Some(parent) = &order.parent {
                p.hint { (ctx.t_args("filing-order-about", &[("parent", ctx.pick(&parent.zh, &parent.en).into())])) }
            }
            p.offer-action { (button::link_primary(&format!("/begin/{}", order.procedure), &ctx.t("filing-order-begin"))) }
        }
    }
}

fn offer_card(ctx: &Ctx, offer: &Offer) -> Markup {
    html! {
        section.card.offer {
            header.card-head { h2 { (words(ctx, &offer.name)) } div.card-aside { (cite(&offer.cite)) } }
            p { (words(ctx, &offer.form)) @if let Some(print) = &offer.print { "（" (words(ctx, print)) "）" } }
            p.hint { (ctx.t_args("filing-offer-size", &[("parts", offer.parts.len().into()), ("papers", offer.papers.len().into())])) }
            @if let Some((opens, closes)) = offer.window {
                p.hint {
                    (ctx.t_args("filing-window", &[("from", ctx.date(opens).into()), ("until", ctx.date(closes).into())]))
                    @if offer.blocked.is_none() { " · " (days_left(ctx, closes)) }
                }
            }
            (super::begin::closes(ctx, offer))
            @match &offer.blocked {
                Some(blocked) => p.offer-blocked {
                    (badge(Badge::Amber, &ctx.t("filing-not-now"))) " " (words(ctx, &blocked.say)) " " (cite(&blocked.cite))
                },
                None => (begin_link(ctx, offer)),
            }
        }
    }
}

fn begin_link(ctx: &Ctx, offer: &Offer) -> Markup {
    let free = offer.parents.iter().filter(|parent| parent.taken.is_none()).count();
    html! {
        @if let Some(parent) = &offer.parent {
            @let key = match (offer.parent_optional, &offer.parent_after) {
                (true, _) => "filing-may-parent",
                (false, Some(_)) => "filing-after-step",
                (false, None) => "filing-from-parent",
            };
            @let step = offer.parent_after.as_ref().map_or("", |step| ctx.pick(&step.zh, &step.en));
            p.hint {
                (ctx.t_args(key, &[("parent", ctx.pick(&parent.zh, &parent.en).into()), ("step", step.into()), ("count", free.into())]))
            }
        }
        p.offer-action { (button::link_primary(&format!("/file/{}", offer.procedure), &ctx.t("filing-begin"))) }
    }
}

fn drafts(ctx: &Ctx, drafts: &[DraftLine]) -> Markup {
    if drafts.is_empty() {
        return empty_state(&ctx.t("filing-no-drafts"), &ctx.t("filing-no-drafts-text"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("filing-col-title")),
        Head::text(ctx.t("filing-col-procedure")),
        Head::text(ctx.t("filing-col-progress")),
        Head::text(ctx.t("filing-col-saved")),
    ];
    let caption = ctx.t("filing-drafts");
    let table = drafts.iter().fold(DataTable::new("drafts", caption, heads).quiet_caption(), |table, draft| {
        let untitled = ctx.t("filing-untitled");
        let title = if draft.title.is_empty() { &untitled } else { &draft.title };
        let (done, all) = draft.progress;
        let words_done = ctx.t_args("filing-progress", &[("done", done.into()), ("all", all.into())]);
        table.row(vec![
            html! { a href={ "/drafts/" (draft.key) } { (ctx.zh(title)) } },
            html! {
                (words(ctx, &draft.procedure))
                @if let Some(number) = &draft.corrects { " " (badge(Badge::Amber, &ctx.t_args("filing-corrects", &[("number", number.as_str().into())]))) }
            },
            progress(title, done as u64, all as u64, &words_done),
            html! { (ctx.date(draft.day)) " " (draft.time) },
        ])
    });
    table.html()
}

fn cases(ctx: &Ctx, cases: &[CaseRow]) -> Markup {
    if cases.is_empty() {
        return empty_state(&ctx.t("filing-no-cases"), &ctx.t("filing-no-cases-text"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("filing-col-number")),
        Head::text(ctx.t("filing-col-title")),
        Head::text(ctx.t("filing-col-state")),
        Head::text(ctx.t("filing-col-due")),
        Head::amount(ctx.t("filing-col-amount")),
    ];
    let caption = ctx.t("filing-cases");
    let table = cases.iter().fold(DataTable::new("cases", caption, heads).quiet_caption(), |table, row| {
        table.row(vec![
            html! { a href={ "/cases/" (row.case) } { (row.number) } },
            html! { (ctx.zh(&row.title)) @if !row.company_name.is_empty() { div.hint { (ctx.zh(&row.company_name)) } } },
            state(ctx, row),
            html! { @if let Some(due) = row.due { (ctx.date(due)) div.hint { (days_left(ctx, due)) } } },
            html! { @if !row.amount.is_zero() { (row.amount.grouped()) } },
        ])
    });
    table.html()
}

fn state(ctx: &Ctx, row: &CaseRow) -> Markup {
    html! {
        (standing(ctx, &row.standing))
        @if !row.stage.is_empty() { div.hint { (ctx.pick(&row.stage, &row.stage_en)) } }
        @if row.standing == "returned" {
            div { a href={ "/file/" (row.procedure) "?case=" (row.case) } { (icon::WARNING) (ctx.t("filing-correct")) } }
        }
    }
}

/// The standing of a case in a badge.
pub fn standing(ctx: &Ctx, standing: &str) -> Markup {
    let (colour, word) = match standing {
        "open" => (Badge::Blue, ctx.t("filing-standing-open")),
        "returned" => (Badge::Amber, ctx.t("filing-standing-returned")),
        "accepted" => (Badge::Green, ctx.t("filing-standing-accepted")),
        "granted" => (Badge::Green, ctx.t("filing-standing-granted")),
        "paid" => (Badge::Green, ctx.t("filing-standing-paid")),
        "refused" => (Badge::Red, ctx.t("filing-standing-refused")),
        _ => (Badge::Grey, ctx.t("filing-standing-withdrawn")),
    };
    badge(colour, &word)
}
