//! The fold of entries: what each account holds, and the refusal of an entry that would break a floor.

use std::collections::BTreeMap;

use kernel::money::Money;

use crate::account::AccountPath;
use crate::entry::{Entry, Leg};

/// What each account holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balances {
    accounts: BTreeMap<AccountPath, Money>,
}

/// An entry that would leave an account below its floor, or beyond what can be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{account} holds {balance} and may not change by {wanted}")]
pub struct Overdrawn {
    /// The account.
    pub account: AccountPath,
    /// What it holds.
    pub balance: Money,
    /// The change that the entry wanted.
    pub wanted: Money,
    /// Its floor; `None` when the sum itself went beyond what an amount can hold.
    pub floor: Option<Money>,
}

impl Balances {
    /// What the account holds; nothing when no entry touched it.
    pub fn of(&self, account: &AccountPath) -> Money {
        self.accounts.get(account).copied().unwrap_or(Money::ZERO)
    }

    /// All accounts that an entry touched, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&AccountPath, Money)> {
        self.accounts.iter().map(|(account, balance)| (account, *balance))
    }

    /// Applies the whole entry, or changes nothing and says which account it would overdraw.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Overdrawn> {
        let after: Vec<Money> = entry.legs().iter().map(|leg| self.after(leg)).collect::<Result<_, _>>()?;
        for (leg, balance) in entry.legs().iter().zip(after) {
            self.accounts.insert(leg.account.clone(), balance);
        }
        Ok(())
    }

    fn after(&self, leg: &Leg) -> Result<Money, Overdrawn> {
        after(&leg.account, self.of(&leg.account), leg.amount)
    }
}

/// The balance of an account after a change, or the refusal. The store uses the same rule on the balances that it keeps.
pub fn after(account: &AccountPath, balance: Money, change: Money) -> Result<Money, Overdrawn> {
    let floor = account.floor();
    let refusal = |floor| Overdrawn { account: account.clone(), balance, wanted: change, floor };
    let sum = balance.checked_add(change).ok_or_else(|| refusal(None))?;
    match floor {
        // Only a loss can break a floor; a gain is never refused, or a wrong balance could not be put right.
        Some(least) if sum < least && change.is_negative() => Err(refusal(floor)),
        _ => Ok(sum),
    }
}
