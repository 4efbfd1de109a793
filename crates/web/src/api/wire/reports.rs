//! Monthly reports over the wire.

use std::collections::BTreeMap;

use app::Command;
use app::view::reports::{FiledReport, Head, Line, MonthTable, Value};

use super::{Day, Text, Yuan, asks, each, shape};

asks! {
    /// A report for a month; the program counts its figures, or adds up those of the bodies below.
    ReportMonth {
        /// The step.
        step: String,
        /// The month: `2019-10`.
        period: String,
        /// Remarks; where bodies below have not reported, why it is filed without them.
        note: Option<String>,
    }
}

shape! {
    /// A figure of a report.
    FigureSaid of &Head as head => {
        /// Its name in `counts` or `money`.
        id: String = head.id.clone(),
        /// What it is called; the procedure, where `kind` says which of its cases.
        name: Text = (&head.name).into(),
        /// `filed`, `accepted`, `returned`, `refused`.
        kind: Option<String> = head.kind.map(str::to_owned),
        /// Whether it stands in `money`.
        is_money: bool = head.is_money,
    }

    /// A month, body by body.
    MonthSaid of &MonthTable as table => {
        /// The step.
        step: String = table.step.clone(),
        /// What is reported.
        name: Text = (&table.name).into(),
        /// The month.
        period: String = table.month.period.clone(),
        /// Until when.
        due: Option<Day> = table.due.as_ref().map(|due| Day(due.date)),
        /// The figures, in their order.
        figures: Vec<FigureSaid> = each(&table.heads),
        /// The bodies, by name.
        bodies: Vec<BodySaid> = table.lines.iter().map(|line| (&table.heads[..], line).into()).collect(),
        /// What those that have filed add up to; none when it cannot be held.
        total: Option<FiguresSaid> = table.total.as_ref().map(|total| said(&table.heads, total)),
        /// How many have not filed.
        missing: usize = table.missing().count(),
    }

    /// A body of a month.
    BodySaid of (&[Head], &Line) as (heads, line) => {
        /// The body.
        org: i64 = line.org.get(),
        /// Its name.
        name: String = line.name.clone(),
        /// When it filed; none when it has not.
        filed: Option<Day> = line.filed.map(|(on, _)| Day(on)),
        /// Its figures; none when it has not filed.
        figures: Option<FiguresSaid> = line.filed.map(|_| said(heads, &line.values)),
    }

    /// What a body filed.
    FiledReportSaid of &FiledReport as report => {
        /// The body.
        org: i64 = report.org.get(),
        /// Its name.
        body: String = report.body.clone(),
        /// What is reported.
        name: Text = (&report.name).into(),
        /// The month.
        period: String = report.month.period.clone(),
        /// Every day on which it was filed; the last one counts.
        filed: Vec<Day> = report.filed.iter().copied().map(Day).collect(),
        /// Remarks.
        note: String = report.note.clone(),
        /// The figures.
        figures: FiguresSaid = {
            let heads: Vec<Head> = report.figures.iter().map(|figure| figure.head.clone()).collect();
            let values: Vec<Value> = report.figures.iter().map(|figure| figure.value).collect();
            said(&heads, &values)
        },
        /// What they are the sum of; none for a report of one's own.
        below: Option<MonthSaid> = report.below.as_ref().map(Into::into),
    }
}

/// Figures, by name.
#[derive(Debug, Clone, Default, serde::Serialize, utoipa::ToSchema)]
pub struct FiguresSaid {
    /// How many.
    pub counts: BTreeMap<String, i64>,
    /// How much.
    pub money: BTreeMap<String, Yuan>,
}

fn said(heads: &[Head], values: &[Value]) -> FiguresSaid {
    let mut figures = FiguresSaid::default();
    for (head, value) in heads.iter().zip(values) {
        match value {
            Value::Count(n) => drop(figures.counts.insert(head.id.clone(), *n)),
            Value::Money(money) => drop(figures.money.insert(head.id.clone(), Yuan(*money))),
        }
    }
    figures
}

impl ReportMonth {
    /// The command in a pack.
    pub fn command(self, pack: String) -> Command {
        let (step, period) = (self.step, self.period);
        Command::Report { pack, step, period, note: self.note.unwrap_or_default() }
    }
}
