//! One year: its money, its terms, its firms, their fees, and how the terms came about.

use app::access::Right;
use app::view::{FirmLine, YearPage};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{fold, timeline};
use super::years::{intake, span};
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::pages::shared::{article, key_of_act, require, say, shown, stat};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Field, Findings, Form, Head, MoneyUnit, Opt, Stat, SummaryList, actions, badge,
    button, empty_state, error_summary, panel, panel_with, stats,
};

/// The page.
pub(super) async fn show(seat: Seat, Path(year): Path<i16>) -> Result<Response, WebError> {
    page(&seat, year, &Submitted::default(), &Findings::none())
}

/// The page with what was typed and what is wrong with it.
pub(super) fn page(
    seat: &Seat,
    year: i16,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    require(seat, &[Right::ManageYear, Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().year_page(&seat.viewer.pack.id, year))?.or_not_found()?;
    let manages = seat.viewer.may(Right::ManageYear);
    let title = ctx.t_args("commission-year-title", &[("year", i64::from(year).into())]);
    let body = html! {
        (error_summary(ctx, findings))
        (figures(ctx, &view, seat.viewer.may(Right::SeeMoney)))
        div.columns {
            (panel_with(&ctx.t("commission-terms"), amend_link(ctx, year, manages), terms(ctx, &view)))
            (panel(&ctx.t("commission-history"), timeline(ctx, &view.history)))
        }
        (panel_with(&ctx.t("commission-firms-title"), article(&view.appoint_cite), firms(seat, &view, form, findings, manages)))
        (panel_with(&ctx.t("commission-fees-title"), article(&view.fee_cite), fees(seat, &view, form, findings, manages)))
    };
    Ok(Page::new(ctx, &title)
        .crumb("/years", ctx.t("commission-years"))
        .caption(say(ctx, &view.fund.name))
        .beside_title(intake(ctx, view.intake))
        .findings(findings.count())
        .body(body)
        .into_response())
}

fn amend_link(ctx: &Ctx, year: i16, manages: bool) -> Markup {
    html! { @if manages { a href={ "/years/" (year) "/amend" } { (ctx.t("commission-year-amend")) } } }
}

/// The year's money, from the ledger.
pub(super) fn figures(ctx: &Ctx, view: &YearPage, sees_money: bool) -> Markup {
    let money = &view.money;
    let year_account = format!("/money/year:{}:{}", view.year.pack, money.year);
    let stat = |label: &str, value: kernel::Money, about: &str| stat(ctx, label, value, ctx.t(about));
    html! {
        (stats(&[
            stat("commission-budget", money.budget, "commission-budget-about"),
            stat("commission-committed", money.committed, "commission-committed-about"),
            stat("commission-remitted", money.remitted, "commission-remitted-about"),
            stat("commission-paid", money.paid, "commission-paid-about"),
            stat("commission-fees", money.fees, "commission-fees-about"),
            Stat {
                href: sees_money.then_some(year_account),
                ..stat("commission-left", money.left, "commission-left-about")
            },
        ]))
    }
}

fn terms(ctx: &Ctx, view: &YearPage) -> Markup {
    let terms = &view.year.terms;
    let mut list = SummaryList::new()
        .row(ctx.t("commission-budget"), html! { (terms.budget.grouped()) " " (ctx.t("unit-yuan")) })
        .row(ctx.t("commission-intake"), html! { (span(ctx, terms.opens, terms.closes)) });
    for param in &view.params {
        let set = terms.set.get(&param.key).cloned().unwrap_or_default();
        let limit =
            param.limit.as_ref().map(|l| ctx.t_args("commission-limit", &[("limit", say(ctx, l).into())]));
        list = list.row(
            say(ctx, &param.label()),
            html! { (set) @if let Some(limit) = limit { span.hint { " · " (limit) " " (article(&param.cite)) } } },
        );
    }
    list.row(
        ctx.t("commission-favoured"),
        html! { @if view.favoured.is_empty() { (ctx.t("commission-favoured-none")) } @else { (ctx.zh(&view.favoured.join("、"))) } },
    )
    .row(ctx.t("commission-basis"), ctx.zh(&terms.basis))
    .html(ctx)
}

fn firms(seat: &Seat, view: &YearPage, form: &Submitted, findings: &Findings, manages: bool) -> Markup {
    let ctx = &seat.ctx;
    if view.firms.is_empty() {
        return empty_state(&ctx.t("commission-firms-none"), &ctx.t("commission-firms-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("commission-firm")),
        Head::text(ctx.t("commission-firm-state")),
        Head::text(ctx.t("commission-firm-basis")),
        Head::amount(ctx.t("commission-fees-yuan")),
    ];
    let mut table = DataTable::new("firms", ctx.t("commission-firms-title"), heads).quiet_caption();
    for firm in &view.firms {
        let cells = vec![
            ctx.zh(&firm.name),
            html! { div { (firm_state(ctx, firm)) } },
            html! { @if let Some(basis) = &firm.basis { (ctx.zh(basis)) } },
            html! { (firm.fees.grouped()) },
        ];
        table = if firm.related.is_empty() { table.row(cells) } else { table.marked_row(cells) };
    }
    html! {
        (table.html())
        @if manages {
            (fold(&ctx.t("commission-appoint"), form.act() == "appoint", appoint_form(seat, view, form, findings)))
            @if view.firms.iter().any(|f| f.basis.is_some()) {
                (fold(&ctx.t("commission-dismiss"), form.act() == "dismiss", dismiss_form(seat, view, form, findings)))
            }
        }
    }
}

fn firm_state(ctx: &Ctx, firm: &FirmLine) -> Markup {
    html! {
        @if firm.basis.is_some() { (badge(Badge::Green, &ctx.t("commission-firm-appointed"))) }
        @if !firm.related.is_empty() {
            (badge(Badge::Red, &ctx.t("commission-firm-excluded")))
            div.hint { (ctx.t_args("commission-firm-related", &[("applicants", firm.related.join("、").into())])) }
        } @else if firm.basis.is_none() { (badge(Badge::Grey, &ctx.t("commission-firm-free"))) }
    }
}

fn appoint_form(seat: &Seat, view: &YearPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let free = view.firms.iter().filter(|f| f.basis.is_none() && f.related.is_empty());
    let options: Vec<Opt> = free.map(|f| Opt::new(f.org.to_string(), &f.name)).collect();
    let key = key_of_act(&seat.state, form, "appoint");
    let fields = html! {
        @if options.is_empty() { p { (ctx.t("commission-appoint-none")) } } @else {
            (Choice::select("firm", &ctx.t("commission-firm"), &options).chosen(form.get("firm")).error(findings.at("firm")).html(ctx))
            (Field::long_text("basis", &ctx.t("commission-firm-basis"), 3).hint(&ctx.t("commission-firm-basis-hint"))
                .value(form.get("basis")).error(findings.at("basis")).html(ctx))
            (actions(button::primary(&ctx.t("commission-appoint"), "appoint")))
        }
    };
    Form::post(&format!("/years/{}", view.money.year), "appoint").key(&key).html(ctx, fields)
}

fn dismiss_form(seat: &Seat, view: &YearPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let options: Vec<Opt> = view
        .firms
        .iter()
        .filter(|f| f.basis.is_some())
        .map(|f| Opt::new(f.org.to_string(), &f.name))
        .collect();
    let key = key_of_act(&seat.state, form, "dismiss");
    let fields = html! {
        (Choice::select("dismissed", &ctx.t("commission-firm"), &options).chosen(form.get("dismissed"))
            .error(findings.at("dismissed")).html(ctx))
        (Field::long_text("why", &ctx.t("commission-why"), 2).value(form.get("why")).error(findings.at("why")).html(ctx))
        (actions(button::danger(&ctx.t("commission-dismiss"), "dismiss")))
    };
    Form::post(&format!("/years/{}", view.money.year), "dismiss").key(&key).html(ctx, fields)
}

fn fees(seat: &Seat, view: &YearPage, form: &Submitted, findings: &Findings, manages: bool) -> Markup {
    let ctx = &seat.ctx;
    let heads = vec![
        Head::text(ctx.t("commission-day")),
        Head::text(ctx.t("commission-firm")),
        Head::text(ctx.t("commission-purpose")),
        Head::text(ctx.t("commission-voucher")),
        Head::amount(ctx.t("commission-amount-yuan")),
        Head::amount(ctx.t("commission-running-yuan")),
    ];
    let mut table = DataTable::new("fees", ctx.t("commission-fees-title"), heads).quiet_caption();
    for (fee, name, total) in &view.fees {
        table = table.row(vec![
            html! { (ctx.date(fee.on)) },
            ctx.zh(name),
            ctx.zh(&fee.purpose),
            ctx.zh(&fee.voucher),
            html! { (fee.amount.grouped()) },
            html! { (total.grouped()) },
        ]);
    }
    html! {
        @if view.fees.is_empty() {
            (empty_state(&ctx.t("commission-fees-none"), &ctx.t("commission-fees-none-about"), html! {}))
        } @else { (table.html()) }
        p.hint {
            (ctx.t_args("commission-fees-left", &[("left", view.money.left.grouped().into())]))
        }
        @if manages && view.firms.iter().any(|f| f.basis.is_some()) {
            (fold(&ctx.t("commission-fee-pay"), form.act() == "fee", fee_form(seat, view, form, findings)))
        }
    }
}

fn fee_form(seat: &Seat, view: &YearPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let options: Vec<Opt> = view
        .firms
        .iter()
        .filter(|f| f.basis.is_some())
        .map(|f| Opt::new(f.org.to_string(), &f.name))
        .collect();
    let key = key_of_act(&seat.state, form, "fee");
    let today = ctx.today.to_string();
    let on = if form.has("on") { form.get("on") } else { today.as_str() };
    let fields = html! {
        (Choice::select("payee", &ctx.t("commission-firm"), &options).chosen(form.get("payee")).error(findings.at("payee")).html(ctx))
        (Field::money("amount", &ctx.t("commission-amount"), MoneyUnit::Yuan).value(form.get("amount"))
            .hint(&ctx.t_args("commission-fee-hint", &[("left", view.money.left.grouped().into())]))
            .error(findings.at("amount")).html(ctx))
        (Field::date("on", &ctx.t("commission-paid-on")).value(on).error(findings.at("on")).html(ctx))
        (Field::text("voucher", &ctx.t("commission-voucher")).value(form.get("voucher")).error(findings.at("voucher")).html(ctx))
        (Field::text("purpose", &ctx.t("commission-purpose")).value(form.get("purpose")).error(findings.at("purpose")).html(ctx))
        (actions(button::primary(&ctx.t("commission-fee-pay"), "fee")))
    };
    Form::post(&format!("/years/{}", view.money.year), "fee").key(&key).html(ctx, fields)
}
