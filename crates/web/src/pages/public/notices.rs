//! The list of public notices: those that still take objections first, then the newest.

use app::rows::{NoticeOf, NoticeRow};
use app::view::{NoticeLine, NoticeList, NoticeQuery, Running, place_name};
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
    let query = asked(&filter);
    let list = state.app.notices(&query).map_err(|failure| web_error(&ctx, failure))?;
    let turned = query.after.is_some();
    Ok(page(&ctx, &list, turned).into_response())
}

/// What an address asks for; what cannot be read is not asked.
pub(super) fn asked(filter: &Submitted) -> NoticeQuery {
    let after = Some(filter.get("after").to_owned()).filter(|key| !key.is_empty());
    NoticeQuery { year: filter.get("year").parse().ok(), place: filter.get("place").parse().ok(), after }
}

/// The page of a list. `turned` is true behind the first page.
pub(super) fn page<'c>(ctx: &'c Ctx, list: &NoticeList, turned: bool) -> Page<'c> {
    let filtered = list.query != NoticeQuery::default();
    let (none_here, none_about) = if filtered {
        ("notices-none-found", "notices-none-found-about")
    } else {
        ("notices-none", "notices-none-about")
    };
    let none = list.open.is_empty() && list.ended.is_empty();
    Page::new(ctx, &ctx.t("notices-title")).body(html! {
        p.lead { (ctx.t("notices-about")) }
        (filters(ctx, list))
        @if none {
            (panel(&ctx.t("notices-title"), empty_state(&ctx.t(none_here), &ctx.t(none_about), html! {})))
        }
        @if !list.open.is_empty() {
            (panel_with(&ctx.t("notices-open"), ctx.t("notices-open-about"), line_table(ctx, "open", &ctx.t("notices-open"), &list.open)))
        }
        @if !list.ended.is_empty() {
            (panel(&ctx.t("notices-ended"), line_table(ctx, "ended", &ctx.t("notices-ended"), &list.ended)))
        }
        @if turned || list.next.is_some() { (pager(ctx, &leaf(list, turned))) }
        @if !none {
            (panel(&ctx.t("notices-files"), html! {
                div.actions {
                    a.button href={ "/notices.csv?" (address(&list.query)) } { (ctx.t("notice-csv")) }
                    a.button href={ "/notices.json?" (address(&list.query)) } { (ctx.t("notice-json")) }
                }
            }))
        }
        (panel(&ctx.t("receipt-title"), html! {
            p { (ctx.t("notices-receipt-about")) }
            p { a.button href="/receipt" { (ctx.t("receipt-look")) } }
        }))
    })
}

/// The filters of a list; each only where there is something to choose.
fn filters(ctx: &Ctx, list: &NoticeList) -> Markup {
    let query = &list.query;
    let year_of = |year: &i16| {
        Opt::new(year.to_string(), ctx.t_args("notices-year-of", &[("year", year.to_string().into())]))
    };
    let years: Vec<Opt> = list.years.iter().map(year_of).collect();
    let places: Vec<Opt> =
        list.places.iter().map(|(code, name)| Opt::new(code.to_string(), name.clone())).collect();
    let year = query.year.map(|year| year.to_string()).unwrap_or_default();
    let place = query.place.map(|place| place.to_string()).unwrap_or_default();
    let (year_label, place_label) = (ctx.t("notices-year"), ctx.t("notices-place"));
    let mut bar = FilterBar::new("/notices");
    let (by_place, by_year) =
        (places.len() > 1 || query.place.is_some(), years.len() > 1 || query.year.is_some());
    if by_place {
        bar = bar.field(Choice::select("place", &place_label, &places).chosen(&place).html(ctx));
    }
    if by_year {
        bar = bar.field(Choice::select("year", &year_label, &years).chosen(&year).html(ctx));
    }
    html! { @if by_place || by_year { (bar.html(ctx)) } }
}

/// The filters as the end of an address: empty, or pairs that each end in `&`.
fn address(query: &NoticeQuery) -> String {
    let year = query.year.map(|year| format!("year={year}&")).unwrap_or_default();
    query.place.map(|place| format!("{year}place={place}&")).unwrap_or(year)
}

fn leaf(list: &NoticeList, turned: bool) -> Pager {
    let filters = address(&list.query);
    Pager {
        first: turned.then(|| format!("/notices?{filters}")),
        next: list
            .next
            .as_ref()
            .map(|key| format!("/notices?{filters}after={}", crate::cookies::encode(key))),
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
                br; span.hint {
                    (ctx.zh(&row.number))
                    @if let Some(place) = row.place { " · " (ctx.zh(&place_name(place))) }
                }
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
    address_of(row.about, &row.number)
}

/// The address of a notice by its number.
pub(in crate::pages) fn address_of(about: NoticeOf, number: &str) -> String {
    format!("/notices/{}?number={}", about.address(), crate::cookies::encode(number))
}

/// How a notice stands, in a badge.
pub(super) fn running(ctx: &Ctx, running: Running) -> Markup {
    match running {
        Running::Ended => badge(Badge::Grey, &ctx.t("notice-ended")),
        Running::Stopped => badge(Badge::Grey, &ctx.t("notice-stopped")),
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
