//! The form of a claim: project, purpose, the growing table of bills with its sums, and what the project has left.

use app::view::money::ClaimForm;
use app::view::pack::Words;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::bill_row::{self, Drawing};
use super::bills::{BILLS, count, sum};

use crate::ctx::Ctx;
use crate::page::{Page, Width};
use crate::pages::shared::{key_of, say};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Findings, Form, Head, Opt, actions, badge, button, cite, details,
    error_summary, icon, panel, panel_with,
};

/// Number, budget line, voucher, invoice, day, payee, amount, tools.
const COLUMNS: usize = 8;

/// What the form is for.
pub(super) struct Writing<'a> {
    pub action: String,
    pub title: String,
    /// The crumb before the title: address and words.
    pub crumb: Option<(String, String)>,
    /// Why it came back, when it did.
    pub returned: Option<String>,
    /// The step of the pack in which claims are filed.
    pub step: Option<&'a app::view::pack::Step>,
}

/// The page.
pub(super) fn page(
    seat: &Seat,
    view: &ClaimForm,
    writing: &Writing<'_>,
    form: &Submitted,
    findings: &Findings,
) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let purposes: Vec<Opt> =
        view.purposes.iter().map(|(purpose, words)| Opt::new(purpose.id(), capital(ctx, words))).collect();
    let fields = html! {
        (panel(&ctx.t("claim-purpose-head"), html! {
            (Choice::radios("purpose", &ctx.t("claim-purpose"), &purposes).inline().chosen(form.get("purpose"))
                .hint(&ctx.t("claim-purpose-hint")).error(findings.at("purpose")).html(ctx))
        }))
        (panel_with(&ctx.t("claim-bills-head"), html! { (ctx.t("claim-in-yuan")) }, bills(seat, view, form, findings)))
        (actions(html! {
            (button::primary(&ctx.t("claim-file"), "file"))
            (button::secondary(&ctx.t("claim-look"), "look"))
            (button::link(&back(writing), &ctx.t("claim-cancel")))
        }))
    };
    let body = html! {
        (error_summary(ctx, findings))
        @if let Some(why) = &writing.returned {
            section.card { p role="status" { (badge(Badge::Amber, &ctx.t("claim-returned"))) " " (ctx.zh(why)) } }
        }
        (panel_with(&ctx.t("claim-project"), project_link(ctx, view), left(ctx, view)))
        (Form::post(&writing.action, "file").key(&key).with_files().live().guarded().html(ctx, fields))
    };
    let mut page = Page::new(ctx, &writing.title)
        .width(Width::Wide)
        .crumb("/claims", ctx.t("claim-title"))
        .caption(view.project.row.name.clone())
        .beside_title(html! { @if let Some(step) = writing.step { (cite(&step.cite.to_string())) } })
        .findings(findings.count());
    if let Some((href, label)) = &writing.crumb {
        page = page.crumb(href.clone(), label.clone());
    }
    page.body(body).into_response()
}

fn back(writing: &Writing<'_>) -> String {
    writing.crumb.as_ref().map_or_else(|| "/claims".to_owned(), |(href, _)| href.clone())
}

/// English names of purposes are lower-case words; as labels they begin with a capital.
fn capital(ctx: &Ctx, words: &Words) -> String {
    let text = say(ctx, words);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn project_link(ctx: &Ctx, view: &ClaimForm) -> Markup {
    let row = &view.project.row;
    html! { a href={ "/projects/" (row.project) } { (ctx.zh(&row.number)) } }
}

/// What each budget line has left, and the project in all.
fn left(ctx: &Ctx, view: &ClaimForm) -> Markup {
    let heads = vec![
        Head::text(ctx.t("claim-budget-line")),
        Head::text(ctx.t("claim-nature")),
        Head::amount(ctx.t("claim-planned-yuan")),
        Head::amount(ctx.t("claim-approved-yuan")),
        Head::amount(ctx.t("claim-left-yuan")),
    ];
    let mut table = DataTable::new("lines", ctx.t("claim-lines"), heads).quiet_caption();
    for line in &view.lines {
        table = table.row(vec![
            ctx.zh(&line.name),
            html! { (say(ctx, &line.nature)) },
            html! { (line.amount.grouped()) },
            html! { (line.approved.grouped()) },
            html! { (line.left.grouped()) },
        ]);
    }
    let sum =
        |of: fn(&app::view::money::LineNow) -> Money| crate::pages::shared::total(view.lines.iter().map(of));
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        html! { (sum(|line| line.amount).grouped()) },
        html! { (sum(|line| line.approved).grouped()) },
        html! { (sum(|line| line.left).grouped()) },
    ]);
    html! {
        p {
            strong { (ctx.zh(&view.project.row.name)) } " · " (ctx.zh(&view.project.row.unit_name)) " · "
            (say(ctx, &view.project.fund))
        }
        p { (ctx.t_args("claim-project-left", &[("left", view.project_left.grouped().into())])) }
        (details(&ctx.t("claim-lines"), table.html()))
    }
}

fn bills(seat: &Seat, view: &ClaimForm, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let drawing = Drawing { seat, view, form, findings, columns: COLUMNS };
    let heads = [
        ("claim-budget-line", "broad"),
        ("claim-voucher", "narrow"),
        ("claim-invoice", "usual"),
        ("claim-dated", "narrow"),
        ("claim-payee", "usual"),
        ("claim-amount-yuan", "narrow amount"),
    ];
    html! {
        p.hint { (ctx.t("claim-bills-hint")) }
        div.form-table id="f-bills" {
            div.scroll role="region" tabindex="0" aria-labelledby="f-bills-caption" {
                table.fill.bills {
                    caption.sr-only id="f-bills-caption" { (ctx.t("claim-bills-head")) }
                    thead { tr {
                        th.row-number scope="col" { (ctx.t("row-number")) }
                        @for (id, class) in heads { th class=(class) scope="col" { (ctx.t(id)) } }
                        th.row-tools scope="col" { (ctx.t("row-tools")) }
                    } }
                    tbody { @for row in 0..count(form).max(1) { (bill_row::row(drawing, row)) } }
                    tfoot { (sums(ctx, view, form)) }
                }
            }
            div.table-tools {
                button.button type="submit" name="act" value="row-add" { (icon::PLUS) (ctx.t("claim-bill-add")) }
                details {
                    summary { (ctx.t("paste-title")) }
                    label for="f-bills-paste" { (ctx.t("claim-bills-paste")) }
                    textarea id="f-bills-paste" name={ "paste." (BILLS) } rows="4" {}
                    button.button type="submit" name="act" value="row-paste" { (ctx.t("paste-do")) }
                }
            }
        }
    }
}

/// The sum of the bills and what the project would have left, live.
fn sums(ctx: &Ctx, view: &ClaimForm, form: &Submitted) -> Markup {
    let asked = sum(form, |_| true);
    let after = view.project_left.checked_sub(asked).unwrap_or(Money::ZERO);
    html! {
        tr {
            th.row-number scope="row" { (ctx.t("total")) }
            td colspan="5" data-part="bills.after" {
                @if after.is_negative() {
                    (badge(Badge::Red, &ctx.t("claim-over-project"))) " "
                }
                (ctx.t_args("claim-after", &[("left", view.project_left.grouped().into()), ("after", after.grouped().into())]))
            }
            td.total.amount data-label=(ctx.t("claim-amount-yuan")) data-part="bills.sum" { (asked.grouped()) }
            td.row-tools.empty {}
        }
    }
}
