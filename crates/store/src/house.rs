//! The house: what is kept but is no act. Written on a connection of its own, each call one transaction, in line with the
//! book's writer.

use std::sync::{Arc, Mutex, PoisonError};

use app::ports::{self, Fault};
use app::rows::{Credential, Draft, Session};
use journal::Digest;
use kernel::id::{OrgId, PaperHash, PersonId};

use crate::engine::{self, Engine};
use crate::gate::Gate;
use crate::pool::{Connect, Pool};
use crate::slice::{credential, draft, paper, secret, session, setting};

/// The house of one database.
pub struct House<C: Connect, E> {
    pool: Arc<Pool<C>>,
    writer: Mutex<E>,
    gate: Arc<Gate>,
}

impl<C: Connect, E: Engine> House<C, E> {
    /// Reads through a pool, writes on a connection of its own.
    pub const fn new(pool: Arc<Pool<C>>, writer: E, gate: Arc<Gate>) -> Self {
        Self { pool, writer: Mutex::new(writer), gate }
    }

    fn ask<T>(&self, read: impl FnOnce(&mut C::Engine) -> Result<T, engine::Fault>) -> Result<T, Fault> {
        Ok(self.pool.read(read)?)
    }

    fn write<T>(&self, write: impl FnOnce(&mut E) -> Result<T, engine::Fault>) -> Result<T, Fault> {
        self.pool.wait(|| self.write_here(write))
    }

    fn write_here<T>(&self, write: impl FnOnce(&mut E) -> Result<T, engine::Fault>) -> Result<T, Fault> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let _pass = self.gate.enter();
        writer.begin_write()?;
        let done = write(&mut writer).and_then(|answer| writer.commit().map(|()| answer));
        if done.is_err() {
            writer.rollback()?;
        }
        Ok(done?)
    }
}

impl<C: Connect, E: Engine + Send> ports::House for House<C, E> {
    fn credential(&self, person: PersonId) -> Result<Option<Credential>, Fault> {
        self.ask(|engine| credential::get(engine, person))
    }

    fn put_credential(&self, credential: &Credential) -> Result<(), Fault> {
        self.write(|engine| credential::put(engine, credential))
    }

    fn session(&self, token: &Digest) -> Result<Option<Session>, Fault> {
        self.ask(|engine| session::get(engine, token))
    }

    fn put_session(&self, session: &Session) -> Result<(), Fault> {
        self.write(|engine| session::put(engine, session))
    }

    fn end_session(&self, token: &Digest) -> Result<(), Fault> {
        self.write(|engine| session::end(engine, token))
    }

    fn end_sessions(&self, person: PersonId) -> Result<(), Fault> {
        self.write(|engine| session::end_all(engine, person))
    }

    fn draft(&self, owner: OrgId, key: &str) -> Result<Option<Draft>, Fault> {
        self.ask(|engine| draft::get(engine, owner, key))
    }

    fn drafts(&self, owner: OrgId) -> Result<Vec<Draft>, Fault> {
        self.ask(|engine| draft::all(engine, owner))
    }

    fn put_draft(&self, draft: &Draft, expected: i64) -> Result<bool, Fault> {
        self.write(|engine| draft::put(engine, draft, expected))
    }

    fn put_drafts(&self, drafts: &[Draft]) -> Result<(), Fault> {
        self.write(|engine| drafts.iter().try_for_each(|draft| draft::put(engine, draft, 0).map(drop)))
    }

    fn drop_draft(&self, owner: OrgId, key: &str) -> Result<(), Fault> {
        self.write(|engine| draft::delete(engine, owner, key))
    }

    fn paper(&self, hash: &PaperHash) -> Result<Option<Vec<u8>>, Fault> {
        self.ask(|engine| paper::get(engine, hash))
    }

    fn put_paper(&self, hash: &PaperHash, bytes: &[u8]) -> Result<(), Fault> {
        self.write(|engine| paper::put(engine, hash, bytes))
    }

    fn sealed(&self, commitment: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.ask(|engine| secret::get(engine, commitment))
    }

    fn put_sealed(&self, commitment: &str, sealed: &[u8]) -> Result<(), Fault> {
        self.write(|engine| secret::put(engine, commitment, sealed))
    }

    fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        self.ask(|engine| setting::get(engine, name))
    }

    fn put_setting(&self, name: &str, value: &str) -> Result<(), Fault> {
        self.write(|engine| setting::put(engine, name, value))
    }
}
