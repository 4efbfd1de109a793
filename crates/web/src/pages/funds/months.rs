//! What was paid a month, as bars with the table under them.

use app::view::money::PaidMonth;
use app::view::month_label;
use kernel::Money;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::say;
use crate::ui::chart::{Bars, Palette, Series, bars};
use crate::ui::empty_state;

/// The most months that are drawn.
const MONTHS: usize = 24;
const FEN_PER_WAN: i64 = 1_000_000;

/// The bars: of a calendar year, or the last two years.
pub(super) fn chart(ctx: &Ctx, paid: &[PaidMonth], year: Option<i16>) -> Markup {
    let of_year: Vec<&PaidMonth> =
        paid.iter().filter(|month| year.is_none_or(|year| month.month.0 == year)).collect();
    let first = of_year.len().saturating_sub(MONTHS);
    let shown = &of_year[first..];
    if shown.is_empty() {
        return empty_state(&ctx.t("funds-months-none"), &ctx.t("funds-months-none-about"), html! {});
    }
    let groups: Vec<String> =
        shown.iter().map(|month| say(ctx, &month_label(month.month)).to_owned()).collect();
    let wan = in_wan(shown);
    let series = series(ctx, shown, wan);
    let (title, unit) = (ctx.t("funds-by-month"), ctx.t(if wan { "unit-wan" } else { "unit-yuan" }));
    let chart = Bars {
        id: "paid-months",
        title: &title,
        unit: &unit,
        groups: &groups,
        series: &series,
        palette: Palette::Screen,
    };
    html! {
        (bars(ctx, &chart))
        p.hint { (ctx.t("funds-by-month-about")) }
    }
}

/// Whether the months are drawn in ten thousands: small sums would be lines without height.
fn in_wan(months: &[&PaidMonth]) -> bool {
    months.iter().any(|month| month.total.fen() >= 20 * FEN_PER_WAN)
}

/// A series a fund, and one for overheads where any were paid; more funds than colours are one series.
fn series(ctx: &Ctx, months: &[&PaidMonth], wan: bool) -> Vec<Series> {
    let mut funds: Vec<(&str, &str)> = Vec::new();
    for (fund, name, _) in months.iter().flat_map(|month| &month.funds) {
        if funds.iter().all(|(known, _)| known != fund) {
            funds.push((fund, say(ctx, name)));
        }
    }
    let one = |label: String, of: &dyn Fn(&PaidMonth) -> Money| Series {
        label,
        values: months.iter().map(|month| scaled(of(month), wan)).collect(),
        texts: months.iter().map(|month| text(of(month), wan)).collect(),
    };
    if funds.len() > 6 {
        return vec![one(ctx.t("funds-spent"), &|month| month.total)];
    }
    let mut all: Vec<Series> = funds
        .iter()
        .map(|(fund, name)| {
            one((*name).to_owned(), &|month| {
                let own = month.funds.iter().filter(|(id, ..)| id == fund).map(|(.., amount)| *amount);
                Money::sum(own).unwrap_or(Money::MAX)
            })
        })
        .collect();
    if months.iter().any(|month| !month.overheads.is_zero()) {
        all.push(one(ctx.t("funds-overheads"), &|month| month.overheads));
    }
    all
}

fn scaled(amount: Money, wan: bool) -> u64 {
    u64::try_from(amount.fen() / if wan { FEN_PER_WAN } else { 100 }).unwrap_or(0)
}

fn text(amount: Money, wan: bool) -> String {
    if wan { amount.wan() } else { amount.grouped() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use app::view::pack::Words;

    fn month(year: i16, month: i8, fen: i64) -> PaidMonth {
        let amount = Money::from_fen(fen);
        PaidMonth {
            month: (year, month),
            funds: vec![("main".into(), Words::new("专项资金", "fund"), amount)],
            overheads: Money::ZERO,
            total: amount,
            payments: 1,
        }
    }

    #[test]
    fn small_sums_are_drawn_in_yuan_and_a_year_shows_its_own_months() {
        let ctx = Ctx::sample(Lang::Zh);
        let small = [month(2019, 12, 8_000), month(2020, 1, 12_005)];
        let html = chart(&ctx, &small, Some(2020)).into_string();
        assert!(html.contains("（元）") && html.contains("120.05") && !html.contains("80.00"), "{html}");
        let large = [month(2020, 1, 20 * FEN_PER_WAN), month(2020, 2, 20 * FEN_PER_WAN - 1)];
        let html = chart(&ctx, &large, None).into_string();
        assert!(html.contains("（万元）") && html.contains("19.999999"), "{html}");
        assert!(chart(&ctx, &small, Some(2018)).into_string().contains("empty-state"));
    }
}
