//! What a check of a form takes beside the form, and what it says.

use crate::lang::Value;
use crate::pack::{Cite, Form, Id, Level, PartKind, Words};
use kernel::{Date, money::Money};
use std::collections::BTreeMap;

/// What surrounds a form.
#[derive(Clone, Copy, Debug)]
pub struct FormContext<'a> {
    /// The day of the application: windows count from it, and it picks the versions of parameters.
    pub apply_on: Date,
    /// Amounts that replace those of tally lines, by the id of the line: what a verifier confirmed.
    pub adjust: &'a BTreeMap<String, Money>,
}

/// What sort of thing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A required cell is empty.
    Missing,
    /// A cell cannot be read.
    Invalid,
    /// A typed value differs from the computed one.
    Mismatch,
    /// Too few or too many rows, or a row that the table does not have.
    Rows,
    /// A cross-check does not hold.
    Check,
}

/// Something that a person must mend or look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The part.
    pub part: Id,
    /// The row as typed, from 1; `None` for single fields and whole tables.
    pub row: Option<usize>,
    /// The field or column (`m1` … `m12` in a table of months).
    pub field: Option<Id>,
    /// Weight.
    pub level: Level,
    /// What sort.
    pub kind: FindingKind,
    /// What is wrong, with the name of the field.
    pub message: Words,
    /// How to mend it.
    pub hint: Option<Words>,
    /// Other places that a cross-check points at: part and field.
    pub also: Vec<(Id, Id)>,
    /// The clause that asks for it.
    pub cite: Cite,
}

impl Finding {
    /// Where it is, for a list of findings: `表六 …，第3行`.
    pub fn place(&self, form: &Form) -> Words {
        let Some(part) = form.part(&self.part) else { return form.name.clone() };
        match self.row {
            None => part.name.clone(),
            Some(row) => {
                Words::new(format!("{}，第{row}行", part.name.zh), format!("{}, row {row}", part.name.en))
            }
        }
    }

    /// Whether it points at this cell: itself, or one of the other places of a cross-check.
    pub fn is_at(&self, part: &str, row: Option<usize>, field: &str) -> bool {
        let here = self.part == part && self.row == row && self.field.as_deref() == Some(field);
        here || (row.is_none() && self.also.iter().any(|(p, f)| p == part && f == field))
    }
}

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartState {
    /// Nothing was typed.
    NotStarted,
    /// Something was typed, something required is empty.
    InProgress,
    /// Everything required is there and nothing is wrong.
    Complete,
    /// Something in it is wrong.
    Faulty,
    /// Its condition does not hold.
    NotApplicable,
}

impl PartState {
    /// In words.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::NotStarted => ("未开始", "not started"),
            Self::InProgress => ("填写中", "in progress"),
            Self::Complete => ("已完成", "complete"),
            Self::Faulty => ("有误", "has errors"),
            Self::NotApplicable => ("不适用", "not applicable"),
        };
        Words::new(zh, en)
    }
}

/// One line of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyLine {
    /// `assets:3` (part, row as typed from 1), `labour:wages:7` (part, row, month).
    pub id: String,
    /// The part that holds it.
    pub part: Id,
    /// What it is, as typed.
    pub label: String,
    /// Its class.
    pub class: Id,
    /// Its date; a month's cell is dated its last day.
    pub date: Option<Date>,
    /// As typed; zero when that cannot be read.
    pub declared: Money,
    /// What is counted or not: as typed, or as confirmed.
    pub amount: Money,
    /// For each result of the count, whether it is in it.
    pub counted: BTreeMap<Id, bool>,
    /// Whether it cannot be told yet for some result; then it is not counted there.
    pub open: bool,
    /// Why it is not counted, with the clause.
    pub reason: Option<(Words, Cite)>,
}

/// One count, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyResult {
    /// The count.
    pub tally: Id,
    /// The sum of counted lines, by result; absent when it cannot be held.
    pub totals: BTreeMap<Id, Money>,
    /// The same, by class and result.
    pub by_class: BTreeMap<Id, BTreeMap<Id, Money>>,
    /// Every line that has an amount or a date.
    pub lines: Vec<TallyLine>,
}

/// What a form came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormCheck {
    /// Facts of fields, derived values and counts; what is empty or wrong gives none.
    pub facts: BTreeMap<Id, Value>,
    /// Everything found, in the order of the form.
    pub findings: Vec<Finding>,
    /// Counts of lines.
    pub tallies: Vec<TallyResult>,
    /// Canonical texts of totals (`assets.amount`, `labour.m3`, `labour.wages`, `labour.total`), derived values and
    /// computed cells (`assets:3.amount`).
    pub computed: BTreeMap<String, String>,
    /// How far each part is.
    pub parts: BTreeMap<Id, PartState>,
}

impl FormCheck {
    /// Whether nothing keeps the form from being handed in.
    pub fn is_clean(&self) -> bool {
        self.findings.iter().all(|finding| finding.level != Level::Error)
    }

    /// The findings of one part, with those of cross-checks that also point at it.
    pub fn of_part<'c>(&'c self, part: &'c str) -> impl Iterator<Item = &'c Finding> {
        self.findings.iter().filter(move |f| f.part == part || f.also.iter().any(|(p, _)| p == part))
    }

    /// The findings at one cell.
    pub fn at<'c>(
        &'c self,
        part: &'c str,
        row: Option<usize>,
        field: &'c str,
    ) -> impl Iterator<Item = &'c Finding> {
        self.findings.iter().filter(move |f| f.is_at(part, row, field))
    }
}

/// The id of a line: of a row of a table, or of a month's cell.
pub(super) fn line_id(part: &str, row: &str, month: Option<usize>) -> String {
    match month {
        None => format!("{part}:{row}"),
        Some(month) => format!("{part}:{row}:{month}"),
    }
}

/// The columns of a part, as data names them.
pub(super) fn columns(kind: &PartKind) -> Vec<String> {
    match kind {
        PartKind::Fields(fields) => fields.iter().map(|f| f.id.clone()).collect(),
        PartKind::Table(table) => table.columns.iter().map(|c| c.field.id.clone()).collect(),
        PartKind::Months(_) => (1..=12).map(|month| format!("m{month}")).collect(),
    }
}
