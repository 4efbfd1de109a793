//! Architecture and convention tests over the tree: what the house promises about itself, checked by `cargo test -p tidy`.
//!
//! Each module is one check: a function from plain data (edges, files) to findings, with tests on small made-up inputs that show
//! it can fail. `tests/tree.rs` runs every check on the real tree. Nothing here is in a build of the product, and nothing here
//! knows what the product does: the checks read manifests and text.

pub mod edges;
pub mod finding;
pub mod glossary;
pub mod habits;
pub mod headers;
pub mod length;
pub mod links;
pub mod manifests;
pub mod migrations;
pub mod pure;
pub mod records;
pub mod source;
pub mod sql;
pub mod testland;
pub mod tree;
pub mod workplace;

pub use finding::{Finding, demand};
pub use tree::{RustFile, TextFile, Tree};
