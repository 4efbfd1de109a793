//! Charts as SVG without script or inline style. Each stands over its table of data, which says the same.
//!
//! A chart is drawn in a [`Palette`]: on screens the colours are classes of the style sheet (so that high contrast
//! works), on paper they are written out.

mod bar;
mod gauge;
mod sankey;

pub use bar::{Bars, Series, bars};
pub use gauge::{Gauge, gauge};
pub use sankey::{Sankey, SankeyLink, SankeyNode, sankey};

/// Where the chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// On a page of this program: classes `chart-1` to `chart-6`, `chart-target`, `chart-grid`.
    #[default]
    Screen,
    /// In a document without style sheet: colours as attributes.
    Paper,
}

/// What a shape of a chart is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The series number so and so, from 0.
    Series(usize),
    /// A target that should be reached.
    Target,
    /// Lines and scales behind the data.
    Grid,
    /// A value that is in order.
    Good,
    /// A value below its target.
    Low,
}

impl Palette {
    const SERIES: [&'static str; 6] = ["#0b5cad", "#7fb0de", "#1a7f4b", "#b45309", "#6b4fa0", "#5b6b7c"];

    /// Class and fill of a shape; one of them is empty.
    pub fn ink(self, ink: Ink) -> (String, &'static str) {
        match self {
            Self::Screen => (Self::class(ink), ""),
            Self::Paper => (String::new(), Self::colour(ink)),
        }
    }

    fn class(ink: Ink) -> String {
        match ink {
            Ink::Series(index) => format!("chart-{}", index % Self::SERIES.len() + 1),
            Ink::Target => "chart-target".to_owned(),
            Ink::Grid => "chart-grid".to_owned(),
            Ink::Good => "chart-good".to_owned(),
            Ink::Low => "chart-low".to_owned(),
        }
    }

    fn colour(ink: Ink) -> &'static str {
        match ink {
            Ink::Series(index) => Self::SERIES[index % Self::SERIES.len()],
            Ink::Target => "#1b2733",
            Ink::Grid => "#d5dde6",
            Ink::Good => "#1a7f4b",
            Ink::Low => "#b45309",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_uses_classes_and_paper_colours() {
        assert_eq!(Palette::Screen.ink(Ink::Series(6)), ("chart-1".to_owned(), ""));
        assert_eq!(Palette::Paper.ink(Ink::Series(1)), (String::new(), "#7fb0de"));
    }
}
