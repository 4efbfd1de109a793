//! Monthly reports: which are due from whom and until when, what was filed, and what the program would count; and for those above,
//! who has reported and what it adds up to.

mod table;

pub use table::{FiledReport, Line, MonthTable};

use super::Viewer;
use super::desk::{DueShown, due_shown};
use crate::access::Right;
use crate::command::Failure;
use crate::figures::{Ground, Reporter, counted, lies_below, split};
use crate::ports::Fault;
use crate::rows::{ReportRow, Scope};
use crate::writer::App;
use domain::Reason;
use domain::report::Figures;
use kernel::calendar::Calendar;
use kernel::deadline::due;
use kernel::id::OrgId;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Period, Step, Subject};
use std::collections::BTreeSet;

/// A month that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// `2019-11`.
    pub period: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// What a figure is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its name in the report.
    pub id: String,
    /// What it is called; the procedure, when the figure is one of its four.
    pub name: Words,
    /// `filed`, `accepted`, `returned`, `refused`: which of the four.
    pub kind: Option<&'static str>,
    /// Whether it is money.
    pub is_money: bool,
}

/// The value of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// How many.
    Count(i64),
    /// How much.
    Money(Money),
}

impl Value {
    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self == Value::Count(0) || self == Value::Money(Money::ZERO)
    }

    /// What it is more than another one of its kind; less, when negative.
    pub fn less(self, before: Value) -> Option<Value> {
        match (self, before) {
            (Value::Count(now), Value::Count(then)) => now.checked_sub(then).map(Value::Count),
            (Value::Money(now), Value::Money(then)) => now.checked_sub(then).map(Value::Money),
            _ => None,
        }
    }
}

/// One figure of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is called.
    pub head: Head,
    /// Its value.
    pub value: Value,
    /// What was reported for the month before.
    pub before: Option<Value>,
}

/// The report of one month of one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthReport {
    /// The step of the pack.
    pub step: String,
    /// What is reported.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The month.
    pub month: Month,
    /// Until when.
    pub due: Option<DueShown>,
    /// When it was filed, how many times, with what remark.
    pub filed: Option<(Date, i64, String)>,
    /// It was filed after its last day.
    pub late: bool,
    /// The figures as filed, or as the program counts them now.
    pub figures: Vec<Figure>,
    /// Whether it sums up reports from below.
    pub sums: bool,
    /// What they add up from now, for a report that sums up and is about to be filed.
    pub below: Option<MonthTable>,
}

/// A body in the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyReports {
    /// The body.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// One for each month.
    pub months: Vec<MonthState>,
}

/// How the report of a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthState {
    /// Filed in time.
    Filed(Date),
    /// Filed too late.
    FiledLate(Date),
    /// Not filed, and the day has not passed.
    Open,
    /// Not filed, and the day has passed.
    Late,
}

impl MonthState {
    /// Whether it is filed.
    pub fn is_filed(self) -> bool {
        matches!(self, MonthState::Filed(_) | MonthState::FiledLate(_))
    }
}

/// Who reports at one level: months as columns, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The step of the pack.
    pub step: String,
    /// What is reported.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The months.
    pub months: Vec<(Month, Option<DueShown>)>,
    /// The bodies by name.
    pub bodies: Vec<BodyReports>,
}

/// What the page of reports shows.
#[derive(Debug, Clone)]
pub struct ReportsPage {
    /// Whether the viewer files reports.
    pub files: bool,
    /// One's own reports, newest month first.
    pub own: Vec<MonthReport>,
    /// Those of the bodies below, level by level from above.
    pub levels: Vec<Level>,
}

/// The steps of a role that report every month.
pub fn report_steps<'p>(pack: &'p Pack, role: &str) -> Vec<&'p Step> {
    let monthly = |s: &&Step| {
        s.on == Subject::Body
            && s.act == Act::Report
            && s.every.as_ref().is_some_and(|e| e.period == Period::Month)
    };
    pack.steps.iter().filter(monthly).filter(|s| role.is_empty() || s.by == role).collect()
}

/// The months since a pack came into force that are over; the month of its first day counts.
pub fn months_over(from: Date, until: Option<Date>, today: Date) -> Vec<Month> {
    let mut months = Vec::new();
    let mut first = from.first_of_month();
    let end = until.map_or(today, |u| u.last_of_month().min(today));
    while first.last_of_month() < today && first <= end {
        let last = first.last_of_month();
        months.push(Month { period: format!("{:04}-{:02}", first.year(), first.month()), first, last });
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    months
}

/// Until when the report of a month is to be filed: so long after its last day.
pub fn report_due(step: &Step, last: Date, today: Date) -> Option<DueShown> {
    let term = step.every.as_ref()?.due;
    let found = due(last, term, &Calendar::known_on(today));
    let revision = found.revision.map(|r| r.to_string()).unwrap_or_default();
    Some(due_shown(today, found.date, &revision, found.provisional, false))
}

impl App {
    /// The reports that this viewer files or oversees.
    pub fn reports(&self, viewer: &Viewer) -> Result<ReportsPage, Failure> {
        let files = viewer.may(Right::Report);
        let own = if files { self.own_reports(viewer)? } else { Vec::new() };
        let mut levels = Vec::new();
        for (step, region) in overseen(viewer) {
            levels.push(self.level(viewer, step, region)?);
        }
        if !files && levels.is_empty() {
            return Err(Reason::NotFound { what: "月报".into() }.into());
        }
        Ok(ReportsPage { files, own, levels })
    }

    fn own_reports(&self, viewer: &Viewer) -> Result<Vec<MonthReport>, Failure> {
        let filed = self.reads.reports(None, Some(viewer.org))?;
        let mut rows = Vec::new();
        for step in report_steps(&viewer.pack, &viewer.role) {
            for month in self.months(viewer) {
                let row = filed.iter().find(|r| r.step == step.id && r.period == month.period);
                // What is not filed yet is summed up on its own page.
                let figures = match row {
                    Some(row) => split(&viewer.pack, step, &row.figures),
                    None if step.sums.is_some() => Figures::default(),
                    None => self.counted(viewer, step, &month)?,
                };
                rows.push(self.month_report(viewer, step, month, &filed, &figures));
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.month.first));
        Ok(rows)
    }

    fn months(&self, viewer: &Viewer) -> Vec<Month> {
        months_over(viewer.pack.in_force.from, viewer.pack.in_force.until, self.today())
    }

    /// The month of this name that is over and reported under the pack.
    fn month_of(&self, viewer: &Viewer, period: &str) -> Result<Month, Failure> {
        let found = self.months(viewer).into_iter().find(|m| m.period == period);
        found.ok_or_else(|| Reason::NotFound { what: "报送月份".into() }.into())
    }

    /// One own report, to look at before it is filed or filed again; the figures are those of now.
    pub fn own_report(&self, viewer: &Viewer, period: &str) -> Result<MonthReport, Failure> {
        let month = self.month_of(viewer, period)?;
        let step =
            report_steps(&viewer.pack, &viewer.role).into_iter().next().filter(|_| viewer.may(Right::Report));
        let missing = || Failure::from(Reason::NotFound { what: "报送月份".into() });
        let step = step.ok_or_else(missing)?;
        let filed = self.reads.reports(None, Some(viewer.org))?;
        let Some(below) = step.sums.as_deref().and_then(|id| viewer.pack.steps.get(id)) else {
            let figures = self.counted(viewer, step, &month)?;
            return Ok(self.month_report(viewer, step, month, &filed, &figures));
        };
        let (table, sum) = self.below_of(viewer, below, viewer.region, month.clone())?;
        let report = self.month_report(viewer, step, month, &filed, &sum);
        Ok(MonthReport { below: Some(table), ..report })
    }

    /// What the program counts for the viewer's body now.
    fn counted(&self, viewer: &Viewer, step: &Step, month: &Month) -> Result<Figures, Fault> {
        let of = Reporter { role: &viewer.role, org: viewer.org, region: viewer.region };
        counted(&mut &*self.reads, &viewer.pack, step, of, (month.first, month.last))
    }

    fn month_report(
        &self,
        viewer: &Viewer,
        step: &Step,
        month: Month,
        filed: &[ReportRow],
        figures: &Figures,
    ) -> MonthReport {
        let of = |period: &str| filed.iter().find(|r| r.step == step.id && r.period == period);
        let row = of(&month.period);
        let before = of(&month_before(&month)).map(|row| split(&viewer.pack, step, &row.figures));
        let due = report_due(step, month.last, self.today());
        let late = row.zip(due.as_ref()).is_some_and(|(row, due)| row.filed > due.date);
        MonthReport {
            step: step.id.clone(),
            name: step.name.clone(),
            cite: step.cite.to_string(),
            due,
            filed: row.map(|r| (r.filed, r.version, r.note.clone())),
            late,
            figures: shown(&viewer.pack, step, figures, before.as_ref()),
            month,
            sums: step.sums.is_some(),
            below: None,
        }
    }

    fn level(&self, viewer: &Viewer, step: &Step, region: Option<RegionCode>) -> Result<Level, Failure> {
        let today = self.today();
        let mut months = self.months(viewer);
        months.reverse();
        let months: Vec<(Month, Option<DueShown>)> =
            months.into_iter().map(|m| (m.clone(), report_due(step, m.last, today))).collect();
        let filed: Vec<ReportRow> =
            self.reads.reports(None, None)?.into_iter().filter(|row| row.step == step.id).collect();
        let mut orgs: BTreeSet<OrgId> = self.reads.orgs_of_role(&step.by)?.into_iter().collect();
        orgs.extend(filed.iter().map(|row| row.org));
        let mut bodies = Vec::new();
        for org in orgs {
            let Some((name, place)) = (&*self.reads).body(org)? else { continue };
            if lies_below(region, place) {
                let states = months.iter().map(|(month, due)| month_state(&filed, org, month, due.as_ref()));
                bodies.push(BodyReports { org, name, months: states.collect() });
            }
        }
        bodies.sort_by_key(|body| body.name.clone());
        let (id, name) = (step.id.clone(), step.name.clone());
        Ok(Level { step: id, name, cite: step.cite.to_string(), months, bodies })
    }
}

/// The reports that a viewer oversees, each with the region below which they are filed: those that the own report sums up, or all of
/// them for who files none and sees everything.
fn overseen(viewer: &Viewer) -> Vec<(&Step, Option<RegionCode>)> {
    let pack = &viewer.pack;
    if viewer.may(Right::Report) {
        let own = report_steps(pack, &viewer.role).into_iter();
        return own
            .flat_map(|step| pack.sources_of(step).into_iter().skip(1))
            .map(|s| (s, viewer.region))
            .collect();
    }
    if viewer.scope != Scope::All {
        return Vec::new();
    }
    let mut all = report_steps(pack, "");
    all.sort_by_key(|step| std::cmp::Reverse(pack.sources_of(step).len()));
    all.into_iter().map(|step| (step, None)).collect()
}

/// The figures of a report in their order: the pack's own, or four for each procedure on cases.
fn heads(pack: &Pack, step: &Step) -> Vec<Head> {
    let own = pack.figures_of(step);
    if !own.is_empty() {
        let head = |f: &policy::procedure::Figure| Head {
            id: f.id.clone(),
            name: f.name.clone(),
            kind: None,
            is_money: f.is_money,
        };
        return own.iter().map(head).collect();
    }
    let of_case = pack.procedures.iter().filter(|p| p.subject == Subject::Case);
    of_case
        .flat_map(|procedure| {
            ["filed", "accepted", "returned", "refused"].map(|kind| Head {
                id: format!("{}.{kind}", procedure.id),
                name: procedure.name.clone(),
                kind: Some(kind),
                is_money: false,
            })
        })
        .collect()
}

/// What figures say under a head; what did not occur is zero.
fn value(head: &Head, figures: &Figures) -> Value {
    if head.is_money {
        Value::Money(figures.money.get(&head.id).copied().unwrap_or(Money::ZERO))
    } else {
        Value::Count(figures.counts.get(&head.id).copied().unwrap_or(0))
    }
}

fn shown(pack: &Pack, step: &Step, figures: &Figures, before: Option<&Figures>) -> Vec<Figure> {
    let heads = heads(pack, step).into_iter();
    heads
        .map(|head| Figure {
            value: value(&head, figures),
            before: before.map(|before| value(&head, before)),
            head,
        })
        .collect()
}

fn month_before(month: &Month) -> String {
    let last = month.first.yesterday().unwrap_or(month.first);
    format!("{:04}-{:02}", last.year(), last.month())
}

fn month_state(filed: &[ReportRow], org: OrgId, month: &Month, due: Option<&DueShown>) -> MonthState {
    let row = filed.iter().find(|r| r.org == org && r.period == month.period);
    match (row, due) {
        (Some(row), Some(due)) if row.filed > due.date && row.version == 1 => {
            MonthState::FiledLate(row.filed)
        }
        (Some(row), _) => MonthState::Filed(row.filed),
        (None, Some(due)) if due.left < 0 => MonthState::Late,
        (None, _) => MonthState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_counts_once_it_is_over() {
        let from = Date::constant(2019, 10, 9);
        let over = |until, today| -> Vec<String> {
            months_over(from, until, today).into_iter().map(|m| m.period).collect()
        };
        for (today, expected) in [
            (Date::constant(2019, 10, 31), vec![]),
            (Date::constant(2019, 11, 1), vec!["2019-10"]),
            (Date::constant(2020, 1, 1), vec!["2019-10", "2019-11", "2019-12"]),
        ] {
            assert_eq!(over(None, today), expected, "{today}");
        }
        let end = Some(Date::constant(2019, 11, 30));
        assert_eq!(over(end, Date::constant(2020, 6, 1)), ["2019-10", "2019-11"]);
    }
}
