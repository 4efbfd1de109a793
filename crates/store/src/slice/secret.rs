//! Sealed values.

use crate::engine::{Engine, Fault, Val, one};
use crate::sql::secret as sql;

/// Keeps a sealed value.
pub fn put(engine: &mut dyn Engine, commitment: &str, sealed: &[u8]) -> Result<(), Fault> {
    engine.run(&sql::SECRET_PUT, &[commitment.into(), Val::Bytes(sealed)]).map(drop)
}

/// The sealed value of a commitment.
pub fn get(engine: &mut dyn Engine, commitment: &str) -> Result<Option<Vec<u8>>, Fault> {
    one(engine, &sql::SECRET_GET, &[commitment.into()], |row| row.bytes(0).map(<[u8]>::to_vec))
}
