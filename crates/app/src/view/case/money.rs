//! The money of a case: what was verified, proposed, planned, granted, remitted and paid, with the postings behind it.

use crate::command::Failure;
use crate::rows::PostingRow;
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Case;
use domain::posting::{committed_account, paid_account, transit_account};
use kernel::Money;
use kernel::id::CaseId;

/// A stage of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoneyStage {
    /// Proposed by the verifier.
    Verified,
    /// Proposed by the desk.
    Proposed,
    /// In a plan.
    Planned,
    /// Granted.
    Granted,
    /// Granted and not yet remitted.
    Committed,
    /// Remitted to where it is paid from.
    Transit,
    /// Paid out.
    Paid,
}

/// The money of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMoney {
    /// Amounts of the acts.
    pub amounts: Vec<(MoneyStage, Money)>,
    /// What the ledger's accounts of the case hold; empty before a grant.
    pub balances: Vec<(MoneyStage, Money)>,
    /// What is left to pay of the grant.
    pub unpaid: Option<Money>,
    /// The postings of its accounts, oldest first.
    pub postings: Vec<(MoneyStage, PostingRow)>,
}

/// The amounts that the acts on a case carry.
pub(super) fn amounts(case: &Case) -> Vec<(MoneyStage, Money)> {
    let known = [
        (MoneyStage::Verified, case.inspection.as_ref().map(|i| i.amount)),
        (MoneyStage::Proposed, case.proposal.as_ref().map(|p| p.amount)),
        (MoneyStage::Planned, case.plan.as_ref().map(|(_, amount)| *amount)),
        (MoneyStage::Granted, case.award.as_ref().map(|a| a.amount)),
        (MoneyStage::Paid, case.award.as_ref().filter(|a| a.granted).map(|_| case.paid)),
    ];
    known.into_iter().filter_map(|(stage, amount)| Some((stage, amount?))).collect()
}

impl App {
    /// The money of a case, from the ledger.
    pub fn case_money(&self, viewer: &Viewer, id: CaseId) -> Result<CaseMoney, Failure> {
        let case = self.case_read(viewer, id)?;
        let accounts = [
            (MoneyStage::Committed, committed_account(id)),
            (MoneyStage::Transit, transit_account(id)),
            (MoneyStage::Paid, paid_account(id)),
        ];
        let (mut balances, mut postings) = (Vec::new(), Vec::new());
        for (stage, account) in accounts {
            let found = self.reads.balances(&account)?.into_iter().find(|(name, _)| *name == account);
            let Some((_, balance)) = found else { continue };
            balances.push((stage, balance));
            postings.extend(self.reads.postings(&account)?.into_iter().map(|row| (stage, row)));
        }
        postings.sort_by_key(|(stage, row)| (row.seq, *stage));
        let unpaid = case.award.as_ref().filter(|a| a.granted).map(|_| case.unpaid());
        Ok(CaseMoney { amounts: amounts(&case), balances, unpaid, postings })
    }
}
