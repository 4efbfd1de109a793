//! Recurring reports of a body: the district tells the commission each month what was declared.

use crate::actor::Context;
use crate::case::Meta;
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use policy::procedure::Act;
use std::collections::BTreeMap;

/// What happened to a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The report of a period was filed; a later one of the same period corrects it.
    Filed {
        /// The step of the pack.
        step: StepId,
        /// The period: `2019-11`.
        period: String,
        /// The figures, by name.
        figures: BTreeMap<String, i64>,
        /// Remarks.
        note: String,
    },
}

/// The reports of one period of one body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Every filing, oldest first: day, figures, remarks.
    pub filed: Vec<(Date, BTreeMap<String, i64>, String)>,
}

impl Report {
    /// Folds one event.
    pub fn apply(state: Option<Report>, event: &Event, meta: &Meta) -> Option<Report> {
        let mut report = state.unwrap_or_default();
        let Event::Filed { figures, note, .. } = event;
        report.filed.push((meta.on, figures.clone(), note.clone()));
        Some(report)
    }
}

/// File a report.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The step.
    pub step: StepId,
    /// The period: `2019-11`.
    pub period: String,
    /// Its last day.
    pub period_end: Date,
    /// The figures, counted by the program.
    pub figures: BTreeMap<String, i64>,
    /// Remarks.
    pub note: String,
}

/// Files a report, once the period is over.
pub fn file_report(command: FileReport, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = ctx.pack.steps.get(&command.step).filter(|s| s.act == Act::Report && s.every.is_some());
    let Some(step) = step else {
        return Err(Reason::StepNotOpen { step: command.step, open: "无".into() }.into());
    };
    crate::case::allowed_for(step, ctx)?;
    if ctx.today <= command.period_end {
        return Err(Refusal::under(
            step.cite.to_string(),
            Reason::DateTooEarly {
                what: "报送日期".into(),
                date: ctx.today,
                earliest: command.period_end.tomorrow().unwrap_or(command.period_end),
                because: "报送期结束的次日".into(),
            },
        ));
    }
    Ok(vec![Event::Filed {
        step: command.step,
        period: command.period,
        figures: command.figures,
        note: command.note.trim().to_owned(),
    }])
}
