//! Drafting an allocation: what money, which projects with what stands in their way, a computed proposal with its explanation,
//! and which sources would pay which line.

use super::allocations::QuotaLeft;
use super::funds::{fund_name, sees_money, side_name};
use super::health::Health;
use super::opening::{FundChoice, booked_funds, own_step, places_on_file};
use super::projects::{ProjectLine, line as project_line};
use crate::command::Failure;
use crate::rows::{ProjectFilter, Scope};
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use domain::allocation::{Distributed, distribute};
use domain::lot::{self, IssueOrder, Lot};
use domain::{Reason, Stream};
use kernel::Money;
use kernel::id::{AllocationId, ProjectId, SourceId};
use kernel::ratio::Ratio;
use policy::pack::{Distribution, Gate, Grade, Pack, Words};
use policy::procedure::{Act, Step, Subject};

pub use domain::allocation::{DEDUCTION, Deduction, Entrant, Why};

/// The most projects that may be chosen from.
pub const CANDIDATES_MAX: usize = 500;

/// What a new allocation may choose from.
#[derive(Debug, Clone)]
pub struct AllocationForm {
    /// The step in which it is drafted.
    pub step: Step,
    /// The booked funds.
    pub funds: Vec<FundChoice>,
    /// The ways of the pack to compute one.
    pub methods: Vec<Distribution>,
}

/// A project that may stand in an allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The project.
    pub line: ProjectLine,
    /// What stands in its way, for the place where it is.
    pub health: Health,
}

/// One side of one fund in one year: what may be given, to which projects.
#[derive(Debug, Clone)]
pub struct AllocationMoney {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub fund_name: Words,
    /// Its article.
    pub cite: String,
    /// The side.
    pub side: String,
    /// Its name; empty where the fund is not split.
    pub side_name: Words,
    /// The year of its projects.
    pub year: i16,
    /// Money of places: every line names one.
    pub pooled: bool,
    /// In which order sources are used up.
    pub order: IssueOrder,
    /// Open projects of this money, at most [`CANDIDATES_MAX`].
    pub projects: Vec<Candidate>,
    /// Places that papers are on file for, with their names.
    pub places: Vec<(String, String)>,
    /// What each source has left.
    pub quota: Vec<QuotaLeft>,
    /// The sum of it.
    pub quota_left: Money,
}

/// One factor of one entrant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorNow {
    /// The figure.
    pub figure: Ratio,
    /// Its share of all entrants' figures; `None` when it does not fit a fraction.
    pub share: Option<Ratio>,
    /// Share times weight.
    pub product: Option<Ratio>,
}

/// What one entrant would receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedPortion {
    /// The project.
    pub project: ProjectId,
    /// How much.
    pub amount: Money,
    /// How much without last year's evaluation.
    pub without: Money,
    /// Its rank, from 1.
    pub rank: usize,
    /// Last year's grade.
    pub grade: Option<Grade>,
    /// Its factors, for a formula.
    pub factors: Vec<FactorNow>,
    /// The sum of share times weight.
    pub sum: Option<Ratio>,
    /// The explanation that goes into the plan.
    pub why: Vec<Why>,
}

/// A computed proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedAllocation {
    /// By what.
    pub method: Distribution,
    /// In the order of the entrants.
    pub portions: Vec<TriedPortion>,
    /// What is not given out.
    pub rest: Money,
}

/// Which sources would pay which line, if it were approved now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotsPreview {
    /// Line by line: source, document, amount. Lines after a shortage are absent.
    pub lines: Vec<Vec<(SourceId, String, Money)>>,
    /// The line for which the money does not suffice: its place, what it wants, what is left.
    pub short: Option<(usize, Money, Money)>,
    /// In which order sources are used up.
    pub order: IssueOrder,
    /// What would be left of each source.
    pub after: Vec<QuotaLeft>,
}

impl App {
    /// What a new allocation may choose from; for those who draft.
    pub fn allocation_form(&self, viewer: &Viewer) -> Result<AllocationForm, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let step = own_step(pack, &viewer.role, Subject::Allocation, Act::Plan);
        Ok(AllocationForm {
            step: step
                .ok_or_else(|| Failure::from(Reason::NotFound { what: "编制分配方案".into() }))?,
            funds: booked_funds(pack, self.today().year()),
            methods: pack.distributions.iter().cloned().collect(),
        })
    }

    /// The money of one side of a fund in a year, with the projects that may receive it.
    pub fn allocation_money(
        &self,
        viewer: &Viewer,
        (fund, side): (&str, &str),
        year: i16,
    ) -> Result<AllocationMoney, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let missing = || Failure::from(Reason::NotFound { what: "资金".into() });
        let found = pack.funds.get(fund).filter(|fund| fund.booked()).ok_or_else(missing)?;
        let on_file = self.all_on_file(&pack.id)?;
        let quota = self.quota_left(pack, fund, side)?;
        let rows = self.reads.projects(&candidates(pack, (fund, side), year))?.rows;
        let mut projects = Vec::new();
        for row in rows.into_iter().filter(|row| row.standing != "closed") {
            let acts = self.reads.stream(&Stream::Project(row.project).key())?;
            let Some(state) = crate::history::project(&acts)? else { continue };
            let health = self.health(pack, &state, (Gate::Allot, &[]), &on_file)?;
            projects.push(Candidate { line: project_line(pack, row), health });
        }
        Ok(AllocationMoney {
            fund: fund.to_owned(),
            fund_name: fund_name(pack, fund),
            cite: found.cite.to_string(),
            side: side.to_owned(),
            side_name: side_name(pack, fund, side),
            year,
            pooled: found.pooled,
            order: found.order,
            projects,
            places: places_on_file(&on_file),
            quota_left: quota.iter().fold(Money::ZERO, |sum, left| add(sum, left.left)),
            quota,
        })
    }

    /// Computes a proposal and explains it; nothing is on record by that.
    pub fn try_allocation(
        &self,
        viewer: &Viewer,
        method: &str,
        (amount, unit): (Money, Money),
        entrants: &[Entrant],
    ) -> Result<TriedAllocation, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "分配办法".into() });
        let by = viewer.pack.distributions.get(method).ok_or_else(missing)?;
        let done = distribute(by, amount, unit, entrants)?;
        Ok(explained(by, entrants, done))
    }

    /// Which sources would pay which line of an allocation, if it were approved now; `named` where the fund asks for sources.
    pub fn allocation_preview(
        &self,
        viewer: &Viewer,
        id: AllocationId,
        named: &[SourceId],
    ) -> Result<LotsPreview, Failure> {
        sees_money(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "分配方案".into() });
        let acts = self.reads.stream(&Stream::Allocation(id).key())?;
        let state = crate::history::allocation(&acts)?.filter(|state| state.pack == viewer.pack.id);
        let state = state.ok_or_else(missing)?;
        let pack = self.edition(&state.pack, &state.edition)?;
        let order = pack.funds.get(&state.fund).map_or(IssueOrder::Oldest, |fund| fund.order);
        let quota = self.quota_left(&pack, &state.fund, &state.side)?;
        let amounts: Vec<Money> = state.lines.iter().map(|line| line.amount).collect();
        Ok(preview(&quota, &amounts, order, named))
    }
}

fn candidates(pack: &Pack, (fund, side): (&str, &str), year: i16) -> ProjectFilter {
    ProjectFilter {
        fund: Some(fund.to_owned()),
        side: Some(side.to_owned()),
        year: Some(year),
        ..ProjectFilter::all(Scope::All, &pack.id, CANDIDATES_MAX)
    }
}

/// The lots of each line, one line after the other, as an approval takes them.
pub(super) fn preview(
    quota: &[QuotaLeft],
    amounts: &[Money],
    order: IssueOrder,
    named: &[SourceId],
) -> LotsPreview {
    let mut left: Vec<Lot> = quota.iter().map(|one| Lot { source: one.source, amount: one.left }).collect();
    let document = |source: SourceId| {
        quota.iter().find(|one| one.source == source).map_or_else(String::new, |one| one.document.clone())
    };
    let (mut lines, mut short) = (Vec::new(), None);
    for (at, amount) in amounts.iter().enumerate() {
        match lot::take(&left, *amount, order, named) {
            Ok(lots) => {
                left = lot::less(&left, &lots);
                lines.push(lots.iter().map(|lot| (lot.source, document(lot.source), lot.amount)).collect());
            }
            Err(found) => {
                short = Some((at, *amount, found.left));
                break;
            }
        }
    }
    let now =
        |source: SourceId| left.iter().find(|lot| lot.source == source).map_or(Money::ZERO, |l| l.amount);
    let after = quota.iter().map(|one| QuotaLeft { left: now(one.source), ..one.clone() }).collect();
    LotsPreview { lines, short, order, after }
}

fn explained(by: &Distribution, entrants: &[Entrant], done: Distributed) -> TriedAllocation {
    let zero = Ratio::percent(0);
    let figure = |entrant: &Entrant, id: &str| entrant.figures.get(id).copied().unwrap_or(zero);
    let totals: Vec<Option<Ratio>> = by
        .factors
        .iter()
        .map(|factor| entrants.iter().try_fold(zero, |sum, one| sum.checked_add(figure(one, &factor.id))))
        .collect();
    let portions = entrants.iter().zip(done.portions).map(|(entrant, portion)| {
        let factors: Vec<FactorNow> = by
            .factors
            .iter()
            .zip(&totals)
            .map(|(factor, total)| {
                let figure = figure(entrant, &factor.id);
                let share = total.and_then(|total| figure.checked_div(total));
                let product = share.and_then(|share| share.checked_mul(factor.weight));
                FactorNow { figure, share, product }
            })
            .collect();
        let sum = factors.iter().try_fold(zero, |sum, factor| sum.checked_add(factor.product?));
        TriedPortion {
            project: portion.project,
            amount: portion.amount,
            without: portion.without,
            rank: portion.rank,
            grade: by.evaluation.iter().find(|grade| entrant.grade.as_ref() == Some(&grade.id)).cloned(),
            factors,
            sum,
            why: portion.why,
        }
    });
    TriedAllocation { method: by.clone(), portions: portions.collect(), rest: done.rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(lots: &[(i64, i64)]) -> Vec<QuotaLeft> {
        let one = |(source, fen): &(i64, i64)| QuotaLeft {
            source: SourceId(*source),
            document: format!("津财〔2019〕{source}号"),
            year: 2019,
            left: Money::from_fen(*fen),
        };
        lots.iter().map(one).collect()
    }

    fn fen(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().map(|fen| Money::from_fen(*fen)).collect()
    }

    #[test]
    fn lines_take_from_sources_one_after_the_other() {
        let seen = preview(&quota(&[(1, 100), (2, 100)]), &fen(&[60, 60]), IssueOrder::Oldest, &[]);
        let parts: Vec<Vec<(i64, i64)>> = seen
            .lines
            .iter()
            .map(|line| line.iter().map(|(source, _, amount)| (source.0, amount.fen())).collect())
            .collect();
        assert_eq!(parts, [vec![(1, 60)], vec![(1, 40), (2, 20)]]);
        assert_eq!(seen.after.iter().map(|one| one.left.fen()).collect::<Vec<_>>(), [0, 80]);
        assert_eq!(seen.short, None);
    }

    #[test]
    fn a_shortage_names_the_line_and_what_is_left() {
        let enough = preview(&quota(&[(1, 100)]), &fen(&[60, 40]), IssueOrder::Oldest, &[]);
        assert_eq!(enough.short, None);
        let short = preview(&quota(&[(1, 100)]), &fen(&[60, 41]), IssueOrder::Oldest, &[]);
        assert_eq!(short.short, Some((1, Money::from_fen(41), Money::from_fen(40))));
        assert_eq!(short.lines.len(), 1);
    }

    #[test]
    fn only_named_sources_pay_where_the_fund_asks_for_it() {
        let all = quota(&[(1, 100), (2, 100)]);
        let seen = preview(&all, &fen(&[30]), IssueOrder::Named, &[SourceId(2)]);
        assert_eq!(seen.lines[0][0].0, SourceId(2));
        let none = preview(&all, &fen(&[30]), IssueOrder::Named, &[]);
        assert_eq!(none.short, Some((0, Money::from_fen(30), Money::ZERO)));
    }
}
