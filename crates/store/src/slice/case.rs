//! Rows of cases.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use app::ports::PageOf;
use app::rows::{CaseFilter, CaseRow, Scope};
use kernel::Date;
use kernel::id::{CaseId, OrgId, PlanId};

use super::cells::{
    Bounds, Paged, below, day, day_opt, empty, flag, money, paged, pattern, region, region_opt, text, year,
    yes,
};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::case as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &CaseRow) -> Result<(), Fault> {
    let (county, desk) = (row.county.map(|code| code.to_string()), row.desk.to_string());
    let due = row.due.map(|day| day.to_string());
    let (filed_on, changed_on) = (row.filed_on.to_string(), row.changed_on.to_string());
    let params = [
        row.case.get().into(),
        row.number.as_str().into(),
        row.pack.as_str().into(),
        row.procedure.as_str().into(),
        i64::from(row.year).into(),
        row.title.as_str().into(),
        row.applicant.get().into(),
        row.applicant_name.as_str().into(),
        row.company_name.as_str().into(),
        county.as_deref().into(),
        desk.as_str().into(),
        row.firm.map(OrgId::get).into(),
        row.parent.map(CaseId::get).into(),
        row.plan.map(PlanId::get).into(),
        row.standing.as_str().into(),
        row.stage.as_str().into(),
        row.stage_en.as_str().into(),
        due.as_deref().into(),
        row.amount.fen().into(),
        row.paid.fen().into(),
        filed_on.as_str().into(),
        changed_on.as_str().into(),
        yes(row.library),
        row.class.as_str().into(),
        row.village.as_str().into(),
    ];
    engine.run(&sql::CASE_PUT, &params).map(drop)
}

/// One row.
pub fn get(engine: &mut dyn Engine, case: CaseId) -> Result<Option<CaseRow>, Fault> {
    one(engine, &sql::CASE_GET, &[case.get().into()], read)
}

/// A page, newest first.
pub fn page_of(engine: &mut dyn Engine, filter: &CaseFilter) -> Result<PageOf<CaseRow>, Fault> {
    let Some(bounds) = Bounds::of(&filter.scope) else { return Ok(empty()) };
    let (desk, county) = (filter.desk.map(|code| code.to_string()), filter.county.map(below));
    let words = filter.text.as_deref().map(pattern);
    let mut params: Vec<Val<'_>> = bounds.params().to_vec();
    params.extend::<[Val<'_>; 12]>([
        filter.procedure.as_deref().into(),
        filter.year.map(i64::from).into(),
        filter.standing.as_deref().into(),
        desk.as_deref().into(),
        county.as_deref().into(),
        filter.plan.map(PlanId::get).into(),
        words.as_deref().into(),
        filter.parent.map(CaseId::get).into(),
        if filter.library { yes(true) } else { Val::Null },
        filter.class.as_deref().into(),
        filter.least.map(kernel::Money::fen).into(),
        filter.most.map(kernel::Money::fen).into(),
    ]);
    let of = Paged { count: &sql::CASE_COUNT, list: &sql::CASE_LIST };
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), read, |row| row.case.get())
}

/// A case that stands on a parent and was neither refused nor withdrawn.
pub fn live_child(engine: &mut dyn Engine, parent: CaseId) -> Result<Option<CaseId>, Fault> {
    one(engine, &sql::CASE_LIVE_CHILD, &[parent.get().into()], |row| row.int(0).map(CaseId))
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
