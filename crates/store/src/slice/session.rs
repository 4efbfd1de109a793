//! Sessions.

use app::rows::Session;
use journal::Digest;
use kernel::id::{OrgId, PersonId};

use super::cells::text;
use crate::engine::{Engine, Fault, Val, one};
use crate::sql::session as sql;

/// The session of a token.
pub fn get(engine: &mut dyn Engine, token: &Digest) -> Result<Option<Session>, Fault> {
    one(engine, &sql::SESSION_GET, &[Val::Bytes(token.as_bytes())], |row| {
        Ok(Session {
            token: Digest::from_slice(row.bytes(0)?).ok_or_else(Fault::shape)?,
            person: PersonId(row.int(1)?),
            org: OrgId(row.int(2)?),
            role: text(row, 3)?,
            created: row.int(4)?,
            seen: row.int(5)?,
            expires: row.int(6)?,
        })
    })
}

/// Writes a session; forgets those that had ended when it was last seen.
pub fn put(engine: &mut dyn Engine, session: &Session) -> Result<(), Fault> {
    engine.run(&sql::SESSION_SWEEP, &[session.seen.into()])?;
    let params = [
        Val::Bytes(session.token.as_bytes()),
        session.person.get().into(),
        session.org.get().into(),
        session.role.as_str().into(),
        session.created.into(),
        session.seen.into(),
        session.expires.into(),
    ];
    engine.run(&sql::SESSION_PUT, &params).map(drop)
}

/// Ends a session.
pub fn end(engine: &mut dyn Engine, token: &Digest) -> Result<(), Fault> {
    engine.run(&sql::SESSION_END, &[Val::Bytes(token.as_bytes())]).map(drop)
}

/// Ends all sessions of a person.
pub fn end_all(engine: &mut dyn Engine, person: PersonId) -> Result<(), Fault> {
    engine.run(&sql::SESSION_END_ALL, &[person.get().into()]).map(drop)
}
