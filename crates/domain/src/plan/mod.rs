//! One plan: the proposals of a year brought together, deliberated, noticed, determined, written out and remitted.
//!
//! Each item keeps its own place in the procedure, so an objection stops one item and the others go on.

mod decide;
mod determine;
mod event;
mod notice;
mod state;

pub use decide::{Deliberate, Inform, Remit, deliberate, draft, drop_item, inform, remit, set_item};
pub use determine::{Deciding, Determine, Verdict, determine};
pub use event::{Event, ItemVerdict, Letter, Minutes, NoticeRow, Posting};
pub use notice::{Answer, EndNotice, Object, Post, answer, end_notice, object, post, rows_for};
pub use state::{Item, Objection, OpenPlanStep, Plan, Posted};
