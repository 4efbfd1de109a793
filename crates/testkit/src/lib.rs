//! What tests need of the world and may not find there: a PostgreSQL server of their own, a second reader of PDFs.

pub mod poppler;
pub mod postgres;
