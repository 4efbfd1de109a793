//! What a new batch may hold: each payee's share that is due, out of which sources, and the cash that those sources have.

use super::funds::{fund_name, sees_money, side_name};
use super::projects::payee_name;
use crate::command::Failure;
use crate::payout::Payer;
use crate::rows::{ClaimFilter, ClaimRow, Scope};
use crate::vault::shown;
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use domain::claim::{Owed, Payment};
use domain::posting::booked::{SideOf, pool_account};
use domain::{Reason, Stream};
use kernel::Money;
use kernel::id::{BatchId, SourceId};
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;

/// How many claims of a fund are looked through.
const CLAIMS_MAX: usize = 1_000;

/// One payee's share of a claim that waits for a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueShare {
    /// The claim.
    pub claim: ClaimRow,
    /// The payee: `c1`, `list`, `unit`.
    pub payee: String,
    /// The payee's name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// Out of which sources.
    pub lots: Vec<(SourceId, Money)>,
    /// The account as it may be shown, with its bank; absent when none is recorded or it is typed with the batch.
    pub account: Option<(String, String)>,
    /// Whether the account is typed with the batch: lists and units.
    pub typed: bool,
    /// Batches it came back from, with the reason.
    pub failed: Vec<(BatchId, String)>,
}

/// The cash of one source and side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashNow {
    /// The source.
    pub source: SourceId,
    /// Its document.
    pub document: String,
    /// The side; `all` where the fund is not split.
    pub side: String,
    /// The side's name; empty where the fund is not split.
    pub side_name: Words,
    /// In the pool.
    pub there: Money,
    /// Wanted by all that waits.
    pub wanted: Money,
}

/// Who pays out of a fund, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerNow {
    /// The owner of the account.
    pub name: String,
    /// The account, masked.
    pub account: String,
    /// The bank.
    pub bank: String,
}

/// What a new batch of one fund may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchForm {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub name: Words,
    /// What is due, oldest claim first.
    pub shares: Vec<DueShare>,
    /// The cash of the sources concerned.
    pub cash: Vec<CashNow>,
    /// Who pays, once that was set.
    pub payer: Option<PayerNow>,
    /// Whether the viewer may make batches.
    pub may_make: bool,
    /// The article of making a batch.
    pub cite: String,
}

impl App {
    /// What a new batch of a fund may hold.
    pub fn batch_form(&self, viewer: &Viewer, fund: &str) -> Result<BatchForm, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let known = pack.funds.get(fund).filter(|found| found.booked());
        let known = known.ok_or_else(|| Failure::from(Reason::NotFound { what: "资金".into() }))?;
        let mut shares = Vec::new();
        for standing in ["approved", "batched"] {
            let page = self.reads.claims(&ClaimFilter {
                scope: Scope::All,
                pack: pack.id.clone(),
                fund: Some(known.id.clone()),
                project: None,
                standing: Some(standing.into()),
                text: None,
                after: None,
                limit: CLAIMS_MAX,
            })?;
            for row in page.rows {
                shares.extend(self.due_shares(&row)?);
            }
        }
        shares.sort_by_key(|share| (share.claim.filed_on, share.claim.claim));
        let step = pack.step_on(Subject::Batch, Act::Issue);
        Ok(BatchForm {
            cash: self.cash_now(pack, &shares)?,
            payer: self.payer(&pack.id, fund)?.map(|payer| payer_now(&payer)),
            fund: known.id.clone(),
            name: fund_name(pack, fund),
            shares,
            may_make: step.is_some_and(|step| step.by == viewer.role),
            cite: step.map_or_else(String::new, |step| step.cite.to_string()),
        })
    }

    fn due_shares(&self, row: &ClaimRow) -> Result<Vec<DueShare>, Failure> {
        let claim = crate::history::claim(&self.reads.stream(&Stream::Claim(row.claim).key())?)?;
        let project = crate::history::project(&self.reads.stream(&Stream::Project(row.project).key())?)?;
        let (Some(claim), Some(project)) = (claim, project) else { return Ok(Vec::new()) };
        let unit = self.reads.project(row.project)?.map_or_else(String::new, |project| project.unit_name);
        let share = |owed: &Owed| {
            let payee = &owed.share.payee;
            let contract = payee.strip_prefix('c').and_then(|no| no.parse::<i64>().ok());
            let contract = contract.and_then(|no| project.contracts.get(&no));
            DueShare {
                claim: row.clone(),
                payee: payee.clone(),
                name: payee_name(&project, payee, &unit),
                amount: owed.share.amount,
                lots: owed.share.lots.iter().map(|lot| (lot.source, lot.amount)).collect(),
                account: contract.and_then(|contract| {
                    contract.account.as_ref().map(|account| (shown(account), contract.bank.clone()))
                }),
                typed: contract.is_none(),
                failed: owed.failed.clone(),
            }
        };
        Ok(claim.owed.iter().filter(|owed| owed.payment == Payment::Due).map(share).collect())
    }

    fn cash_now(&self, pack: &Pack, shares: &[DueShare]) -> Result<Vec<CashNow>, Failure> {
        let mut wanted: BTreeMap<(String, String, SourceId), Money> = BTreeMap::new();
        for share in shares {
            for (source, amount) in &share.lots {
                let key = (share.claim.fund.clone(), share.claim.side.clone(), *source);
                let sum = wanted.entry(key).or_default();
                *sum = add(*sum, *amount);
            }
        }
        let mut cash = Vec::with_capacity(wanted.len());
        for ((fund, side, source), wanted) in wanted {
            let account = pool_account(SideOf { pack: &pack.id, fund: &fund, side: &side }, source);
            let balances = self.reads.balances(&account)?;
            let there = balances.into_iter().find(|(name, _)| *name == account);
            let document = self.reads.source(source)?.map_or_else(String::new, |row| row.document);
            let there = there.map_or(Money::ZERO, |(_, there)| there);
            let side_name = side_name(pack, &fund, &side);
            cash.push(CashNow { source, document, side, side_name, there, wanted });
        }
        Ok(cash)
    }

    /// Who pays out of a fund, as it may be shown; for those who see money.
    pub fn payer_now(&self, viewer: &Viewer, fund: &str) -> Result<Option<PayerNow>, Failure> {
        sees_money(viewer)?;
        Ok(self.payer(&viewer.pack.id, fund)?.map(|payer| payer_now(&payer)))
    }
}

fn payer_now(payer: &Payer) -> PayerNow {
    PayerNow { name: payer.name.clone(), account: shown(&payer.account), bank: payer.bank.clone() }
}
