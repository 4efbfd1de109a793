//! The bills of a claim as they were typed: what the form brings with it, what the use case takes, and where a refusal belongs.

use app::command::money::{ClaimLine, ClaimText, Paper, Purpose, Tie};
use app::tables::Severity;
use app::view::money::ClaimForm;
use app::view::pack::{Voucher, VoucherKind};
use app::view::state::Reason;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::{Date, Money};

use super::roster::{self, RosterFault};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{date, money, needed, shown};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::Findings;

/// The table's name.
pub(super) const BILLS: &str = "bills";
/// The cells of a row: those that are typed, then the tickets of what was uploaded.
pub(super) const KEYS: [&str; 11] =
    ["line", "voucher", "code", "number", "dated", "payee", "amount", "tie", "households", "papers", "list"];
/// The cells that come filled in: a row with nothing else is empty.
const FILLED_IN: [&str; 2] = ["tie", "households"];
/// The choice of a bill that is tied as its project is.
pub(super) const AS_PROJECT: &str = "project";
/// Between the tickets of a cell. JSON writes it otherwise, so that no ticket holds one.
const BETWEEN: char = '\t';
/// What a paper to a bill is called.
const PAPER: &str = "voucher";
/// The payees that are no contract parties.
const LIST: &str = "list";
const UNIT: &str = "unit";

/// The name of a cell.
pub(super) fn cell(row: usize, key: &str) -> String {
    format!("{BILLS}.{row}.{key}")
}

/// The text of a cell.
pub(super) fn text<'f>(form: &'f Submitted, row: usize, key: &str) -> &'f str {
    form.get(&cell(row, key))
}

/// How many rows the form has.
pub(super) fn count(form: &Submitted) -> usize {
    form.rows(BILLS, &KEYS).len()
}

/// The kind of voucher of a row.
pub(super) fn voucher<'v>(view: &'v ClaimForm, form: &Submitted, row: usize) -> Option<&'v Voucher> {
    let id = text(form, row, "voucher");
    view.vouchers.iter().find(|voucher| voucher.id == id)
}

/// The amount of a row, as far as it can be read.
pub(super) fn amount(form: &Submitted, row: usize) -> Option<Money> {
    parse_amount(text(form, row, "amount"), AmountUnit::Yuan).ok().map(|amount| amount.money)
}

/// The sum of what can be read, over the rows that `wanted` names.
pub(super) fn sum(form: &Submitted, wanted: impl Fn(usize) -> bool) -> Money {
    crate::pages::shared::total(
        (0..count(form)).filter(|row| wanted(*row)).filter_map(|row| amount(form, row)),
    )
}

/// The papers of a row.
pub(super) fn papers(seat: &Seat, form: &Submitted, row: usize) -> Vec<Paper> {
    let tickets = text(form, row, "papers").split(BETWEEN);
    tickets.filter_map(|ticket| seat.app().ticket_paper(&seat.viewer, ticket)).collect()
}

/// Writes the papers of a row.
pub(super) fn set_papers(
    seat: &Seat,
    form: &mut Submitted,
    row: usize,
    papers: &[Paper],
) -> Result<(), WebError> {
    let mut tickets = Vec::with_capacity(papers.len());
    for paper in papers {
        tickets.push(shown(&seat.ctx, seat.app().paper_ticket(&seat.viewer, paper))?);
    }
    form.set(cell(row, "papers"), tickets.join(&BETWEEN.to_string()));
    Ok(())
}

/// Takes in what was uploaded or pasted: papers, and lists of payees. What cannot be taken is a finding at its row.
pub(super) fn take_in(
    seat: &Seat,
    sent: SubmittedWithFiles,
    findings: &mut Findings,
) -> Result<Submitted, WebError> {
    let SubmittedWithFiles { fields: mut form, files } = sent;
    for file in files {
        let Some((row, key)) = place(&file.field) else { continue };
        if key == "files" {
            let kept = seat.app().keep_file(&seat.viewer, PAPER, (&file.name, &file.bytes));
            match shown(&seat.ctx, kept)? {
                Ok(paper) => {
                    let mut held = papers(seat, &form, row);
                    if !held.iter().any(|other| other.hash == paper.hash) {
                        held.push(paper);
                    }
                    set_papers(seat, &mut form, row, &held)?;
                }
                Err(fault) => {
                    let why = fault.words();
                    let said = format!("{}：{}", file.name, seat.ctx.pick(&why.zh, &why.en));
                    findings.add(cell(row, "files"), said);
                }
            }
        } else if key == "listfile" {
            if roster::is_workbook(&file.bytes) {
                keep_workbook(seat, &mut form, row, (&file.name, &file.bytes), findings)?;
            } else {
                keep_list(seat, &mut form, row, roster::read_bytes(&file.bytes), findings)?;
            }
        }
    }
    for row in 0..count(&form) {
        let pasted = form.all(&cell(row, "roster")).next().unwrap_or("").to_owned();
        if !pasted.trim().is_empty() && keep_list(seat, &mut form, row, roster::read(&pasted), findings)? {
            form.set(cell(row, "roster"), "");
        }
    }
    Ok(form)
}

/// The row and the end of a field's name.
fn place(field: &str) -> Option<(usize, &str)> {
    let (row, key) = field.strip_prefix(BILLS)?.strip_prefix('.')?.split_once('.')?;
    Some((row.parse().ok()?, key))
}

fn keep_list(
    seat: &Seat,
    form: &mut Submitted,
    row: usize,
    read: Result<roster::Roster, RosterFault>,
    findings: &mut Findings,
) -> Result<bool, WebError> {
    let list = match read {
        Ok(list) => list,
        Err(fault) => {
            findings.add(cell(row, "roster"), roster_fault(&seat.ctx, fault));
            return Ok(false);
        }
    };
    let rows = i64::try_from(list.payees.len()).unwrap_or(i64::MAX);
    keep(seat, form, row, (&list.bytes(), rows, list.total))?;
    Ok(true)
}

/// A list in a workbook: every fault with its cell; a printed total that differs is one of them.
fn keep_workbook(
    seat: &Seat,
    form: &mut Submitted,
    row: usize,
    (name, bytes): (&str, &[u8]),
    findings: &mut Findings,
) -> Result<(), WebError> {
    let list = seat.app().read_roster(bytes, name);
    let faults: Vec<String> = list
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error || found.code == "total-differs")
        .map(|found| {
            let (what, mend) = (&found.what, &found.mend);
            format!(
                "{} {}，{}",
                found.cell,
                seat.ctx.pick(&what.zh, &what.en),
                seat.ctx.pick(&mend.zh, &mend.en)
            )
        })
        .collect();
    if faults.is_empty() {
        return keep(seat, form, row, (&list.bytes, list.rows, list.total));
    }
    findings.add(cell(row, "roster"), faults.join("；"));
    Ok(())
}

fn keep(
    seat: &Seat,
    form: &mut Submitted,
    row: usize,
    (bytes, rows, total): (&[u8], i64, Money),
) -> Result<(), WebError> {
    let kept = shown(&seat.ctx, seat.app().keep_list(&seat.viewer, bytes, rows, total))?;
    let ticket = shown(&seat.ctx, seat.app().list_ticket(&seat.viewer, &kept))?;
    form.set(cell(row, "list"), ticket);
    if text(form, row, "amount").is_empty() {
        form.set(cell(row, "amount"), total.grouped());
    }
    Ok(())
}

fn roster_fault(ctx: &Ctx, fault: RosterFault) -> String {
    let at = |id: &str, row: usize| ctx.t_args(id, &[("row", row.into())]);
    match fault {
        RosterFault::Encoding => ctx.t("claim-roster-encoding"),
        RosterFault::Empty => ctx.t("claim-roster-empty"),
        RosterFault::TooMany => ctx.t_args("claim-roster-too-many", &[("most", roster::ROWS_MAX.into())]),
        RosterFault::Cells(row) => at("claim-roster-cells", row),
        RosterFault::Name(row) => at("claim-roster-name", row),
        RosterFault::Amount(row) => at("claim-roster-amount", row),
        RosterFault::Sum(row) => at("claim-roster-sum", row),
    }
}

/// Does what a button of the table asks for; `true` when one was pressed and the form is to be shown again. Rows are added,
/// deleted and pasted with a full request, because files that were chosen travel with it.
pub(super) fn change(seat: &Seat, view: &ClaimForm, form: &mut Submitted) -> Result<bool, WebError> {
    let act = form.act().to_owned();
    let words: Vec<&str> = act.split('-').collect();
    match words.as_slice() {
        ["row", "add"] => form.set("act", format!("add:{BILLS}")),
        ["row", "delete", row] => form.set("act", format!("delete:{BILLS}:{row}")),
        ["row", "paste"] => form.set("act", format!("paste:{BILLS}:{}:0", count(form))),
        ["drop", row, hash] => {
            let row: usize = row.parse().map_err(|_| WebError::NotFound)?;
            let held = papers(seat, form, row);
            let kept: Vec<Paper> = held.into_iter().filter(|p| p.hash.to_string() != *hash).collect();
            set_papers(seat, form, row, &kept)?;
            return Ok(true);
        }
        _ => return Ok(false),
    }
    let changed = form.change_rows(BILLS, &KEYS);
    for row in 0..count(form) {
        known(seat, view, form, row);
    }
    Ok(changed)
}

/// What was pasted by name becomes a choice.
fn known(seat: &Seat, view: &ClaimForm, form: &mut Submitted, row: usize) {
    let ctx = &seat.ctx;
    let typed = text(form, row, "line").to_owned();
    if let Some(line) = view.lines.iter().find(|line| line.name == typed) {
        form.set(cell(row, "line"), line.key.clone());
    }
    let typed = text(form, row, "voucher").to_owned();
    let named = |voucher: &&Voucher| {
        crate::pages::shared::say(ctx, &voucher.name) == typed || voucher.name.zh == typed
    };
    if let Some(voucher) = view.vouchers.iter().find(named) {
        form.set(cell(row, "voucher"), voucher.id.clone());
    }
    let typed = text(form, row, "payee").to_owned();
    if let Some((id, _)) = view.payees.iter().find(|(_, name)| *name == typed) {
        form.set(cell(row, "payee"), id.clone());
    }
}

/// A claim as it was typed, with the row of each bill.
pub(super) struct Typed {
    pub text: ClaimText,
    pub rows: Vec<usize>,
}

/// What was typed; what cannot be read is a finding at its cell. Rows without anything are passed over.
pub(super) fn typed(
    seat: &Seat,
    view: &ClaimForm,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<Typed> {
    let ctx = &seat.ctx;
    let purpose = Purpose::parse(form.get("purpose"));
    if purpose.is_none() {
        findings.add("purpose", ctx.t_args("needs-what", &[("what", ctx.t("claim-purpose").into())]));
    }
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for row in 0..count(form) {
        if KEYS.iter().all(|key| FILLED_IN.contains(key) || text(form, row, key).is_empty()) {
            continue;
        }
        rows.push(row);
        lines.extend(bill(seat, view, form, (row, rows.len()), findings));
    }
    // Said with its article by the act itself, when nothing else is amiss.
    if rows.is_empty() && !findings.is_empty() {
        findings.add(cell(0, "line"), ctx.t("claim-needs-bill"));
    }
    let text = ClaimText { purpose: purpose?, lines };
    Some(Typed { text, rows })
}

fn bill(
    seat: &Seat,
    view: &ClaimForm,
    form: &Submitted,
    (row, no): (usize, usize),
    findings: &mut Findings,
) -> Option<ClaimLine> {
    let ctx = &seat.ctx;
    let at =
        |label: &str| ctx.t_args("claim-bill-field", &[("no", no.into()), ("what", ctx.t(label).into())]);
    let name = |key: &str| cell(row, key);
    let line = needed(ctx, form, findings, (name("line"), at("claim-budget-line")));
    let kind = needed(ctx, form, findings, (name("voucher"), at("claim-voucher")));
    let found = voucher(view, form, row).map(|voucher| voucher.kind);
    let dated = date(ctx, form, findings, (name("dated"), at("claim-dated")));
    let amount = money(ctx, form, findings, (name("amount"), at("claim-amount-yuan")));
    let list = seat.app().ticket_list(&seat.viewer, text(form, row, "list"));
    let payee = match found {
        Some(VoucherKind::List) => LIST.to_owned(),
        Some(VoucherKind::Transfer) => UNIT.to_owned(),
        _ => needed(ctx, form, findings, (name("payee"), at("claim-payee"))),
    };
    let is_list = found == Some(VoucherKind::List);
    if is_list && list.is_none() && findings.at(&name("roster")).is_none() {
        findings.add(name("roster"), ctx.t_args("claim-roster-needed", &[("no", no.into())]));
    }
    let invoice = found == Some(VoucherKind::Invoice);
    let tie = tie(ctx, view, form, (row, no), findings);
    Some(ClaimLine {
        no: i64::try_from(no).ok()?,
        budget_line: line,
        voucher: kind,
        code: if invoice { text(form, row, "code").to_owned() } else { String::new() },
        number: text(form, row, "number").to_owned(),
        dated: dated?,
        payee,
        amount: amount?,
        papers: papers(seat, form, row),
        list: list.filter(|_| is_list),
        tie,
    })
}

/// How a bill is tied; whether it must be is for the act itself to say, with its article.
fn tie(
    ctx: &Ctx,
    view: &ClaimForm,
    form: &Submitted,
    (row, no): (usize, usize),
    findings: &mut Findings,
) -> Option<Tie> {
    view.ties.as_ref()?;
    let kind = text(form, row, "tie");
    match kind {
        "" => return None,
        AS_PROJECT => return Some(Tie { kind: String::new(), households: 0 }),
        _ => {}
    }
    let households = text(form, row, "households").parse();
    if households.is_err() {
        let what = ctx.t("claim-tie-households");
        findings.add(
            cell(row, "households"),
            ctx.t_args("claim-bill-whole", &[("no", no.into()), ("what", what.into())]),
        );
    }
    Some(Tie { kind: kind.to_owned(), households: households.ok()? })
}

/// What the cells of a tie hold, those that come filled in included: where the project has one link only, that one.
pub(super) fn tie_cells(view: &ClaimForm, form: &Submitted, row: usize) -> (String, String) {
    let typed = (text(form, row, "tie").to_owned(), text(form, row, "households").to_owned());
    match view.ties.as_ref().map(|ties| ties.kinds.as_slice()) {
        Some([only]) if typed.0.is_empty() => (only.id.clone(), only.households.to_string()),
        Some([]) if typed.0.is_empty() => (AS_PROJECT.to_owned(), String::new()),
        _ => typed,
    }
}

/// The cell that a refusal belongs to: that of the bill that it names.
pub(super) fn field(
    view: &ClaimForm,
    form: &Submitted,
    typed: &Typed,
    today: Date,
    reason: &Reason,
) -> String {
    let of = |no: &str, key: &str| {
        let at = no.parse::<usize>().ok().and_then(|no| typed.rows.get(no.checked_sub(1)?));
        cell(at.or(typed.rows.first()).copied().unwrap_or(0), key)
    };
    let last = |key: &str, wanted: &dyn Fn(usize) -> bool| {
        let row = typed.rows.iter().rev().copied().find(|row| wanted(*row));
        cell(row.or(typed.rows.first().copied()).unwrap_or(0), key)
    };
    match reason {
        Reason::BudgetLineUnknown { line } => of(line, "line"),
        Reason::VoucherNotAllowed { line, .. } => of(line, "voucher"),
        Reason::InvoiceNumberMissing { line } => of(line, "number"),
        Reason::PayeeNotParty { line } => of(line, "payee"),
        Reason::AttachmentsMissing { line } => of(line, "files"),
        Reason::TieMissing { line } | Reason::TieUnknown { line } => of(line, "tie"),
        Reason::TieBeyond { line, .. } => of(line, "households"),
        Reason::InvoiceTwice { number } | Reason::InvoiceUsed { number, .. } => {
            last("number", &|row| text(form, row, "number") == number)
        }
        Reason::ListDiffers { amount: wanted, .. } => last("amount", &|row| {
            amount(form, row) == Some(*wanted)
                && voucher(view, form, row).is_some_and(|v| v.kind == VoucherKind::List)
        }),
        Reason::OverBudgetLine { line, .. } => last("amount", &|row| {
            view.lines.iter().any(|l| l.key == text(form, row, "line") && l.name == *line)
        }),
        Reason::OverContract { party, .. } => last("amount", &|row| {
            view.payees.iter().any(|(id, name)| id == text(form, row, "payee") && name == party)
        }),
        Reason::DateInFuture { .. } => {
            last("dated", &|row| parse_date(text(form, row, "dated")).is_ok_and(|dated| dated > today))
        }
        Reason::AmountNotPositive { .. } => {
            last("amount", &|row| amount(form, row).is_none_or(|amount| amount <= Money::ZERO))
        }
        Reason::OverAllotted { .. } => last("amount", &|_| true),
        Reason::ClaimEmpty {} => cell(0, "line"),
        _ => String::new(),
    }
}
