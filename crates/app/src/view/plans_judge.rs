//! What the rules say of the items of a plan now: earlier grants counted as the ledger has them, so that the meeting sees
//! before it decides what the deciding transaction would refuse. Nothing here is kept.

use crate::command::Failure;
use crate::history;
use crate::rows::{CaseFilter, CaseRow, Scope};
use crate::usecase::award_keys;
use crate::writer::App;
use domain::Stream;
use domain::case::{Case, Counts, Judged, decide_grant};
use domain::year::Year;
use kernel::Money;
use kernel::id::CaseId;
use policy::pack::{CountBy, LedgerCount, Pack, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many rows of a list are asked for at a time.
const CHUNK: usize = 200;

/// The pack, the year and every grant that stands: what the rules are asked with.
pub(super) struct Bench {
    /// The pack.
    pub pack: Arc<Pack>,
    /// The year.
    pub year: Year,
    granted: Vec<Case>,
}

/// What the rules say of one item.
#[derive(Debug, Clone)]
pub struct ItemJudged {
    /// `grant`, `refuse`, `pending` or `invalid`.
    pub outcome: String,
    /// The most that may be granted.
    pub limit: Option<Money>,
    /// The most that may be granted when the limits in principle are passed in writing; only where that is more.
    pub hard_limit: Option<Money>,
    /// Which term binds.
    pub binds: String,
    /// The article of the amount.
    pub amount_cite: String,
    /// Rules that are unmet or unknown, each in a sentence.
    pub against: Vec<Words>,
    /// Every rule with its result.
    pub rules: Vec<policy::ruleset::RuleResult>,
    /// Ids of the preferences that hold.
    pub preferred: Vec<String>,
}

impl Bench {
    /// Reads what the rules need.
    pub fn load(app: &App, pack: &Arc<Pack>, year: Year) -> Result<Bench, Failure> {
        let mut granted = Vec::new();
        for standing in ["granted", "paid"] {
            let filter = CaseFilter { standing: Some(standing.to_owned()), ..every_case() };
            for row in app.every_row(&filter)? {
                granted.extend(app.case_state(row.case)?.filter(|case| case.pack == pack.id));
            }
        }
        Ok(Bench { pack: Arc::clone(pack), year, granted })
    }

    /// Earlier grants by the pack's keys, with what `also` would grant.
    fn counts(&self, case: &Case, also: &[&Case]) -> Counts {
        let mut counts = Counts::new();
        for fact in &self.pack.facts {
            let Some(count) = &fact.count else { continue };
            let others = self.granted.iter().chain(also.iter().copied());
            let shared = others.filter(|other| other.id != case.id && shares(count, case, other)).count();
            counts.insert(fact.id.clone(), i64::try_from(shared).unwrap_or(i64::MAX));
        }
        counts
    }

    /// The items among `others` with which a case shares what some fact counts by.
    pub fn rivals<'c>(&self, case: &Case, others: &[&'c Case]) -> Vec<&'c Case> {
        let counted = |other: &&&Case| {
            other.id != case.id
                && self.pack.facts.iter().filter_map(|f| f.count.as_ref()).any(|c| shares(c, case, other))
        };
        others.iter().filter(counted).copied().collect()
    }

    fn decided(&self, case: &Case, also: &[&Case], year: &Year, exception: Option<(&str, Money)>) -> Judged {
        decide_grant(&self.pack, case, &self.counts(case, also), year, exception)
    }

    /// What the rules say of a case, if `also` were granted before it.
    pub fn judge(&self, case: &Case, also: &[&Case]) -> ItemJudged {
        let judged = self.decided(case, also, &self.year, None);
        let limit = judged.judgement.amount;
        let lifted = self.decided(case, also, &self.year, Some(("预览", Money::MAX))).judgement.amount;
        let hard_limit = lifted.filter(|hard| limit.is_some_and(|limit| *hard > limit));
        let against = judged.zh.iter().zip(&judged.en).map(|(zh, en)| Words::new(zh, en)).collect();
        let explained = judged.explanation;
        ItemJudged {
            outcome: judged.judgement.outcome,
            limit,
            hard_limit,
            binds: judged.binds,
            amount_cite: judged.amount_cite,
            against,
            preferred: explained.as_ref().map_or_else(Vec::new, |e| e.preferred.clone()),
            rules: explained.map_or_else(Vec::new, |e| e.rules),
        }
    }

    /// The amount that the rules would allow under other values of the year; `None` when they would not grant.
    pub fn amount_under(&self, case: &Case, set: &BTreeMap<String, String>) -> Option<Money> {
        let mut year = self.year.clone();
        year.terms.set.extend(set.clone());
        self.decided(case, &[], &year, None).judgement.amount
    }
}

/// Whether two cases share everything that a fact counts by.
fn shares(count: &LedgerCount, case: &Case, other: &Case) -> bool {
    let (a, b) = (award_keys(case), award_keys(other));
    count.by.iter().all(|by| match by {
        CountBy::Company => a.0 == b.0,
        CountBy::Investor => a.1 == b.1,
        CountBy::County => a.2 == b.2,
    })
}

/// A filter that lets every case through.
pub(super) fn every_case() -> CaseFilter {
    CaseFilter::within(Scope::All, CHUNK)
}

impl App {
    /// Every row that a filter lets through.
    pub(super) fn every_row(&self, filter: &CaseFilter) -> Result<Vec<CaseRow>, Failure> {
        let mut filter = filter.clone();
        let mut rows = Vec::new();
        loop {
            let page = self.reads.cases(&filter)?;
            rows.extend(page.rows);
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(rows),
            }
        }
    }

    /// A case's state, for views that were opened by somebody who sees all.
    pub(super) fn case_state(&self, id: CaseId) -> Result<Option<Case>, Failure> {
        Ok(history::case(&self.reads.stream(&Stream::Case(id).key())?)?)
    }
}
