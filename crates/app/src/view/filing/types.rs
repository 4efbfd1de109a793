//! What a form shows: parts in printed order with every cell worded, totals, counts line by line, findings, differences.

use kernel::id::{CaseId, PaperHash};
use kernel::{Date, Money};
use policy::form::{FindingKind, How, PartState};
use policy::pack::{Level, Words};

/// A form with everything that can be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledForm {
    /// The case; `None` for a draft that was never filed.
    pub case: Option<CaseId>,
    /// Its number; empty for a draft.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who files.
    pub applicant: String,
    /// The procedure.
    pub procedure: Words,
    /// The form's name as printed.
    pub name: Words,
    /// The annex that shows it: 附件2.
    pub print: Option<Words>,
    /// The version shown, from 1; 0 for a draft.
    pub version: u32,
    /// Every version filed.
    pub versions: Vec<u32>,
    /// The day of this filing (of a draft: today).
    pub on: Date,
    /// The version it is compared with.
    pub compared: Option<u32>,
    /// How many cells differ from it.
    pub changes: usize,
    /// Parts in printed order.
    pub parts: Vec<FiledPart>,
    /// Papers handed in with it.
    pub papers: Vec<FiledPaper>,
    /// Counts, line by line.
    pub tallies: Vec<TallyShown>,
    /// Everything found, in the order of the form.
    pub findings: Vec<FindingShown>,
}

impl FiledForm {
    /// How many findings keep it from being filed.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.level == Level::Error).count()
    }
}

/// One part: a table or a group of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledPart {
    /// Id.
    pub id: String,
    /// Name as printed.
    pub name: Words,
    /// Help.
    pub hint: Option<Words>,
    /// The clause.
    pub cite: String,
    /// Who fills it, when it is not the applicant.
    pub by: Option<Words>,
    /// How far it is.
    pub state: PartState,
    /// How many cells differ from the version before.
    pub changes: usize,
    /// Its content.
    pub body: PartBody,
    /// What the role that fills it has said at its steps.
    pub opinions: Vec<OpinionShown>,
}

/// What a part consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartBody {
    /// Single fields.
    Fields(Vec<FieldShown>),
    /// A table, growing or of months.
    Table(TableShown),
}

/// One field with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldShown {
    /// Id.
    pub id: String,
    /// Label as printed.
    pub name: Words,
    /// Its unit: 万元, 人.
    pub unit: Option<Words>,
    /// The clause that asks for it.
    pub cite: String,
    /// A long text, over the whole width.
    pub wide: bool,
    /// The value.
    pub cell: CellShown,
}

/// A value in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellShown {
    /// As it reads; empty when nothing was given.
    pub text: Words,
    /// What stood there in the version before, when it differs.
    pub old: Option<Words>,
    /// How it differs.
    pub how: Option<How>,
    /// Kept under seal: the text is a mask.
    pub sealed: bool,
    /// It must be filled in and is empty.
    pub lacking: bool,
    /// The level of the worst other finding at this cell.
    pub fault: Option<Level>,
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableShown {
    /// Columns in printed order.
    pub columns: Vec<TableColumn>,
    /// Rows in which something stands.
    pub rows: Vec<RowShown>,
    /// Rows that stood in the version before and are gone.
    pub gone: Vec<RowShown>,
    /// Totals, one text a column, empty where there is none; empty list when no column has a total.
    pub totals: Vec<String>,
    /// Fixed rows by twelve months.
    pub months: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Id.
    pub id: String,
    /// Heading as printed.
    pub name: Words,
    /// Its unit.
    pub unit: Option<Words>,
    /// Right-aligned.
    pub number: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowShown {
    /// Its number, or the name of a fixed row.
    pub label: Words,
    /// The line of a count that it is, when it is one: `assets:3`.
    pub line: String,
    /// The whole row is new or gone.
    pub how: Option<How>,
    /// One cell a column.
    pub cells: Vec<CellShown>,
}

/// A paper that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledPaper {
    /// The pack's paper.
    pub paper: String,
    /// Its name.
    pub name: Words,
    /// The clause.
    pub cite: String,
    /// The file's name.
    pub file: String,
    /// Its media type.
    pub media: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its digest.
    pub hash: PaperHash,
    /// It was not there in the version before.
    pub new: bool,
}

/// What the role of a part has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionShown {
    /// At which step.
    pub step: Words,
    /// With what outcome.
    pub outcome: Option<Words>,
    /// In what words.
    pub text: String,
    /// When.
    pub on: Date,
    /// By whom.
    pub person: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingShown {
    /// The part.
    pub part: String,
    /// Where: 表六，第3行.
    pub place: Words,
    /// The row from 1.
    pub row: Option<usize>,
    /// The field or column.
    pub field: Option<String>,
    /// Weight.
    pub level: Level,
    /// What sort.
    pub kind: FindingKind,
    /// What is wrong.
    pub message: Words,
    /// How to mend it.
    pub hint: Option<Words>,
    /// The clause.
    pub cite: String,
}

/// A count line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyShown {
    /// Its name.
    pub name: Words,
    /// The clause.
    pub cite: String,
    /// What is counted, with totals.
    pub gives: Vec<TallyGive>,
    /// The same by class: one amount for each of `gives`.
    pub classes: Vec<TallyClass>,
    /// Every line.
    pub lines: Vec<LineShown>,
}

/// One result of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyGive {
    /// The fact.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The total of counted lines.
    pub total: Option<Money>,
    /// How many lines are counted.
    pub counted: usize,
    /// How many are not.
    pub left_out: usize,
}

/// The sums of one class of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyClass {
    /// The class.
    pub name: Words,
    /// One sum for each result.
    pub sums: Vec<Option<Money>>,
}

/// One line of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineShown {
    /// Its id: `assets:3`.
    pub id: String,
    /// Where it stands: 表六，第3行.
    pub place: Words,
    /// The part.
    pub part: String,
    /// What it is.
    pub label: String,
    /// Its class.
    pub class: Words,
    /// Its date.
    pub date: Option<Date>,
    /// As typed.
    pub declared: Money,
    /// As confirmed, or as typed.
    pub amount: Money,
    /// For each result, whether it is counted.
    pub counted: Vec<bool>,
    /// It cannot be told yet for some result.
    pub open: bool,
    /// Why it is not counted, with the clause.
    pub reason: Option<(Words, String)>,
}
