//! Rows to values and back, one file per slice; no decision and no transaction begins here.

pub mod answer;
pub mod award;
pub mod case;
pub(crate) mod cells;
pub mod counter;
pub mod credential;
pub mod deed;
pub mod digest;
pub mod draft;
pub mod duty;
pub mod journal;
pub mod ledger;
pub mod notice;
pub mod objection;
pub mod org;
pub mod paper;
pub mod person;
pub mod plan;
pub mod report;
pub mod secret;
pub mod session;
pub mod setting;
pub mod task;
pub mod year;
