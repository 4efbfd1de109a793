//! The granted sum is remitted at once: the sum is fixed, the voucher is typed.

use app::Command;
use app::view::StepPage;
use app::view::state::Reason;
use kernel::money::Money;
use maud::{Markup, html};

use super::parts::{date, needed};
use super::step::items;
use crate::ctx::Ctx;
use crate::pages::shared::key_of_act;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, Stat, actions, button, panel, stats};

/// The form.
pub(super) fn content(
    seat: &Seat,
    view: &StepPage,
    sum: Money,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "remit");
    let today = ctx.today.to_string();
    let on = if form.has("paid_on") { form.get("paid_on") } else { today.as_str() };
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    let fields = html! {
        (Field::date("paid_on", &ctx.t("commission-remitted-on")).value(on).error(findings.at("paid_on")).html(ctx))
        (Field::text("voucher", &ctx.t("commission-voucher")).value(form.get("voucher")).error(findings.at("voucher")).html(ctx))
        (actions(button::primary(&ctx.t("commission-remit"), "remit")))
    };
    html! {
        (stats(&[Stat {
            label: ctx.t("commission-remit-sum"),
            value: sum.grouped(),
            unit: ctx.t("unit-yuan"),
            about: ctx.t("commission-remit-sum-about"),
            href: None,
        }]))
        (items(ctx, view))
        @if view.mine { (panel(&ctx.t("commission-remit"), Form::post(&action, "remit").key(&key).guarded().html(ctx, fields))) }
    }
}

/// What was typed.
pub(super) fn command(
    ctx: &Ctx,
    view: &StepPage,
    sum: Money,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Command> {
    let on = date(ctx, form, findings, "paid_on");
    let voucher = needed(ctx, form, findings, "voucher");
    Some(Command::Remit { plan: view.plan.id, step: view.step.id.clone(), on: on?, amount: sum, voucher })
}

/// The field that a refusal belongs to.
pub(super) fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::DateInFuture { .. } | Reason::DateTooEarly { .. } => "paid_on",
        _ => "voucher",
    }
}
