//! One public notice, set like an official paper: it prints on A4 as it stands, takes objections, and can be taken away as data.

use app::rows::NoticeOf;
use app::tables::NoticeTable;
use app::view::{NoticeItem, NoticePage, ObjectionSaid};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::CaseId;
use maud::{Markup, html};

use super::law::{cite_link, list, plain, words};
use super::notices::running;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Head, badge};

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    Ok(page(&ctx, &notice).into_response())
}

/// The notice of an address, `3` for a plan or `c12` for a case; an empty number means the newest.
pub(super) fn load(state: &AppState, ctx: &Ctx, of: &str, number: &str) -> Result<NoticePage, WebError> {
    let about = NoticeOf::of_address(of).or_not_found()?;
    let number = Some(number).filter(|number| !number.is_empty());
    state.app.notice(about, number).map_err(|failure| web_error(ctx, failure))?.or_not_found()
}

/// The page of a notice.
pub(super) fn page<'c>(ctx: &'c Ctx, notice: &NoticePage) -> Page<'c> {
    let (of, number) = (notice.address(), encode(&notice.number));
    let file = |name: &str| format!("/notices/{of}/{name}?number={number}");
    let others = match notice.about {
        NoticeOf::Plan(_) => "notice-others",
        NoticeOf::Case(_) => "notice-others-case",
    };
    Page::new(ctx, plain(ctx, &notice.title))
        .crumb("/notices", ctx.t("notices-title"))
        .caption(notice.number.clone())
        .beside_title(running(ctx, notice.running))
        .body(html! {
            (paper(ctx, notice))
            section.card.screen-only aria-labelledby="take-title" {
                header.card-head { h2 #take-title { (ctx.t("notice-take")) } }
                div.actions {
                    a.button href=(file("notice.pdf")) { (ctx.t("notice-pdf")) }
                    @if notice.items.is_empty() { a.button href=(file("board.pdf")) { (ctx.t("notice-board")) } }
                    a.button href=(file("notice.csv")) { (ctx.t("notice-csv")) }
                    a.button href=(file("notice.json")) { (ctx.t("notice-json")) }
                    @if notice.running.is_open() {
                        a.button.primary href=(object_href(notice, None)) { (ctx.t("notice-object-all")) }
                    }
                    a.button href="/receipt" { (ctx.t("receipt-look")) }
                }
                p.hint { (ctx.t("notice-print-about")) }
                @if !notice.others.is_empty() {
                    p { (ctx.t(others)) }
                    ul.bare {
                        @for (number, day) in &notice.others {
                            li { a href={ "/notices/" (of) "?number=" (encode(number)) } { (ctx.zh(number)) } " " span.hint { (ctx.date(*day)) } }
                        }
                    }
                }
            }
        })
}

/// Where an objection to an item, or to all, is written.
fn object_href(notice: &NoticePage, case: Option<CaseId>) -> String {
    let base = format!("/notices/{}/object", notice.address());
    match (notice.about, case) {
        (NoticeOf::Plan(_), None) => base,
        (NoticeOf::Plan(_), Some(case)) => format!("{base}?case={case}"),
        (NoticeOf::Case(_), _) => format!("{base}?number={}", encode(&notice.number)),
    }
}

/// The paper itself.
fn paper(ctx: &Ctx, notice: &NoticePage) -> Markup {
    let title = plain(ctx, &notice.title);
    html! {
        article.official aria-label=(title) {
            p.official-number { (ctx.zh(&notice.number)) }
            p.official-title { (title) }
            p.official-text { (opening(ctx, notice)) }
            p.official-text { (window(ctx, notice)) }
            @if !notice.items.is_empty() { (table(ctx, notice)) }
            @if let Some(table) = &notice.table { (posted_table(ctx, table)) }
            @if notice.running.is_open() { p.official-text { (ctx.t_args("notice-how-to-object", &[("last", ctx.date(notice.last).into())])) } }
            dl.official-fields {
                @for (column, cell) in &notice.fields { div { dt { (words(ctx, &column.name)) } dd { (words(ctx, &cell.text)) } } }
                @for (place, address) in &notice.postings {
                    div { dt { (ctx.t("notice-posted-at")) } dd { (ctx.zh(place)) " " span.address { (address) } } }
                }
                @for name in &notice.photographs { div { dt { (ctx.t("notice-photograph")) } dd { (ctx.zh(name)) } } }
            }
            (answers(ctx, notice))
            div.official-seal {
                @for issuer in &notice.issuers { p { (words(ctx, issuer)) } }
                p { time datetime=(notice.posted) { (ctx.date(notice.posted)) } }
            }
        }
    }
}

fn opening(ctx: &Ctx, notice: &NoticePage) -> Markup {
    let title = plain(ctx, &notice.pack.title);
    html! {
        (ctx.t_args("notice-opening", &[("title", title.into())]))
        @if let Some(cite) = &notice.cite { (cite_link(ctx, cite)) }
        (opening_rest(ctx, notice))
    }
}

/// What the opening says behind the article.
pub(super) fn opening_rest(ctx: &Ctx, notice: &NoticePage) -> String {
    match notice.about {
        NoticeOf::Plan(_) => ctx.t_args("notice-opening-rest", &[("count", notice.items.len().into())]),
        NoticeOf::Case(_) => ctx.t("notice-opening-case"),
    }
}

/// From when until when, how it was counted, and the looser count where it differs.
fn window(ctx: &Ctx, notice: &NoticePage) -> Markup {
    let term = notice.term.map(|term| ctx.pick(&term.to_string(), &term.en()).to_owned()).unwrap_or_default();
    let (posted, first, last) = (ctx.date(notice.posted), ctx.date(notice.first), ctx.date(notice.last));
    html! {
        (ctx.t_args("notice-window", &[
            ("posted", posted.into()), ("first", first.into()), ("last", last.into()), ("term", term.into()),
        ]))
        @if let Some(loose) = notice.loose_last { " " span.hint { (ctx.t_args("notice-loose", &[("last", ctx.date(loose).into())])) } }
        @if notice.provisional { " " span.provisional { (ctx.t("front-provisional")) } }
    }
}

fn table(ctx: &Ctx, notice: &NoticePage) -> Markup {
    let mut heads = vec![Head::text(ctx.t("row-number"))];
    let is_amount = |at: usize| {
        notice.items.iter().any(|item| item.cells.get(at).is_some_and(|cell| cell.money.is_some()))
    };
    for (at, column) in notice.columns.iter().enumerate() {
        let name = plain(ctx, &column.name);
        heads.push(if is_amount(at) { Head::amount(name) } else { Head::text(name) });
    }
    heads.push(Head::text(ctx.t("notice-objections")));
    let mut table = DataTable::new("items", ctx.t("notice-items"), heads).quiet_caption();
    for (at, item) in notice.items.iter().enumerate() {
        let mut cells = vec![html! { (at + 1) }];
        cells.extend(item.cells.iter().map(|cell| html! { (words(ctx, &cell.text)) }));
        cells.push(objection(ctx, notice, item));
        table = table.row(cells);
    }
    if let (Some(total), true) = (notice.total, notice.items.len() > 1) {
        let mut cells = vec![html! { (ctx.t("total")) }];
        cells.extend((0..notice.columns.len()).map(|at| {
            if is_amount(at) {
                html! { (in_yuan(ctx, total)) }
            } else {
                html! {}
            }
        }));
        cells.push(html! {});
        table = table.totals(cells);
    }
    table.html()
}

/// A total as the cells above it are written.
pub(super) fn in_yuan(ctx: &Ctx, total: Money) -> String {
    format!("{}{}{}", total.grouped(), ctx.pick("", " "), ctx.t("unit-yuan"))
}

/// The table that was posted beside the notice, as the office printed it.
fn posted_table(ctx: &Ctx, posted: &NoticeTable) -> Markup {
    let heads =
        posted.heads.iter().enumerate().map(|(at, head)| {
            if posted.amounts.contains(&at) { Head::amount(head) } else { Head::text(head) }
        });
    let caption = ctx.t_args("notice-table", &[("file", posted.file.as_str().into())]);
    let table = DataTable::new("posted-table", caption, heads.collect()).scrolling();
    let cell = |total: bool, text: &String| html! { @if total { strong { (ctx.zh(text)) } } @else { (ctx.zh(text)) } };
    let table = posted
        .rows
        .iter()
        .fold(table, |table, row| table.row(row.cells.iter().map(|text| cell(row.total, text)).collect()));
    table.html()
}

fn objection(ctx: &Ctx, notice: &NoticePage, item: &NoticeItem) -> Markup {
    let open = item.objections.iter().any(|one| one.answer.is_none());
    html! {
        @if open {
            (badge(Badge::Amber, &ctx.t("notice-being-answered")))
        } @else if !item.objections.is_empty() {
            (badge(Badge::Grey, &ctx.t("notice-answered")))
        } @else if !notice.running.is_open() {
            span.hint { (ctx.t("notice-no-objection")) }
        }
        @if notice.running.is_open() {
            " " a.screen-only href=(object_href(notice, Some(item.case))) {
                (ctx.t("notice-object"))
                span.sr-only { " " (list(ctx, item.cells.iter().take(1).map(|cell| &cell.text))) }
            }
        }
    }
}

/// Objections with their answers; who objected is never shown.
fn answers(ctx: &Ctx, notice: &NoticePage) -> Markup {
    let of_items = notice
        .items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| item.objections.iter().map(move |one| (Some(at + 1), one)));
    let all: Vec<(Option<usize>, &ObjectionSaid)> =
        notice.objections.iter().map(|one| (None, one)).chain(of_items).collect();
    html! {
        @if !all.is_empty() {
            section.official-answers aria-labelledby="answers-title" {
                h2 #answers-title { (ctx.t("notice-answers")) }
                ul {
                    @for (item, one) in all {
                        li {
                            p {
                                strong {
                                    @match item {
                                        Some(number) => (ctx.t_args("notice-objection-to", &[("number", number.into())])),
                                        None => (ctx.t("notice-objection-to-all")),
                                    }
                                }
                                " " span.hint { (ctx.t_args("notice-objection-on", &[("date", ctx.date(one.on).into())])) } " "
                                @match &one.answer {
                                    None => (badge(Badge::Amber, &ctx.t("notice-being-answered"))),
                                    Some((true, ..)) => (badge(Badge::Red, &ctx.t("notice-upheld"))),
                                    Some((false, ..)) => (badge(Badge::Green, &ctx.t("notice-not-upheld"))),
                                }
                            }
                            @if let Some((_, text, on)) = &one.answer {
                                p { (ctx.zh(text)) " " span.hint { (ctx.date(*on)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
