//! Rows of plans.

use app::rows::PlanRow;
use kernel::id::PlanId;

use super::cells::{day, money, text, year};
use crate::engine::{Engine, Fault, Row, list, one};
use crate::sql::plan as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &PlanRow) -> Result<(), Fault> {
    let changed_on = row.changed_on.to_string();
    let params = [
        row.plan.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.procedure.as_str().into(),
        i64::from(row.year).into(),
        row.items.into(),
        row.total.fen().into(),
        row.stage.as_str().into(),
        row.stage_en.as_str().into(),
        changed_on.as_str().into(),
    ];
    engine.run(&sql::PLAN_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, plan: PlanId) -> Result<Option<PlanRow>, Fault> {
    one(engine, &sql::PLAN_GET, &[plan.get().into()], read)
}

/// The plans of a pack, of one year or all, newest first.
pub fn all(engine: &mut dyn Engine, pack: &str, year: Option<i16>) -> Result<Vec<PlanRow>, Fault> {
    list(engine, &sql::PLAN_LIST, &[pack.into(), year.map(i64::from).into()], read)
}

fn read(row: &dyn Row) -> Result<PlanRow, Fault> {
    Ok(PlanRow {
        plan: PlanId(row.int(0)?),
        number: text(row, 1)?,
        pack: text(row, 2)?,
        procedure: text(row, 3)?,
        year: year(row, 4)?,
        items: row.int(5)?,
        total: money(row, 6)?,
        stage: text(row, 7)?,
        stage_en: text(row, 8)?,
        changed_on: day(row, 9)?,
    })
}
