//! One case: a pre-declaration or an application, from its first filing to its last duty.

mod act;
mod amount;
mod declare;
mod event;
mod facts;
mod fold;
mod habit;
mod notice;
mod payment;
mod progress;
mod state;

pub use act::allowed as allowed_for;
pub use act::{Around, Assign, Step, assign, independent, step, withdraw};
pub(crate) use act::{another_person, check_day, stands_apart};
pub use amount::{Inspect, Propose, inspect, propose};
pub use declare::{Declare, Surroundings, declare, files, papers_wanted, plan_year};
pub use event::*;
pub use facts::{
    Counts, Judged, as_of, check_form, decide_grant, declared_lines, facts_of, filed_text, judge,
    known_facts, listed_amount, values, verified_form,
};
pub use habit::{Aside, aside, begin, stops};
pub use notice::{Answer, Object, Post, answer, end, known_content, notice_of, object, post};
pub use payment::{Pay, pay};
pub use progress::{OpenStep, event_date, open_steps, performs, satisfied};
pub use state::*;
