//! Rows of objections.

use app::rows::{NoticeOf, ObjectionRow};
use kernel::id::{CaseId, ObjectionId};

use super::cells::{about, day, day_opt, flag, text, yes};
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::objection as sql;

/// Writes a row.
pub fn put(engine: &mut dyn Engine, row: &ObjectionRow) -> Result<(), Fault> {
    let about = row.about.key();
    let (on, answered) = (row.on.to_string(), row.answered.map(|day| day.to_string()));
    let params = [
        row.objection.get().into(),
        about.as_str().into(),
        row.receipt.as_str().into(),
        row.case.map(CaseId::get).into(),
        row.text.as_str().into(),
        on.as_str().into(),
        answered.as_deref().into(),
        row.upheld.map_or(Val::Null, yes),
        row.answer.as_str().into(),
    ];
    engine.run(&sql::OBJECTION_PUT, &params).map(drop)
}

/// The objections to the notices of a subject.
pub fn on(engine: &mut dyn Engine, about: NoticeOf) -> Result<Vec<ObjectionRow>, Fault> {
    list(engine, &sql::OBJECTION_LIST, &[about.key().as_str().into()], read)
}

/// The objection with a receipt.
pub fn by_receipt(engine: &mut dyn Engine, receipt: &str) -> Result<Option<ObjectionRow>, Fault> {
    one(engine, &sql::OBJECTION_BY_RECEIPT, &[receipt.into()], read)
}

fn read(row: &dyn Row) -> Result<ObjectionRow, Fault> {
    let upheld = match row.val(7)? {
        Val::Null => None,
        _ => Some(flag(row, 7)?),
    };
    Ok(ObjectionRow {
        objection: ObjectionId(row.int(0)?),
        about: about(row, 1)?,
        receipt: text(row, 2)?,
        case: row.int_opt(3)?.map(CaseId),
        text: text(row, 4)?,
        on: day(row, 5)?,
        answered: day_opt(row, 6)?,
        upheld,
        answer: text(row, 8)?,
    })
}
