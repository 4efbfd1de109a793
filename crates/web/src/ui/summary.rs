//! Check your answers: what was given, with a way to change each.

use maud::{Markup, Render, html};

use crate::ctx::Ctx;

/// A list of names and values.
#[derive(Default)]
pub struct SummaryList(Vec<(String, Markup, Option<String>)>);

impl SummaryList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// A value that stands.
    pub fn row(mut self, label: impl Into<String>, value: impl Render) -> Self {
        self.0.push((label.into(), value.render(), None));
        self
    }

    /// A value that stands, where there is one.
    pub fn row_known(self, label: impl Into<String>, value: Option<impl Render>) -> Self {
        match value {
            Some(value) => self.row(label, value),
            None => self,
        }
    }

    /// A value with the page on which it can be changed.
    pub fn row_to_change(
        mut self,
        label: impl Into<String>,
        value: impl Render,
        href: impl Into<String>,
    ) -> Self {
        self.0.push((label.into(), value.render(), Some(href.into())));
        self
    }

    /// The list.
    pub fn html(self, ctx: &Ctx) -> Markup {
        html! {
            dl.summary {
                @for (label, value, href) in &self.0 {
                    div {
                        dt { (label) }
                        dd { @if value.0.is_empty() { span.hint { (ctx.t("not-given")) } } @else { (value) } }
                        @if let Some(href) = href {
                            dd.change { a href=(href) { (ctx.t("change")) span.sr-only { (label) } } }
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
    use crate::words::Lang;

    #[test]
    fn an_empty_value_is_said() {
        let html = SummaryList::new().row("传真", "").row_to_change("电话", "022-23415678", "/x");
        let html = html.html(&Ctx::sample(Lang::Zh)).into_string();
        assert!(html.contains("未填写") && html.contains("href=\"/x\""), "{html}");
    }
}
