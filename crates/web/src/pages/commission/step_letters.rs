//! The written results go out: one letter to everybody who must have one.

use app::Command;
use app::view::StepPage;
use app::view::state::{Letter, Reason};
use maud::{Markup, html};

use super::parts::date;
use super::step::items;
use crate::ctx::Ctx;
use crate::pages::shared::key_of_act;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, actions, button, panel};

/// The form.
pub(super) fn content(
    seat: &Seat,
    view: &StepPage,
    to: &[String],
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "inform");
    let today = ctx.today.to_string();
    let on = if form.has("sent_on") { form.get("sent_on") } else { today.as_str() };
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    let fields = html! {
        (Field::date("sent_on", &ctx.t("commission-sent-on")).value(on).error(findings.at("sent_on")).html(ctx))
        @for (index, recipient) in to.iter().enumerate() {
            @let name = format!("letter.{index}");
            (Field::text(&name, recipient).hint(&ctx.t("commission-letter-number")).value(form.get(&name))
                .error(findings.at(&name)).html(ctx))
        }
        (actions(button::primary(&ctx.t("commission-inform"), "inform")))
    };
    html! {
        (items(ctx, view))
        (panel(&ctx.t("commission-letters"), html! {
            p.hint { (ctx.t("commission-letters-about")) }
            @if view.mine { (Form::post(&action, "inform").key(&key).guarded().html(ctx, fields)) }
            @else { ul { @for recipient in to { li { (ctx.zh(recipient)) } } } }
        }))
    }
}

/// What was typed.
pub(super) fn command(
    ctx: &Ctx,
    view: &StepPage,
    to: &[String],
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Command> {
    let on = date(ctx, form, findings, "sent_on");
    let mut letters = Vec::new();
    for (index, recipient) in to.iter().enumerate() {
        let name = format!("letter.{index}");
        let number = form.get(&name).to_owned();
        if number.is_empty() {
            findings.add(name, ctx.t_args("commission-letter-missing", &[("to", recipient.clone().into())]));
        }
        letters.push(Letter { to: recipient.clone(), number });
    }
    Some(Command::Inform { plan: view.plan.id, step: view.step.id.clone(), on: on?, letters })
}

/// The field that a refusal belongs to.
pub(super) fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::LetterMissing { .. } => "letter.0",
        _ => "sent_on",
    }
}
