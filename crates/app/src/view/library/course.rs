//! The courses of the pack, with how far a project is in each: its stages over the cases that belong together and over the money
//! project that comes from them.

use crate::view::desk::{DueShown, due_shown};
use crate::view::role_name;
use domain::case::{Case, open_steps};
use domain::claim::Claim;
use domain::project::Project;
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Course, Pack, Words};
use policy::procedure::{Act, Step, Subject};

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// Behind the project.
    Done,
    /// The project is in it.
    Current,
    /// Still to come.
    Later,
}

/// One step of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageStep {
    /// The step.
    pub name: Words,
    /// Who does it.
    pub by: Words,
    /// Its article.
    pub cite: String,
    /// The day it was done.
    pub done: Option<Date>,
    /// It can be done now.
    pub open: bool,
    /// Until when.
    pub due: Option<DueShown>,
    /// On which case; `None` for steps on money and steps whose case did not begin.
    pub case: Option<CaseId>,
    /// It may be left out.
    pub optional: bool,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageNow {
    /// Its name.
    pub name: Words,
    /// How far it is.
    pub state: StageState,
    /// The day on which the last of its steps was done.
    pub on: Option<Date>,
    /// Its steps.
    pub steps: Vec<StageStep>,
}

/// One course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseNow {
    /// Its name.
    pub name: Words,
    /// Its article.
    pub cite: String,
    /// Its stages in order.
    pub stages: Vec<StageNow>,
}

/// What the money of a project says about steps on money.
pub(super) struct Money {
    pub project: Project,
    /// The day it was opened.
    pub opened: Date,
    /// The day money was first allotted to it.
    pub allotted: Option<Date>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// The day of its first payment order.
    pub ordered: Option<Date>,
    /// The day of its first payment.
    pub paid: Option<Date>,
}

/// Everything that belongs to one project.
pub(super) struct Belongs<'a> {
    pub today: Date,
    pub pack: &'a Pack,
    /// The cases, each with its edition.
    pub cases: Vec<(&'a Case, &'a Pack)>,
    pub money: Option<&'a Money>,
}

/// The courses of the pack.
pub(super) fn courses(belongs: &Belongs<'_>) -> Vec<CourseNow> {
    belongs.pack.courses.iter().map(|course| course_now(belongs, course)).collect()
}

fn course_now(belongs: &Belongs<'_>, course: &Course) -> CourseNow {
    let mut stages: Vec<StageNow> = course
        .stages
        .iter()
        .map(|stage| {
            let steps = stage.steps.iter().filter_map(|id| belongs.pack.steps.get(id));
            let steps: Vec<StageStep> = steps.map(|step| belongs.step(step)).collect();
            let on = steps.iter().filter_map(|step| step.done).max();
            StageNow { name: stage.name.clone(), state: StageState::Later, on, steps }
        })
        .collect();
    settle(&mut stages);
    CourseNow { name: course.name.clone(), cite: course.cite.to_string(), stages }
}

/// Says how far each stage is. A stage that something later has passed is behind the project: what it lacks does not concern this
/// project.
fn settle(stages: &mut [StageNow]) {
    let mut passed = false;
    for stage in stages.iter_mut().rev() {
        let open = stage.steps.iter().any(|step| step.open && !step.optional);
        let begun = stage.on.is_some();
        let lacks = stage.steps.iter().any(|step| step.done.is_none() && !step.optional);
        stage.state = match (open, begun) {
            (true, _) => StageState::Current,
            (false, _) if passed || (begun && !lacks) => StageState::Done,
            (false, true) => StageState::Current,
            (false, false) => StageState::Later,
        };
        passed |= begun;
    }
}

impl Belongs<'_> {
    fn step(&self, step: &Step) -> StageStep {
        let (zh, en) = role_name(self.pack, &step.by);
        let plain = StageStep {
            name: step.name.clone(),
            by: Words::new(zh, en),
            cite: step.cite.to_string(),
            done: None,
            open: false,
            due: None,
            case: None,
            optional: step.optional || step.repeats,
        };
        if step.on.of_money() {
            return StageStep { done: self.money.and_then(|money| money.done(step)), ..plain };
        }
        // The latest case of the procedure counts: one that was refused is followed by another.
        let of = self.cases.iter().filter(|(case, _)| case.procedure == step.procedure);
        let Some((case, pack)) = of.max_by_key(|(case, _)| case.id) else { return plain };
        let open = open_steps(pack, case).into_iter().find(|open| open.step.id == step.id);
        let due = open.as_ref().and_then(|open| {
            let due = open.due.as_ref()?;
            let revision = due.revision.as_ref().map_or_else(String::new, ToString::to_string);
            Some(due_shown(self.today, due.date, &revision, due.provisional, open.warn_only))
        });
        StageStep {
            done: case.done(&step.id).map(|done| done.on),
            open: open.is_some(),
            due,
            case: Some(case.id),
            ..plain
        }
    }
}

impl Money {
    /// The day on which a step on money was done for this project.
    fn done(&self, step: &Step) -> Option<Date> {
        match (step.on, step.act) {
            (Subject::Project, Act::Declare) => Some(self.opened),
            (Subject::Project, Act::Close) => self.project.closed.as_ref().map(|(on, _)| *on),
            (Subject::Project, Act::Sign) => {
                let contracts = self.project.contracts.values().map(|contract| contract.on);
                contracts.chain(self.project.filed.values().map(|paper| paper.on)).min()
            }
            // An allocation moves money when it is approved and issued: before that nothing was arranged for anybody.
            (Subject::Allocation, _) => self.allotted,
            (Subject::Claim, _) => {
                let done = self.claims.iter().filter_map(|claim| claim.trail.done(&step.id));
                done.map(|done| done.on).min()
            }
            (Subject::Batch, Act::Pay) => self.paid,
            (Subject::Batch, _) => self.ordered,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2018, 9, 3);

    fn step(done: bool, open: bool) -> StageStep {
        StageStep {
            name: Words::default(),
            by: Words::default(),
            cite: String::new(),
            done: done.then_some(DAY),
            open,
            due: None,
            case: None,
            optional: false,
        }
    }

    fn states(stages: Vec<Vec<StageStep>>) -> Vec<StageState> {
        let one = |steps: Vec<StageStep>| StageNow {
            name: Words::default(),
            state: StageState::Later,
            on: steps.iter().filter_map(|step| step.done).max(),
            steps,
        };
        let mut stages: Vec<StageNow> = stages.into_iter().map(one).collect();
        settle(&mut stages);
        stages.into_iter().map(|stage| stage.state).collect()
    }

    #[test]
    fn a_stage_is_done_when_its_steps_are_or_when_something_later_passed() {
        use StageState::{Current, Done, Later};
        let (did, waits, open) = (|| step(true, false), || step(false, false), || step(false, true));
        assert_eq!(states(vec![vec![did(), did()], vec![open()], vec![waits()]]), [Done, Current, Later]);
        assert_eq!(states(vec![vec![did(), waits()], vec![waits()]]), [Current, Later]);
        assert_eq!(states(vec![vec![did(), waits()], vec![waits()], vec![did()]]), [Done, Done, Done]);
        assert_eq!(states(vec![vec![did(), open()], vec![did()]]), [Current, Done], "returned to the first");
        let left_out = StageStep { optional: true, ..step(false, true) };
        assert_eq!(states(vec![vec![did(), left_out], vec![open()]]), [Done, Current]);
        assert_eq!(states(vec![vec![waits()], vec![waits()]]), [Later, Later]);
    }
}
