//! Rows of people with the roles they hold.

use std::collections::BTreeMap;

use app::rows::{BorrowedRow, PersonRow, RoleRow};
use kernel::id::{OrgId, PersonId};

use super::cells::{day, flag, text, yes};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::person as sql;

/// Writes a row and replaces the roles.
pub fn put(engine: &mut dyn Engine, row: &PersonRow) -> Result<(), Fault> {
    let person = Val::Int(row.person.get());
    engine.run(
        &sql::PERSON_PUT,
        &[person, row.name.as_str().into(), row.login.as_str().into(), yes(row.enabled)],
    )?;
    engine.run(&sql::ROLE_DELETE, &[person])?;
    let roles: Vec<Val<'_>> = (0..)
        .zip(&row.roles)
        .flat_map(|(place, held)| [person, Val::Int(place), held.org.get().into(), held.role.as_str().into()])
        .collect();
    engine.bulk_put(&sql::ROLE_PUT, 4, &roles)?;
    engine.run(&sql::BORROWED_DELETE, &[person])?;
    let days: Vec<_> = row.borrowed.iter().map(|b| (b.from.to_string(), b.until.to_string())).collect();
    let borrowed: Vec<Val<'_>> = (0..)
        .zip(row.borrowed.iter().zip(&days))
        .flat_map(|(place, (b, (from, until)))| {
            let (org, of) = (b.held.org.get().into(), b.of.get().into());
            let role = b.held.role.as_str().into();
            [
                person,
                Val::Int(place),
                org,
                role,
                of,
                from.as_str().into(),
                until.as_str().into(),
                b.why.as_str().into(),
            ]
        })
        .collect();
    engine.bulk_put(&sql::BORROWED_PUT, 8, &borrowed).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, person: PersonId) -> Result<Option<PersonRow>, Fault> {
    let found = one(engine, &sql::PERSON_GET, &[person.get().into()], read)?;
    single(engine, found)
}

/// The row with a sign-in name.
pub fn by_login(engine: &mut dyn Engine, login: &str) -> Result<Option<PersonRow>, Fault> {
    let found = one(engine, &sql::PERSON_BY_LOGIN, &[login.into()], read)?;
    single(engine, found)
}

/// The people of an organisation, or all.
pub fn all(engine: &mut dyn Engine, org: Option<OrgId>) -> Result<Vec<PersonRow>, Fault> {
    let rows = list(engine, &sql::PERSON_LIST, &[org.map(OrgId::get).into()], read)?;
    with_roles(engine, rows)
}

/// How many enabled people hold a role.
pub fn count_role(engine: &mut dyn Engine, role: &str) -> Result<i64, Fault> {
    Ok(one(engine, &sql::ROLE_COUNT, &[role.into()], |row| row.int(0))?.unwrap_or(0))
}

fn single(engine: &mut dyn Engine, found: Option<PersonRow>) -> Result<Option<PersonRow>, Fault> {
    Ok(with_roles(engine, found.into_iter().collect())?.pop())
}

fn with_roles(engine: &mut dyn Engine, mut rows: Vec<PersonRow>) -> Result<Vec<PersonRow>, Fault> {
    if rows.is_empty() {
        return Ok(rows);
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.person.get()).collect();
    let mut roles: BTreeMap<i64, Vec<RoleRow>> = BTreeMap::new();
    engine.by_ids(&sql::ROLE_LIST, &ids, &mut |row| {
        let held = RoleRow { org: OrgId(row.int(1)?), role: text(row, 2)? };
        roles.entry(row.int(0)?).or_default().push(held);
        Ok(())
    })?;
    let mut borrowed: BTreeMap<i64, Vec<BorrowedRow>> = BTreeMap::new();
    engine.by_ids(&sql::BORROWED_LIST, &ids, &mut |row| {
        let held = RoleRow { org: OrgId(row.int(1)?), role: text(row, 2)? };
        let of = PersonId(row.int(3)?);
        let (from, until) = (day(row, 4)?, day(row, 5)?);
        borrowed.entry(row.int(0)?).or_default().push(BorrowedRow {
            held,
            of,
            from,
            until,
            why: text(row, 6)?,
        });
        Ok(())
    })?;
    for row in &mut rows {
        row.borrowed = borrowed.remove(&row.person.get()).unwrap_or_default();
        row.roles = roles.remove(&row.person.get()).unwrap_or_default();
    }
    Ok(rows)
}

fn read(row: &dyn Row) -> Result<PersonRow, Fault> {
    let person = PersonId(row.int(0)?);
    Ok(PersonRow {
        person,
        name: text(row, 1)?,
        login: text(row, 2)?,
        enabled: flag(row, 3)?,
        roles: Vec::new(),
        borrowed: Vec::new(),
    })
}
