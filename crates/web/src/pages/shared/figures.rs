//! Money as it is read. Never rounded: an amount is shown in 万元 only where two decimals say it exactly.

use kernel::Money;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::ui::Stat;

/// An amount in yuan with its unit, for sentences: `1,234.50 元`.
pub fn yuan(ctx: &Ctx, amount: Money) -> String {
    let (value, unit) = in_yuan(ctx, amount);
    format!("{value} {unit}")
}

/// An amount with its unit, for sentences and labels: 万元 where two decimals are exact, else 元.
pub fn figured(ctx: &Ctx, amount: Money) -> String {
    let (value, unit) = figure(ctx, amount);
    format!("{value} {unit}")
}

/// A figure and its unit: 万元 where two decimals are exact, else 元.
fn figure(ctx: &Ctx, amount: Money) -> (String, String) {
    if in_wan(amount) { (wan(amount), ctx.t("unit-wan")) } else { in_yuan(ctx, amount) }
}

/// An amount in 万元 with its whole part in groups and every fen kept: `1,092.0914`.
pub fn wan(amount: Money) -> String {
    let text = amount.wan();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// An amount in yuan under a heading that names the unit.
pub fn amount(amount: Money) -> Markup {
    html! { (amount.grouped()) }
}

/// The sum of amounts; what cannot be counted is the most there is.
pub fn total(amounts: impl IntoIterator<Item = Money>) -> Money {
    Money::sum(amounts).unwrap_or(Money::MAX)
}

/// A share in tenths of a percent: `45.3%`; empty of nothing.
pub fn percent(part: Money, whole: Money) -> String {
    if whole.fen() <= 0 {
        return String::new();
    }
    let tenths = i128::from(part.fen()) * 1_000 / i128::from(whole.fen());
    format!("{}.{}%", tenths / 10, (tenths % 10).abs())
}

/// A figure at the top of a page under the word `label`, with its formula or what it is made of; `Stat { href, ..stat(..) }` leads to its rows.
pub fn stat(ctx: &Ctx, label: &str, amount: Money, about: String) -> Stat {
    let (value, unit) = figure(ctx, amount);
    Stat { label: ctx.t(label), value, unit, about, href: None }
}

/// The same always in yuan, for figures that are compared with amounts below them.
pub fn stat_yuan(ctx: &Ctx, label: &str, amount: Money, about: String) -> Stat {
    let (value, unit) = in_yuan(ctx, amount);
    Stat { label: ctx.t(label), value, unit, about, href: None }
}

fn in_yuan(ctx: &Ctx, amount: Money) -> (String, String) {
    (amount.grouped(), ctx.t("unit-yuan"))
}

/// Whether two decimals of 万元 are exact.
fn in_wan(amount: Money) -> bool {
    const FEN_PER_STEP: i64 = 10_000;
    amount.fen() % FEN_PER_STEP == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn ten_thousands_are_grouped_and_keep_every_fen() {
        for (fen, text) in [
            (0, "0"),
            (99_999_999, "99.999999"),
            (999_000_000, "999"),
            (1_000_000_000, "1,000"),
            (1_092_091_400, "1,092.0914"),
            (-1_500_000_000, "-1,500"),
        ] {
            assert_eq!(wan(Money::from_fen(fen)), text);
        }
    }

    #[test]
    fn a_figure_is_in_ten_thousands_only_when_two_decimals_are_exact() {
        let ctx = Ctx::sample(Lang::Zh);
        for (fen, text) in [
            (765_000_000_000, "765,000 万元"),
            (1_000_000, "1 万元"),
            (1_200_000, "1.2 万元"),
            (1_230_000, "1.23 万元"),
            (-10_000, "-0.01 万元"),
            (-10_100, "-101.00 元"),
            (1_230_100, "12,301.00 元"),
            (1, "0.01 元"),
            (0, "0 万元"),
        ] {
            assert_eq!(figured(&ctx, Money::from_fen(fen)), text, "{fen}");
        }
    }

    #[test]
    fn a_figure_of_yuan_stays_in_yuan() {
        let ctx = Ctx::sample(Lang::Zh);
        let of = |make: fn(&Ctx, &str, Money, String) -> Stat| {
            let stat = make(&ctx, "total", Money::from_fen(1_000_000), String::new());
            (stat.value, stat.unit)
        };
        assert_eq!(of(stat), ("1".into(), "万元".into()));
        assert_eq!(of(stat_yuan), ("10,000.00".into(), "元".into()));
    }

    #[test]
    fn sums_do_not_wrap() {
        assert_eq!(total([Money::MAX, Money::from_fen(1)]), Money::MAX);
        assert_eq!(total([Money::from_fen(2), Money::from_fen(1)]), Money::from_fen(3));
    }

    #[test]
    fn a_share_of_nothing_is_not_shown() {
        for (part, whole, text) in [(1, 3, "33.3%"), (3, 3, "100.0%"), (0, 3, "0.0%"), (1, 0, "")] {
            assert_eq!(percent(Money::from_fen(part), Money::from_fen(whole)), text);
        }
    }
}
