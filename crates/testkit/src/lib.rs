//! What tests need of the world and may not find there: a PostgreSQL server of their own, hledger, a second reader of PDFs.

pub mod hledger;
pub mod poppler;
pub mod postgres;

/// Whether a developer asked for this to be left out.
fn left_out(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| value == "1")
}
