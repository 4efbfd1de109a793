//! The steps of an allocation or a claim: what was done by whom, what is open until when, what comes later.

use crate::command::Failure;
use crate::view::desk::Names;
use crate::view::desk::{DueShown, due_shown};
use crate::view::viewer::role_name;
use crate::writer::App;
use domain::case::OutcomeKind;
use domain::trail::{OpenTrailStep, Trail, Trod};
use kernel::Date;
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Step, Subject};

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepState {
    /// Done.
    Done(StepDone),
    /// It can be done now, since this day, until this deadline.
    Open(Date, Option<DueShown>),
    /// It waits for others.
    Later,
}

/// A step done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDone {
    /// The outcome's name; empty for steps that simply pass.
    pub outcome: Words,
    /// What it did.
    pub kind: OutcomeKind,
    /// The day.
    pub on: Date,
    /// By whom.
    pub person: String,
    /// The opinion.
    pub opinion: String,
    /// Notes by their names.
    pub notes: Vec<(Words, String)>,
    /// The number of the paper issued or filed.
    pub document: Option<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepNow {
    /// The step of the pack: outcomes, notes, papers that it asks for.
    pub step: Step,
    /// The role's name.
    pub by: Words,
    /// The article.
    pub cite: String,
    /// How far it is.
    pub state: StepState,
    /// A filing: it never stops what follows, but stays open with its day.
    pub files: bool,
    /// Whether the viewer's role does it.
    pub mine: bool,
}

/// One thing done, returned things included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailLine {
    /// The step's name.
    pub step: Words,
    /// What was done.
    pub done: StepDone,
    /// A return undid it later.
    pub void: bool,
}

/// What a procedure is carried out on.
pub(super) struct Course<'a> {
    pub pack: &'a Pack,
    pub procedure: &'a str,
    pub subject: Subject,
    pub trail: &'a Trail,
    pub open: &'a [OpenTrailStep<'a>],
    pub role: &'a str,
}

impl App {
    /// The steps of a procedure in the order of the pack.
    pub(super) fn steps_now(&self, course: &Course<'_>) -> Result<Vec<StepNow>, Failure> {
        let steps = course.pack.steps.iter();
        let steps = steps.filter(|s| s.procedure == course.procedure && s.on == course.subject);
        steps.map(|step| self.step_now(course, step)).collect()
    }

    fn step_now(&self, course: &Course<'_>, step: &Step) -> Result<StepNow, Failure> {
        let open = course.open.iter().find(|open| open.step.id == step.id);
        let state = match (course.trail.done(&step.id), open) {
            (_, Some(open)) => StepState::Open(open.since, self.due_of(open)),
            (Some(done), None) => StepState::Done(self.step_done(step, done)?),
            (None, None) => StepState::Later,
        };
        let (zh, en) = role_name(course.pack, &step.by);
        Ok(StepNow {
            by: Words::new(zh, en),
            cite: step.cite.to_string(),
            state,
            files: step.act == Act::File,
            mine: step.by == course.role,
            step: step.clone(),
        })
    }

    fn due_of(&self, open: &OpenTrailStep<'_>) -> Option<DueShown> {
        let due = open.due.as_ref()?;
        let revision = due.revision.as_ref().map_or_else(String::new, ToString::to_string);
        Some(due_shown(self.today(), due.date, &revision, due.provisional, open.warn_only))
    }

    fn step_done(&self, step: &Step, done: &Trod) -> Result<StepDone, Failure> {
        let outcome = step.outcome(&done.outcome).map_or_else(Words::default, |o| o.name.clone());
        let note = |id: &String| {
            step.notes.iter().find(|n| n.id == *id).map_or_else(|| Words::new(id, id), |n| n.name.clone())
        };
        Ok(StepDone {
            outcome,
            kind: done.kind,
            on: done.on,
            person: Names::of(self).hands(done.meta.hands())?,
            opinion: done.opinion.clone(),
            notes: done.notes.iter().map(|(id, text)| (note(id), text.clone())).collect(),
            document: done.document.clone(),
        })
    }

    /// Everything that was done, in order.
    pub(super) fn trail_lines(&self, pack: &Pack, trail: &Trail) -> Result<Vec<TrailLine>, Failure> {
        let mut lines = Vec::new();
        for done in &trail.0 {
            let Some(step) = pack.steps.get(&done.step) else { continue };
            let of = self.step_done(step, done)?;
            lines.push(TrailLine { step: step.name.clone(), done: of, void: done.void });
        }
        Ok(lines)
    }
}
