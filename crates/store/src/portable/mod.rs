//! A book as one portable stream: out of any database, into an empty one of any engine.
//!
//! The stream is lines of JSON. A line that says `"bytes": n` is followed by n raw bytes and a line end. It begins with the book's
//! name, hash function, size and root, and the digests of its migrations; then the acts, exactly as they were stored and
//! hashed; then what is kept beside the journal (counters, answers to commands, credentials, drafts, sealed values, settings,
//! papers; no sessions). The last line is the SM3 of everything before it. Read models and the ledger are not in it: the
//! importing program replays the acts. Neither side holds more than one record in memory.

use std::io;

use journal::digest::Digest;

use crate::engine::Fault;
use crate::verify::Report;

mod export;
mod import;
mod tables;

pub use export::export;
pub use import::import;

/// The form of the stream that this program writes and reads.
const FORMAT: i64 = 1;

/// What was written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The book's name.
    pub book: String,
    /// Acts.
    pub acts: u64,
    /// The root over them.
    pub root: Digest,
    /// Records beside the acts.
    pub records: u64,
}

/// Why a book was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum PortableError {
    /// There is a book already.
    #[error("the database already holds a book; import into an empty one")]
    NotEmpty,
    /// There is no book.
    #[error("the database holds no book")]
    NoBook,
    /// The stream is not one that this program can read.
    #[error("record {record}: {what}")]
    Stream {
        /// Its place in the stream, from 1.
        record: u64,
        /// What is wrong.
        what: String,
    },
    /// The stream's acts give another head than the stream says, or the log to be exported is not its head's.
    #[error("the acts give another head than the book has")]
    Head,
    /// The acts could not be replayed.
    #[error("the acts cannot be replayed: {0}")]
    Replay(String),
    /// What was read is not a whole book.
    #[error("the book does not verify: {} findings", .0.findings.len())]
    NotWhole(Box<Report>),
    /// The database failed.
    #[error("the database failed")]
    Fault(#[from] Fault),
    /// The stream could not be written or read.
    #[error("the file failed")]
    File(#[from] io::Error),
}
