//! One bill of the form: what is typed in a line, papers and the list of payees beneath it.

use app::view::filing::ACCEPT;
use app::view::money::{ClaimForm, LineNow};
use app::view::pack::{Voucher, VoucherKind};
use kernel::Money;
use maud::{Markup, html};

use super::bills::{AS_PROJECT, amount, cell, papers, sum, text, tie_cells, voucher};

use crate::ctx::Ctx;
use crate::pages::shared::{article, say, yuan};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Findings, Opt, icon, id_of};

/// What the rows are drawn from.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub seat: &'a Seat,
    pub view: &'a ClaimForm,
    pub form: &'a Submitted,
    pub findings: &'a Findings,
    /// How many columns the table has.
    pub columns: usize,
}

/// The two lines of a bill.
pub(super) fn row(d: Drawing<'_>, row: usize) -> Markup {
    let ctx = &d.seat.ctx;
    let label = ctx.t_args("claim-bill-no", &[("no", (row + 1).into())]);
    let lines = d.view.lines.iter().map(|line| Opt::new(line.key.clone(), line_label(ctx, line)));
    let vouchers = d.view.vouchers.iter().map(|v| Opt::new(v.id.clone(), say(ctx, &v.name)));
    let payees = d.view.payees.iter().map(|(id, name)| Opt::new(id.clone(), name.clone()));
    html! {
        tr {
            th.row-number scope="row" { (row + 1) }
            td data-label=(ctx.t("claim-budget-line")) .has-error[error(d, row, "line").is_some()] {
                (select(d, (row, &label), "line", "claim-budget-line", &lines.collect::<Vec<_>>()))
                (left(d, row))
            }
            td data-label=(ctx.t("claim-voucher")) .has-error[error(d, row, "voucher").is_some()] {
                (select(d, (row, &label), "voucher", "claim-voucher", &vouchers.collect::<Vec<_>>()))
            }
            td data-label=(ctx.t("claim-invoice")) .has-error[error(d, row, "number").is_some()] {
                (input(d, (row, &label), "code", "claim-code", ""))
                (input(d, (row, &label), "number", "claim-voucher-number", ""))
            }
            td data-label=(ctx.t("claim-dated")) .has-error[error(d, row, "dated").is_some()] {
                (input(d, (row, &label), "dated", "claim-dated", ""))
            }
            td data-label=(ctx.t("claim-payee")) .has-error[error(d, row, "payee").is_some()] {
                (select(d, (row, &label), "payee", "claim-payee", &payees.collect::<Vec<_>>()))
            }
            td.amount data-label=(ctx.t("claim-amount-yuan")) .has-error[error(d, row, "amount").is_some()] {
                (input(d, (row, &label), "amount", "claim-amount-yuan", "number"))
            }
            td.row-tools {
                button.button.quiet type="submit" name="act" value={ "row-delete-" (row) } {
                    (icon::BIN) span { (ctx.t("row-delete")) } span.sr-only { (label) }
                }
            }
        }
        tr.bill-more {
            td.empty {}
            td colspan=(d.columns - 1) {
                div.bill-more-row {
                    (tie(d, row, &label))
                    (files(d, row, &label))
                    (list(d, row, &label))
                }
            }
        }
    }
}

fn error<'d>(d: Drawing<'d>, row: usize, key: &str) -> Option<&'d str> {
    d.findings.at(&cell(row, key))
}

/// The line with what is left of it, so that it is read while choosing.
fn line_label(ctx: &Ctx, line: &LineNow) -> String {
    let left = line.left.grouped();
    ctx.t_args("claim-line-option", &[("name", line.name.clone().into()), ("left", left.into())])
}

/// What is left of the chosen line after all bills of this claim on it.
fn left(d: Drawing<'_>, row: usize) -> Markup {
    let ctx = &d.seat.ctx;
    let key = text(d.form, row, "line");
    let line = d.view.lines.iter().find(|line| line.key == key);
    let after = line.map(|line| {
        let asked = sum(d.form, |other| text(d.form, other, "line") == key);
        (line, line.left.checked_sub(asked).unwrap_or(Money::ZERO))
    });
    html! {
        p.hint data-part={ (cell(row, "left")) } {
            @if let Some((line, after)) = after {
                @if after.is_negative() {
                    strong { (ctx.t_args("claim-line-over", &[("left", line.left.grouped().into()), ("over", positive(after).grouped().into())])) }
                } @else {
                    (ctx.t_args("claim-line-after", &[("left", line.left.grouped().into()), ("after", after.grouped().into())]))
                }
            }
        }
    }
}

fn positive(amount: Money) -> Money {
    Money::ZERO.checked_sub(amount).unwrap_or(Money::MAX)
}

fn select(d: Drawing<'_>, (row, label): (usize, &str), key: &str, heading: &str, options: &[Opt]) -> Markup {
    let (ctx, name) = (&d.seat.ctx, cell(row, key));
    let (id, value, error) = (id_of(&name), text(d.form, row, key), error(d, row, key));
    html! {
        select id=(id) name=(name) aria-label={ (ctx.t(heading)) ", " (label) } data-live-now
            aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))] {
            option value="" { (ctx.t("please-choose")) }
            @for option in options {
                option value=(option.value) selected[option.value == value] { (option.label) }
            }
            @if !value.is_empty() && options.iter().all(|option| option.value != value) {
                option value=(value) selected { (value) }
            }
        }
        (fault(&id, error))
    }
}

fn input(d: Drawing<'_>, (row, label): (usize, &str), key: &str, heading: &str, class: &str) -> Markup {
    let (ctx, name) = (&d.seat.ctx, cell(row, key));
    let (id, value, error) = (id_of(&name), text(d.form, row, key), error(d, row, key));
    let plain_day = value.is_empty() || kernel::date::parse_date(value).is_ok_and(|d| d.to_string() == value);
    let kind = if key == "dated" && plain_day { "date" } else { "text" };
    let invoice = matches!(key, "code" | "number");
    html! {
        input class=[(!class.is_empty()).then_some(class)] id=(id) name=(name) type=(kind) value=(value)
            inputmode=[(key == "amount").then_some("decimal")] autocomplete="off"
            aria-label={ (ctx.t(heading)) ", " (label) } placeholder=[invoice.then(|| ctx.t(heading))]
            aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))];
        (fault(&id, error))
    }
}

fn fault(id: &str, error: Option<&str>) -> Markup {
    html! { @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } } }
}

/// How the bill is tied to households, where the pack asks for it.
fn tie(d: Drawing<'_>, row: usize, label: &str) -> Markup {
    let ctx = &d.seat.ctx;
    let Some(ties) = &d.view.ties else { return html! {} };
    let (kind, households) = tie_cells(d.view, d.form, row);
    let named = |key: &str| (cell(row, key), id_of(&cell(row, key)), error(d, row, key));
    let (tie, tie_id, tie_error) = named("tie");
    let (count, count_id, count_error) = named("households");
    html! {
        div.bill-tie {
            label for=(tie_id) { (ctx.t("claim-tie")) " " (article(&ties.cite)) span.sr-only { ", " (label) } }
            select id=(tie_id) name=(tie) aria-invalid=[tie_error.map(|_| "true")]
                aria-describedby=[tie_error.map(|_| format!("{tie_id}-error"))] {
                option value="" { (ctx.t("please-choose")) }
                @for one in &ties.kinds {
                    option value=(one.id) selected[one.id == kind] {
                        (ctx.t_args("claim-tie-option", &[("name", say(ctx, &one.name).into()), ("households", one.households.into())]))
                    }
                }
                option value=(AS_PROJECT) selected[kind == AS_PROJECT] { (ctx.t("claim-tie-project")) }
            }
            (fault(&tie_id, tie_error))
            label for=(count_id) { (ctx.t("claim-tie-households")) span.sr-only { ", " (label) } }
            input.number id=(count_id) name=(count) type="text" inputmode="numeric" autocomplete="off" value=(households)
                aria-invalid=[count_error.map(|_| "true")] aria-describedby=[count_error.map(|_| format!("{count_id}-error"))];
            (fault(&count_id, count_error))
        }
    }
}

/// Papers to the bill: those that are there, and more.
fn files(d: Drawing<'_>, row: usize, label: &str) -> Markup {
    let (ctx, name) = (&d.seat.ctx, cell(row, "files"));
    let (id, error) = (id_of(&name), error(d, row, "files"));
    let needed = voucher(d.view, d.form, row).is_some_and(|voucher| voucher.attachments);
    html! {
        div.bill-files {
            input type="hidden" name=(cell(row, "papers")) value=(text(d.form, row, "papers"));
            @for paper in papers(d.seat, d.form, row) {
                p.paper-file {
                    span { (ctx.zh(&paper.name)) }
                    button.button.quiet type="submit" name="act" value={ "drop-" (row) "-" (paper.hash) } {
                        (icon::BIN) span { (ctx.t("claim-paper-drop")) } span.sr-only { (paper.name) }
                    }
                }
            }
            label for=(id) {
                (ctx.t("claim-files")) span.sr-only { ", " (label) }
                @if needed { " " span.hint { (ctx.t("claim-files-needed")) } }
            }
            input.file id=(id) name=(name) type="file" accept=(ACCEPT) multiple
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))];
            (fault(&id, error))
        }
    }
}

fn takes_list(voucher: Option<&Voucher>) -> bool {
    voucher.is_some_and(|voucher| voucher.kind == VoucherKind::List)
}

/// The list of payees: uploaded or pasted; only its count, sum and digest go into the act.
fn list(d: Drawing<'_>, row: usize, label: &str) -> Markup {
    let ctx = &d.seat.ctx;
    let kept = d.seat.app().ticket_list(&d.seat.viewer, text(d.form, row, "list"));
    let wanted = takes_list(voucher(d.view, d.form, row));
    let (upload, pasted) = (cell(row, "listfile"), cell(row, "roster"));
    let error = error(d, row, "roster");
    let typed = d.form.all(&pasted).next().unwrap_or("");
    html! {
        div.bill-list data-part=(cell(row, "listpart")) {
            input type="hidden" name=(cell(row, "list")) value=(text(d.form, row, "list"));
            @if wanted || kept.is_some() {
                @if let Some(list) = &kept {
                    p { (ctx.t_args("claim-roster-kept", &[("rows", list.rows.into()), ("total", yuan(ctx, list.total).into())]))
                        @if amount(d.form, row).is_some_and(|typed| typed != list.total) {
                            " " strong { (ctx.t("claim-roster-differs")) }
                        }
                    }
                    details.hash { summary { (ctx.t("paper-hash")) } code { (list.digest) } }
                }
                label for=(id_of(&upload)) {
                    (ctx.t(if kept.is_some() { "claim-roster-again" } else { "claim-roster-file" }))
                    span.sr-only { ", " (label) }
                }
                p.hint { (ctx.t("claim-roster-hint")) }
                input.file id=(id_of(&upload)) name=(upload) type="file" accept=".xlsx,.xls,.ods,.csv,.txt";
                p { a.button.quiet href="/claims/roster-template.xlsx" download { (ctx.t("tables-roster-template")) } }
                details open[error.is_some() || !typed.is_empty()] {
                    summary { (ctx.t("claim-roster-paste")) }
                    label for=(id_of(&pasted)) { (ctx.t("claim-roster-paste-label")) span.sr-only { ", " (label) } }
                    textarea id=(id_of(&pasted)) name=(pasted) rows="4" aria-invalid=[error.map(|_| "true")]
                        aria-describedby=[error.map(|_| format!("{}-error", id_of(&pasted)))] { (typed) }
                }
                (fault(&id_of(&pasted), error))
            }
        }
    }
}
