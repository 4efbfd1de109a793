//! Answers to commands by their idempotency key.

use journal::Digest;

use crate::engine::{Engine, Fault, Val, one};
use crate::sql::answer as sql;

/// The answer to a key, with the digest of the request that it answered.
pub fn get(engine: &mut dyn Engine, key: &str) -> Result<Option<(Digest, String)>, Fault> {
    one(engine, &sql::ANSWER_GET, &[key.into()], |row| {
        let request = Digest::from_slice(row.bytes(0)?).ok_or_else(Fault::shape)?;
        Ok((request, row.text(1)?.to_owned()))
    })
}

/// What is kept under a key.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The key.
    pub key: &'a str,
    /// Digest of the request.
    pub request: Digest,
    /// The answer.
    pub answer: &'a str,
    /// The last act in the log then, if any.
    pub act: Option<u64>,
}

/// Keeps an answer; a second one to the same key is refused by the database.
pub fn put(engine: &mut dyn Engine, kept: &Kept<'_>) -> Result<(), Fault> {
    let act = match kept.act {
        Some(seq) => super::journal::place(seq)?,
        None => Val::Null,
    };
    let params = [kept.key.into(), Val::Bytes(kept.request.as_bytes()), kept.answer.into(), act];
    engine.run(&sql::ANSWER_PUT, &params).map(drop)
}
