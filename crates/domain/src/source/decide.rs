//! Decisions about a source: whether its fund takes it, how it is divided between sides, what arrives, what is cut.

use super::event::{Event, Part, WHOLE};
use super::state::Source;
use crate::actor::Context;
use crate::guard::{booked, doer_of, not_in_future, of_year, positive, written};
use crate::refusal::{Reason, Refusal};
use kernel::docno::DocumentNumber;
use kernel::explain::Explain as _;
use kernel::id::SourceId;
use kernel::rounding::Rounding;
use kernel::{Date, Money};
use policy::pack::{Fund, GovLevel, Id, Split};
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;

/// Register a source.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its id.
    pub source: SourceId,
    /// The fund.
    pub fund: Id,
    /// The kind of source.
    pub kind: Id,
    /// Which level of government gives it.
    pub level: GovLevel,
    /// The budget document.
    pub document: String,
    /// What it is for.
    pub purpose: String,
    /// The functional budget code; may be empty.
    pub code: String,
    /// The budget year.
    pub year: i16,
    /// The day of the document.
    pub on: Date,
    /// How much may be spent.
    pub budget: Money,
    /// A remark.
    pub note: String,
}

/// What the book says when a source is registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Registry {
    /// What the ceiling of the fund leaves: the balance of [`crate::posting::booked::ceiling_account`]; `None` before it was
    /// founded.
    pub ceiling_left: Option<Money>,
    /// A source with the same fund, document ([`document_number`]), purpose and code is registered.
    pub taken: bool,
}

/// Book cash that arrived.
#[derive(Debug, Clone)]
pub struct Receive {
    /// The day.
    pub on: Date,
    /// How much.
    pub amount: Money,
    /// The voucher.
    pub voucher: String,
}

/// Cut the budget.
#[derive(Debug, Clone)]
pub struct Cut {
    /// By how much.
    pub amount: Money,
    /// The document.
    pub document: String,
    /// Why.
    pub why: String,
}

/// A document number in its one spelling; the whole prefix counts.
pub fn document_number(text: &str) -> Result<String, Refusal> {
    DocumentNumber::parse(text).map(|number| number.to_string()).map_err(|fault| {
        let (what, what_en) = (fault.message_zh(), fault.message_en());
        Reason::DocumentUnreadable { what, what_en }.into()
    })
}

/// A refusal of one row of an imported table: under the same article, naming the row.
pub fn refused_row(row: u32, refusal: Refusal) -> Refusal {
    let row = usize::try_from(row).unwrap_or(usize::MAX);
    let (of, what) = (refusal.reason.code().to_owned(), Box::new(refusal.reason.say()));
    Refusal { reason: Reason::RowRefused { row, of, what }, cite: refusal.cite }
}

/// Registers a source.
pub fn register(command: Register, registry: Registry, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Source, Act::Receive, &command.fund, ctx)?;
    let fund = booked(&command.fund, ctx)?;
    check_kind(&command, fund, ctx)?;
    let document = document_number(&command.document)?;
    written("资金用途", "what the money is for", &command.purpose)?;
    if registry.taken {
        return Err(Reason::SourceTwice { document, purpose: command.purpose }.into());
    }
    of_year(fund, command.year, ctx)?;
    not_in_future("文件日期", command.on, ctx)?;
    positive("预算金额", command.budget)?;
    let cite = fund.cite.to_string();
    if let Some(ceiling) = fund.ceiling {
        let left = registry.ceiling_left.unwrap_or(ceiling);
        if command.budget > left {
            return Err(Refusal::under(cite, Reason::OverCeiling { wanted: command.budget, left }));
        }
    }
    let founded = fund.ceiling.filter(|_| registry.ceiling_left.is_none()).map(|ceiling| Event::Founded {
        pack: ctx.pack.id.clone(),
        fund: fund.id.clone(),
        ceiling,
    });
    let parts = divide(ctx.pack.split_of(fund), command.budget, command.budget, &BTreeMap::new());
    let registered = Event::Registered {
        source: command.source,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        fund: command.fund,
        kind: command.kind,
        level: command.level.id().to_owned(),
        document,
        purpose: command.purpose.trim().to_owned(),
        code: command.code.trim().to_owned(),
        year: command.year,
        on: command.on,
        budget: command.budget,
        parts,
        capped: fund.ceiling.is_some(),
        note: command.note.trim().to_owned(),
    };
    Ok(founded.into_iter().chain([registered]).collect())
}

fn check_kind(command: &Register, fund: &Fund, ctx: Context<'_>) -> Result<(), Refusal> {
    let Some(kind) = ctx.pack.sources.get(&command.kind) else {
        return Err(Reason::NotFound { what: "资金来源".into() }.into());
    };
    let name = || kind.name.zh.clone();
    if let Some(why) = &kind.refused {
        let reason = Reason::SourceRefused { kind: name(), why: why.zh.clone(), why_en: why.en.clone() };
        return Err(Refusal::under(kind.cite.to_string(), reason));
    }
    if !fund.sources.contains(&kind.id) {
        let reason = Reason::SourceNotTaken { kind: name(), fund: fund.name.zh.clone() };
        return Err(Refusal::under(fund.cite.to_string(), reason));
    }
    if !kind.levels.is_empty() && !kind.levels.contains(&command.level) {
        let level = command.level.words();
        let reason = Reason::LevelOfOtherKind { kind: name(), level: level.zh, level_en: level.en };
        return Err(Refusal::under(kind.cite.to_string(), reason));
    }
    Ok(())
}

/// Books cash that arrived: never more than the budget of the source.
pub fn receive(source: &Source, command: Receive, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Source, Act::Receive, &source.fund, ctx)?;
    not_in_future("到账日期", command.on, ctx)?;
    positive("到账金额", command.amount)?;
    let left = source.budget.checked_sub(source.received).unwrap_or(Money::ZERO);
    if command.amount > left {
        return Err(Reason::CashOverBudget { wanted: command.amount, left }.into());
    }
    if command.voucher.trim().is_empty() {
        return Err(Reason::VoucherMissing {}.into());
    }
    let split = ctx.pack.funds.get(&source.fund).and_then(|fund| ctx.pack.split_of(fund));
    let whole = source.received.checked_add(command.amount).unwrap_or(Money::MAX);
    let parts = divide(split, whole, command.amount, &source.received_parts);
    let voucher = command.voucher.trim().to_owned();
    Ok(vec![Event::Received { on: command.on, amount: command.amount, voucher, parts }])
}

/// Cuts the budget; `quota` is what each side of this source has not allotted yet.
pub fn cut(
    source: &Source,
    command: Cut,
    quota: &BTreeMap<Id, Money>,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Source, Act::Receive, &source.fund, ctx)?;
    positive("调减金额", command.amount)?;
    let document = document_number(&command.document)?;
    written("调减原因", "why the budget is cut", &command.why)?;
    let arrived = source.budget.checked_sub(source.received).unwrap_or(Money::ZERO);
    let free = Money::sum(quota.values().copied()).unwrap_or(Money::ZERO).min(arrived);
    if command.amount > free {
        return Err(Reason::CutTooDeep { wanted: command.amount, left: free }.into());
    }
    let split = ctx.pack.funds.get(&source.fund).and_then(|fund| ctx.pack.split_of(fund));
    let parts = cut_parts(split, source, command.amount);
    let left = |part: &Part| quota.get(&part.side).copied().unwrap_or(Money::ZERO);
    if let Some(short) = parts.iter().find(|part| part.amount > left(part)) {
        return Err(Reason::CutTooDeep { wanted: short.amount, left: left(short) }.into());
    }
    Ok(vec![Event::Cut { amount: command.amount, document, why: command.why.trim().to_owned(), parts }])
}

/// Divides an amount so that the parts follow the split of the whole so far, `whole` being the sum with this amount: each
/// side gets what it lacks to its whole fen, the odd side what remains. So parts never drift, however many they are.
pub fn divide(split: Option<&Split>, whole: Money, amount: Money, before: &BTreeMap<Id, Money>) -> Vec<Part> {
    let Some(split) = split else { return vec![Part { side: WHOLE.to_owned(), amount }] };
    let mut rest = amount;
    let mut parts: Vec<Part> = Vec::new();
    for side in &split.sides {
        let had = before.get(&side.id).copied().unwrap_or(Money::ZERO);
        let due = whole.times(side.share, Rounding::Down).and_then(|due| due.checked_sub(had));
        let part = if side.odd { Money::ZERO } else { due.unwrap_or(Money::ZERO).max(Money::ZERO).min(rest) };
        rest = rest.checked_sub(part).unwrap_or(Money::ZERO);
        parts.push(Part { side: side.id.clone(), amount: part });
    }
    give_rest(split, parts, rest)
}

/// Takes a cut off the sides so that what stays follows the split.
fn cut_parts(split: Option<&Split>, source: &Source, amount: Money) -> Vec<Part> {
    let Some(split) = split else { return vec![Part { side: WHOLE.to_owned(), amount }] };
    let after = source.budget.checked_sub(amount).unwrap_or(Money::ZERO);
    let mut rest = amount;
    let mut parts: Vec<Part> = Vec::new();
    for side in &split.sides {
        let had = source.parts.get(&side.id).copied().unwrap_or(Money::ZERO);
        let stays = after.times(side.share, Rounding::Down).unwrap_or(Money::ZERO);
        let over = had.checked_sub(stays).unwrap_or(Money::ZERO).max(Money::ZERO);
        let part = if side.odd { Money::ZERO } else { over.min(rest) };
        rest = rest.checked_sub(part).unwrap_or(Money::ZERO);
        parts.push(Part { side: side.id.clone(), amount: part });
    }
    give_rest(split, parts, rest)
}

fn give_rest(split: &Split, mut parts: Vec<Part>, rest: Money) -> Vec<Part> {
    for (side, part) in split.sides.iter().zip(&mut parts) {
        if side.odd {
            part.amount = rest;
        }
    }
    parts.retain(|part| !part.amount.is_zero());
    parts
}
