//! Recurring reports: the figures are counted from what was filed and booked, or summed up from the reports below, never typed.

use super::{made, not_found};
use crate::command::{Answer, Command, Failure};
use crate::desk::Desk;
use crate::figures::{self, Reporter};
use domain::report::{FileReport, From, Part, file_report};
use domain::{Actor, Context, Stream};
use kernel::Date;
use policy::pack::Pack;
use policy::procedure::Step;

/// Carries out a report.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    let Command::Report { pack, step, period, note } = command else {
        return Err(not_found("办理事项"));
    };
    let pack = desk.pack(&pack)?;
    let actor = desk.actor()?;
    let days = month(&period).ok_or_else(|| not_found("报送月份"))?;
    let from = match pack.steps.get(&step) {
        Some(step) => figures_of(desk, &pack, step, &actor, (&period, days))?,
        None => From::Counted(Default::default()),
    };
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let cite = pack.steps.get(&step).map_or_else(String::new, |s| s.cite.to_string());
    let command = FileReport { step: step.clone(), period: period.clone(), period_end: days.1, from, note };
    let events = file_report(command, ctx)?;
    desk.emit_all(Some(&pack), &Stream::Report(step, actor.org, period), &cite, events)?;
    Ok(made(actor.org.get(), ""))
}

fn figures_of(
    desk: &mut Desk<'_>,
    pack: &Pack,
    step: &Step,
    actor: &Actor,
    (period, days): (&str, figures::Days),
) -> Result<From, Failure> {
    let Some(of) = step.sums.as_deref().and_then(|id| pack.steps.get(id)) else {
        let of = Reporter { org: actor.org, role: &actor.role, region: actor.region };
        return Ok(From::Counted(figures::counted(desk, pack, step, of, days)?));
    };
    let (mut parts, mut missing) = (Vec::new(), Vec::new());
    for body in figures::below(desk, pack, of, actor.region, period)? {
        match body.filed {
            Some((on, _, figures)) => parts.push(Part { org: body.org, on, figures }),
            None => missing.push((body.org, body.name)),
        }
    }
    Ok(From::Below { parts, missing })
}

/// First and last day of a month written `2019-11`.
pub fn month(period: &str) -> Option<(Date, Date)> {
    let (year, month) = period.split_once('-')?;
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    Some((first, first.last_of_month()))
}
