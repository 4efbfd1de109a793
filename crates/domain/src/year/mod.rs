//! A year of a fund: its budget, its ratios, its intake, its consulting firms and their fees.

mod decide;
mod event;
mod state;

pub use decide::{
    Amend, Appoint, Funds, OpenYear, PayFee, amend, appoint, dismiss, found, open, pay_fee, related,
};
pub use event::Event;
pub use state::{Fee, Terms, Year};
