//! A meeting agrees to a plan: its minutes.

use app::Command;
use app::view::StepPage;
use app::view::state::{Minutes, Reason};
use maud::{Markup, html};

use super::parts::{date, needed};
use super::plan::after;
use super::step::items;
use crate::ctx::Ctx;
use crate::pages::shared::key_of_act;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, panel};

/// The form.
pub(super) fn content(seat: &Seat, view: &StepPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "deliberate");
    let today = ctx.today.to_string();
    let held = if form.has("held_on") { form.get("held_on") } else { today.as_str() };
    let at = |name: &str| findings.at(name);
    let t = |id: &str| ctx.t(id);
    let fields = html! {
        (Field::date("held_on", &t("commission-met-on")).value(held).error(at("held_on")).html(ctx))
        (Field::text("place", &t("commission-place")).value(form.get("place")).error(at("place")).html(ctx))
        (Field::text("chair", &t("commission-chair")).value(form.get("chair")).error(at("chair")).html(ctx))
        (Field::long_text("present", &t("commission-present"), 5).hint(&t("commission-present-hint"))
            .value(form.get("present")).error(at("present")).html(ctx))
        (Field::long_text("resolution", &t("commission-resolution"), 5).hint(&t("commission-resolution-hint"))
            .value(form.get("resolution")).error(at("resolution")).html(ctx))
        (actions(button::primary(&t("commission-minutes-keep"), "deliberate")))
    };
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    html! {
        (items(ctx, view))
        (panel(&t("commission-money"), after(ctx, &view.money)))
        @if view.mine {
            (panel(&t("commission-minutes"), html! {
                p.hint { (t("commission-minutes-about")) }
                (Form::post(&action, "deliberate").key(&key).guarded().html(ctx, fields))
            }))
        }
    }
}

/// What was typed.
pub(super) fn command(
    ctx: &Ctx,
    view: &StepPage,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Command> {
    let held_on = date(ctx, form, findings, "held_on");
    let place = needed(ctx, form, findings, "place");
    let chair = needed(ctx, form, findings, "chair");
    let present: Vec<String> = needed(ctx, form, findings, "present")
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let resolution = needed(ctx, form, findings, "resolution");
    let minutes = Minutes { held_on: held_on?, place, chair, present, resolution };
    Some(Command::Deliberate { plan: view.plan.id, step: view.step.id.clone(), minutes })
}

/// The field that a refusal belongs to.
pub(super) fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::DateInFuture { .. } | Reason::DateTooEarly { .. } => "held_on",
        Reason::MinutesIncomplete { .. } => "place",
        _ => "resolution",
    }
}
