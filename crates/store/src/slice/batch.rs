//! Rows of batches, of their payments, and of what a bank said that nobody could place.

use std::collections::BTreeMap;

use app::ports::PageOf;
use app::rows::{BatchFilter, BatchRow, MonthRow, PaymentFilter, PaymentRow, UnclearRow};
use kernel::Date;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use kernel::money::Money;

use super::cells::{Paged, day, day_opt, limit, money, paged, text};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::batch as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &BatchRow) -> Result<(), Fault> {
    let (made_on, released_on) = (row.made_on.to_string(), row.released_on.map(|day| day.to_string()));
    let changed_on = row.changed_on.to_string();
    let params = [
        row.batch.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.fund.as_str().into(),
        row.standing.as_str().into(),
        row.lines.into(),
        row.total.fen().into(),
        row.paid.fen().into(),
        row.failed.fen().into(),
        row.unclear.into(),
        row.digest.as_str().into(),
        made_on.as_str().into(),
        released_on.as_deref().into(),
        changed_on.as_str().into(),
    ];
    engine.run(&sql::BATCH_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, batch: BatchId) -> Result<Option<BatchRow>, Fault> {
    one(engine, &sql::BATCH_GET, &[batch.get().into()], read)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &BatchFilter) -> Result<PageOf<BatchRow>, Fault> {
    let params: Vec<Val<'_>> =
        vec![filter.pack.as_str().into(), filter.fund.as_deref().into(), filter.standing.as_deref().into()];
    let of = Paged { count: &sql::BATCH_COUNT, list: &sql::BATCH_LIST };
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.batch.get())
}

/// Writes a payment with its parts; the parts of a line never change.
pub fn put_payment(engine: &mut dyn Engine, row: &PaymentRow) -> Result<(), Fault> {
    let on = row.on.map(|day| day.to_string());
    let month = row.on.filter(|_| row.state == "paid").map_or_else(String::new, month_of);
    let params = [
        row.batch.get().into(),
        row.line.into(),
        row.end_to_end.as_str().into(),
        row.pack.as_str().into(),
        row.fund.as_str().into(),
        row.claim.get().into(),
        row.project.get().into(),
        row.payee.as_str().into(),
        row.payee_name.as_str().into(),
        row.amount.fen().into(),
        row.state.as_str().into(),
        on.as_deref().into(),
        month.as_str().into(),
        row.said.as_str().into(),
    ];
    engine.run(&sql::PAYMENT_PUT, &params)?;
    for (place, (source, amount)) in (0_i64..).zip(&row.lots) {
        let params =
            [row.batch.get(), row.line, place, source.get(), amount.fen()].map(|number| number.into());
        engine.run(&sql::PAYMENT_LOT_PUT, &params)?;
    }
    Ok(())
}

fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Payments of a batch, a project, a claim, a state.
pub fn payments(engine: &mut dyn Engine, filter: &PaymentFilter) -> Result<Vec<PaymentRow>, Fault> {
    let params = [
        filter.pack.as_str().into(),
        filter.batch.map(BatchId::get).into(),
        filter.project.map(ProjectId::get).into(),
        filter.claim.map(ClaimId::get).into(),
        filter.state.as_deref().into(),
        limit(filter.limit),
    ];
    let found_by = match filter {
        PaymentFilter { claim: Some(_), .. } => &sql::PAYMENT_OF_CLAIM,
        PaymentFilter { batch: Some(_), .. } => &sql::PAYMENT_OF_BATCH,
        PaymentFilter { project: Some(_), .. } => &sql::PAYMENT_OF_PROJECT,
        _ => &sql::PAYMENT_LIST,
    };
    let rows = list(engine, found_by, &params, payment)?;
    with_lots(engine, rows)
}

/// Payments that failed or were taken out and were not made again.
pub fn came_back(engine: &mut dyn Engine, pack: &str, most: usize) -> Result<Vec<PaymentRow>, Fault> {
    let rows = list(engine, &sql::PAYMENT_CAME_BACK, &[pack.into(), limit(most)], payment)?;
    with_lots(engine, rows)
}

/// The batch of the payment that goes by this name from end to end.
pub fn of_payment(engine: &mut dyn Engine, end_to_end: &str) -> Result<Option<BatchId>, Fault> {
    one(engine, &sql::PAYMENT_BATCH, &[end_to_end.into()], |row| row.int(0).map(BatchId))
}

/// The payments that a source paid a part of.
pub fn of_source(engine: &mut dyn Engine, source: SourceId, most: usize) -> Result<Vec<PaymentRow>, Fault> {
    let rows = list(engine, &sql::PAYMENT_OF_SOURCE, &[source.get().into(), limit(most)], payment)?;
    with_lots(engine, rows)
}

fn with_lots(engine: &mut dyn Engine, mut rows: Vec<PaymentRow>) -> Result<Vec<PaymentRow>, Fault> {
    let mut ids: Vec<i64> = rows.iter().map(|row| row.batch.get()).collect();
    ids.dedup();
    let mut lots: BTreeMap<(i64, i64), Vec<(SourceId, Money)>> = BTreeMap::new();
    engine.by_ids(&sql::PAYMENT_LOT_LIST, &ids, &mut |row| {
        let key = (row.int(0)?, row.int(1)?);
        lots.entry(key).or_default().push((SourceId(row.int(2)?), money(row, 3)?));
        Ok(())
    })?;
    for row in &mut rows {
        row.lots = lots.remove(&(row.batch.get(), row.line)).unwrap_or_default();
    }
    Ok(rows)
}

/// What was paid a month, by fund, oldest first.
pub fn months(engine: &mut dyn Engine, pack: &str) -> Result<Vec<MonthRow>, Fault> {
    list(engine, &sql::PAYMENT_MONTHS, &[pack.into()], month)
}

/// The same of the projects of one use.
pub fn months_for(engine: &mut dyn Engine, pack: &str, spending: &str) -> Result<Vec<MonthRow>, Fault> {
    list(engine, &sql::PAYMENT_MONTHS_FOR, &[pack.into(), spending.into()], month)
}

fn month(row: &dyn Row) -> Result<MonthRow, Fault> {
    Ok(MonthRow { month: text(row, 0)?, fund: text(row, 1)?, amount: money(row, 2)?, payments: row.int(3)? })
}

/// Writes what nobody could place.
pub fn put_unclear(engine: &mut dyn Engine, row: &UnclearRow) -> Result<(), Fault> {
    let on = row.on.to_string();
    let params = [
        row.batch.get().into(),
        row.place.into(),
        row.text.as_str().into(),
        row.reason.as_str().into(),
        on.as_str().into(),
        row.settled.as_str().into(),
    ];
    engine.run(&sql::UNCLEAR_PUT, &params).map(drop)
}

/// What nobody could place: of one batch or all of a pack, the newest batch first.
pub fn unclear(
    engine: &mut dyn Engine,
    pack: &str,
    batch: Option<BatchId>,
    most: usize,
) -> Result<Vec<UnclearRow>, Fault> {
    let params = [pack.into(), batch.map(BatchId::get).into(), limit(most)];
    list(engine, &sql::UNCLEAR_LIST, &params, |row| {
        Ok(UnclearRow {
            batch: BatchId(row.int(0)?),
            place: row.int(1)?,
            text: text(row, 2)?,
            reason: text(row, 3)?,
            on: day(row, 4)?,
            settled: text(row, 5)?,
        })
    })
}

fn read(row: &dyn Row) -> Result<BatchRow, Fault> {
    Ok(BatchRow {
        batch: BatchId(row.int(0)?),
        number: text(row, 1)?,
        pack: text(row, 2)?,
        fund: text(row, 3)?,
        standing: text(row, 4)?,
        lines: row.int(5)?,
        total: money(row, 6)?,
        paid: money(row, 7)?,
        failed: money(row, 8)?,
        unclear: row.int(9)?,
        digest: text(row, 10)?,
        made_on: day(row, 11)?,
        released_on: day_opt(row, 12)?,
        changed_on: day(row, 13)?,
    })
}

fn payment(row: &dyn Row) -> Result<PaymentRow, Fault> {
    Ok(PaymentRow {
        batch: BatchId(row.int(0)?),
        line: row.int(1)?,
        end_to_end: text(row, 2)?,
        pack: text(row, 3)?,
        fund: text(row, 4)?,
        claim: ClaimId(row.int(5)?),
        project: ProjectId(row.int(6)?),
        payee: text(row, 7)?,
        payee_name: text(row, 8)?,
        amount: money(row, 9)?,
        state: text(row, 10)?,
        on: day_opt(row, 11)?,
        said: text(row, 13)?,
        lots: Vec::new(),
    })
}
