//! One plan: where it stands, what it takes of year and fund, its table, and all that was recorded about it.

use app::access::Right;
use app::view::pack::Act;
use app::view::{PlanPage, Running};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::PlanId;
use kernel::money::Money;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::{deadline, fold, left, timeline};
use super::plan_table;
use super::plan_try;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{article, figured, require, say, shown, stat};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, DataTable, Findings, Head, SummaryList, badge, button, error_summary, panel, panel_with, stats,
    steps,
};

/// What the person typed into the table, with what is wrong with it.
pub(super) struct Typed<'a> {
    /// The form as sent; `None` on a first visit.
    pub form: Option<&'a Submitted>,
    /// What is wrong.
    pub findings: &'a Findings,
}

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    page(&seat, crate::pages::shared::id(&id)?, &Typed { form: None, findings: &Findings::none() }, &asked)
}

/// The page with what was typed, and with other values of the year when they were asked for.
pub(super) fn page(
    seat: &Seat,
    id: PlanId,
    typed: &Typed<'_>,
    asked: &BTreeMap<String, String>,
) -> Result<Response, WebError> {
    require(seat, &[Right::Plan, Right::SeeMoney])?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().plan_page(&seat.viewer, id))?;
    let name = view.pack.procedures.get(&view.plan.procedure).map_or("", |p| say(ctx, &p.name)).to_owned();
    let body = html! {
        (error_summary(ctx, typed.findings))
        (way(ctx, &view))
        (tasks(seat, &view))
        (figures(ctx, &view, &sums(&view, typed)))
        (panel_with(&ctx.t("commission-table"), table_links(ctx, &view), plan_table::table(seat, &view, typed)))
        section.card { (fold(&ctx.t("commission-try"), asked.contains_key("try"), plan_try::panel(seat, &view, asked)?)) }
        (records(ctx, &view))
        (panel(&ctx.t("commission-history"), timeline(ctx, &view.history)))
    };
    Ok(Page::new(ctx, &ctx.t_args("commission-plan-title", &[("number", view.plan.number.clone().into())]))
        .width(Width::Wide)
        .crumb("/plans", ctx.t("commission-plans"))
        .caption(format!("{} {name}", view.plan.year))
        .findings(typed.findings.count())
        .body(body)
        .into_response())
}

/// The steps of the plan with the present one marked.
fn way(ctx: &Ctx, view: &PlanPage) -> Markup {
    let labels: Vec<&str> = view.steps.iter().map(|(step, _)| say(ctx, &step.name)).collect();
    let open =
        view.tasks.iter().find_map(|task| view.steps.iter().position(|(step, _)| step.id == task.step.id));
    let done = view.steps.iter().filter(|(_, on)| on.is_some()).count();
    steps(ctx, &labels, open.unwrap_or(done))
}

/// What can be done now, by whom, until when.
fn tasks(seat: &Seat, view: &PlanPage) -> Markup {
    let ctx = &seat.ctx;
    let meeting = view.steps.iter().find(|(s, _)| s.act == Act::Deliberate).map(|(s, _)| s);
    let meeting = meeting.filter(|_| !view.plan.fixed() && !view.plan.items.is_empty());
    html! {
        @if view.tasks.is_empty() { p { (badge(Badge::Green, &ctx.t("commission-plan-done"))) } }
        @else {
            (panel(&ctx.t("commission-now"), html! {
                ul.papers {
                    @for task in &view.tasks {
                        li {
                            p {
                                strong { (say(ctx, &task.step.name)) } " "
                                span.hint { (ctx.t_args("commission-task-by", &[("who", say(ctx, &task.by).into()), ("items", task.items.into())])) }
                                " " (article(&task.step.cite.to_string()))
                            }
                            @if let Some(due) = &task.due { (deadline(ctx, due, &task.step.cite.to_string())) }
                            @if let Some(posted) = view.plan.notice().filter(|n| n.step == task.step.id) {
                                (runs(ctx, posted))
                            }
                            @if task.step.act == Act::Plan { p.hint { (ctx.t("commission-plan-here")) } }
                            @else { (go(seat, view, &task.step)) }
                        }
                    }
                    @if let Some(step) = meeting {
                        li { p { strong { (say(ctx, &step.name)) } " " (article(&step.cite.to_string())) } (go(seat, view, step)) }
                    }
                }
            }))
        }
    }
}

/// How long the notice of a step still runs.
fn runs(ctx: &Ctx, posted: &app::view::state::Posted) -> Markup {
    let last = ctx.date(posted.window.last);
    let words = match Running::on(ctx.today, posted.window.last) {
        Running::Open(left) => {
            ctx.t_args("commission-runs-until", &[("last", last.into()), ("days", left.n.into())])
        }
        Running::Ended | Running::Stopped => ctx.t_args("commission-ran-until", &[("last", last.into())]),
    };
    html! { p { (words) } }
}

/// The way to a step: a button for the role that does it, a link for those who look.
fn go(seat: &Seat, view: &PlanPage, step: &app::view::pack::Step) -> Markup {
    let ctx = &seat.ctx;
    let href = format!("/plans/{}/do/{}", view.plan.id, step.id);
    html! {
        @if seat.viewer.role == step.by { (button::link_primary(&href, &ctx.t("commission-do"))) }
        @else { a href=(href) { (ctx.t("commission-look")) span.sr-only { (say(ctx, &step.name)) } } }
    }
}

/// The sums of the table, with what is typed in place of what is kept.
pub(super) fn sums(view: &PlanPage, typed: &Typed<'_>) -> (Money, Money) {
    let Some(form) = typed.form else { return (view.money.total, view.money.pending) };
    let amounts = view.lines.iter().filter(|line| plan_table::chosen(line, Some(form)));
    let sum = Money::sum(amounts.map(|line| plan_table::typed_amount(line, form).unwrap_or(Money::ZERO)));
    let sum = sum.unwrap_or(Money::MAX);
    (sum, sum)
}

fn figures(ctx: &Ctx, view: &PlanPage, (total, pending): &(Money, Money)) -> Markup {
    let money = &app::view::PlanMoney { total: *total, pending: *pending, ..view.money.clone() };
    let stat = |label: &str, value: Money, about: String| stat(ctx, label, value, about);
    let short = [money.year_after(), money.fund_after()].iter().any(|m| m.is_negative());
    html! {
        div.stack data-part="plan-sums" {
            (stats(&[
                stat("commission-plan-total", money.total, ctx.t_args("commission-plan-total-about", &[("items", view.plan.items.len().into())])),
                stat("commission-year-left", money.year.left, ctx.t_args("commission-year-left-about", &[
                    ("budget", figured(ctx, money.year.budget).into()), ("committed", figured(ctx, money.year.committed).into()),
                    ("fees", figured(ctx, money.year.fees).into()),
                ])),
                stat("commission-year-after", money.year_after(), ctx.t("commission-year-after-about")),
                stat("commission-fund-after", money.fund_after(), ctx.t_args("commission-fund-after-about", &[
                    ("ceiling", figured(ctx, money.fund.ceiling).into()), ("article", money.fund.cite.as_str().into()),
                ])),
            ]))
            @if short {
                p role="status" { (badge(Badge::Red, &ctx.t("commission-over"))) " " (ctx.t("commission-over-about")) }
            }
        }
    }
}

fn table_links(ctx: &Ctx, view: &PlanPage) -> Markup {
    html! { a href={ "/plans/" (view.plan.id) "/table.csv" } { (ctx.t("commission-export")) } }
}

/// Meetings, notices, objections, determinations, letters, remittances, items taken out.
fn records(ctx: &Ctx, view: &PlanPage) -> Markup {
    let plan = &view.plan;
    html! {
        @for minutes in plan.minutes.iter().rev() {
            (panel(&ctx.t("commission-minutes"), SummaryList::new()
                .row(ctx.t("commission-met-on"), html! { (ctx.date(minutes.held_on)) })
                .row(ctx.t("commission-place"), ctx.zh(&minutes.place))
                .row(ctx.t("commission-chair"), ctx.zh(&minutes.chair))
                .row(ctx.t("commission-present"), ctx.zh(&minutes.present.join("、")))
                .row(ctx.t("commission-resolution"), ctx.zh(&minutes.resolution))
                .html(ctx)))
        }
        @for posted in plan.notices.iter().rev() {
            (panel_with(&ctx.t_args("commission-notice-of", &[("number", posted.number.clone().into())]),
                html! { a href={ "/notices/" (plan.id) } { (ctx.t("commission-notice-public")) } },
                SummaryList::new()
                    .row(ctx.t("commission-posted-on"), html! { (ctx.date(posted.on)) })
                    .row(ctx.t("commission-window"), html! { (super::years::span(ctx, posted.window.first, posted.window.last)) })
                    .row(ctx.t("commission-postings"), html! { @for one in &posted.postings { div { (ctx.zh(&one.place)) " " code { (one.address) } } } })
                    .html(ctx)))
        }
        @if !plan.objections.is_empty() { (panel(&ctx.t("commission-objections"), objections(ctx, view))) }
        @if !plan.determined.is_empty() {
            (panel(&ctx.t("commission-determined"), plain(ctx, "determined", &["commission-stamp", "commission-document"],
                plan.determined.iter().map(|(on, document)| vec![html! { (ctx.date(*on)) }, ctx.zh(document)]).collect())))
        }
        @if !plan.letters.is_empty() {
            (panel(&ctx.t("commission-letters"), letters(ctx, view)))
        }
        @if !plan.remitted.is_empty() {
            (panel(&ctx.t("commission-remittances"), plain(ctx, "remitted", &["commission-day", "commission-voucher", "commission-amount-yuan"],
                plan.remitted.iter().map(|(on, voucher, sum)| vec![html! { (ctx.date(*on)) }, ctx.zh(voucher), html! { (sum.grouped()) }]).collect())))
        }
        @if !plan.dropped.is_empty() {
            (panel(&ctx.t("commission-dropped"), plain(ctx, "dropped", &["commission-number", "commission-why"],
                plan.dropped.iter().map(|(case, why)| vec![
                    html! { a href={ "/cases/" (case) } { (ctx.zh(view.numbers.get(case).map_or("", String::as_str))) } }, ctx.zh(why),
                ]).collect())))
        }
    }
}

/// The letters with their numbers; each as an official paper where the pack writes one.
fn letters(ctx: &Ctx, view: &PlanPage) -> Markup {
    let mut written =
        view.steps.iter().filter_map(|(step, _)| view.pack.letters.get(step.letter.as_deref()?));
    let letter = written.next();
    let rows = view.plan.letters.iter().enumerate().map(|(at, (on, sent))| {
        let mut row = vec![ctx.zh(&sent.to), ctx.zh(&sent.number), html! { (ctx.date(*on)) }];
        row.extend(letter.map(|letter| {
            let name = ctx.t_args("letter-pdf", &[("name", say(ctx, &letter.name).into())]);
            html! { a href={ "/plans/" (view.plan.id) "/letters/" (at) "/letter.pdf" } { (name) } }
        }));
        row
    });
    let mut heads = vec!["commission-letter-to", "commission-letter-number", "commission-day"];
    heads.extend(letter.map(|_| "letter-paper"));
    plain(ctx, "letters", &heads, rows.collect())
}

fn objections(ctx: &Ctx, view: &PlanPage) -> Markup {
    let rows = view.plan.objections.iter().rev().map(|(id, objection)| {
        let about = objection.case.and_then(|case| view.numbers.get(&case).cloned());
        vec![
            html! { a href={ "/plans/" (view.plan.id) "/objections/" (id) } { (objection.receipt) } },
            html! { (ctx.date(objection.on)) },
            html! { @match about { Some(number) => (ctx.zh(&number)), None => (ctx.t("commission-objection-all")) } },
            html! {
                @match &objection.answer {
                    Some((true, ..)) => (badge(Badge::Red, &ctx.t("commission-upheld"))),
                    Some((false, ..)) => (badge(Badge::Green, &ctx.t("commission-not-upheld"))),
                    None => (badge(Badge::Amber, &ctx.t("commission-unanswered"))),
                }
            },
        ]
    });
    let heads = ["commission-receipt", "commission-day", "commission-number", "commission-state"];
    plain(ctx, "objections", &heads, rows.collect())
}

/// A small table; a column whose heading names the unit holds amounts.
fn plain(ctx: &Ctx, id: &str, heads: &[&str], rows: Vec<Vec<Markup>>) -> Markup {
    let head =
        |id: &&str| if id.ends_with("-yuan") { Head::amount(ctx.t(id)) } else { Head::text(ctx.t(id)) };
    let mut table = DataTable::new(
        id,
        ctx.t(heads.first().copied().unwrap_or_default()),
        heads.iter().map(head).collect(),
    );
    table = table.quiet_caption();
    for row in rows {
        table = table.row(row);
    }
    table.html()
}

/// What is left, for pages of the slice that show the same figures.
pub(super) fn after(ctx: &Ctx, money: &app::view::PlanMoney) -> Markup {
    SummaryList::new()
        .row(ctx.t("commission-plan-total"), html! { (money.total.grouped()) " " (ctx.t("unit-yuan")) })
        .row(ctx.t("commission-year-left"), html! { (money.year.left.grouped()) " " (ctx.t("unit-yuan")) })
        .row(
            ctx.t("commission-year-after"),
            html! { (left(ctx, money.year_after())) " " (ctx.t("unit-yuan")) },
        )
        .row(
            ctx.t("commission-fund-after"),
            html! { (left(ctx, money.fund_after())) " " (ctx.t("unit-yuan")) },
        )
        .html(ctx)
}
