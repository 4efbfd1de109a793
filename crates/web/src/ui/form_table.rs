//! A table to fill in: with rows that can be added, deleted and pasted from a spreadsheet, or with fixed rows.
//!
//! Cells are named `<table>.<row>.<column>`. Adding, deleting and pasting are buttons of the form
//! (`act=add:<table>`, `delete:<table>:<row>`, `paste:<table>:<row>:<column>`), done by
//! [`crate::Submitted::change_rows`] on the server; with script they happen in place.

use maud::{Markup, html};

use super::errors::{Findings, id_of};
use super::field::is_empty_or;
use super::{Opt, icon};
use crate::ctx::Ctx;

/// What a column takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Words.
    Text,
    /// An amount, right-aligned.
    Amount,
    /// A whole number, right-aligned.
    Count,
    /// A day.
    Date,
    /// One of a list.
    Select(Vec<Opt>),
    /// Not typed but computed by the server; its part is shown afresh with script.
    Computed,
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The end of the cells' names.
    pub key: &'static str,
    /// The heading, with its unit: 总金额（元）.
    pub label: String,
    /// What it takes.
    pub input: Input,
    /// A class for its width: `narrow`, `usual` or `broad`.
    width: &'static str,
}

impl Column {
    /// A column of usual width.
    pub fn new(key: &'static str, label: impl Into<String>, input: Input) -> Self {
        let width = if input == Input::Text { "usual" } else { "narrow" };
        Self { key, label: label.into(), input, width }
    }

    /// The same, broad.
    pub fn broad(mut self) -> Self {
        self.width = "broad";
        self
    }
}

/// The content of a cell as it was typed (or computed).
pub type Cell = String;

/// A table to fill in; ends with [`FormTable::html`].
#[derive(Clone, Debug)]
pub struct FormTable<'a> {
    name: &'a str,
    caption: &'a str,
    hint: Option<&'a str>,
    columns: &'a [Column],
    rows: &'a [Vec<Cell>],
    row_labels: Option<(&'a str, &'a [String])>,
    findings: Option<&'a Findings>,
    totals: Option<&'a [Cell]>,
}

impl<'a> FormTable<'a> {
    /// A growing table. Every row has one cell a column.
    pub fn new(name: &'a str, caption: &'a str, columns: &'a [Column], rows: &'a [Vec<Cell>]) -> Self {
        Self { name, caption, hint: None, columns, rows, row_labels: None, findings: None, totals: None }
    }

    /// A line under the caption.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Findings by cell name.
    pub fn findings(mut self, findings: &'a Findings) -> Self {
        self.findings = Some(findings);
        self
    }

    /// The row of totals: one text a column, empty where there is none.
    pub fn totals(mut self, totals: &'a [Cell]) -> Self {
        self.totals = Some(totals);
        self
    }

    /// Fixed rows with a heading each, under `heading`; none can be added or deleted.
    pub fn fixed(mut self, heading: &'a str, labels: &'a [String]) -> Self {
        self.row_labels = Some((heading, labels));
        self
    }

    /// The table.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        let id = id_of(self.name);
        html! {
            div.form-table data-part=(self.name) data-table=(self.name) {
                div.scroll role="region" tabindex="0" aria-labelledby={ (id) "-caption" } {
                    table.fill.fixed[self.row_labels.is_some()] {
                        caption id={ (id) "-caption" } {
                            (self.caption)
                            @if let Some(hint) = self.hint { span.hint { (hint) } }
                        }
                        thead { (self.head(ctx)) }
                        tbody {
                            @for (index, row) in self.rows.iter().enumerate() { (self.row(ctx, index, row)) }
                        }
                        @if let Some(totals) = self.totals { tfoot { (self.foot(ctx, totals)) } }
                    }
                }
                @if self.row_labels.is_none() { (self.tools(ctx, &id)) }
            }
        }
    }

    fn head(&self, ctx: &Ctx) -> Markup {
        html! {
            tr {
                th.row-number scope="col" {
                    @match self.row_labels {
                        Some((heading, _)) => (heading),
                        None => (ctx.t("row-number")),
                    }
                }
                @for column in self.columns {
                    @let amount = if is_number(&column.input) { " amount" } else { "" };
                    th scope="col" class={ (column.width) (amount) } { (column.label) }
                }
                @if self.row_labels.is_none() { th.row-tools scope="col" { (ctx.t("row-tools")) } }
            }
        }
    }

    fn row(&self, ctx: &Ctx, index: usize, row: &[Cell]) -> Markup {
        let label = self.row_label(ctx, index);
        html! {
            tr {
                th.row-number scope="row" { (if self.row_labels.is_some() { label.clone() } else { (index + 1).to_string() }) }
                @for (position, column) in self.columns.iter().enumerate() {
                    (self.cell(ctx, index, &label, column, row.get(position).map_or("", String::as_str)))
                }
                @if self.row_labels.is_none() {
                    td.row-tools {
                        button.button.quiet type="submit" name="act" value={ "delete:" (self.name) ":" (index) } {
                            (icon::BIN) span { (ctx.t("row-delete")) }
                            span.sr-only { (label) }
                        }
                    }
                }
            }
        }
    }

    fn row_label(&self, ctx: &Ctx, index: usize) -> String {
        match self.row_labels {
            Some((_, labels)) => labels.get(index).cloned().unwrap_or_default(),
            None => ctx.t_args("row-label", &[("number", (index + 1).into())]),
        }
    }

    fn cell(&self, ctx: &Ctx, row: usize, row_label: &str, column: &Column, value: &str) -> Markup {
        let name = format!("{}.{row}.{}", self.name, column.key);
        let error = self.findings.and_then(|findings| findings.at(&name));
        let id = id_of(&name);
        let about = format!("{}, {row_label}", column.label);
        let described = error.map(|_| format!("{id}-error"));
        let invalid = error.map(|_| "true");
        html! {
            td data-label=(column.label) .amount[is_number(&column.input)] .has-error[error.is_some()] {
                @match &column.input {
                    Input::Computed => output.computed id=(id) data-part=(name) { (value) },
                    Input::Select(options) => select id=(id) name=(name) aria-label=(about) aria-invalid=[invalid]
                        aria-describedby=[described] {
                        option value="" { (ctx.t("please-choose")) }
                        @for option in options {
                            option value=(option.value) selected[option.value == value] { (option.label) }
                        }
                        // What was pasted and is none of the options stays to be seen and corrected.
                        @if !value.is_empty() && options.iter().all(|option| option.value != value) {
                            option value=(value) selected { (value) }
                        }
                    },
                    other => input.number[is_number(other)] id=(id) name=(name) type=(type_of(other, value))
                        inputmode=(mode_of(other)) value=(value) aria-label=(about) autocomplete="off"
                        aria-invalid=[invalid] aria-describedby=[described];
                }
                @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } }
            }
        }
    }

    fn foot(&self, ctx: &Ctx, totals: &[Cell]) -> Markup {
        html! {
            tr {
                th.row-number scope="row" { (ctx.t("total")) }
                @for (column, total) in self.columns.iter().zip(totals) {
                    td.total data-label=(column.label) .amount[is_number(&column.input)] .empty[total.is_empty()]
                        data-part={ (self.name) ".total." (column.key) } { (total) }
                }
                @if self.row_labels.is_none() { td.row-tools.empty {} }
            }
        }
    }

    fn tools(&self, ctx: &Ctx, id: &str) -> Markup {
        html! {
            div.table-tools {
                button.button type="submit" name="act" value={ "add:" (self.name) } {
                    (icon::PLUS) (ctx.t("row-add"))
                }
                details {
                    summary { (ctx.t("paste-title")) }
                    label for={ (id) "-paste" } { (ctx.t("paste-label")) }
                    textarea id={ (id) "-paste" } name={ "paste." (self.name) } rows="4" {}
                    button.button type="submit" name="act" value={ "paste:" (self.name) ":" (self.rows.len()) ":0" } {
                        (ctx.t("paste-do"))
                    }
                }
            }
        }
    }
}

fn is_number(input: &Input) -> bool {
    matches!(input, Input::Amount | Input::Count | Input::Computed)
}

fn type_of(input: &Input, value: &str) -> &'static str {
    if *input == Input::Date && is_empty_or(value, "####-##-##") { "date" } else { "text" }
}

fn mode_of(input: &Input) -> &'static str {
    match input {
        Input::Amount => "decimal",
        Input::Count => "numeric",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn cells_are_named_by_row_and_column_and_keep_what_was_typed() {
        let columns = [
            Column::new("name", "资产具体名称", Input::Text).broad(),
            Column::new("sum", "总金额（元）", Input::Amount),
        ];
        let rows = [vec!["冷库".to_owned(), "18,60x".to_owned()]];
        let mut findings = Findings::none();
        findings.add("assets.0.sum", "金额不清楚");
        let html = FormTable::new("assets", "表六", &columns, &rows)
            .findings(&findings)
            .totals(&[String::new(), "0.00".to_owned()])
            .html(&Ctx::sample(Lang::Zh))
            .into_string();
        assert!(html.contains("name=\"assets.0.sum\"") && html.contains("value=\"18,60x\""), "{html}");
        assert!(html.contains("aria-label=\"总金额（元）, 第 1 行\""), "{html}");
        assert!(
            html.contains("aria-describedby=\"f-assets-0-sum-error\"") && html.contains("金额不清楚"),
            "{html}"
        );
        assert!(
            html.contains("value=\"delete:assets:0\"") && html.contains("value=\"paste:assets:1:0\""),
            "{html}"
        );
        assert!(html.contains("data-part=\"assets.total.sum\">0.00"), "{html}");
    }

    #[test]
    fn fixed_rows_cannot_be_added_or_deleted() {
        let columns = [Column::new("m1", "1月", Input::Amount)];
        let labels = ["职工薪酬".to_owned()];
        let html = FormTable::new("pay", "表七", &columns, &[vec![String::new()]])
            .fixed("类别", &labels)
            .html(&Ctx::sample(Lang::Zh))
            .into_string();
        assert!(!html.contains("delete:") && !html.contains("add:"), "{html}");
        assert!(html.contains("aria-label=\"1月, 职工薪酬\""), "{html}");
    }
}
