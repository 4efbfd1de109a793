//! Filing a claim: every bill against its budget line, its voucher, its payee, its contract and the project's money.

use super::event::{ClaimLine, Event, LIST, Purpose, UNIT};
use super::state::{Claim, Standing};
use crate::actor::Context;
use crate::guard::{Consents, doer_of, not_in_future, not_open, papers_on_file, positive, usable};
use crate::project::Project;
use crate::refusal::{Reason, Refusal};
use kernel::Money;
use kernel::id::ClaimId;
use policy::form::FormData;
use policy::pack::{Gate, Id, Voucher, VoucherKind};
use policy::procedure::{Act, Step, Subject, Ties};
use std::collections::{BTreeMap, BTreeSet};

/// File a claim.
#[derive(Debug, Clone)]
pub struct File {
    /// Its id.
    pub claim: ClaimId,
    /// Its number.
    pub number: String,
    /// What it says.
    pub text: Text,
}

/// What a claim says and a later filing may change.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it asks for.
    pub purpose: Purpose,
    /// Its bills.
    pub lines: Vec<ClaimLine>,
}

/// Code and number of an invoice, as [`invoice_key`] writes them.
pub type InvoiceKey = (String, String);

/// What the book says when a claim is filed.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// The project.
    pub project: &'a Project,
    /// Invoices of this claim that another claim holds, with that claim's number: across all funds, refused and withdrawn
    /// claims not counted.
    pub invoices: &'a BTreeMap<InvoiceKey, String>,
    /// Papers of places and units on file.
    pub consents: &'a Consents,
    /// The links that the project's case lists: kinds with their households.
    pub links: &'a Links,
}

/// The kinds of link of a project, with the households that each ties.
pub type Links = BTreeMap<Id, i64>;

/// The links that a form lists, in the table that the step of claims names; several rows of a kind add up. A cell that is no
/// number counts nothing: the form itself refuses it.
pub fn links_of(form: &FormData, ties: &Ties) -> Links {
    let mut links = Links::new();
    for row in form.rows(&ties.part) {
        let cell = |id: &Id| row.get(id).map_or("", |text| text.trim());
        if cell(&ties.kind).is_empty() {
            continue;
        }
        let sum = links.entry(cell(&ties.kind).to_owned()).or_default();
        *sum = sum.saturating_add(cell(&ties.households).parse().unwrap_or(0));
    }
    links
}

/// Code and number without blanks: one invoice, one key.
pub fn invoice_key(code: &str, number: &str) -> InvoiceKey {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    (plain(code).to_uppercase(), plain(number).to_uppercase())
}

/// The invoices of a claim: what the book must look up and keep.
pub fn invoices_of(lines: &[ClaimLine], ctx: Context<'_>) -> Vec<(i64, InvoiceKey)> {
    let is_invoice = |line: &&ClaimLine| {
        ctx.pack.vouchers.get(&line.voucher).is_some_and(|voucher| voucher.kind == VoucherKind::Invoice)
    };
    lines.iter().filter(is_invoice).map(|line| (line.no, invoice_key(&line.code, &line.number))).collect()
}

/// Files a claim.
pub fn file(command: File, figures: Figures<'_>, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Claim, Act::Claim, &figures.project.fund, ctx)?;
    check(&command.text, figures, step, ctx)?;
    Ok(vec![Event::Filed {
        claim: command.claim,
        step: step.id.clone(),
        number: command.number,
        project: figures.project.id,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        procedure: step.procedure.clone(),
        purpose: command.text.purpose,
        lines: command.text.lines,
    }])
}

/// Files a returned claim again.
pub fn refile(
    claim: &Claim,
    text: Text,
    figures: Figures<'_>,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Claim, Act::Claim, &figures.project.fund, ctx)?;
    let open = claim.open_steps(ctx.pack);
    if claim.standing() != Standing::Returned || !open.iter().any(|open| open.step.id == step.id) {
        return Err(not_open(&step.id, &open, ctx));
    }
    check(&text, figures, step, ctx)?;
    Ok(vec![Event::Refiled { step: step.id.clone(), purpose: text.purpose, lines: text.lines }])
}

fn check(text: &Text, figures: Figures<'_>, step: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let project = figures.project;
    usable(project, ctx)?;
    papers_on_file(project, Gate::Claim, &project.places(), figures.consents, ctx)?;
    if text.lines.is_empty() {
        return Err(Reason::ClaimEmpty {}.into());
    }
    let mut seen = BTreeSet::new();
    for line in &text.lines {
        let voucher = check_line(line, project, ctx)?;
        tied(line, figures, step, ctx)?;
        if voucher.kind == VoucherKind::Invoice {
            let key = invoice_key(&line.code, &line.number);
            let number = line.number.trim().to_owned();
            let cite = voucher.cite.to_string();
            if let Some(claim) = figures.invoices.get(&key) {
                let reason = Reason::InvoiceUsed { number, claim: claim.clone() };
                return Err(Refusal::under(cite, reason));
            }
            if !seen.insert(key) {
                return Err(Refusal::under(cite, Reason::InvoiceTwice { number }));
            }
        }
    }
    let asked: Vec<Ask<'_>> = text.lines.iter().map(|line| Ask::of(line, line.amount)).collect();
    within_limits(project, text.purpose, &asked)
}

/// One bill by itself, with its kind of voucher.
fn check_line<'p>(line: &ClaimLine, project: &Project, ctx: Context<'p>) -> Result<&'p Voucher, Refusal> {
    let no = || line.no.to_string();
    let Some(budget) = project.line(&line.budget_line) else {
        return Err(Reason::BudgetLineUnknown { line: no() }.into());
    };
    let Some(voucher) = ctx.pack.vouchers.get(&line.voucher) else {
        return Err(Reason::NotFound { what: "凭证种类".into() }.into());
    };
    let under = |reason| Refusal::under(voucher.cite.to_string(), reason);
    if !voucher.supports(&budget.nature) {
        return Err(under(Reason::VoucherNotAllowed { line: no(), voucher: voucher.name.zh.clone() }));
    }
    if voucher.kind == VoucherKind::Invoice && line.number.trim().is_empty() {
        return Err(under(Reason::InvoiceNumberMissing { line: no() }));
    }
    not_in_future("票据日期", line.dated, ctx)?;
    positive("票据金额", line.amount)?;
    let party = match voucher.kind {
        VoucherKind::Invoice => contract_of(project, &line.payee).is_some(),
        VoucherKind::List => line.payee == LIST,
        VoucherKind::Transfer => line.payee == UNIT,
    };
    if !party {
        return Err(under(Reason::PayeeNotParty { line: no() }));
    }
    if voucher.attachments && line.papers.is_empty() {
        return Err(under(Reason::AttachmentsMissing { line: no() }));
    }
    let total = line.list.as_ref().map_or(Money::ZERO, |list| list.total);
    if voucher.kind == VoucherKind::List && total != line.amount {
        return Err(under(Reason::ListDiffers { total, amount: line.amount }));
    }
    Ok(voucher)
}

/// A bill says how it is tied where the step asks for it; what overheads cost is not tied to anybody.
fn tied(line: &ClaimLine, figures: Figures<'_>, step: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let no = || line.no.to_string();
    let asked = step.ties.as_ref().filter(|_| !ctx.pack.is_overhead(&figures.project.spending));
    let (ties, tie) = match (asked, &line.tie) {
        (None, None) => return Ok(()),
        (None, Some(_)) => return Err(Reason::TieUnknown { line: no() }.into()),
        (Some(ties), None) => {
            return Err(Refusal::under(ties.cite.to_string(), Reason::TieMissing { line: no() }));
        }
        (Some(ties), Some(tie)) => (ties, tie),
    };
    let under = |reason| Err(Refusal::under(ties.cite.to_string(), reason));
    if tie.kind.is_empty() {
        return if tie.households == 0 { Ok(()) } else { under(Reason::TieUnknown { line: no() }) };
    }
    match figures.links.get(&tie.kind) {
        None => under(Reason::TieUnknown { line: no() }),
        Some(most) if (1..=*most).contains(&tie.households) => Ok(()),
        Some(most) => under(Reason::TieBeyond {
            line: no(),
            households: tie.households.to_string(),
            most: most.to_string(),
        }),
    }
}

fn contract_of<'a>(project: &'a Project, payee: &str) -> Option<&'a crate::project::Contract> {
    project.contracts.get(&payee.strip_prefix('c')?.parse().ok()?)
}

/// What one bill takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) budget_line: &'a str,
    pub(super) payee: &'a str,
    pub(super) amount: Money,
}

impl<'a> Ask<'a> {
    pub(super) fn of(line: &'a ClaimLine, amount: Money) -> Ask<'a> {
        Ask { budget_line: &line.budget_line, payee: &line.payee, amount }
    }
}

/// Within each budget line, within each contract, within the money of the project.
pub(super) fn within_limits(project: &Project, purpose: Purpose, asked: &[Ask<'_>]) -> Result<(), Refusal> {
    let mut by_line: BTreeMap<&str, Money> = BTreeMap::new();
    let mut by_payee: BTreeMap<&str, Money> = BTreeMap::new();
    for ask in asked {
        for (sums, key) in [(&mut by_line, ask.budget_line), (&mut by_payee, ask.payee)] {
            let sum = sums.entry(key).or_default();
            *sum = sum.checked_add(ask.amount).unwrap_or(Money::MAX);
        }
    }
    for (key, wanted) in by_line {
        let Some(line) = project.line(key) else { continue };
        let left = line.amount.checked_sub(project.used_on(key)).unwrap_or(Money::ZERO);
        if wanted > left {
            return Err(Reason::OverBudgetLine { line: line.name.clone(), wanted, left }.into());
        }
    }
    for (payee, wanted) in by_payee {
        let Some(contract) = contract_of(project, payee) else { continue };
        let whole = match purpose {
            Purpose::Final | Purpose::Retention => Some(contract.amount),
            _ => contract.amount.checked_sub(contract.retention),
        };
        let granted = project.granted_to(payee);
        let left = whole.and_then(|whole| whole.checked_sub(granted)).unwrap_or(Money::ZERO).max(Money::ZERO);
        if wanted > left {
            return Err(Reason::OverContract { party: contract.party.clone(), wanted, left }.into());
        }
    }
    let wanted = Money::sum(asked.iter().map(|ask| ask.amount)).unwrap_or(Money::MAX);
    let left = project.allotted();
    if wanted > left {
        return Err(Reason::OverAllotted { wanted, left }.into());
    }
    Ok(())
}
