//! The state of one year of a fund.

use super::Event;
use kernel::id::OrgId;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use std::collections::{BTreeMap, BTreeSet};

/// What is set for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The budget, grants and fees together.
    pub budget: Money,
    /// Parameter values that the year sets: `year_rate[project]` to `30%`.
    pub set: BTreeMap<String, String>,
    /// First day of the intake.
    pub opens: Date,
    /// Last day of the intake.
    pub closes: Date,
    /// Counties that the year favours when it ranks.
    pub favoured: BTreeSet<RegionCode>,
    /// The document it rests on.
    pub basis: String,
}

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The firm.
    pub firm: OrgId,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Date,
    /// The voucher.
    pub voucher: String,
    /// What for.
    pub purpose: String,
}

/// One year of a fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The fund of the pack.
    pub fund: String,
    /// The year.
    pub year: i16,
    /// Its terms now.
    pub terms: Terms,
    /// Terms it had before.
    pub former: Vec<Terms>,
    /// Appointed firms with the basis of each.
    pub firms: BTreeMap<OrgId, String>,
    /// Fees paid.
    pub fees: Vec<Fee>,
}

impl Year {
    /// Folds one event; `None` before the opening.
    pub fn apply(state: Option<Year>, event: &Event) -> Option<Year> {
        if let Event::Opened { pack, edition, fund, year, terms } = event {
            return Some(Year {
                pack: pack.clone(),
                edition: edition.clone(),
                fund: fund.clone(),
                year: *year,
                terms: terms.clone(),
                former: Vec::new(),
                firms: BTreeMap::new(),
                fees: Vec::new(),
            });
        }
        let mut year = state?;
        match event {
            Event::Amended { terms, .. } => {
                let old = std::mem::replace(&mut year.terms, terms.clone());
                year.former.push(old);
            }
            Event::Appointed { firm, basis } => {
                year.firms.insert(*firm, basis.clone());
            }
            Event::Dismissed { firm, .. } => {
                year.firms.remove(firm);
            }
            Event::FeePaid { firm, amount, on, voucher, purpose } => year.fees.push(Fee {
                firm: *firm,
                amount: *amount,
                on: *on,
                voucher: voucher.clone(),
                purpose: purpose.clone(),
            }),
            Event::Opened { .. } | Event::Founded { .. } => {}
        }
        Some(year)
    }

    /// Whether applications are taken on this day.
    pub fn takes(&self, day: Date) -> bool {
        self.terms.opens <= day && day <= self.terms.closes
    }
}
