//! Rows of grants, for counting.

use app::rows::{AwardKey, AwardRow};

use super::cells::yes;
use crate::engine::{Engine, Fault, one};
use crate::sql::award as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &AwardRow) -> Result<(), Fault> {
    let params = [
        row.case.get().into(),
        row.pack.as_str().into(),
        row.company.as_str().into(),
        row.investor.as_str().into(),
        row.county.as_str().into(),
        row.amount.fen().into(),
        yes(row.stands),
    ];
    engine.run(&sql::AWARD_PUT, &params).map(drop)
}

/// How many standing grants of a pack share all given keys.
pub fn count(engine: &mut dyn Engine, key: &AwardKey) -> Result<i64, Fault> {
    let params = [
        key.pack.as_str().into(),
        key.company.as_deref().into(),
        key.investor.as_deref().into(),
        key.county.as_deref().into(),
    ];
    Ok(one(engine, &sql::AWARD_COUNT, &params, |row| row.int(0))?.unwrap_or(0))
}
