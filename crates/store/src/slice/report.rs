//! Rows of reports.

use app::rows::ReportRow;
use kernel::id::OrgId;

use super::cells::{day, text};
use crate::engine::{Engine, Fault, FaultKind, Row, list};
use crate::sql::report as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &ReportRow) -> Result<(), Fault> {
    let filed = row.filed.to_string();
    let figures = serde_json::to_string(&row.figures)
        .map_err(|error| Fault::with(FaultKind::Other, sql::REPORT_PUT.name, error))?;
    let params = [
        row.step.as_str().into(),
        row.org.get().into(),
        row.period.as_str().into(),
        filed.as_str().into(),
        figures.as_str().into(),
        row.note.as_str().into(),
        row.version.into(),
    ];
    engine.run(&sql::REPORT_PUT, &params).map(drop)
}

/// The reports of a period or all, of a body or all; the newest period first.
pub fn all(
    engine: &mut dyn Engine,
    period: Option<&str>,
    org: Option<OrgId>,
) -> Result<Vec<ReportRow>, Fault> {
    list(engine, &sql::REPORT_LIST, &[period.into(), org.map(OrgId::get).into()], read)
}

fn read(row: &dyn Row) -> Result<ReportRow, Fault> {
    Ok(ReportRow {
        step: text(row, 0)?,
        org: OrgId(row.int(1)?),
        period: text(row, 2)?,
        filed: day(row, 3)?,
        figures: serde_json::from_str(row.text(4)?).map_err(|_| Fault::shape())?,
        note: text(row, 5)?,
        version: row.int(6)?,
    })
}
