//! Rows of copies and urgings.

use app::history;
use app::ports::PageOf;
use app::rows::{CopiedRow, CopyFilter, SaidRow, SaidTo, UrgedRow};
use kernel::id::{CaseId, OrgId, PersonId};

use super::cells::{Bounds, Paged, empty, paged, text, text_opt};
use super::journal::{PAGE, envelope, place};
use crate::engine::{Engine, Fault, FaultKind, Row, list};
use crate::sql::said as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &SaidRow) -> Result<(), Fault> {
    let (role, step) = match &row.to {
        SaidTo::Role(role) => (Some(role.as_str()), None),
        SaidTo::Step(step) => (None, Some(step.as_str())),
    };
    let params = [
        place(row.seq)?,
        row.case.get().into(),
        role.into(),
        step.into(),
        row.text.as_str().into(),
        row.at.into(),
        row.person.map(PersonId::get).into(),
        row.behalf.map(PersonId::get).into(),
        row.org.map(OrgId::get).into(),
    ];
    engine.run(&sql::SAID_PUT, &params).map(drop)
}

/// Writes the rows of a book that was kept before there was this table.
pub fn fill(engine: &mut dyn Engine) -> Result<(), Fault> {
    let mut from = 0;
    loop {
        let acts = list(engine, &sql::SAID_ACTS, &[place(from)?, PAGE.into()], |row| {
            envelope(row, 1, &sql::SAID_ACTS)
        })?;
        for act in &acts {
            let damaged = |error| Fault::with(FaultKind::Damaged, sql::SAID_ACTS.name, error);
            let event = history::event(act).map_err(|fault| damaged(fault.to_string()))?;
            let case = act.stream.strip_prefix("case:").and_then(|id| id.parse().ok());
            let case = case.ok_or_else(|| damaged(act.stream.clone()))?;
            if let Some(row) = SaidRow::of(act.seq, case, &event, &history::meta(act)) {
                put(engine, &row)?;
            }
        }
        match acts.last() {
            Some(last) => from = last.seq + 1,
            None => return Ok(()),
        }
    }
}

/// The copies of a role, newest first.
pub fn copies(engine: &mut dyn Engine, filter: &CopyFilter) -> Result<PageOf<CopiedRow>, Fault> {
    let Some(bounds) = Bounds::of(&filter.scope) else { return Ok(empty()) };
    let [from, to, applicant, firm] = bounds.params();
    let of = Paged { count: &sql::SAID_COPY_COUNT, list: &sql::SAID_COPY_LIST };
    let params = vec![filter.role.as_str().into(), from, to, applicant, firm];
    let copied =
        |row: &dyn Row| Ok(CopiedRow { said: read(row)?, number: text(row, 9)?, title: text(row, 10)? });
    let key = |row: &CopiedRow| i64::try_from(row.said.seq).unwrap_or(i64::MAX);
    paged(engine, &of, params, (filter.after.as_ref(), filter.limit), copied, key)
}

/// When steps of these cases were urged last.
pub fn urged(engine: &mut dyn Engine, cases: &[CaseId]) -> Result<Vec<UrgedRow>, Fault> {
    let ids: Vec<i64> = cases.iter().map(|case| case.get()).collect();
    let mut rows = Vec::new();
    engine.by_ids(&sql::SAID_URGED, &ids, &mut |row| {
        rows.push(UrgedRow { case: CaseId(row.int(0)?), step: text(row, 1)?, at: row.int(2)? });
        Ok(())
    })?;
    Ok(rows)
}

fn read(row: &dyn Row) -> Result<SaidRow, Fault> {
    let to = match (text_opt(row, 2)?, text_opt(row, 3)?) {
        (Some(role), None) => SaidTo::Role(role),
        (None, Some(step)) => SaidTo::Step(step),
        _ => return Err(Fault::shape()),
    };
    Ok(SaidRow {
        seq: row.count(0)?,
        case: CaseId(row.int(1)?),
        to,
        text: text(row, 4)?,
        at: row.int(5)?,
        person: row.int_opt(6)?.map(PersonId),
        behalf: row.int_opt(7)?.map(PersonId),
        org: row.int_opt(8)?.map(OrgId),
    })
}
