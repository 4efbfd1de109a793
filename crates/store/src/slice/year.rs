//! Rows of a fund's years.

use app::rows::YearRow;

use super::cells::{day, money, text, year};
use crate::engine::{Engine, Fault, list};
use crate::sql::year as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &YearRow) -> Result<(), Fault> {
    let (opens, closes) = (row.opens.to_string(), row.closes.to_string());
    let params = [
        row.pack.as_str().into(),
        i64::from(row.year).into(),
        row.budget.fen().into(),
        opens.as_str().into(),
        closes.as_str().into(),
    ];
    engine.run(&sql::YEAR_PUT, &params).map(drop)
}

/// The years of a pack, newest first.
pub fn all(engine: &mut dyn Engine, pack: &str) -> Result<Vec<YearRow>, Fault> {
    list(engine, &sql::YEAR_LIST, &[pack.into()], |row| {
        Ok(YearRow {
            pack: text(row, 0)?,
            year: year(row, 1)?,
            budget: money(row, 2)?,
            opens: day(row, 3)?,
            closes: day(row, 4)?,
        })
    })
}
