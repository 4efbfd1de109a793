//! The bar of filters above a table, and chips of those in use. Filters live in the address (GET).

use maud::{Markup, Render, html};

use crate::ctx::Ctx;

/// A bar of filters: fields in a row, 查询 and 重置.
pub struct FilterBar<'a> {
    action: &'a str,
    fields: Vec<Markup>,
    extra: Vec<Markup>,
}

impl<'a> FilterBar<'a> {
    /// A bar that asks `action` with the filters in the address.
    pub fn new(action: &'a str) -> Self {
        Self { action, fields: Vec::new(), extra: Vec::new() }
    }

    /// Adds a field ([`super::Field`], [`super::Choice::select`]).
    pub fn field(mut self, field: impl Render) -> Self {
        self.fields.push(field.render());
        self
    }

    /// Adds a button at the right end: 导出.
    pub fn extra(mut self, content: impl Render) -> Self {
        self.extra.push(content.render());
        self
    }

    /// The bar.
    pub fn html(self, ctx: &Ctx) -> Markup {
        html! {
            form.filter-bar method="get" action=(self.action) role="search" aria-label=(ctx.t("filter-label")) {
                @for field in &self.fields { (field) }
                div.filter-buttons {
                    button.button.primary type="submit" { (ctx.t("filter-search")) }
                    a.button href=(self.action) { (ctx.t("filter-reset")) }
                    @for extra in &self.extra { (extra) }
                }
            }
        }
    }
}

/// A filter in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it filters by: 状态：已受理.
    pub label: String,
    /// The address without it.
    pub without: String,
}

/// The filters in use, each with a way to drop it. Nothing when there is none.
pub fn chips(ctx: &Ctx, chips: &[Chip]) -> Markup {
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label=(ctx.t("chips-label")) {
                @for chip in chips {
                    li { a.chip href=(chip.without) {
                        (chip.label) span aria-hidden="true" { " ×" } span.sr-only { (ctx.t("chip-drop")) }
                    } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Field;
    use crate::words::Lang;

    #[test]
    fn filters_go_into_the_address() {
        let ctx = Ctx::sample(Lang::Zh);
        let html =
            FilterBar::new("/cases").field(Field::text("q", "企业名称").html(&ctx)).html(&ctx).into_string();
        assert!(html.contains("method=\"get\"") && html.contains("查询") && html.contains("重置"), "{html}");
    }

    #[test]
    fn a_chip_leads_to_the_list_without_it() {
        let ctx = Ctx::sample(Lang::Zh);
        assert!(chips(&ctx, &[]).into_string().is_empty());
        let html = chips(&ctx, &[Chip { label: "状态：已受理".into(), without: "/cases?year=2019".into() }]);
        assert!(html.into_string().contains("href=\"/cases?year=2019\""));
    }
}
