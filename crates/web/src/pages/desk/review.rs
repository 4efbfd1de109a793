//! The desk of every step that is checklist, facts, words and papers: the filed form on the left, what the step asks on the right,
//! what the rules say before the button is pressed; with the firm to assign where one follows.

use app::view::desk::FirmChoice;
use app::view::pack::PartKind;
use maud::{Markup, html};

use super::filed::sealed;

use super::sheet::Sheet;
use super::{rules, timeline, together, work};
use crate::pages::filing::render::filed_form;
use crate::pages::rosters;
use crate::pages::shared::say;
use crate::ui::{Badge, badge, details, id_of, panel};

/// The desk.
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let reads = sheet.desk.form.is_some();
    let table = sheet
        .desk
        .own_form()
        .is_some_and(|form| form.parts.iter().any(|part| !matches!(part.kind, PartKind::Fields(_))));
    html! {
        (sheet.errors())
        @if reads { p.to-decide { a href="#decide" { (ctx.t("desk-to-decision")) } } }
        // A table needs the whole width: then what was filed is folded above it.
        @if table {
            (rosters::panel(ctx, sheet.desk.page.case.id, &sheet.work.households))
            @if let Some(form) = &sheet.desk.form { (details(&ctx.t("desk-form"), filed_form(ctx, form))) }
            (others(sheet))
            div #decide { (asks(sheet)) }
        } @else {
            div.desk.even[reads] {
                div {
                    h2.sr-only { (ctx.t("desk-form")) }
                    (rosters::panel(ctx, sheet.desk.page.case.id, &sheet.work.households))
                    @if let Some(form) = &sheet.desk.form { (filed_form(ctx, form)) (sealed(ctx, sheet.desk.page.case.id, &sheet.desk.sealed())) }
                    @else { (asks(sheet)) }
                    @if reads { (others(sheet)) }
                }
                @if reads { div.sticky #decide { (asks(sheet)) } }
                @else { div { (others(sheet)) } }
            }
        }
    }
}

fn asks(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    html! {
        (sheet.form(true, html! {
            (signed(sheet))
            (firms(sheet))
            (sheet.checklist())
            (sheet.facts())
            (work::own_form(ctx, sheet.desk, sheet.work, sheet.findings))
            (work::papers(ctx, sheet.work, sheet.findings))
            @if let Some(said) = &sheet.work.tried.rules { (rules::before(ctx, said)) }
            @if let Some(said) = &sheet.work.tried.together { (rules::of_all(ctx, &sheet.desk.step, said)) }
            section.card {
                header.card-head { h2 { (say(ctx, &sheet.desk.step.name)) } }
                (sheet.notes())
                (sheet.common(&ctx.t("desk-done-on"), &ctx.t("desk-opinion")))
                (sheet.return_to())
                (sheet.outcomes())
            }
        }))
    }
}

/// What else there is to read before deciding.
fn others(sheet: &Sheet<'_>) -> Markup {
    let (ctx, desk) = (sheet.ctx, sheet.desk);
    let (page, case) = (&desk.page, &desk.page.case);
    if let Some(begins) = &desk.begins {
        return html! {
            @if let Some((id, number, title)) = &begins.parent {
                (panel(&ctx.t("begin-about"), html! { p { a href={ "/cases/" (id) } { (number) } " " (ctx.zh(title)) } p.hint { (ctx.zh(&page.applicant)) } }))
            }
        };
    }
    let trail = timeline::tab(ctx, page, &sheet.work.before);
    let forms = super::forms_tab::links(page);
    html! {
        (panel(&ctx.t("desk-others"), html! {
            ul.plain-list {
                @for (href, name, version) in &forms {
                    li { a href=(href) { (say(ctx, name)) } @if *version > 1 { " " span.hint { (ctx.t_args("case-version-n", &[("n", i64::from(*version).into())])) } } }
                }
                li { a href={ "/cases/" (case.id) "?tab=papers" } { (ctx.t("case-tab-papers")) } }
                li { a href={ "/cases/" (case.id) "?tab=related" } { (ctx.t("case-tab-related")) } }
                @if desk.step.together.is_some() {
                    li { a href=(together::address(&desk.step.procedure, &desk.step.id)) { (ctx.t("together-link")) } }
                }
                @if let Some(parent) = &page.parent { li { a href={ "/cases/" (parent.case) } { (parent.number) } " " (ctx.zh(&parent.title)) } }
            }
            @let open = case.uncompared().count();
            @if open > 0 {
                p { (badge(Badge::Amber, &ctx.t_args("alike-open", &[("count", open.into())]))) " "
                    a href={ "/cases/" (case.id) "?tab=related" } { (ctx.t("alike-compare")) } }
            }
        }))
        // An order has no form: what was said before is all there is to go by.
        @if desk.form.is_some() { (details(&ctx.t("case-tab-timeline"), trail)) } @else { (trail) }
    }
}

/// Where each of several roles must agree: who did, who is left. Where any one may: whom it is for.
fn signed(sheet: &Sheet<'_>) -> Markup {
    let (ctx, desk) = (sheet.ctx, sheet.desk);
    let Some(open) = &desk.open else { return html! {} };
    if desk.step.with.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            header.card-head { h2 { @if desk.step.each { (ctx.t("sign-each")) } @else { (ctx.t("sign-any")) } } }
            @if desk.step.each {
                ul.mend-list {
                    @for one in &desk.signed {
                        li { (badge(Badge::Green, &ctx.t("sign-done"))) " " (say(ctx, &one.role)) " "
                            span.hint { (ctx.zh(&one.person)) " · " (ctx.date(one.on)) @if !one.opinion.is_empty() { " · " (ctx.zh(&one.opinion)) } } }
                    }
                    @for left in &open.left { li { (badge(Badge::Amber, &ctx.t("sign-left"))) " " (say(ctx, left)) } }
                }
                p.hint { (ctx.t("sign-each-about")) }
            } @else {
                p { (say(ctx, &open.by)) }
                p.hint { (ctx.t("sign-any-about")) }
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
