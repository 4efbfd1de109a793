//! An allocation plan: how money of one side of a fund is given to projects. No money moves before its approval.

mod distribute;
mod draft;
mod event;
mod state;
mod step;
mod wide;

pub use distribute::{DEDUCTION, Deduction, Distributed, Entrant, Portion, distribute};
pub use draft::{Draft, Figures, Text, draft, redraft};
pub use event::{Event, Line, LineLots, Why};
pub use state::{Allocation, Approval, Standing};
pub use step::{Approve, Step, approve, step};
