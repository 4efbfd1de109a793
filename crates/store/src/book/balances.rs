//! The balances that a transaction read or changed. An account that a whole batch touches is written once, at the commit, where
//! the database's own constraint looks at its floor again.

use std::collections::{BTreeMap, BTreeSet};

use kernel::money::Money;
use ledger::AccountPath;

use crate::engine::{Engine, Fault};
use crate::slice::ledger as postings;

/// Balances of one transaction.
#[derive(Debug, Default)]
pub(super) struct Balances {
    /// `None` for accounts that were never touched.
    known: BTreeMap<AccountPath, Option<Money>>,
    /// What each account held before each change since the mark, oldest first.
    since_mark: Vec<(AccountPath, Option<Money>)>,
    /// Accounts that may differ from the database.
    changed: BTreeSet<AccountPath>,
}

impl Balances {
    /// An account's balance.
    pub(super) fn get(
        &mut self,
        engine: &mut dyn Engine,
        account: &AccountPath,
    ) -> Result<Option<Money>, Fault> {
        if let Some(balance) = self.known.get(account) {
            return Ok(*balance);
        }
        let balance = postings::balance(engine, account.as_str())?;
        self.known.insert(account.clone(), balance);
        Ok(balance)
    }

    /// Changes an account's balance, which was read before.
    pub(super) fn set(&mut self, account: &AccountPath, balance: Money) {
        let before = self.known.insert(account.clone(), Some(balance)).flatten();
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
            if let Some(Some(balance)) = self.known.get(&account) {
                postings::account_set(engine, &account, *balance)?;
            }
        }
        Ok(())
    }
}
