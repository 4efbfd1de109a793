//! The bytes of papers.

use kernel::id::PaperHash;

use crate::engine::{Engine, Fault, Val, one};
use crate::sql::paper as sql;

/// Keeps a paper under the hash that the caller computed; one that is there stays as it is.
pub fn put(engine: &mut dyn Engine, hash: &PaperHash, bytes: &[u8]) -> Result<(), Fault> {
    let size = i64::try_from(bytes.len()).map_err(|_| Fault::shape())?;
    engine.run(&sql::PAPER_PUT, &[Val::Bytes(&hash.0), size.into(), Val::Bytes(bytes)]).map(drop)
}

/// A paper's bytes.
pub fn get(engine: &mut dyn Engine, hash: &PaperHash) -> Result<Option<Vec<u8>>, Fault> {
    one(engine, &sql::PAPER_GET, &[Val::Bytes(&hash.0)], |row| row.bytes(0).map(<[u8]>::to_vec))
}
