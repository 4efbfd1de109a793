//! The language and the decisions, through the public interface.

mod boundaries;
mod faults;
mod fuzz;
mod fuzz_tree;
mod good;
mod language;
mod sentences;
mod tj;
