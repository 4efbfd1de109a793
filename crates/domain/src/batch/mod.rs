//! A payment batch: approved payments that go to the bank in one file, and what the bank answers.

mod event;
mod make;
mod settle;
mod state;

pub use event::{BankOutcome, Event, PayLine};
pub use make::{Account, Make, Pick, Till, make, release};
pub use settle::{BankLine, Found, Revival, Settle, book, settle, take_out};
pub use state::{Batch, LineStanding, Payment, Release, Standing, Unclear};
