//! A file on its way in: what may be imported by whom, the preview, the command that books all of it, the file back with its
//! faults marked. Reading writes nothing; the file itself is kept, so that what was confirmed can be shown later.

use super::port::{Finding, Form, Heading, Language, Reading, RowRead, Severity};
use super::{lines, sources};
use crate::access::Right;
use crate::command::Failure;
use crate::command::money::MoneyCommand;
use crate::papers::{FILE_MAX, clean_name, sniff};
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Paper;
use domain::{Actor, Reason, Refusal};
use journal::HashKind;
use kernel::Money;
use kernel::id::{AllocationId, PaperHash, ProjectId};
use policy::pack::Words;
use std::collections::BTreeSet;

/// The kinds of file that a table is taken from.
pub const TABLE_ACCEPT: &str = ".xlsx,.xls,.ods,.csv";

/// What is imported, and where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// Sources of money.
    Sources,
    /// The budget lines of a project: all of them anew.
    ProjectLines(ProjectId),
    /// The lines of a drafted allocation: all of them anew.
    AllocationLines(AllocationId),
}

/// What a file says, before anything is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPreview {
    /// The file as it is kept.
    pub paper: Paper,
    /// What was read, with everything that is wrong.
    pub reading: Reading,
    /// The columns.
    pub headings: Vec<Heading>,
    /// The sum of the rows.
    pub total: Money,
}

impl ImportPreview {
    /// Whether it may be confirmed.
    pub fn is_ready(&self) -> bool {
        self.reading.is_clean() && !self.reading.rows.is_empty()
    }

    /// How many findings there are: errors, and things to look at.
    pub fn counts(&self) -> (usize, usize) {
        let of = |wanted| self.reading.findings.iter().filter(|finding| finding.severity == wanted).count();
        (of(Severity::Error), of(Severity::Warn))
    }
}

impl Import {
    /// The word in the tickets of its files.
    fn word(self) -> String {
        match self {
            Import::Sources => "table:sources".to_owned(),
            Import::ProjectLines(id) => format!("table:project:{id}"),
            Import::AllocationLines(id) => format!("table:allocation:{id}"),
        }
    }
}

fn not_found(what: &str) -> Failure {
    Reason::NotFound { what: what.into() }.into()
}

/// What a finished reading is made into.
struct Made {
    reading: Reading,
    command: Option<MoneyCommand>,
}

impl App {
    /// The empty sheet, for those who may import; `context` stands above its headings.
    pub fn import_template(
        &self,
        viewer: &Viewer,
        import: Import,
        language: Language,
    ) -> Result<Vec<u8>, Failure> {
        let form = match import {
            Import::Sources => {
                may_book_sources(viewer)?;
                sources::form(&viewer.pack, sources::Kinds::Offered)
            }
            _ => self.import_form(viewer, import)?,
        };
        Ok(self.workbooks.template(&form, language, &viewer.org_name)?)
    }

    /// The form of an import, for those who may do it. A form may list more than its template offers.
    pub fn import_form(&self, viewer: &Viewer, import: Import) -> Result<Form, Failure> {
        match import {
            Import::Sources => {
                may_book_sources(viewer)?;
                Ok(sources::form(&viewer.pack, sources::Kinds::All))
            }
            Import::ProjectLines(id) => lines::project_form(self, viewer, id),
            Import::AllocationLines(id) => lines::allocation_form(self, viewer, id),
        }
    }

    /// Reads a file and tries every row; the file is kept. Nothing else is written.
    pub fn import_preview(
        &self,
        viewer: &Viewer,
        import: Import,
        (name, bytes): (&str, &[u8]),
    ) -> Result<ImportPreview, Failure> {
        let form = self.import_form(viewer, import)?;
        let paper = keep(self, &import.word(), (name, bytes))?;
        self.preview_of(viewer, import, &form, (paper, bytes))
    }

    /// The preview of a file that was kept before.
    pub fn import_preview_again(
        &self,
        viewer: &Viewer,
        import: Import,
        ticket: &str,
    ) -> Result<ImportPreview, Failure> {
        let form = self.import_form(viewer, import)?;
        let (paper, bytes) = self.table_of(viewer, import, ticket)?;
        self.preview_of(viewer, import, &form, (paper, &bytes))
    }

    /// The command that books a kept file; `None` when it has errors that forbid it. The rules decide again when it is carried
    /// out, so that a retry gets its first answer.
    pub fn import_command(
        &self,
        viewer: &Viewer,
        import: Import,
        ticket: &str,
    ) -> Result<Option<MoneyCommand>, Failure> {
        let form = self.import_form(viewer, import)?;
        let (paper, bytes) = self.table_of(viewer, import, ticket)?;
        let reading = self.workbooks.read(&bytes, &paper.name, &form);
        Ok(self.made(viewer, import, reading, &paper, Trial::Without)?.command)
    }

    /// A kept file back with its faults marked: its name and its bytes.
    pub fn import_marked(
        &self,
        viewer: &Viewer,
        import: Import,
        ticket: &str,
    ) -> Result<(String, Vec<u8>), Failure> {
        let form = self.import_form(viewer, import)?;
        let (paper, bytes) = self.table_of(viewer, import, ticket)?;
        let read = self.workbooks.read(&bytes, &paper.name, &form);
        let known = read.findings.len();
        let made = self.made(viewer, import, read, &paper, Trial::Whole)?;
        let more: Vec<Finding> = made.reading.findings.into_iter().skip(known).collect();
        let marked = self.workbooks.marked(&bytes, &paper.name, &form, &more)?;
        let stem = paper.name.rsplit_once('.').map_or(paper.name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}-问题标注.xlsx"), marked))
    }

    fn preview_of(
        &self,
        viewer: &Viewer,
        import: Import,
        form: &Form,
        (paper, bytes): (Paper, &[u8]),
    ) -> Result<ImportPreview, Failure> {
        let reading = self.workbooks.read(bytes, &paper.name, form);
        let Made { mut reading, .. } = self.made(viewer, import, reading, &paper, Trial::Whole)?;
        reading.findings.sort_by(|a, b| {
            (&a.sheet, a.row, a.column, a.severity).cmp(&(&b.sheet, b.row, b.column, b.severity))
        });
        let total = Money::sum(reading.rows.iter().map(|row| row.money("amount"))).unwrap_or(Money::MAX);
        let headings = self.workbooks.headings(form);
        Ok(ImportPreview { paper, reading, headings, total })
    }

    fn made(
        &self,
        viewer: &Viewer,
        import: Import,
        mut reading: Reading,
        paper: &Paper,
        trial: Trial,
    ) -> Result<Made, Failure> {
        if !reading.is_clean() {
            return Ok(Made { reading, command: None });
        }
        let mut found = Vec::new();
        let command = match import {
            Import::Sources => {
                let rows = sources::rows(&viewer.pack, &reading, (&paper.name, &paper.hash), &mut found);
                if trial == Trial::Whole {
                    sources::trial(self, viewer, &reading, &rows, &mut found)?;
                }
                MoneyCommand::ImportSources(rows)
            }
            Import::ProjectLines(id) => lines::project_lines(self, viewer, id, &reading, trial, &mut found)?,
            Import::AllocationLines(id) => {
                lines::allocation_lines(self, viewer, (id, &paper.hash), &reading, trial, &mut found)?
            }
        };
        let refused = found.iter().any(|finding| finding.severity == Severity::Error);
        reading.findings.extend(found);
        Ok(Made { reading, command: (!refused).then_some(command) })
    }

    fn table_of(&self, viewer: &Viewer, import: Import, ticket: &str) -> Result<(Paper, Vec<u8>), Failure> {
        let paper = self.ticket_paper(viewer, ticket).filter(|paper| paper.paper == import.word());
        let paper = paper.ok_or_else(|| not_found("上传的文件"))?;
        let bytes = self.house.paper(&paper.hash)?.ok_or_else(|| not_found("上传的文件"))?;
        Ok((paper, bytes))
    }
}

/// Keeps a file; `word` says in its ticket what it is for.
pub(super) fn keep(app: &App, word: &str, (name, bytes): (&str, &[u8])) -> Result<Paper, Failure> {
    let hash = PaperHash(*HashKind::Sm3.plain(bytes).as_bytes());
    // What is larger than any table is read no further than to say so, and is not kept.
    if bytes.len() <= FILE_MAX && !bytes.is_empty() {
        app.house.put_paper(&hash, bytes)?;
    }
    Ok(Paper {
        paper: word.to_owned(),
        name: clean_name(name),
        hash,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        media: sniff(bytes).unwrap_or("application/octet-stream").to_owned(),
    })
}

/// Whether the rules are asked before the command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// They are, row by row.
    Whole,
    /// The command will ask them.
    Without,
}

fn may_book_sources(viewer: &Viewer) -> Result<(), Failure> {
    if viewer.may(Right::ManageMoney) { Ok(()) } else { Err(not_found("资金来源登记")) }
}

/// The viewer as decisions see who acts.
pub(super) fn actor(viewer: &Viewer) -> Actor {
    viewer.actor(BTreeSet::from([viewer.org]))
}

/// An error at a cell of a row; at the row when the file has no such column.
pub(super) fn finding_at(
    reading: &Reading,
    (row, key): (&RowRead, &str),
    what: Words,
    mend: Words,
) -> Finding {
    let column = row.cells.get(key).map(|cell| cell.column).or_else(|| reading.columns.get(key).copied());
    let cell = match column {
        Some(column) => format!("{}{}", letters(column), row.row),
        None => row.row.to_string(),
    };
    Finding {
        severity: Severity::Error,
        code: "rule".to_owned(),
        sheet: reading.sheet.clone(),
        row: row.row.checked_sub(1),
        column,
        cell,
        what,
        mend,
    }
}

/// A refusal at a cell, with its article.
pub(super) fn refusal_at(reading: &Reading, at: (&RowRead, &str), refusal: &Refusal) -> Finding {
    let say = refusal.reason.say();
    let what = match refusal.cite.as_str() {
        "" => Words::new(say.zh, say.en),
        cite => Words::new(format!("{}（{cite}）", say.zh), format!("{} ({cite})", say.en)),
    };
    finding_at(reading, at, what, Words::new(say.next_zh, say.next_en))
}

/// A refusal of the table as a whole.
pub(super) fn refusal_of_all(reading: &Reading, refusal: &Refusal) -> Finding {
    let row = RowRead { row: 0, group: Vec::new(), cells: std::collections::BTreeMap::new() };
    let found = refusal_at(reading, (&row, ""), refusal);
    Finding { cell: reading.sheet.clone(), row: None, column: None, ..found }
}

/// A, B, … Z, AA, …
fn letters(column: u32) -> String {
    let mut text = String::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        text.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), name);
        }
    }
}
