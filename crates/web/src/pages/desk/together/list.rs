//! `/cases/{id}/together/{step}`: the list of an act that was done of several cases.

use app::view::together::TogetherDone;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::{amount, summed};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{id, say, shown};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, SummaryList, badge, button, cite, panel};

/// What is asked for.
pub(super) fn load(seat: &Seat, case: &str, step: &str) -> Result<(CaseId, TogetherDone), WebError> {
    let case: CaseId = id(case)?;
    Ok((case, shown(&seat.ctx, seat.app().together_done(&seat.viewer, case, step))?))
}

/// The page.
pub async fn show(seat: Seat, Path((case, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let (case, done) = load(&seat, &case, &step)?;
    let ctx = &seat.ctx;
    Ok(Page::new(ctx, &title(ctx, &done))
        .width(Width::Wide)
        .crumb(format!("/cases/{case}"), ctx.t("together-case"))
        .caption(say(ctx, &done.procedure))
        .beside_title(html! { (cite(&done.step.cite.to_string())) })
        .body(page(ctx, (case, &step), &done))
        .into_response())
}

/// What was done: the step with its outcome.
pub(super) fn title(ctx: &Ctx, done: &TogetherDone) -> String {
    let outcome = done.outcome.as_ref().map(|outcome| format!(" · {}", say(ctx, outcome)));
    format!("{}{}", say(ctx, &done.step.name), outcome.unwrap_or_default())
}

fn page(ctx: &Ctx, (case, step): (CaseId, &str), done: &TogetherDone) -> Markup {
    let base = format!("/cases/{case}/together/{step}");
    let none = || ctx.t("together-no-document");
    let document = if done.document.is_empty() { none() } else { done.document.clone() };
    html! {
        @if done.void { p { (badge(Badge::Grey, &ctx.t("timeline-void"))) } }
        div.card {
            (SummaryList::new()
                .row(ctx.t("together-document"), html! { (ctx.zh(&document)) })
                .row(ctx.t("desk-done-on"), html! { (ctx.date(done.on)) })
                .row(ctx.t("together-by"), html! { (ctx.zh(&done.org)) " · " (ctx.zh(&done.person)) })
                .row(ctx.t("desk-opinion"), html! { (ctx.zh(&done.opinion)) })
                .row(ctx.t("together-sum"), html! { (count(ctx, done)) })
                .html(ctx))
            div.actions {
                (button::link(&format!("{base}/list.pdf"), &ctx.t("together-pdf")))
                (button::link(&format!("{base}/list.csv"), &ctx.t("together-csv")))
            }
        }
        (panel(&ctx.t("together-list"), table(ctx, done)))
    }
}

/// How many there are, what they sum up to, and how many of them the viewer does not see.
fn count(ctx: &Ctx, done: &TogetherDone) -> String {
    let count = done.lines.len();
    let shown =
        ctx.t_args("together-count", &[("count", count.into()), ("sum", summed(ctx, done.sum()).into())]);
    if done.hidden == 0 {
        return shown;
    }
    format!("{shown} · {}", ctx.t_args("together-hidden", &[("count", done.hidden.into())]))
}

fn table(ctx: &Ctx, done: &TogetherDone) -> Markup {
    let heads = vec![
        Head::text(ctx.t("row-number")),
        Head::text(ctx.t("cases-number")),
        Head::text(ctx.t("cases-name")),
        Head::text(ctx.t("cases-applicant")),
        Head::text(ctx.t("together-place")),
        Head::amount(ctx.t("together-amount")),
    ];
    let table = DataTable::new("together", ctx.t("together-list"), heads).quiet_caption();
    let table = done.lines.iter().enumerate().fold(table, |table, (at, line)| {
        table.row(vec![
            html! { (at + 1) },
            html! { (line.number) },
            html! { a href={ "/cases/" (line.case) } { (ctx.zh(&line.title)) } },
            html! { (ctx.zh(&line.unit)) },
            html! { (ctx.zh(&line.place)) },
            amount(line.amount),
        ])
    });
    let table = if done.has_amounts() {
        let blank = || html! {};
        table.totals(vec![
            html! { (ctx.t("total")) },
            blank(),
            blank(),
            blank(),
            blank(),
            amount(Some(done.sum())),
        ])
    } else {
        table
    };
    table.html()
}
