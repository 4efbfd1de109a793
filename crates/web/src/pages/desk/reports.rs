//! `/reports`: for a body that reports, its months with the figures counted by the program; for those who oversee, who is late.

use app::view::desk::DueShown;
use app::view::reports::{BodyReports, Figure, Month, MonthReport, MonthState, ReportsPage};
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{due_badge, due_cell};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::say;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Badge, DataTable, Field, Findings, Form, Head, actions, badge, button, cite, empty_state, error_summary,
    panel,
};
use crate::words::word;

/// The list.
pub async fn show(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let page = seat.app().reports(&seat.viewer).map_err(|e| web_error(ctx, e))?;
    let title = ctx.t("reports-title");
    let body = match &page {
        ReportsPage::Own(months) => own(ctx, months),
        ReportsPage::All { name, cite, months, bodies } => html! {
            p.hint { (say(ctx, name)) " " (crate::ui::cite(cite)) }
            (all(ctx, months, bodies))
        },
    };
    Ok(Page::new(ctx, &title).width(Width::Wide).body(body).into_response())
}

/// One's own months.
pub fn own(ctx: &Ctx, months: &[MonthReport]) -> Markup {
    if months.is_empty() {
        return empty_state(&ctx.t("reports-none"), &ctx.t("reports-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("reports-month")),
        Head::text(ctx.t("reports-state")),
        Head::text(ctx.t("reports-figures")),
        Head::text(ctx.t("reports-act")),
    ];
    let table = months.iter().fold(DataTable::new("months", ctx.t("reports-title"), heads).quiet_caption(), |table, report| {
        let cells = vec![
            html! { (report.month.period) p.hint { (say(ctx, &report.name)) " " (cite(&report.cite)) } },
            state(ctx, report),
            figures(ctx, &report.figures, false),
            html! {
                a href={ "/reports/" (report.month.period) } {
                    @if report.filed.is_some() { (ctx.t("reports-again")) } @else { (ctx.t("reports-file")) }
                    span.sr-only { " " (report.month.period) }
                }
            },
        ];
        if report.filed.is_none() && report.due.as_ref().is_some_and(|d| d.left < 0) { table.marked_row(cells) } else { table.row(cells) }
    });
    html! { div.card { (table.html()) } }
}

fn state(ctx: &Ctx, report: &MonthReport) -> Markup {
    match &report.filed {
        None => due_cell(ctx, report.due.as_ref()),
        Some((on, times, _)) => html! {
            @if report.late { (badge(Badge::Red, &ctx.t("reports-late"))) } @else { (badge(Badge::Green, &ctx.t("reports-filed"))) }
            p.hint {
                (ctx.date(*on))
                @if *times > 1 { " · " (ctx.t_args("reports-times", &[("count", (*times).into())])) }
            }
        },
    }
}

fn kind(ctx: &Ctx, kind: &str) -> String {
    match kind {
        "filed" => ctx.t("reports-kind-filed"),
        "accepted" => ctx.t("reports-kind-accepted"),
        "returned" => ctx.t("reports-kind-returned"),
        "refused" => ctx.t("reports-kind-refused"),
        other => other.to_owned(),
    }
}

/// The figures: all of them, or those above zero in a line.
fn figures(ctx: &Ctx, figures: &[Figure], all: bool) -> Markup {
    if all {
        return html! {
            dl.summary {
                @for figure in figures { div { dt { (say(ctx, &figure.procedure)) " · " (kind(ctx, &figure.kind)) } dd { (figure.n) } } }
            }
        };
    }
    let some: Vec<String> = figures
        .iter()
        .filter(|f| f.n > 0)
        .map(|f| format!("{}{} {}", say(ctx, &f.procedure), kind(ctx, &f.kind), f.n))
        .collect();
    html! { @if some.is_empty() { span.hint { (ctx.t("reports-zero")) } } @else { (some.join("，")) } }
}

/// Everybody's months.
pub fn all(ctx: &Ctx, months: &[(Month, Option<DueShown>)], bodies: &[BodyReports]) -> Markup {
    if months.is_empty() || bodies.is_empty() {
        return empty_state(&ctx.t("reports-all-none"), &ctx.t("reports-all-none-about"), html! {});
    }
    let mut heads = vec![Head::text(ctx.t("reports-body"))];
    heads.extend(months.iter().map(|(month, _)| Head::text(month.period.clone())));
    let mut table = DataTable::new("bodies", ctx.t("reports-all-caption"), heads).scrolling();
    let due = |due: &Option<DueShown>| html! { @if let Some(due) = due { span.hint { (ctx.t_args("reports-by", &[("date", due.date.to_string().into())])) } } };
    let mut first = vec![html! { span.hint { (ctx.t("reports-due-row")) } }];
    first.extend(months.iter().map(|(_, d)| due(d)));
    table = table.row(first);
    for body in bodies {
        let mut cells = vec![html! { (ctx.zh(&body.name)) }];
        cells.extend(body.months.iter().map(|state| month_state(ctx, *state)));
        table =
            if body.months.contains(&MonthState::Late) { table.marked_row(cells) } else { table.row(cells) };
    }
    html! { div.card { (table.html()) } }
}

fn month_state(ctx: &Ctx, state: MonthState) -> Markup {
    match state {
        MonthState::Filed(on) => {
            html! { (badge(Badge::Green, &ctx.t("reports-filed"))) " " span.hint { (on) } }
        }
        MonthState::FiledLate(on) => {
            html! { (badge(Badge::Amber, &ctx.t("reports-late"))) " " span.hint { (on) } }
        }
        MonthState::Open => badge(Badge::Grey, &ctx.t("reports-open")),
        MonthState::Late => badge(Badge::Red, &ctx.t("reports-missing")),
    }
}

/// One month, to file.
pub async fn month(seat: Seat, Path(period): Path<String>) -> Result<Response, WebError> {
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    page(&seat, &period, &form, &Findings::none())
}

/// Files it.
pub async fn file(seat: Seat, Path(period): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let report = seat.app().own_report(&seat.viewer, &period).map_err(|e| web_error(ctx, e))?;
    if ctx.live.is_live() {
        return page(&seat, &period, &form, &Findings::none());
    }
    let command = Command::Report {
        pack: seat.viewer.pack.id.clone(),
        step: report.step,
        period: period.clone(),
        note: form.get("note").to_owned(),
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with("/reports", &Flash::done(word("reports-done")).with("period", period))),
        Err(Failure::Refused(refusal)) => {
            let mut findings = Findings::none();
            findings.add("note", refusal_of(ctx, &refusal).text);
            page(&seat, &period, &form, &findings)
        }
        Err(fault) => Err(web_error(ctx, fault)),
    }
}

fn page(seat: &Seat, period: &str, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let report = seat.app().own_report(&seat.viewer, period).map_err(|e| web_error(ctx, e))?;
    let (label, address) = (ctx.t("reports-note"), format!("/reports/{period}"));
    let before = report.filed.as_ref().map_or("", |(_, _, note)| note.as_str());
    let note = if form.has("note") { form.get("note") } else { before };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("reports-figures"), html! {
            p.hint { (ctx.t("reports-counted")) }
            (figures(ctx, &report.figures, true))
        }))
        (Form::post(&address, "file").key(form.get("key")).html(ctx, html! {
            @if report.filed.is_some() { p { (ctx.t("reports-again-about")) } }
            (Field::long_text("note", &label, 4).optional().value(note).error(findings.at("note")).html(ctx))
            (actions(html! { (button::primary(&ctx.t("reports-file"), "file")) (button::link("/reports", &ctx.t("cancel"))) }))
        }))
    };
    let title = format!("{} {period}", say(ctx, &report.name));
    let page = Page::new(ctx, &title)
        .crumb("/reports", ctx.t("reports-title"))
        .caption(report.cite.clone())
        .beside_title(
            html! { @if let (Some(due), None) = (&report.due, &report.filed) { (due_badge(ctx, due)) } },
        )
        .findings(findings.count());
    Ok(page.body(body).into_response())
}
