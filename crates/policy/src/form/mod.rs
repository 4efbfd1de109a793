//! Filling and checking forms: what was typed becomes typed values, totals, facts, lines counted one by one, and findings.
//!
//! A check never panics, never changes what was typed and reports everything at once, each finding with its place. What is
//! empty or cannot be read is not known; it is never taken for zero or no. How a form looks is the page's business, what
//! its facts lead to is the ruleset's.

mod cell;
mod check;
mod contact;
mod data;
mod diff;
mod facts;
mod months;
mod paste;
mod read;
mod result;
mod solve;
mod tally;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use cell::value as cell_value;
pub use data::{FormData, ROWS_CAP, SEALED};
pub use diff::{Change, How, diff};
pub use facts::PaperNeed;
pub use paste::Pasted;
pub use result::{Finding, FindingKind, FormCheck, FormContext, PartState, TallyLine, TallyResult};
pub(crate) use solve::{Solver, Values};
