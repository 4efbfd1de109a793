//! What may follow what: where a procedure starts, what comes next, where a return leads.

use super::{OutcomeKind, Procedure, Step};
use crate::pack::Pack;

/// A step that may be begun, as the graph alone sees it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'p> {
    /// The step.
    pub step: &'p Step,
    /// Whether other steps must have happened as well (`after` names more than one).
    pub joins: bool,
}

/// Where a returning outcome leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnTarget<'p> {
    /// The outcome that returns.
    pub outcome: &'p str,
    /// The step it returns to.
    pub step: &'p str,
}

impl Step {
    /// An outcome by id.
    pub fn outcome(&self, id: &str) -> Option<&super::StepOutcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// Where its returning outcomes lead.
    pub fn return_targets(&self) -> Vec<ReturnTarget<'_>> {
        let returning = self.outcomes.iter().filter(|outcome| outcome.kind == OutcomeKind::Return);
        returning.filter_map(|o| o.to.as_deref().map(|step| ReturnTarget { outcome: &o.id, step })).collect()
    }

    /// Whether this step waits for that one with that outcome (`None`: it passed without stated outcomes).
    pub fn follows(&self, step: &Step, outcome: Option<&str>) -> bool {
        self.after.iter().any(|after| {
            after.step == step.id
                && match (&after.outcome, outcome) {
                    (Some(wanted), Some(had)) => wanted == had,
                    (Some(_), None) => false,
                    (None, Some(had)) => step.outcome(had).is_none_or(|o| o.kind == OutcomeKind::Pass),
                    (None, None) => true,
                }
        })
    }
}

impl Pack {
    /// The steps of a procedure, in the order of the pack.
    pub fn steps_of<'p>(&'p self, procedure: &Procedure) -> impl Iterator<Item = &'p Step> {
        let id = procedure.id.clone();
        self.steps.iter().filter(move |step| step.procedure == id)
    }

    /// The steps with which a procedure starts: those that wait for no other.
    pub fn start_steps<'p>(&'p self, procedure: &Procedure) -> Vec<&'p Step> {
        self.steps_of(procedure).filter(|step| step.after.is_empty()).collect()
    }

    /// The steps that may begin when `step` ended with `outcome`.
    pub fn next_steps<'p>(&'p self, step: &Step, outcome: Option<&str>) -> Vec<Entry<'p>> {
        let followers = self.steps.iter().filter(|next| next.follows(step, outcome));
        followers.map(|next| Entry { step: next, joins: next.after.len() > 1 }).collect()
    }

    /// The steps of the same procedure that wait for this one, directly or through others.
    pub fn behind<'p>(&'p self, step: &Step) -> Vec<&'p Step> {
        let mut found: Vec<&Step> = Vec::new();
        let mut queue: Vec<&str> = vec![&step.id];
        while let Some(id) = queue.pop() {
            let next = self.steps.iter().filter(|s| s.procedure == step.procedure);
            for next in next.filter(|s| s.after.iter().any(|after| after.step == id)) {
                if !found.iter().any(|known| known.id == next.id) {
                    found.push(next);
                    queue.push(&next.id);
                }
            }
        }
        found
    }

    /// The steps of the same procedure that come before this one, directly or through others.
    pub fn before<'p>(&'p self, step: &'p Step) -> Vec<&'p Step> {
        let mut found: Vec<&Step> = Vec::new();
        let mut queue: Vec<&Step> = vec![step];
        while let Some(at) = queue.pop() {
            for earlier in at.after.iter().filter_map(|after| self.steps.get(&after.step)) {
                if earlier.procedure == step.procedure && !found.iter().any(|known| known.id == earlier.id) {
                    found.push(earlier);
                    queue.push(earlier);
                }
            }
        }
        found
    }

    /// The first step of a procedure with this act.
    pub fn step_with_act<'p>(&'p self, procedure: &Procedure, act: super::Act) -> Option<&'p Step> {
        self.steps_of(procedure).find(|step| step.act == act)
    }
}
