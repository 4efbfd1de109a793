//! The language and the decisions, through the public interface.

mod boundaries;
mod tj;
mod sentences;
