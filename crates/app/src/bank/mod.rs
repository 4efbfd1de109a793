//! Files that go to a bank and come back from it, as bytes: no database, no clock, no vault. The same payments give the same bytes.
//!
//! A line of the bank is only read here. Whether it is booked is decided with the batch; what names no payment, another amount or
//! no clear result is listed for a person and never booked by guess.

pub mod camt053;
pub mod csv;
pub mod pain001;

use kernel::{Date, Money};

/// Somebody with an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Party {
    /// The owner's name.
    pub name: String,
    /// The account number in clear: the file needs it, nothing else may keep it.
    pub account: String,
    /// The bank's name.
    pub bank: String,
}

impl std::fmt::Debug for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Party").field("name", &self.name).field("bank", &self.bank).finish_non_exhaustive()
    }
}

/// One payment of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What names it from end to end: `Q3-1`.
    pub end_to_end: String,
    /// Who receives.
    pub to: Party,
    /// How much.
    pub amount: Money,
    /// What for.
    pub purpose: String,
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What names the file: the batch's number.
    pub id: String,
    /// When it was made, `2019-11-05T09:30:00+08:00`.
    pub made: String,
    /// On which day the bank is to pay.
    pub on: Date,
    /// Who pays.
    pub from: Party,
    /// The payments.
    pub transfers: Vec<Transfer>,
}

impl Order {
    /// The control sum; `None` when it cannot be counted.
    pub fn sum(&self) -> Option<Money> {
        Money::sum(self.transfers.iter().map(|transfer| transfer.amount))
    }
}

/// What a bank says of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Paid on this day under this reference.
    Paid {
        /// The day of the booking.
        on: Date,
        /// The bank's reference.
        reference: String,
    },
    /// Not paid, or paid and come back.
    Failed {
        /// The bank's reason.
        reason: String,
    },
    /// Neither can be told.
    Unclear {
        /// Why.
        reason: String,
    },
}

/// One line of a bank's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLine {
    /// The payment that it names; empty when it names none.
    pub end_to_end: String,
    /// The amount; absent when it cannot be read.
    pub amount: Option<Money>,
    /// What it says.
    pub said: Said,
    /// The line in words, for a person; without account numbers.
    pub text: String,
}

/// Why a bank's file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BankFileError {
    /// It is not in UTF-8.
    #[error("the file is not in UTF-8")]
    Encoding,
    /// It is not well-formed XML, or not a statement of this kind.
    #[error("the file is not a camt.053 statement: {what}")]
    Xml {
        /// What is wrong.
        what: String,
    },
    /// A column is missing.
    #[error("the column {column} is missing")]
    Column {
        /// Its heading.
        column: &'static str,
    },
    /// Nothing is in it.
    #[error("the file has no lines")]
    Empty,
}

/// An amount as banks write it: plain yuan with two decimals.
fn plain(amount: Money) -> String {
    let fen = amount.fen();
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// A text of at most so many characters, without what XML and one-line cells cannot hold.
fn short(text: &str, most: usize) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(most).collect()
}
