//! `/allocations/{id}`: a plan with its lines, what stands in their way, the money left, its steps with dates, how it was
//! computed, and what happened.

use app::access::Right;
use app::view::money::{AllocationPage, StepDone, StepNow, StepState};
use app::view::pack::{Act, StepOutcomeKind};
use app::view::state::OutcomeKind;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::AllocationId;
use maud::{Markup, html};

use super::allocation_lines::{lines, method, quota, sources};
use super::parts::allocation_badge;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{
    article, due, fund_side, id, next, notice, open_steps, outcome_colour, overhead_warnings, require, say,
    shown, stat_yuan, yuan,
};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Event, Head, Stat, Timeline, badge, button, panel, stats};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path(of): Path<String>,
    Query(query): Query<crate::pages::shared::Query>,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::allocation(&seat, &view, format);
    }
    let ctx = &seat.ctx;
    let open = view.line.row.standing == "open";
    let preview = shown(ctx, seat.app().allocation_preview(&seat.viewer, view.line.row.allocation, &[]))?;
    Ok(under(ctx, &view)
        .body(html! {
            (stands(ctx, &view))
            (stats(&figures(ctx, &view)))
            (acts(ctx, &view))
            (steps(ctx, &view))
            (lines(ctx, &view))
            (tables::links(ctx, &format!("/allocations/{}", view.line.row.allocation)))
            (method(ctx, &view))
            @if open { (sources(ctx, &view, &preview)) (quota(ctx, &view)) }
            (trail(ctx, &view))
        })
        .into_response())
}

/// The plan, for those who allocate or see all money.
pub(super) fn load(seat: &Seat, of: &str) -> Result<AllocationPage, WebError> {
    require(seat, &[Right::Allocate, Right::SeeMoney])?;
    let id: AllocationId = id(of)?;
    shown(&seat.ctx, seat.app().allocation_page(&seat.viewer, id))
}

fn under<'c>(ctx: &'c Ctx, view: &AllocationPage) -> Page<'c> {
    let row = &view.line.row;
    Page::new(ctx, &ctx.t_args("pj-allocation-title", &[("number", row.number.clone().into())]))
        .width(Width::Wide)
        .crumb("/allocations", ctx.t("pj-allocations"))
        .caption(format!(
            "{} · {} · {}",
            fund_side(ctx, &view.line.fund, &view.line.side),
            ctx.t_args("pj-year-of", &[("year", row.year.to_string().into())]),
            view.basis
        ))
        .beside_title(allocation_badge(ctx, &row.standing))
}

/// What must be minded: more than is left, lines that would be refused; what is approved.
pub(super) fn stands(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let open = view.line.row.standing == "open";
    let hindered = view.lines.iter().filter(|line| !line.health.is_well()).count();
    html! {
        @if let Some(over) = view.over() {
            (notice(Badge::Red, html! {
                p { strong { (ctx.t_args("pj-over", &[("total", yuan(ctx, view.total).into()), ("left", yuan(ctx, view.quota_left).into()), ("over", yuan(ctx, over).into())])) } }
                p { (ctx.t("pj-over-next")) }
            }))
        }
        @if open && hindered > 0 {
            (notice(Badge::Amber, html! { p { (ctx.t_args("pj-lines-hindered", &[("count", hindered.into())])) " " a href="#alloc-lines" { (ctx.t("pj-lines-look")) } } }))
        }
        (overhead_warnings(ctx, &view.overheads))
        @if let Some((on, document)) = &view.approved {
            (notice(Badge::Green, html! { p { (ctx.t_args("pj-approved-on", &[("date", ctx.date(*on).into()), ("document", document.clone().into()), ("total", yuan(ctx, view.total).into())])) } }))
        }
    }
}

pub(super) fn figures(ctx: &Ctx, view: &AllocationPage) -> Vec<Stat> {
    let after = view.quota_left.checked_sub(view.total).unwrap_or(view.quota_left);
    let open = view.line.row.standing == "open";
    let mut all = vec![
        stat_yuan(
            ctx,
            "pj-total",
            view.total,
            ctx.t_args("pj-total-about", &[("count", view.lines.len().into())]),
        ),
        stat_yuan(
            ctx,
            "pj-quota-left",
            view.quota_left,
            ctx.t_args("pj-quota-about", &[("count", view.quota.len().into())]),
        ),
    ];
    if open {
        all.push(stat_yuan(ctx, "pj-quota-after", after, ctx.t("pj-quota-after-about")));
    }
    all
}

/// What this person can do now.
fn acts(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let base = format!("/allocations/{}", view.line.row.allocation);
    let mine: Vec<&StepNow> =
        open_steps(&view.steps).filter(|now| now.mine && now.step.act != Act::Plan).collect();
    html! {
        @if view.may_edit || !mine.is_empty() {
            div.actions {
                @for now in mine { (button::link_primary(&format!("{base}/do/{}", now.step.id), say(ctx, &now.step.name))) }
                @if view.may_edit { (button::link(&format!("{base}/edit"), &ctx.t("pj-edit"))) }
                @if view.may_edit { (button::link(&format!("{base}/import"), &ctx.t("tables-import"))) }
            }
        }
    }
}

/// The steps with who does them, their articles and dates.
pub(super) fn steps(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("pj-step")),
        Head::text(ctx.t("pj-step-by")),
        Head::text(ctx.t("pj-standing")),
        Head::text(ctx.t("pj-step-when")),
        Head::text(ctx.t("pj-opinion")),
    ];
    let base = format!("/allocations/{}/do", view.line.row.allocation);
    let table = view
        .steps
        .iter()
        .fold(DataTable::new("steps", ctx.t("pj-steps"), heads).quiet_caption(), |table, now| {
            table.row(step(ctx, &base, now))
        });
    panel(
        &ctx.t("pj-steps"),
        html! {
            (next(ctx, &view.steps))
            (table.html())
        },
    )
}

fn step(ctx: &Ctx, base: &str, now: &StepNow) -> Vec<Markup> {
    let open = matches!(now.state, StepState::Open(..));
    let name = say(ctx, &now.step.name);
    vec![
        html! {
            @if open && now.mine { a href={ (base) "/" (now.step.id) } { (name) } } @else { (name) }
            p.hint { (article(&now.cite)) @if now.files { " · " (ctx.t("pj-files-never-stop")) } }
        },
        html! { (say(ctx, &now.by)) },
        html! {
            @match &now.state {
                StepState::Done(done) => (done_badge(ctx, done)),
                StepState::Open(..) if now.files => (badge(Badge::Amber, &ctx.t("pj-duty-open"))),
                StepState::Open(..) => (badge(Badge::Blue, &ctx.t("pj-step-open"))),
                StepState::Later => (badge(Badge::Grey, &ctx.t("pj-step-later"))),
            }
        },
        html! {
            @match &now.state {
                StepState::Done(done) => { (ctx.date(done.on)) p.hint { (ctx.zh(&done.person)) } },
                StepState::Open(since, Some(shown)) => { (due(ctx, shown, &now.cite)) p.hint { (ctx.t_args("pj-since", &[("date", ctx.date(*since).into())])) } },
                StepState::Open(since, None) => { (ctx.t_args("pj-since", &[("date", ctx.date(*since).into())])) p.hint { (ctx.t("desk-no-deadline")) } },
                StepState::Later => {},
            }
        },
        html! { @if let StepState::Done(done) = &now.state { (said(ctx, done)) } },
    ]
}

fn done_badge(ctx: &Ctx, done: &StepDone) -> Markup {
    let word = say(ctx, &done.outcome);
    badge(outcome_colour(done.kind), &if word.is_empty() { ctx.t("pj-step-done") } else { word.to_owned() })
}

fn said(ctx: &Ctx, done: &StepDone) -> Markup {
    html! {
        @if let Some(document) = &done.document { div { (ctx.zh(document)) } }
        @if !done.opinion.is_empty() { div { (ctx.zh(&done.opinion)) } }
        @for (name, text) in &done.notes { p.hint { (say(ctx, name)) " " (ctx.zh(text)) } }
    }
}

/// Whether anything was said.
fn has_said(done: &StepDone) -> bool {
    done.document.is_some() || !done.opinion.is_empty() || !done.notes.is_empty()
}

/// Everything that was done, newest first, returned things included.
fn trail(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let event = |line: &app::view::money::TrailLine| Event {
        title: match say(ctx, &line.done.outcome) {
            "" => say(ctx, &line.step).to_owned(),
            outcome => format!("{} · {outcome}", say(ctx, &line.step)),
        },
        by: line.done.person.clone(),
        at: ctx.date(line.done.on),
        article: String::new(),
        text: (line.void || has_said(&line.done)).then(|| {
            html! {
                (said(ctx, &line.done))
                @if line.void { p { (badge(Badge::Grey, &ctx.t("pj-void"))) } }
            }
        }),
        colour: match line.done.kind {
            _ if line.void => Badge::Grey,
            OutcomeKind::Pass | OutcomeKind::Complete => Badge::Blue,
            OutcomeKind::Return => Badge::Amber,
            OutcomeKind::End => Badge::Red,
        },
    };
    let events: Vec<Event> = view.trail.iter().rev().map(event).collect();
    html! { @if !events.is_empty() { (panel(&ctx.t("pj-trail"), Timeline::new(events).html(ctx))) } }
}

/// Whether an outcome of the pack passes.
pub(super) fn passes(kind: StepOutcomeKind) -> bool {
    kind == StepOutcomeKind::Pass
}
