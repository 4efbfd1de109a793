//! The list of public notices: those that still take objections first, then the newest.

use app::rows::{NoticeOf, NoticeRow};
use app::view::{NoticeLine, NoticeList, Running};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, FilterBar, Head, Opt, Pager, badge, empty_state, icon, pager, panel, panel_with,
};

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let filter: Submitted = pairs.into_iter().collect();
    let after = Some(filter.get("after").to_owned()).filter(|key| !key.is_empty());
    let turned = after.is_some();
    let list = state
        .app
        .notices(filter.get("year").parse().ok(), after)
        .map_err(|failure| web_error(&ctx, failure))?;
    Ok(page(&ctx, &list, turned).into_response())
}

/// The page of a list. `turned` is true behind the first page.
pub(super) fn page<'c>(ctx: &'c Ctx, list: &NoticeList, turned: bool) -> Page<'c> {
    let none = list.open.is_empty() && list.ended.is_empty();
    Page::new(ctx, &ctx.t("notices-title")).body(html! {
        p.lead { (ctx.t("notices-about")) }
        @if list.years.len() > 1 || list.year.is_some() { (years(ctx, list)) }
        @if none {
            (panel(&ctx.t("notices-title"), empty_state(&ctx.t("notices-none"), &ctx.t("notices-none-about"), html! {})))
        }
        @if !list.open.is_empty() {
            (panel_with(&ctx.t("notices-open"), ctx.t("notices-open-about"), line_table(ctx, "open", &ctx.t("notices-open"), &list.open)))
        }
        @if !list.ended.is_empty() {
            (panel(&ctx.t("notices-ended"), line_table(ctx, "ended", &ctx.t("notices-ended"), &list.ended)))
        }
        @if turned || list.next.is_some() { (pager(ctx, &leaf(list, turned))) }
        (panel(&ctx.t("receipt-title"), html! {
            p { (ctx.t("notices-receipt-about")) }
            p { a.button href="/receipt" { (ctx.t("receipt-look")) } }
        }))
    })
}

fn years(ctx: &Ctx, list: &NoticeList) -> Markup {
    let options: Vec<Opt> = list
        .years
        .iter()
        .map(|year| {
            Opt::new(year.to_string(), ctx.t_args("notices-year-of", &[("year", year.to_string().into())]))
        })
        .collect();
    let chosen = list.year.map(|year| year.to_string()).unwrap_or_default();
    let label = ctx.t("notices-year");
    FilterBar::new("/notices")
        .field(Choice::select("year", &label, &options).chosen(&chosen).html(ctx))
        .html(ctx)
}

fn leaf(list: &NoticeList, turned: bool) -> Pager {
    let year = list.year.map(|year| format!("year={year}&")).unwrap_or_default();
    Pager {
        first: turned.then(|| format!("/notices?{year}")),
        next: list.next.as_ref().map(|key| format!("/notices?{year}after={}", crate::cookies::encode(key))),
        shown: list.open.len() + list.ended.len(),
        all: None,
    }
}

/// Notices as a table.
fn line_table(ctx: &Ctx, id: &str, caption: &str, lines: &[NoticeLine]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("notices-head-title")),
        Head::text(ctx.t("notices-head-posted")),
        Head::text(ctx.t("notices-head-last")),
        Head::amount(ctx.t("notices-head-items")),
        Head::amount(ctx.t("notices-head-total")),
        Head::text(ctx.t("notices-head-state")),
    ];
    let mut table = DataTable::new(id, caption, heads).quiet_caption();
    for line in lines {
        let row = &line.row;
        table = table.row(vec![
            html! {
                a href=(notice_href(row)) { (ctx.zh(&row.title)) }
                br; span.hint { (ctx.zh(&row.number)) }
            },
            html! { (ctx.date(row.posted)) },
            html! { (ctx.date(row.last)) },
            html! { (row.items) },
            html! { (row.total.grouped()) },
            running(ctx, line.running),
        ]);
    }
    table.html()
}

/// The address of a notice.
pub(super) fn notice_href(row: &NoticeRow) -> String {
    format!("/notices/{}?number={}", notice_key(row.about), crate::cookies::encode(&row.number))
}

/// How a notice stands, in a badge.
pub(super) fn running(ctx: &Ctx, running: Running) -> Markup {
    match running {
        Running::Ended => badge(Badge::Grey, &ctx.t("notice-ended")),
        Running::Open(days) => {
            let text = match days.n {
                0 => ctx.t("notice-last-day"),
                n => ctx.t_args("notice-left", &[("days", n.into())]),
            };
            let colour = if days.n <= 1 { "amber" } else { "blue" };
            html! {
                span.badge.(colour) { (icon::CLOCK) (text) }
                @if days.provisional { " " span.provisional { (ctx.t("front-provisional")) } }
            }
        }
    }
}

/// The last part of a notice's address: the number of a plan, or `c` and that of a case.
fn notice_key(about: NoticeOf) -> String {
    match about {
        NoticeOf::Plan(plan) => plan.to_string(),
        NoticeOf::Case(case) => format!("c{case}"),
    }
}
