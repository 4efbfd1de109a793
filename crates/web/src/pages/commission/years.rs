//! The years of the fund: budget, intake, what was committed and what is left.

use app::access::Right;
use app::view::{IntakeState, YearLine};
use axum::response::{IntoResponse, Response};
use kernel::Date;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{article, require, say, shown, stat};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, Stat, badge, button, empty_state, panel, stats};

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    require(&seat, &[Right::ManageYear, Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let form = shown(ctx, seat.app().year_form(None))?;
    let lines = shown(ctx, seat.app().year_list(&seat.viewer.pack))?;
    let may_open = seat.viewer.role == form.step.by && !form.openable.is_empty();
    let open =
        html! { @if may_open { (button::link_primary("/years/new", &ctx.t("commission-year-open"))) } };
    let fund = &form.fund;
    let years: Vec<String> = fund.years.iter().map(ToString::to_string).collect();
    let figures = [
        stat(
            ctx,
            "commission-ceiling",
            fund.ceiling,
            ctx.t_args(
                "commission-ceiling-about",
                &[("article", fund.cite.as_str().into()), ("years", years.join("、").into())],
            ),
        ),
        Stat {
            href: seat.viewer.may(Right::SeeMoney).then(|| "/money".to_owned()),
            ..stat(ctx, "commission-fund-left", fund.left, ctx.t("commission-fund-left-about"))
        },
    ];
    let body = html! {
        (stats(&figures))
        @if lines.is_empty() {
            (empty_state(&ctx.t("commission-years-none"), &ctx.t("commission-years-none-about"), &open))
        } @else {
            (panel(&ctx.t("commission-years"), table(ctx, &lines)))
        }
    };
    Ok(Page::new(ctx, &ctx.t("commission-years"))
        .caption(say(ctx, &fund.name))
        .beside_title(html! { @if !lines.is_empty() { (open) } (article(&form.step.cite.to_string())) })
        .body(body)
        .into_response())
}

fn table(ctx: &Ctx, lines: &[YearLine]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("commission-year")),
        Head::text(ctx.t("commission-intake")),
        Head::amount(ctx.t("commission-filed")),
        Head::amount(ctx.t("commission-firms")),
        Head::amount(ctx.t("commission-budget-yuan")),
        Head::amount(ctx.t("commission-committed-yuan")),
        Head::amount(ctx.t("commission-fees-yuan")),
        Head::amount(ctx.t("commission-left-yuan")),
    ];
    let mut table = DataTable::new("years", ctx.t("commission-years"), heads).quiet_caption();
    for line in lines {
        let money = &line.money;
        table = table.row(vec![
            html! { a href={ "/years/" (money.year) } { (ctx.t_args("commission-year-of", &[("year", i64::from(money.year).into())])) } },
            html! { div { (intake(ctx, line.intake)) div.hint { (span(ctx, line.opens, line.closes)) } } },
            html! { (line.filed) },
            html! { (line.firms) },
            html! { (money.budget.grouped()) },
            html! { (money.committed.grouped()) },
            html! { (money.fees.grouped()) },
            html! { (money.left.grouped()) },
        ]);
    }
    table.html()
}

/// How an intake stands, in a badge.
pub(super) fn intake(ctx: &Ctx, state: IntakeState) -> Markup {
    match state {
        IntakeState::Ahead => badge(Badge::Grey, &ctx.t("commission-intake-ahead")),
        IntakeState::Closed => badge(Badge::Grey, &ctx.t("commission-intake-closed")),
        IntakeState::Open(left) => html! {
            (badge(Badge::Green, &ctx.t("commission-intake-open")))
            " " (ctx.t_args("deadline-left", &[("days", left.n.into())]))
            @if left.provisional { " " span.provisional { (ctx.t("provisional")) } }
        },
    }
}

/// Two days as a span.
pub(super) fn span(ctx: &Ctx, from: Date, to: Date) -> String {
    ctx.t_args("commission-span", &[("from", ctx.date(from).into()), ("to", ctx.date(to).into())])
}
