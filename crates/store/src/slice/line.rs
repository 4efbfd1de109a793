//! Rows of the lines of registers.

use app::rows::{LineFilter, LineRow};
use kernel::id::{CaseId, OrgId};

use super::cells::{Bounds, region, region_opt, text, year};
use crate::engine::{Engine, Fault, FaultKind, Row, list};
use crate::sql::line as sql;

/// Replaces the lines of a case.
pub fn replace(engine: &mut dyn Engine, case: CaseId, rows: &[LineRow]) -> Result<(), Fault> {
    engine.run(&sql::LINE_DELETE, &[case.get().into()])?;
    rows.iter().try_for_each(|row| put(engine, case, row))
}

fn put(engine: &mut dyn Engine, case: CaseId, row: &LineRow) -> Result<(), Fault> {
    let (desk, place) = (row.desk.to_string(), row.place.map(|code| code.to_string()));
    let cells = serde_json::to_string(&row.cells)
        .map_err(|error| Fault::with(FaultKind::Other, sql::LINE_PUT.name, error))?;
    let params = [
        case.get().into(),
        row.register.as_str().into(),
        row.at.into(),
        row.pack.as_str().into(),
        i64::from(row.year).into(),
        row.unit.get().into(),
        row.unit_name.as_str().into(),
        desk.as_str().into(),
        row.firm.map(OrgId::get).into(),
        place.as_deref().into(),
        row.village.as_str().into(),
        row.number.as_str().into(),
        row.title.as_str().into(),
        row.parent.map(CaseId::get).into(),
        cells.as_str().into(),
    ];
    engine.run(&sql::LINE_PUT, &params).map(drop)
}

/// The lines of a register, the newest year and case first.
pub fn of_register(engine: &mut dyn Engine, filter: &LineFilter) -> Result<Vec<LineRow>, Fault> {
    let Some(bounds) = Bounds::of(&filter.scope) else { return Ok(Vec::new()) };
    let [from, to, unit, firm] = bounds.params();
    let params = [
        from,
        to,
        unit,
        firm,
        filter.pack.as_str().into(),
        filter.register.as_str().into(),
        filter.year.map(i64::from).into(),
        filter.until_year.map(i64::from).into(),
    ];
    list(engine, &sql::LINE_LIST, &params, read)
}

/// The lines of a register whose cases build on some others.
pub fn of_parents(
    engine: &mut dyn Engine,
    register: &str,
    parents: &[CaseId],
) -> Result<Vec<LineRow>, Fault> {
    let ids: Vec<i64> = parents.iter().map(|case| case.get()).collect();
    let mut rows = Vec::new();
    engine.by_ids(&sql::LINE_OF_PARENTS, &ids, &mut |row| {
        if row.text(1)? == register {
            rows.push(read(row)?);
        }
        Ok(())
    })?;
    Ok(rows)
}

fn read(row: &dyn Row) -> Result<LineRow, Fault> {
    Ok(LineRow {
        case: CaseId(row.int(0)?),
        register: text(row, 1)?,
        at: row.int(2)?,
        pack: text(row, 3)?,
        year: year(row, 4)?,
        unit: OrgId(row.int(5)?),
        unit_name: text(row, 6)?,
        desk: region(row, 7)?,
        firm: row.int_opt(8)?.map(OrgId),
        place: region_opt(row, 9)?,
        village: text(row, 10)?,
        number: text(row, 11)?,
        title: text(row, 12)?,
        parent: row.int_opt(13)?.map(CaseId),
        cells: serde_json::from_str(row.text(14)?).map_err(|_| Fault::shape())?,
    })
}
