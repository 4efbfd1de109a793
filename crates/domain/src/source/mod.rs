//! A source: where money of a fund comes from. Budget (may be spent) and cash (has arrived) are kept apart.

mod decide;
mod event;
mod state;

pub use decide::{
    Cut, Receive, Register, Registry, cut, divide, document_number, receive, refused_row, register,
};
pub use event::{Event, Part, WHOLE};
pub use state::{Receipt, Reduction, Source};
