//! The state of one source.

use super::event::{Event, Part};
use crate::actor::Hands;
use crate::case::Meta;
use kernel::id::SourceId;
use kernel::{Date, Money};
use policy::pack::Id;
use std::collections::BTreeMap;

/// One arrival of cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The day.
    pub on: Date,
    /// How much.
    pub amount: Money,
    /// The voucher.
    pub voucher: String,
    /// The same by side.
    pub parts: Vec<Part>,
}

/// One cut of the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// The day it was recorded.
    pub on: Date,
    /// By how much.
    pub amount: Money,
    /// The document.
    pub document: String,
    /// Why.
    pub why: String,
    /// The same by side.
    pub parts: Vec<Part>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The fund of the pack.
    pub fund: Id,
    /// The kind of source.
    pub kind: Id,
    /// The level of government.
    pub level: String,
    /// The budget document.
    pub document: String,
    /// What it is for.
    pub purpose: String,
    /// The functional budget code.
    pub code: String,
    /// The budget year.
    pub year: i16,
    /// The day of the document.
    pub on: Date,
    /// What may be spent now, after cuts.
    pub budget: Money,
    /// The same by side.
    pub parts: BTreeMap<Id, Money>,
    /// Whether it counts against the ceiling of the fund.
    pub capped: bool,
    /// A remark.
    pub note: String,
    /// Cash received.
    pub received: Money,
    /// The same by side.
    pub received_parts: BTreeMap<Id, Money>,
    /// Every arrival of cash.
    pub receipts: Vec<Receipt>,
    /// Every cut.
    pub cuts: Vec<Reduction>,
    /// Who registered it.
    pub by: Option<Hands>,
}

impl Source {
    /// Folds one event; `None` before the registration.
    pub fn apply(state: Option<Source>, event: &Event, meta: &Meta) -> Option<Source> {
        if let Some(source) = registered(event, meta) {
            return Some(source);
        }
        let mut source = state?;
        match event {
            Event::Founded { .. } | Event::Registered { .. } => {}
            Event::Received { on, amount, voucher, parts } => {
                source.received = source.received.checked_add(*amount).unwrap_or(Money::MAX);
                for part in parts {
                    let side = source.received_parts.entry(part.side.clone()).or_default();
                    *side = side.checked_add(part.amount).unwrap_or(Money::MAX);
                }
                source.receipts.push(Receipt {
                    on: *on,
                    amount: *amount,
                    voucher: voucher.clone(),
                    parts: parts.clone(),
                });
            }
            Event::Cut { amount, document, why, parts } => {
                source.budget = source.budget.checked_sub(*amount).unwrap_or(Money::ZERO);
                for part in parts {
                    let side = source.parts.entry(part.side.clone()).or_default();
                    *side = side.checked_sub(part.amount).unwrap_or(Money::ZERO);
                }
                source.cuts.push(Reduction {
                    on: meta.on,
                    amount: *amount,
                    document: document.clone(),
                    why: why.clone(),
                    parts: parts.clone(),
                });
            }
        }
        Some(source)
    }
}

fn registered(event: &Event, meta: &Meta) -> Option<Source> {
    let Event::Registered {
        source,
        pack,
        edition,
        fund,
        kind,
        level,
        document,
        purpose,
        code,
        year,
        on,
        budget,
        parts,
        capped,
        note,
    } = event
    else {
        return None;
    };
    Some(Source {
        id: *source,
        pack: pack.clone(),
        edition: edition.clone(),
        fund: fund.clone(),
        kind: kind.clone(),
        level: level.clone(),
        document: document.clone(),
        purpose: purpose.clone(),
        code: code.clone(),
        year: *year,
        on: *on,
        budget: *budget,
        parts: parts.iter().map(|part| (part.side.clone(), part.amount)).collect(),
        capped: *capped,
        note: note.clone(),
        received: Money::ZERO,
        received_parts: BTreeMap::new(),
        receipts: Vec::new(),
        cuts: Vec::new(),
        by: meta.hands(),
    })
}
