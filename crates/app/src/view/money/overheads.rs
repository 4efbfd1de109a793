//! What overheads take of a year's money, and whether that is more than the share that the regulation's setting warns of. It
//! only warns: nothing is refused for it.

use super::funds::{Figures, Key, fund_name};
use crate::command::Failure;
use crate::view::money::add;
use crate::writer::App;
use kernel::Money;
use policy::pack::{Pack, Words};
use std::collections::BTreeMap;

/// The share above which overheads are warned of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverheadLimit {
    /// Per cent of the year's money.
    pub percent: i64,
    /// The setting's name.
    pub name: Words,
    /// Where its value comes from.
    pub source: Words,
    /// The article.
    pub cite: String,
}

/// The overheads of a fund in one budget year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverheadShare {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub fund_name: Words,
    /// The budget year.
    pub year: i16,
    /// The year's money: registered less cut, all sides.
    pub money: Money,
    /// Given to overheads and not paid.
    pub open: Money,
    /// Paid for overheads and not recovered.
    pub spent: Money,
    /// What a draft would give besides.
    pub drafted: Money,
    /// Where a warning begins; `None` where the pack names none.
    pub limit: Option<OverheadLimit>,
}

impl OverheadShare {
    /// What overheads take in all.
    pub fn taken(&self) -> Money {
        add(add(self.open, self.spent), self.drafted)
    }

    /// Whether this is more than the share that is warned of; the share itself is not.
    pub fn is_over(&self) -> bool {
        let Some(limit) = &self.limit else { return false };
        i128::from(self.taken().fen()) * 100 > i128::from(self.money.fen()) * i128::from(limit.percent)
    }
}

/// Money of a draft by fund and budget year.
pub(super) type Drafted = BTreeMap<(String, i16), Money>;

/// The overheads by fund, in the order of the pack, and year; years without any are left out.
pub(super) fn shares(pack: &Pack, sums: &BTreeMap<Key, Figures>, drafted: &Drafted) -> Vec<OverheadShare> {
    let mut found: BTreeMap<(Option<usize>, String, i16), OverheadShare> = BTreeMap::new();
    let blank = |fund: &str, year: i16| OverheadShare {
        fund: fund.to_owned(),
        fund_name: fund_name(pack, fund),
        year,
        money: Money::ZERO,
        open: Money::ZERO,
        spent: Money::ZERO,
        drafted: drafted.get(&(fund.to_owned(), year)).copied().unwrap_or(Money::ZERO),
        limit: limit(pack, fund),
    };
    let keys = sums.keys().map(|(fund, _, year)| (fund, *year));
    for (fund, year) in keys.chain(drafted.keys().map(|(fund, year)| (fund, *year))) {
        let key = (pack.funds.position(fund), fund.clone(), year);
        found.entry(key).or_insert_with(|| blank(fund, year));
    }
    for ((fund, _, year), figures) in sums {
        if let Some(share) = found.get_mut(&(pack.funds.position(fund), fund.clone(), *year)) {
            share.money = add(share.money, figures.budget);
            share.open = add(share.open, figures.overhead_open);
            share.spent = add(share.spent, figures.overhead_spent);
        }
    }
    found.into_values().filter(|share| !share.taken().is_zero()).collect()
}

fn limit(pack: &Pack, fund: &str) -> Option<OverheadLimit> {
    let (percent, setting) = pack.overhead_warn(pack.funds.get(fund)?)?;
    Some(OverheadLimit {
        percent,
        name: setting.name.clone(),
        source: setting.source.clone(),
        cite: setting.cite.to_string(),
    })
}

impl App {
    /// The overheads of one fund by budget year, with what a draft would add to them.
    pub(super) fn overhead_shares(
        &self,
        pack: &Pack,
        fund: &str,
        drafted: &Drafted,
    ) -> Result<Vec<OverheadShare>, Failure> {
        let mut shares = shares(pack, &self.fund_sums(pack)?, drafted);
        shares.retain(|share| share.fund == fund);
        Ok(shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(taken: i64) -> OverheadShare {
        OverheadShare {
            fund: "main".into(),
            fund_name: Words::default(),
            year: 2019,
            money: Money::from_fen(10_000),
            open: Money::from_fen(taken - 50),
            spent: Money::from_fen(30),
            drafted: Money::from_fen(20),
            limit: Some(OverheadLimit {
                percent: 1,
                name: Words::default(),
                source: Words::default(),
                cite: String::new(),
            }),
        }
    }

    #[test]
    fn the_share_itself_is_not_warned_of_and_a_fen_more_is() {
        assert!(!share(100).is_over());
        assert!(share(101).is_over());
        assert!(!OverheadShare { limit: None, ..share(9_000) }.is_over(), "no share, no warning");
        assert!(
            OverheadShare { money: Money::ZERO, ..share(100) }.is_over(),
            "of no money everything is too much"
        );
    }
}
