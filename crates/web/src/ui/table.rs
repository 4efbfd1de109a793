//! A table of data with its caption. Amounts are right-aligned; on a narrow screen each row becomes a small card,
//! or, with [`DataTable::scrolling`], the table scrolls in its own focusable region.

use maud::{Markup, Render, html};

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Amounts and counts, with even digits.
    Amount,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    label: String,
    align: Align,
}

impl Head {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), align: Align::Start }
    }

    /// A column of amounts; the label names the unit: 计划（万元）.
    pub fn amount(label: impl Into<String>) -> Self {
        Self { label: label.into(), align: Align::Amount }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Narrow {
    Cards,
    Scrolls,
}

/// A table in the making; ends with [`DataTable::html`].
pub struct DataTable {
    id: String,
    caption: String,
    caption_class: &'static str,
    heads: Vec<Head>,
    rows: Vec<(Vec<Markup>, &'static str)>,
    totals: Option<Vec<Markup>>,
    narrow: Narrow,
}

impl DataTable {
    /// A table; `id` is unique on the page. The first column is the heading of each row.
    pub fn new(id: impl Into<String>, caption: impl Into<String>, heads: Vec<Head>) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            caption_class: "",
            heads,
            rows: Vec::new(),
            totals: None,
            narrow: Narrow::Cards,
        }
    }

    /// The caption is for screen readers only, because a heading above says it.
    pub fn quiet_caption(mut self) -> Self {
        self.caption_class = "sr-only";
        self
    }

    /// Scrolls sideways on a narrow screen instead of becoming cards; for tables that are compared column by column.
    pub fn scrolling(mut self) -> Self {
        self.narrow = Narrow::Scrolls;
        self
    }

    /// Adds a row of cells.
    pub fn row(mut self, cells: Vec<Markup>) -> Self {
        self.rows.push((cells, ""));
        self
    }

    /// Adds a row that must be seen: blocked, overdue.
    pub fn marked_row(mut self, cells: Vec<Markup>) -> Self {
        self.rows.push((cells, "marked"));
        self
    }

    /// The row of totals, one cell a column; the first is its heading.
    pub fn totals(mut self, cells: Vec<Markup>) -> Self {
        self.totals = Some(cells);
        self
    }

    /// The table.
    pub fn html(&self) -> Markup {
        let caption_id = format!("{}-caption", self.id);
        html! {
            div.scroll.cards[self.narrow == Narrow::Cards] role="region" tabindex="0" aria-labelledby=(caption_id) {
                table.data #(self.id) role="table" {
                    caption id=(caption_id) class=(self.caption_class) { (self.caption) }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for head in &self.heads {
                                th scope="col" role="columnheader" .amount[head.align == Align::Amount] { (head.label) }
                            }
                        }
                    }
                    tbody role="rowgroup" { @for (cells, class) in &self.rows { (self.line(cells, class)) } }
                    @if let Some(totals) = &self.totals { tfoot role="rowgroup" { (self.line(totals, "")) } }
                }
            }
        }
    }

    fn line(&self, cells: &[Markup], class: &'static str) -> Markup {
        html! {
            tr role="row" class=[(!class.is_empty()).then_some(class)] {
                @for (index, (cell, head)) in cells.iter().zip(&self.heads).enumerate() {
                    @if index == 0 {
                        th scope="row" role="rowheader" .amount[head.align == Align::Amount] { (cell.render()) }
                    } @else {
                        td role="cell" data-label=(head.label) .amount[head.align == Align::Amount] .empty[cell.0.is_empty()] {
                            (cell.render())
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_marked_and_the_region_has_a_name() {
        let table = DataTable::new("t", "重点项目", vec![Head::text("编号"), Head::amount("计划（万元）")])
            .row(vec![html! { "XM-1" }, html! { "1,860.50" }])
            .totals(vec![html! { "合计" }, html! { "1,860.50" }])
            .html()
            .into_string();
        assert!(table.contains("aria-labelledby=\"t-caption\""), "{table}");
        assert!(table.contains("data-label=\"计划（万元）\""), "{table}");
        assert_eq!(table.matches("class=\"amount\"").count(), 3, "{table}");
    }
}
