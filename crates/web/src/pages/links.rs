//! Links between the pages of booked money. Whoever may not open a page reads its name without a link, so that no link ends at a
//! refusal.

use app::access::Right;
use maud::{Markup, html};
use std::fmt::Display;

use crate::ctx::Ctx;

const SOURCES: [Right; 4] = [Right::SeeMoney, Right::ManageMoney, Right::Allocate, Right::Settle];
const CLAIMS: [Right; 4] = [Right::Claim, Right::Settle, Right::SeeMoney, Right::ManageProject];
const BATCHES: [Right; 2] = [Right::Settle, Right::SeeMoney];

/// A source by its words.
pub(super) fn source(ctx: &Ctx, id: impl Display, words: Markup) -> Markup {
    link(ctx, &SOURCES, &format!("/sources/{id}"), words)
}

/// A claim by its words.
pub(super) fn claim(ctx: &Ctx, id: impl Display, words: Markup) -> Markup {
    link(ctx, &CLAIMS, &format!("/claims/{id}"), words)
}

/// A batch by its words.
pub(super) fn batch(ctx: &Ctx, id: impl Display, words: Markup) -> Markup {
    link(ctx, &BATCHES, &format!("/batches/{id}"), words)
}

/// A payment followed back to its sources, by its words.
pub(super) fn payment(ctx: &Ctx, batch: impl Display, line: i64, words: Markup) -> Markup {
    link(ctx, &SOURCES, &format!("/trace/payment/{batch}/{line}"), words)
}

/// Whether this person follows money.
pub(super) fn follows(ctx: &Ctx) -> bool {
    sees(ctx, &SOURCES)
}

/// Whether this person has to do with paying.
pub(super) fn settles(ctx: &Ctx) -> bool {
    sees(ctx, &[Right::Settle])
}

/// Whether this person opens the pages of batches.
pub(super) fn sees_batches(ctx: &Ctx) -> bool {
    sees(ctx, &BATCHES)
}

fn link(ctx: &Ctx, rights: &[Right], href: &str, words: Markup) -> Markup {
    html! { @if sees(ctx, rights) { a href=(href) { (words) } } @else { (words) } }
}

/// Pages of money are shown to nobody who is not signed in; what draws them without a person draws all links.
fn sees(ctx: &Ctx, rights: &[Right]) -> bool {
    ctx.viewer.as_ref().is_none_or(|viewer| rights.iter().any(|right| viewer.may(&format!("{right:?}"))))
}
