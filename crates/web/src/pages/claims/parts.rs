//! What the pages of this slice share: who may come in, standings, and what stands above a form.

use app::access::Right;
use app::view::pack::{Subject, Words};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{require, say};
use crate::state::Seat;
use crate::ui::{Badge, badge};

/// Those who have to do with claims go on.
pub(super) fn sees_claims(seat: &Seat) -> Result<(), WebError> {
    require(seat, &[Right::Claim, Right::Settle, Right::SeeMoney, Right::ManageProject])
}

/// Those who have to do with payments go on.
pub(super) fn sees_batches(seat: &Seat) -> Result<(), WebError> {
    require(seat, &[Right::Settle, Right::SeeMoney])
}

/// The standing of a claim as a badge.
pub(super) fn claim_badge(ctx: &Ctx, standing: &str, words: &Words) -> Markup {
    let colour = match standing {
        "filed" | "checked" | "batched" => Badge::Blue,
        "returned" => Badge::Amber,
        "approved" | "paid" => Badge::Green,
        "refused" => Badge::Red,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// The standing of a batch as a badge.
pub(super) fn batch_badge(ctx: &Ctx, standing: &str, words: &Words) -> Markup {
    let colour = match standing {
        "made" => Badge::Amber,
        "released" => Badge::Blue,
        "settled" => Badge::Green,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// The state of a payment as a badge.
pub(super) fn payment_badge(ctx: &Ctx, state: &str, words: &Words) -> Markup {
    let colour = match state {
        "made" => Badge::Amber,
        "issued" => Badge::Blue,
        "paid" => Badge::Green,
        "failed" => Badge::Red,
        _ => Badge::Grey,
    };
    badge(colour, say(ctx, words))
}

/// Whether the regime has a reimbursement desk.
pub(super) fn has_desk(seat: &Seat) -> bool {
    seat.viewer.pack.procedure_on(Subject::Claim).is_some()
}

/// A notice that stands above a form: who must wait for whom, what is missing.
pub(super) fn notice(colour: Badge, word: &str, text: impl maud::Render) -> Markup {
    html! { section.card { p role="status" { (badge(colour, word)) " " (text) } } }
}
