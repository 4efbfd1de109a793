//! A year of a fund: its budget, its ratios, its intake, its consulting firms and their fees.

mod decide;
mod event;
mod state;

pub use decide::{amend, appoint, dismiss, found, open, pay_fee, related, Amend, Appoint, Funds, OpenYear, PayFee};
pub use event::Event;
pub use state::{Fee, Terms, Year};
