//! Several cases in one act: `/together/{procedure}/{step}` where they are ticked and done, and `/cases/{id}/together/{step}` the
//! list of an act that was done, on screen, as a paper and as a table.

pub mod list;
pub mod paper;
pub mod show;

use kernel::Money;
use maud::{Markup, html};

use crate::ctx::Ctx;

/// The address of the page of a step.
pub fn address(procedure: &str, step: &str) -> String {
    format!("/together/{procedure}/{step}")
}

/// An amount, where there is one.
fn amount(amount: Option<Money>) -> Markup {
    html! { @if let Some(amount) = amount { (amount.grouped()) } }
}

/// Yuan behind a sum of texts.
fn summed(ctx: &Ctx, sum: Money) -> String {
    format!("{} {}", sum.grouped(), ctx.t("unit-yuan"))
}
