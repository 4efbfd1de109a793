//! From a form's data to what a screen shows of it: every cell worded, totals, differences, findings, counts.

use super::cells::{amount_text, canonical_text, cell_text, is_number, money_unit, same, unit_of};
use super::types::{
    CellShown, FieldShown, FiledForm, FiledPaper, FiledPart, FindingShown, LineShown, OpinionShown, PartBody,
    RowShown, TableColumn, TableShown, TallyClass, TallyGive, TallyShown,
};
use crate::command::Failure;
use crate::tables::{NOTICE_ROWS, NOTICE_TABLE, TABLE_PAPER};
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::writer::App;
use domain::Reason;
use domain::case::{Case, Declaration, Paper, check_form, verified_form};
use kernel::Date;
use kernel::id::CaseId;
use kernel::money::Money;
use policy::form::{
    Change, FindingKind, FormCheck, FormContext, FormData, How, PartState, TallyResult, diff,
};
use policy::pack::{FieldType, Form, MonthsDef, Pack, Part, PartKind, TableDef, Words};
use std::collections::{BTreeMap, BTreeSet};

/// What a form is shown from.
#[derive(Clone, Copy)]
pub struct FormSource<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The form.
    pub form: &'a Form,
    /// What stands in it.
    pub data: &'a FormData,
    /// What it came to.
    pub check: &'a FormCheck,
    /// The version before, when there is one.
    pub before: Option<&'a FormData>,
    /// The day of filing.
    pub on: Date,
}

/// Which filing of a case, compared with which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormWanted {
    /// The form's id when it is not the procedure's own.
    pub of: String,
    /// The version; the latest when absent.
    pub version: Option<u32>,
    /// The version to compare with; the one before when absent.
    pub with: Option<u32>,
}

impl App {
    /// The procedure's own form as filed with one version of a case (the latest when `version` is `None`), compared with
    /// the version before.
    pub fn filed_form(
        &self,
        viewer: &Viewer,
        case: CaseId,
        version: Option<u32>,
    ) -> Result<FiledForm, Failure> {
        self.filed_as_wanted(viewer, case, &FormWanted { version, ..FormWanted::default() })
    }

    /// Any form of a case as filed with one version, compared with another.
    pub fn filed_as_wanted(
        &self,
        viewer: &Viewer,
        case: CaseId,
        wanted: &FormWanted,
    ) -> Result<FiledForm, Failure> {
        let case = self.case_read(viewer, case)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let gone = || Reason::NotFound { what: "这一版申报表".into() };
        let filed: Vec<&Declaration> = case.declared.iter().filter(|d| d.of == wanted.of).collect();
        let latest = filed.last().map_or(0, |d| d.version);
        let version = wanted.version.unwrap_or(latest);
        let at = filed.iter().position(|d| d.version == version).ok_or_else(gone)?;
        let declared = filed[at];
        let before = match wanted.with {
            Some(with) => filed.iter().find(|d| d.version == with && with != version).copied(),
            None => at.checked_sub(1).map(|before| filed[before]),
        };
        let procedure = pack.procedures.get(&case.procedure).ok_or_else(gone)?;
        let own = procedure.form.as_deref().filter(|_| wanted.of.is_empty());
        let form = pack.forms.get(own.unwrap_or(&wanted.of)).ok_or_else(gone)?;
        let apply_on = case.applied_on().unwrap_or(declared.on);
        let check = if own.is_none() {
            let adjust = BTreeMap::new();
            form.check(&pack, &declared.form, &FormContext { apply_on, adjust: &adjust })
        } else if version == latest {
            verified_form(&pack, &case)
        } else {
            check_form(&pack, procedure, &declared.form, apply_on)
        };
        let source = FormSource {
            pack: &pack,
            form,
            data: &declared.form,
            check: &check,
            before: before.map(|d| &d.form),
            on: declared.on,
        };
        let mut shown = shown_form(source);
        shown.case = Some(case.id);
        shown.number.clone_from(&case.number);
        shown.title.clone_from(&case.title);
        shown.applicant = self.reads.org(case.applicant)?.map_or_else(String::new, |org| org.name);
        shown.procedure = procedure.name.clone();
        shown.version = version;
        shown.versions = filed.iter().map(|d| d.version).collect();
        shown.compared = before.map(|d| d.version);
        shown.papers = papers(&pack, declared, before);
        self.add_opinions(&pack, form, &case, &mut shown)?;
        Ok(shown)
    }

    /// The form that a step of the trail brought with it: its place in the trail.
    pub fn form_of_step(&self, viewer: &Viewer, case: CaseId, at: usize) -> Result<FiledForm, Failure> {
        let case = self.case_read(viewer, case)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let gone = || Reason::NotFound { what: "这一份表".into() };
        let done = case.trail.get(at).ok_or_else(gone)?;
        let data = done.form.as_ref().ok_or_else(gone)?;
        let form = pack.steps.get(&done.step).and_then(|step| step.form.as_deref());
        let form = form.and_then(|id| pack.forms.get(id)).ok_or_else(gone)?;
        let earlier = case.trail[..at].iter().rev().find(|d| d.step == done.step && d.form.is_some());
        let adjust = BTreeMap::new();
        let apply_on = case.applied_on().unwrap_or(done.on);
        let check = form.check(&pack, data, &FormContext { apply_on, adjust: &adjust });
        let before = earlier.and_then(|d| d.form.as_ref());
        let mut shown =
            shown_form(FormSource { pack: &pack, form, data, check: &check, before, on: done.on });
        shown.case = Some(case.id);
        shown.papers = done.papers.iter().map(|paper| paper_shown(&pack, paper, false)).collect();
        Ok(shown)
    }

    /// Beside each part that an office fills, what that office said at its steps.
    fn add_opinions(
        &self,
        pack: &Pack,
        form: &Form,
        case: &Case,
        shown: &mut FiledForm,
    ) -> Result<(), Failure> {
        for done in case.trail.iter().filter(|done| !done.void || done.version == shown.version) {
            let Some(step) = pack.steps.get(&done.step) else { continue };
            let Some(at) = form.parts.iter().position(|part| part.by.as_ref() == Some(&step.by)) else {
                continue;
            };
            if done.opinion.is_empty() && done.outcome.is_none() {
                continue;
            }
            let person = Names::of(self).hands(done.meta.hands())?;
            let outcome =
                done.outcome.as_ref().and_then(|id| step.outcome(id)).map(|outcome| outcome.name.clone());
            let said = OpinionShown {
                step: step.name.clone(),
                outcome,
                text: done.opinion.clone(),
                on: done.on,
                person,
            };
            if let Some(part) = shown.parts.get_mut(at) {
                part.opinions.push(said);
            }
        }
        Ok(())
    }
}

fn papers(pack: &Pack, declared: &Declaration, before: Option<&Declaration>) -> Vec<FiledPaper> {
    let known = |paper: &Paper| {
        before.is_none_or(|b| b.papers.iter().any(|old| old.paper == paper.paper && old.hash == paper.hash))
    };
    declared.papers.iter().map(|paper| paper_shown(pack, paper, !known(paper))).collect()
}

/// A paper as the pack names it.
pub(in crate::view) fn paper_shown(pack: &Pack, paper: &Paper, new: bool) -> FiledPaper {
    let of = pack.papers.get(&paper.paper);
    FiledPaper {
        paper: paper.paper.clone(),
        name: of.map_or_else(|| own_name(&paper.paper), |p| p.name.clone()),
        cite: of.map_or_else(String::new, |p| p.cite.to_string()),
        file: paper.name.clone(),
        media: paper.media.clone(),
        size: paper.size,
        hash: paper.hash,
        new,
    }
}

/// The name of a paper that the program itself adds.
fn own_name(paper: &str) -> Words {
    match paper {
        TABLE_PAPER => Words::new("导入时的表格", "The table it was imported from"),
        NOTICE_TABLE => Words::new("公示表格（原文件）", "Table of the notice (as uploaded)"),
        NOTICE_ROWS => Words::new("公示表格（公开的内容）", "Table of the notice (as shown)"),
        other => same(other.to_owned()),
    }
}

/// What a screen shows of a form; number, parties, papers and opinions are the caller's to add.
pub fn shown_form(source: FormSource<'_>) -> FiledForm {
    let FormSource { pack, form, data, check, before, on } = source;
    let changes = before.map_or_else(Vec::new, |old| diff(form, old, data));
    let builder = Builder { pack, form, data, check, changes: &changes };
    FiledForm {
        case: None,
        number: String::new(),
        title: String::new(),
        applicant: String::new(),
        procedure: form.name.clone(),
        name: form.name.clone(),
        print: form.print.as_ref().map(|article| Words::new(article.to_string(), article.en())),
        version: 0,
        versions: Vec::new(),
        on,
        compared: None,
        changes: changes.len(),
        parts: form.parts.iter().map(|part| builder.part(part)).collect(),
        papers: Vec::new(),
        tallies: check.tallies.iter().map(|tally| builder.tally(tally)).collect(),
        findings: check.findings.iter().map(|finding| builder.finding(finding)).collect(),
    }
}

struct Builder<'a> {
    pack: &'a Pack,
    form: &'a Form,
    data: &'a FormData,
    check: &'a FormCheck,
    changes: &'a [Change],
}

impl Builder<'_> {
    fn part(&self, part: &Part) -> FiledPart {
        let body = match &part.kind {
            PartKind::Fields(fields) => {
                PartBody::Fields(fields.iter().map(|field| self.field(part, field)).collect())
            }
            PartKind::Table(def) => PartBody::Table(self.table(part, def)),
            PartKind::Months(def) => PartBody::Table(self.months(part, def)),
        };
        let role = part
            .by
            .as_ref()
            .map(|by| self.pack.roles.get(by).map_or_else(|| same(by.clone()), |role| role.name.clone()));
        FiledPart {
            id: part.id.clone(),
            name: part.name.clone(),
            hint: part.hint.clone(),
            cite: part.cite.to_string(),
            by: role,
            state: self.check.parts.get(&part.id).copied().unwrap_or(PartState::NotStarted),
            changes: self.changes.iter().filter(|change| change.part == part.id).count(),
            body,
            opinions: Vec::new(),
        }
    }

    fn field(&self, part: &Part, field: &policy::pack::Field) -> FieldShown {
        let cell = cell_text(self.pack, field, self.data.get(&part.id, None, &field.id));
        let old = |text: &str| cell_text(self.pack, field, text).text;
        FieldShown {
            id: field.id.clone(),
            name: field.name.clone(),
            unit: unit_of(self.pack, &field.ty),
            cite: field.cite.to_string(),
            wide: field.ty == FieldType::LongText,
            cell: self.marked(cell, &part.id, None, &field.id, &old),
        }
    }

    /// The cell with what changed in it and how bad it is.
    fn marked(
        &self,
        cell: CellShown,
        part: &str,
        row: Option<usize>,
        field: &str,
        old: &dyn Fn(&str) -> Words,
    ) -> CellShown {
        let change = self
            .changes
            .iter()
            .find(|c| c.part == part && c.row == row && c.field == field && c.how != How::Removed);
        let missing = |finding: &&policy::form::Finding| finding.kind == FindingKind::Missing;
        let lacking = self.check.at(part, row, field).any(|finding| missing(&finding));
        let fault =
            self.check.at(part, row, field).filter(|f| !missing(f)).map(|finding| finding.level).min();
        CellShown { old: change.map(|c| old(&c.old)), how: change.map(|c| c.how), lacking, fault, ..cell }
    }

    fn table(&self, part: &Part, def: &TableDef) -> TableShown {
        let rows = self.data.rows(&part.id).iter().enumerate();
        let filled = rows.filter(|(_, cells)| cells.values().any(|text| !text.trim().is_empty()));
        let columns = def.columns.iter().map(|column| TableColumn {
            id: column.field.id.clone(),
            name: column.field.name.clone(),
            unit: unit_of(self.pack, &column.field.ty),
            number: is_number(&column.field.ty),
        });
        let total = |column: &policy::pack::Column| {
            let text = self.check.computed.get(&format!("{}.{}", part.id, column.field.id));
            text.filter(|_| column.total).map_or_else(String::new, |t| canonical_text(&column.field.ty, t))
        };
        let has_totals = def.columns.iter().any(|column| column.total);
        TableShown {
            columns: columns.collect(),
            rows: filled.map(|(at, _)| self.row(part, def, at + 1)).collect(),
            gone: self.gone(part, def),
            totals: if has_totals { def.columns.iter().map(total).collect() } else { Vec::new() },
            months: false,
        }
    }

    fn row(&self, part: &Part, def: &TableDef, row: usize) -> RowShown {
        let cell = |column: &policy::pack::Column| {
            let field = &column.field;
            let typed = self.data.get(&part.id, Some(row), &field.id);
            let computed = self.check.computed.get(&format!("{}:{row}.{}", part.id, field.id));
            let shown = match computed.filter(|_| typed.trim().is_empty()) {
                Some(text) => {
                    CellShown { text: same(canonical_text(&field.ty, text)), ..CellShown::default() }
                }
                None => cell_text(self.pack, field, typed),
            };
            self.marked(shown, &part.id, Some(row), &field.id, &|text| cell_text(self.pack, field, text).text)
        };
        let added = |c: &&Change| c.part == part.id && c.row == Some(row) && c.how == How::Added;
        RowShown {
            label: same(row.to_string()),
            line: format!("{}:{row}", part.id),
            how: self.changes.iter().find(added).map(|c| c.how),
            cells: def.columns.iter().map(cell).collect(),
        }
    }

    /// The rows of the version before that are gone.
    fn gone(&self, part: &Part, def: &TableDef) -> Vec<RowShown> {
        let removed: Vec<&Change> =
            self.changes.iter().filter(|c| c.part == part.id && c.how == How::Removed).collect();
        let rows: BTreeSet<usize> = removed.iter().filter_map(|c| c.row).collect();
        let row = |number: usize| RowShown {
            label: same(number.to_string()),
            line: String::new(),
            how: Some(How::Removed),
            cells: def
                .columns
                .iter()
                .map(|column| {
                    let of = |c: &&&Change| c.row == Some(number) && c.field == column.field.id;
                    let old = removed.iter().find(of).map_or("", |c| c.old.as_str());
                    CellShown { how: Some(How::Removed), ..cell_text(self.pack, &column.field, old) }
                })
                .collect(),
        };
        rows.into_iter().map(row).collect()
    }

    fn months(&self, part: &Part, def: &MonthsDef) -> TableShown {
        let unit = Some(money_unit(def.unit));
        let column = |id: String, name: Words| TableColumn { id, name, unit: unit.clone(), number: true };
        let mut columns: Vec<TableColumn> = (1..=12)
            .map(|m| column(format!("m{m}"), Words::new(format!("{m}月"), format!("month {m}"))))
            .collect();
        columns.push(column("total".into(), Words::new("合计", "total")));
        let sum = |key: String| {
            let text = self.check.computed.get(&key);
            text.map_or_else(String::new, |text| canonical_text(&FieldType::Money(def.unit), text))
        };
        let months = (1..=12).map(|m| sum(format!("{}.m{m}", part.id)));
        TableShown {
            columns,
            rows: def.rows.iter().enumerate().map(|(at, row)| self.month_row(part, def, at, row)).collect(),
            gone: Vec::new(),
            totals: months.chain([sum(format!("{}.total", part.id))]).collect(),
            months: true,
        }
    }

    fn month_row(&self, part: &Part, def: &MonthsDef, at: usize, row: &policy::pack::MonthRow) -> RowShown {
        let number = month_row_at(self.data, &part.id, &row.id, at).map_or(at + 1, |found| found + 1);
        let old = |text: &str| same(amount_text(text, def.unit));
        let cell = |m: usize| {
            let field = format!("m{m}");
            let text = self.data.get(&part.id, Some(number), &field);
            let shown = if text.trim().is_empty() { String::new() } else { amount_text(text, def.unit) };
            let shown = CellShown { text: same(shown), ..CellShown::default() };
            self.marked(shown, &part.id, Some(number), &field, &old)
        };
        let mut cells: Vec<CellShown> = (1..=12).map(cell).collect();
        let sum = self.check.computed.get(&format!("{}.{}", part.id, row.id));
        let sum = sum.map_or_else(String::new, |text| canonical_text(&FieldType::Money(def.unit), text));
        cells.push(CellShown { text: same(sum), ..CellShown::default() });
        RowShown { label: row.name.clone(), line: format!("{}:{}", part.id, row.id), how: None, cells }
    }

    fn finding(&self, finding: &policy::form::Finding) -> FindingShown {
        FindingShown {
            part: finding.part.clone(),
            place: finding.place(self.form),
            row: finding.row,
            field: finding.field.clone(),
            level: finding.level,
            kind: finding.kind,
            message: finding.message.clone(),
            hint: finding.hint.clone(),
            cite: finding.cite.to_string(),
        }
    }

    fn tally(&self, result: &TallyResult) -> TallyShown {
        let def = self.pack.tallies.get(&result.tally);
        let gives: Vec<String> = def.map_or_else(Vec::new, |def| def.gives.clone());
        let class_name = |id: &String| {
            def.and_then(|def| def.classes.get(id)).cloned().unwrap_or_else(|| same(id.clone()))
        };
        let counted =
            |give: &String| result.lines.iter().filter(|l| l.counted.get(give) == Some(&true)).count();
        let give = |id: &String| TallyGive {
            id: id.clone(),
            name: self.pack.facts.get(id).map_or_else(|| same(id.clone()), |fact| fact.name.clone()),
            total: result.totals.get(id).copied(),
            counted: counted(id),
            left_out: result.lines.len().saturating_sub(counted(id)),
        };
        let class = |(id, sums): (&String, &BTreeMap<String, Money>)| TallyClass {
            name: class_name(id),
            sums: gives.iter().map(|give| sums.get(give).copied()).collect(),
        };
        TallyShown {
            name: def.map_or_else(|| same(result.tally.clone()), |def| def.name.clone()),
            cite: def.map_or_else(String::new, |def| def.cite.to_string()),
            gives: gives.iter().map(give).collect(),
            classes: result.by_class.iter().map(class).collect(),
            lines: result.lines.iter().map(|line| self.line(line, &gives, class_name(&line.class))).collect(),
        }
    }

    fn line(&self, line: &policy::form::TallyLine, gives: &[String], class: Words) -> LineShown {
        let part =
            self.form.part(&line.part).map_or_else(|| same(line.part.clone()), |part| part.name.clone());
        let mut rest = line.id.split(':').skip(1);
        let row = rest.next().and_then(|row| row.parse::<usize>().ok());
        let place = match row {
            Some(row) => Words::new(format!("{}，第{row}行", part.zh), format!("{}, row {row}", part.en)),
            None => part,
        };
        LineShown {
            id: line.id.clone(),
            place,
            part: line.part.clone(),
            label: line.label.clone(),
            class,
            date: line.date,
            declared: line.declared,
            amount: line.amount,
            counted: gives.iter().map(|give| line.counted.get(give) == Some(&true)).collect(),
            open: line.open,
            reason: line.reason.as_ref().map(|(words, cite)| (words.clone(), cite.to_string())),
        }
    }
}

/// Where a fixed row of a months table stands in the data: by its id, else by its position.
pub(super) fn month_row_at(data: &FormData, part: &str, id: &str, at: usize) -> Option<usize> {
    let rows = data.rows(part);
    let named = rows.iter().position(|cells| cells.get("row").is_some_and(|row| row == id));
    named.or_else(|| rows.get(at).filter(|cells| !cells.contains_key("row")).map(|_| at))
}
