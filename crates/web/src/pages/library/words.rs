//! Words and badges of this slice.

use app::view::library::{Duty, Shelf, StageState};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::ui::{Badge, badge};

/// Where a case stands, by the word under which it is kept.
pub fn standing(ctx: &Ctx, standing: &str) -> String {
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

/// How far a project of the library is.
pub(super) fn shelf(ctx: &Ctx, shelf: Shelf) -> (Badge, String) {
    match shelf {
        Shelf::Waiting => (Badge::Blue, ctx.t("lib-waiting")),
        Shelf::Kept => (Badge::Green, ctx.t("lib-kept")),
        Shelf::Arranged(_) => (Badge::Green, ctx.t("lib-arranged")),
        Shelf::Gone => (Badge::Grey, ctx.t("lib-gone")),
    }
}

/// How far a stage is.
pub(super) fn stage(ctx: &Ctx, state: StageState) -> Markup {
    match state {
        StageState::Done => badge(Badge::Green, &ctx.t("lib-stage-done")),
        StageState::Current => badge(Badge::Blue, &ctx.t("lib-stage-current")),
        StageState::Later => html! { span.hint { (ctx.t("lib-stage-later")) } },
    }
}

/// For what somebody answers.
pub(super) fn duty(ctx: &Ctx, duty: Duty) -> String {
    match duty {
        Duty::Declared => ctx.t("lib-duty-declared"),
        Duty::Checked => ctx.t("lib-duty-checked"),
        Duty::Decided => ctx.t("lib-duty-decided"),
        Duty::Verified => ctx.t("lib-duty-verified"),
        Duty::Used => ctx.t("lib-duty-used"),
    }
}
