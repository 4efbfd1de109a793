//! A public notice: what it would show, where it stands and how long; then, while it runs, the days left and its end.

use app::Command;
use app::view::state::{Posting, Reason};
use app::view::{NoticeDraft, NoticeRunning, StepPage};
use kernel::deadline::Window;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::date;
use super::years::span;
use crate::ctx::Ctx;
use crate::pages::shared::{article, key_of_act, say};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, DataTable, Field, Findings, Form, Head, SummaryList, actions, badge, button, empty_state, panel,
    panel_with,
};

/// The key of the content that names the window's days.
const PERIOD: &str = "period";

/// The form, over a preview of the notice.
pub(super) fn content(
    seat: &Seat,
    view: &StepPage,
    draft: &NoticeDraft,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "post");
    let on = if form.has("on") { form.get("on").to_owned() } else { draft.on.to_string() };
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    let fields = html! {
        (panel(&ctx.t("commission-notice-when"), html! {
            (Field::date("on", &ctx.t("commission-posted-on")).value(&on).hint(&ctx.t("commission-posted-on-hint"))
                .error(findings.at("on")).html(ctx))
            div data-part="window" { (window(ctx, &draft.window, draft.revision.as_deref())) }
        }))
        (panel(&ctx.t("commission-notice-text"), html! {
            @for (key, name) in &draft.typed { (content_field(ctx, draft, key, say(ctx, name), form, findings)) }
            input type="hidden" name="period_auto" value=(draft.period());
        }))
        (panel(&ctx.t("commission-postings"), html! {
            p.hint { (ctx.t("commission-postings-about")) }
            @for (index, place) in draft.notice.places.iter().enumerate() {
                @let name = format!("posting.{index}");
                (Field::text(&name, say(ctx, place)).value(form.get(&name)).error(findings.at(&name)).html(ctx))
            }
        }))
        (actions(button::primary(&ctx.t("commission-notice-post"), "post")))
    };
    html! {
        (panel_with(&ctx.t("commission-notice-preview"), article(&draft.notice.cite.to_string()), preview(ctx, draft)))
        @if view.mine { (Form::post(&action, "post").key(&key).live().guarded().html(ctx, fields)) }
        @else { (panel(&ctx.t("commission-notice-when"), window(ctx, &draft.window, draft.revision.as_deref()))) }
    }
}

/// What the cases answer themselves.
fn preview(ctx: &Ctx, draft: &NoticeDraft) -> Markup {
    if draft.rows.is_empty() {
        return empty_state(&ctx.t("commission-items-none"), &ctx.t("commission-notice-no-items"), html! {});
    }
    let mut heads = vec![Head::text(ctx.t("commission-number"))];
    heads.extend(draft.columns.iter().map(|(key, name)| {
        if key == "amount" { Head::amount(say(ctx, name)) } else { Head::text(say(ctx, name)) }
    }));
    let mut table = DataTable::new("preview", say(ctx, &draft.notice.name), heads);
    for (number, cells) in &draft.rows {
        let mut row = vec![ctx.zh(number)];
        row.extend(cells.iter().map(|cell| html! { (say(ctx, &cell.text)) }));
        table = table.row(row);
    }
    html! { p.hint { (ctx.t("commission-notice-preview-about")) } (table.html()) }
}

/// A field of what must be typed. The period follows the day of posting until somebody writes it otherwise.
fn content_field(
    ctx: &Ctx,
    draft: &NoticeDraft,
    key: &str,
    label: &str,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let name = format!("field.{key}");
    let typed = form.get(&name);
    let follows = key == PERIOD && (typed.is_empty() || typed == form.get("period_auto"));
    let value = if follows { draft.period() } else { typed.to_owned() };
    html! {
        div.field data-part=(name) {
            (Field::text(&name, label).value(&value).error(findings.at(&name)).html(ctx))
        }
    }
}

/// The days of a notice.
fn window(ctx: &Ctx, window: &Window, revision: Option<&str>) -> Markup {
    let mut list = SummaryList::new().row(
        ctx.t("commission-window"),
        html! {
            (span(ctx, window.first, window.last))
            @if window.provisional { " " span.provisional { (ctx.t("provisional")) } }
        },
    );
    if window.loose_last != window.last {
        list = list.row(
            ctx.t("commission-window-loose"),
            html! {
                (ctx.date(window.loose_last)) " " span.hint { (ctx.t("commission-window-loose-about")) }
            },
        );
    }
    list.row(
        ctx.t("commission-calendar"),
        html! {
            @match revision { Some(title) => (ctx.zh(title)), None => (ctx.t("commission-calendar-none")) }
        },
    )
    .html(ctx)
}

/// What was typed.
pub(super) fn command(
    ctx: &Ctx,
    view: &StepPage,
    draft: &NoticeDraft,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Command> {
    let on = date(ctx, form, findings, "on");
    let mut fields = BTreeMap::new();
    for (key, label) in &draft.typed {
        let name = format!("field.{key}");
        let text = form.get(&name);
        let text =
            if key == PERIOD && text == form.get("period_auto") { draft.period() } else { text.to_owned() };
        if text.is_empty() {
            findings.add(name, ctx.t_args("needs-what", &[("what", say(ctx, label).into())]));
        }
        fields.insert(key.clone(), text);
    }
    let mut postings = Vec::new();
    for (index, place) in draft.notice.places.iter().enumerate() {
        let name = format!("posting.{index}");
        let address = form.get(&name).to_owned();
        if address.is_empty() {
            findings
                .add(name, ctx.t_args("commission-posting-missing", &[("place", say(ctx, place).into())]));
        }
        postings.push(Posting { place: place.zh.clone(), address });
    }
    Some(Command::PostNotice { plan: view.plan.id, step: view.step.id.clone(), on: on?, postings, fields })
}

/// The field that a refusal belongs to.
pub(super) fn field(draft: &NoticeDraft, reason: &Reason) -> String {
    match reason {
        Reason::PostingMissing { .. } => "posting.0".to_owned(),
        Reason::NoticeIncomplete { .. } => {
            draft.typed.first().map_or_else(|| "on".to_owned(), |(key, _)| format!("field.{key}"))
        }
        _ => "on".to_owned(),
    }
}

/// A notice that was posted: how long it still runs, objections, and its end.
pub(super) fn running(seat: &Seat, view: &StepPage, notice: &NoticeRunning, form: &Submitted) -> Markup {
    let ctx = &seat.ctx;
    let open = notice.running.is_open();
    let waiting = notice
        .objections
        .iter()
        .filter(|id| view.plan.objections.get(id).is_some_and(|o| o.answer.is_none()))
        .count();
    let key = key_of_act(&seat.state, form, "end");
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    html! {
        (panel_with(&ctx.t_args("commission-notice-of", &[("number", notice.posted.number.clone().into())]),
            html! { a href={ "/notices/" (view.plan.id) } { (ctx.t("commission-notice-public")) } },
            html! {
                p { (how_long(ctx, notice)) }
                (SummaryList::new().row(ctx.t("commission-posted-on"), html! { (ctx.date(notice.posted.on)) }).html(ctx))
                (window(ctx, &notice.posted.window, notice.revision.as_deref()))
            }))
        (panel(&ctx.t("commission-objections"), objections(ctx, view, notice)))
        @if view.mine {
            (panel(&ctx.t("commission-notice-end"), html! {
                @if open { p { (ctx.t_args("commission-notice-end-later", &[("last", ctx.date(notice.posted.window.last).into())])) } }
                @else {
                    @if waiting > 0 { p { (ctx.t("commission-notice-end-partly")) } } @else { p { (ctx.t("commission-notice-end-about")) } }
                    (Form::post(&action, "end").key(&key).html(ctx, html! {
                        div id="f-end" { (actions(button::primary(&ctx.t("commission-notice-end"), "end"))) }
                    }))
                }
            }))
        }
    }
}

fn how_long(ctx: &Ctx, notice: &NoticeRunning) -> Markup {
    match notice.running {
        app::view::Running::Open(left) => html! {
            (badge(Badge::Blue, &ctx.t("commission-notice-runs"))) " "
            (ctx.t_args("deadline-left", &[("days", left.n.into())]))
            @if left.provisional { " " span.provisional { (ctx.t("provisional")) } }
        },
        app::view::Running::Ended | app::view::Running::Stopped => {
            badge(Badge::Green, &ctx.t("commission-notice-over"))
        }
    }
}

fn objections(ctx: &Ctx, view: &StepPage, notice: &NoticeRunning) -> Markup {
    if notice.objections.is_empty() {
        return empty_state(
            &ctx.t("commission-objections-none"),
            &ctx.t("commission-objections-none-about"),
            html! {},
        );
    }
    html! {
        ul.papers {
            @for id in &notice.objections {
                @if let Some(one) = view.plan.objections.get(id) {
                    li {
                        a href={ "/plans/" (view.plan.id) "/objections/" (id) } { (one.receipt) } " "
                        @if one.answer.is_some() { (badge(Badge::Green, &ctx.t("commission-answered"))) }
                        @else { (badge(Badge::Amber, &ctx.t("commission-unanswered"))) }
                        p.hint { (ctx.date(one.on)) }
                    }
                }
            }
        }
    }
}
