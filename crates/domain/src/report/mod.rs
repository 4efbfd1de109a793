//! Recurring reports of a body: the district tells the commission each month what was declared; a prefecture sums up its counties.

use crate::actor::Context;
use crate::case::Meta;
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal};
use kernel::id::OrgId;
use kernel::{Date, Money};
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;

/// The figures of a report, each by its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many.
    pub counts: BTreeMap<String, i64>,
    /// How much.
    pub money: BTreeMap<String, Money>,
}

impl Figures {
    /// All together; none when a sum cannot be held.
    pub fn sum<'f>(all: impl IntoIterator<Item = &'f Figures>) -> Option<Figures> {
        let mut sum = Figures::default();
        for figures in all {
            for (id, n) in &figures.counts {
                let whole = sum.counts.entry(id.clone()).or_default();
                *whole = whole.checked_add(*n)?;
            }
            for (id, amount) in &figures.money {
                let whole = sum.money.entry(id.clone()).or_default();
                *whole = whole.checked_add(*amount)?;
            }
        }
        Some(sum)
    }
}

/// What one body reported, in a report that sums up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The body.
    pub org: OrgId,
    /// The day on which it had filed last.
    pub on: Date,
    /// Its figures of then.
    pub figures: Figures,
}

/// What happened to a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The report of a period was filed; a later one of the same period corrects it.
    Filed {
        /// The step of the pack.
        step: StepId,
        /// The period: `2019-11`.
        period: String,
        /// The figures.
        figures: Figures,
        /// What they are the sum of; empty for a report of one's own cases.
        parts: Vec<Part>,
        /// The bodies that had not reported by then.
        missing: Vec<OrgId>,
        /// Remarks.
        note: String,
    },
}

/// One filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The day.
    pub on: Date,
    /// The figures.
    pub figures: Figures,
    /// What they are the sum of.
    pub parts: Vec<Part>,
    /// The bodies that had not reported by then.
    pub missing: Vec<OrgId>,
    /// Remarks.
    pub note: String,
}

/// The reports of one period of one body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Every filing, oldest first.
    pub filed: Vec<Filing>,
}

impl Report {
    /// Folds one event.
    pub fn apply(state: Option<Report>, event: &Event, meta: &Meta) -> Option<Report> {
        let mut report = state.unwrap_or_default();
        let Event::Filed { figures, parts, missing, note, .. } = event;
        report.filed.push(Filing {
            on: meta.on,
            figures: figures.clone(),
            parts: parts.clone(),
            missing: missing.clone(),
            note: note.clone(),
        });
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
    /// From what the figures come.
    pub from: From,
    /// Remarks.
    pub note: String,
}

/// From what the figures of a report come.
#[derive(Debug, Clone)]
pub enum From {
    /// Counted by the program.
    Counted(Figures),
    /// The reports of the bodies below.
    Below {
        /// What was filed.
        parts: Vec<Part>,
        /// Who has not, with the name.
        missing: Vec<(OrgId, String)>,
    },
}

/// Files a report, once the period is over.
pub fn file_report(command: FileReport, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(step) = ctx.pack.steps.get(&command.step) else {
        return Err(Reason::StepNotOpen { step: command.step, open: "无".into() }.into());
    };
    let refuse = |reason| Err(Refusal::under(step.cite.to_string(), reason));
    if step.on != Subject::Body || step.act != Act::Report || step.every.is_none() {
        return refuse(Reason::StepNotOpen { step: step.name.zh.clone(), open: "无".into() });
    }
    crate::case::allowed_for(step, ctx)?;
    if ctx.today <= command.period_end {
        return refuse(Reason::DateTooEarly {
            what: "报送日期".into(),
            date: ctx.today,
            earliest: command.period_end.tomorrow().unwrap_or(command.period_end),
            because: "报送期结束的次日".into(),
        });
    }
    let note = command.note.trim().to_owned();
    let period = command.period;
    let (figures, parts, missing) = match command.from {
        From::Counted(figures) => (figures, Vec::new(), Vec::new()),
        From::Below { parts, .. } if parts.is_empty() => {
            return refuse(Reason::NothingToSum { period });
        }
        From::Below { missing, .. } if !missing.is_empty() && note.is_empty() => {
            let names: Vec<String> = missing.into_iter().map(|(_, name)| name).collect();
            return refuse(Reason::MissingUnexplained {
                period,
                count: names.len(),
                bodies: names.join("、"),
            });
        }
        From::Below { parts, missing } => match Figures::sum(parts.iter().map(|part| &part.figures)) {
            Some(sum) => (sum, parts, missing.into_iter().map(|(org, _)| org).collect()),
            None => return refuse(Reason::SumTooLarge { period }),
        },
    };
    Ok(vec![Event::Filed { step: command.step, period, figures, parts, missing, note }])
}
