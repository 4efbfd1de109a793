//! Counters that hand out ids, from 1.

use crate::engine::{Engine, Fault, FaultKind, one};
use crate::sql::counter as sql;

/// The next number of a counter.
pub fn next(engine: &mut dyn Engine, name: &str) -> Result<i64, Fault> {
    one(engine, &sql::COUNTER_NEXT, &[name.into()], |row| row.int(0))?
        .ok_or_else(|| Fault::new(FaultKind::Other, sql::COUNTER_NEXT.name))
}

/// The last number that a counter gave; 0 when it gave none.
pub fn last(engine: &mut dyn Engine, name: &str) -> Result<i64, Fault> {
    Ok(one(engine, &sql::COUNTER_GET, &[name.into()], |row| row.int(0))?.unwrap_or(0))
}
