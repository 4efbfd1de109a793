//! Credentials.

use app::rows::Credential;
use kernel::id::PersonId;

use super::cells::{flag, text, yes};
use crate::engine::{Engine, Fault, one};
use crate::sql::credential as sql;

/// A person's credential.
pub fn get(engine: &mut dyn Engine, person: PersonId) -> Result<Option<Credential>, Fault> {
    one(engine, &sql::CREDENTIAL_GET, &[person.get().into()], |row| {
        Ok(Credential {
            person: PersonId(row.int(0)?),
            hash: text(row, 1)?,
            must_change: flag(row, 2)?,
            failed: row.int(3)?,
            locked_until: row.int(4)?,
        })
    })
}

/// Writes a credential.
pub fn put(engine: &mut dyn Engine, credential: &Credential) -> Result<(), Fault> {
    let params = [
        credential.person.get().into(),
        credential.hash.as_str().into(),
        yes(credential.must_change),
        credential.failed.into(),
        credential.locked_until.into(),
    ];
    engine.run(&sql::CREDENTIAL_PUT, &params).map(drop)
}
