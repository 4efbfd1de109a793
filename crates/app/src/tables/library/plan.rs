//! What becomes of each row: filed, kept as a draft with what it lacks, or left out with the reason.

use super::super::import::actor;
use super::super::port::{Finding, Severity};
use super::super::survey::{TableRow, TableRowKind, TableSurvey, TableText};
use super::cell::{self, Units};
use super::known;
use super::{Matching, Target};
use crate::command::{Command, Failure};
use crate::drafts::FilingDraft;
use crate::view::Viewer;
use crate::view::filing::{DraftPage, cell_text, unit_of};
use crate::writer::App;
use domain::case::{Declare, Paper, Surroundings, declare};
use domain::identity::Org;
use domain::year::Year;
use domain::{Context, Refusal};
use kernel::calendar::Calendar;
use kernel::id::CaseId;
use policy::form::FindingKind;
use policy::pack::{Form, Level, Words};
use policy::procedure::Procedure;

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is filed.
    Filed,
    /// It becomes a draft.
    Draft {
        /// The fields and papers that are still missing.
        lacks: Vec<Words>,
        /// Why it cannot be filed today though nothing is missing.
        why: Option<Words>,
    },
    /// It is left out.
    Left {
        /// Why.
        why: Words,
        /// The person may take it in again.
        chosen: bool,
    },
}

impl Fate {
    /// Whether something is made of it.
    pub fn is_taken(&self) -> bool {
        !matches!(self, Fate::Left { .. })
    }
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct RowPlan {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// What it is called.
    pub title: String,
    /// What the row says of its own, field by field: its name and its text in words.
    pub shown: Vec<(Words, Words)>,
    /// Remarks that stood in its amount cells.
    pub remarks: Vec<String>,
    /// What becomes of it.
    pub fate: Fate,
    /// The draft, in memory.
    pub(super) draft: Option<FilingDraft>,
}

/// A table with the way it is read.
pub(super) struct Reading<'a> {
    pub viewer: &'a Viewer,
    pub procedure: &'a Procedure,
    pub form: &'a Form,
    pub table: &'a TableSurvey,
    pub targets: &'a [Target],
    pub matching: &'a Matching,
}

/// What judging needs besides the row.
struct Bench {
    org: Option<Org>,
    year: Option<Year>,
    calendar: Calendar,
}

/// A finding of the file as a whole.
pub(super) fn of_file(table: &TableSurvey, what: Words, mend: Words) -> Finding {
    Finding {
        severity: Severity::Error,
        code: "rule".to_owned(),
        sheet: table.sheet.clone(),
        row: None,
        column: None,
        cell: "-".to_owned(),
        what,
        mend,
    }
}

impl Reading<'_> {
    /// The rows, each tried as if it were typed by hand; faults of cells go to `findings`.
    pub fn rows(
        &self,
        app: &App,
        paper: &Paper,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<RowPlan>, Failure> {
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Ok(Vec::new());
        }
        let blank = app.unkept_draft(self.viewer, &self.procedure.id)?;
        let bench = Bench {
            org: app.org(self.viewer.org)?,
            year: app.year(&self.viewer.pack.id, app.today().year())?,
            calendar: Calendar::known_on(app.today()),
        };
        let mut plans = Vec::new();
        for row in &self.table.rows {
            plans.push(self.row(app, row, &blank, paper, &bench, findings)?);
        }
        Ok(plans)
    }

    fn row(
        &self,
        app: &App,
        row: &TableRow,
        blank: &FilingDraft,
        paper: &Paper,
        bench: &Bench,
        findings: &mut Vec<Finding>,
    ) -> Result<RowPlan, Failure> {
        let cells = self.cells(row);
        let title = self.procedure.title_field.as_ref();
        let title = cells.iter().find(|(key, _)| Some(key) == title).map(|(_, text)| text.clone());
        let mut plan = RowPlan {
            row: row.row,
            title: title.clone().unwrap_or_default(),
            shown: self.shown(&cells),
            remarks: row.remarks.clone(),
            fate: Fate::Filed,
            draft: None,
        };
        let left = |zh: &str, en: &str, chosen| Fate::Left { why: Words::new(zh, en), chosen };
        let whole = self.table.checks.iter().any(|check| check.whole_of_others && check.row == Some(row.row));
        plan.fate = match row.kind {
            TableRowKind::Sum => left("小计、合计，不是项目", "a total, not a project", false),
            TableRowKind::OfWhich => left("“其中”行，不另计", "a part of the row above", false),
            TableRowKind::Item if title.is_none() => left("没有项目名称", "it has no name", false),
            TableRowKind::Item if self.matching.without.contains(&row.row) && whole => {
                left("是其他行之和，不重复计", "the sum of other rows", true)
            }
            TableRowKind::Item if self.matching.without.contains(&row.row) => {
                left("不导入", "left out", true)
            }
            TableRowKind::Item => Fate::Filed,
        };
        if !plan.fate.is_taken() {
            return Ok(plan);
        }
        let draft = self.draft(row, &cells, blank, paper);
        let page = app.draft_shown(self.viewer, draft.clone())?;
        self.cell_faults(row, &page, findings);
        plan.fate = if page.is_complete() {
            match self.entered(app, &draft)? {
                Some(number) => {
                    let why = Words::new(
                        format!("已在库（{number}），内容相同"),
                        format!("in the library already ({number}), with the same content"),
                    );
                    Fate::Left { why, chosen: false }
                }
                None => match self.refused(app, &draft, bench)? {
                    None => Fate::Filed,
                    Some(refusal) => Fate::Draft { lacks: Vec::new(), why: Some(said(&refusal)) },
                },
            }
        } else {
            Fate::Draft { lacks: self.lacks(&page), why: None }
        };
        plan.draft = Some(draft);
        Ok(plan)
    }

    /// What stands in the row, by target, as the form takes it; what holds for every row fills the gaps.
    fn cells(&self, row: &TableRow) -> Vec<(String, String)> {
        let (viewer, matching) = (self.viewer, self.matching);
        let mut cells = Vec::new();
        for target in self.targets {
            let of = matching.columns.iter().filter(|(_, key)| **key == target.key).map(|(at, _)| *at);
            let columns: Vec<u32> = of.filter(|at| row.cells.contains_key(at)).collect();
            let texts = columns.iter().filter_map(|at| {
                let column = self.table.columns.iter().find(|column| column.at == *at)?;
                let said = matching.units.get(at).copied().filter(|_| column.unit_unsaid);
                let units = Units { read: column.unit, said };
                let text = cell::text(&viewer.pack, target, row.cells.get(at)?, units, viewer.region);
                Some(if columns.len() > 1 { format!("{}：{text}", column.name) } else { text })
            });
            let text = texts.collect::<Vec<_>>().join("；");
            let text = if text.is_empty() { self.for_all(target) } else { Some(text) };
            cells.extend(text.filter(|text| !text.trim().is_empty()).map(|text| (target.key.clone(), text)));
        }
        cells
    }

    /// What holds for every row that says nothing of its own.
    fn for_all(&self, target: &Target) -> Option<String> {
        let text = self.matching.whole.get(&target.key)?.clone();
        let none = Units { read: None, said: None };
        let cell = TableText { text, money: None };
        Some(cell::text(&self.viewer.pack, target, &cell, none, self.viewer.region))
    }

    fn shown(&self, cells: &[(String, String)]) -> Vec<(Words, Words)> {
        let pack = &self.viewer.pack;
        let of_row = |(key, _): &&(String, String)| self.matching.columns.values().any(|k| k == key);
        let one = |(key, text): &(String, String)| {
            let target = self.targets.iter().find(|target| target.key == *key)?;
            let said = cell_text(pack, &target.field, text).text;
            let unit = unit_of(pack, &target.field.ty).unwrap_or_default();
            let said = Words::new(format!("{}{}", said.zh, unit.zh), format!("{} {}", said.en, unit.en));
            Some((target.name.clone(), said))
        };
        cells.iter().filter(of_row).filter_map(one).collect()
    }

    fn draft(
        &self,
        row: &TableRow,
        cells: &[(String, String)],
        blank: &FilingDraft,
        paper: &Paper,
    ) -> FilingDraft {
        let mut draft = blank.clone();
        for (key, text) in cells {
            let Some(target) = self.targets.iter().find(|target| target.key == *key) else { continue };
            draft.data.set(&target.part, target.row, &target.field.id, text.clone());
        }
        draft.key =
            App::draft_key(self.viewer, &format!("table:{}:{}:{}", self.procedure.id, paper.hash, row.row));
        draft.papers = vec![paper.clone()];
        draft
    }

    /// Faults of the form at the cells that they come from. They forbid nothing: the row becomes a draft.
    fn cell_faults(&self, row: &TableRow, page: &DraftPage, findings: &mut Vec<Finding>) {
        let faults = page.check.findings.iter().filter(|f| f.kind != FindingKind::Missing);
        for fault in faults {
            let field = fault.field.as_deref();
            let target = self.targets.iter().find(|target| {
                target.part == fault.part
                    && target.row == fault.row
                    && field == Some(target.field.id.as_str())
            });
            let at = target.and_then(|target| {
                let mut of = self.matching.columns.iter().filter(|(_, key)| **key == target.key);
                of.find(|(at, _)| row.cells.contains_key(at)).map(|(at, _)| *at)
            });
            // A check between fields that no column gives is said in the draft, not here.
            let Some(at) = at else { continue };
            let letters = self.table.columns.iter().find(|c| c.at == at).map_or("", |c| c.letters.as_str());
            findings.push(Finding {
                severity: Severity::Warn,
                code: if fault.level == Level::Error { "cell-unreadable" } else { "look" }.to_owned(),
                sheet: self.table.sheet.clone(),
                row: row.row.checked_sub(1),
                column: Some(at),
                cell: format!("{letters}{}", row.row),
                what: fault.message.clone(),
                mend: fault.hint.clone().unwrap_or_else(|| {
                    Words::new("请改正，或导入后在草稿里改", "mend it, or mend it in the draft")
                }),
            });
        }
    }

    /// The names of what is missing or wrong, in the order of the form.
    fn lacks(&self, page: &DraftPage) -> Vec<Words> {
        let mut lacks: Vec<Words> = Vec::new();
        let faults = page.check.findings.iter().filter(|f| f.level == Level::Error);
        for fault in faults {
            let own = fault.field.as_deref().and_then(|id| {
                let is = |target: &&Target| target.part == fault.part && target.field.id == id;
                self.targets.iter().find(is).map(|target| target.name.clone())
            });
            let part = || self.form.part(&fault.part).map(|part| part.name.clone());
            lacks.extend(own.or_else(part).filter(|name| !lacks.contains(name)));
        }
        lacks.extend(page.missing_papers().map(|paper| paper.name.clone()));
        lacks
    }

    /// The number under which the same stands in the library.
    fn entered(&self, app: &App, draft: &FilingDraft) -> Result<Option<String>, Failure> {
        let Command::Declare { form, .. } = app.declaration(self.viewer, draft)? else { return Ok(None) };
        known::entered(app, self.viewer, (self.procedure, self.form), &form)
    }

    /// What the rules say of filing it today.
    fn refused(&self, app: &App, draft: &FilingDraft, bench: &Bench) -> Result<Option<Refusal>, Failure> {
        let Some(applicant) = &bench.org else { return Ok(None) };
        let Command::Declare { procedure, step, form, papers, .. } = app.declaration(self.viewer, draft)?
        else {
            return Ok(None);
        };
        let actor = actor(self.viewer);
        let pack = &self.viewer.pack;
        let ctx = Context { pack, today: app.today(), calendar: &bench.calendar, actor: &actor };
        let around = Surroundings {
            id: CaseId(0),
            number: "",
            applicant,
            parent: None,
            year: bench.year.as_ref(),
            rival: None,
            twin: None,
            alike: &[],
            // Who is barred from filing is asked of the book when the rows are filed: one such row and none of them is.
            bars: &[],
        };
        Ok(declare(None, Declare { procedure, step, form, papers }, around, ctx).err())
    }
}

fn said(refusal: &Refusal) -> Words {
    let say = refusal.reason.say();
    match refusal.cite.as_str() {
        "" => Words::new(say.zh, say.en),
        cite => Words::new(format!("{}（{cite}）", say.zh), format!("{} ({cite})", say.en)),
    }
}
