//! The components pages are made of: typed functions that give markup. No component knows the domain; each takes
//! texts that are already in the language of the screen, and `ctx` only for its own few words.
//!
//! | to | use |
//! | --- | --- |
//! | ask for one thing | [`Field`], [`Choice`], [`RegionPicker`], [`FileField`] |
//! | ask for many lines | [`FormTable`] (growing, or with fixed rows), [`months_table`] |
//! | send a form | [`Form`], [`button`], [`actions`] |
//! | say what is wrong | [`Findings`], [`error_summary`] |
//! | lead through a long form | [`TaskList`], [`SummaryList`], [`steps`] |
//! | show lists | [`DataTable`], [`FilterBar`], [`chips`], [`pager`], [`tabs`], [`empty_state`] |
//! | show a case | [`Timeline`], [`Deadline`], [`badge`], [`RulePanel`], [`paper_list`], [`diff`], [`cite`] |
//! | show figures | [`stats`], [`progress`], [`chart`] |

pub mod button;
pub mod chart;
mod choice;
mod deadline;
mod diff;
mod errors;
mod field;
mod file_field;
mod filter;
mod form;
mod form_table;
pub mod icon;
mod lists;
mod months;
mod pager;
mod papers;
mod region;
mod rule_panel;
mod small;
mod stat;
mod summary;
mod table;
mod tabs;
mod tasks;
mod timeline;

#[cfg(test)]
mod gallery;

pub use button::actions;
pub use choice::{Choice, Opt};
pub use deadline::{Deadline, DeadlineState};
pub use diff::{Mark, diff};
pub use errors::{Findings, error_summary, id_of};
pub use field::{Field, MoneyUnit, Size};
pub use file_field::FileField;
pub use filter::{Chip, FilterBar, chips};
pub use form::Form;
pub use form_table::{Cell, Column, FormTable, Input};
pub use lists::{empty_state, panel, panel_with};
pub use months::{Months, months_table};
pub use pager::{Pager, pager};
pub use papers::{Paper, PaperFile, PaperState, paper_list};
pub use region::{RegionLevel, RegionPicker};
pub use rule_panel::{RuleLine, RulePanel};
pub use small::{Badge, Verdict, badge, cite, details, flash, progress, steps, verdict};
pub use stat::{Stat, stats};
pub use summary::SummaryList;
pub use table::{Align, DataTable, Head};
pub use tabs::{Tab, tabs};
pub use tasks::{Task, TaskList, TaskState};
pub use timeline::{Event, Timeline};
