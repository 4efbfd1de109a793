//! What tests need of the world and may not find there: a PostgreSQL server of their own.

pub mod postgres;
