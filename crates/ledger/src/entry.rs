//! Entries: dated movements of money whose legs sum to nothing. No other entry can be built.
//!
//! A leg's sign says its direction: positive comes in, negative goes out. Each account appears once in an entry, so that
//! the order of its legs cannot matter to a floor.

use std::collections::BTreeSet;

use kernel::Date;
use kernel::id::EntryId;
use kernel::money::Money;

use crate::account::{AccountKind, AccountPath};

/// One account's part of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The account.
    pub account: AccountPath,
    /// What it gains (positive) or loses (negative); never zero.
    pub amount: Money,
}

/// A balanced entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    id: EntryId,
    date: Date,
    memo: String,
    article: String,
    legs: Vec<Leg>,
}

/// What an entry says about itself besides its money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// The entry's id.
    pub id: EntryId,
    /// The day on which the money moved.
    pub date: Date,
    /// What happened, in the office's words.
    pub memo: String,
    /// The article that it rests on.
    pub article: String,
}

/// A movement between two accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The account that gives.
    pub from: AccountPath,
    /// The account that receives.
    pub to: AccountPath,
    /// How much; above zero.
    pub amount: Money,
}

/// Why an entry cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Fewer than two legs.
    #[error("an entry has at least two legs")]
    TooFewLegs,
    /// A leg moves nothing.
    #[error("the leg of {account} moves nothing")]
    ZeroLeg {
        /// The account.
        account: AccountPath,
    },
    /// An account has two legs.
    #[error("{account} has two legs")]
    TwoLegs {
        /// The account.
        account: AccountPath,
    },
    /// The legs do not sum to nothing.
    #[error("the legs sum to {sum} instead of nothing")]
    Unbalanced {
        /// Their sum.
        sum: Money,
    },
    /// The legs are too large to sum.
    #[error("the legs are too large to sum")]
    Overflow,
    /// A transfer of nothing or less.
    #[error("a transfer moves {amount} instead of more than nothing")]
    NotPositive {
        /// The amount asked.
        amount: Money,
    },
    /// An account of another kind than this movement needs.
    #[error("{account} is not a {} account", wanted.segment())]
    WrongKind {
        /// The account.
        account: AccountPath,
        /// The kind needed.
        wanted: AccountKind,
    },
}

impl EntryDraft {
    /// The entry with these legs, if they balance.
    pub fn legs(self, legs: Vec<Leg>) -> Result<Entry, EntryError> {
        if legs.len() < 2 {
            return Err(EntryError::TooFewLegs);
        }
        if let Some(leg) = legs.iter().find(|leg| leg.amount.is_zero()) {
            return Err(EntryError::ZeroLeg { account: leg.account.clone() });
        }
        let mut seen = BTreeSet::new();
        if let Some(leg) = legs.iter().find(|leg| !seen.insert(&leg.account)) {
            return Err(EntryError::TwoLegs { account: leg.account.clone() });
        }
        let sum = Money::sum(legs.iter().map(|leg| leg.amount)).ok_or(EntryError::Overflow)?;
        if !sum.is_zero() {
            return Err(EntryError::Unbalanced { sum });
        }
        let Self { id, date, memo, article } = self;
        Ok(Entry { id, date, memo, article, legs })
    }

    /// Money from one account to another.
    pub fn transfer(self, transfer: Transfer) -> Result<Entry, EntryError> {
        let Transfer { from, to, amount } = transfer;
        if amount.is_negative() || amount.is_zero() {
            return Err(EntryError::NotPositive { amount });
        }
        let out = amount.checked_neg().ok_or(EntryError::Overflow)?;
        self.legs(vec![Leg { account: from, amount: out }, Leg { account: to, amount }])
    }

    /// Reserve: money of a year is committed to a case or a contract.
    pub fn reserve(self, transfer: Transfer) -> Result<Entry, EntryError> {
        self.between(AccountKind::Year, AccountKind::Committed, transfer)
    }

    /// Post: all or part of a commitment leaves for its payer.
    pub fn post(self, transfer: Transfer) -> Result<Entry, EntryError> {
        self.between(AccountKind::Committed, AccountKind::Transit, transfer)
    }

    /// Settle: what the payer received is paid out.
    pub fn settle(self, transfer: Transfer) -> Result<Entry, EntryError> {
        self.between(AccountKind::Transit, AccountKind::Paid, transfer)
    }

    /// Void: all or the rest of a commitment goes back to its year.
    pub fn void(self, transfer: Transfer) -> Result<Entry, EntryError> {
        self.between(AccountKind::Committed, AccountKind::Year, transfer)
    }

    fn between(self, from: AccountKind, to: AccountKind, transfer: Transfer) -> Result<Entry, EntryError> {
        for (account, wanted) in [(&transfer.from, from), (&transfer.to, to)] {
            if account.kind() != wanted {
                return Err(EntryError::WrongKind { account: account.clone(), wanted });
            }
        }
        self.transfer(transfer)
    }
}

impl Entry {
    /// The entry's id.
    pub const fn id(&self) -> EntryId {
        self.id
    }

    /// The day on which the money moved.
    pub const fn date(&self) -> Date {
        self.date
    }

    /// What happened, in the office's words.
    pub fn memo(&self) -> &str {
        &self.memo
    }

    /// The article that it rests on.
    pub fn article(&self) -> &str {
        &self.article
    }

    /// The legs: at least two, one an account, none zero, summing to nothing.
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }
}
