//! The balances that a transaction read or changed. An account that a whole batch touches is written once, at the commit, where
//! the database's own constraint looks at its floor again.

use std::collections::{BTreeMap, BTreeSet};

use ledger::AccountPath;

use crate::engine::{Engine, Fault};
use crate::slice::ledger::{self as postings, Held};

/// Balances of one transaction.
#[derive(Debug, Default)]
pub(super) struct Balances {
    /// `None` for accounts that were never touched.
    known: BTreeMap<AccountPath, Option<Held>>,
    /// What each account held before each change since the mark, oldest first.
    since_mark: Vec<(AccountPath, Option<Held>)>,
    /// Accounts that may differ from the database.
    changed: BTreeSet<AccountPath>,
}

impl Balances {
    /// What an account holds.
    pub(super) fn get(
        &mut self,
        engine: &mut dyn Engine,
        account: &AccountPath,
    ) -> Result<Option<Held>, Fault> {
        if let Some(held) = self.known.get(account) {
            return Ok(*held);
        }
        let held = postings::held(engine, account.as_str())?;
        self.known.insert(account.clone(), held);
        Ok(held)
    }

    /// Changes what an account holds, which was read before.
    pub(super) fn set(&mut self, account: &AccountPath, held: Held) {
        let before = self.known.insert(account.clone(), Some(held)).flatten();
        self.since_mark.push((account.clone(), before));
        if !self.changed.contains(account) {
            self.changed.insert(account.clone());
        }
    }

    /// Changes up to here stay.
    pub(super) fn mark(&mut self) {
        self.since_mark.clear();
    }

    /// Takes back the changes since the mark.
    pub(super) fn undo(&mut self) {
        for (account, before) in self.since_mark.drain(..).rev() {
            self.known.insert(account, before);
        }
    }

    /// Writes what changed.
    pub(super) fn write(&mut self, engine: &mut dyn Engine) -> Result<(), Fault> {
        for account in std::mem::take(&mut self.changed) {
            if let Some(Some(held)) = self.known.get(&account) {
                postings::account_set(engine, &account, *held)?;
            }
        }
        Ok(())
    }
}
