//! The desk of a proposal: what the verifier found on the left, ratio, amount and opinion on the right, every line and rule below.

use crate::pages::shared::say;
use maud::{Markup, html};

use super::case_tabs;
use super::inspect::{allowed, figures};

use super::rules;
use super::sheet::Sheet;

/// The desk.
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    html! {
        (sheet.errors())
        p.to-decide { a href="#decide" { (ctx.t("desk-to-decision")) } }
        div.desk.even {
            div {
                @match &sheet.desk.review {
                    Some(review) => { (case_tabs::review_summary(ctx, review)) (case_tabs::review_papers(ctx, review)) }
                    None => (case_tabs::review(ctx, None)),
                }
            }
            div.sticky #decide {
                (sheet.form(false, html! {
                    (sheet.checklist())
                    (sheet.facts())
                    section.card {
                        header.card-head { h2 { (say(ctx, &sheet.desk.step.name)) } }
                        @if let Some((offer, _)) = sheet.offer { (allowed(sheet, offer)) }
                        (figures(sheet))
                        (opinion(sheet))
                        (sheet.outcomes())
                    }
                }))
            }
        }
        @if let Some(review) = &sheet.desk.review { (case_tabs::review_lines(ctx, review)) }
        @if let Some((_, said)) = sheet.offer { (rules::panel_of(ctx, said)) }
    }
}

/// A proposal has no day of its own: it is dated by its act. The returning outcomes are dated the same day.
fn opinion(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let (label, hint) = (ctx.t("desk-opinion"), ctx.t("desk-opinion-hint"));
    html! {
        (crate::ui::Field::long_text("opinion", &label, 4).hint(&hint).value(sheet.form.get("opinion")).error(sheet.findings.at("opinion")).html(ctx))
    }
}
