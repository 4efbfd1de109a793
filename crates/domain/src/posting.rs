//! What each event does to the ledger. The ledger of a book can always be computed again from its journal with this function.
//!
//! Accounts: `authority:<pack>` gives the fund its ceiling; `fund:<pack>` is what no year has yet; `year:<pack>:<year>` what nobody was
//! promised; `committed:case:<id>` what was granted and not remitted; `transit:case:<id>` what arrived where it is paid from;
//! `paid:case:<id>` and `fees:org:<id>` what left. All but the authority never fall below zero, so no grant, year or fund is exceeded.
//! Booked sources have accounts of their own: see [`booked`].

pub mod booked;

use crate::case::{Case, Event as CaseEvent};
use crate::event::Event;
use crate::plan::Event as PlanEvent;
use crate::project::Project;
use crate::source::Source;
use crate::year::{Event as YearEvent, Year};
use kernel::Money;
use kernel::id::{CaseId, OrgId};

/// A movement of money that an event makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// From which account.
    pub from: String,
    /// To which account.
    pub to: String,
    /// How much.
    pub amount: Money,
    /// Why, for the books.
    pub memo: String,
}

/// The account of the fund of a pack.
pub fn fund_account(pack: &str) -> String {
    format!("fund:{pack}")
}

/// The account of a year of the fund.
pub fn year_account(pack: &str, year: i16) -> String {
    format!("year:{pack}:{year}")
}

/// What was granted to a case and not remitted.
pub fn committed_account(case: CaseId) -> String {
    format!("committed:case:{case}")
}

/// What was remitted for a case and not paid out.
pub fn transit_account(case: CaseId) -> String {
    format!("transit:case:{case}")
}

/// What was paid out to a case.
pub fn paid_account(case: CaseId) -> String {
    format!("paid:case:{case}")
}

/// What was paid to a firm.
pub fn fees_account(firm: OrgId) -> String {
    format!("fees:org:{firm}")
}

/// The state that an event changes, as it was before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before<'a> {
    /// The year, for events of a year.
    pub year: Option<&'a Year>,
    /// The case, for events of a case.
    pub case: Option<&'a Case>,
    /// The source, for events of a source.
    pub source: Option<&'a Source>,
    /// The project, for events of a project.
    pub project: Option<&'a Project>,
}

/// The movements of one event.
pub fn movements(event: &Event, before: Before<'_>) -> Vec<Movement> {
    match event {
        Event::Year(event) => of_year(event, before.year),
        Event::Case(event) => before.case.map_or_else(Vec::new, |case| of_case(event, case)),
        Event::Plan(event) => of_plan(event),
        Event::Source(event) => booked::of_source(event, before.source),
        Event::Project(event) => before.project.map_or_else(Vec::new, |p| booked::of_project(event, p)),
        Event::Identity(_)
        | Event::Report(_)
        | Event::Allocation(_)
        | Event::Claim(_)
        | Event::Batch(_)
        | Event::Consent(_)
        | Event::Roster(_) => Vec::new(),
    }
}

fn movement(from: String, to: String, amount: Money, memo: impl Into<String>) -> Movement {
    Movement { from, to, amount, memo: memo.into() }
}

fn of_year(event: &YearEvent, year: Option<&Year>) -> Vec<Movement> {
    match event {
        YearEvent::Founded { pack, ceiling, .. } => {
            vec![movement(format!("authority:{pack}"), fund_account(pack), *ceiling, "资金总规模上限")]
        }
        YearEvent::Opened { pack, year, terms, .. } => {
            vec![movement(
                fund_account(pack),
                year_account(pack, *year),
                terms.budget,
                format!("{year}年度资金规模"),
            )]
        }
        YearEvent::Amended { terms, why } => year.map_or_else(Vec::new, |y| {
            let (fund, account) = (fund_account(&y.pack), year_account(&y.pack, y.year));
            let change = terms.budget.checked_sub(y.terms.budget).unwrap_or(Money::ZERO);
            if change > Money::ZERO {
                vec![movement(fund, account, change, why.clone())]
            } else if let Some(back) = change.checked_neg().filter(|b| *b > Money::ZERO) {
                vec![movement(account, fund, back, why.clone())]
            } else {
                Vec::new()
            }
        }),
        YearEvent::FeePaid { firm, amount, purpose, .. } => year.map_or_else(Vec::new, |y| {
            vec![movement(year_account(&y.pack, y.year), fees_account(*firm), *amount, purpose.clone())]
        }),
        YearEvent::Appointed { .. } | YearEvent::Dismissed { .. } => Vec::new(),
    }
}

fn of_case(event: &CaseEvent, case: &Case) -> Vec<Movement> {
    match event {
        CaseEvent::Determined { granted: true, amount, .. } => vec![movement(
            year_account(&case.pack, case.year),
            committed_account(case.id),
            *amount,
            format!("审定资助 {}", case.number),
        )],
        CaseEvent::Paid { amount, voucher, .. } => vec![movement(
            transit_account(case.id),
            paid_account(case.id),
            *amount,
            format!("拨付企业 {} {voucher}", case.number),
        )],
        _ => Vec::new(),
    }
}

fn of_plan(event: &PlanEvent) -> Vec<Movement> {
    match event {
        PlanEvent::Remitted { items, voucher, .. } => items
            .iter()
            .map(|(case, amount)| {
                movement(
                    committed_account(*case),
                    transit_account(*case),
                    *amount,
                    format!("财政拨付 {voucher}"),
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}
