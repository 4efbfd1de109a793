//! Choosing among given values: a drop-down, radios, check boxes.

use maud::{Markup, html};

use super::errors::{described_by, id_of, message};
use crate::ctx::Ctx;

/// One value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// A line under the label.
    pub hint: Option<String>,
}

impl Opt {
    /// A value and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with a line of explanation.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Select,
    Radios,
    Boxes,
}

/// A choice in the making; ends with [`Choice::html`].
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    shape: Shape,
    name: &'a str,
    label: &'a str,
    options: &'a [Opt],
    chosen: Vec<&'a str>,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    inline: Option<&'static str>,
}

impl<'a> Choice<'a> {
    fn new(shape: Shape, name: &'a str, label: &'a str, options: &'a [Opt]) -> Self {
        Self { shape, name, label, options, chosen: Vec::new(), hint: None, error: None, inline: None }
    }

    /// A drop-down list; begins with "please choose".
    pub fn select(name: &'a str, label: &'a str, options: &'a [Opt]) -> Self {
        Self::new(Shape::Select, name, label, options)
    }

    /// One of a few, all visible.
    pub fn radios(name: &'a str, legend: &'a str, options: &'a [Opt]) -> Self {
        Self::new(Shape::Radios, name, legend, options)
    }

    /// Any of a few.
    pub fn checkboxes(name: &'a str, legend: &'a str, options: &'a [Opt]) -> Self {
        Self::new(Shape::Boxes, name, legend, options)
    }

    /// The value chosen; several calls for several boxes.
    pub fn chosen(mut self, value: &'a str) -> Self {
        self.chosen.push(value);
        self
    }

    /// A line under the legend.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong with it.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Radios or boxes side by side; for two or three short ones.
    pub fn inline(mut self) -> Self {
        self.inline = Some("inline");
        self
    }

    /// The choice.
    pub fn html(self, ctx: &Ctx) -> Markup {
        match self.shape {
            Shape::Select => self.select_html(ctx),
            Shape::Radios => self.group_html(ctx, "radio"),
            Shape::Boxes => self.group_html(ctx, "checkbox"),
        }
    }

    fn select_html(&self, ctx: &Ctx) -> Markup {
        let id = id_of(self.name);
        html! {
            div.field.has-error[self.error.is_some()] {
                label for=(id) { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (message(ctx, self.name, self.error))
                select id=(id) name=(self.name) aria-invalid=[self.error.map(|_| "true")]
                    aria-describedby=[described_by(self.name, self.hint, self.error)] {
                    option value="" { (ctx.t("please-choose")) }
                    @for option in self.options {
                        option value=(option.value) selected[self.is_chosen(option)] { (option.label) }
                    }
                }
            }
        }
    }

    fn group_html(&self, ctx: &Ctx, kind: &str) -> Markup {
        let id = id_of(self.name);
        html! {
            fieldset.field.has-error[self.error.is_some()]
                aria-describedby=[described_by(self.name, self.hint, self.error)] {
                legend { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (message(ctx, self.name, self.error))
                div.options.inline[self.inline.is_some()] {
                    @for (index, option) in self.options.iter().enumerate() {
                        // The first has the field's own id: the summary of errors leads to it.
                        @let own = if index == 0 { id.clone() } else { format!("{id}-{index}") };
                        div.option {
                            input id=(own) type=(kind) name=(self.name) value=(option.value)
                                checked[self.is_chosen(option)]
                                aria-describedby=[option.hint.as_ref().map(|_| format!("{own}-about"))];
                            label for=(own) { (option.label) }
                            @if let Some(hint) = &option.hint { p.hint id={ (own) "-about" } { (hint) } }
                        }
                    }
                }
            }
        }
    }

    fn is_chosen(&self, option: &Opt) -> bool {
        self.chosen.contains(&option.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn radios_have_a_legend_and_keep_the_choice() {
        let options =
            [Opt::new("project", "项目投资补贴"), Opt::new("output", "生产性补贴").with_hint("按劳务支出")];
        let html = Choice::radios("mode", "申请资助方式", &options)
            .chosen("output")
            .html(&Ctx::sample(Lang::Zh))
            .into_string();
        assert!(html.contains("<legend>申请资助方式</legend>"), "{html}");
        assert!(html.contains("value=\"output\" checked"), "{html}");
        assert!(!html.contains("value=\"project\" checked"), "{html}");
    }

    #[test]
    fn a_select_begins_with_please_choose() {
        let html = Choice::select("year", "年度", &[Opt::new("2019", "2019年")])
            .html(&Ctx::sample(Lang::Zh))
            .into_string();
        assert!(html.contains("<option value=\"\">请选择</option>"), "{html}");
    }
}
