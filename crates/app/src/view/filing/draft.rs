//! A draft as its pages show it: how far each part and paper is, who will read it, what the rules say so far.

use super::build::{FormSource, paper_shown, shown_form};
use super::need::{NeedState, PaperLine, paper_lines};
use super::rules::{EligibilityPanel, feeds_rules, given_next, panel};
use super::types::{FiledForm, OpinionShown};
use crate::command::Failure;
use crate::drafts::{FilingDraft, filed_under};
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::writer::App;
use domain::Reason;
use domain::case::{Case, OutcomeKind, plan_year};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Due, due};
use kernel::region::{Gazetteer, RegionCode, RegionLevel};
use policy::form::{Finding, FindingKind, FormCheck, FormContext, FormData, PartState, diff};
use policy::pack::{FieldType, Form, Level, Pack, Part, PartKind, Words};
use policy::procedure::{Procedure, Step};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who will read it and how long that may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The office.
    pub office: String,
    /// What it does.
    pub step: Words,
    /// The statutory term, as the article says it.
    pub within: Option<Words>,
    /// The day that a filing of today would be due.
    pub due: Option<Due>,
    /// The clause.
    pub cite: String,
}

/// One part of the task list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// The part.
    pub part: String,
    /// Its name.
    pub name: Words,
    /// The clause.
    pub cite: String,
    /// How far it is.
    pub state: PartState,
    /// Nothing in it is asked for any more.
    pub optional: bool,
    /// How many findings of weight error that are not merely something empty.
    pub faults: usize,
    /// How many cells differ from the version filed before.
    pub changes: usize,
}

/// Why a case was sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnShown {
    /// The case's number.
    pub number: String,
    /// Who said what.
    pub said: OpinionShown,
    /// The points of the checklist that failed, with notes.
    pub failed: Vec<(Words, String, String)>,
}

/// The last day to file for a plan year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateShown {
    /// The plan year.
    pub year: i16,
    /// The last day.
    pub last: Date,
    /// It is over.
    pub over: bool,
    /// The field that says why it is filed later; `None` when the pack takes nothing later.
    pub field: Option<String>,
    /// What stands in it.
    pub why: String,
    /// The clause.
    pub cite: String,
}

/// A draft with everything that its pages say about it.
#[derive(Debug, Clone)]
pub struct DraftPage {
    /// The draft; sensitive cells are references.
    pub draft: FilingDraft,
    /// The pack it is filed under.
    pub pack: Arc<Pack>,
    /// What it comes to.
    pub check: FormCheck,
    /// Parts that the applicant fills.
    pub tasks: Vec<TaskLine>,
    /// Papers.
    pub papers: Vec<PaperLine>,
    /// Who will read it.
    pub receiver: Option<Receiver>,
    /// What the rules say so far, when the form feeds them.
    pub panel: Option<EligibilityPanel>,
    /// Why it came back.
    pub returned: Option<ReturnShown>,
    /// The version filed last, for marking differences.
    pub before: Option<(u32, FormData)>,
    /// The clause of the filing step.
    pub cite: String,
    /// The filing step.
    pub step: Words,
    /// The window closed, and what stands in the field that says why it is filed later.
    pub late: Option<LateShown>,
    /// What stands in the way of filing today, apart from the form itself.
    pub blocked: Option<(Words, String)>,
}

/// One part to fill in.
#[derive(Debug, Clone)]
pub struct PartPage {
    /// The part.
    pub part: Part,
    /// Its position among the applicant's parts, from 1.
    pub step: usize,
    /// How many there are.
    pub steps: usize,
    /// The next one.
    pub next: Option<String>,
}

impl DraftPage {
    /// The procedure.
    pub fn procedure(&self) -> Option<&Procedure> {
        self.pack.procedures.get(&self.draft.procedure)
    }

    /// The form.
    pub fn form(&self) -> Option<&Form> {
        self.draft.place(&self.pack).map(|(_, _, form)| form)
    }

    /// The name of the procedure.
    pub fn procedure_name(&self) -> Words {
        self.procedure().map(|procedure| procedure.name.clone()).unwrap_or_default()
    }

    /// What the draft is called: the field that names its case, else the procedure.
    pub fn title(&self) -> String {
        let field = self.procedure().and_then(|procedure| procedure.title_field.as_ref());
        field.map(|field| self.draft.data.get("", None, field).trim().to_owned()).unwrap_or_default()
    }

    /// Done and all, of parts that apply and papers that are needed.
    pub fn progress(&self) -> (usize, usize) {
        let untouched = |task: &&TaskLine| task.state == PartState::NotStarted && task.optional;
        let parts = self.tasks.iter().filter(|task| task.state != PartState::NotApplicable);
        let parts = parts.filter(|task| !untouched(task));
        let papers = self.papers.iter().filter(|p| matches!(p.state, NeedState::Given | NeedState::Missing));
        let done = parts.clone().filter(|task| task.state == PartState::Complete).count()
            + papers.clone().filter(|paper| paper.state == NeedState::Given).count();
        (done, parts.count() + papers.count())
    }

    /// The part of this id, when the applicant fills it and it applies.
    pub fn part(&self, id: &str) -> Option<PartPage> {
        let open = |part: &&Part| {
            part.by.is_none() && self.check.parts.get(&part.id) != Some(&PartState::NotApplicable)
        };
        let parts: Vec<&Part> = self.form()?.parts.iter().filter(open).collect();
        let at = parts.iter().position(|part| part.id == id)?;
        Some(PartPage {
            part: parts[at].clone(),
            step: at + 1,
            steps: parts.len(),
            next: parts.get(at + 1).map(|part| part.id.clone()),
        })
    }

    /// The papers that must still come.
    pub fn missing_papers(&self) -> impl Iterator<Item = &PaperLine> {
        self.papers.iter().filter(|paper| paper.state == NeedState::Missing)
    }

    /// Whether the form and its papers are complete.
    pub fn is_complete(&self) -> bool {
        self.check.is_clean() && self.missing_papers().next().is_none()
    }

    /// The whole form for reading, with differences to the version filed last.
    pub fn shown(&self, today: Date) -> Option<FiledForm> {
        let mut shown = shown_form(FormSource {
            pack: &self.pack,
            form: self.form()?,
            data: &self.draft.data,
            check: &self.check,
            before: self.before.as_ref().map(|(_, data)| data),
            on: today,
        });
        shown.compared = self.before.as_ref().map(|(version, _)| *version);
        shown.procedure = self.procedure_name();
        shown.case = self.draft.case;
        shown.title = self.title();
        shown.papers = self.draft.papers.iter().map(|paper| paper_shown(&self.pack, paper, false)).collect();
        Some(shown)
    }
}

impl App {
    /// A kept draft with everything its pages say about it.
    pub fn draft_page(&self, viewer: &Viewer, key: &str) -> Result<DraftPage, Failure> {
        let draft = self.filing_draft(viewer, key)?;
        self.draft_shown(viewer, draft)
    }

    /// The same of a draft in memory: what was typed and is not kept (yet).
    pub fn draft_shown(&self, viewer: &Viewer, draft: FilingDraft) -> Result<DraftPage, Failure> {
        let pack = self.draft_pack(viewer, &draft)?;
        let gone = || Failure::from(Reason::NotFound { what: "草稿".into() });
        let (procedure, step, form) = draft.place(&pack).ok_or_else(gone)?;
        let case = draft.case.map(|id| self.case(viewer, id)).transpose()?;
        let apply_on = case.as_ref().and_then(Case::applied_on).unwrap_or_else(|| self.today());
        let today = self.today();
        let opened = self.open_form(form, &draft.data)?;
        let check = checked(&pack, form, &opened, apply_on);
        let before = case
            .as_ref()
            .and_then(|case| case.filed(&filed_under(procedure, step)))
            .map(|d| (d.version, d.form.clone()));
        let year = self.year(&pack.id, apply_on.year())?;
        let set = year.as_ref().map(|year| year.terms.set.clone()).unwrap_or_default();
        let given = given_next(&pack, step).cloned().unwrap_or_default();
        let rules = feeds_rules(&pack, form).then(|| panel(&pack, &check.facts, &given, apply_on, &set));
        let rules = rules.flatten().filter(|panel| !panel.lines.is_empty());
        let blocked = if draft.case.is_none() { self.blocked(&pack, procedure, step)? } else { None };
        Ok(DraftPage {
            tasks: tasks(form, &check, before.as_ref().map(|(_, data)| data), &draft.data),
            papers: paper_lines(&pack, step, &check.facts, &draft.papers),
            receiver: self.receiver(viewer, &pack, step),
            panel: rules,
            returned: case
                .as_ref()
                .filter(|case| case.trail.iter().any(|done| done.step == step.id && done.void))
                .map(|case| self.returned(&pack, case))
                .transpose()?
                .flatten(),
            before,
            cite: step.cite.to_string(),
            step: step.name.clone(),
            late: late(procedure, step, &draft, today),
            blocked,
            check,
            draft,
            pack: Arc::clone(&pack),
        })
    }

    /// Who receives what the viewer files today, and until when the answer is due.
    pub fn receiver(&self, viewer: &Viewer, pack: &Pack, step: &Step) -> Option<Receiver> {
        let next = pack.next_steps(step, None).into_iter().map(|entry| entry.step).next()?;
        let today = self.today();
        let within = next.within.as_ref();
        Some(Receiver {
            office: self.desk_name(viewer, pack, step),
            step: next.name.clone(),
            within: within.map(|within| Words::new(within.term.to_string(), within.term.en())),
            due: within.map(|within| due(today, within.term, &Calendar::known_on(today))),
            cite: next.cite.to_string(),
        })
    }

    /// What stands in the way of filing today: no year, a closed window.
    pub(super) fn blocked(
        &self,
        pack: &Pack,
        procedure: &Procedure,
        step: &Step,
    ) -> Result<Option<(Words, String)>, Failure> {
        if !procedure.needs_intake {
            return Ok(None);
        }
        let today = self.today();
        let reason = match self.year(&pack.id, today.year())? {
            None => Reason::YearNotOpen { year: today.year() },
            Some(year) if !year.takes(today) => {
                Reason::IntakeClosed { opens: year.terms.opens, closes: year.terms.closes }
            }
            Some(_) => return Ok(None),
        };
        let say = reason.say();
        let words =
            Words::new(format!("{}。{}。", say.zh, say.next_zh), format!("{}. {}.", say.en, say.next_en));
        Ok(Some((words, step.cite.to_string())))
    }

    /// The last return of a case.
    fn returned(&self, pack: &Pack, case: &Case) -> Result<Option<ReturnShown>, Failure> {
        let Some(done) = case.trail.iter().rev().find(|done| done.kind == OutcomeKind::Return) else {
            return Ok(None);
        };
        let Some(step) = pack.steps.get(&done.step) else { return Ok(None) };
        let person = Names::of(self).hands(done.meta.hands())?;
        let failed = done.checks.iter().filter(|check| !check.holds).filter_map(|check| {
            let item = step.checklist.iter().find(|item| item.id == check.item)?;
            Some((item.say.clone(), check.note.clone(), item.cite.to_string()))
        });
        Ok(Some(ReturnShown {
            number: case.number.clone(),
            failed: failed.collect(),
            said: OpinionShown {
                step: step.name.clone(),
                outcome: done.outcome.as_ref().and_then(|id| step.outcome(id)).map(|o| o.name.clone()),
                text: done.opinion.clone(),
                on: done.on,
                person,
            },
        }))
    }
}

/// The window of a first filing, by the plan year typed so far.
fn late(procedure: &Procedure, step: &Step, draft: &FilingDraft, today: Date) -> Option<LateShown> {
    let closes = step.closes.as_ref().filter(|_| draft.case.is_none())?;
    let text = |id: &Option<String>| id.as_ref().map_or("", |id| draft.data.get("", None, id).trim());
    let year = plan_year(text(&procedure.listed.year)).unwrap_or(today.year());
    let last = closes.last(year)?;
    Some(LateShown {
        year,
        last,
        over: today > last,
        field: procedure.listed.late.clone(),
        why: text(&procedure.listed.late).to_owned(),
        cite: step.cite.to_string(),
    })
}

/// The check of a form, and of places that do not reach a county yet.
fn checked(pack: &Pack, form: &Form, data: &FormData, apply_on: Date) -> FormCheck {
    let adjust = BTreeMap::new();
    let mut check = form.check(pack, data, &FormContext { apply_on, adjust: &adjust });
    for part in form.parts.iter().filter(|part| part.by.is_none()) {
        let PartKind::Fields(fields) = &part.kind else { continue };
        if check.parts.get(&part.id) == Some(&PartState::NotApplicable) {
            continue;
        }
        for field in fields.iter().filter(|field| field.ty == FieldType::Region) {
            let code = data.get(&part.id, None, &field.id).trim().parse::<RegionCode>().ok();
            if code.is_none_or(reaches_county) {
                continue;
            }
            if let Some(fact) = &field.fact {
                check.facts.remove(fact);
            }
            let name = &field.name;
            check.findings.push(Finding {
                part: part.id.clone(),
                row: None,
                field: Some(field.id.clone()),
                level: Level::Error,
                kind: FindingKind::Missing,
                message: Words::new(
                    format!("请把“{}”选到县（市、区）", name.zh),
                    format!("{}: choose down to the county", name.en),
                ),
                hint: None,
                also: Vec::new(),
                cite: field.cite.clone(),
            });
            if let Some(state) = check.parts.get_mut(&part.id).filter(|state| **state == PartState::Complete)
            {
                *state = PartState::InProgress;
            }
        }
    }
    check
}

fn reaches_county(code: RegionCode) -> bool {
    matches!(code.level(), RegionLevel::County | RegionLevel::Zone)
        || Gazetteer::get().children(code).is_empty()
}

fn tasks(form: &Form, check: &FormCheck, before: Option<&FormData>, data: &FormData) -> Vec<TaskLine> {
    let changes = before.map_or_else(Vec::new, |before| diff(form, before, data));
    let own = form.parts.iter().filter(|part| part.by.is_none());
    own.map(|part| TaskLine {
        part: part.id.clone(),
        name: part.name.clone(),
        cite: part.cite.to_string(),
        state: check.parts.get(&part.id).copied().unwrap_or(PartState::NotStarted),
        optional: !check.of_part(&part.id).any(|finding| finding.level == Level::Error),
        faults: check
            .of_part(&part.id)
            .filter(|f| f.level == Level::Error && f.kind != FindingKind::Missing)
            .count(),
        changes: changes.iter().filter(|change| change.part == part.id).count(),
    })
    .collect()
}
