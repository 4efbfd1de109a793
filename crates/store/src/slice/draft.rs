//! Drafts.

use app::rows::Draft;
use kernel::id::OrgId;

use super::cells::text;
use crate::engine::{Engine, Fault, Row, list, one};
use crate::sql::draft as sql;

/// A draft.
pub fn get(engine: &mut dyn Engine, owner: OrgId, key: &str) -> Result<Option<Draft>, Fault> {
    one(engine, &sql::DRAFT_GET, &[owner.get().into(), key.into()], read)
}

/// An owner's drafts, by key.
pub fn all(engine: &mut dyn Engine, owner: OrgId) -> Result<Vec<Draft>, Fault> {
    list(engine, &sql::DRAFT_LIST, &[owner.get().into()], read)
}

/// Writes a draft whose stored version is `expected` (0: there is none); its version becomes one more. Whether it was written.
pub fn put(engine: &mut dyn Engine, draft: &Draft, expected: i64) -> Result<bool, Fault> {
    let (owner, key) = (draft.owner.get().into(), draft.key.as_str().into());
    let (body, updated) = (draft.body.as_str().into(), draft.updated.into());
    let changed = if expected == 0 {
        engine.run(&sql::DRAFT_CREATE, &[owner, key, body, updated])?
    } else {
        engine.run(&sql::DRAFT_UPDATE, &[body, updated, owner, key, expected.into()])?
    };
    Ok(changed == 1)
}

/// Throws a draft away.
pub fn delete(engine: &mut dyn Engine, owner: OrgId, key: &str) -> Result<(), Fault> {
    engine.run(&sql::DRAFT_DELETE, &[owner.get().into(), key.into()]).map(drop)
}

fn read(row: &dyn Row) -> Result<Draft, Fault> {
    Ok(Draft {
        owner: OrgId(row.int(0)?),
        key: text(row, 1)?,
        version: row.int(2)?,
        body: text(row, 3)?,
        updated: row.int(4)?,
    })
}
