//! What the pages of this slice share: who looks at booked money, and how an amount is divided.

use app::access::Right;
use app::view::money::SidePart;
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::{say, yuan};
use crate::submitted::Submitted;

/// Everybody who sees booked money.
pub const LOOK: [Right; 4] = [Right::SeeMoney, Right::ManageMoney, Right::Allocate, Right::Settle];

/// What a field of the form holds as an amount above zero, when it can be read; for what is shown beside it.
pub(super) fn tried(form: &Submitted, name: &str) -> Option<Money> {
    let amount = parse_amount(form.get(name), AmountUnit::Yuan).ok()?.money;
    (amount > Money::ZERO).then_some(amount)
}

/// How an amount would be divided between the sides, with the odd fen named; shown before anything is saved.
pub(super) fn split_parts(ctx: &Ctx, parts: &[SidePart]) -> Markup {
    let same = parts.windows(2).all(|two| two[0].amount == two[1].amount);
    html! {
        @if !parts.is_empty() {
            ul.plain-list.split-parts {
                @for part in parts {
                    li {
                        (say(ctx, &part.side)) " " strong { (yuan(ctx, part.amount)) }
                        @if part.odd && !same { " " span.hint { (ctx.t("funds-odd-fen")) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use app::view::pack::Words;

    #[test]
    fn the_odd_fen_is_named_only_where_there_is_one() {
        let ctx = Ctx::sample(Lang::Zh);
        let part = |fen: i64, odd: bool| SidePart {
            side: Words::new(if odd { "乙" } else { "甲" }, "side"),
            amount: Money::from_fen(fen),
            odd,
        };
        let html = split_parts(&ctx, &[part(50, false), part(51, true)]).into_string();
        assert!(html.contains("0.51 元") && html.contains(&ctx.t("funds-odd-fen")), "{html}");
        let html = split_parts(&ctx, &[part(50, false), part(50, true)]).into_string();
        assert!(!html.contains(&ctx.t("funds-odd-fen")), "{html}");
        assert_eq!(split_parts(&ctx, &[]).into_string(), "");
    }
}
