//! What may happen: commands, events, states and refusals.
//!
//! Each slice (`identity`, `year`, `case`, `plan`) has the same files: `command`, `event`, `state`, `decide`. A decision is a
//! pure function: state, command and context in; events or a refusal out. The regime is never here: steps, papers, rules and
//! limits come from the policy pack; this crate knows acts, money, time, people and evidence.

pub mod actor;
pub mod case;
pub mod event;
pub mod identity;
pub mod ids;
pub mod plan;
pub mod posting;
pub mod refusal;
pub mod report;
pub mod year;

pub use actor::{Actor, Context};
pub use event::{Event, NewEvent, Stream};
pub use refusal::{Reason, Refusal};
