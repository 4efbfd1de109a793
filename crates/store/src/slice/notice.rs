//! Rows of public notices.

use app::ports::PageOf;
use app::rows::{NoticeFilter, NoticeRow};
use kernel::region::RegionCode;

use super::cells::{about, below, day, limit, money, page, region_opt, text, year};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::notice as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &NoticeRow) -> Result<(), Fault> {
    let (about, place) = (row.about.key(), row.place.map(|place| place.to_string()));
    let (posted, first, last) = (row.posted.to_string(), row.first.to_string(), row.last.to_string());
    let params = [
        about.as_str().into(),
        row.number.as_str().into(),
        row.title.as_str().into(),
        row.pack.as_str().into(),
        i64::from(row.year).into(),
        posted.as_str().into(),
        first.as_str().into(),
        last.as_str().into(),
        row.items.into(),
        row.total.fen().into(),
        place.as_deref().into(),
    ];
    engine.run(&sql::NOTICE_PUT, &params).map(drop)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &NoticeFilter) -> Result<PageOf<NoticeRow>, Fault> {
    let (pack, year) = (filter.pack.as_deref().into(), filter.year.map(i64::from).into());
    let place = filter.place.map(below);
    let place: Val<'_> = place.as_deref().into();
    let (running, ended) =
        (filter.running.map(|day| day.to_string()), filter.ended.map(|day| day.to_string()));
    let (running, ended): (Val<'_>, Val<'_>) = (running.as_deref().into(), ended.as_deref().into());
    let (after, most) = (filter.after.as_deref().into(), limit(filter.limit.saturating_add(1)));
    let params = [pack, year, place, running, ended, after, most];
    let rows = list(engine, &sql::NOTICE_LIST, &params, read)?;
    let total = one(engine, &sql::NOTICE_COUNT, &params[..5], |row| row.int(0))?;
    let mut page = page(rows, filter.limit, total, |_| 0);
    let last = page.rows.last().map(|row| format!("{}/{}", row.about.key(), row.number));
    page.next = page.next.and(last);
    Ok(page)
}

/// The years and places that a pack's notices have: each pair once.
pub fn facets(engine: &mut dyn Engine, pack: &str) -> Result<Vec<(i16, Option<RegionCode>)>, Fault> {
    list(engine, &sql::NOTICE_FACETS, &[pack.into()], |row| Ok((year(row, 0)?, region_opt(row, 1)?)))
}

fn read(row: &dyn Row) -> Result<NoticeRow, Fault> {
    Ok(NoticeRow {
        about: about(row, 0)?,
        number: text(row, 1)?,
        title: text(row, 2)?,
        pack: text(row, 3)?,
        year: year(row, 4)?,
        posted: day(row, 5)?,
        first: day(row, 6)?,
        last: day(row, 7)?,
        items: row.int(8)?,
        total: money(row, 9)?,
        place: region_opt(row, 10)?,
    })
}
