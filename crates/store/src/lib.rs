//! The store: a book's journal, ledger and read models in a database, behind the ports of `app`.
//!
//! Everything goes through one small [`engine::Engine`]; SQL lives in [`sql`] only, one file a slice; [`slice`] turns rows into
//! values. [`book::Book`] is the write side (one per book, inside the single writer), [`reads::Reads`] the read side, which
//! never waits for the writer, [`house::House`] what is kept but is no act. Decisions are made elsewhere: what the store
//! refuses is a bug above it or damage below it.

pub mod backup;
pub mod book;
pub mod engine;
mod fault;
pub mod gate;
pub mod house;
pub mod migrate;
pub mod open;
pub mod pool;
pub mod portable;
pub mod reads;
pub mod slice;
pub mod sql;
pub mod verify;

pub use backup::{BackupError, Existing, backup, restore};
pub use book::{AppendFault, Book, PostFault};
pub use engine::postgres::Postgres;
pub use engine::sqlite::Sqlite;
pub use engine::{AnyEngine, Engine, Fault, FaultKind, Row, Statement, Val};
pub use house::House;
pub use open::{Chosen, Database, Embedded, Opened, Opening, embedded, open};
pub use reads::Reads;
