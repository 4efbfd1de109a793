//! One case: a pre-declaration or an application, from its first filing to its last duty.

mod act;
mod amount;
mod declare;
mod event;
mod facts;
mod payment;
mod progress;
mod state;

pub use act::allowed as allowed_for;
pub use act::{Assign, Step, assign, independent, step, withdraw};
pub(crate) use act::{another_person, check_day, stands_apart};
pub use amount::{Inspect, Propose, inspect, propose};
pub use declare::{Declare, Surroundings, declare, papers_wanted};
pub use event::*;
pub use facts::{
    Counts, Judged, as_of, check_form, decide_grant, declared_lines, facts_of, judge, verified_form,
};
pub use payment::{Pay, pay};
pub use progress::{OpenStep, event_date, open_steps, performs, satisfied};
pub use state::*;
