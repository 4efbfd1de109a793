//! Papers of a place or a unit that must be on file before money moves: minutes, agreements, a letter of responsibility.

mod decide;
mod event;
mod state;

pub use decide::{File, Revoke, file, revoke};
pub use event::Event;
pub use state::{Consent, OnFile};
