//! Rows of places' consents.

use app::rows::ConsentRow;

use super::cells::{day, day_opt, text};
use crate::engine::{Engine, Fault, list};
use crate::sql::consent as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &ConsentRow) -> Result<(), Fault> {
    let (on, revoked) = (row.on.to_string(), row.revoked.map(|day| day.to_string()));
    let params = [
        row.pack.as_str().into(),
        row.place.as_str().into(),
        row.demand.as_str().into(),
        row.name.as_str().into(),
        row.document.as_str().into(),
        on.as_str().into(),
        revoked.as_deref().into(),
    ];
    engine.run(&sql::CONSENT_PUT, &params).map(drop)
}

/// The consents of a pack, by place.
pub fn all(engine: &mut dyn Engine, pack: &str) -> Result<Vec<ConsentRow>, Fault> {
    list(engine, &sql::CONSENT_LIST, &[pack.into()], |row| {
        Ok(ConsentRow {
            pack: text(row, 0)?,
            place: text(row, 1)?,
            demand: text(row, 2)?,
            name: text(row, 3)?,
            document: text(row, 4)?,
            on: day(row, 5)?,
            revoked: day_opt(row, 6)?,
        })
    })
}
