//! Rows of claims and of the invoices that they use.

use app::ports::PageOf;
use app::rows::{ClaimFilter, ClaimRow, InvoiceRow};
use kernel::id::{BatchId, ClaimId, OrgId, ProjectId};

use super::cells::{Bounds, Paged, day, day_opt, empty, money, paged, pattern, region, text, year};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::claim as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &ClaimRow) -> Result<(), Fault> {
    let (due, place) = (row.due.map(|day| day.to_string()), row.place.to_string());
    let (filed_on, changed_on) = (row.filed_on.to_string(), row.changed_on.to_string());
    let params = [
        row.claim.get().into(),
        row.number.as_str().into(),
        row.project.get().into(),
        row.title.as_str().into(),
        row.pack.as_str().into(),
        row.fund.as_str().into(),
        row.side.as_str().into(),
        i64::from(row.year).into(),
        row.unit.get().into(),
        place.as_str().into(),
        row.purpose.as_str().into(),
        row.standing.as_str().into(),
        row.lines.into(),
        row.asked.fen().into(),
        row.approved.fen().into(),
        row.batch.map(BatchId::get).into(),
        row.stage.as_str().into(),
        row.stage_en.as_str().into(),
        due.as_deref().into(),
        filed_on.as_str().into(),
        changed_on.as_str().into(),
    ];
    engine.run(&sql::CLAIM_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, claim: ClaimId) -> Result<Option<ClaimRow>, Fault> {
    one(engine, &sql::CLAIM_GET, &[claim.get().into()], read)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &ClaimFilter) -> Result<PageOf<ClaimRow>, Fault> {
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
        filter.project.map(ProjectId::get).into(),
        filter.standing.as_deref().into(),
        words.as_deref().into(),
    ];
    let of = Paged { count: &sql::CLAIM_COUNT, list: &sql::CLAIM_LIST };
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.claim.get())
}

/// The claims of a project that are neither paid nor ended, oldest first.
pub fn live(engine: &mut dyn Engine, project: ProjectId) -> Result<Vec<ClaimId>, Fault> {
    list(engine, &sql::CLAIM_LIVE, &[project.get().into()], |row| row.int(0).map(ClaimId))
}

/// Replaces the invoices of a claim; the database refuses one that another claim uses.
pub fn replace_invoices(engine: &mut dyn Engine, claim: ClaimId, rows: &[InvoiceRow]) -> Result<(), Fault> {
    engine.run(&sql::INVOICE_DELETE, &[claim.get().into()])?;
    for row in rows {
        let params = [
            row.code.as_str().into(),
            row.number.as_str().into(),
            claim.get().into(),
            row.claim_number.as_str().into(),
            row.line.into(),
            row.project.get().into(),
            row.amount.fen().into(),
        ];
        engine.run(&sql::INVOICE_PUT, &params)?;
    }
    Ok(())
}

/// Who uses an invoice.
pub fn invoice(engine: &mut dyn Engine, code: &str, number: &str) -> Result<Option<InvoiceRow>, Fault> {
    one(engine, &sql::INVOICE_GET, &[code.into(), number.into()], |row| {
        Ok(InvoiceRow {
            code: text(row, 0)?,
            number: text(row, 1)?,
            claim: ClaimId(row.int(2)?),
            claim_number: text(row, 3)?,
            line: row.int(4)?,
            project: ProjectId(row.int(5)?),
            amount: money(row, 6)?,
        })
    })
}

fn read(row: &dyn Row) -> Result<ClaimRow, Fault> {
    Ok(ClaimRow {
        claim: ClaimId(row.int(0)?),
        number: text(row, 1)?,
        project: ProjectId(row.int(2)?),
        title: text(row, 3)?,
        pack: text(row, 4)?,
        fund: text(row, 5)?,
        side: text(row, 6)?,
        year: year(row, 7)?,
        unit: OrgId(row.int(8)?),
        place: region(row, 9)?,
        purpose: text(row, 10)?,
        standing: text(row, 11)?,
        lines: row.int(12)?,
        asked: money(row, 13)?,
        approved: money(row, 14)?,
        batch: row.int_opt(15)?.map(BatchId),
        stage: text(row, 16)?,
        stage_en: text(row, 17)?,
        due: day_opt(row, 18)?,
        filed_on: day(row, 19)?,
        changed_on: day(row, 20)?,
    })
}
