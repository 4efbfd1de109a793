//! The table of a plan: items and cases that could become items, in their order with its reasons. Whoever plans ticks them in or
//! out and sets amounts up to what was proposed; for all others it is a table to read.

use app::view::{PlanLine, PlanPage};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::money::Money;
use maud::{Markup, html};

use super::plan::Typed;
use crate::ctx::Ctx;
use crate::pages::shared::{article, key_of_act, say};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Field, Form, Head, actions, badge, button, empty_state, id_of};
use app::view::pack::Act;

/// Whether the items can still be changed, by this role.
pub(super) fn editable(seat: &Seat, view: &PlanPage) -> bool {
    let plans = view.steps.iter().any(|(step, _)| step.act == Act::Plan && step.by == seat.viewer.role);
    plans && !view.plan.fixed()
}

/// Whether a line is ticked: as typed, or as it stands.
pub(super) fn chosen(line: &PlanLine, form: Option<&Submitted>) -> bool {
    match form {
        Some(form) => form.all("in").any(|case| case == line.case.to_string()),
        None => line.item.is_some(),
    }
}

/// The amount typed for a line; `None` when it does not read.
pub(super) fn typed_amount(line: &PlanLine, form: &Submitted) -> Option<Money> {
    parse_amount(form.get(&format!("amount.{}", line.case)), AmountUnit::Yuan).ok().map(|amount| amount.money)
}

/// The table, in its form when it can be changed.
pub(super) fn table(seat: &Seat, view: &PlanPage, typed: &Typed<'_>) -> Markup {
    let ctx = &seat.ctx;
    if view.lines.is_empty() {
        return empty_state(&ctx.t("commission-items-none"), &ctx.t("commission-items-none-about"), html! {});
    }
    if !editable(seat, view) {
        return html! { (about(ctx)) (rows(ctx, view, None)) };
    }
    let none = Submitted::default();
    let key = key_of_act(&seat.state, typed.form.unwrap_or(&none), "save");
    let why = typed.form.map_or("", |form| form.get("why"));
    let content = html! {
        (about(ctx))
        (rows(ctx, view, Some(typed)))
        (Field::text("why", &ctx.t("commission-drop-why")).hint(&ctx.t("commission-drop-why-hint")).optional().value(why)
            .error(typed.findings.at("why")).html(ctx))
        (actions(button::primary(&ctx.t("commission-plan-save"), "save")))
    };
    Form::post(&format!("/plans/{}", view.plan.id), "save").key(&key).live().guarded().html(ctx, content)
}

fn about(ctx: &Ctx) -> Markup {
    html! { p.hint { (ctx.t("commission-table-about")) } }
}

fn rows(ctx: &Ctx, view: &PlanPage, typed: Option<&Typed<'_>>) -> Markup {
    let mut heads = vec![Head::text(ctx.t("commission-rank"))];
    if typed.is_some() {
        heads.push(Head::text(ctx.t("commission-in")));
    }
    heads.push(Head::text(ctx.t("commission-case")));
    heads.push(Head::text(ctx.t("commission-county")));
    heads.extend(view.kind_heads.iter().map(|name| Head::text(say(ctx, name))));
    heads.push(Head::amount(ctx.t("commission-ratio")));
    heads.push(Head::amount(ctx.t("commission-proposed-yuan")));
    heads.push(Head::amount(ctx.t("commission-planned-yuan")));
    heads.push(Head::text(ctx.t("commission-state")));
    heads.push(Head::text(ctx.t("commission-note")));
    let mut table = DataTable::new("items", ctx.t("commission-table"), heads).quiet_caption();
    for line in &view.lines {
        let cells = cells(ctx, view, line, typed);
        let held = !line.objections.is_empty()
            || line.judged.limit.is_none() && line.item.as_ref().is_none_or(|i| i.verdict.is_none());
        table = if held { table.marked_row(cells) } else { table.row(cells) };
    }
    let before = view.kind_heads.len() + if typed.is_some() { 4 } else { 3 };
    let mut totals = vec![html! { (ctx.t("total")) }];
    totals.extend((1..=before).map(|_| html! {}));
    let proposed = Money::sum(view.lines.iter().map(|l| l.proposed)).unwrap_or(Money::MAX);
    totals.push(html! { (proposed.grouped()) });
    let none = crate::ui::Findings::none();
    let kept = Typed { form: None, findings: &none };
    let (total, _) = super::plan::sums(view, typed.unwrap_or(&kept));
    totals.push(html! { span data-part="plan-total" { (total.grouped()) } });
    totals.extend([html! {}, html! {}]);
    table.totals(totals).html()
}

fn cells(ctx: &Ctx, view: &PlanPage, line: &PlanLine, typed: Option<&Typed<'_>>) -> Vec<Markup> {
    let mut cells = vec![rank(ctx, line)];
    if let Some(typed) = typed {
        let id = format!("{}-{}", id_of("in"), line.case);
        cells.push(html! {
            div.option {
                input id=(id) type="checkbox" name="in" value=(line.case) checked[chosen(line, typed.form)];
                label for=(id) { span.sr-only { (ctx.t_args("commission-in-of", &[("number", line.number.clone().into())])) } }
            }
        });
    }
    cells.push(html! {
        div {
            a href={ "/cases/" (line.case) } { (ctx.zh(&line.number)) }
            div { (ctx.zh(&line.title)) }
            div.hint { (ctx.zh(&line.applicant)) @if !line.company.is_empty() { " → " (ctx.zh(&line.company)) } }
        }
    });
    cells.push(ctx.zh(&line.county));
    cells.extend(line.kinds.iter().map(|kind| html! { (say(ctx, kind)) }));
    cells.push(html! { @if let Some(ratio) = line.ratio { (ratio) } });
    cells.push(html! { (line.proposed.grouped()) });
    cells.push(match typed {
        Some(typed) => input(ctx, line, typed, "amount"),
        None => html! { (line.amount().grouped()) },
    });
    cells.push(html! { div { (state(ctx, view, line)) } });
    cells.push(match typed {
        Some(typed) => input(ctx, line, typed, "note"),
        None => html! { @if let Some(item) = &line.item { (ctx.zh(&item.note)) } },
    });
    cells
}

fn rank(ctx: &Ctx, line: &PlanLine) -> Markup {
    html! {
        strong { (line.rank) }
        ul.reasons {
            @for reason in &line.reasons {
                li.hint {
                    @if reason.forward { (badge(Badge::Green, say(ctx, &reason.text))) } @else { (say(ctx, &reason.text)) }
                    @if !reason.cite.is_empty() { " " (article(&reason.cite)) }
                }
            }
        }
    }
}

/// An input of a line, with a name for those who do not see the table.
fn input(ctx: &Ctx, line: &PlanLine, typed: &Typed<'_>, what: &str) -> Markup {
    let name = format!("{what}.{}", line.case);
    let kept = match (what, &line.item) {
        ("amount", item) => item.as_ref().map_or(line.proposed, |i| i.amount).grouped(),
        (_, Some(item)) => item.note.clone(),
        _ => String::new(),
    };
    let value = typed.form.filter(|form| form.has(&name)).map_or(kept, |form| form.get(&name).to_owned());
    let id = id_of(&name);
    let error = typed.findings.at(&name);
    let label = if what == "amount" { "commission-amount-of" } else { "commission-note-of" };
    html! {
        div.has-error[error.is_some()] {
            @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } }
            input.number[what == "amount"] id=(id) name=(name) value=(value) inputmode=[(what == "amount").then_some("decimal")]
                autocomplete="off" aria-label=(ctx.t_args(label, &[("number", line.number.clone().into())]))
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))];
        }
    }
}

/// Where a line stands: verdict, objections, what the rules say now, the open step.
fn state(ctx: &Ctx, view: &PlanPage, line: &PlanLine) -> Markup {
    let verdict = line.item.as_ref().and_then(|item| item.verdict);
    html! {
        @match verdict {
            Some((true, _)) => (badge(Badge::Green, &ctx.t("commission-granted"))),
            Some((false, _)) => (badge(Badge::Red, &ctx.t("commission-refused"))),
            None => {
                @if line.item.is_none() { (badge(Badge::Grey, &ctx.t("commission-candidate"))) }
                @if line.judged.limit.is_none() { (badge(Badge::Red, &ctx.t("commission-not-eligible"))) }
            }
        }
        @if !say(ctx, &line.stage).is_empty() { div.hint { (say(ctx, &line.stage)) } }
        @for id in &line.objections {
            div { a href={ "/plans/" (view.plan.id) "/objections/" (id) } { (badge(Badge::Amber, &ctx.t("commission-objection-open"))) } }
        }
        @if verdict.is_none() {
            @for words in &line.judged.against { div.hint { (ctx.zh(say(ctx, words))) } }
        }
    }
}
