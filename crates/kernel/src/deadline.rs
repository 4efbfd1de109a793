//! Deadlines. For acting: the first day is not counted, and a last day on a day off moves to the next working day.
//! For public notices: the posting day is not counted (the stricter reading); the looser count is told beside it.
//! Every result says which calendar notice it rests on and whether it is provisional. It does not know any article:
//! the length and the first day are arguments.

use crate::calendar::{Calendar, RevisionId};
use crate::term::{Term, TermUnit};
use jiff::Span;
use jiff::civil::Date;

/// The last day for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day: a working day by the calendar used, unless an office fixed the day itself.
    pub date: Date,
    /// The latest notice that the count used; `None` when no counted day has one.
    pub revision: Option<RevisionId>,
    /// True when a day that mattered lies in a year without a published notice: the date can still move.
    pub provisional: bool,
}

/// The days of a public notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day that counts.
    pub first: Date,
    /// The last day, the posting day not counted.
    pub last: Date,
    /// The last day had the posting day been counted (and, for calendar days, had it not moved off a day off).
    pub loose_last: Date,
    /// The latest notice that the count used.
    pub revision: Option<RevisionId>,
    /// True when the dates can still move.
    pub provisional: bool,
}

/// What a walk over the calendar has rested on so far.
struct Walk<'a> {
    calendar: &'a Calendar,
    revision: Option<RevisionId>,
    provisional: bool,
}

/// The last day of a term that starts with an event on `start`. Takes no memory.
pub fn due(start: Date, term: Term, calendar: &Calendar) -> Due {
    let mut walk = Walk { calendar, revision: None, provisional: false };
    let date = match term.unit {
        TermUnit::Workday => walk.workdays_after(start, term.n),
        _ => walk.roll(plain_end(start, term)),
    };
    Due { date, revision: walk.revision, provisional: walk.provisional }
}

/// The days of a public notice posted on `posted`. Takes no memory.
pub fn window(posted: Date, term: Term, calendar: &Calendar) -> Window {
    let day_before = posted.yesterday().unwrap_or(Date::MIN);
    let mut walk = Walk { calendar, revision: None, provisional: false };
    let (first, last, loose_last) = match term.unit {
        TermUnit::Workday => (
            walk.workdays_after(posted, 1),
            walk.workdays_after(posted, term.n),
            walk.workdays_after(day_before, term.n),
        ),
        _ => (
            posted.tomorrow().unwrap_or(Date::MAX),
            walk.roll(plain_end(posted, term)),
            plain_end(day_before, term),
        ),
    };
    Window { first, last, loose_last, revision: walk.revision, provisional: walk.provisional }
}

/// The end by the plain calendar; months and years clamp to the month's end, and time ends in the year 9999.
fn plain_end(start: Date, term: Term) -> Date {
    let n = i64::from(term.n);
    let span = match term.unit {
        TermUnit::Workday | TermUnit::Day => Span::new().try_days(n),
        TermUnit::Month => Span::new().try_months(n),
        TermUnit::Year => Span::new().try_years(n),
    };
    span.and_then(|span| start.checked_add(span)).unwrap_or(Date::MAX)
}

impl Walk<'_> {
    /// Does one look at a day, remembering what the answer rests on.
    fn works(&mut self, day: Date) -> bool {
        let workday = self.calendar.workday(day);
        self.provisional |= workday.provisional;
        self.revision = self.revision.max(self.calendar.revision_for(day));
        workday.is
    }

    /// The `n`-th working day after `start`; with none asked for, the next working day from `start` on.
    fn workdays_after(&mut self, start: Date, n: u32) -> Date {
        let (mut day, mut left) = (start, n);
        while left > 0 && day < Date::MAX {
            day = day.tomorrow().unwrap_or(Date::MAX);
            left -= u32::from(self.works(day));
        }
        if n == 0 { self.roll(day) } else { day }
    }

    fn roll(&mut self, mut day: Date) -> Date {
        while !self.works(day) && day < Date::MAX {
            day = day.tomorrow().unwrap_or(Date::MAX);
        }
        day
    }
}

#[cfg(test)]
mod tests;
