//! The table of a month: bodies as lines, figures as columns, what they add up to, and who has not reported; and what one of them filed.

use super::{Figure, Head, Month, heads, month_before, overseen, report_due, report_steps, shown, value};
use crate::access::Right;
use crate::command::Failure;
use crate::figures::{Below, Ground, below, lies_below, split};
use crate::history;
use crate::view::Viewer;
use crate::view::desk::DueShown;
use crate::view::reports::Value;
use crate::writer::App;
use domain::report::{Figures, Part};
use domain::{Reason, Stream};
use kernel::Date;
use kernel::id::OrgId;
use kernel::region::RegionCode;
use policy::pack::Words;
use policy::procedure::Step;

/// One body of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The body.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// When it filed and how many times; nothing when it has not.
    pub filed: Option<(Date, i64)>,
    /// Its figures, by column; none when it has not filed.
    pub values: Vec<Value>,
}

/// A month, body by body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthTable {
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
    /// The columns.
    pub heads: Vec<Head>,
    /// The bodies by name.
    pub lines: Vec<Line>,
    /// What those that have filed add up to, by column; none when it cannot be held.
    pub total: Option<Vec<Value>>,
}

impl MonthTable {
    /// Those who have not reported.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.filed.is_none())
    }
}

/// What a body filed for a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledReport {
    /// The body.
    pub org: OrgId,
    /// Its name.
    pub body: String,
    /// What is reported.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The month.
    pub month: Month,
    /// Every day on which it was filed; the last one counts.
    pub filed: Vec<Date>,
    /// Remarks.
    pub note: String,
    /// The figures against the month before.
    pub figures: Vec<Figure>,
    /// What they are the sum of, with who was missing then; none for a report of one's own.
    pub below: Option<MonthTable>,
}

impl App {
    /// The table of a month of the bodies below that a viewer oversees.
    pub fn month_table(&self, viewer: &Viewer, period: &str, step: &str) -> Result<MonthTable, Failure> {
        let found = overseen(viewer).into_iter().find(|(one, _)| one.id == step);
        let (step, region) = found.ok_or_else(nowhere)?;
        let month = self.month_of(viewer, period)?;
        Ok(self.below_of(viewer, step, region, month)?.0)
    }

    /// The same with its sum.
    pub(super) fn below_of(
        &self,
        viewer: &Viewer,
        step: &Step,
        region: Option<RegionCode>,
        month: Month,
    ) -> Result<(MonthTable, Figures), Failure> {
        let bodies = below(&mut &*self.reads, &viewer.pack, step, region, &month.period)?;
        Ok(self.table(viewer, step, month, bodies))
    }

    fn table(&self, viewer: &Viewer, step: &Step, month: Month, bodies: Vec<Below>) -> (MonthTable, Figures) {
        let heads = heads(&viewer.pack, step);
        let sum = Figures::sum(bodies.iter().filter_map(|body| Some(&body.filed.as_ref()?.2)));
        let values = |figures: &Figures| heads.iter().map(|head| value(head, figures)).collect::<Vec<_>>();
        let total = sum.as_ref().map(values);
        let lines = bodies
            .into_iter()
            .map(|body| Line {
                org: body.org,
                name: body.name,
                values: body.filed.as_ref().map_or_else(Vec::new, |(.., figures)| values(figures)),
                filed: body.filed.map(|(on, times, _)| (on, times)),
            })
            .collect();
        let due = report_due(step, month.last, self.today());
        let (id, name, cite) = (step.id.clone(), step.name.clone(), step.cite.to_string());
        (MonthTable { step: id, name, cite, due, lines, total, heads, month }, sum.unwrap_or_default())
    }

    /// What a body filed for a month: the viewer's own, or one that the viewer oversees.
    pub fn filed_report(
        &self,
        viewer: &Viewer,
        period: &str,
        step: &str,
        org: OrgId,
    ) -> Result<FiledReport, Failure> {
        let (body, place) = (&*self.reads).body(org)?.ok_or_else(nowhere)?;
        let own = |one: &&Step| one.id == step && org == viewer.org && viewer.may(Right::Report);
        let own = report_steps(&viewer.pack, &viewer.role).into_iter().find(own);
        let above = || {
            let sees = |(one, region): &(&Step, _)| one.id == step && lies_below(*region, place);
            overseen(viewer).into_iter().find(sees).map(|(step, _)| step)
        };
        let step = own.or_else(above).ok_or_else(nowhere)?;
        let month = self.month_of(viewer, period)?;
        let stream = |period: &str| Stream::Report(step.id.clone(), org, period.to_owned()).key();
        let report = history::report(&self.reads.stream(&stream(&month.period))?)?;
        let last = report.as_ref().and_then(|report| report.filed.last()).ok_or_else(nowhere)?;
        let rows = self.reads.reports(Some(&month_before(&month)), Some(org))?;
        let before = rows.iter().find(|row| row.step == step.id);
        let before = before.map(|row| split(&viewer.pack, step, &row.figures));
        let of = step.sums.as_deref().and_then(|id| viewer.pack.steps.get(id));
        let below = match of {
            Some(of) => {
                let bodies = self.as_filed(&last.parts, &last.missing)?;
                Some(self.table(viewer, of, month.clone(), bodies).0)
            }
            None => None,
        };
        Ok(FiledReport {
            org,
            body,
            name: step.name.clone(),
            cite: step.cite.to_string(),
            month,
            filed: report.iter().flat_map(|report| &report.filed).map(|filing| filing.on).collect(),
            note: last.note.clone(),
            figures: shown(&viewer.pack, step, &last.figures, before.as_ref()),
            below,
        })
    }

    /// What was summed up then.
    fn as_filed(&self, parts: &[Part], missing: &[OrgId]) -> Result<Vec<Below>, Failure> {
        let name = |org: OrgId| -> Result<String, Failure> {
            Ok((&*self.reads).body(org)?.map_or_else(String::new, |(name, _)| name))
        };
        let mut bodies = Vec::new();
        for part in parts {
            let filed = Some((part.on, 1, part.figures.clone()));
            bodies.push(Below { org: part.org, name: name(part.org)?, filed });
        }
        for org in missing {
            bodies.push(Below { org: *org, name: name(*org)?, filed: None });
        }
        bodies.sort_by(|a, b| (&a.name, a.org).cmp(&(&b.name, b.org)));
        Ok(bodies)
    }
}

fn nowhere() -> Failure {
    Reason::NotFound { what: "月报".into() }.into()
}
