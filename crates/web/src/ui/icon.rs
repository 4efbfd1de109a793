//! Small drawn signs beside words. They are decoration for a screen reader; the word says the same.

use maud::PreEscaped;

/// A drawn sign.
pub type Icon = PreEscaped<&'static str>;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        $($(#[$doc])*
        pub const $name: Icon = PreEscaped(concat!(
            r#"<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">"#,
            r#"<g fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">"#,
            $path,
            "</g></svg>"
        ));)+
    };
}

icons! {
    /// A tick: satisfied, done.
    CHECK = r#"<path d="M3 8.5l3.2 3.2L13 4.8"/>"#;
    /// A cross: not satisfied, refused.
    CROSS = r#"<path d="M4 4l8 8M12 4l-8 8"/>"#;
    /// An empty circle: not yet known.
    OPEN = r#"<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 2.2"/>"#;
    /// A clock: a deadline.
    CLOCK = r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.8V8l2.3 1.5"/>"#;
    /// A triangle: mind this.
    WARNING = r#"<path d="M8 2.5l6 11H2zM8 6.6v3.2M8 11.7v.1"/>"#;
    /// A circle with an i: to know.
    INFO = r#"<circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.4M8 5v.1"/>"#;
    /// A sheet of paper.
    PAPER = r#"<path d="M4 2h5.5L12 4.5V14H4zM6 7.5h4M6 10.5h4"/>"#;
    /// A plus: one more.
    PLUS = r#"<path d="M8 3v10M3 8h10"/>"#;
    /// A bin: away with it.
    BIN = r#"<path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5L5 13h6l.5-8.5"/>"#;
    /// A half-filled circle: under way.
    HALF = r#"<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3h3"/>"#;
    /// A flag of no concern: does not apply.
    DASH = r#"<path d="M4 8h8"/>"#;
}
