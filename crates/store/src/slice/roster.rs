//! Rows of lists of people, and the people themselves.

use std::collections::BTreeSet;

use app::rows::{Member, MemberStatus, Members, RosterKey, RosterRow};
use kernel::id::PersonId;

use super::cells::{day, text};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::roster as sql;

/// Writes what was loaded.
pub fn put(engine: &mut dyn Engine, row: &RosterRow) -> Result<(), Fault> {
    let (list, place, on) = (row.key.stream().key(), row.key.place.to_string(), row.on.to_string());
    let params = [
        list.as_str().into(),
        row.key.pack.as_str().into(),
        row.key.roster.as_str().into(),
        place.as_str().into(),
        row.file.as_str().into(),
        row.rows.into(),
        row.removed.into(),
        row.came.into(),
        row.left.into(),
        row.changed.into(),
        on.as_str().into(),
        row.person.map(PersonId::get).into(),
        row.times.into(),
    ];
    engine.run(&sql::ROSTER_PUT, &params).map(drop)
}

/// The lists of a pack, by list and region.
pub fn all(engine: &mut dyn Engine, pack: &str) -> Result<Vec<RosterRow>, Fault> {
    list(engine, &sql::ROSTER_LIST, &[pack.into()], |row| {
        let place = text(row, 3)?.parse().map_err(|_| Fault::shape())?;
        Ok(RosterRow {
            key: RosterKey { pack: text(row, 1)?, roster: text(row, 2)?, place },
            file: text(row, 4)?,
            rows: row.int(5)?,
            removed: row.int(6)?,
            came: row.int(7)?,
            left: row.int(8)?,
            changed: row.int(9)?,
            on: day(row, 10)?,
            person: row.int_opt(11)?.map(PersonId),
            times: row.int(12)?,
        })
    })
}

/// Everybody on a list.
pub fn members(engine: &mut dyn Engine, key: &RosterKey) -> Result<Members, Fault> {
    let name = key.stream().key();
    Ok(list(engine, &sql::MEMBER_LIST, &[name.as_str().into()], member)?.into_iter().collect())
}

/// Of these people those who are on a list; `None` when nobody is, because it is not loaded.
pub fn named(
    engine: &mut dyn Engine,
    key: &RosterKey,
    numbers: &BTreeSet<String>,
) -> Result<Option<Members>, Fault> {
    let name = key.stream().key();
    if one(engine, &sql::MEMBER_ANY, &[name.as_str().into()], |row| text(row, 0))?.is_none() {
        return Ok(None);
    }
    let mut found = Members::new();
    for number in numbers {
        found.extend(one(engine, &sql::MEMBER_GET, &[name.as_str().into(), number.as_str().into()], member)?);
    }
    Ok(Some(found))
}

/// Replaces who is on a list.
pub fn replace(engine: &mut dyn Engine, key: &RosterKey, members: &Members) -> Result<(), Fault> {
    let name = key.stream().key();
    engine.run(&sql::MEMBER_DELETE, &[name.as_str().into()])?;
    let values: Vec<Val<'_>> = members
        .iter()
        .flat_map(|(number, member)| {
            [
                name.as_str().into(),
                number.as_str().into(),
                member.number_shown.as_str().into(),
                member.head.as_str().into(),
                member.head_shown.as_str().into(),
                member.village.as_str().into(),
                member.group.as_str().into(),
                member.persons.into(),
                i64::from(member.since).into(),
                member.status.word().into(),
            ]
        })
        .collect();
    engine.bulk_put(&sql::MEMBER_PUT, 10, &values).map(drop)
}

fn member(row: &dyn Row) -> Result<(String, Member), Fault> {
    let member = Member {
        number_shown: text(row, 2)?,
        head: text(row, 3)?,
        head_shown: text(row, 4)?,
        village: text(row, 5)?,
        group: text(row, 6)?,
        persons: row.int(7)?,
        since: i16::try_from(row.int(8)?).map_err(|_| Fault::shape())?,
        status: MemberStatus::of(row.text(9)?).ok_or_else(Fault::shape)?,
    };
    Ok((text(row, 1)?, member))
}
