//! A table of projects into the library. Any table will do: its columns are matched to the fields of the form, the person sees
//! and corrects the matching, and each row is tried as if it were typed by hand. What is complete is filed by the ordinary use
//! case; what lacks something becomes a draft. A preview writes nothing but the file itself.

mod cell;
mod known;
mod plan;
mod target;

pub use plan::{Fate, RowPlan};
pub use target::Target;

use super::import::keep;
use super::port::{Finding, Form, Language, Severity};
use super::survey::{TableRow, TableRowKind, TableSurvey};
use crate::command::{Command, Failure, Filings, NewFiling};
use crate::drafts::{FilingDraft, filing_step};
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use domain::case::Paper;
use journal::HashKind;
use kernel::amount::AmountUnit;
use policy::pack::{Pack, Words};
use policy::procedure::Procedure;
use std::collections::{BTreeMap, BTreeSet};

/// What the table is among the papers of what was filed from it.
pub const TABLE_PAPER: &str = "imported_table";
/// The most projects of one file.
const ROWS_MAX: usize = 500;

/// How a table is read: which column is which field, what holds for every row, which rows are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// The field of a column, by its place from zero; a column that goes nowhere is absent.
    pub columns: BTreeMap<u32, String>,
    /// The unit of an amount column whose table does not say one.
    pub units: BTreeMap<u32, AmountUnit>,
    /// Texts for every row that has none of its own, by field.
    pub whole: BTreeMap<String, String>,
    /// Rows that are left out, by their number from 1.
    pub without: BTreeSet<u32>,
}

/// What a table would become.
#[derive(Debug, Clone)]
pub struct LibraryPreview {
    /// The file as it is kept.
    pub paper: Paper,
    /// What was read.
    pub table: TableSurvey,
    /// The fields that columns may go to.
    pub targets: Vec<Target>,
    /// Fields that may be typed once for all rows, because no column goes to them.
    pub whole: Vec<Target>,
    /// How it was read.
    pub matching: Matching,
    /// The rows, each with what becomes of it.
    pub rows: Vec<RowPlan>,
    /// Everything that is wrong or should be looked at, in the order of the file.
    pub findings: Vec<Finding>,
}

/// A table that is confirmed: what is filed, and what is kept as drafts.
#[derive(Debug, Clone)]
pub struct LibraryTable {
    /// The command that files the complete rows; none when there are none.
    pub command: Option<Command>,
    /// The drafts.
    pub drafts: Vec<FilingDraft>,
}

impl LibraryPreview {
    /// Whether it may be confirmed.
    pub fn is_ready(&self) -> bool {
        self.errors() == 0 && self.rows.iter().any(|row| row.fate.is_taken())
    }

    /// How many findings forbid it.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// How many rows are filed, become drafts, are left out.
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |is: fn(&Fate) -> bool| self.rows.iter().filter(|row| is(&row.fate)).count();
        (
            of(|fate| matches!(fate, Fate::Filed)),
            of(|fate| matches!(fate, Fate::Draft { .. })),
            of(|fate| matches!(fate, Fate::Left { .. })),
        )
    }

    /// The digest of what this preview promises: each row with what was read in it and what becomes of it. A confirmation that
    /// would do anything else is shown again instead.
    pub fn promise(&self) -> String {
        let mut text = format!("{:?}\u{4}", self.matching.whole);
        for row in &self.rows {
            let word = match &row.fate {
                Fate::Filed => 'f',
                Fate::Draft { .. } => 'd',
                Fate::Left { .. } => '-',
            };
            text.push_str(&format!("{}{word}\u{1}", row.row));
            row.shown
                .iter()
                .for_each(|(name, said)| text.push_str(&format!("{}\u{2}{}\u{3}", name.zh, said.zh)));
        }
        HashKind::Sm3.plain(text.as_bytes()).to_string()
    }
}

/// The procedure of the library that the viewer files, when there is one that needs no other case before it.
pub fn library_procedure(viewer: &Viewer) -> Option<&Procedure> {
    let mine = |procedure: &&Procedure| {
        let first = filing_step(&viewer.pack, &procedure.id, None);
        let alone = procedure.parent.is_none() || procedure.parent_optional;
        procedure.library && alone && first.is_some_and(|(_, step, _)| step.done_by(&viewer.role))
    };
    viewer.pack.procedures.iter().find(mine).filter(|_| viewer.may(crate::access::Right::Declare))
}

fn mine(viewer: &Viewer) -> Result<&Procedure, Failure> {
    library_procedure(viewer).ok_or_else(|| Reason::NotFound { what: "项目库导入".into() }.into())
}

fn form_of<'p>(pack: &'p Pack, procedure: &Procedure) -> Result<&'p policy::pack::Form, Failure> {
    let found = filing_step(pack, &procedure.id, None).map(|(_, _, form)| form);
    found.ok_or_else(|| Reason::NotFound { what: "申报表".into() }.into())
}

impl App {
    /// The empty sheet of the library's form, with its lists.
    pub fn library_template(&self, viewer: &Viewer, language: Language) -> Result<Vec<u8>, Failure> {
        let procedure = mine(viewer)?;
        let form = form_of(&viewer.pack, procedure)?;
        let targets = target::all(procedure, form);
        let fields = targets.iter().map(|target| target.column(&viewer.pack, viewer.region)).collect();
        let filing = Form::Filing { title: form.name.clone(), fields };
        Ok(self.workbooks.template(&filing, language, &viewer.org_name)?)
    }

    /// Reads a file, keeps it and says what would become of each row. Without a matching one is proposed.
    pub fn library_preview(&self, viewer: &Viewer, file: (&str, &[u8])) -> Result<LibraryPreview, Failure> {
        mine(viewer)?;
        let paper = keep(self, TABLE_PAPER, file)?;
        self.library_read(viewer, paper, file.1, None)
    }

    /// The preview of a file that was kept, read as the person says.
    pub fn library_preview_again(
        &self,
        viewer: &Viewer,
        ticket: &str,
        matching: &Matching,
    ) -> Result<LibraryPreview, Failure> {
        let (paper, bytes) = self.library_file(viewer, ticket)?;
        self.library_read(viewer, paper, &bytes, Some(matching))
    }

    /// What a preview promised, to be carried out: the command first, then the drafts.
    pub fn library_table(&self, viewer: &Viewer, seen: &LibraryPreview) -> Result<LibraryTable, Failure> {
        let procedure = mine(viewer)?;
        let (mut rows, mut drafts) = (Vec::new(), Vec::new());
        for plan in &seen.rows {
            match (&plan.fate, &plan.draft) {
                (Fate::Filed, Some(draft)) => {
                    let Command::Declare { form, papers, .. } = self.declaration(viewer, draft)? else {
                        continue;
                    };
                    rows.push(NewFiling { row: plan.row, form, papers });
                }
                (Fate::Draft { .. }, Some(draft)) => drafts.push(draft.clone()),
                _ => {}
            }
        }
        let (pack, procedure) = (viewer.pack.id.clone(), procedure.id.clone());
        let command = (!rows.is_empty()).then_some(Command::DeclareAll(Filings { pack, procedure, rows }));
        Ok(LibraryTable { command, drafts })
    }

    /// A kept file back with its faults marked: its name and its bytes.
    pub fn library_marked(
        &self,
        viewer: &Viewer,
        ticket: &str,
        matching: &Matching,
    ) -> Result<(String, Vec<u8>), Failure> {
        let (paper, bytes) = self.library_file(viewer, ticket)?;
        let seen = self.library_read(viewer, paper, &bytes, Some(matching))?;
        let marked = self.workbooks.marked_survey(&bytes, &seen.paper.name, &seen.findings)?;
        let stem = seen.paper.name.rsplit_once('.').map_or(seen.paper.name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}-问题标注.xlsx"), marked))
    }

    fn library_file(&self, viewer: &Viewer, ticket: &str) -> Result<(Paper, Vec<u8>), Failure> {
        mine(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "上传的文件".into() });
        let paper = self.ticket_paper(viewer, ticket).filter(|paper| paper.paper == TABLE_PAPER);
        let paper = paper.ok_or_else(missing)?;
        let bytes = self.house.paper(&paper.hash)?.ok_or_else(missing)?;
        Ok((paper, bytes))
    }

    fn library_read(
        &self,
        viewer: &Viewer,
        paper: Paper,
        bytes: &[u8],
        matching: Option<&Matching>,
    ) -> Result<LibraryPreview, Failure> {
        let procedure = mine(viewer)?;
        let form = form_of(&viewer.pack, procedure)?;
        let table = self.workbooks.survey(bytes, &paper.name);
        let targets = target::all(procedure, form);
        let matching =
            matching.cloned().unwrap_or_else(|| target::propose(viewer, procedure, &table, &targets));
        let columns: BTreeMap<u32, String> = matching
            .columns
            .iter()
            .filter(|(at, key)| {
                table.columns.iter().any(|column| column.at == **at) && targets.iter().any(|t| t.key == **key)
            })
            .map(|(at, key)| (*at, key.clone()))
            .collect();
        let matching = Matching { columns, ..matching };
        let whole = target::whole(procedure, &targets, &matching);
        let mut findings = table.findings.clone();
        findings.extend(target::faults(procedure, &table, &targets, &matching));
        let is_project =
            |row: &&TableRow| row.kind == TableRowKind::Item && !matching.without.contains(&row.row);
        let projects = table.rows.iter().filter(is_project).count();
        if projects > ROWS_MAX {
            findings.push(plan::of_file(
                &table,
                Words::new(
                    format!("一次最多导入 {ROWS_MAX} 个项目，现有 {projects} 个"),
                    format!("{projects} projects, at most {ROWS_MAX} are imported at a time"),
                ),
                Words::new("请分成几个文件", "send it in parts"),
            ));
        }
        let plan =
            plan::Reading { viewer, procedure, form, table: &table, targets: &targets, matching: &matching };
        let rows = plan.rows(self, &paper, &mut findings)?;
        findings.sort_by_key(|found| (found.row, found.column, found.severity));
        Ok(LibraryPreview { paper, table, targets, whole, matching, rows, findings })
    }
}
