//! A white card with a heading, and the card that says what will stand here.

use maud::{Markup, Render, html};

/// A white card with its heading.
pub fn panel(title: &str, content: impl Render) -> Markup {
    panel_with(title, html! {}, content)
}

/// A white card with its heading and something at its right: a unit, a count, a link.
pub fn panel_with(title: &str, aside: impl Render, content: impl Render) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { (title) } div.card-aside { (aside) } }
            (content)
        }
    }
}

/// A list that is still empty: what comes here, when, and what can be done now.
pub fn empty_state(title: &str, what_comes: &str, action: impl Render) -> Markup {
    html! {
        div.empty-state {
            svg.empty-mark viewBox="0 0 64 32" width="64" height="32" aria-hidden="true" focusable="false" {
                g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" {
                    path d="M6 9c9-6 17-6 26 0s17 6 26 0" {}
                    path d="M6 17c9-6 17-6 26 0s17 6 26 0" {}
                    path d="M6 25c9-6 17-6 26 0s17 6 26 0" {}
                }
            }
            p.empty-title { (title) }
            p { (what_comes) }
            (action)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_says_what_comes_here() {
        let html = empty_state("暂无待办", "受理的申报会出现在这里。", html! {}).into_string();
        assert!(html.contains("暂无待办") && html.contains("受理的申报会出现在这里。"), "{html}");
    }

    #[test]
    fn a_panel_has_a_heading() {
        assert!(panel("资金", html! { p { "…" } }).into_string().contains("<h2>资金</h2>"));
    }
}
