//! `/reports/{period}/{step}`: a month, body by body, with what it adds up to; as a table for a spreadsheet; and what one body filed.

use app::view::reports::{MonthTable, Value};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::OrgId;
use maud::{Markup, html};

use super::{figures, label, value};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::desk::csv::cell;
use crate::pages::desk::parts::due_badge;
use crate::pages::shared::{download, say};
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, badge, button, panel};

/// The month.
pub async fn table(seat: Seat, Path((period, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let month = seat.app().month_table(&seat.viewer, &period, &step).map_err(|e| web_error(ctx, e))?;
    let body = html! {
        (missing(ctx, &month))
        div.card { (lines(ctx, &month)) }
        p { (button::link(&format!("/reports/{period}/{step}/table.csv"), &ctx.t("reports-csv"))) }
    };
    let title = format!("{} {period}", say(ctx, &month.name));
    let page = Page::new(ctx, &title)
        .crumb("/reports", ctx.t("reports-title"))
        .caption(month.cite.clone())
        .width(Width::Wide)
        .beside_title(html! { @if let Some(due) = &month.due { @if month.missing().next().is_some() { (due_badge(ctx, due)) } } });
    Ok(page.body(body).into_response())
}

/// Who has not reported.
pub fn missing(ctx: &Ctx, month: &MonthTable) -> Markup {
    let names: Vec<&str> = month.missing().map(|line| line.name.as_str()).collect();
    html! {
        @if names.is_empty() { p.hint { (ctx.t("reports-all-in")) } }
        @else {
            p { (badge(Badge::Amber, &ctx.t_args("reports-lacking", &[("count", names.len().into())]))) " " (ctx.zh(&names.join("、"))) }
        }
    }
}

/// Bodies as lines, figures as columns, the sum in the last line.
pub fn lines(ctx: &Ctx, month: &MonthTable) -> Markup {
    let mut heads = vec![Head::text(ctx.t("reports-body")), Head::text(ctx.t("reports-state"))];
    heads.extend(month.heads.iter().map(|head| Head::amount(label(ctx, head))));
    let caption = say(ctx, &month.name);
    let mut table = DataTable::new("bodies", caption, heads).quiet_caption().scrolling();
    for line in &month.lines {
        let filed = html! {
            @match line.filed {
                Some((on, _)) => { (badge(Badge::Green, &ctx.t("reports-filed"))) " " span.hint.day { (on) } }
                None => { (badge(Badge::Amber, &ctx.t("reports-not-filed"))) }
            }
        };
        let name = html! {
            @if line.filed.is_some() {
                a href={ "/reports/" (month.month.period) "/" (month.step) "/" (line.org.get()) } { (ctx.zh(&line.name)) }
            } @else { (ctx.zh(&line.name)) }
        };
        let mut cells = vec![name, filed];
        let columns = 0..month.heads.len();
        cells.extend(columns.map(|at| line.values.get(at).map_or_else(|| html! {}, |one| value(*one))));
        table = if line.filed.is_none() { table.marked_row(cells) } else { table.row(cells) };
    }
    let mut totals = vec![html! { (ctx.t("total")) }, html! { (counted(month)) }];
    match &month.total {
        Some(total) => totals.extend(total.iter().map(|one| value(*one))),
        None => totals.extend(month.heads.iter().map(|_| html! { (ctx.t("reports-too-large")) })),
    }
    html! { div.report-table { (table.totals(totals).html()) } }
}

/// How many have filed, of how many.
fn how_many(month: &MonthTable) -> (usize, usize) {
    (month.lines.iter().filter(|line| line.filed.is_some()).count(), month.lines.len())
}

fn counted(month: &MonthTable) -> String {
    let (filed, all) = how_many(month);
    format!("{filed} / {all}")
}

/// The month as a table for a spreadsheet.
pub async fn csv(seat: Seat, Path((period, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let month = seat.app().month_table(&seat.viewer, &period, &step).map_err(|e| web_error(ctx, e))?;
    let name = format!("{step}-{period}.csv");
    download(&name, app::tables::Format::Csv.media(), text(ctx, &month).into_bytes())
}

/// The lines of the file: its mark and headings, the bodies, the sum.
pub fn text(ctx: &Ctx, month: &MonthTable) -> String {
    let mut out = String::from('\u{feff}');
    let mut put = |texts: [String; 2], values: Vec<String>| {
        let cells: Vec<String> = texts.iter().map(|text| cell(text)).chain(values).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    let heads = month.heads.iter().map(|head| cell(&label(ctx, head)));
    put([ctx.t("reports-body"), ctx.t("reports-state")], heads.collect());
    for line in &month.lines {
        let filed = line.filed.map_or_else(|| ctx.t("reports-not-filed"), |(on, _)| on.to_string());
        put([line.name.clone(), filed], line.values.iter().map(|one| plain(*one)).collect());
    }
    let total = month.total.iter().flatten().map(|one| plain(*one));
    // A spreadsheet would take `3 / 5` for a day.
    let (filed, all) = how_many(month);
    let said = ctx.t_args("reports-of-all", &[("filed", filed.into()), ("all", all.into())]);
    put([ctx.t("total"), said], total.collect());
    out
}

/// Plain digits with their sign, so that a spreadsheet adds them: no text that somebody typed.
fn plain(value: Value) -> String {
    match value {
        Value::Count(n) => n.to_string(),
        Value::Money(money) => money.to_string(),
    }
}

/// What a body filed.
pub async fn filed(
    seat: Seat,
    Path((period, step, org)): Path<(String, String, i64)>,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let report = seat.app().filed_report(&seat.viewer, &period, &step, OrgId(org));
    let report = report.map_err(|e| web_error(ctx, e))?;
    let days: Vec<String> = report.filed.iter().map(|on| ctx.date(*on)).collect();
    let body = html! {
        p {
            (badge(Badge::Green, &ctx.t("reports-filed"))) " " (days.join("、"))
            @if days.len() > 1 { " · " (ctx.t_args("reports-times", &[("count", days.len().into())])) }
        }
        (panel(&ctx.t("reports-figures"), figures(ctx, &report.figures)))
        @if let Some(below) = &report.below {
            (panel(&ctx.t("reports-parts"), html! { (missing(ctx, below)) (lines(ctx, below)) }))
        }
        @if !report.note.is_empty() { (panel(&ctx.t("reports-note"), html! { p.said { (ctx.zh(&report.note)) } })) }
    };
    let title = format!("{} {period}", report.body);
    let page = Page::new(ctx, &title)
        .crumb("/reports", ctx.t("reports-title"))
        .caption(format!("{} {}", say(ctx, &report.name), report.cite))
        .width(Width::Wide);
    Ok(page.body(body).into_response())
}
