//! Rows of organisations.

use app::ports::PageOf;
use app::rows::{OrgFilter, OrgRow};
use kernel::id::OrgId;

use super::cells::{after, day, limit, page, pattern, region_opt, text, text_opt};
use crate::engine::{Engine, Fault, Row, list, one};
use crate::sql::org as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &OrgRow) -> Result<(), Fault> {
    let (region, since) = (row.region.map(|code| code.to_string()), row.since.to_string());
    let params = [
        row.org.get().into(),
        row.name.as_str().into(),
        row.kind.as_str().into(),
        region.as_deref().into(),
        row.credit_code.as_deref().into(),
        row.related.as_str().into(),
        since.as_str().into(),
    ];
    engine.run(&sql::ORG_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, org: OrgId) -> Result<Option<OrgRow>, Fault> {
    one(engine, &sql::ORG_GET, &[org.get().into()], read)
}

/// The row with a credit code.
pub fn by_code(engine: &mut dyn Engine, code: &str) -> Result<Option<OrgRow>, Fault> {
    one(engine, &sql::ORG_BY_CODE, &[code.into()], read)
}

/// A page by name.
pub fn page_of(engine: &mut dyn Engine, filter: &OrgFilter) -> Result<PageOf<OrgRow>, Fault> {
    let words = filter.text.as_deref().map(pattern);
    let (kind, words) = (filter.kind.as_deref().into(), words.as_deref().into());
    let params = [kind, words, after(filter.after.as_ref()).into(), limit(filter.limit.saturating_add(1))];
    let rows = list(engine, &sql::ORG_LIST, &params, read)?;
    let total = one(engine, &sql::ORG_COUNT, &[kind, words], |row| row.int(0))?;
    Ok(page(rows, filter.limit, total, |row| row.org.get()))
}

/// Organisations that hold a role through their people, or were registered as this kind.
pub fn of_role(engine: &mut dyn Engine, role: &str) -> Result<Vec<OrgId>, Fault> {
    list(engine, &sql::ORG_OF_ROLE, &[role.into()], |row| row.int(0).map(OrgId))
}

fn read(row: &dyn Row) -> Result<OrgRow, Fault> {
    Ok(OrgRow {
        org: OrgId(row.int(0)?),
        name: text(row, 1)?,
        kind: text(row, 2)?,
        region: region_opt(row, 3)?,
        credit_code: text_opt(row, 4)?,
        related: text(row, 5)?,
        since: day(row, 6)?,
    })
}
