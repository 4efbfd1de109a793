//! What the pages of this slice share: who has to do with projects, sums of what is typed, standings.

use app::access::Right;
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use maud::Markup;

use crate::ctx::Ctx;
use crate::pages::shared::total;
use crate::ui::{Badge, badge};

/// Everybody who has to do with projects.
pub(in crate::pages) const LOOK: [Right; 5] =
    [Right::ManageProject, Right::SeeMoney, Right::Allocate, Right::Claim, Right::Settle];

/// The sum of the amounts that can be read.
pub(super) fn sum_of<'a>(texts: impl Iterator<Item = &'a str>) -> Money {
    total(texts.filter_map(|text| parse_amount(text, AmountUnit::Yuan).ok()).map(|amount| amount.money))
}

/// Where a project stands.
pub(super) fn project_badge(ctx: &Ctx, standing: &str) -> Markup {
    match standing {
        "doubt" => badge(Badge::Amber, &ctx.t("pj-standing-doubt")),
        "closed" => badge(Badge::Grey, &ctx.t("pj-standing-closed")),
        _ => badge(Badge::Blue, &ctx.t("pj-standing-open")),
    }
}

/// Where an allocation stands.
pub(super) fn allocation_badge(ctx: &Ctx, standing: &str) -> Markup {
    match standing {
        "approved" => badge(Badge::Green, &ctx.t("pj-allot-approved")),
        "ended" => badge(Badge::Red, &ctx.t("pj-allot-ended")),
        _ => badge(Badge::Blue, &ctx.t("pj-allot-open")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_leaves_out_what_cannot_be_read() {
        for (texts, sum) in
            [(vec!["1,000", "2.5"], 100_250), (vec!["1万元", "x", ""], 1_000_000), (vec![], 0)]
        {
            assert_eq!(sum_of(texts.into_iter()).fen(), sum);
        }
    }
}
