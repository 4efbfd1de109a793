//! What comes next on a case: each open step with who does it, until when, who agreed already, and where this viewer does it.

use crate::command::Failure;
use crate::view::Viewer;
use crate::view::desk::{DueShown, due_shown};
use crate::writer::App;
use domain::case::{Case, OpenStep, files, open_steps};
use kernel::Date;
use policy::pack::{Pack, Words};
use policy::procedure::{Step, Subject};

/// What comes next on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAct {
    /// The step.
    pub step: String,
    /// Its name.
    pub name: Words,
    /// Who does it: all of them, or any one.
    pub by: Words,
    /// The article.
    pub cite: String,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<DueShown>,
    /// Where this viewer does it; `None` when it is another's.
    pub mine: Option<NextPlace>,
    /// Only offered: nobody waits for it.
    pub offered: bool,
    /// Where each of several roles must agree: who did.
    pub signed: Vec<Words>,
    /// And who is left.
    pub left: Vec<Words>,
    /// The last day of a notice that runs.
    pub runs_until: Option<Date>,
    /// Its days are over, and nobody has said with which result.
    pub run_out: bool,
    /// When it was urged last, and in which words.
    pub urged: Option<(Date, String)>,
    /// A field of the form that was filed later undid it: it was done before and is to be done again.
    pub again: bool,
}

/// Where the next act is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextPlace {
    /// On the desk of the step.
    Desk,
    /// On the form.
    Form,
    /// On the plans.
    Plans,
}

/// The name of a role of a pack.
pub(in crate::view) fn role_words(pack: &Pack, role: &str) -> Words {
    pack.roles.get(role).map_or_else(|| Words::new(role, role), |r| r.name.clone())
}

/// Names in a row: with “and” where each is meant, with “or” where any one.
fn joined(names: &[Words], each: bool) -> Words {
    let (zh, en) = if each { ("、", " and ") } else { ("或", " or ") };
    Words::new(
        names.iter().map(|w| w.zh.as_str()).collect::<Vec<_>>().join(zh),
        names.iter().map(|w| w.en.as_str()).collect::<Vec<_>>().join(en),
    )
}

impl App {
    /// The steps that are open on a case, those of this viewer first, with its place in a plan when it waits for one.
    pub(in crate::view) fn next_acts(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        case: &Case,
    ) -> Result<Vec<NextAct>, Failure> {
        let today = self.today();
        let mut next: Vec<NextAct> =
            open_steps(pack, case).iter().map(|open| of_open(viewer, pack, case, open, today)).collect();
        let waiting = crate::project::case_tasks(pack, case).into_iter().filter_map(|task| {
            let step = pack.steps.get(&task.step).filter(|s| s.on == Subject::Plan)?;
            let mut act = base(pack, step, task.since);
            act.mine = step.done_by(&viewer.role).then_some(NextPlace::Plans);
            Some(act)
        });
        next.extend(waiting);
        next.sort_by_key(|act| (act.offered, act.mine.is_none()));
        Ok(next)
    }
}

fn base(pack: &Pack, step: &Step, since: Date) -> NextAct {
    let names: Vec<Words> = step.roles().map(|role| role_words(pack, role)).collect();
    NextAct {
        step: step.id.clone(),
        name: step.name.clone(),
        by: joined(&names, step.each),
        cite: step.cite.to_string(),
        since,
        due: None,
        mine: None,
        offered: step.optional || (step.repeats && step.every.is_none()),
        signed: Vec::new(),
        left: Vec::new(),
        runs_until: None,
        run_out: false,
        urged: None,
        again: false,
    }
}

fn of_open(viewer: &Viewer, pack: &Pack, case: &Case, open: &OpenStep<'_>, today: Date) -> NextAct {
    let step = open.step;
    let mut act = base(pack, step, open.since);
    act.due = open.due.as_ref().map(|d| {
        let revision = d.revision.map(|r| r.to_string()).unwrap_or_default();
        due_shown(today, d.date, &revision, d.provisional, open.warn_only)
    });
    let has = |role: &str| {
        let signed = case.signing.get(&step.id);
        signed.is_some_and(|s| s.iter().any(|s| s.meta.role.as_deref() == Some(role)))
    };
    if step.each {
        let (signed, left): (Vec<_>, Vec<_>) = step.roles().partition(|role| has(role));
        act.signed = signed.into_iter().map(|role| role_words(pack, role)).collect();
        act.left = left.into_iter().map(|role| role_words(pack, role)).collect();
    }
    let place = if files(step.act) { NextPlace::Form } else { NextPlace::Desk };
    let files_own = case.applicant == viewer.org || viewer.takes_part(case);
    let own = if files(step.act) { files_own } else { viewer.sees(case) };
    act.mine = Some(place).filter(|_| step.done_by(&viewer.role) && own && !has(&viewer.role));
    act.runs_until = case.running(&step.id).map(|notice| notice.window.last);
    act.run_out = act.runs_until.is_some_and(|last| last < today);
    let urged = case.remarks.iter().rev().find(|r| r.step.as_ref() == Some(&step.id));
    act.urged = urged.filter(|r| r.meta.on >= open.since).map(|remark| (remark.meta.on, remark.text.clone()));
    act.again = !step.repeats && case.trail.iter().any(|done| done.step == step.id && done.void);
    act
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_joined_by_and_any_by_or() {
        let names = [Words::new("财政局", "finance"), Words::new("扶贫办", "the office")];
        assert_eq!(joined(&names, true), Words::new("财政局、扶贫办", "finance and the office"));
        assert_eq!(joined(&names, false), Words::new("财政局或扶贫办", "finance or the office"));
    }
}
