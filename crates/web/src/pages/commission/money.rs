//! The fund's money: by year, by month, by account.

use app::access::Right;
use app::view::{MoneyPage, YearMoney, month_label};
use axum::response::{IntoResponse, Response};
use kernel::money::Money;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{require, say, shown, stat, wan};
use crate::state::Seat;
use crate::ui::chart::{Bars, Palette, Series, bars};
use crate::ui::{Badge, DataTable, Head, badge, details, empty_state, panel, stats};

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    require(&seat, &[Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().money_page(&seat.viewer.pack))?;
    let body = html! {
        (fund(ctx, &view))
        @if view.years.is_empty() {
            (empty_state(&ctx.t("commission-years-none"), &ctx.t("commission-money-none-about"), html! {}))
        } @else {
            (panel(&ctx.t("commission-by-year"), by_year(ctx, &seat.viewer.pack.id, &view)))
            (panel(&ctx.t("commission-by-month"), by_month(ctx, &view)))
            (panel(&ctx.t("commission-accounts"), html! {
                p.hint { (ctx.t("commission-accounts-about")) }
                (accounts(ctx, &view))
            }))
        }
    };
    Ok(Page::new(ctx, &ctx.t("commission-money"))
        .caption(say(ctx, &view.fund.name))
        .body(body)
        .into_response())
}

fn fund(ctx: &Ctx, view: &MoneyPage) -> Markup {
    let stat = |label: &str, value: Money, about: String| stat(ctx, label, value, about);
    let fund = &view.fund;
    let years: Vec<String> = fund.years.iter().map(ToString::to_string).collect();
    let spent = Money::sum([view.all.committed, view.all.fees]).unwrap_or(Money::MAX);
    let free = fund.ceiling.checked_sub(spent).unwrap_or(Money::ZERO);
    stats(&[
        stat(
            "commission-ceiling",
            fund.ceiling,
            ctx.t_args(
                "commission-ceiling-about",
                &[("article", fund.cite.as_str().into()), ("years", years.join("、").into())],
            ),
        ),
        stat("commission-fund-left", fund.left, ctx.t("commission-fund-left-about")),
        stat("commission-fund-spent", spent, ctx.t("commission-fund-spent-about")),
        stat("commission-fund-free", free, ctx.t("commission-fund-free-about")),
    ])
}

fn by_year(ctx: &Ctx, pack: &str, view: &MoneyPage) -> Markup {
    let mut heads = vec![Head::text(ctx.t("commission-year"))];
    for id in [
        "commission-budget-yuan",
        "commission-committed-yuan",
        "commission-remitted-yuan",
        "commission-paid-yuan",
        "commission-fees-yuan",
        "commission-left-yuan",
    ] {
        heads.push(Head::amount(ctx.t(id)));
    }
    heads.push(Head::text(ctx.t("commission-adds-up")));
    let cells = |first: Markup, year: &YearMoney, account: Option<String>| {
        let left = html! {
            @match &account { Some(account) => a href={ "/money/" (account) } { (year.left.grouped()) }, None => (year.left.grouped()) }
        };
        vec![
            first,
            html! { (year.budget.grouped()) },
            html! { (year.committed.grouped()) },
            html! { (year.remitted.grouped()) },
            html! { (year.paid.grouped()) },
            html! { (year.fees.grouped()) },
            left,
            adds_up(ctx, year),
        ]
    };
    let mut table = DataTable::new("by-year", ctx.t("commission-by-year"), heads).quiet_caption();
    for year in &view.years {
        let first = html! { a href={ "/years/" (year.year) } { (ctx.t_args("commission-year-of", &[("year", i64::from(year.year).into())])) } };
        table = table.row(cells(first, year, Some(format!("year:{pack}:{}", year.year))));
    }
    html! {
        (table.totals(cells(html! { (ctx.t("total")) }, &view.all, None)).html())
        p.hint { (ctx.t("commission-by-year-about")) }
    }
}

fn adds_up(ctx: &Ctx, year: &YearMoney) -> Markup {
    if year.balances() {
        badge(Badge::Green, &ctx.t("commission-adds-up-yes"))
    } else {
        badge(Badge::Red, &ctx.t("commission-adds-up-no"))
    }
}

fn by_month(ctx: &Ctx, view: &MoneyPage) -> Markup {
    if view.months.is_empty() {
        return empty_state(
            &ctx.t("commission-months-none"),
            &ctx.t("commission-months-none-about"),
            html! {},
        );
    }
    let groups: Vec<String> =
        view.months.iter().map(|month| say(ctx, &month_label(month.month)).to_owned()).collect();
    let series = |label: &str, of: fn(&app::view::MonthPaid) -> Money| Series {
        label: ctx.t(label),
        values: view.months.iter().map(|m| u64::try_from(of(m).fen() / 1_000_000).unwrap_or(0)).collect(),
        texts: view.months.iter().map(|m| wan(of(m))).collect(),
    };
    let (title, unit) = (ctx.t("commission-by-month"), ctx.t("unit-wan"));
    let chart = Bars {
        id: "by-month",
        title: &title,
        unit: &unit,
        groups: &groups,
        series: &[series("commission-paid", |m| m.grants), series("commission-fees", |m| m.fees)],
        palette: Palette::Screen,
    };
    bars(ctx, &chart)
}

/// Accounts of fund and years stand open, those of cases and firms behind a fold.
fn accounts(ctx: &Ctx, view: &MoneyPage) -> Markup {
    let heads = || {
        vec![
            Head::text(ctx.t("commission-account")),
            Head::text(ctx.t("commission-account-about")),
            Head::amount(ctx.t("commission-balance-yuan")),
        ]
    };
    let small =
        |line: &&app::view::AccountLine| line.account.contains(":case:") || line.account.contains(":org:");
    let table = |id: &str, lines: Vec<&app::view::AccountLine>| {
        let mut table = DataTable::new(id, ctx.t("commission-accounts"), heads()).quiet_caption();
        for line in lines {
            table = table.row(vec![
                html! { a href={ "/money/" (line.account) } { (ctx.zh(say(ctx, &line.said.name))) } },
                html! { span.hint { (say(ctx, &line.said.about)) } },
                html! { (line.balance.grouped()) },
            ]);
        }
        table.html()
    };
    let (of_cases, large): (Vec<_>, Vec<_>) = view.accounts.iter().partition(|line| small(line));
    html! {
        (table("accounts", large))
        @if !of_cases.is_empty() {
            (details(&ctx.t_args("commission-accounts-more", &[("count", of_cases.len().into())]), table("accounts-more", of_cases)))
        }
    }
}
