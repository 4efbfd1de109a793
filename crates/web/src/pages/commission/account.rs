//! The ledger of one account, with its running balance; each line leads to its act and its case.

use app::access::Right;
use app::view::AccountPage;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::signed;
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::pages::shared::{article, require, say, shown};
use crate::state::Seat;
use crate::ui::{DataTable, Head, Stat, panel, stats};

/// The page.
pub(super) async fn show(seat: Seat, Path(account): Path<String>) -> Result<Response, WebError> {
    require(&seat, &[Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().account_page(&seat.viewer.pack, &account))?.or_not_found()?;
    let body = html! {
        (stats(&[Stat {
            label: ctx.t("commission-balance"),
            value: view.balance.grouped(),
            unit: ctx.t("unit-yuan"),
            about: say(ctx, &view.said.about).to_owned(),
            href: None,
        }]))
        @if let Some(case) = view.said.case { p { a href={ "/cases/" (case) } { (ctx.t("commission-case-page")) } } }
        @if let Some(year) = view.said.year { p { a href={ "/years/" (year) } { (ctx.t_args("commission-year-title", &[("year", i64::from(year).into())])) } } }
        (panel(&ctx.t("commission-ledger"), ledger(&seat, &view)))
    };
    Ok(Page::new(ctx, say(ctx, &view.said.name))
        .crumb("/money", ctx.t("commission-money"))
        .caption(view.account.clone())
        .body(body)
        .into_response())
}

fn ledger(seat: &Seat, view: &AccountPage) -> Markup {
    let ctx = &seat.ctx;
    let heads = vec![
        Head::text(ctx.t("commission-day")),
        Head::text(ctx.t("commission-what")),
        Head::text(ctx.t("commission-memo")),
        Head::text(ctx.t("commission-article")),
        Head::amount(ctx.t("commission-change-yuan")),
        Head::amount(ctx.t("commission-balance-yuan")),
    ];
    let reads_journal = seat.viewer.may(Right::SeeJournal);
    let mut table = DataTable::new("ledger", ctx.t("commission-ledger"), heads).quiet_caption();
    for line in &view.lines {
        let what = say(ctx, &line.what);
        table = table.row(vec![
            html! { (ctx.date(line.row.day)) },
            html! { @if reads_journal { a href={ "/journal/" (line.row.seq) } { (what) } } @else { (what) } },
            html! {
                div {
                    (ctx.zh(&line.row.memo))
                    @if let Some(case) = line.case { div { a href={ "/cases/" (case) } { (ctx.t("commission-case-page")) } } }
                    @if let Some(plan) = line.plan { div { a href={ "/plans/" (plan) } { (ctx.t("commission-plan-page")) } } }
                }
            },
            article(&line.row.article),
            html! { (signed(line.row.amount)) },
            html! { (line.row.balance.grouped()) },
        ]);
    }
    table.html()
}
