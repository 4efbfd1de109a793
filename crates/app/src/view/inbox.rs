//! The inbox: what waits for this person, most urgent first; what the person did; what the organisation began.

mod said;

use super::desk::{DueShown, Names, due_shown};
use super::{Viewer, reports};
use crate::access::Right;
use crate::command::Failure;
use crate::ports::PageOf;
use crate::rows::{CaseFilter, CaseRow, DeedRow, PlanRow, Scope, TaskRow};
use crate::time::day_of;
use crate::writer::App;
use kernel::Date;
use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, ObjectionId, OrgId, PlanId, ProjectId};
use policy::pack::Words;
use policy::procedure::{Step, Subject};

/// The most rows that an inbox shows.
pub const INBOX_MAX: usize = 500;

/// Where something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A step of a case.
    CaseStep(CaseId, String),
    /// The applicant files a form on a case: procedure and step.
    Correct(CaseId, String, String),
    /// An objection to a notice on a case.
    CaseObjection(CaseId, ObjectionId),
    /// Cases that wait to be put into a plan.
    Plans,
    /// A step of a plan.
    PlanStep(PlanId, String),
    /// An objection of a plan.
    Objection(PlanId, ObjectionId),
    /// The monthly report of a period.
    Report(String),
    /// Something about a project: a step of it.
    Project(ProjectId, String),
    /// A step of an allocation.
    Allocation(AllocationId, String),
    /// A step of a claim.
    Claim(ClaimId, String),
    /// Approved claims that wait to be put into a batch.
    Batches,
    /// A batch to release or to book.
    Batch(BatchId, String),
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What.
    pub what: Words,
    /// On what.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Who filed it.
    pub applicant: String,
    /// The article.
    pub cite: String,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<DueShown>,
    /// It came back for correction.
    pub returned: bool,
    /// When it was urged last.
    pub urged: Option<Date>,
    /// How many things of this kind stand behind this row.
    pub count: usize,
    /// Where it is done.
    pub place: Place,
    /// In which lent role; in one's own when there is none.
    pub lent: Option<LentSeat>,
}

/// A role that a colleague lent: it is taken before something is done in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LentSeat {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: String,
    /// The name of who lent it.
    pub of: String,
}

/// One thing done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneRow {
    /// What.
    pub what: Words,
    /// On what.
    pub title: String,
    /// Its number.
    pub number: String,
    /// The article.
    pub cite: String,
    /// The day.
    pub on: Date,
    /// The time of day.
    pub clock: String,
    /// The case, when it was on one.
    pub case: Option<CaseId>,
    /// The plan, when it was on one.
    pub plan: Option<PlanId>,
    /// Its place in the journal.
    pub seq: u64,
}

/// A copy that was sent to this role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who sent it, and for whom.
    pub person: String,
    /// The organisation.
    pub org: String,
    /// With which words.
    pub text: String,
    /// When.
    pub on: Date,
}

/// What the organisation began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// Cases that it filed, newest first.
    pub cases: Vec<CaseRow>,
    /// How many there are in all.
    pub cases_total: usize,
    /// Plans, for those who make them.
    pub plans: Vec<PlanRow>,
}

/// The three lists.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// To do.
    pub todo: Vec<Todo>,
    /// Done.
    pub done: Vec<DoneRow>,
    /// Begun.
    pub begun: Begun,
    /// A page of the copies to this role, newest first.
    pub copies: PageOf<CopyRow>,
    /// Steps at which two cases or more of those to do may be done in one act.
    pub together: Vec<(Step, usize)>,
}

impl Inbox {
    /// How many of those to do are overdue.
    pub fn overdue(&self) -> usize {
        self.todo.iter().filter(|t| t.due.as_ref().is_some_and(|d| d.left < 0 && !d.warn_only)).count()
    }
}

impl App {
    /// The inbox of a person in a role; its copies after a key.
    pub fn inbox(&self, viewer: &Viewer, copies_after: Option<&str>) -> Result<Inbox, Failure> {
        let mut todo = self.todo(viewer)?;
        if viewer.behalf.is_none() {
            todo.extend(self.lent_todo(viewer)?);
            by_urgency(&mut todo);
        }
        self.mark_urged(&mut todo)?;
        let waits = |step: &Step| {
            let here = |row: &&Todo| matches!(&row.place, Place::CaseStep(_, id) if *id == step.id);
            todo.iter().filter(here).filter(|row| row.lent.is_none()).count()
        };
        let steps = viewer.pack.steps.iter().filter(|step| step.together.is_some());
        let together: Vec<_> =
            steps.map(|step| (step.clone(), waits(step))).filter(|heap| heap.1 > 1).collect();
        Ok(Inbox {
            together,
            todo,
            done: self.deeds(viewer)?,
            begun: self.begun(viewer)?,
            copies: self.copies(viewer, copies_after)?,
        })
    }

    /// What waits for a person in a role, the nearest deadline first.
    pub fn todo(&self, viewer: &Viewer) -> Result<Vec<Todo>, Failure> {
        let today = self.today();
        let mut names = Names::of(self);
        let mut rows: Vec<Todo> = Vec::new();
        for task in self.reads.tasks(&viewer.task_scope(), INBOX_MAX)? {
            let todo = self.todo_of(viewer, &task, today, &mut names)?;
            match rows
                .iter_mut()
                .find(|r| gathers(&todo.place) && r.place == todo.place && r.what == todo.what)
            {
                Some(same) => {
                    same.count += 1;
                    same.since = same.since.min(todo.since);
                    same.title = format!("{}、{}", same.title, todo.title);
                }
                None => rows.push(todo),
            }
        }
        rows.extend(self.reports_due(viewer, today)?);
        by_urgency(&mut rows);
        Ok(rows)
    }

    /// What waits in the roles that colleagues lent this person today.
    fn lent_todo(&self, viewer: &Viewer) -> Result<Vec<Todo>, Failure> {
        let mut rows = Vec::new();
        for lent in self.lent_viewers(viewer.person)? {
            let of = lent.behalf.as_ref().map_or_else(String::new, |lender| lender.name.clone());
            let seat = LentSeat { org: lent.org, role: lent.role.clone(), of };
            rows.extend(self.todo(&lent)?.into_iter().map(|row| Todo { lent: Some(seat.clone()), ..row }));
        }
        Ok(rows)
    }

    fn todo_of(
        &self,
        viewer: &Viewer,
        task: &TaskRow,
        today: Date,
        names: &mut Names<'_>,
    ) -> Result<Todo, Failure> {
        let due =
            task.due.map(|date| due_shown(today, date, &task.revision, task.provisional, task.warn_only));
        // What an organisation carries out for others is named by who filed it.
        let filed = match task.subject.strip_prefix("case:").and_then(|id| id.parse().ok()) {
            Some(id) if !viewer.carries.is_empty() => self.reads.case(CaseId(id))?,
            _ => None,
        };
        Ok(Todo {
            what: Words::new(task.name.clone(), task.name_en.clone()),
            title: task.title.clone(),
            number: task.number.clone(),
            applicant: filed.map_or_else(|| names.org(task.applicant), |row| Ok(row.applicant_name))?,
            cite: task.cite.clone(),
            since: task.since,
            due,
            returned: task.returned,
            urged: None,
            count: 1,
            place: self.place_of(viewer, task)?,
            lent: None,
        })
    }

    /// Monthly reports whose month is over and that are not filed: nobody stores them, they follow from the calendar.
    fn reports_due(&self, viewer: &Viewer, today: Date) -> Result<Vec<Todo>, Failure> {
        if !viewer.may(Right::Report) {
            return Ok(Vec::new());
        }
        let filed = self.reads.reports(None, Some(viewer.org))?;
        let mut rows = Vec::new();
        for step in reports::report_steps(&viewer.pack, &viewer.role) {
            for month in reports::months_over(viewer.pack.in_force.from, viewer.pack.in_force.until, today) {
                if filed.iter().any(|r| r.step == step.id && r.period == month.period) {
                    continue;
                }
                let due = reports::report_due(step, month.last, today);
                rows.push(Todo {
                    what: step.name.clone(),
                    title: month.period.clone(),
                    number: String::new(),
                    applicant: String::new(),
                    cite: step.cite.to_string(),
                    since: month.last.tomorrow().unwrap_or(month.last),
                    due,
                    returned: false,
                    urged: None,
                    count: 1,
                    place: Place::Report(month.period),
                    lent: None,
                });
            }
        }
        Ok(rows)
    }

    fn deeds(&self, viewer: &Viewer) -> Result<Vec<DoneRow>, Failure> {
        let deeds = self.reads.deeds(viewer.person, INBOX_MAX)?;
        Ok(deeds.into_iter().map(done_row).collect())
    }

    fn begun(&self, viewer: &Viewer) -> Result<Begun, Failure> {
        let mut begun = Begun::default();
        if viewer.may(Right::Declare) {
            let filter = CaseFilter { scope: Scope::Own(viewer.org), ..super::cases::all_cases(viewer, 100) };
            let page = self.reads.cases(&filter)?;
            begun.cases_total = usize::try_from(page.total).unwrap_or(page.rows.len());
            begun.cases = page.rows;
        }
        if viewer.may(Right::Plan) {
            begun.plans = self.reads.plans(&viewer.pack.id, None)?;
        }
        Ok(begun)
    }
}

impl App {
    /// Where a task is done, by the act of its step.
    fn place_of(&self, viewer: &Viewer, task: &TaskRow) -> Result<Place, Failure> {
        let (kind, id) = task.subject.split_once(':').unwrap_or_default();
        let id: i64 = id.parse().unwrap_or_default();
        if kind == "plan" {
            let plan = PlanId(id);
            let Some(receipt) = task.step.strip_prefix("objection:") else {
                return Ok(Place::PlanStep(plan, task.step.clone()));
            };
            let row = self.reads.objection_by_receipt(receipt)?;
            return Ok(row.map_or(Place::Plans, |row| Place::Objection(plan, row.objection)));
        }
        if let Some(receipt) = task.step.strip_prefix("objection:") {
            let row = self.reads.objection_by_receipt(receipt)?;
            let case = CaseId(id);
            let lost = || Place::CaseStep(case, task.step.clone());
            return Ok(row.map_or_else(lost, |row| Place::CaseObjection(case, row.objection)));
        }
        let step = task.step.clone();
        Ok(match viewer.pack.steps.get(&task.step) {
            _ if kind == "project" => Place::Project(ProjectId(id), step),
            _ if kind == "allocation" => Place::Allocation(AllocationId(id), step),
            Some(found) if kind == "claim" && found.on == Subject::Batch => Place::Batches,
            _ if kind == "claim" => Place::Claim(ClaimId(id), step),
            _ if kind == "batch" => Place::Batch(BatchId(id), step),
            Some(step) if step.on == Subject::Plan => Place::Plans,
            Some(of) if domain::case::files(of.act) => Place::Correct(CaseId(id), of.procedure.clone(), step),
            _ => Place::CaseStep(CaseId(id), task.step.clone()),
        })
    }
}

/// The nearest deadline first, what has none last.
fn by_urgency(rows: &mut [Todo]) {
    rows.sort_by_key(|row| (row.due.is_none(), row.due.as_ref().map(|due| due.date), row.since));
}

/// Places where many things are done at once: one row tells all of them.
fn gathers(place: &Place) -> bool {
    matches!(place, Place::Plans | Place::Batches)
}

fn done_row(deed: DeedRow) -> DoneRow {
    let id = |kind: &str| deed.subject.strip_prefix(kind).and_then(|id| id.parse::<i64>().ok());
    DoneRow {
        case: id("case:").map(CaseId),
        plan: id("plan:").map(PlanId),
        on: day_of(deed.at),
        clock: crate::time::clock_of(deed.at),
        what: Words::new(deed.what, deed.what_en),
        title: deed.title,
        number: deed.number,
        cite: deed.cite,
        seq: deed.seq,
    }
}
