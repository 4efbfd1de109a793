//! Rows of the list of what each person did.

use app::rows::DeedRow;
use kernel::id::PersonId;

use super::cells::{limit, text};
use super::journal::place;
use crate::engine::{Engine, Fault, list};
use crate::sql::deed as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &DeedRow) -> Result<(), Fault> {
    let params = [
        place(row.seq)?,
        row.person.get().into(),
        row.at.into(),
        row.subject.as_str().into(),
        row.number.as_str().into(),
        row.title.as_str().into(),
        row.what.as_str().into(),
        row.what_en.as_str().into(),
        row.cite.as_str().into(),
    ];
    engine.run(&sql::DEED_PUT, &params).map(drop)
}

/// What a person did, newest first.
pub fn of_person(engine: &mut dyn Engine, person: PersonId, rows: usize) -> Result<Vec<DeedRow>, Fault> {
    list(engine, &sql::DEED_LIST, &[person.get().into(), limit(rows)], |row| {
        Ok(DeedRow {
            seq: row.count(0)?,
            person: PersonId(row.int(1)?),
            at: row.int(2)?,
            subject: text(row, 3)?,
            number: text(row, 4)?,
            title: text(row, 5)?,
            what: text(row, 6)?,
            what_en: text(row, 7)?,
            cite: text(row, 8)?,
        })
    })
}
