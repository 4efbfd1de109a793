//! Figures of recurring reports: what a month is counted from. Where lines and money are kept is not known here.

use super::Step;
use crate::pack::{Id, Pack, Words};

/// A figure of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Id.
    pub id: Id,
    /// What it is called.
    pub name: Words,
    /// What is counted or summed up.
    pub of: FigureOf,
    /// Over which days.
    pub span: Span,
    /// Whether it is an amount of money, in fen; a count otherwise.
    pub is_money: bool,
}

/// What a figure is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureOf {
    /// The lines of a register of which a day falls into the span.
    Lines {
        /// The register.
        register: Id,
        /// The column of the day.
        day: Id,
        /// Only lines whose other day is not known, or comes after the span.
        without: Option<Id>,
        /// The sum of this column; without it, how many lines.
        sum: Option<Id>,
    },
    /// Money that was booked in the span.
    Money(Moved),
}

/// The days that a figure takes in; all end with the last day of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The month.
    Month,
    /// From the first day of its year.
    Year,
    /// From the beginning.
    Ever,
}

impl Span {
    /// All, with the words that packs write.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("month", Self::Month), ("year", Self::Year), ("ever", Self::Ever)];
}

/// Money that was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Cash that arrived.
    Arrived,
    /// Given to projects, less what went back.
    Allotted,
    /// Paid for projects, less what was recovered.
    Paid,
}

impl Moved {
    /// All, with the words that packs write.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("arrived", Self::Arrived), ("allotted", Self::Allotted), ("paid", Self::Paid)];
}

impl Pack {
    /// The figures of a report: its own, or those of the reports that it sums up.
    pub fn figures_of<'p>(&'p self, step: &'p Step) -> &'p [Figure] {
        self.sources_of(step).last().map_or(&[], |step| &step.figures)
    }

    /// A report and what it sums up, one below the other; the last one counts.
    pub fn sources_of<'p>(&'p self, step: &'p Step) -> Vec<&'p Step> {
        let mut found = vec![step];
        while let Some(below) = found.last().and_then(|step| self.steps.get(step.sums.as_deref()?)) {
            if found.len() > self.steps.len() {
                break;
            }
            found.push(below);
        }
        found
    }
}
