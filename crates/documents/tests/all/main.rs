//! All tests of the crate's edge in one binary.

mod any_bytes;
mod read;
mod real;
mod support;
mod table;
mod template;
