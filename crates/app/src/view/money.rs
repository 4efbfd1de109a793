//! The fund's money in figures: fund, years, accounts. Every figure is read from the ledger; what it means is said in words.

mod allocations;
mod allotting;
mod approved;
mod batch_form;
mod batches;
mod behind;
mod claims;
mod deducting;
mod files;
mod flow;
mod follow;
mod funds;
mod health;
mod onfile;
mod opening;
mod overheads;
mod projects;
mod register;
mod results;
mod sources;
mod steps;
mod ties;

pub use allocations::{
    AllocationLine, AllocationList, AllocationPage, AllocationQuery, AllotLine, QuotaLeft,
};
pub use allotting::{
    AllocationForm, AllocationMoney, CANDIDATES_MAX, Candidate, DEDUCTION, Deduction, Entrant, FactorNow,
    LotsPreview, TriedAllocation, TriedPortion,
};
pub use approved::{APPROVED_MAX, Approved};
pub use batch_form::{BatchForm, CashNow, DueShare, PayerNow};
pub use batches::{
    BatchLine, BatchList, BatchPage, BatchQuery, DueClaims, Exceptions, PAYMENTS_MAX, PaymentNow,
    batch_standing, payment_state,
};
pub use behind::{Behind, Figure, FigureRow};
pub use claims::{
    BillNow, ClaimForm, ClaimList, ClaimListLine, ClaimPage, ClaimQuery, ShareNow, claim_standing,
};
pub use deducting::Deducted;
/// How far the payment of one payee of a claim is.
pub use domain::claim::Payment as ClaimPayment;
pub use files::HeldBy;
pub use flow::{Flow, FlowLink, FlowNode, NodeKey, PaidMonth};
pub use follow::{Backward, Forward, Found, PayeeBranch, ProjectBranch};
pub(crate) use funds::sees_money;
pub use funds::{Figures, FundLine, FundSaid, FundTable, fund_name, kind_name, side_name, spending_name};
pub use health::{Health, HealthDoubt, HealthMissing};
pub use onfile::{DemandSaid, PlaceFile, PlaceFiles, PlacePage, PlacePaper};
pub use opening::{FundChoice, ProjectForm, UNITS_MAX, UseChoice, Uses, booked_funds, uses_of};
pub use overheads::{OverheadLimit, OverheadShare};
pub(crate) use projects::line as project_line;
pub use projects::{
    ContractNow, DemandNow, LineNow, LotNow, ProjectLedgerLine, ProjectLine, ProjectList, ProjectMay,
    ProjectPage, ProjectQuery, payee_name,
};
pub use register::{FundTakes, KindChoice, KindRefused, SidePart};
pub use results::{Effect, Preview, PreviewLine};
pub use sources::{MOVEMENTS_MAX, SourceLine, SourceList, SourcePage, SourceQuery, WhereNow, Whereabouts};
pub use steps::{StepDone, StepNow, StepState, TrailLine};
pub use ties::{TieChoices, TieKind, TieSaid, TieSum};

use crate::command::Failure;
use crate::ports::Fault;
use crate::rows::PostingRow;
use crate::writer::App;
use domain::posting::{fund_account, year_account};
use domain::{Reason, Stream};
use journal::ActEnvelope;
use kernel::id::{CaseId, OrgId};
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use std::collections::BTreeMap;

/// The fund as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundNow {
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Its ceiling.
    pub ceiling: Money,
    /// What no year has yet.
    pub left: Money,
    /// The years in which it grants.
    pub years: Vec<i16>,
    /// Where the money comes from.
    pub source: Option<Words>,
}

/// One year in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMoney {
    /// The year.
    pub year: i16,
    /// The budget.
    pub budget: Money,
    /// Granted, whether remitted or not.
    pub committed: Money,
    /// Of what was granted: remitted, whether paid out or not.
    pub remitted: Money,
    /// Of what was remitted: paid out.
    pub paid: Money,
    /// Fees paid.
    pub fees: Money,
    /// What nobody was promised.
    pub left: Money,
}

impl YearMoney {
    /// Whether the figures add up: the budget is what was granted, the fees and what is left.
    pub fn balances(&self) -> bool {
        Money::sum([self.committed, self.fees, self.left]) == Some(self.budget)
    }
}

/// What was paid in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPaid {
    /// Year and month.
    pub month: (i16, i8),
    /// To enterprises.
    pub grants: Money,
    /// To firms.
    pub fees: Money,
}

/// The page of the fund's money.
#[derive(Debug, Clone)]
pub struct MoneyPage {
    /// The fund.
    pub fund: FundNow,
    /// Its years, newest first.
    pub years: Vec<YearMoney>,
    /// Their sum.
    pub all: YearMoney,
    /// Payments by month, oldest first, months without payment included.
    pub months: Vec<MonthPaid>,
    /// Every account with its balance.
    pub accounts: Vec<AccountLine>,
}

/// An account with its balance.
#[derive(Debug, Clone)]
pub struct AccountLine {
    /// Its path.
    pub account: String,
    /// What it is.
    pub said: AccountSaid,
    /// What it holds.
    pub balance: Money,
}

/// What an account is, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSaid {
    /// Its name.
    pub name: Words,
    /// What stands in it.
    pub about: Words,
    /// The case that it belongs to.
    pub case: Option<CaseId>,
    /// The year that it belongs to.
    pub year: Option<i16>,
}

/// One line of an account's ledger.
#[derive(Debug, Clone)]
pub struct LedgerLine {
    /// The posting.
    pub row: PostingRow,
    /// The case that the act is about.
    pub case: Option<CaseId>,
    /// The plan that the act is about.
    pub plan: Option<kernel::id::PlanId>,
    /// What happened.
    pub what: Words,
}

/// An account's ledger.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// Its path.
    pub account: String,
    /// What it is.
    pub said: AccountSaid,
    /// What it holds.
    pub balance: Money,
    /// Its postings, oldest first.
    pub lines: Vec<LedgerLine>,
}

impl App {
    /// The fund of a pack: its ceiling from the pack, what is left from the ledger.
    pub fn fund_now(&self, pack: &Pack) -> Result<FundNow, Failure> {
        let (fund, ceiling) =
            pack.capped_fund().ok_or_else(|| Failure::from(Reason::NotFound { what: "资金".into() }))?;
        Ok(FundNow {
            name: fund.name.clone(),
            cite: fund.cite.to_string(),
            ceiling,
            left: self.balance_of(&fund_account(&pack.id))?.unwrap_or(ceiling),
            years: fund.years.clone(),
            source: fund.source.clone(),
        })
    }

    /// The balance of an account; `None` when nothing was ever posted to it.
    pub(super) fn balance_of(&self, account: &str) -> Result<Option<Money>, Fault> {
        let found = self.reads.balances(account)?;
        Ok(found.into_iter().find(|(path, _)| path == account).map(|(_, balance)| balance))
    }

    /// The figures of every year of a pack, newest first.
    pub fn years_money(&self, pack: &Pack) -> Result<Vec<YearMoney>, Failure> {
        let committed = self.by_year("committed:case:")?;
        let transit = self.by_year("transit:case:")?;
        let paid = self.by_year("paid:case:")?;
        let mut years = Vec::new();
        for row in self.reads.years(&pack.id)? {
            let of = |sums: &BTreeMap<i16, Money>| sums.get(&row.year).copied().unwrap_or(Money::ZERO);
            let state = self.year(&pack.id, row.year)?;
            let fees = state.map_or(Some(Money::ZERO), |y| Money::sum(y.fees.iter().map(|f| f.amount)));
            let remitted = add(of(&transit), of(&paid));
            years.push(YearMoney {
                year: row.year,
                budget: row.budget,
                committed: add(of(&committed), remitted),
                remitted,
                paid: of(&paid),
                fees: fees.unwrap_or(Money::MAX),
                left: self.balance_of(&year_account(&pack.id, row.year))?.unwrap_or(Money::ZERO),
            });
        }
        years.sort_by_key(|y| std::cmp::Reverse(y.year));
        Ok(years)
    }

    /// The figures of one year.
    pub fn year_money(&self, pack: &Pack, year: i16) -> Result<Option<YearMoney>, Failure> {
        Ok(self.years_money(pack)?.into_iter().find(|y| y.year == year))
    }

    /// Balances of the accounts of cases, summed by the year of the case.
    fn by_year(&self, prefix: &str) -> Result<BTreeMap<i16, Money>, Fault> {
        let mut sums = BTreeMap::new();
        for (account, balance) in self.reads.balances(prefix)? {
            let id = account.strip_prefix(prefix).and_then(|rest| rest.parse::<CaseId>().ok());
            if let Some(case) = id.map(|id| self.reads.case(id)).transpose()?.flatten() {
                let sum = sums.entry(case.year).or_insert(Money::ZERO);
                *sum = add(*sum, balance);
            }
        }
        Ok(sums)
    }

    /// The page of the fund's money.
    pub fn money_page(&self, pack: &Pack) -> Result<MoneyPage, Failure> {
        let years = self.years_money(pack)?;
        let sum = |of: fn(&YearMoney) -> Money| Money::sum(years.iter().map(of)).unwrap_or(Money::MAX);
        let all = YearMoney {
            year: 0,
            budget: sum(|y| y.budget),
            committed: sum(|y| y.committed),
            remitted: sum(|y| y.remitted),
            paid: sum(|y| y.paid),
            fees: sum(|y| y.fees),
            left: sum(|y| y.left),
        };
        let mut accounts = Vec::new();
        for (account, balance) in self.reads.balances("")? {
            let said = self.account_said(pack, &account)?;
            accounts.push(AccountLine { account, said, balance });
        }
        accounts.sort_by_key(|line| (order_of(&line.account), line.account.clone()));
        Ok(MoneyPage { fund: self.fund_now(pack)?, years, all, months: self.months_paid()?, accounts })
    }

    /// What was paid to enterprises and to firms, month by month.
    fn months_paid(&self) -> Result<Vec<MonthPaid>, Fault> {
        let mut months: BTreeMap<(i16, i8), (Money, Money)> = BTreeMap::new();
        for (prefix, fees) in [("paid:case:", false), ("fees:org:", true)] {
            for (account, _) in self.reads.balances(prefix)? {
                for row in self.reads.postings(&account)? {
                    let sums = months.entry((row.day.year(), row.day.month())).or_default();
                    let sum = if fees { &mut sums.1 } else { &mut sums.0 };
                    *sum = add(*sum, row.amount);
                }
            }
        }
        let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().last().copied()) else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        let mut month = first;
        while month <= last {
            let (grants, fees) = months.get(&month).copied().unwrap_or_default();
            all.push(MonthPaid { month, grants, fees });
            month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
        }
        Ok(all)
    }

    /// The ledger of an account, with what each posting comes from.
    pub fn account_page(&self, pack: &Pack, account: &str) -> Result<Option<AccountPage>, Failure> {
        let Some(balance) = self.balance_of(account)? else { return Ok(None) };
        let mut lines = Vec::new();
        for row in self.reads.postings(account)? {
            let act = self.act_at(row.seq)?;
            let subject = act.as_ref().and_then(|act| crate::replay::stream_of(&act.stream));
            let memo_case = account.rsplit_once(":case:").and_then(|(_, id)| id.parse().ok());
            let (case, plan) = match subject {
                Some(Stream::Case(id)) => (Some(id), None),
                Some(Stream::Plan(id)) => (memo_case, Some(id)),
                _ => (memo_case, None),
            };
            lines.push(LedgerLine {
                case,
                plan,
                what: act.as_ref().map_or_else(Words::default, kind_words),
                row,
            });
        }
        Ok(Some(AccountPage {
            account: account.to_owned(),
            said: self.account_said(pack, account)?,
            balance,
            lines,
        }))
    }

    /// The act at a place of the log.
    pub(super) fn act_at(&self, seq: u64) -> Result<Option<ActEnvelope>, Fault> {
        Ok(self.reads.acts(seq, 1)?.into_iter().find(|act| act.seq == seq))
    }

    /// What an account is, in words.
    pub fn account_said(&self, pack: &Pack, account: &str) -> Result<AccountSaid, Failure> {
        let parts: Vec<&str> = account.split(':').collect();
        let said = |name: Words, about: Words| AccountSaid { name, about, case: None, year: None };
        Ok(match parts.as_slice() {
            ["authority", _] => said(
                fund_words(pack, "总规模授权", "authority"),
                Words::new(
                    "条文定下的总规模从这里出账：余额为负，数额就是总规模。",
                    "The regulation's ceiling comes from here: the balance is below zero by the ceiling.",
                ),
            ),
            ["fund", _] => said(
                fund_words(pack, "待安排", "not given to a year"),
                Words::new("还没有安排到任何年度的资金。", "What no year has been given yet."),
            ),
            ["year", _, year] => AccountSaid {
                name: Words::new(format!("{year}年度可用资金"), format!("available in {year}")),
                about: Words::new(
                    "年度资金规模减去已审定的资助和已支付的费用。",
                    "The year's budget less grants decided and fees paid.",
                ),
                case: None,
                year: year.parse().ok(),
            },
            [kind @ ("committed" | "transit" | "paid"), "case", id] => self.case_account(kind, id)?,
            ["fees", "org", id] => {
                let name = match id.parse::<OrgId>() {
                    Ok(org) => self.reads.org(org)?.map_or_else(|| (*id).to_owned(), |o| o.name),
                    Err(_) => (*id).to_owned(),
                };
                said(
                    Words::new(format!("已付费用 · {name}"), format!("fees paid · {name}")),
                    Words::new(
                        "从资金中支付给该机构的评审和评价费用。",
                        "Fees paid to this firm out of the fund.",
                    ),
                )
            }
            _ => said(Words::new(account, account), Words::default()),
        })
    }

    fn case_account(&self, kind: &str, id: &str) -> Result<AccountSaid, Fault> {
        let row = id.parse::<CaseId>().ok().map(|id| self.reads.case(id)).transpose()?.flatten();
        let of = row.as_ref().map_or_else(|| id.to_owned(), |r| format!("{} {}", r.number, r.title));
        let (zh, en, about) = match kind {
            "committed" => (
                "已审定待拨付",
                "granted, not remitted",
                Words::new("已审定资助、财政还没有拨付的金额。", "Granted and not yet remitted."),
            ),
            "transit" => (
                "已拨付待支付",
                "remitted, not paid",
                Words::new(
                    "财政已经拨到、还没有付给企业的金额。",
                    "Remitted and not yet paid to the enterprise.",
                ),
            ),
            _ => ("已付企业", "paid", Words::new("已经付给企业的金额。", "Paid to the enterprise.")),
        };
        Ok(AccountSaid {
            name: Words::new(format!("{zh} · {of}"), format!("{en} · {of}")),
            about,
            case: row.as_ref().map(|r| r.case),
            year: row.map(|r| r.year),
        })
    }
}

/// What happened, by the kind of an act.
pub(super) fn kind_words(act: &ActEnvelope) -> Words {
    journal::forms::kind(&act.kind)
        .map_or_else(|| Words::new(&act.kind, &act.kind), |kind| Words::new(kind.zh, kind.en))
}

/// A sum that stays the largest amount rather than wrapping.
pub(super) fn add(a: Money, b: Money) -> Money {
    a.checked_add(b).unwrap_or(Money::MAX)
}

fn fund_words(pack: &Pack, zh: &str, en: &str) -> Words {
    let name = pack.capped_fund().map_or_else(Words::default, |(fund, _)| fund.name.clone());
    Words::new(format!("{} · {zh}", name.zh), format!("{} · {en}", name.en))
}

/// The order in which money moves.
fn order_of(account: &str) -> usize {
    const KINDS: [&str; 7] = ["authority:", "fund:", "year:", "committed:", "transit:", "paid:", "fees:"];
    KINDS.iter().position(|kind| account.starts_with(kind)).unwrap_or(KINDS.len())
}

/// A month in words: `2020年1月`.
pub fn month_label(month: (i16, i8)) -> Words {
    let first = Date::new(month.0, month.1, 1).unwrap_or_default();
    Words::new(format!("{}年{}月", month.0, month.1), first.strftime("%b %Y").to_string())
}
