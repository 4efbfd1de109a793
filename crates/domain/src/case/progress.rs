//! Which steps of a case can be done now, and until when. The order comes from the pack; returns re-open what they return to.

use super::{Case, Done, OutcomeKind, Standing};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Due, due};
use policy::pack::{Event as PackEvent, EventDate, Pack};
use policy::procedure::{Act, After, Step, Subject};

/// A step that can be done now.
#[derive(Debug, Clone)]
pub struct OpenStep<'p> {
    /// The step.
    pub step: &'p Step,
    /// Since when.
    pub since: Date,
    /// Until when, if the pack sets a term.
    pub due: Option<Due>,
    /// The pack only warns of this deadline.
    pub warn_only: bool,
}

/// Whether this version of the program performs an act; the others are shown as duties with their dates.
pub fn performs(act: Act) -> bool {
    matches!(
        act,
        Act::Open
            | Act::Appoint
            | Act::Propose
            | Act::Declare
            | Act::Check
            | Act::Review
            | Act::Accept
            | Act::Notify
            | Act::Inspect
            | Act::Plan
            | Act::Deliberate
            | Act::Publish
            | Act::Decide
            | Act::File
            | Act::Pay
            | Act::Report
    )
}

/// The steps on the case itself that can be done now.
pub fn open_steps<'p>(pack: &'p Pack, case: &Case) -> Vec<OpenStep<'p>> {
    if matches!(case.standing(), Standing::Withdrawn | Standing::Refused) {
        return Vec::new();
    }
    let steps = pack
        .steps
        .iter()
        .filter(|s| s.procedure == case.procedure && s.on == Subject::Case && performs(s.act));
    steps
        .filter(|step| case.done(&step.id).is_none())
        .filter(|step| step.after.iter().all(|after| satisfied(case, after)))
        .map(|step| open_step(case, step))
        .collect()
}

fn open_step<'p>(case: &Case, step: &'p Step) -> OpenStep<'p> {
    let since = step
        .after
        .iter()
        .filter_map(|after| case.done(&after.step).map(|d| d.on))
        .max()
        .or_else(|| returned_on(case, step))
        .or_else(|| case.applied_on())
        .unwrap_or_default();
    let due = step.within.as_ref().and_then(|within| {
        let start = event_date(case, &within.from)?;
        Some(due(start, within.term, &Calendar::known_on(start)))
    });
    OpenStep { step, since, due, warn_only: step.within.as_ref().is_some_and(|w| w.warn_only) }
}

fn returned_on(case: &Case, step: &Step) -> Option<Date> {
    case.trail.iter().rev().find(|d| d.kind == OutcomeKind::Return && d.step != step.id).map(|d| d.on)
}

/// Whether what must come before has come.
pub fn satisfied(case: &Case, after: &After) -> bool {
    case.done(&after.step).is_some_and(|done| passes(done, after))
}

fn passes(done: &Done, after: &After) -> bool {
    match &after.outcome {
        Some(wanted) if done.outcome.is_some() => done.outcome.as_ref() == Some(wanted),
        // Acts with a command of their own (verification, proposal, plan, determination) have one way to pass.
        Some(_) => matches!(done.kind, OutcomeKind::Pass | OutcomeKind::Complete),
        None => matches!(done.kind, OutcomeKind::Pass | OutcomeKind::Complete),
    }
}

/// The date from which a clock runs, if it has come.
pub fn event_date(case: &Case, event: &PackEvent) -> Option<Date> {
    match event.date {
        EventDate::Stamp => case.award.as_ref().map(|a| a.stamp),
        EventDate::Done | EventDate::Posted | EventDate::Ended => case.done(&event.step).map(|d| d.on),
    }
}
