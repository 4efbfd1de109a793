//! Rows of public notices.

use app::ports::PageOf;
use app::rows::{NoticeFilter, NoticeRow};
use kernel::id::PlanId;

use super::cells::{after, day, limit, money, page, text, year};
use crate::engine::{Engine, Fault, Row, list, one};
use crate::sql::notice as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &NoticeRow) -> Result<(), Fault> {
    let (posted, first, last) = (row.posted.to_string(), row.first.to_string(), row.last.to_string());
    let params = [
        row.plan.get().into(),
        row.number.as_str().into(),
        row.title.as_str().into(),
        row.pack.as_str().into(),
        i64::from(row.year).into(),
        posted.as_str().into(),
        first.as_str().into(),
        last.as_str().into(),
        row.items.into(),
        row.total.fen().into(),
    ];
    engine.run(&sql::NOTICE_PUT, &params).map(drop)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &NoticeFilter) -> Result<PageOf<NoticeRow>, Fault> {
    let (pack, year) = (filter.pack.as_deref().into(), filter.year.map(i64::from).into());
    let params = [pack, year, after(filter.after.as_ref()).into(), limit(filter.limit.saturating_add(1))];
    let rows = list(engine, &sql::NOTICE_LIST, &params, read)?;
    let total = one(engine, &sql::NOTICE_COUNT, &[pack, year], |row| row.int(0))?;
    Ok(page(rows, filter.limit, total, |row| row.plan.get()))
}

fn read(row: &dyn Row) -> Result<NoticeRow, Fault> {
    Ok(NoticeRow {
        plan: PlanId(row.int(0)?),
        number: text(row, 1)?,
        title: text(row, 2)?,
        pack: text(row, 3)?,
        year: year(row, 4)?,
        posted: day(row, 5)?,
        first: day(row, 6)?,
        last: day(row, 7)?,
        items: row.int(8)?,
        total: money(row, 9)?,
    })
}
