//! A half circle that fills from left to right, with a mark at the target.

use std::f64::consts::PI;

use maud::{Markup, html};

use super::{Ink, Palette};

/// A value against its target, both in hundredths of a percent (7500 is 75 %).
#[derive(Clone, Copy, Debug)]
pub struct Gauge<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it measures, with the target in words: 支出进度（目标 75%）.
    pub label: &'a str,
    /// The value as it is to be read: 68.3%.
    pub text: &'a str,
    /// The value.
    pub value: u32,
    /// The target.
    pub target: u32,
    /// Where it is drawn.
    pub palette: Palette,
}

const FULL: u32 = 10_000;
const RADIUS: f64 = 76.0;
const CENTRE: (f64, f64) = (100.0, 92.0);

/// The gauge.
pub fn gauge(gauge: &Gauge<'_>) -> Markup {
    let value = gauge.value.min(FULL);
    let ink = if gauge.value >= gauge.target { Ink::Good } else { Ink::Low };
    html! {
        figure.gauge {
            svg viewBox="0 0 200 104" role="img" aria-labelledby={ (gauge.id) "-title" } {
                title id={ (gauge.id) "-title" } { (gauge.label) " " (gauge.text) }
                (stroke(gauge.palette, Ink::Grid, &arc(FULL), "14"))
                @if value > 0 { (stroke(gauge.palette, ink, &arc(value), "14")) }
                (stroke(gauge.palette, Ink::Target, &tick(gauge.target.min(FULL)), "3"))
                text.gauge-text x="100" y="88" text-anchor="middle" font-size="26" font-weight="700" { (gauge.text) }
            }
            figcaption { (gauge.label) }
        }
    }
}

fn stroke(palette: Palette, ink: Ink, path: &str, width: &str) -> Markup {
    let (class, colour) = palette.ink(ink);
    let class = if class.is_empty() { class } else { format!("{class}-line") };
    html! {
        path d=(path) class=(class) fill="none" stroke=[(!colour.is_empty()).then_some(colour)] stroke-width=(width)
            stroke-linecap="round" {}
    }
}

fn point(share: u32, radius: f64) -> (f64, f64) {
    let angle = PI * (1.0 - f64::from(share) / f64::from(FULL));
    (CENTRE.0 + radius * angle.cos(), CENTRE.1 - radius * angle.sin())
}

fn arc(share: u32) -> String {
    let ((x0, y0), (x1, y1)) = (point(0, RADIUS), point(share, RADIUS));
    format!("M{x0:.1} {y0:.1}A{RADIUS} {RADIUS} 0 0 1 {x1:.1} {y1:.1}")
}

fn tick(share: u32) -> String {
    let ((x0, y0), (x1, y1)) = (point(share, RADIUS - 9.0), point(share, RADIUS + 9.0));
    format!("M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(value: u32) -> String {
        let one =
            Gauge {
                id: "g", label: "支出进度", text: "x", value, target: 7500, palette: Palette::Screen
            };
        gauge(&one).into_string()
    }

    #[test]
    fn the_target_is_reached_exactly_at_it() {
        assert!(html(7499).contains("chart-low-line"));
        assert!(html(7500).contains("chart-good-line"));
    }

    #[test]
    fn more_than_all_stays_within_the_circle() {
        assert_eq!(html(12_000).matches("A76 76 0 0 1 176.0 92.0").count(), 2);
    }
}
