//! What may happen: commands, events, states and refusals.
//!
//! Each slice (`identity`, `year`, `case`, `plan`; `source`, `project`, `allocation`, `claim`, `batch`, `consent` for booked
//! money) has the same files: `event`, `state` and its decisions. A decision is a
//! pure function: state, command and context in; events or a refusal out. The regime is never here: steps, papers, rules and
//! limits come from the policy pack; this crate knows acts, money, time, people and evidence.

pub mod actor;
pub mod allocation;
pub mod batch;
pub mod case;
pub mod claim;
pub mod consent;
pub mod event;
pub mod guard;
pub mod identity;
pub mod ids;
pub mod lot;
pub mod plan;
pub mod posting;
pub mod project;
pub mod refusal;
pub mod report;
pub mod roster;
pub mod source;
pub mod trail;
pub mod year;

pub use actor::{Actor, Context, Hands};
pub use event::{Event, NewEvent, Stream, Streamed};
pub use lot::Lot;
pub use refusal::{Reason, Refusal};
