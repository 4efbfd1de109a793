//! The bills of a claim as they are checked: what was asked, what the line has left, the papers, and what is allowed.

use app::view::money::{BillNow, ClaimPage};
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use maud::{Markup, html};

use super::show::{papers, voucher};
use crate::ctx::Ctx;
use crate::pages::shared::total;
use crate::submitted::Submitted;
use crate::ui::{DataTable, Findings, Head, id_of};

/// The field of what is allowed of a bill.
pub(super) fn approved(no: i64) -> String {
    format!("approved.{no}")
}

/// The field of why it is less.
pub(super) fn reason(no: i64) -> String {
    format!("reason.{no}")
}

fn typed<'f>(form: &'f Submitted, bill: &'f BillNow, name: &str) -> String {
    if form.has(name) { form.get(name).to_owned() } else { bill.bill.amount.grouped() }
}

fn read(text: &str) -> Money {
    parse_amount(text, AmountUnit::Yuan).map_or(Money::ZERO, |amount| amount.money)
}

/// The table to fill in, with its sums live.
pub(super) fn table(ctx: &Ctx, view: &ClaimPage, form: &Submitted, findings: &Findings) -> Markup {
    let sum = total(view.bills.iter().map(|bill| read(&typed(form, bill, &approved(bill.bill.no)))));
    let asked = total(view.bills.iter().map(|bill| bill.bill.amount));
    let heads = [
        ("claim-bill", ""),
        ("claim-budget-line", ""),
        ("claim-payee", ""),
        ("claim-papers", ""),
        ("claim-asked-yuan", "amount"),
        ("claim-approved-yuan", "narrow amount"),
        ("claim-reason", "usual"),
    ];
    html! {
        p.hint { (ctx.t("claim-check-hint")) }
        div.form-table {
            div.scroll role="region" tabindex="0" aria-labelledby="check-caption" {
                table.fill {
                    caption.sr-only id="check-caption" { (ctx.t("claim-bills-head")) }
                    thead { tr {
                        th.row-number scope="col" { (ctx.t("row-number")) }
                        @for (id, class) in heads { th scope="col" class=(class) { (ctx.t(id)) } }
                    } }
                    tbody { @for bill in &view.bills { (row(ctx, view, bill, form, findings)) } }
                    tfoot { tr {
                        th.row-number scope="row" { (ctx.t("total")) }
                        td.empty colspan="4" {}
                        td.total.amount data-label=(ctx.t("claim-asked-yuan")) { (asked.grouped()) }
                        td.total.amount data-label=(ctx.t("claim-approved-yuan")) data-part="check.sum" { (sum.grouped()) }
                        td.empty {}
                    } }
                }
            }
        }
    }
}

fn row(ctx: &Ctx, view: &ClaimPage, bill: &BillNow, form: &Submitted, findings: &Findings) -> Markup {
    let no = bill.bill.no;
    let label = ctx.t_args("claim-bill-no", &[("no", no.into())]);
    let (amount, why) = (approved(no), reason(no));
    let value = typed(form, bill, &amount);
    html! {
        tr {
            th.row-number scope="row" { (no) }
            td data-label=(ctx.t("claim-bill")) { (voucher(ctx, bill)) p.hint { (ctx.date(bill.bill.dated)) } }
            td data-label=(ctx.t("claim-budget-line")) {
                @if let Some(line) = &bill.line {
                    (ctx.zh(&line.name))
                    p.hint { (ctx.t_args("claim-line-left-now", &[("left", line.left.grouped().into())])) }
                }
            }
            td data-label=(ctx.t("claim-payee")) { (ctx.zh(&bill.payee)) }
            td data-label=(ctx.t("claim-papers")) { (papers(ctx, view, bill)) }
            td.amount data-label=(ctx.t("claim-asked-yuan")) { (bill.bill.amount.grouped()) }
            td.amount data-label=(ctx.t("claim-approved-yuan")) .has-error[findings.at(&amount).is_some()] {
                (input(ctx, findings, &amount, &value, ("claim-approved-yuan", &label)))
            }
            td data-label=(ctx.t("claim-reason")) .has-error[findings.at(&why).is_some()] {
                (input(ctx, findings, &why, form.get(&why), ("claim-reason", &label)))
            }
        }
    }
}

fn input(ctx: &Ctx, findings: &Findings, name: &str, value: &str, (heading, label): (&str, &str)) -> Markup {
    let (id, error) = (id_of(name), findings.at(name));
    let number = name.starts_with("approved");
    html! {
        input.number[number] id=(id) name=(name) type="text" value=(value) inputmode=[number.then_some("decimal")]
            autocomplete="off" aria-label={ (ctx.t(heading)) ", " (label) } aria-invalid=[error.map(|_| "true")]
            aria-describedby=[error.map(|_| format!("{id}-error"))];
        @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } }
    }
}

/// The same to be read only, with what was allowed.
pub(super) fn shown(ctx: &Ctx, view: &ClaimPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("claim-bill")),
        Head::text(ctx.t("claim-budget-line")),
        Head::text(ctx.t("claim-payee")),
        Head::text(ctx.t("claim-papers")),
        Head::amount(ctx.t("claim-asked-yuan")),
        Head::amount(ctx.t("claim-approved-yuan")),
        Head::text(ctx.t("claim-reason")),
    ];
    let mut table = DataTable::new("checked", ctx.t("claim-bills-head"), heads).quiet_caption();
    for bill in &view.bills {
        let line = bill.line.as_ref();
        let cells = vec![
            html! { (bill.bill.no) ". " (voucher(ctx, bill)) },
            html! {
                (ctx.zh(line.map_or("", |line| line.name.as_str())))
                @if let Some(line) = line { p.hint { (ctx.t_args("claim-line-left-now", &[("left", line.left.grouped().into())])) } }
            },
            ctx.zh(&bill.payee),
            papers(ctx, view, bill),
            html! { (bill.bill.amount.grouped()) },
            html! { @if let Some(verdict) = &bill.verdict { (verdict.approved.grouped()) } },
            html! { @if let Some(verdict) = &bill.verdict { (ctx.zh(&verdict.reason)) } },
        ];
        let less = bill.verdict.as_ref().is_some_and(|verdict| verdict.approved < bill.bill.amount);
        table = if less { table.marked_row(cells) } else { table.row(cells) };
    }
    let checked = view.bills.iter().any(|bill| bill.verdict.is_some());
    let allowed = total(view.bills.iter().filter_map(|bill| bill.verdict.as_ref()).map(|v| v.approved));
    table
        .totals(vec![
            html! { (ctx.t("total")) },
            html! {},
            html! {},
            html! {},
            html! { (total(view.bills.iter().map(|bill| bill.bill.amount)).grouped()) },
            html! { @if checked { (allowed.grouped()) } },
            html! {},
        ])
        .html()
}
