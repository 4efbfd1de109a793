//! Monthly reports: which are due from whom and until when, what was filed, and what the program would count.

use super::Viewer;
use super::desk::{DueShown, due_shown};
use crate::access::{Right, scope_of};
use crate::command::Failure;
use crate::ports::Fault;
use crate::rows::{ReportRow, Scope};
use crate::writer::App;
use domain::Reason;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::due;
use kernel::id::OrgId;
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Period, Step, Subject};
use std::collections::BTreeMap;

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

/// One figure of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The procedure.
    pub procedure: Words,
    /// `filed`, `accepted`, `returned`, `refused`.
    pub kind: String,
    /// How many.
    pub n: i64,
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

/// What the page of reports shows.
#[derive(Debug, Clone)]
pub enum ReportsPage {
    /// One's own reports, newest month first.
    Own(Vec<MonthReport>),
    /// Everybody's: months as columns, newest first.
    All {
        /// What is reported, with its article.
        name: Words,
        /// The article.
        cite: String,
        /// The months.
        months: Vec<(Month, Option<DueShown>)>,
        /// The bodies by name.
        bodies: Vec<BodyReports>,
    },
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
        if viewer.may(Right::Report) {
            return Ok(ReportsPage::Own(self.own_reports(viewer)?));
        }
        if viewer.scope == Scope::All {
            return self.all_reports(viewer);
        }
        Err(Reason::NotFound { what: "月报".into() }.into())
    }

    fn own_reports(&self, viewer: &Viewer) -> Result<Vec<MonthReport>, Failure> {
        let today = self.today();
        let filed = self.reads.reports(None, Some(viewer.org))?;
        let mut rows = Vec::new();
        for step in report_steps(&viewer.pack, &viewer.role) {
            for month in months_over(viewer.pack.in_force.from, viewer.pack.in_force.until, today) {
                let row = filed.iter().find(|r| r.step == step.id && r.period == month.period);
                let counted = match row {
                    Some(row) => row.figures.clone(),
                    None => self.count_month(&viewer.scope, &viewer.pack.id, &month)?,
                };
                rows.push(month_report(&viewer.pack, step, month, row, &counted, today));
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.month.first));
        Ok(rows)
    }

    /// One own report, to look at before it is filed or filed again; the figures are those of now.
    pub fn own_report(&self, viewer: &Viewer, period: &str) -> Result<MonthReport, Failure> {
        let today = self.today();
        let missing = || Failure::from(Reason::NotFound { what: "报送月份".into() });
        let months = months_over(viewer.pack.in_force.from, viewer.pack.in_force.until, today);
        let month = months.into_iter().find(|m| m.period == period).ok_or_else(missing)?;
        let step =
            report_steps(&viewer.pack, &viewer.role).into_iter().next().filter(|_| viewer.may(Right::Report));
        let step = step.ok_or_else(missing)?;
        let filed = self.reads.reports(Some(period), Some(viewer.org))?;
        let row = filed.iter().find(|r| r.step == step.id);
        let counted = self.count_month(&viewer.scope, &viewer.pack.id, &month)?;
        Ok(month_report(&viewer.pack, step, month, row, &counted, today))
    }

    fn all_reports(&self, viewer: &Viewer) -> Result<ReportsPage, Failure> {
        let today = self.today();
        let Some(step) = report_steps(&viewer.pack, "").into_iter().next() else {
            return Err(Reason::NotFound { what: "月报".into() }.into());
        };
        let mut months = months_over(viewer.pack.in_force.from, viewer.pack.in_force.until, today);
        months.reverse();
        let months: Vec<(Month, Option<DueShown>)> =
            months.into_iter().map(|m| (m.clone(), report_due(step, m.last, today))).collect();
        let filed = self.reads.reports(None, None)?;
        let mut bodies: BTreeMap<OrgId, String> = BTreeMap::new();
        for person in self.reads.persons(None)? {
            for role in person.roles.iter().filter(|r| r.role == step.by) {
                if let std::collections::btree_map::Entry::Vacant(place) = bodies.entry(role.org) {
                    place.insert(self.reads.org(role.org)?.map_or_else(String::new, |o| o.name));
                }
            }
        }
        let mut bodies: Vec<BodyReports> = bodies
            .into_iter()
            .map(|(org, name)| {
                let months =
                    months.iter().map(|(month, due)| month_state(&filed, &step.id, org, month, due.as_ref()));
                BodyReports { org, name, months: months.collect() }
            })
            .collect();
        bodies.sort_by_key(|body| body.name.clone());
        Ok(ReportsPage::All { name: step.name.clone(), cite: step.cite.to_string(), months, bodies })
    }

    /// What a month brought within a scope, counted from the rows: by procedure, filed, accepted, returned, refused.
    fn count_month(&self, scope: &Scope, pack: &str, month: &Month) -> Result<BTreeMap<String, i64>, Fault> {
        let inside = |day: Date| month.first <= day && day <= month.last;
        let mut counts = BTreeMap::new();
        let mut after = None;
        loop {
            let filter = crate::rows::CaseFilter { after, ..super::cases::everything(scope.clone(), 500) };
            let page = self.reads.cases(&filter)?;
            for row in page.rows.iter().filter(|r| r.pack == pack) {
                if inside(row.filed_on) {
                    *counts.entry(format!("{}.filed", row.procedure)).or_insert(0) += 1;
                }
                if inside(row.changed_on)
                    && ["accepted", "returned", "refused"].contains(&row.standing.as_str())
                {
                    *counts.entry(format!("{}.{}", row.procedure, row.standing)).or_insert(0) += 1;
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(counts),
            }
        }
    }
}

fn month_report(
    pack: &Pack,
    step: &Step,
    month: Month,
    row: Option<&ReportRow>,
    counted: &BTreeMap<String, i64>,
    today: Date,
) -> MonthReport {
    let due = report_due(step, month.last, today);
    let late = row.zip(due.as_ref()).is_some_and(|(row, due)| row.filed > due.date);
    MonthReport {
        step: step.id.clone(),
        name: step.name.clone(),
        cite: step.cite.to_string(),
        due,
        filed: row.map(|r| (r.filed, r.version, r.note.clone())),
        late,
        figures: figures(pack, counted),
        month,
    }
}

/// The figures in the order of the pack's procedures on cases; what did not occur stands as zero.
fn figures(pack: &Pack, counted: &BTreeMap<String, i64>) -> Vec<Figure> {
    let of_case = pack.procedures.iter().filter(|p| p.subject == Subject::Case);
    of_case
        .flat_map(|procedure| {
            ["filed", "accepted", "returned", "refused"].map(|kind| Figure {
                procedure: procedure.name.clone(),
                kind: kind.to_owned(),
                n: counted.get(&format!("{}.{kind}", procedure.id)).copied().unwrap_or(0),
            })
        })
        .collect()
}

fn month_state(
    filed: &[ReportRow],
    step: &str,
    org: OrgId,
    month: &Month,
    due: Option<&DueShown>,
) -> MonthState {
    let row = filed.iter().find(|r| r.step == step && r.org == org && r.period == month.period);
    match (row, due) {
        (Some(row), Some(due)) if row.filed > due.date && row.version == 1 => {
            MonthState::FiledLate(row.filed)
        }
        (Some(row), _) => MonthState::Filed(row.filed),
        (None, Some(due)) if due.left < 0 => MonthState::Late,
        (None, _) => MonthState::Open,
    }
}

/// Whether a role reports at all; keeps the page's rights in one place.
pub fn may_see(viewer: &Viewer) -> bool {
    viewer.may(Right::Report) || scope_of(&viewer.pack, &viewer.role, viewer.org, viewer.region) == Scope::All
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
