//! Who has reported at one level: bodies as lines, months as columns, how many of them in the last line.

use app::view::reports::{Level, MonthState};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::say;
use crate::ui::{Badge, DataTable, Head, badge, cite, empty_state};

/// One level.
pub fn level(ctx: &Ctx, level: &Level) -> Markup {
    let title = say(ctx, &level.name);
    let table = if level.months.is_empty() || level.bodies.is_empty() {
        empty_state(&ctx.t("reports-all-none"), &ctx.t("reports-all-none-about"), html! {})
    } else {
        html! { div.card.report-table { (table(ctx, level).html()) } }
    };
    html! {
        h2 { (title) }
        p.hint { (ctx.t("reports-level-about")) " " (cite(&level.cite)) }
        (table)
    }
}

fn table(ctx: &Ctx, level: &Level) -> DataTable {
    let mut heads = vec![Head::text(ctx.t("reports-body"))];
    heads.extend(level.months.iter().map(|(month, _)| Head::text(month.period.clone())));
    let caption = say(ctx, &level.name);
    let mut table =
        DataTable::new(format!("level-{}", level.step), caption, heads).quiet_caption().scrolling();
    let mut first = vec![html! { span.hint { (ctx.t("reports-due-row")) } }];
    first.extend(level.months.iter().map(|(_, due)| {
        html! { @if let Some(due) = due { span.hint.day { (ctx.t_args("reports-by", &[("date", due.date.to_string().into())])) } } }
    }));
    table = table.row(first);
    for body in &level.bodies {
        let mut cells = vec![html! { (ctx.zh(&body.name)) }];
        cells.extend(level.months.iter().zip(&body.months).map(|((month, _), state)| {
            let shown = month_state(ctx, *state);
            html! {
                @if state.is_filed() {
                    a href={ "/reports/" (month.period) "/" (level.step) "/" (body.org.get()) } {
                        (shown) span.sr-only { " " (body.name) " " (month.period) }
                    }
                } @else { (shown) }
            }
        }));
        table =
            if body.months.contains(&MonthState::Late) { table.marked_row(cells) } else { table.row(cells) };
    }
    let mut totals = vec![html! { (ctx.t("reports-reported")) }];
    totals.extend(level.months.iter().enumerate().map(|(at, (month, _))| {
        let filed = level.bodies.iter().filter(|body| body.months.get(at).is_some_and(|m| m.is_filed()));
        html! {
            a href={ "/reports/" (month.period) "/" (level.step) } {
                (filed.count()) " / " (level.bodies.len()) span.sr-only { " " (month.period) }
            }
        }
    }));
    table.totals(totals)
}

fn month_state(ctx: &Ctx, state: MonthState) -> Markup {
    match state {
        MonthState::Filed(on) => {
            html! { (badge(Badge::Green, &ctx.t("reports-filed"))) " " span.hint.day { (on) } }
        }
        MonthState::FiledLate(on) => {
            html! { (badge(Badge::Amber, &ctx.t("reports-late"))) " " span.hint.day { (on) } }
        }
        MonthState::Open => badge(Badge::Grey, &ctx.t("reports-open")),
        MonthState::Late => badge(Badge::Red, &ctx.t("reports-missing")),
    }
}
