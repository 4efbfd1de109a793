//! Tabs with counts. Each is a link of its own address: they work without script and can be sent to a colleague.

use maud::{Markup, html};

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its words.
    pub label: String,
    /// How many stand under it.
    pub count: Option<usize>,
}

impl Tab {
    /// A tab with the number of rows under it.
    pub fn new(href: impl Into<String>, label: impl Into<String>, count: Option<usize>) -> Self {
        Self { href: href.into(), label: label.into(), count }
    }
}

/// The row of tabs; `current` counts from zero. `label` says what they divide.
pub fn tabs(label: &str, tabs: &[Tab], current: usize) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul {
                @for (index, tab) in tabs.iter().enumerate() {
                    li {
                        a href=(tab.href) aria-current=[(index == current).then_some("page")] {
                            (tab.label)
                            @if let Some(count) = tab.count { " " span.count { (count) } }
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
    fn one_tab_is_current() {
        let html =
            tabs("办件", &[Tab::new("/a", "待办", Some(3)), Tab::new("/b", "已办", None)], 1).into_string();
        assert!(html.contains("<a href=\"/b\" aria-current=\"page\">已办</a>"), "{html}");
        assert!(html.contains("<span class=\"count\">3</span>"), "{html}");
    }
}
