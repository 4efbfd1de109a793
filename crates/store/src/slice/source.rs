//! Rows of sources with their sides' parts.

use std::collections::BTreeMap;

use app::ports::PageOf;
use app::rows::{FundSumRow, SourceFilter, SourcePart, SourceRow};
use kernel::id::SourceId;

use super::cells::{Paged, day, money, paged, pattern, text, year};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::source as sql;

/// Writes a row and its parts.
pub fn put(engine: &mut dyn Engine, row: &SourceRow) -> Result<(), Fault> {
    let (on, changed_on) = (row.on.to_string(), row.changed_on.to_string());
    let params = [
        row.source.get().into(),
        row.pack.as_str().into(),
        row.fund.as_str().into(),
        row.kind.as_str().into(),
        row.level.as_str().into(),
        row.document.as_str().into(),
        row.purpose.as_str().into(),
        row.code.as_str().into(),
        i64::from(row.year).into(),
        on.as_str().into(),
        row.budget.fen().into(),
        row.cut.fen().into(),
        row.received.fen().into(),
        row.note.as_str().into(),
        changed_on.as_str().into(),
    ];
    engine.run(&sql::SOURCE_PUT, &params)?;
    engine.run(&sql::SOURCE_PART_DELETE, &[row.source.get().into()])?;
    for (place, part) in (0_i64..).zip(&row.parts) {
        let params = [
            row.source.get().into(),
            place.into(),
            part.side.as_str().into(),
            part.budget.fen().into(),
            part.received.fen().into(),
        ];
        engine.run(&sql::SOURCE_PART_PUT, &params)?;
    }
    Ok(())
}

/// One row.
pub fn get(engine: &mut dyn Engine, source: SourceId) -> Result<Option<SourceRow>, Fault> {
    let found = one(engine, &sql::SOURCE_GET, &[source.get().into()], read)?;
    let mut rows: Vec<SourceRow> = found.into_iter().collect();
    with_parts(engine, &mut rows)?;
    Ok(rows.pop())
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &SourceFilter) -> Result<PageOf<SourceRow>, Fault> {
    let words = filter.text.as_deref().map(pattern);
    let params: Vec<Val<'_>> = vec![
        filter.pack.as_str().into(),
        filter.fund.as_deref().into(),
        filter.kind.as_deref().into(),
        filter.year.map(i64::from).into(),
        words.as_deref().into(),
    ];
    let of = Paged { count: &sql::SOURCE_COUNT, list: &sql::SOURCE_LIST };
    let mut page =
        paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.source.get())?;
    with_parts(engine, &mut page.rows)?;
    Ok(page)
}

/// The source of a document, fund, code and purpose.
pub fn twin(engine: &mut dyn Engine, key: &app::rows::SourceKey) -> Result<Option<SourceId>, Fault> {
    let params = [
        key.pack.as_str().into(),
        key.document.as_str().into(),
        key.fund.as_str().into(),
        key.code.as_str().into(),
        key.purpose.as_str().into(),
    ];
    one(engine, &sql::SOURCE_TWIN, &params, |row| row.int(0).map(SourceId))
}

/// The sources of a fund with their budget years, oldest first.
pub fn of_fund(engine: &mut dyn Engine, pack: &str, fund: &str) -> Result<Vec<(SourceId, i16)>, Fault> {
    list(engine, &sql::SOURCE_OF_FUND, &[pack.into(), fund.into()], |row| {
        Ok((SourceId(row.int(0)?), year(row, 2)?))
    })
}

/// What each side of each fund and year was given and received, by kind of money.
pub fn sums(engine: &mut dyn Engine, pack: &str) -> Result<Vec<FundSumRow>, Fault> {
    list(engine, &sql::SOURCE_SUMS, &[pack.into()], |row| {
        Ok(FundSumRow {
            fund: text(row, 0)?,
            side: text(row, 1)?,
            year: year(row, 2)?,
            kind: text(row, 3)?,
            budget: money(row, 4)?,
            received: money(row, 5)?,
        })
    })
}

fn with_parts(engine: &mut dyn Engine, rows: &mut [SourceRow]) -> Result<(), Fault> {
    let ids: Vec<i64> = rows.iter().map(|row| row.source.get()).collect();
    let mut parts: BTreeMap<i64, Vec<SourcePart>> = BTreeMap::new();
    engine.by_ids(&sql::SOURCE_PART_LIST, &ids, &mut |row| {
        let part = SourcePart { side: text(row, 1)?, budget: money(row, 2)?, received: money(row, 3)? };
        parts.entry(row.int(0)?).or_default().push(part);
        Ok(())
    })?;
    for row in rows {
        row.parts = parts.remove(&row.source.get()).unwrap_or_default();
    }
    Ok(())
}

fn read(row: &dyn Row) -> Result<SourceRow, Fault> {
    Ok(SourceRow {
        source: SourceId(row.int(0)?),
        pack: text(row, 1)?,
        fund: text(row, 2)?,
        kind: text(row, 3)?,
        level: text(row, 4)?,
        document: text(row, 5)?,
        purpose: text(row, 6)?,
        code: text(row, 7)?,
        year: year(row, 8)?,
        on: day(row, 9)?,
        budget: money(row, 10)?,
        cut: money(row, 11)?,
        received: money(row, 12)?,
        parts: Vec::new(),
        note: text(row, 13)?,
        changed_on: day(row, 14)?,
    })
}
