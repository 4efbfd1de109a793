//! The trail of steps of a plan or a claim: what was done by whom, what a return undid, what can be done now.

use crate::actor::Hands;
use crate::case::{Meta, OutcomeKind, Paper};
use crate::ids::{OutcomeId, StepId};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Due, due};
use policy::pack::{EventDate, Pack};
use policy::procedure::{Act, After, Step, Subject};
use std::collections::BTreeMap;

/// One step done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trod {
    /// The step.
    pub step: StepId,
    /// The outcome; empty for steps that simply pass.
    pub outcome: OutcomeId,
    /// What it does.
    pub kind: OutcomeKind,
    /// The day.
    pub on: Date,
    /// The opinion.
    pub opinion: String,
    /// Things noted.
    pub notes: BTreeMap<String, String>,
    /// Papers added.
    pub papers: Vec<Paper>,
    /// The number of the paper issued or filed.
    pub document: Option<String>,
    /// Undone by a return.
    pub void: bool,
    /// Who and when.
    pub meta: Meta,
}

impl Trod {
    /// A step that passed, with nothing written.
    pub(crate) fn plain(step: &StepId, on: Date, opinion: &str, meta: &Meta) -> Trod {
        Trod {
            step: step.clone(),
            outcome: String::new(),
            kind: OutcomeKind::Pass,
            on,
            opinion: opinion.to_owned(),
            notes: BTreeMap::new(),
            papers: Vec::new(),
            document: None,
            void: false,
            meta: meta.clone(),
        }
    }
}

/// A step that can be done now.
#[derive(Debug, Clone)]
pub struct OpenTrailStep<'p> {
    /// The step.
    pub step: &'p Step,
    /// Since when.
    pub since: Date,
    /// Until when, if the pack sets a term.
    pub due: Option<Due>,
    /// The pack only warns of this deadline.
    pub warn_only: bool,
}

/// Steps in the order they were done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail(pub Vec<Trod>);

impl Trail {
    /// Adds a step; a return undoes what it goes back to and all that came after.
    pub(crate) fn add(&mut self, trod: Trod, to: Option<&StepId>) {
        self.0.push(trod);
        let Some(to) = to else { return };
        if let Some(from) = self.0.iter().position(|done| done.step == *to && !done.void) {
            for done in &mut self.0[from..] {
                done.void = true;
            }
        }
    }

    /// The last valid entry of a step.
    pub fn done(&self, step: &str) -> Option<&Trod> {
        self.0.iter().rev().find(|done| done.step == step && !done.void)
    }

    /// Whether the procedure was ended by a refusal.
    pub fn ended(&self) -> bool {
        self.0.last().is_some_and(|done| done.kind == OutcomeKind::End)
    }

    /// The valid step of one of these acts that one of these people did.
    pub fn did(&self, pack: &Pack, hands: Hands, acts: &[Act]) -> Option<&Trod> {
        let of_act = |done: &&Trod| pack.steps.get(&done.step).is_some_and(|step| acts.contains(&step.act));
        self.0.iter().filter(|done| !done.void && done.meta.by(hands)).find(of_act)
    }

    /// The steps that can be done now, in the order of the pack.
    pub fn open_steps<'p>(
        &self,
        pack: &'p Pack,
        procedure: &str,
        subject: Subject,
        stamp: Option<Date>,
    ) -> Vec<OpenTrailStep<'p>> {
        if self.ended() {
            return Vec::new();
        }
        let steps = pack.steps.iter().filter(|step| step.procedure == procedure && step.on == subject);
        steps
            .filter(|step| self.done(&step.id).is_none())
            // Of the first steps of several funds the one that began it comes back, never another.
            .filter(|step| step.funds.is_empty() || self.0.iter().any(|trod| trod.step == step.id))
            .filter(|step| step.after.iter().all(|after| self.satisfied(after)))
            .map(|step| self.open_step(step, stamp))
            .collect()
    }

    fn satisfied(&self, after: &After) -> bool {
        let outcome = |done: &Trod| {
            after.outcome.as_ref().is_none_or(|wanted| done.outcome.is_empty() || done.outcome == *wanted)
        };
        self.done(&after.step).is_some_and(|done| {
            matches!(done.kind, OutcomeKind::Pass | OutcomeKind::Complete) && outcome(done)
        })
    }

    fn open_step<'p>(&self, step: &'p Step, stamp: Option<Date>) -> OpenTrailStep<'p> {
        let since = step.after.iter().filter_map(|after| self.done(&after.step).map(|done| done.on)).max();
        let since = since.or_else(|| self.0.last().map(|done| done.on)).unwrap_or_default();
        let due = step.within.as_ref().and_then(|within| {
            let start = match within.from.date {
                EventDate::Stamp => stamp,
                _ => self.done(&within.from.step).map(|done| done.on),
            }?;
            Some(due(start, within.term, &Calendar::known_on(start)))
        });
        OpenTrailStep { step, since, due, warn_only: step.within.as_ref().is_some_and(|w| w.warn_only) }
    }
}
