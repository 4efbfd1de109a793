//! `/reports`: for a body that reports, its months with the figures counted by the program; for those above, who has reported, level
//! by level, and what it adds up to.

pub mod month;
mod overview;

pub use month::{csv, filed, lines, missing, table};
pub use overview::level;

use app::view::reports::{Figure, Head as FigureHead, MonthReport, Value};
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{due_badge, due_cell};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{amount, say, yuan};
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
    let body = html! {
        @if page.files { (own(ctx, seat.viewer.org.get(), &page.own)) }
        @for one in &page.levels { (level(ctx, one)) }
    };
    Ok(Page::new(ctx, &title).width(Width::Wide).body(body).into_response())
}

/// One's own months.
pub fn own(ctx: &Ctx, org: i64, months: &[MonthReport]) -> Markup {
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
        let period = &report.month.period;
        let cells = vec![
            html! { (period) p.hint { (say(ctx, &report.name)) " " (cite(&report.cite)) } },
            state(ctx, report),
            html! { @if summed_later(report) { span.hint { (ctx.t("reports-summed-later")) } } @else { (in_a_line(ctx, &report.figures)) } },
            html! {
                a.day href={ "/reports/" (period) } {
                    @if report.filed.is_some() { (ctx.t("reports-again")) } @else { (ctx.t("reports-file")) }
                    span.sr-only { " " (period) }
                }
                @if report.filed.is_some() {
                    br;
                    a.day href={ "/reports/" (period) "/" (report.step) "/" (org) } {
                        (ctx.t("reports-look")) span.sr-only { " " (period) }
                    }
                }
            },
        ];
        if report.filed.is_none() && report.due.as_ref().is_some_and(|d| d.left < 0) { table.marked_row(cells) } else { table.row(cells) }
    });
    html! { div.card { (table.html()) } }
}

/// What sums up others is summed up on its own page.
fn summed_later(report: &MonthReport) -> bool {
    report.filed.is_none() && report.sums
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

/// What a figure is called, with the unit of money.
fn label(ctx: &Ctx, head: &FigureHead) -> String {
    let name = say(ctx, &head.name);
    match head.kind {
        Some(of) => format!("{name} · {}", kind(ctx, of)),
        None if head.is_money => ctx.t_args("reports-in-yuan", &[("name", name.into())]),
        None => name.to_owned(),
    }
}

/// A value in a column.
fn value(value: Value) -> Markup {
    match value {
        Value::Count(n) => html! { (n) },
        Value::Money(money) => amount(money),
    }
}

/// The figures that are not zero, in a line.
fn in_a_line(ctx: &Ctx, figures: &[Figure]) -> Markup {
    let said = |figure: &Figure| {
        let name = say(ctx, &figure.head.name);
        let kind = figure.head.kind.map_or_else(String::new, |of| kind(ctx, of));
        match figure.value {
            Value::Count(n) => format!("{name}{kind} {n}"),
            Value::Money(money) => format!("{name} {}", yuan(ctx, money)),
        }
    };
    let some: Vec<String> = figures.iter().filter(|figure| !figure.value.is_zero()).map(said).collect();
    html! { @if some.is_empty() { span.hint { (ctx.t("reports-zero")) } } @else { (some.join(ctx.pick("，", ", "))) } }
}

/// The figures against the month before.
pub fn figures(ctx: &Ctx, figures: &[Figure]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("reports-figure")),
        Head::amount(ctx.t("reports-now")),
        Head::amount(ctx.t("reports-before")),
        Head::amount(ctx.t("reports-change")),
    ];
    let none = || html! { span.hint { "—" } };
    let change = |figure: &Figure| match figure.before.and_then(|before| figure.value.less(before)) {
        Some(Value::Count(n)) if n > 0 => html! { "+" (n) },
        Some(Value::Money(money)) if money > kernel::Money::ZERO => html! { "+" (amount(money)) },
        Some(less) => value(less),
        None => none(),
    };
    let table = figures.iter().fold(
        DataTable::new("figures", ctx.t("reports-figures"), heads).quiet_caption(),
        |table, figure| {
            table.row(vec![
                html! { (label(ctx, &figure.head)) },
                value(figure.value),
                figure.before.map_or_else(none, value),
                change(figure),
            ])
        },
    );
    table.html()
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
    let lacking = report.below.as_ref().map_or(0, |below| below.missing().count());
    let field = Field::long_text("note", &label, 4).value(note).error(findings.at("note"));
    let why = ctx.t("reports-note-missing");
    let field = if lacking > 0 { field.hint(&why) } else { field.optional() };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("reports-figures"), html! {
            p.hint { (ctx.t(if report.sums { "reports-summed" } else { "reports-counted" })) }
            (figures(ctx, &report.figures))
        }))
        @if let Some(below) = &report.below {
            (panel(&ctx.t("reports-below"), html! { (missing(ctx, below)) (lines(ctx, below)) }))
        }
        (Form::post(&address, "file").key(form.get("key")).html(ctx, html! {
            @if report.filed.is_some() { p { (ctx.t("reports-again-about")) } }
            (field.html(ctx))
            (actions(html! { (button::primary(&ctx.t("reports-file"), "file")) (button::link("/reports", &ctx.t("cancel"))) }))
        }))
    };
    let title = format!("{} {period}", say(ctx, &report.name));
    let page = Page::new(ctx, &title)
        .crumb("/reports", ctx.t("reports-title"))
        .caption(report.cite.clone())
        .width(Width::Wide)
        .beside_title(
            html! { @if let (Some(due), None) = (&report.due, &report.filed) { (due_badge(ctx, due)) } },
        )
        .findings(findings.count());
    Ok(page.body(body).into_response())
}
