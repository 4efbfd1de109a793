//! Recurring reports: the figures are counted from the cases of the desk, never typed.

use super::{made, not_found};
use crate::access;
use crate::command::{Answer, Command, Failure};
use crate::desk::Desk;
use domain::report::{FileReport, file_report};
use domain::{Context, Stream};
use kernel::Date;

/// Carries out a report.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    let Command::Report { pack, step, period, note } = command else {
        return Err(not_found("办理事项"));
    };
    let pack = desk.pack(&pack)?;
    let actor = desk.actor()?;
    let (first, last) = month(&period).ok_or_else(|| not_found("报送月份"))?;
    let scope = access::scope_of(&pack, &actor.role, actor.org, actor.region);
    let figures = desk.book.count_month(&scope, &pack.id, first, last)?;
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let cite = pack.steps.get(&step).map_or_else(String::new, |s| s.cite.to_string());
    let command = FileReport { step: step.clone(), period: period.clone(), period_end: last, figures, note };
    let events = file_report(command, ctx)?;
    desk.emit_all(Some(&pack), &Stream::Report(step, actor.org, period), &cite, events)?;
    Ok(made(actor.org.get(), ""))
}

/// First and last day of a month written `2019-11`.
pub fn month(period: &str) -> Option<(Date, Date)> {
    let (year, month) = period.split_once('-')?;
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    Some((first, first.last_of_month()))
}
