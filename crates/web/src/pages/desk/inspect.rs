//! The verifier's desk: facts, papers and every line of investment confirmed one by one, with running totals and what the rules allow.

use app::view::desk::{DeskPage, SheetLine, SheetPaper, Trialed};
use maud::{Markup, html};

use super::case_tabs::counted;
use super::filed::sealed;

use super::rules;
use super::sheet::Sheet;
use crate::error::WebError;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::{article, say, yuan};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Field, MoneyUnit, badge, details, id_of, panel};

/// Fills every line that nobody judged with its declared amount.
pub fn confirm_all(seat: &Seat, desk: &DeskPage, form: &mut Submitted) -> Result<(), WebError> {
    let typed = super::parse::trial(desk, form);
    let tried =
        seat.app().trial(&seat.viewer, desk.page.case.id, &typed).map_err(|e| web_error(&seat.ctx, e))?;
    for line in &tried.lines {
        let name = format!("confirmed.{}", line.id);
        if form.get(&name).is_empty() {
            form.set(name, line.declared.to_string());
        }
    }
    Ok(())
}

/// The desk.
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let Some(trial) = sheet.trial else { return html! {} };
    html! {
        (sheet.errors())
        @if let Some(form) = &sheet.desk.form {
            div.card { (details(&ctx.t("desk-form-open"), html! {
                (filed_form(ctx, form))
                (sealed(ctx, sheet.desk.page.case.id, &sheet.desk.sealed()))
            })) }
        }
        (sheet.form(true, html! {
            (sheet.facts_table())
            (papers(sheet))
            (lines(sheet, trial))
            (totals(sheet, trial))
            (sheet.checklist())
            (proposal(sheet, trial))
            (rules::panel_of(ctx, &trial.rules))
        }))
    }
}

impl Sheet<'_> {
    /// Facts declared beside facts confirmed.
    fn facts_table(&self) -> Markup {
        let ctx = self.ctx;
        html! {
            @if !self.desk.facts.is_empty() {
                section.card {
                    header.card-head { h2 { (ctx.t("desk-facts-confirm")) } }
                    p.hint { (ctx.t("desk-facts-confirm-about")) }
                    div.columns { @for fact in &self.desk.facts { (self.fact(fact)) } }
                }
            }
        }
    }
}

fn papers(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    html! {
        @if !sheet.desk.papers.is_empty() {
            (panel(&ctx.t("desk-papers"), html! {
                p.hint { (ctx.t("desk-papers-about")) }
                div.columns {
                    @for paper in &sheet.desk.papers {
                        (sheet.yes_no(&format!("paper.{}", paper.paper), &format!("papernote.{}", paper.paper), paper_legend(sheet, paper)))
                    }
                }
            }))
        }
    }
}

fn paper_legend(sheet: &Sheet<'_>, paper: &SheetPaper) -> Markup {
    let ctx = sheet.ctx;
    html! {
        (say(ctx, &paper.name)) " " span.hint { (article(&paper.cite)) }
        @for (file, hash) in &paper.files { " " a href={ "/papers/" (hash) } target="_blank" rel="noopener" { (ctx.zh(file)) } }
    }
}

fn lines(sheet: &Sheet<'_>, trial: &Trialed) -> Markup {
    let ctx = sheet.ctx;
    if trial.lines.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            header.card-head {
                h2 { (ctx.t("desk-lines")) }
                div.card-aside { button.button type="submit" name="act" value="all" { (ctx.t("desk-confirm-all")) } }
            }
            p.hint { (ctx.t("desk-lines-about")) }
            div.scroll role="region" tabindex="0" aria-labelledby="lines-caption" {
                table.fill.lines {
                    caption.sr-only #lines-caption { (ctx.t("desk-lines")) }
                    thead { tr {
                        th scope="col" { (ctx.t("desk-line")) }
                        th scope="col" { (ctx.t("desk-line-date")) }
                        th.amount scope="col" { (ctx.t("desk-line-declared")) }
                        th scope="col" { (ctx.t("desk-line-counted")) }
                        th.amount scope="col" { (ctx.t("desk-line-confirmed")) }
                        th.usual scope="col" { (ctx.t("desk-line-cut")) }
                    } }
                    tbody { @for line in &trial.lines { (line_row(sheet, line)) } }
                }
            }
        }
    }
}

fn line_row(sheet: &Sheet<'_>, line: &SheetLine) -> Markup {
    let ctx = sheet.ctx;
    let (amount, reason) = (format!("confirmed.{}", line.id), format!("reason.{}", line.id));
    let (amount_error, reason_error) = (sheet.findings.at(&amount), sheet.findings.at(&reason));
    let about = format!("{} {}", say(ctx, &line.place), line.label);
    html! {
        tr {
            th.line-label scope="row" { (ctx.zh(&line.label)) p.hint { (say(ctx, &line.place)) } }
            td data-label=(ctx.t("desk-line-date")) { @if let Some(date) = line.date { (date) } }
            td.amount data-label=(ctx.t("desk-line-declared")) { (line.declared.grouped()) }
            td data-label=(ctx.t("desk-line-counted")) { div data-part={ "counts." (line.id) } { (counted(ctx, line.counted, line.out.as_ref())) } }
            td.amount.has-error[amount_error.is_some()] data-label=(ctx.t("desk-line-confirmed")) {
                input.number id=(id_of(&amount)) name=(amount) type="text" inputmode="decimal" autocomplete="off"
                    value=(sheet.form.get(&amount)) aria-label={ (ctx.t("desk-line-confirmed")) ", " (about) } aria-invalid=[amount_error.map(|_| "true")];
                @if let Some(error) = amount_error { p.field-error { (error) } }
            }
            td.has-error[reason_error.is_some()] data-label=(ctx.t("desk-line-cut")) {
                input id=(id_of(&reason)) name=(reason) type="text" autocomplete="off" value=(sheet.form.get(&reason))
                    aria-label={ (ctx.t("desk-line-cut")) ", " (about) } aria-invalid=[reason_error.map(|_| "true")];
                @if let Some(error) = reason_error { p.field-error { (error) } }
            }
        }
    }
}

fn totals(sheet: &Sheet<'_>, trial: &Trialed) -> Markup {
    let ctx = sheet.ctx;
    html! {
        section.card data-part="totals" aria-labelledby="totals-title" {
            header.card-head {
                h2 #totals-title { (ctx.t("desk-totals")) }
                p.card-aside role="status" {
                    @if trial.left == 0 { (badge(Badge::Green, &ctx.t("desk-lines-all"))) }
                    @else { (badge(Badge::Amber, &ctx.t_args("desk-lines-left", &[("count", trial.left.into())]))) }
                }
            }
            dl.summary {
                div { dt { (ctx.t("case-review-declared")) } dd { (yuan(ctx, trial.declared)) } }
                div { dt { (ctx.t("case-review-confirmed")) } dd { (yuan(ctx, trial.confirmed)) } }
                @for (name, total) in &trial.totals {
                    div { dt { (say(ctx, name)) } dd { @match total { Some(total) => (yuan(ctx, *total)), None => (ctx.t("case-operand-unknown")) } } }
                }
            }
            @if trial.left > 0 { p.hint { (ctx.t("desk-totals-about")) } }
        }
    }
}

fn proposal(sheet: &Sheet<'_>, trial: &Trialed) -> Markup {
    let ctx = sheet.ctx;
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("desk-verdict")) } }
            (allowed(sheet, &trial.offer))
            div data-part="figures" {
                input type="hidden" name="offered" value=(sheet.form.get("offered"));
                input type="hidden" name="offered_ratio" value=(sheet.form.get("offered_ratio"));
                (figures(sheet))
            }
            (sheet.common(&ctx.t("desk-visited-on"), &ctx.t("desk-review-opinion")))
            div.actions { button.button type="submit" name="act" value="look" { (ctx.t("desk-try")) } }
            (sheet.outcomes())
        }
    }
}

/// What the rules allow, with the term that binds.
pub fn allowed(sheet: &Sheet<'_>, offer: &app::view::desk::Offer) -> Markup {
    let ctx = sheet.ctx;
    html! {
        p.ceiling data-part="offer" {
            @match offer.amount {
                Some(amount) => {
                    (ctx.t("desk-allowed")) " " strong { (amount.grouped()) } " " (ctx.t("unit-yuan"))
                    @if let Some(ratio) = offer.ratio { " · " (ctx.t_args("desk-allowed-ratio", &[("ratio", ratio.to_string().into())])) }
                    " " (article(&offer.cite))
                    @if !offer.binds.is_empty() { br; span.hint { (ctx.t("case-term-binds")) "：" (ctx.zh(&offer.binds)) } }
                }
                None => (ctx.t("desk-allowed-none")),
            }
        }
    }
}

/// Ratio and amount.
pub fn figures(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let (ratio, amount, hint) = (ctx.t("desk-ratio"), ctx.t("desk-amount"), ctx.t("desk-amount-hint"));
    html! {
        (Field::percent("ratio", &ratio).value(sheet.form.get("ratio")).error(sheet.findings.at("ratio")).html(ctx))
        (Field::money("amount", &amount, MoneyUnit::Yuan).hint(&hint).value(sheet.form.get("amount")).error(sheet.findings.at("amount")).html(ctx))
    }
}
