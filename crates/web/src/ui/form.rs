//! The form element around fields.

use maud::{Markup, html};

use crate::ctx::Ctx;

/// A form that is sent with POST. What it can do besides is chosen by its methods.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    action: &'a str,
    default_act: &'a str,
    live: Option<&'static str>,
    guard: Option<&'static str>,
    encoding: Option<&'static str>,
    key: Option<&'a str>,
}

impl<'a> Form<'a> {
    /// A form to `action`. `default_act` is what the Enter key means (the value of the main button): without it
    /// the browser would press the first button of the form, which may delete a row.
    pub fn post(action: &'a str, default_act: &'a str) -> Self {
        Self { action, default_act, live: None, guard: None, encoding: None, key: None }
    }

    /// The script shows the page afresh while the form is filled in (totals, checks, next levels). The handler
    /// must not write when [`crate::live::Live::is_live`].
    pub fn live(mut self) -> Self {
        self.live = Some("");
        self
    }

    /// The script asks before the page is left with something unsaved.
    pub fn guarded(mut self) -> Self {
        self.guard = Some("");
        self
    }

    /// A hidden key, sent as `key`: the same act sent twice (a double click, a reload) is done once.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// The form carries files.
    pub fn with_files(mut self) -> Self {
        self.encoding = Some("multipart/form-data");
        self
    }

    /// The form with its fields and buttons.
    pub fn html(self, _ctx: &Ctx, content: Markup) -> Markup {
        html! {
            form.form method="post" action=(self.action) enctype=[self.encoding] novalidate
                data-live=[self.live] data-guard=[self.guard] {
                button.default-act type="submit" name="act" value=(self.default_act) tabindex="-1"
                    aria-hidden="true" {}
                @if let Some(key) = self.key { input type="hidden" name="key" value=(key); }
                (content)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_enter_key_means_the_main_button() {
        let html =
            Form::post("/x", "save").live().html(&Ctx::sample(Lang::Zh), html! { p { "…" } }).into_string();
        let first = html.find("<button").unwrap();
        assert!(html[first..].contains("value=\"save\""), "{html}");
        assert!(html.contains("data-live") && !html.contains("data-guard"), "{html}");
    }
}
