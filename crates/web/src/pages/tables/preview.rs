//! What an import looks like: how to begin, and what a file says before it is booked.

use app::tables::{
    Agrees, Finding, Heading, Import, ImportPreview, RowRead, Severity, TABLE_ACCEPT, TotalKind, TotalRead,
    Value,
};
use app::view::state::Paper;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::import::{Desk, FILE, LOOKED, TICKET, differs};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::filing::render::size;
use crate::state::{Seat, web_error};
use crate::ui::{
    Badge, Choice, DataTable, FileField, Findings, Form, Head, Opt, SummaryList, actions, badge, button,
    cite, details, error_summary, icon, panel,
};

/// How many rows a page shows; the others are counted and summed all the same.
const ROWS_SHOWN: usize = 200;

/// The page that takes a file.
pub(super) fn upload(seat: &Seat, desk: &Desk, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        p { (ctx.word(desk.intro)) }
        (panel(&ctx.t("tables-step-template"), html! {
            p { (ctx.t("tables-template-says")) }
            p { (button::link(&format!("{}/template.xlsx", desk.here), &ctx.t("tables-template"))) }
        }))
        (panel(&ctx.t("tables-step-upload"), upload_form(ctx, (&desk.here, &desk.back.0), findings)))
    };
    Ok(page(seat, desk, findings.count(), body, Width::Normal))
}

/// Takes a file: sent to `here`, with a way back.
pub fn upload_form(ctx: &Ctx, (here, back): (&str, &str), findings: &Findings) -> Markup {
    let (label, hint) = (ctx.t("tables-file"), ctx.t("tables-file-hint"));
    let field = FileField {
        name: FILE,
        label: &label,
        accept: TABLE_ACCEPT,
        hint: Some(&hint),
        error: findings.at(FILE),
    };
    Form::post(here, "read").with_files().html(
        ctx,
        html! {
            (field.html(ctx))
            (actions(html! {
                (button::primary(&ctx.t("tables-read"), "read"))
                (button::link(back, &ctx.t("cancel")))
            }))
        },
    )
}

/// The page of a file that was read.
pub(super) fn shown(
    seat: &Seat,
    desk: &Desk,
    seen: &ImportPreview,
    (key, findings): (&str, &Findings),
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let ticket = seat.app().paper_ticket(&seat.viewer, &seen.paper);
    let ticket = ticket.map_err(|failure| web_error(ctx, failure))?;
    let (errors, _) = seen.counts();
    let body = body(ctx, desk, seen, (key, &ticket, findings));
    Ok(page(seat, desk, errors + findings.count(), body, Width::Wide))
}

/// What a file says, and what can be done with it.
pub(super) fn body(
    ctx: &Ctx,
    desk: &Desk,
    seen: &ImportPreview,
    (key, ticket, findings): (&str, &str, &Findings),
) -> Markup {
    html! {
        (error_summary(ctx, findings))
        (verdict(ctx, desk, seen))
        (panel(&ctx.t("tables-what"), about(ctx, seen)))
        @if !seen.reading.findings.is_empty() { (panel(&ctx.t("tables-findings"), found(ctx, &seen.reading.findings))) }
        @if !seen.reading.totals.is_empty() { (panel(&ctx.t("tables-totals"), totals(ctx, &seen.reading.totals))) }
        @if !seen.reading.rows.is_empty() { (panel(&ctx.t("tables-rows"), rows(ctx, seen))) }
        (panel(&ctx.t("tables-next"), next(ctx, desk, seen, (key, ticket, findings))))
        (details(&ctx.t("tables-other-file"), upload_form(ctx, (&desk.here, &desk.back.0), &Findings::none())))
    }
}

fn page(seat: &Seat, desk: &Desk, faults: usize, body: Markup, width: Width) -> Response {
    let ctx = &seat.ctx;
    let (subject, act) = desk.act;
    let article =
        seat.viewer.pack.step_on(subject, act).map_or_else(String::new, |step| step.cite.to_string());
    let mut page = Page::new(ctx, &ctx.word(desk.title)).width(width);
    if let Import::AllocationLines(_) | Import::ProjectLines(_) = desk.import {
        let list = if matches!(desk.import, Import::ProjectLines(_)) {
            ("/projects", ctx.t("tables-projects"))
        } else {
            ("/allocations", ctx.t("tables-allocations"))
        };
        page = page.crumb(list.0, list.1);
    }
    page = page.crumb(desk.back.0.clone(), ctx.word(desk.back.1)).findings(faults).body(body);
    if !article.is_empty() {
        page = page.beside_title(cite(&article));
    }
    page.into_response()
}

/// The one sentence that says how it stands.
fn verdict(ctx: &Ctx, desk: &Desk, seen: &ImportPreview) -> Markup {
    let (errors, warnings) = seen.counts();
    let (class, sign, text) = if errors > 0 {
        ("flash red", icon::WARNING, ctx.t_args("tables-has-errors", &[("count", errors.into())]))
    } else if warnings > 0 {
        ("flash amber", icon::WARNING, ctx.t_args("tables-has-warnings", &[("count", warnings.into())]))
    } else {
        ("flash green", icon::CHECK, ctx.t("tables-clean"))
    };
    html! {
        div class=(class) { (sign) div {
            p { (text) }
            @if errors == 0 && !matches!(desk.import, Import::Sources) { p { (ctx.t("tables-replaces")) } }
        } }
    }
}

fn about(ctx: &Ctx, seen: &ImportPreview) -> Markup {
    let list = SummaryList::new()
        .row(
            ctx.t("tables-file-name"),
            html! { (ctx.zh(&seen.paper.name)) " " span.hint { (size_words(&seen.paper)) } },
        )
        .row(ctx.t("tables-sheet"), html! { (ctx.zh(&seen.reading.sheet)) })
        .row(ctx.t("tables-row-count"), html! { (seen.reading.rows_seen) });
    let list = if seen.reading.is_clean() {
        list.row(ctx.t("tables-sum"), html! { (seen.total.grouped()) " " (ctx.t("unit-yuan")) })
    } else {
        list
    };
    html! {
        (list.html(ctx))
        details.hash { summary { (ctx.t("paper-hash")) } code { (seen.paper.hash) } }
    }
}

/// How large a kept file is.
pub(super) fn size_words(paper: &Paper) -> String {
    size(u64::try_from(paper.size).unwrap_or(0))
}

/// Findings by cell, each with how to mend it.
pub fn found(ctx: &Ctx, findings: &[Finding]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("tables-cell")),
        Head::text(ctx.t("tables-severity")),
        Head::text(ctx.t("tables-problem")),
        Head::text(ctx.t("tables-mend")),
    ];
    let mut table = DataTable::new("findings", ctx.t("tables-findings"), heads).quiet_caption();
    for finding in findings {
        let place = if finding.cell == "-" { ctx.t("tables-whole-file") } else { finding.cell.clone() };
        let cells = vec![
            html! { (place) },
            match finding.severity {
                Severity::Error => badge(Badge::Red, &ctx.t("tables-error")),
                Severity::Warn => badge(Badge::Amber, &ctx.t("tables-warning")),
            },
            html! { (ctx.pick(&finding.what.zh, &finding.what.en)) },
            html! { (ctx.pick(&finding.mend.zh, &finding.mend.en)) },
        ];
        table = if finding.severity == Severity::Error { table.marked_row(cells) } else { table.row(cells) };
    }
    table.html()
}

fn totals(ctx: &Ctx, totals: &[TotalRead]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("tables-cell")),
        Head::text(ctx.t("tables-total-kind")),
        Head::text(ctx.t("tables-total-column")),
        Head::amount(ctx.t("tables-printed")),
        Head::amount(ctx.t("tables-computed")),
        Head::text(ctx.t("tables-agrees")),
    ];
    let mut table = DataTable::new("totals", ctx.t("tables-totals"), heads).quiet_caption();
    for total in totals {
        let agrees = match total.agrees {
            Agrees::Yes => badge(Badge::Green, &ctx.t("tables-total-yes")),
            Agrees::No => badge(Badge::Red, &ctx.t("tables-total-no")),
            Agrees::Open => badge(Badge::Grey, &ctx.t("tables-total-open")),
        };
        let kind = match total.kind {
            TotalKind::Subtotal => ctx.t("tables-kind-subtotal"),
            TotalKind::Total => ctx.t("tables-kind-total"),
            TotalKind::Group => ctx.t("tables-kind-group"),
            TotalKind::OfWhich => ctx.t("tables-kind-of-which"),
        };
        let cells = vec![
            html! { (total.cell) },
            html! { (kind) },
            html! { (ctx.pick(&total.column.zh, &total.column.en)) },
            html! { (total.printed) },
            html! { (total.computed.as_deref().unwrap_or("—")) },
            agrees,
        ];
        table = if total.agrees == Agrees::No { table.marked_row(cells) } else { table.row(cells) };
    }
    html! { p.hint { (ctx.t("tables-totals-hint")) } (table.html()) }
}

fn rows(ctx: &Ctx, seen: &ImportPreview) -> Markup {
    let reading = &seen.reading;
    let used = |heading: &&Heading| reading.rows.iter().any(|row| row.cells.contains_key(&heading.key));
    let headings: Vec<&Heading> = seen.headings.iter().filter(used).collect();
    let mut heads = vec![Head::text(ctx.t("tables-row"))];
    heads.extend(headings.iter().map(|heading| {
        let name = ctx.pick(&heading.name.zh, &heading.name.en);
        if heading.amount {
            Head::amount(format!("{name}（{}）", ctx.t("unit-yuan")))
        } else {
            Head::text(name)
        }
    }));
    heads.push(Head::text(ctx.t("tables-remarks")));
    let mut table = DataTable::new("rows", ctx.t("tables-rows"), heads).quiet_caption().scrolling();
    for row in reading.rows.iter().take(ROWS_SHOWN) {
        let mut cells = vec![html! { (row.row) }];
        cells.extend(headings.iter().map(|heading| cell(ctx, row, &heading.key)));
        let beside =
            row.cells.values().filter_map(|cell| cell.remark.as_deref()).collect::<Vec<_>>().join("；");
        cells.push(html! { (ctx.zh(&beside)) });
        table = table.row(cells);
    }
    let mut totals = vec![html! { (ctx.t("tables-kind-total")) }];
    totals.extend(headings.iter().map(|heading| {
        let sum = Money::sum(reading.rows.iter().map(|row| row.money(&heading.key)));
        html! { @if heading.key == "amount" { (sum.unwrap_or(Money::MAX).grouped()) } }
    }));
    totals.push(html! {});
    let more = reading.rows.len().saturating_sub(ROWS_SHOWN);
    html! {
        (table.totals(totals).html())
        @if more > 0 { p.hint { (ctx.t_args("tables-more-rows", &[("count", more.into())])) } }
    }
}

fn cell(ctx: &Ctx, row: &RowRead, key: &str) -> Markup {
    let Some(cell) = row.cells.get(key) else { return html! { "—" } };
    html! {
        @match &cell.value {
            Value::Money(money) => (money.grouped()),
            Value::Date(date) => (ctx.date(*date)),
            Value::Count(count) => (count),
            Value::Year(year) => (year),
            Value::Region(_) | Value::Choice(_) => (ctx.zh(&cell.shown)),
            Value::Text(text) => (ctx.zh(if cell.shown.is_empty() { "●●●●" } else { text })),
        }
    }
}

/// Confirm, take the marked file, or give up.
fn next(
    ctx: &Ctx,
    desk: &Desk,
    seen: &ImportPreview,
    (key, ticket, findings): (&str, &str, &Findings),
) -> Markup {
    let (ready, look) = (seen.is_ready(), differs(seen));
    let boxes = [Opt::new("yes", ctx.t("tables-looked"))];
    let question = ctx.t("tables-looked-question");
    Form::post(&desk.here, "again").with_files().key(key).html(
        ctx,
        html! {
            input type="hidden" name=(TICKET) value=(ticket);
            @if ready && look {
                (Choice::checkboxes(LOOKED, &question, &boxes).error(findings.at(LOOKED)).html(ctx))
            }
            @if ready {
                p { (ctx.t_args("tables-confirm-says", &[
                    ("count", seen.reading.rows.len().into()), ("sum", seen.total.grouped().into()),
                ])) }
            } @else { p { (ctx.t("tables-mend-first")) } }
            (actions(html! {
                @if ready { (button::primary(&ctx.t("tables-confirm"), "import")) }
                @if !seen.reading.findings.is_empty() { (button::secondary(&ctx.t("tables-marked"), "marked")) }
                (button::link(&desk.here, &ctx.t("tables-start-again")))
            }))
        },
    )
}
