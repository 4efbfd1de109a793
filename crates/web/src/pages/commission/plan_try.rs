//! What a different ratio would do: a form in the address (GET), which writes nothing.

use app::view::{PlanPage, Tried};
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::{left, signed};
use super::year_form::{kept, param_field};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::shown;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{DataTable, Findings, Head, SummaryList, actions, error_summary};

/// The form, and what came of it.
pub(super) fn panel(
    seat: &Seat,
    view: &PlanPage,
    asked: &BTreeMap<String, String>,
) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    if view.params.is_empty() {
        return Ok(html! { p { (ctx.t("commission-try-nothing")) } });
    }
    let mut form = Submitted::default();
    let mut typed = BTreeMap::new();
    for (param, now) in &view.params {
        let text = asked
            .get(&param.field)
            .cloned()
            .unwrap_or_else(|| now.strip_suffix('%').unwrap_or(now).to_owned());
        typed.insert(param.field.clone(), kept(param, text.trim()));
        form.set(&param.field, text);
    }
    let tried = if asked.contains_key("try") {
        Some(shown(ctx, seat.app().try_values(&seat.viewer, view.plan.id, &typed))?)
    } else {
        None
    };
    let faults = tried.iter().flat_map(|t| &t.faults);
    let findings: Findings =
        faults.map(|(name, words)| (name.clone(), ctx.pick(&words.zh, &words.en).to_owned())).collect();
    Ok(html! {
        p.hint { (ctx.t("commission-try-about")) }
        form.form method="get" action={ "/plans/" (view.plan.id) } {
            (error_summary(ctx, &findings))
            input type="hidden" name="try" value="1";
            div.columns { @for (param, _) in &view.params { div { (param_field(ctx, param, &form, &findings)) } } }
            (actions(html! { button.button.primary type="submit" { (ctx.t("commission-try-do")) } }))
        }
        @if let Some(tried) = tried.filter(|t| t.faults.is_empty()) { (result(ctx, &tried)) }
    })
}

fn result(ctx: &Ctx, tried: &Tried) -> Markup {
    let heads = vec![
        Head::text(ctx.t("commission-case")),
        Head::amount(ctx.t("commission-planned-yuan")),
        Head::amount(ctx.t("commission-try-now-yuan")),
        Head::amount(ctx.t("commission-try-then-yuan")),
        Head::amount(ctx.t("commission-try-difference-yuan")),
    ];
    let amount = |money: Option<kernel::Money>| {
        html! {
            @match money { Some(money) => (money.grouped()), None => span.hint { (ctx.t("commission-try-none")) } }
        }
    };
    let mut table = DataTable::new("tried", ctx.t("commission-try"), heads).quiet_caption();
    for line in &tried.lines {
        table = table.row(vec![
            html! { div { (ctx.zh(&line.number)) div.hint { (ctx.zh(&line.title)) } } },
            html! { (line.planned.grouped()) },
            amount(line.now),
            amount(line.then),
            html! { (signed(line.difference())) },
        ]);
    }
    let (planned, now, then) = tried.total;
    let difference = then.checked_sub(now).unwrap_or(kernel::Money::ZERO);
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! { (planned.grouped()) },
        html! { (now.grouped()) },
        html! { (then.grouped()) },
        html! { (signed(difference)) },
    ]);
    html! {
        (table.html())
        (SummaryList::new()
            .row(ctx.t("commission-try-year-left"), html! { (left(ctx, tried.year_left)) " " (ctx.t("unit-yuan")) })
            .row(ctx.t("commission-try-fund-left"), html! { (left(ctx, tried.fund_left)) " " (ctx.t("unit-yuan")) })
            .html(ctx))
    }
}
