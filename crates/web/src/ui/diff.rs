//! What changed between two versions, marked for eye and ear.

use maud::{Markup, html};

use crate::ctx::Ctx;

/// How a value stands to the version before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark<'a> {
    /// As before.
    Same(&'a str),
    /// It was empty.
    Added(&'a str),
    /// It is empty now.
    Removed(&'a str),
    /// It was another.
    Changed {
        /// The value before.
        old: &'a str,
        /// The value now.
        new: &'a str,
    },
}

impl<'a> Mark<'a> {
    /// Compares two values; an empty text means that nothing was given.
    pub fn between(old: &'a str, new: &'a str) -> Self {
        match (old, new) {
            (old, new) if old == new => Self::Same(new),
            ("", new) => Self::Added(new),
            (old, "") => Self::Removed(old),
            (old, new) => Self::Changed { old, new },
        }
    }
}

/// A value with what changed in it.
pub fn diff(ctx: &Ctx, mark: Mark<'_>) -> Markup {
    let removed = |text: &str| html! { del { span.sr-only { (ctx.t("diff-old")) } (text) } };
    let added = |text: &str| html! { ins { span.sr-only { (ctx.t("diff-new")) } (text) } };
    match mark {
        Mark::Same(text) => html! { (text) },
        Mark::Added(text) => html! { span.diff { (added(text)) } },
        Mark::Removed(text) => html! { span.diff { (removed(text)) } },
        Mark::Changed { old, new } => html! { span.diff { (removed(old)) " " (added(new)) } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn two_versions_are_compared() {
        assert_eq!(Mark::between("1", "1"), Mark::Same("1"));
        assert_eq!(Mark::between("", "1"), Mark::Added("1"));
        assert_eq!(Mark::between("1", ""), Mark::Removed("1"));
        let html = diff(&Ctx::sample(Lang::Zh), Mark::between("60", "68")).into_string();
        assert!(html.contains("<del>") && html.contains("<ins>") && html.contains("原值"), "{html}");
    }
}
