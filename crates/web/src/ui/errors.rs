//! What is wrong with a form: findings by field, and the summary above the form that takes the focus.

use maud::{Markup, html};

use crate::ctx::Ctx;

/// The findings of a form, in the order of its fields. All are kept; the first of a field is shown at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<(String, String)>);

impl Findings {
    /// No findings.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a finding at the field `name` (the name it has in the form), in the language of the screen. Without a name it is of
    /// the form as a whole: no field is wrong.
    pub fn add(&mut self, name: impl Into<String>, message: impl Into<String>) {
        self.0.push((name.into(), message.into()));
    }

    /// The message to show at a field.
    pub fn at(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, message)| message.as_str())
    }

    /// How many there are; for [`crate::Page::findings`].
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether the form is in order.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field name and message, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, message)| (name.as_str(), message.as_str()))
    }
}

impl FromIterator<(String, String)> for Findings {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// The id of a field's input: `equipment.0.name` has `f-equipment-0-name`.
pub fn id_of(name: &str) -> String {
    format!("f-{}", name.replace(['.', ':', ' '], "-"))
}

/// The box above a form that lists every finding with a link to its field, and takes the focus. Nothing when
/// there is none.
pub fn error_summary(ctx: &Ctx, findings: &Findings) -> Markup {
    html! {
        @if !findings.is_empty() {
            section.error-summary #error-summary role="alert" tabindex="-1" autofocus data-focus
                aria-labelledby="error-summary-title" {
                h2 #error-summary-title { (ctx.t_args("error-summary-title", &[("count", findings.count().into())])) }
                ul {
                    @for (name, message) in findings.iter() {
                        li { @if name.is_empty() { (message) } @else { a href={ "#" (id_of(name)) } { (message) } } }
                    }
                }
            }
        }
    }
}

/// The message at a field, with the id that the input's `aria-describedby` names.
pub(super) fn message(ctx: &Ctx, name: &str, text: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = text {
            p.field-error id={ (id_of(name)) "-error" } { span.sr-only { (ctx.t("error-word")) } (text) }
        }
    }
}

/// Ids for `aria-describedby`, or nothing.
pub(super) fn described_by(name: &str, hint: Option<&str>, error: Option<&str>) -> Option<String> {
    let id = id_of(name);
    match (hint.is_some(), error.is_some()) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}
