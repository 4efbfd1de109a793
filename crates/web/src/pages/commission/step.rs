//! One step of a plan: which form it is follows from its act.

use app::Command;
use app::access::Right;
use app::view::pack::Act;
use app::view::state::Reason;
use app::view::{StepNeeds, StepPage};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::date::parse_date;
use kernel::id::PlanId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::deadline;
use super::{step_decide, step_letters, step_minutes, step_notice, step_sum};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{article, refused, require, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Findings, Head, badge, error_summary, panel};
use crate::words::{Word, word};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((id, step)): Path<(String, String)>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    if let Some(on) = asked.get("on") {
        form.set("on", on);
    }
    let view = view(&seat, crate::pages::shared::id(&id)?, &step, &form)?;
    Ok(page(&seat, &view, &form, &Findings::none()))
}

/// The act.
pub(super) async fn act(
    seat: Seat,
    Path((id, step)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let id: PlanId = crate::pages::shared::id(&id)?;
    let view = view(&seat, id, &step, &form)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let command = command(ctx, &view, &form, &mut findings);
    if ctx.live.is_live() {
        return Ok(page(&seat, &view, &form, &Findings::none()));
    }
    let (Some((command, done)), true) = (command, findings.is_empty()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/plans/{id}"), &Flash::done(done))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&view, reason))?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn view(seat: &Seat, id: PlanId, step: &str, form: &Submitted) -> Result<StepPage, WebError> {
    require(seat, &[Right::Plan, Right::SeeMoney])?;
    let on = parse_date(form.get("on")).ok();
    shown(&seat.ctx, seat.app().plan_step_page(&seat.viewer, id, step, on))
}

fn command(ctx: &Ctx, view: &StepPage, form: &Submitted, findings: &mut Findings) -> Option<(Command, Word)> {
    let (plan, step) = (view.plan.id, view.step.id.clone());
    Some(match &view.needs {
        StepNeeds::Minutes => {
            (step_minutes::command(ctx, view, form, findings)?, word("commission-minutes-kept"))
        }
        StepNeeds::Notice(draft) => {
            (step_notice::command(ctx, view, draft, form, findings)?, word("commission-notice-posted"))
        }
        StepNeeds::Running(_) => (Command::EndNotice { plan, step }, word("commission-notice-ended")),
        StepNeeds::Verdicts => (step_decide::command(ctx, view, form, findings)?, word("commission-decided")),
        StepNeeds::Letters(to) => {
            (step_letters::command(ctx, view, to, form, findings)?, word("commission-informed"))
        }
        StepNeeds::Sum(sum) => {
            (step_sum::command(ctx, view, *sum, form, findings)?, word("commission-remitted-done"))
        }
        StepNeeds::Elsewhere => return None,
    })
}

fn field(view: &StepPage, reason: &Reason) -> String {
    match &view.needs {
        StepNeeds::Minutes => step_minutes::field(reason).to_owned(),
        StepNeeds::Notice(draft) => step_notice::field(draft, reason),
        StepNeeds::Verdicts => step_decide::field(view, reason),
        StepNeeds::Letters(_) => step_letters::field(reason).to_owned(),
        StepNeeds::Sum(_) => step_sum::field(reason).to_owned(),
        StepNeeds::Running(_) | StepNeeds::Elsewhere => "end".to_owned(),
    }
}

fn page(seat: &Seat, view: &StepPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let name = say(ctx, &view.step.name).to_owned();
    let cite = view.step.cite.to_string();
    let body = html! {
        (error_summary(ctx, findings))
        (standing(ctx, view))
        @if view.open { (content(seat, view, form, findings)) }
    };
    let wide = matches!(view.needs, StepNeeds::Verdicts | StepNeeds::Notice(_));
    Page::new(ctx, &name)
        .width(if wide { Width::Wide } else { Width::Normal })
        .crumb("/plans", ctx.t("commission-plans"))
        .crumb(format!("/plans/{}", view.plan.id), view.plan.number.clone())
        .caption(ctx.t_args("commission-step-by", &[("who", say(ctx, &view.by).into())]))
        .beside_title(html! {
            @match &view.due { Some(due) => (deadline(ctx, due, &cite)), None => (article(&cite)) }
        })
        .findings(findings.count())
        .body(body)
        .into_response()
}

/// Whether it can be done now, and by whom.
fn standing(ctx: &Ctx, view: &StepPage) -> Markup {
    let done = view.plan.items.values().filter_map(|item| item.done.get(&view.step.id)).max();
    html! {
        @if !view.open {
            section.card {
                @match done {
                    Some(on) => p { (badge(Badge::Green, &ctx.t("commission-step-done"))) " " (ctx.date(*on)) },
                    None => p { (badge(Badge::Grey, &ctx.t("commission-step-later"))) " " (ctx.t("commission-step-later-about")) },
                }
                p { a href={ "/plans/" (view.plan.id) } { (ctx.t("commission-back-to-plan")) } }
            }
        } @else if !view.mine {
            p { (badge(Badge::Blue, &ctx.t("commission-step-other"))) " "
                (ctx.t_args("commission-step-other-about", &[("who", say(ctx, &view.by).into())])) }
        }
    }
}

fn content(seat: &Seat, view: &StepPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    match &view.needs {
        StepNeeds::Minutes => step_minutes::content(seat, view, form, findings),
        StepNeeds::Notice(draft) => step_notice::content(seat, view, draft, form, findings),
        StepNeeds::Running(running) => step_notice::running(seat, view, running, form),
        StepNeeds::Verdicts => step_decide::content(seat, view, form, findings),
        StepNeeds::Letters(to) => step_letters::content(seat, view, to, form, findings),
        StepNeeds::Sum(sum) => step_sum::content(seat, view, *sum, form, findings),
        StepNeeds::Elsewhere => html! {
            section.card {
                @if view.step.act == Act::Plan { p { (ctx.t("commission-plan-here-link")) } }
                p { a href={ "/plans/" (view.plan.id) } { (ctx.t("commission-back-to-plan")) } }
            }
        },
    }
}

/// The items that a step is about, with their amounts.
pub(super) fn items(ctx: &Ctx, view: &StepPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("commission-number")),
        Head::text(ctx.t("commission-title")),
        Head::text(ctx.t("commission-company")),
        Head::amount(ctx.t("commission-amount-yuan")),
    ];
    let mut table = DataTable::new("items", ctx.t("commission-step-items"), heads).quiet_caption();
    for item in &view.items {
        let refused = item.verdict.is_some_and(|(granted, _)| !granted);
        table = table.row(vec![
            html! { a href={ "/cases/" (item.case) } { (ctx.zh(&item.number)) } },
            ctx.zh(&item.title),
            ctx.zh(&item.company),
            html! { @if refused { (badge(Badge::Red, &ctx.t("commission-refused"))) } @else { (item.amount.grouped()) } },
        ]);
    }
    let granted = view.items.iter().filter(|item| item.verdict.is_none_or(|(granted, _)| granted));
    let total = kernel::Money::sum(granted.map(|item| item.amount)).unwrap_or(kernel::Money::MAX);
    let table =
        table.totals(vec![html! { (ctx.t("total")) }, html! {}, html! {}, html! { (total.grouped()) }]);
    panel(&ctx.t("commission-step-items"), table.html())
}
