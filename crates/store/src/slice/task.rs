//! Rows of tasks.

use app::rows::{TaskHeap, TaskRow, TaskScope};
use kernel::id::OrgId;

use super::cells::{Bounds, day, day_opt, flag, limit, region_opt, text, yes};
use crate::engine::{Engine, Fault, Row, Val, list};
use crate::sql::task as sql;

/// Replaces the tasks of a subject.
pub fn replace(engine: &mut dyn Engine, subject: &str, rows: &[TaskRow]) -> Result<(), Fault> {
    engine.run(&sql::TASK_DELETE, &[subject.into()])?;
    (0..).zip(rows).try_for_each(|(place, row)| put(engine, subject, place, row))
}

fn put(engine: &mut dyn Engine, subject: &str, place: i64, row: &TaskRow) -> Result<(), Fault> {
    let (since, due) = (row.since.to_string(), row.due.map(|day| day.to_string()));
    let desk = row.desk.map(|code| code.to_string());
    let params = [
        subject.into(),
        Val::Int(place),
        row.step.as_str().into(),
        row.name.as_str().into(),
        row.name_en.as_str().into(),
        row.cite.as_str().into(),
        row.role.as_str().into(),
        row.title.as_str().into(),
        row.number.as_str().into(),
        row.applicant.map(OrgId::get).into(),
        desk.as_deref().into(),
        row.firm.map(OrgId::get).into(),
        since.as_str().into(),
        due.as_deref().into(),
        row.revision.as_str().into(),
        yes(row.provisional),
        yes(row.warn_only),
        yes(row.returned),
    ];
    engine.run(&sql::TASK_PUT, &params).map(drop)
}

/// The tasks of a role in a scope, the most urgent first.
pub fn of_scope(engine: &mut dyn Engine, who: &TaskScope, rows: usize) -> Result<Vec<TaskRow>, Fault> {
    let Some(bounds) = Bounds::of(&who.scope) else { return Ok(Vec::new()) };
    let [from, to, applicant, firm] = bounds.params();
    let params = [who.role.as_str().into(), from, to, applicant, firm, limit(rows)];
    list(engine, &sql::TASK_LIST, &params, read)
}

/// How many wait for each role at each desk.
pub fn heaps(engine: &mut dyn Engine) -> Result<Vec<TaskHeap>, Fault> {
    list(engine, &sql::TASK_HEAPS, &[], |row| {
        Ok(TaskHeap {
            role: text(row, 0)?,
            applicant: row.int_opt(1)?.map(OrgId),
            desk: region_opt(row, 2)?,
            firm: row.int_opt(3)?.map(OrgId),
            count: row.int(4)?,
            due: day_opt(row, 5)?,
        })
    })
}

fn read(row: &dyn Row) -> Result<TaskRow, Fault> {
    Ok(TaskRow {
        subject: text(row, 0)?,
        step: text(row, 2)?,
        name: text(row, 3)?,
        name_en: text(row, 4)?,
        cite: text(row, 5)?,
        role: text(row, 6)?,
        title: text(row, 7)?,
        number: text(row, 8)?,
        applicant: row.int_opt(9)?.map(OrgId),
        desk: region_opt(row, 10)?,
        firm: row.int_opt(11)?.map(OrgId),
        since: day(row, 12)?,
        due: day_opt(row, 13)?,
        revision: text(row, 14)?,
        provisional: flag(row, 15)?,
        warn_only: flag(row, 16)?,
        returned: flag(row, 17)?,
    })
}
