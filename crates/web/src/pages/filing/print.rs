//! `/cases/{id}/print/{version}`: a filed form laid out as its annex prints it, for the browser's own printing.

use app::view::filing::{FieldShown, FiledForm, FiledPart, PartBody, RowShown, TableShown};
use app::view::pack::PartState;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use crate::error::WebError;
use crate::page::Page;
use crate::state::{Seat, web_error};

/// A table with more columns is set small and, on paper, sideways.
const WIDE: usize = 8;

/// Shows the form for printing.
pub async fn show(seat: Seat, Path((case, version)): Path<(String, String)>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let case: CaseId = case.parse().map_err(|_| WebError::NotFound)?;
    let version: u32 = version.parse().map_err(|_| WebError::NotFound)?;
    let form = seat
        .app()
        .filed_form(&seat.viewer, case, Some(version))
        .map_err(|failure| web_error(ctx, failure))?;
    let page = Page::new(ctx, &ctx.t("filing-print"))
        .crumb(format!("/cases/{case}"), form.number.clone())
        .caption(ctx.t("filing-print-hint"))
        .body(sheet(&form));
    Ok(page.into_response())
}

/// The sheets. What is printed is Chinese, in whatever language the screen is.
pub fn sheet(form: &FiledForm) -> Markup {
    html! {
        article.print-form lang="zh-CN" {
            @if let Some(print) = &form.print { p.print-annex { (print.zh) } }
            h2.print-title { (form.name.zh) }
            p.print-number { "编号：" (form.number) "　　第" (form.version) "次提交　　" (kernel::date::zh(form.on)) }
            @for part in form.parts.iter().filter(|part| part.state != PartState::NotApplicable) { (part_sheet(part)) }
            @if !form.papers.is_empty() { (papers(form)) }
        }
    }
}

fn part_sheet(part: &FiledPart) -> Markup {
    let wide = matches!(&part.body, PartBody::Table(table) if table.columns.len() > WIDE);
    html! {
        // On a small screen any part may scroll sideways, so each can be reached by key.
        section.print-part.wide[wide] role="region" tabindex="0" aria-label=(part.name.zh) {
            h3 { (part.name.zh) }
            @match &part.body {
                PartBody::Fields(fields) => @if part.by.is_some() && !part.opinions.is_empty() { (said(part)) } @else { (fields_sheet(fields)) },
                PartBody::Table(table) => (table_sheet(table)),
            }
            @if part.by.is_some() { p.print-seal { "（盖章）　　　　年　　月　　日" } }
        }
    }
}

/// Labels and values in two pairs a line; long texts over the whole width, as the annexes print them.
fn fields_sheet(fields: &[FieldShown]) -> Markup {
    let mut lines: Vec<Vec<&FieldShown>> = Vec::new();
    for field in fields {
        let long =
            field.wide || field.cell.text.zh.chars().count() > 20 || field.name.zh.chars().count() > 16;
        match lines.last_mut() {
            Some(line) if !long && line.len() == 1 && !is_long(line[0]) => line.push(field),
            _ => lines.push(vec![field]),
        }
    }
    html! {
        table.print-fields {
            tbody {
                @for line in &lines {
                    tr {
                        @for field in line {
                            th scope="row" { (field.name.zh) }
                            td colspan=[(line.len() == 1).then_some("3")] .print-long[field.wide] { (value(field)) }
                        }
                    }
                }
            }
        }
    }
}

fn is_long(field: &FieldShown) -> bool {
    field.wide || field.cell.text.zh.chars().count() > 20 || field.name.zh.chars().count() > 16
}

fn value(field: &FieldShown) -> String {
    let text = &field.cell.text.zh;
    match &field.unit {
        Some(unit) if !text.is_empty() => format!("{text} {}", unit.zh),
        _ => text.clone(),
    }
}

fn table_sheet(table: &TableShown) -> Markup {
    html! {
        table.print-table.print-wide[table.columns.len() > WIDE] {
            thead { tr {
                th scope="col" { @if table.months { "类别" } @else { "序号" } }
                @for column in &table.columns {
                    th scope="col" { (column.name.zh) @if let Some(unit) = column.unit.as_ref().filter(|_| !table.months) { "（" (unit.zh) "）" } }
                }
            } }
            tbody {
                @for row in &table.rows { (row_sheet(table, row)) }
                @if table.rows.is_empty() { tr { td colspan=(table.columns.len() + 1) { "无" } } }
            }
            @if !table.totals.is_empty() {
                tfoot { tr {
                    th scope="row" { "合计" }
                    @for (column, total) in table.columns.iter().zip(&table.totals) { td.amount[column.number] { (total) } }
                } }
            }
        }
        @if table.months {
            @if let Some(unit) = table.columns.first().and_then(|column| column.unit.as_ref()) { p.print-unit { "单位：" (unit.zh) } }
        }
    }
}

fn row_sheet(table: &TableShown, row: &RowShown) -> Markup {
    html! {
        tr {
            th scope="row" { (row.label.zh) }
            @for (column, cell) in table.columns.iter().zip(&row.cells) { td.amount[column.number] { (cell.text.zh) } }
        }
    }
}

fn said(part: &FiledPart) -> Markup {
    html! {
        @for said in &part.opinions {
            p.print-opinion {
                @if let Some(outcome) = &said.outcome { "【" (outcome.zh) "】" }
                (said.text)
            }
            p.print-sign { "经办人：" (said.person) "　　" (kernel::date::zh(said.on)) }
        }
    }
}

fn papers(form: &FiledForm) -> Markup {
    html! {
        section.print-part role="region" tabindex="0" aria-label="所附材料清单" {
            h3 { "所附材料清单" }
            table.print-table {
                thead { tr { th scope="col" { "序号" } th scope="col" { "材料" } th scope="col" { "文件" } th scope="col" { "摘要值（SM3）" } } }
                tbody {
                    @for (index, paper) in form.papers.iter().enumerate() {
                        tr { th scope="row" { (index + 1) } td { (paper.name.zh) } td { (paper.file) } td.print-hash { (paper.hash) } }
                    }
                }
            }
        }
    }
}
