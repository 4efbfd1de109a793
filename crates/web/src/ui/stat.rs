//! A few figures at the top of a page, each with its formula and a link to its rows.

use maud::{Markup, html};

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub label: String,
    /// The figure, grouped.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Its formula or what it is made of.
    pub about: String,
    /// The rows behind it.
    pub href: Option<String>,
}

/// Figures side by side.
pub fn stats(stats: &[Stat]) -> Markup {
    html! {
        dl.stats {
            @for stat in stats {
                div.stat {
                    dt { @match &stat.href { Some(href) => a href=(href) { (stat.label) }, None => (stat.label) } }
                    dd { span.figure { (stat.value) } " " span.figure-unit { (stat.unit) } }
                    dd.hint { (stat.about) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_leads_to_its_rows() {
        let stat = Stat { label: "已拨付".into(), href: Some("/payments".into()), ..Stat::default() };
        assert!(stats(&[stat]).into_string().contains("<a href=\"/payments\">已拨付</a>"));
    }
}
