//! Allocations: the list, and one with its lines, its steps and what its side of the fund has left.

use super::allotting::preview;
use super::funds::{fund_name, sees_money, side_name};
use super::health::Health;
use super::overheads::{Drafted, OverheadShare};
use super::projects::{ProjectLine, line as project_line};
use super::steps::{Course, StepNow, TrailLine};
use crate::access::Right;
use crate::command::Failure;
use crate::rows::{AllocationFilter, AllocationRow};
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use domain::allocation::{Allocation, Why};
use domain::posting::booked::{SideOf, quota_account};
use domain::{Reason, Stream};
use kernel::id::{AllocationId, SourceId};
use kernel::{Date, Money};
use policy::pack::{Distribution, Gate, IssueOrder, Pack, Words};
use policy::procedure::Subject;
use std::sync::Arc;

const PAGE: usize = 50;

/// What the list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllocationQuery {
    /// Fund.
    pub fund: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// `open`, `approved`, `ended`.
    pub standing: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// One allocation in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationLine {
    /// The row.
    pub row: AllocationRow,
    /// The fund's name.
    pub fund: Words,
    /// The side's name; empty where the fund is not split.
    pub side: Words,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationList {
    /// The allocations, newest first.
    pub lines: Vec<AllocationLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// Whether the viewer may draft one.
    pub may_draft: bool,
}

/// One line of an allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllotLine {
    /// The project; absent when it is not to be found.
    pub project: Option<ProjectLine>,
    /// The place whose money it is; empty where money is not pooled.
    pub place: String,
    /// How much.
    pub amount: Money,
    /// A remark.
    pub note: String,
    /// How the amount came about: factors, grade, rank.
    pub why: Vec<Why>,
    /// Out of which sources, once approved: document and amount.
    pub lots: Vec<(SourceId, String, Money)>,
    /// The name of the place.
    pub place_name: String,
    /// What stands in the way of the approval.
    pub health: Health,
}

/// What one source of the side has left to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaLeft {
    /// The source.
    pub source: SourceId,
    /// Its document.
    pub document: String,
    /// Its budget year.
    pub year: i16,
    /// Left.
    pub left: Money,
}

/// One allocation.
#[derive(Debug, Clone)]
pub struct AllocationPage {
    /// The row with names.
    pub line: AllocationLine,
    /// The document it rests on.
    pub basis: String,
    /// How its amounts were computed: the pack's distribution with factors, weights, grades.
    pub method: Option<Distribution>,
    /// Its lines.
    pub lines: Vec<AllotLine>,
    /// Their sum.
    pub total: Money,
    /// What the side of the fund has left now, source by source, oldest first.
    pub quota: Vec<QuotaLeft>,
    /// The sum of it.
    pub quota_left: Money,
    /// Its steps: done, open with their days, later.
    pub steps: Vec<StepNow>,
    /// What happened, in order.
    pub trail: Vec<TrailLine>,
    /// Whether the draft may be changed by the viewer.
    pub may_edit: bool,
    /// The edition that it runs under.
    pub pack: Arc<Pack>,
    /// In which order sources are used up.
    pub order: IssueOrder,
    /// Whether lines name the place whose money it is.
    pub pooled: bool,
    /// The day and document of the approval.
    pub approved: Option<(Date, String)>,
    /// Before its approval: the overheads of the years whose money it would give to overheads, with what it gives.
    pub overheads: Vec<OverheadShare>,
}

impl AllocationPage {
    /// By how much it goes over what is left, before its approval.
    pub fn over(&self) -> Option<Money> {
        let over = self.total.checked_sub(self.quota_left)?;
        (self.line.row.standing == "open" && over > Money::ZERO).then_some(over)
    }
}

impl App {
    /// The list of allocations.
    pub fn allocation_list(
        &self,
        viewer: &Viewer,
        query: &AllocationQuery,
    ) -> Result<AllocationList, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let page = self.reads.allocations(&AllocationFilter {
            pack: pack.id.clone(),
            fund: query.fund.clone(),
            year: query.year,
            standing: query.standing.clone(),
            after: query.after.clone(),
            limit: PAGE,
        })?;
        let plans = |step: &policy::procedure::Step| {
            step.on == Subject::Allocation
                && step.act == policy::procedure::Act::Plan
                && step.by == viewer.role
        };
        Ok(AllocationList {
            lines: page.rows.into_iter().map(|row| line(pack, row)).collect(),
            next: page.next,
            total: page.total,
            may_draft: pack.steps.iter().any(plans),
        })
    }

    /// One allocation.
    pub fn allocation_page(&self, viewer: &Viewer, id: AllocationId) -> Result<AllocationPage, Failure> {
        sees_money(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "分配方案".into() });
        let row = self.reads.allocation(id)?.filter(|row| row.pack == viewer.pack.id).ok_or_else(missing)?;
        let acts = self.reads.stream(&Stream::Allocation(id).key())?;
        let state = crate::history::allocation(&acts)?.ok_or_else(missing)?;
        let pack = self.edition(&state.pack, &state.edition)?;
        let open = state.open_steps(&pack);
        let steps = self.steps_now(&Course {
            pack: &pack,
            procedure: &state.procedure,
            subject: Subject::Allocation,
            trail: &state.trail,
            open: &open,
            role: &viewer.role,
        })?;
        let quota = self.quota_left(&pack, &state.fund, &state.side)?;
        let overheads = self.overheads_of(&pack, &state, &quota)?;
        let planner = state.plan_step(&pack).is_some_and(|step| step.by == viewer.role);
        Ok(AllocationPage {
            line: line(&pack, row),
            basis: state.basis.clone(),
            method: state.method.as_deref().and_then(|id| pack.distributions.get(id)).cloned(),
            lines: self.allot_lines(&pack, &state)?,
            total: state.total(),
            overheads,
            quota_left: quota.iter().fold(Money::ZERO, |sum, left| add(sum, left.left)),
            quota,
            steps,
            trail: self.trail_lines(&pack, &state.trail)?,
            may_edit: planner && viewer.may(Right::Allocate) && state.open_to_change(&pack),
            order: pack.funds.get(&state.fund).map_or(IssueOrder::Oldest, |fund| fund.order),
            pooled: pack.funds.get(&state.fund).is_some_and(|fund| fund.pooled),
            approved: state.approved.as_ref().map(|approval| (approval.stamp, approval.document.clone())),
            pack,
        })
    }

    /// What each source of a side of a fund has left to give, oldest first; sources with nothing left are not listed.
    pub fn quota_left(&self, pack: &Pack, fund: &str, side: &str) -> Result<Vec<QuotaLeft>, Failure> {
        let of = SideOf { pack: &pack.id, fund, side };
        let prefix = quota_account(of, SourceId(0));
        let prefix = prefix.strip_suffix('0').unwrap_or(&prefix);
        let mut left = Vec::new();
        for (account, amount) in self.reads.balances(prefix)? {
            let source = account.rsplit_once(":s").and_then(|(_, id)| id.parse().ok());
            let Some(source) = source.filter(|_| !amount.is_zero()) else { continue };
            if let Some(row) = self.reads.source(source)? {
                left.push((
                    row.on,
                    QuotaLeft { source, document: row.document, year: row.year, left: amount },
                ));
            }
        }
        left.sort_by_key(|(on, left)| (*on, left.source));
        Ok(left.into_iter().map(|(_, left)| left).collect())
    }

    /// The overheads as they would stand with the lines of a draft: each line counts for the budget year of the sources that
    /// would pay it, or for the year of the plan while that is not known.
    fn overheads_of(
        &self,
        pack: &Pack,
        state: &Allocation,
        quota: &[QuotaLeft],
    ) -> Result<Vec<OverheadShare>, Failure> {
        if state.approved.is_some() {
            return Ok(Vec::new());
        }
        let order = pack.funds.get(&state.fund).map_or(IssueOrder::Oldest, |fund| fund.order);
        let amounts: Vec<Money> = state.lines.iter().map(|line| line.amount).collect();
        let seen = preview(quota, &amounts, order, &[]);
        let year_of =
            |source: SourceId| quota.iter().find(|left| left.source == source).map(|left| left.year);
        let mut drafted = Drafted::new();
        for (at, line) in state.lines.iter().enumerate() {
            let project = self.reads.project(line.project)?;
            if !project.is_some_and(|row| pack.is_overhead(&row.spending)) {
                continue;
            }
            let parts: Vec<(i16, Money)> = match seen.lines.get(at) {
                Some(lots) => lots
                    .iter()
                    .map(|(source, _, amount)| (year_of(*source).unwrap_or(state.year), *amount))
                    .collect(),
                None => vec![(state.year, line.amount)],
            };
            for (year, amount) in parts {
                let sum = drafted.entry((state.fund.clone(), year)).or_default();
                *sum = add(*sum, amount);
            }
        }
        if drafted.is_empty() {
            return Ok(Vec::new());
        }
        let mut shares = self.overhead_shares(pack, &state.fund, &drafted)?;
        shares.retain(|share| !share.drafted.is_zero());
        Ok(shares)
    }

    fn allot_lines(&self, pack: &Pack, state: &Allocation) -> Result<Vec<AllotLine>, Failure> {
        let on_file = self.all_on_file(&pack.id)?;
        let mut lines = Vec::new();
        for (place, line) in state.lines.iter().enumerate() {
            let given = state.approved.as_ref().and_then(|approval| approval.lots.get(place));
            let mut lots = Vec::new();
            for lot in given.map_or(&[][..], |given| given.lots.as_slice()) {
                let document = self.reads.source(lot.source)?.map_or_else(String::new, |row| row.document);
                lots.push((lot.source, document, lot.amount));
            }
            let acts = self.reads.stream(&Stream::Project(line.project).key())?;
            let places: Vec<String> =
                [line.place.clone()].into_iter().filter(|key| !key.is_empty()).collect();
            let health = match crate::history::project(&acts)? {
                Some(project) => self.health(pack, &project, (Gate::Allot, &places), &on_file)?,
                None => Health::default(),
            };
            let place_name = match line.place.as_str() {
                "" => String::new(),
                key => self.key_name(&on_file, key)?,
            };
            lines.push(AllotLine {
                place_name,
                health,
                project: self.reads.project(line.project)?.map(|row| project_line(pack, row)),
                place: line.place.clone(),
                amount: line.amount,
                note: line.note.clone(),
                why: line.why.clone(),
                lots,
            });
        }
        Ok(lines)
    }
}

fn line(pack: &Pack, row: AllocationRow) -> AllocationLine {
    AllocationLine { fund: fund_name(pack, &row.fund), side: side_name(pack, &row.fund, &row.side), row }
}
