//! Small pieces of this slice: deadlines with their calendar notice, standings, amounts, stages of money.

use app::view::case::MoneyStage;
use app::view::desk::DueShown;
use app::view::state::Standing;
use kernel::Money;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::calendar;
use crate::ui::{Badge, Deadline, DeadlineState, badge};

/// A deadline as a badge.
pub fn due_badge(ctx: &Ctx, due: &DueShown) -> Markup {
    if due.warn_only && due.left < 0 {
        return badge(
            Badge::Amber,
            &ctx.t_args("desk-remind-past", &[("days", due.left.saturating_neg().into())]),
        );
    }
    let state = DeadlineState::Running { days_left: due.left };
    Deadline { state, due: due.date, article: "", provisional: None }.badge(ctx)
}

/// A deadline with its day, its marks and the calendar notice behind a word.
pub fn due_cell(ctx: &Ctx, due: Option<&DueShown>) -> Markup {
    let Some(due) = due else { return html! { span.hint { (ctx.t("desk-no-deadline")) } } };
    html! {
        div.deadline {
            (due_badge(ctx, due))
            p.hint {
                (ctx.t_args("desk-due-on", &[("date", ctx.date(due.date).into())]))
                @if due.provisional { " · " span.provisional { (ctx.t("provisional")) } }
                @if due.warn_only { " · " (ctx.t("desk-remind-only")) }
            }
            (calendar(ctx, due))
        }
    }
}

/// Where a case stands, by the word under which it is kept.
pub fn standing_word(ctx: &Ctx, standing: &str) -> String {
    match standing {
        "open" => ctx.t("desk-standing-open"),
        "returned" => ctx.t("desk-standing-returned"),
        "accepted" => ctx.t("desk-standing-accepted"),
        "granted" => ctx.t("desk-standing-granted"),
        "paid" => ctx.t("desk-standing-paid"),
        "refused" => ctx.t("desk-standing-refused"),
        "withdrawn" => ctx.t("desk-standing-withdrawn"),
        other => other.to_owned(),
    }
}

/// Where a case stands, as a badge.
pub fn standing_badge(ctx: &Ctx, standing: &str) -> Markup {
    let colour = match standing {
        "open" => Badge::Blue,
        "returned" => Badge::Amber,
        "accepted" | "granted" | "paid" => Badge::Green,
        "refused" => Badge::Red,
        _ => Badge::Grey,
    };
    badge(colour, &standing_word(ctx, standing))
}

/// The word under which a standing is kept.
pub fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Returned => "returned",
        Standing::Accepted => "accepted",
        Standing::Granted => "granted",
        Standing::Paid => "paid",
        Standing::Refused => "refused",
        Standing::Withdrawn => "withdrawn",
    }
}

/// An amount under a heading that names its unit; empty for zero, which nobody has granted.
pub fn amount_or_none(amount: Money) -> Markup {
    html! { @if amount != Money::ZERO { (amount.grouped()) } }
}

/// The name of a stage of money.
pub fn stage(ctx: &Ctx, stage: MoneyStage) -> String {
    match stage {
        MoneyStage::Verified => ctx.t("case-stage-verified"),
        MoneyStage::Proposed => ctx.t("case-stage-proposed"),
        MoneyStage::Planned => ctx.t("case-stage-planned"),
        MoneyStage::Granted => ctx.t("case-stage-granted"),
        MoneyStage::Committed => ctx.t("case-stage-committed"),
        MoneyStage::Transit => ctx.t("case-stage-transit"),
        MoneyStage::Paid => ctx.t("case-stage-paid"),
    }
}

/// Yes or no.
pub fn yes_no(ctx: &Ctx, yes: bool) -> Markup {
    if yes { badge(Badge::Green, &ctx.t("desk-yes")) } else { badge(Badge::Red, &ctx.t("desk-no")) }
}
