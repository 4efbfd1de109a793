//! Bars by month or kind: several series side by side on one scale.

use maud::{Markup, html};

use super::{Ink, Palette};
use crate::ctx::Ctx;
use crate::ui::{DataTable, Head, details};

/// One series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Its values in whole units of the scale, one a group, not negative.
    pub values: Vec<u64>,
    /// The same values as they are to be read.
    pub texts: Vec<String>,
}

/// A chart of bars.
#[derive(Clone, Debug)]
pub struct Bars<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// The unit of the scale.
    pub unit: &'a str,
    /// The names of the groups: months.
    pub groups: &'a [String],
    /// The series.
    pub series: &'a [Series],
    /// Where it is drawn.
    pub palette: Palette,
}

const WIDTH: u64 = 640;
const HEIGHT: u64 = 240;
const LEFT: u64 = 56;
const TOP: u64 = 24;
const BOTTOM: u64 = 28;

/// The chart and, folded, its table.
pub fn bars(ctx: &Ctx, bars: &Bars<'_>) -> Markup {
    let largest = bars.series.iter().flat_map(|series| series.values.iter().copied()).max().unwrap_or(0);
    let top = round_up(largest);
    let plot = HEIGHT - TOP - BOTTOM;
    html! {
        figure.chart {
            ul.legend {
                @for (index, series) in bars.series.iter().enumerate() {
                    li { (swatch(bars.palette, index)) (series.label) }
                }
            }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (bars.id) "-title" } {
                title id={ (bars.id) "-title" } { (bars.title) "（" (bars.unit) "）" }
                text.chart-text x=(LEFT - 8) y="12" text-anchor="end" font-size="12" { (bars.unit) }
                @for line in 0..=4_u64 {
                    @let y = TOP + plot - plot * line / 4;
                    @let (class, colour) = bars.palette.ink(Ink::Grid);
                    rect x=(LEFT) y=(y) width=(WIDTH - LEFT) height="1" class=(class) fill=[some(colour)] {}
                    text.chart-text x=(LEFT - 8) y=(y + 4) text-anchor="end" font-size="12" { (top * line / 4) }
                }
                @for (group, label) in bars.groups.iter().enumerate() { (column(bars, group, label, top, plot)) }
            }
            (details(&ctx.t("chart-table"), table(ctx, bars)))
        }
    }
}

fn column(bars: &Bars<'_>, group: usize, label: &str, top: u64, plot: u64) -> Markup {
    let groups = bars.groups.len().max(1) as u64;
    let series = bars.series.len().max(1) as u64;
    let room = (WIDTH - LEFT) / groups;
    let bar = (room * 7 / 10 / series).clamp(1, 40);
    let start = LEFT + room * group as u64 + (room - bar * series) / 2;
    html! {
        @for (index, one) in bars.series.iter().enumerate() {
            @let value = one.values.get(group).copied().unwrap_or(0);
            @let height = plot.saturating_mul(value) / top.max(1);
            @let (class, colour) = bars.palette.ink(Ink::Series(index));
            rect x=(start + bar * index as u64) y=(TOP + plot - height) width=(bar.saturating_sub(2).max(1))
                height=(height) rx="2" class=(class) fill=[some(colour)] {}
        }
        text.chart-text x=(LEFT + room * group as u64 + room / 2) y=(HEIGHT - 8) text-anchor="middle" font-size="12" {
            (label)
        }
    }
}

fn swatch(palette: Palette, index: usize) -> Markup {
    let (class, colour) = palette.ink(Ink::Series(index));
    html! {
        svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" {
            rect width="12" height="12" rx="2" class=(class) fill=[some(colour)] {}
        }
    }
}

fn table(ctx: &Ctx, bars: &Bars<'_>) -> Markup {
    let mut heads = vec![Head::text(ctx.t("chart-group"))];
    heads.extend(bars.series.iter().map(|series| Head::amount(format!("{}（{}）", series.label, bars.unit))));
    let mut table = DataTable::new(format!("{}-table", bars.id), bars.title, heads).quiet_caption();
    for (group, label) in bars.groups.iter().enumerate() {
        let mut cells = vec![html! { (label) }];
        cells.extend(
            bars.series.iter().map(|one| html! { (one.texts.get(group).map_or("", String::as_str)) }),
        );
        table = table.row(cells);
    }
    table.html()
}

/// The end of the scale: the next 1, 2, 4 or 8 times a power of ten, so that quarters are whole (from 4 on).
fn round_up(largest: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for step in [1, 2, 4, 8] {
            let end = power.saturating_mul(step);
            if end >= largest && end >= 4 {
                return end;
            }
        }
        power = power.saturating_mul(10);
    }
}

fn some(colour: &str) -> Option<&str> {
    (!colour.is_empty()).then_some(colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_scale_ends_above_the_largest_value() {
        for (largest, end) in
            [(0, 4), (4, 4), (5, 8), (9, 10), (100, 100), (101, 200), (1240, 2000), (u64::MAX, u64::MAX)]
        {
            assert_eq!(round_up(largest), end, "{largest}");
        }
    }

    #[test]
    fn a_chart_has_a_title_and_the_same_data_as_a_table() {
        let groups = ["1月".to_owned(), "2月".to_owned()];
        let series = [Series {
            label: "已拨付".into(),
            values: vec![10, 20],
            texts: vec!["10.00".into(), "20.00".into()],
        }];
        let chart = Bars {
            id: "m",
            title: "月度拨付",
            unit: "万元",
            groups: &groups,
            series: &series,
            palette: Palette::Screen,
        };
        let html = bars(&Ctx::sample(Lang::Zh), &chart).into_string();
        assert!(html.contains("月度拨付（万元）</title>") && html.contains("20.00"), "{html}");
        assert!(!html.contains("style="), "the security policy forbids inline style: {html}");
    }
}
