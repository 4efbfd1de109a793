//! A claim: bills against the budget lines of a project, checked and approved by two people.

mod decide;
mod event;
mod file;
mod state;

pub use decide::{Approve, Check, TurnDown, approve, check, turn_down, withdraw};
pub use event::{ClaimLine, Event, LIST, ListDigest, Purpose, Share, Tie, UNIT, Verdict};
pub use file::{Figures, File, InvoiceKey, Links, Text, file, invoice_key, invoices_of, links_of, refile};
pub use state::{Claim, Owed, Payment, Standing};
