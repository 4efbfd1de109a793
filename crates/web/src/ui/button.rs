//! Buttons. Those that send a form carry `name="act"`; [`crate::Submitted::act`] reads which one was pressed.

use maud::{Markup, Render, html};

/// The main button of a form.
pub fn primary(label: &str, act: &str) -> Markup {
    html! { button.button.primary type="submit" name="act" value=(act) { (label) } }
}

/// A second choice beside the main one.
pub fn secondary(label: &str, act: &str) -> Markup {
    html! { button.button type="submit" name="act" value=(act) { (label) } }
}

/// A button for what cannot be taken back easily.
pub fn danger(label: &str, act: &str) -> Markup {
    html! { button.button.danger type="submit" name="act" value=(act) { (label) } }
}

/// A link drawn as the main button: goes somewhere, changes nothing.
pub fn link_primary(href: &str, label: &str) -> Markup {
    html! { a.button.primary href=(href) { (label) } }
}

/// A link drawn as a second button.
pub fn link(href: &str, label: &str) -> Markup {
    html! { a.button href=(href) { (label) } }
}

/// The row of buttons at the end of a form.
pub fn actions(buttons: impl Render) -> Markup {
    html! { div.actions { (buttons) } }
}
