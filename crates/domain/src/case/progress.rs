//! Which steps of a case can be done now, and until when. The order comes from the pack; returns re-open what they return to.

use super::declare::files;
use super::{Case, Done, OutcomeKind, Standing};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Due, due};
use policy::pack::{Event as PackEvent, EventDate, Pack};
use policy::procedure::{Act, After, Every, Period, Step, Subject};
use std::cmp::Ordering;

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

/// Whether an act is done as a step: only objecting is not, which anybody may do while a notice runs.
pub fn performs(act: Act) -> bool {
    act != Act::Object
}

/// The steps on the case itself that can be done now.
pub fn open_steps<'p>(pack: &'p Pack, case: &Case) -> Vec<OpenStep<'p>> {
    let standing = case.standing();
    if matches!(standing, Standing::Withdrawn | Standing::Refused) {
        return Vec::new();
    }
    let steps = pack
        .steps
        .iter()
        .filter(|s| s.procedure == case.procedure && s.on == Subject::Case && performs(s.act));
    steps
        .filter(|step| step.repeats || case.done(&step.id).is_none())
        // Recurring reports end with the case, or with the step that the pack names.
        .filter(|step| step.every.as_ref().is_none_or(|every| goes_on(case, every)))
        .filter(|step| standing != Standing::Accepted || step.repeats || !leads_to_end(pack, step))
        .filter(|step| reached(pack, case, step))
        .map(|step| open_step(case, step))
        .collect()
}

/// Whether a step completes the case, or stands before one that does: where a case has several ends and one was reached, what
/// leads to the others is moot.
fn leads_to_end(pack: &Pack, step: &Step) -> bool {
    let behind = |later: &&Step| later.after.iter().any(|after| after.step == step.id);
    step.completes || pack.steps.iter().filter(behind).any(|later| leads_to_end(pack, later))
}

/// Whether something is still due after each period.
fn goes_on(case: &Case, every: &Every) -> bool {
    let ended = every.until.as_ref().is_some_and(|until| case.passed(until).is_some());
    !ended && case.standing() != Standing::Accepted
}

/// Whether all that must come before a step has come. A filing stays when the approval before it is void; nothing goes on
/// behind it until that passes again.
fn reached(pack: &Pack, case: &Case, step: &Step) -> bool {
    let stays = |after: &After| pack.steps.get(&after.step).filter(|before| files(before.act));
    step.after
        .iter()
        .all(|after| satisfied(case, after) && stays(after).is_none_or(|filing| reached(pack, case, filing)))
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
    let not_before = step.not_before.as_ref().and_then(|wait| {
        let start = event_date(case, &wait.from)?;
        Some(due(start, wait.term, &Calendar::known_on(start)).date)
    });
    let since = not_before.map_or(since, |day| since.max(day));
    let due = match &step.every {
        Some(every) => Some(next_report(case, step, every, since)),
        None => noted_day(case, step).or_else(|| {
            // What is due is that the notice hangs: the day on which its days are over is no deadline.
            let within = step.within.as_ref().filter(|_| case.running(&step.id).is_none())?;
            let start = event_date(case, &within.from)?;
            Some(due(start, within.term, &Calendar::known_on(start)))
        }),
    };
    OpenStep { step, since, due, warn_only: step.within.as_ref().is_some_and(|w| w.warn_only) }
}

/// The day that an office fixed for a step when it did an earlier one: it stands as it is, also on a day off.
fn noted_day(case: &Case, step: &Step) -> Option<Due> {
    let noted = step.due_on.as_ref()?;
    let date = case.done(&noted.step)?.notes.get(&noted.note)?.parse().ok()?;
    Some(Due { date, revision: None, provisional: false })
}

/// When a recurring step is due next: so long after the end of the first period that no report covers, from the one that it
/// began in. A report covers the periods that ended before it; where none was left, the one that it lies in.
fn next_report(case: &Case, step: &Step, every: &Every, since: Date) -> Due {
    let reports = case.trail.iter().filter(|d| d.step == step.id && !d.void).map(|d| d.on);
    let end = reports.fold(end_of(every.period, since), |owed, day| {
        let own = end_of(every.period, day);
        match own.cmp(&owed) {
            Ordering::Less => owed,
            Ordering::Equal => end_of(every.period, owed.tomorrow().unwrap_or(Date::MAX)),
            Ordering::Greater => own,
        }
    });
    due(end, every.due, &Calendar::known_on(end))
}

/// The last day of the period that a day lies in.
fn end_of(period: Period, day: Date) -> Date {
    match period {
        Period::Month => day.last_of_month(),
        Period::Quarter => {
            let month = (day.month() - 1) / 3 * 3 + 3;
            Date::new(day.year(), month, 1).map_or(day, Date::last_of_month)
        }
        Period::Year => Date::new(day.year(), 12, 31).unwrap_or(day),
    }
}

fn returned_on(case: &Case, step: &Step) -> Option<Date> {
    case.trail.iter().rev().find(|d| d.kind == OutcomeKind::Return && d.step != step.id).map(|d| d.on)
}

/// Whether what must come before has come.
pub fn satisfied(case: &Case, after: &After) -> bool {
    // Acts with a command of their own (verification, proposal, plan, determination) have one way to pass.
    let as_wanted = |done: &Done| {
        let (wanted, had) = (after.outcome.as_ref(), done.outcome.as_ref());
        wanted.zip(had).is_none_or(|(wanted, had)| wanted == had)
    };
    case.passed(&after.step).is_some_and(as_wanted)
}

/// The date from which a clock runs, if it has come.
pub fn event_date(case: &Case, event: &PackEvent) -> Option<Date> {
    match event.date {
        EventDate::Stamp => case.award.as_ref().map(|a| a.stamp).or_else(|| {
            // Outside a plan the stamp is the day noted in the step, else the day it was done.
            let done = case.done(&event.step)?;
            done.notes.get("stamp").and_then(|day| day.parse().ok()).or(Some(done.on))
        }),
        EventDate::Posted => {
            let posted = case.notices.iter().rev().find(|notice| notice.step == event.step);
            posted.map(|notice| notice.on).or_else(|| case.done(&event.step).map(|d| d.on))
        }
        EventDate::Done | EventDate::Ended => case.done(&event.step).map(|d| d.on),
    }
}
