//! Rows of cases.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use app::ports::PageOf;
use app::rows::{AlikeKey, CaseFilter, CaseRow, Scope};
use kernel::Date;
use kernel::id::{CaseId, OrgId, PlanId};

use super::cells::{
    Bounds, after, day, day_opt, empty, flag, limit, money, page, region, region_opt, text, year, yes,
};
use super::find;
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::case as sql;

/// Reads a row.
pub type Reader = dyn Fn(&dyn Row) -> Result<CaseRow, Fault>;

/// How many columns a row has.
const WIDTH: usize = 25;

/// Writes a row, and not what it is found by.
pub fn write(engine: &mut dyn Engine, row: &CaseRow) -> Result<(), Fault> {
    engine.run(&sql::CASE_PUT, &values(row, &Texts::of(row))).map(drop)
}

/// One row as the database has it, whatever waits.
pub fn before(engine: &mut dyn Engine, case: CaseId) -> Result<Option<CaseRow>, Fault> {
    one(engine, &sql::CASE_BEFORE, &[case.get().into()], read)
}

/// Columns that are texts only in the database.
struct Texts {
    county: Option<String>,
    desk: String,
    due: Option<String>,
    filed_on: String,
    changed_on: String,
}

impl Texts {
    fn of(row: &CaseRow) -> Self {
        Self {
            county: row.county.map(|code| code.to_string()),
            desk: row.desk.to_string(),
            due: row.due.map(|day| day.to_string()),
            filed_on: row.filed_on.to_string(),
            changed_on: row.changed_on.to_string(),
        }
    }
}

fn values<'r>(row: &'r CaseRow, texts: &'r Texts) -> [Val<'r>; WIDTH] {
    [
        row.case.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.procedure.as_str().into(),
        i64::from(row.year).into(),
        row.title.as_str().into(),
        row.applicant.get().into(),
        row.applicant_name.as_str().into(),
        row.company_name.as_str().into(),
        texts.county.as_deref().into(),
        texts.desk.as_str().into(),
        row.firm.map(OrgId::get).into(),
        row.parent.map(CaseId::get).into(),
        row.plan.map(PlanId::get).into(),
        row.standing.as_str().into(),
        row.stage.as_str().into(),
        row.stage_en.as_str().into(),
        texts.due.as_deref().into(),
        row.amount.fen().into(),
        row.paid.fen().into(),
        texts.filed_on.as_str().into(),
        texts.changed_on.as_str().into(),
        yes(row.library),
        row.class.as_str().into(),
        row.village.as_str().into(),
    ]
}

/// One row.
pub fn get(engine: &mut dyn Engine, case: CaseId) -> Result<Option<CaseRow>, Fault> {
    one(engine, &sql::CASE_GET, &[case.get().into()], read)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &CaseFilter) -> Result<PageOf<CaseRow>, Fault> {
    let before = after(filter.after.as_ref()).unwrap_or(i64::MAX);
    let Some(found) = find::find(engine, filter, before, &read)? else { return Ok(empty()) };
    Ok(page(found.rows, filter.limit, Some(found.total), |row| row.case.get()))
}

/// Projects of the library that look like one, the likest first.
///
/// `waiting` are cases that the index does not know yet, or knows as they were.
pub fn alike<'r>(
    engine: &mut dyn Engine,
    key: &AlikeKey,
    waiting: impl Iterator<Item = &'r CaseRow>,
) -> Result<Vec<CaseId>, Fault> {
    find::alike(engine, key, waiting, &read)
}

/// Lets the cases of a book be found that was written before there was an index.
pub fn make_findable(engine: &mut dyn Engine) -> Result<(), Fault> {
    if find::is_missing(engine)? { find::fill(engine, &read) } else { Ok(()) }
}

/// A case that stands on a parent and was neither refused nor withdrawn.
pub fn live_child(engine: &mut dyn Engine, parent: CaseId) -> Result<Option<CaseId>, Fault> {
    one(engine, &sql::CASE_LIVE_CHILD, &[parent.get().into()], |row| row.int(0).map(CaseId))
}

/// What stands on some parents, each with its parent.
pub fn below(engine: &mut dyn Engine, cases: &[CaseId]) -> Result<Vec<(CaseId, CaseId)>, Fault> {
    let ids: Vec<i64> = cases.iter().map(|case| case.get()).collect();
    let mut rows = Vec::new();
    engine.by_ids(&sql::CASE_BELOW, &ids, &mut |row| {
        rows.push((CaseId(row.int(0)?), CaseId(row.int(1)?)));
        Ok(())
    })?;
    Ok(rows)
}

/// What stands on a parent, oldest first.
pub fn children(engine: &mut dyn Engine, parent: CaseId) -> Result<Vec<CaseId>, Fault> {
    list(engine, &sql::CASE_CHILDREN, &[parent.get().into()], |row| row.int(0).map(CaseId))
}

/// The cases of a procedure in a year, oldest first.
pub fn of_year(engine: &mut dyn Engine, procedure: &str, year: i16) -> Result<Vec<CaseId>, Fault> {
    let params = [procedure.into(), i64::from(year).into()];
    list(engine, &sql::CASE_OF_YEAR, &params, |row| row.int(0).map(CaseId))
}

/// The cases of a procedure of a pack after one of them, oldest first.
pub fn of_procedure(
    engine: &mut dyn Engine,
    (pack, procedure): (&str, &str),
    after: CaseId,
    rows: usize,
) -> Result<Vec<CaseId>, Fault> {
    let params = [pack.into(), procedure.into(), after.get().into(), limit(rows)];
    list(engine, &sql::CASE_OF_PROCEDURE, &params, |row| row.int(0).map(CaseId))
}

/// Who filed cases of a procedure in a year.
pub fn applicants(engine: &mut dyn Engine, procedure: &str, year: i16) -> Result<Vec<OrgId>, Fault> {
    let params = [procedure.into(), i64::from(year).into()];
    list(engine, &sql::CASE_APPLICANTS, &params, |row| row.int(0).map(OrgId))
}

/// What a month brought within a scope, as `procedure.filed`, `.accepted`, `.returned`, `.refused`.
///
/// Filed counts by the day of first filing; the others count the cases that stand so and whose last act fell into the month.
pub fn month(
    engine: &mut dyn Engine,
    scope: &Scope,
    pack: &str,
    days: RangeInclusive<Date>,
) -> Result<BTreeMap<String, i64>, Fault> {
    let Some(bounds) = Bounds::of(scope) else { return Ok(BTreeMap::new()) };
    let [from, to, applicant, firm] = bounds.params();
    let (first, last) = (days.start().to_string(), days.end().to_string());
    let params = [from, to, applicant, firm, pack.into(), first.as_str().into(), last.as_str().into()];
    let counts = list(engine, &sql::CASE_MONTH, &params, |row| Ok((text(row, 0)?, row.int(1)?)))?;
    Ok(counts.into_iter().collect())
}

fn read(row: &dyn Row) -> Result<CaseRow, Fault> {
    Ok(CaseRow {
        case: CaseId(row.int(0)?),
        number: text(row, 1)?,
        pack: text(row, 2)?,
        procedure: text(row, 3)?,
        year: year(row, 4)?,
        title: text(row, 5)?,
        applicant: OrgId(row.int(6)?),
        applicant_name: text(row, 7)?,
        company_name: text(row, 8)?,
        county: region_opt(row, 9)?,
        desk: region(row, 10)?,
        firm: row.int_opt(11)?.map(OrgId),
        parent: row.int_opt(12)?.map(CaseId),
        plan: row.int_opt(13)?.map(PlanId),
        standing: text(row, 14)?,
        stage: text(row, 15)?,
        stage_en: text(row, 16)?,
        due: day_opt(row, 17)?,
        amount: money(row, 18)?,
        paid: money(row, 19)?,
        filed_on: day(row, 20)?,
        changed_on: day(row, 21)?,
        library: flag(row, 22)?,
        class: text(row, 23)?,
        village: text(row, 24)?,
    })
}
