//! One step of a plan, prepared for the person who does it: what a notice would say, what the rules say of each item and which
//! items stand in each other's way, who must have a letter, how much is to be remitted.

use super::notices::{NoticeCell, Running};
use super::notices_mask::shown_cell;
use super::plans::PlanMoney;
use super::plans_judge::ItemJudged;
use super::viewer::Viewer;
use crate::command::Failure;
use crate::writer::App;
use domain::Reason;
use domain::case::Case;
use domain::plan::{Plan, Posted, rows_for};
use kernel::calendar::Calendar;
use kernel::deadline::{Due, Window, window};
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::{Date, Money};
use policy::pack::{Notice, Pack, Words};
use policy::procedure::{Act, Step};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A step of a plan.
#[derive(Debug, Clone)]
pub struct StepPage {
    /// The plan.
    pub plan: Plan,
    /// Its pack.
    pub pack: Arc<Pack>,
    /// The step.
    pub step: Step,
    /// The role that does it.
    pub by: Words,
    /// Whether the viewer's role does it.
    pub mine: bool,
    /// Whether it can be done now.
    pub open: bool,
    /// Since when.
    pub since: Option<Date>,
    /// Until when.
    pub due: Option<Due>,
    /// The items ready for it.
    pub items: Vec<StepItem>,
    /// What the plan takes of its year and of the fund.
    pub money: PlanMoney,
    /// What this act needs besides.
    pub needs: StepNeeds,
}

/// What an act needs besides its items.
#[derive(Debug, Clone)]
pub enum StepNeeds {
    /// A meeting's minutes.
    Minutes,
    /// A notice to post.
    Notice(Box<NoticeDraft>),
    /// A notice that runs or has ended.
    Running(Box<NoticeRunning>),
    /// A determination.
    Verdicts,
    /// Letters to these recipients.
    Letters(Vec<String>),
    /// This sum in one payment.
    Sum(Money),
    /// This is done somewhere else: in the plan's table.
    Elsewhere,
}

/// One item of a step.
#[derive(Debug, Clone)]
pub struct StepItem {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The applicant.
    pub applicant: String,
    /// The project enterprise.
    pub company: String,
    /// The amount planned, or granted once there is a verdict.
    pub amount: Money,
    /// A remark of the plan.
    pub note: String,
    /// The verdict, once given.
    pub verdict: Option<(bool, Money)>,
    /// What the rules say now; only where somebody decides.
    pub judged: Option<ItemJudged>,
    /// Other items that cannot be granted together with it.
    pub conflicts: Vec<Conflict>,
    /// Objections without an answer: the item waits.
    pub objections: Vec<(ObjectionId, String)>,
}

/// Another item that this one cannot be granted with.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The other case.
    pub number: String,
    /// The rule that would fail.
    pub why: Vec<Words>,
}

/// A notice to be posted.
#[derive(Debug, Clone)]
pub struct NoticeDraft {
    /// The notice of the pack.
    pub notice: Notice,
    /// The columns that the cases answer.
    pub columns: Vec<(String, Words)>,
    /// One row an item: the case's number and its cells.
    pub rows: Vec<(String, Vec<NoticeCell>)>,
    /// What must be typed for the notice as a whole: key and name.
    pub typed: Vec<(String, Words)>,
    /// The window, if it were posted on the chosen day.
    pub window: Window,
    /// The day chosen.
    pub on: Date,
    /// The notice of the calendar that the window rests on.
    pub revision: Option<String>,
}

impl NoticeDraft {
    /// The window in words, as a notice states it.
    pub fn period(&self) -> String {
        format!("{}至{}", kernel::date::zh(self.window.first), kernel::date::zh(self.window.last))
    }
}

/// A notice posted.
#[derive(Debug, Clone)]
pub struct NoticeRunning {
    /// As it was posted.
    pub posted: Posted,
    /// How it stands.
    pub running: Running,
    /// The notice of the calendar that the window rests on.
    pub revision: Option<String>,
    /// Objections, newest first.
    pub objections: Vec<ObjectionId>,
}

/// One objection on its page.
#[derive(Debug, Clone)]
pub struct ObjectionPage {
    /// The plan.
    pub plan: Plan,
    /// Its pack.
    pub pack: Arc<Pack>,
    /// The objection.
    pub objection: domain::plan::Objection,
    /// Its id.
    pub id: ObjectionId,
    /// The case objected to: its number and title.
    pub case: Option<(CaseId, String, String)>,
    /// The role that answers.
    pub by: Option<String>,
    /// Its name.
    pub by_name: Words,
    /// Whether the viewer's role answers.
    pub mine: bool,
    /// The article.
    pub cite: String,
    /// Until when it is to be answered.
    pub due: Option<Due>,
    /// Who answered, when it was.
    pub answered_by: String,
}

impl App {
    /// A step of a plan. `on` is the day of posting that the person thinks of.
    pub fn plan_step_page(
        &self,
        viewer: &Viewer,
        id: PlanId,
        step: &str,
        on: Option<Date>,
    ) -> Result<StepPage, Failure> {
        let plan = self.plan(viewer, id)?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let found = plan.steps(&pack).into_iter().find(|s| s.id == step).cloned();
        let step = found.ok_or_else(|| Failure::from(Reason::NotFound { what: "环节".into() }))?;
        let open = plan.open_steps(&pack).into_iter().find(|o| o.step.id == step.id);
        // A meeting concludes the planning itself, so it is open as soon as there is something to agree to.
        let meets = step.act == Act::Deliberate && !plan.fixed() && !plan.items.is_empty();
        let ready: Vec<CaseId> = match &open {
            Some(open) => open.items.clone(),
            None if meets => plan.items.keys().copied().collect(),
            None => Vec::new(),
        };
        let cases = self.named(&ready)?;
        let needs = self.needs(&plan, &pack, &step, &cases, on)?;
        let items = self.step_items(&plan, &pack, &step, &cases)?;
        Ok(StepPage {
            by: pack.roles.get(&step.by).map_or_else(Words::default, |r| r.name.clone()),
            mine: viewer.role == step.by,
            open: open.is_some() || meets,
            since: open.as_ref().map(|o| o.since),
            due: open.and_then(|o| o.due),
            money: self.plan_money(&pack, &plan)?,
            items,
            needs,
            step,
            pack,
            plan,
        })
    }

    fn named(&self, ids: &[CaseId]) -> Result<Vec<(Case, String)>, Failure> {
        let mut cases = Vec::new();
        for id in ids {
            let Some(case) = self.case_state(*id)? else { continue };
            let name = self.reads.org(case.applicant)?.map_or_else(String::new, |o| o.name);
            cases.push((case, name));
        }
        Ok(cases)
    }

    fn needs(
        &self,
        plan: &Plan,
        pack: &Pack,
        step: &Step,
        cases: &[(Case, String)],
        on: Option<Date>,
    ) -> Result<StepNeeds, Failure> {
        let today = self.today();
        Ok(match step.act {
            Act::Deliberate => StepNeeds::Minutes,
            Act::Publish => {
                let all_shown =
                    |posted: &Posted| cases.iter().all(|(c, _)| posted.rows.iter().any(|r| r.case == c.id));
                match plan.notice().filter(|n| n.step == step.id && all_shown(n)) {
                    Some(posted) => StepNeeds::Running(Box::new(running(plan, posted, today))),
                    None => {
                        let notice = step.publish.as_deref().and_then(|n| pack.notices.get(n));
                        let notice = notice
                            .ok_or_else(|| Failure::from(Reason::NotFound { what: "公示".into() }))?;
                        StepNeeds::Notice(Box::new(draft(notice, plan, pack, cases, on.unwrap_or(today))))
                    }
                }
            }
            Act::Decide => StepNeeds::Verdicts,
            Act::File => StepNeeds::Letters(self.letter_recipients(plan.id)?),
            Act::Pay => {
                let granted = cases.iter().filter_map(|(c, _)| plan.items.get(&c.id)?.verdict);
                let sum = Money::sum(granted.filter(|(granted, _)| *granted).map(|(_, amount)| amount));
                StepNeeds::Sum(sum.unwrap_or(Money::MAX))
            }
            _ => StepNeeds::Elsewhere,
        })
    }

    fn step_items(
        &self,
        plan: &Plan,
        pack: &Arc<Pack>,
        step: &Step,
        cases: &[(Case, String)],
    ) -> Result<Vec<StepItem>, Failure> {
        let bench = if step.act == Act::Decide { Some(self.bench(pack, plan.year)?) } else { None };
        let all: Vec<&Case> = cases.iter().map(|(case, _)| case).collect();
        let mut items = Vec::new();
        for (case, applicant) in cases {
            let Some(item) = plan.items.get(&case.id) else { continue };
            let judged = bench.as_ref().map(|bench| bench.judge(case, &[]));
            let conflicts = bench.as_ref().map_or_else(Vec::new, |bench| {
                let alone_stands = judged.as_ref().is_some_and(|j| j.limit.is_some());
                let rivals = bench.rivals(case, &all).into_iter().filter(|_| alone_stands);
                let both = rivals.map(|other| (other, bench.judge(case, &[other])));
                let against = both.filter(|(_, judged)| judged.limit.is_none());
                against
                    .map(|(other, judged)| Conflict { number: other.number.clone(), why: judged.against })
                    .collect()
            });
            let receipts = plan.open_objections(case.id).into_iter();
            items.push(StepItem {
                case: case.id,
                number: case.number.clone(),
                title: case.title.clone(),
                applicant: applicant.clone(),
                company: case.parties.get("company_name").cloned().unwrap_or_default(),
                amount: item.verdict.map_or(item.amount, |(_, amount)| amount),
                note: item.note.clone(),
                verdict: item.verdict,
                judged,
                conflicts,
                objections: receipts
                    .filter_map(|id| Some((id, plan.objections.get(&id)?.receipt.clone())))
                    .collect(),
            });
        }
        Ok(items)
    }

    /// An objection to a plan's notice; `None` when there is none of this id.
    pub fn plan_objection(
        &self,
        viewer: &Viewer,
        id: PlanId,
        objection: ObjectionId,
    ) -> Result<Option<ObjectionPage>, Failure> {
        let plan = self.plan(viewer, id)?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let Some(found) = plan.objections.get(&objection).cloned() else { return Ok(None) };
        let notice = plan.notice().and_then(|n| pack.notices.get(&n.notice));
        let rule = notice.and_then(|n| n.objection.as_ref());
        let case = match found.case {
            Some(case) => self.reads.case(case)?.map(|row| (case, row.number, row.title)),
            None => None,
        };
        let mut answered_by = String::new();
        for act in self.reads.stream(&domain::Stream::Plan(id).key())? {
            if let domain::Event::Plan(domain::plan::Event::Answered { objection: of, .. }) =
                crate::history::event(&act)?
                && of == objection
            {
                answered_by = self.actor_words(&act)?;
            }
        }
        let by = rule.map(|r| r.by.clone());
        Ok(Some(ObjectionPage {
            due: rule
                .and_then(|r| r.within)
                .map(|term| kernel::deadline::due(found.on, term, &Calendar::known_on(found.on))),
            by_name: by
                .as_ref()
                .and_then(|by| pack.roles.get(by))
                .map_or_else(Words::default, |r| r.name.clone()),
            mine: by.as_ref().is_none_or(|by| *by == viewer.role),
            cite: notice.map_or_else(String::new, |n| n.cite.to_string()),
            objection: found,
            id: objection,
            case,
            by,
            answered_by,
            pack,
            plan,
        }))
    }
}

fn draft(notice: &Notice, plan: &Plan, pack: &Pack, cases: &[(Case, String)], on: Date) -> NoticeDraft {
    let rows = rows_for(notice, plan, cases);
    let answered = |key: &str| !rows.is_empty() && rows.iter().all(|row| row.shown.contains_key(key));
    let (shown, asked): (Vec<_>, Vec<_>) = notice.content.iter().partition(|c| answered(&c.key));
    let cells = |shown_of: &BTreeMap<String, String>| -> Vec<NoticeCell> {
        let text = |key: &str| shown_of.get(key).map_or("", String::as_str);
        shown.iter().map(|c| shown_cell(pack, &c.key, text(&c.key))).collect()
    };
    let number = |id: CaseId| {
        cases.iter().find(|(c, _)| c.id == id).map_or_else(String::new, |(c, _)| c.number.clone())
    };
    let window = window(on, notice.term, &Calendar::known_on(on));
    NoticeDraft {
        columns: shown.iter().map(|c| (c.key.clone(), c.name.clone())).collect(),
        rows: rows.iter().map(|row| (number(row.case), cells(&row.shown))).collect(),
        typed: asked.iter().map(|c| (c.key.clone(), c.name.clone())).collect(),
        revision: revision_title(&window),
        window,
        on,
        notice: notice.clone(),
    }
}

fn running(plan: &Plan, posted: &Posted, today: Date) -> NoticeRunning {
    NoticeRunning {
        running: Running::on(today, posted.window.last),
        revision: revision_title(&posted.window),
        objections: plan.objections.iter().rev().map(|(id, _)| *id).collect(),
        posted: posted.clone(),
    }
}

/// The calendar notice that a window rests on, by its name.
fn revision_title(window: &Window) -> Option<String> {
    let revision = window.revision?.revision()?;
    Some(format!("{}（{}发布）", revision.title, kernel::date::zh(revision.published)))
}
