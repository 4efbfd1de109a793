//! The final determination: each item granted or refused, with what the rules say of it now and which items stand in each
//! other's way.

use app::Command;
use app::view::state::{Reason, Verdict};
use app::view::{StepItem, StepPage};
use kernel::amount::AmountUnit;
use kernel::money::Money;
use maud::{Markup, html};

use super::parts::{date, money, needed};
use super::plan::after;
use crate::ctx::Ctx;
use crate::pages::shared::{article, key_of_act, say};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, Field, Findings, Form, MoneyUnit, Opt, actions, badge, button, details, panel, panel_with,
    verdict,
};

/// The form.
pub(super) fn content(seat: &Seat, view: &StepPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of_act(&seat.state, form, "decide");
    let today = ctx.today.to_string();
    let stamp = if form.has("stamp") { form.get("stamp") } else { today.as_str() };
    let action = format!("/plans/{}/do/{}", view.plan.id, view.step.id);
    let fields = html! {
        @for item in &view.items { (one(ctx, view, item, form, findings)) }
        (panel(&ctx.t("commission-decision"), html! {
            (Field::date("stamp", &ctx.t("commission-stamp")).hint(&ctx.t("commission-stamp-hint")).value(stamp)
                .error(findings.at("stamp")).html(ctx))
            (Field::text("document", &ctx.t("commission-document")).value(form.get("document"))
                .error(findings.at("document")).html(ctx))
            (actions(button::primary(&ctx.t("commission-decide"), "decide")))
        }))
    };
    html! {
        (panel(&ctx.t("commission-money"), after(ctx, &view.money)))
        @if view.mine { (Form::post(&action, "decide").key(&key).guarded().html(ctx, fields)) }
        @else { @for item in &view.items { (panel_with(&head(item), html! {}, facts(ctx, view, item))) } }
    }
}

fn head(item: &StepItem) -> String {
    format!("{} {}", item.number, item.title)
}

/// One item: what the rules say, and what is decided.
fn one(ctx: &Ctx, view: &StepPage, item: &StepItem, form: &Submitted, findings: &Findings) -> Markup {
    let waits = !item.objections.is_empty();
    let name = |what: &str| format!("{what}.{}", item.case);
    let options =
        [Opt::new("grant", ctx.t("commission-grant")), Opt::new("refuse", ctx.t("commission-refuse"))];
    let (verdict, amount, why, exception) = (name("verdict"), name("amount"), name("why"), name("exception"));
    let grantable = item.judged.as_ref().is_none_or(|j| j.limit.is_some());
    let usual = if grantable { "grant" } else { "refuse" };
    let chosen = if form.has(&verdict) { form.get(&verdict) } else { usual };
    let planned = item.amount.grouped();
    let value = if form.has(&amount) { form.get(&amount) } else { planned.as_str() };
    let hard = item.judged.as_ref().and_then(|j| j.hard_limit);
    panel_with(
        &head(item),
        html! { @if waits { (badge(Badge::Amber, &ctx.t("commission-waits"))) } },
        html! {
            (facts(ctx, view, item))
            @if waits { p { (ctx.t("commission-waits-about")) } }
            @else {
                (Choice::radios(&verdict, &ctx.t("commission-verdict"), &options).inline().chosen(chosen)
                    .error(findings.at(&verdict)).html(ctx))
                (Field::money(&amount, &ctx.t("commission-amount"), MoneyUnit::Yuan).value(value)
                    .hint(&ctx.t_args("commission-decide-amount-hint", &[("planned", planned.clone().into())]))
                    .error(findings.at(&amount)).html(ctx))
                (Field::text(&why, &ctx.t("commission-decide-why")).optional().hint(&ctx.t("commission-decide-why-hint"))
                    .value(form.get(&why)).error(findings.at(&why)).html(ctx))
                @if let Some(hard) = hard {
                    (Field::text(&exception, &ctx.t("commission-exception")).optional()
                        .hint(&ctx.t_args("commission-exception-hint", &[("most", hard.grouped().into())]))
                        .value(form.get(&exception)).error(findings.at(&exception)).html(ctx))
                }
            }
        },
    )
}

/// What is known of an item: parties, the rules' word, conflicts, objections.
fn facts(ctx: &Ctx, view: &StepPage, item: &StepItem) -> Markup {
    html! {
        p.hint { (ctx.zh(&item.applicant)) @if !item.company.is_empty() { " → " (ctx.zh(&item.company)) }
            " · " a href={ "/cases/" (item.case) } { (ctx.t("commission-case-page")) } }
        @if let Some(judged) = &item.judged {
            @match judged.limit {
                Some(limit) => p {
                    (badge(Badge::Green, &ctx.t("commission-eligible"))) " "
                    (ctx.t_args("commission-limit-is", &[("limit", limit.grouped().into()), ("binds", judged.binds.clone().into())]))
                    " " (article(&judged.amount_cite))
                },
                None => p { (badge(Badge::Red, &ctx.t("commission-not-eligible"))) " " (ctx.t("commission-not-eligible-about")) },
            }
            @if judged.limit.is_some_and(|limit| item.amount > limit) {
                p role="status" { (badge(Badge::Amber, &ctx.t("commission-above-limit"))) " "
                    (ctx.t_args("commission-above-limit-about", &[("planned", item.amount.grouped().into())])) }
            }
            @for words in &judged.against { p { (ctx.zh(say(ctx, words))) } }
            (details(&ctx.t("commission-rules"), rules(ctx, &judged.rules)))
        }
        @for conflict in &item.conflicts {
            p role="status" {
                (badge(Badge::Amber, &ctx.t("commission-conflict"))) " "
                (ctx.t_args("commission-conflict-with", &[("number", conflict.number.clone().into())])) " "
                @for why in &conflict.why { (ctx.zh(say(ctx, why))) " " }
            }
        }
        @for (id, receipt) in &item.objections {
            p { (badge(Badge::Amber, &ctx.t("commission-objection-open"))) " "
                a href={ "/plans/" (view.plan.id) "/objections/" (id) } { (receipt) } }
        }
    }
}

fn rules(ctx: &Ctx, rules: &[app::view::pack::RuleResult]) -> Markup {
    use app::view::pack::Verdict as Said;
    html! {
        ul.papers {
            @for rule in rules {
                @let said = match rule.outcome {
                    Said::Met => crate::ui::Verdict::Met,
                    Said::NotMet => crate::ui::Verdict::NotMet,
                    Said::Unknown => crate::ui::Verdict::Open,
                };
                li { (verdict(ctx, said)) " " (ctx.zh(ctx.pick(&rule.sentence_zh, &rule.sentence_en))) }
            }
        }
    }
}

/// What was typed: a verdict on every item that does not wait.
pub(super) fn command(
    ctx: &Ctx,
    view: &StepPage,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Command> {
    let mut items = Vec::new();
    for item in view.items.iter().filter(|item| item.objections.is_empty()) {
        let name = |what: &str| format!("{what}.{}", item.case);
        let text = |what: &str| form.get(&name(what)).to_owned();
        match form.get(&name("verdict")) {
            "grant" => {
                let amount = money(ctx, form, findings, &name("amount"), AmountUnit::Yuan);
                let (why, exception) = (text("why"), text("exception"));
                items.push(Verdict {
                    case: item.case,
                    granted: true,
                    amount: amount.unwrap_or(Money::ZERO),
                    why,
                    exception,
                });
            }
            "refuse" => {
                let why = needed(ctx, form, findings, &name("why"));
                items.push(Verdict {
                    case: item.case,
                    granted: false,
                    amount: Money::ZERO,
                    why,
                    exception: String::new(),
                });
            }
            _ => findings.add(name("verdict"), ctx.t("commission-choose-verdict")),
        }
    }
    let stamp = date(ctx, form, findings, "stamp");
    let document = needed(ctx, form, findings, "document");
    Some(Command::Determine {
        plan: view.plan.id,
        step: view.step.id.clone(),
        stamp: stamp?,
        document,
        items,
    })
}

/// The field that a refusal belongs to: that of the case that it names.
pub(super) fn field(view: &StepPage, reason: &Reason) -> String {
    let at = |what: &str, number: &str| {
        let item = view.items.iter().find(|item| number.contains(item.number.as_str()));
        item.or(view.items.first()).map_or_else(|| "stamp".to_owned(), |item| format!("{what}.{}", item.case))
    };
    match reason {
        Reason::DateInFuture { .. } | Reason::DateTooEarly { .. } => "stamp".to_owned(),
        Reason::ReasonMissing { what, .. } if view.items.iter().any(|i| what.contains(i.number.as_str())) => {
            at("why", what)
        }
        Reason::ReasonMissing { .. } => "document".to_owned(),
        Reason::NotGrantable { cases, .. } => at("verdict", cases.first().map_or("", |c| c.case.as_str())),
        Reason::ObjectionOpen { cases } | Reason::ItemUndecided { cases } => at("verdict", cases),
        Reason::ExceptionUnfounded { case } => at("exception", case),
        Reason::AmountNotPositive { what } => at("amount", what),
        Reason::AmountAboveLimit { limit, .. } => {
            let of = |item: &&StepItem| {
                item.judged.as_ref().is_some_and(|j| [j.limit, j.hard_limit].contains(&Some(*limit)))
            };
            at("amount", view.items.iter().find(of).map_or("", |item| item.number.as_str()))
        }
        _ => at("amount", ""),
    }
}
