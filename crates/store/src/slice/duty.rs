//! Rows of duties.

use app::rows::{DutyRow, Scope};
use kernel::id::{CaseId, OrgId};

use super::cells::{Bounds, day, flag, limit, region, text, yes};
use crate::engine::{Engine, Fault, Row, Val, list};
use crate::sql::duty as sql;

/// Replaces the duties of a case.
pub fn replace(engine: &mut dyn Engine, case: CaseId, rows: &[DutyRow]) -> Result<(), Fault> {
    engine.run(&sql::DUTY_DELETE, &[case.get().into()])?;
    (0..).zip(rows).try_for_each(|(place, row)| put(engine, case, place, row))
}

fn put(engine: &mut dyn Engine, case: CaseId, place: i64, row: &DutyRow) -> Result<(), Fault> {
    let (from, due, desk) = (row.from.to_string(), row.due.to_string(), row.desk.to_string());
    let params = [
        case.get().into(),
        Val::Int(place),
        row.duty.as_str().into(),
        row.name.as_str().into(),
        row.name_en.as_str().into(),
        row.cite.as_str().into(),
        row.on_role.as_str().into(),
        row.number.as_str().into(),
        row.title.as_str().into(),
        row.applicant.get().into(),
        desk.as_str().into(),
        from.as_str().into(),
        due.as_str().into(),
        row.checks.as_str().into(),
        yes(row.provisional),
    ];
    engine.run(&sql::DUTY_PUT, &params).map(drop)
}

/// The duties of a scope, the nearest first.
pub fn of_scope(engine: &mut dyn Engine, scope: &Scope, rows: usize) -> Result<Vec<DutyRow>, Fault> {
    let Some(bounds) = Bounds::of(scope) else { return Ok(Vec::new()) };
    let [from, to, applicant, firm] = bounds.params();
    list(engine, &sql::DUTY_LIST, &[from, to, applicant, firm, limit(rows)], read)
}

fn read(row: &dyn Row) -> Result<DutyRow, Fault> {
    Ok(DutyRow {
        case: CaseId(row.int(0)?),
        duty: text(row, 2)?,
        name: text(row, 3)?,
        name_en: text(row, 4)?,
        cite: text(row, 5)?,
        on_role: text(row, 6)?,
        number: text(row, 7)?,
        title: text(row, 8)?,
        applicant: OrgId(row.int(9)?),
        desk: region(row, 10)?,
        from: day(row, 11)?,
        due: day(row, 12)?,
        checks: text(row, 13)?,
        provisional: flag(row, 14)?,
    })
}
