//! Rows of allocations.

use app::ports::PageOf;
use app::rows::{AllocationFilter, AllocationRow};
use kernel::id::AllocationId;

use super::cells::{Paged, day, day_opt, money, paged, text, year};
use crate::engine::{Engine, Fault, Row, Val, one};
use crate::sql::allocation as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &AllocationRow) -> Result<(), Fault> {
    let (due, changed_on) = (row.due.map(|day| day.to_string()), row.changed_on.to_string());
    let params = [
        row.allocation.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.procedure.as_str().into(),
        row.fund.as_str().into(),
        row.side.as_str().into(),
        i64::from(row.year).into(),
        row.lines.into(),
        row.total.fen().into(),
        row.standing.as_str().into(),
        row.stage.as_str().into(),
        row.stage_en.as_str().into(),
        due.as_deref().into(),
        row.document.as_str().into(),
        changed_on.as_str().into(),
    ];
    engine.run(&sql::ALLOCATION_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, allocation: AllocationId) -> Result<Option<AllocationRow>, Fault> {
    one(engine, &sql::ALLOCATION_GET, &[allocation.get().into()], read)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &AllocationFilter) -> Result<PageOf<AllocationRow>, Fault> {
    let params: Vec<Val<'_>> = vec![
        filter.pack.as_str().into(),
        filter.fund.as_deref().into(),
        filter.year.map(i64::from).into(),
        filter.standing.as_deref().into(),
    ];
    let of = Paged { count: &sql::ALLOCATION_COUNT, list: &sql::ALLOCATION_LIST };
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.allocation.get())
}

fn read(row: &dyn Row) -> Result<AllocationRow, Fault> {
    Ok(AllocationRow {
        allocation: AllocationId(row.int(0)?),
        number: text(row, 1)?,
        pack: text(row, 2)?,
        procedure: text(row, 3)?,
        fund: text(row, 4)?,
        side: text(row, 5)?,
        year: year(row, 6)?,
        lines: row.int(7)?,
        total: money(row, 8)?,
        standing: text(row, 9)?,
        stage: text(row, 10)?,
        stage_en: text(row, 11)?,
        due: day_opt(row, 12)?,
        document: text(row, 13)?,
        changed_on: day(row, 14)?,
    })
}
