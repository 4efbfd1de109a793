//! Clauses beside their article: how far the program obeys each; opened, by what and on which page, and what is still to come.

use app::view::{ClauseShown, ClauseState};
use maud::{Markup, html};

use super::law::{comma, plain, words};
use crate::ctx::Ctx;
use crate::ui::{Badge, badge, details};

/// The clauses of an article; nothing where the pack has none.
pub(super) fn list(ctx: &Ctx, all: &[ClauseShown]) -> Markup {
    let lacking = all.iter().filter(|clause| clause.state != ClauseState::Done).count();
    let label = ctx.t_args("policy-clauses", &[("count", all.len().into()), ("lacking", lacking.into())]);
    html! {
        @if !all.is_empty() {
            (details(&label, html! { ul.clauses { @for clause in all { li { (one(ctx, clause)) } } } }))
        }
    }
}

fn one(ctx: &Ctx, clause: &ClauseShown) -> Markup {
    let colour = match clause.state {
        ClauseState::Done => Badge::Green,
        ClauseState::Part => Badge::Blue,
        ClauseState::Later => Badge::Amber,
    };
    let names: Vec<&str> = clause.elements.iter().map(|(_, name)| plain(ctx, name)).collect();
    html! {
        p { (badge(colour, plain(ctx, &clause.state.words()))) " " strong { (words(ctx, &clause.name)) } " "
            span.hint { (clause.id) " · " (words(ctx, &clause.cite)) } }
        @if let Some(later) = &clause.later { p { (ctx.t("policy-clause-later")) " " (words(ctx, later)) } }
        @if !names.is_empty() { p.hint { (ctx.t("policy-clause-by")) " " (names.join(comma(ctx))) } }
        @if !clause.screens.is_empty() {
            p.hint { (ctx.t("policy-clause-screens")) " "
                @for (at, screen) in clause.screens.iter().enumerate() {
                    @if at > 0 { (comma(ctx)) }
                    code { (screen) }
                }
            }
        }
        @if !clause.tests.is_empty() {
            p.hint.clause-tests { (ctx.t("policy-clause-tests")) " "
                @for (at, test) in clause.tests.iter().enumerate() { @if at > 0 { (comma(ctx)) } code { (test) } }
            }
        }
    }
}
