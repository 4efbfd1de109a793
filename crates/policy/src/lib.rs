//! Policy packs: text to checked pack, decisions with their reasons, coverage. Pure.

pub mod coverage;
pub mod form;
pub mod lang;
pub mod pack;
pub mod procedure;
pub mod register;
pub mod ruleset;
