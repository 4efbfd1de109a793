//! All SQL of the store, one file per slice. Nothing outside this folder and the engines contains SQL.
//!
//! A statement that is not registered cannot be run: the macro that names it puts it into [`all`], and a test prepares each
//! on each engine.

use crate::engine::Statement;

/// Names statements and lists them for the registry.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub static $name: $crate::engine::Statement =
            $crate::engine::Statement { name: stringify!($name), text: $text };)*

        /// The statements of this slice.
        pub static ALL: &[&$crate::engine::Statement] = &[$(&$name),*];
    };
}

pub mod allocation;
pub mod answer;
pub mod award;
pub mod batch;
pub mod case;
pub mod claim;
pub mod consent;
pub mod counter;
pub mod credential;
pub mod deed;
pub mod draft;
pub mod duty;
pub mod find;
pub mod journal;
pub mod ledger;
pub mod line;
pub mod migration;
pub mod notice;
pub mod objection;
pub mod org;
pub mod paper;
pub mod person;
pub mod plan;
pub mod project;
pub mod report;
pub mod roster;
pub mod said;
pub mod secret;
pub mod session;
pub mod setting;
pub mod source;
pub mod task;
pub mod year;

/// Each statement of the store.
pub fn all() -> impl Iterator<Item = &'static Statement> {
    [
        allocation::ALL,
        answer::ALL,
        award::ALL,
        batch::ALL,
        case::ALL,
        claim::ALL,
        consent::ALL,
        counter::ALL,
        credential::ALL,
        deed::ALL,
        draft::ALL,
        duty::ALL,
        find::ALL,
        journal::ALL,
        ledger::ALL,
        line::ALL,
        migration::ALL,
        notice::ALL,
        objection::ALL,
        org::ALL,
        paper::ALL,
        person::ALL,
        plan::ALL,
        project::ALL,
        report::ALL,
        roster::ALL,
        said::ALL,
        secret::ALL,
        session::ALL,
        setting::ALL,
        source::ALL,
        task::ALL,
        year::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}
