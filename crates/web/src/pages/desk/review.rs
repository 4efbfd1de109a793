//! The desk of checking, reviewing, accepting and notifying: the form on the left, the checklist, facts, opinion and outcomes on the
//! right; with the firm to assign where one follows.

use app::view::desk::FirmChoice;
use maud::{Markup, html};

use super::filed::sealed;

use super::sheet::Sheet;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::say;
use crate::ui::{Badge, badge, id_of};

/// The desk.
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    html! {
        (sheet.errors())
        p.to-decide { a href="#decide" { (ctx.t("desk-to-decision")) } }
        div.desk.even {
            div {
                h2.sr-only { (ctx.t("desk-form")) }
                @if let Some(form) = &sheet.desk.form { (filed_form(ctx, form)) }
                (sealed(ctx, sheet.desk.page.case.id, &sheet.desk.sealed()))
            }
            div.sticky #decide {
                (sheet.form(false, html! {
                    (firms(sheet))
                    (sheet.checklist())
                    (sheet.facts())
                    section.card {
                        header.card-head { h2 { (say(ctx, &sheet.desk.step.name)) } }
                        (sheet.notes())
                        (sheet.common(&ctx.t("desk-done-on"), &ctx.t("desk-opinion")))
                        (sheet.outcomes())
                    }
                }))
            }
        }
    }
}

fn firms(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let Some(firms) = &sheet.desk.firms else { return html! {} };
    let (id, error) = (id_of("firm"), sheet.findings.at("firm"));
    let present = sheet.desk.page.case.firm.map(|f| f.to_string()).unwrap_or_default();
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("desk-firm")) } }
            fieldset.field.has-error[error.is_some()] {
                legend.sr-only { (ctx.t("desk-firm")) }
                p.hint { (ctx.t("desk-firm-about")) }
                @if let Some(error) = error { p.field-error id={ (id) "-error" } { span.sr-only { (ctx.t("error-word")) } (error) } }
                @if firms.is_empty() { p id=(id) tabindex="-1" { (ctx.t("desk-firm-none")) } }
                div.options {
                    @for (at, firm) in firms.iter().enumerate() {
                        @let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                        (firm_option(sheet, firm, &own, &present))
                    }
                }
            }
        }
    }
}

fn firm_option(sheet: &Sheet<'_>, firm: &FirmChoice, own: &str, present: &str) -> Markup {
    let ctx = sheet.ctx;
    let value = firm.org.to_string();
    html! {
        div.option {
            input id=(own) type="radio" name="firm" value=(value) disabled[firm.related_to.is_some()]
                checked[sheet.form.get("firm") == value && firm.related_to.is_none()] aria-describedby={ (own) "-about" };
            label for=(own) {
                (ctx.zh(&firm.name))
                @if value == present { " " (badge(Badge::Blue, &ctx.t("desk-firm-present"))) }
            }
            p.hint id={ (own) "-about" } {
                @match &firm.related_to {
                    Some(party) => { (badge(Badge::Amber, &ctx.t("desk-firm-aside"))) " " (ctx.t_args("desk-firm-related", &[("party", party.clone().into())])) }
                    None => (ctx.zh(&firm.basis)),
                }
            }
        }
    }
}
