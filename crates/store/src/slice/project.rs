//! Rows of projects.

use app::ports::PageOf;
use app::rows::{ProjectFilter, ProjectRow};
use kernel::id::{CaseId, OrgId, ProjectId};

use super::cells::{Bounds, Paged, day, empty, money, paged, pattern, region, text, year};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::project as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &ProjectRow) -> Result<(), Fault> {
    let (place, changed_on) = (row.place.to_string(), row.changed_on.to_string());
    let params = [
        row.project.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.fund.as_str().into(),
        row.side.as_str().into(),
        row.spending.as_str().into(),
        row.name.as_str().into(),
        place.as_str().into(),
        row.village.as_str().into(),
        row.unit.get().into(),
        row.unit_name.as_str().into(),
        i64::from(row.year).into(),
        row.standing.as_str().into(),
        row.planned.fen().into(),
        row.allotted.fen().into(),
        row.held.fen().into(),
        row.clearing.fen().into(),
        row.spent.fen().into(),
        changed_on.as_str().into(),
        row.case.map(CaseId::get).into(),
    ];
    engine.run(&sql::PROJECT_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, project: ProjectId) -> Result<Option<ProjectRow>, Fault> {
    one(engine, &sql::PROJECT_GET, &[project.get().into()], read)
}

/// The project that comes from a case.
pub fn of_case(engine: &mut dyn Engine, case: CaseId) -> Result<Option<ProjectId>, Fault> {
    one(engine, &sql::PROJECT_OF_CASE, &[case.get().into()], |row| row.int(0).map(ProjectId))
}

/// The projects that come from some cases.
pub fn of_cases(engine: &mut dyn Engine, cases: &[CaseId]) -> Result<Vec<ProjectRow>, Fault> {
    let ids: Vec<i64> = cases.iter().map(|case| case.get()).collect();
    let mut rows = Vec::new();
    engine.by_ids(&sql::PROJECT_OF_CASES, &ids, &mut |row| {
        rows.push(read(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// The projects of one use of a pack.
pub fn of_spending(engine: &mut dyn Engine, pack: &str, spending: &str) -> Result<Vec<ProjectId>, Fault> {
    list(engine, &sql::PROJECT_OF_SPENDING, &[pack.into(), spending.into()], |row| row.int(0).map(ProjectId))
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &ProjectFilter) -> Result<PageOf<ProjectRow>, Fault> {
    let Some(bounds) = Bounds::of(&filter.scope).filter(|bounds| bounds.firm.is_none()) else {
        return Ok(empty());
    };
    let words = filter.text.as_deref().map(pattern);
    let [from, to, unit, _] = bounds.params();
    let params: Vec<Val<'_>> = vec![
        from,
        to,
        unit,
        filter.pack.as_str().into(),
        filter.fund.as_deref().into(),
        filter.side.as_deref().into(),
        filter.spending.as_deref().into(),
        filter.year.map(i64::from).into(),
        filter.standing.as_deref().into(),
        words.as_deref().into(),
    ];
    let of = Paged { count: &sql::PROJECT_COUNT, list: &sql::PROJECT_LIST };
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.project.get())
}

fn read(row: &dyn Row) -> Result<ProjectRow, Fault> {
    Ok(ProjectRow {
        project: ProjectId(row.int(0)?),
        number: text(row, 1)?,
        pack: text(row, 2)?,
        fund: text(row, 3)?,
        side: text(row, 4)?,
        spending: text(row, 5)?,
        name: text(row, 6)?,
        place: region(row, 7)?,
        village: text(row, 8)?,
        unit: OrgId(row.int(9)?),
        unit_name: text(row, 10)?,
        year: year(row, 11)?,
        standing: text(row, 12)?,
        planned: money(row, 13)?,
        allotted: money(row, 14)?,
        held: money(row, 15)?,
        clearing: money(row, 16)?,
        spent: money(row, 17)?,
        changed_on: day(row, 18)?,
        case: row.int_opt(19)?.map(CaseId),
    })
}
