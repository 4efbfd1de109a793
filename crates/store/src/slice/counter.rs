//! Counters that hand out ids, from 1.

use crate::engine::{Engine, Fault, one};
use crate::sql::counter as sql;

/// The last number that a counter gave; 0 when it gave none.
pub fn last(engine: &mut dyn Engine, name: &str) -> Result<i64, Fault> {
    Ok(one(engine, &sql::COUNTER_GET, &[name.into()], |row| row.int(0))?.unwrap_or(0))
}

/// Writes the last number that a counter gave.
pub fn set(engine: &mut dyn Engine, name: &str, last: i64) -> Result<(), Fault> {
    engine.run(&sql::COUNTER_SET, &[name.into(), last.into()]).map(drop)
}
