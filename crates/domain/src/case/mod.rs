//! One case: a pre-declaration or an application, from its first filing to its last duty.

mod act;
mod amount;
mod bar;
mod declare;
mod duty;
mod event;
mod facts;
mod firm;
mod fold;
mod habit;
mod hands;
mod notice;
mod passing;
mod payment;
mod progress;
mod state;
mod together;

pub(crate) use act::check_day;
pub use act::{Around, Step, may_withdraw, step, withdraw};
pub use amount::{Inspect, Propose, inspect, propose};
pub use bar::{Bar, bar_of};
pub use declare::{Declare, Surroundings, declare, files, papers_wanted, plan_year, said_already};
pub(crate) use duty::dated;
pub use event::*;
pub use facts::{
    Counts, Judged, as_of, check_form, decide_grant, declared_lines, facts_of, filed_text, judge,
    known_facts, listed_amount, says_yes, values, verified_form, weigh,
};
pub use firm::{Assign, assign, independent};
pub use habit::{Aside, aside, begin, begun, stops};
pub use hands::{allowed as allowed_for, applicant_role};
pub(crate) use hands::{another_person, stands_apart, stands_aside};
pub use notice::{Answer, Object, Post, answer, end, known_content, known_text, notice_of, object, post};
pub use payment::{Pay, pay};
pub use progress::{OpenStep, event_date, open_steps, performs, satisfied};
pub use state::*;
pub use together::{
    Among, MOST, Papers, RefusedCase, paper_of, stopped, tally, together, weigh_together, within,
};
