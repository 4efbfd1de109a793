//! Duties that outlive a step: they begin when it is passed, and stand as long as it does. Whether somebody keeps one is not known here.

use super::habit::about_now;
use super::progress::event_date;
use super::{Case, DutyDue, Event, OutcomeKind};
use crate::actor::Context;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::due;
use kernel::term::Term;
use policy::pack::{Duty, Pack};

/// A duty that begins on a day, with the days on which it is looked at and the last one; none where the text gives no term.
pub(crate) fn dated(duty: &Duty, start: Date, calendar: &Calendar) -> Option<DutyDue> {
    let end = due(start, duty.term?, calendar);
    let mut checks = Vec::new();
    if let Some(every) = duty.checks.filter(|every| every.n > 0) {
        let looks = (1..).map(|k| due(start, Term { n: every.n * k, unit: every.unit }, calendar).date);
        checks.extend(looks.take_while(|look| *look < end.date));
    }
    Some(DutyDue {
        duty: duty.id.clone(),
        on: duty.on.clone(),
        from: start,
        due: end.date,
        checks,
        provisional: end.provisional,
    })
}

/// The events of passing a step: itself, and the duties that begin with it.
pub(super) fn with_duties(case: &Case, done: Event, ctx: Context<'_>) -> Vec<Event> {
    let passed = match &done {
        Event::Declared { step, .. }
        | Event::Stepped { step, kind: OutcomeKind::Pass | OutcomeKind::Complete, .. } => step.clone(),
        _ => return vec![done],
    };
    let begin = |duty: &&Duty| duty.from.as_ref().is_some_and(|from| from.step == passed);
    if !ctx.pack.duties.iter().any(|duty| begin(&duty)) {
        return vec![done];
    }
    let after = Case::apply(Some(case.clone()), done.clone(), &about_now(ctx));
    let dates = |duty: &Duty| {
        let start = after.as_ref().zip(duty.from.as_ref()).and_then(|(case, from)| event_date(case, from))?;
        dated(duty, start, ctx.calendar).map(Event::DutyBegan)
    };
    let begun: Vec<Event> = ctx.pack.duties.iter().filter(begin).filter_map(dates).collect();
    std::iter::once(done).chain(begun).collect()
}

impl Case {
    /// The duties that stand: the step that each began with still holds, and the one that fulfils it was not done.
    pub fn duties_standing<'c>(&'c self, pack: &'c Pack) -> impl Iterator<Item = &'c DutyDue> {
        let own = |step: &str| pack.steps.get(step).is_some_and(|step| step.procedure == self.procedure);
        self.duties.iter().filter(move |due| {
            let Some(duty) = pack.duties.get(&due.duty) else { return true };
            let holds = |step: &String| !own(step) || self.passed(step).is_some();
            let began = duty.from.as_ref().is_none_or(|from| holds(&from.step));
            let kept = duty.done_by.as_ref().is_some_and(|step| own(step) && holds(step));
            began && !kept
        })
    }
}
