//! Working days by dated calendar notices. A calendar knows exactly the notices published by some date, so that a
//! deadline computed then can be computed again now. A year without a notice is answered by the week alone and marked
//! provisional: never a silent guess.

mod notices;

use jiff::civil::{Date, Weekday};
use notices::{NOTICES, Notice};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// Names a notice: the year that it plans and its number among the notices of that year. Written `2019.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId {
    year: i16,
    nth: u8,
}

/// One published notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its stable name.
    pub id: RevisionId,
    /// The day on which it was published; from then on it is known.
    pub published: Date,
    /// Is the day of publication only a careful guess?
    pub approximate: bool,
    /// The year that it plans (it may set a few days of the December before).
    pub year: i16,
    /// Its document number, where that is certain.
    pub document: Option<&'static str>,
    /// What it is about, in Chinese.
    pub title: &'static str,
    /// What it is about, in English.
    pub title_en: &'static str,
}

/// Whether offices work on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workday {
    /// Do they?
    pub is: bool,
    /// True when the year has no published notice yet, so that only the week speaks.
    pub provisional: bool,
}

/// A number of working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkdayCount {
    /// How many; negative when overdue.
    pub n: i64,
    /// True when a counted day's year has no published notice yet.
    pub provisional: bool,
}

/// The working days as far as the notices published by some date say. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Calendar {
    years: &'static [Year],
    known: usize,
}

/// One planned year: a bit a day, and where the notices of the next year begin to speak.
#[derive(Clone, Copy)]
struct Year {
    year: i16,
    work: [u64; 6],
    revision: Option<RevisionId>,
    next_from: i16,
    next: Option<RevisionId>,
}

const YEAR_MIN: i16 = 2018;
const YEARS: i16 = 9;

impl RevisionId {
    pub(crate) const fn new(year: i16, nth: u8) -> Self {
        Self { year, nth }
    }

    /// The notice of this name.
    pub fn revision(self) -> Option<&'static Revision> {
        Calendar::all().revisions().iter().find(|r| r.id == self)
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.year, self.nth)
    }
}

/// A text that names no known notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no calendar notice has this id; ids look like 2019.2")]
pub struct UnknownRevision;

impl FromStr for RevisionId {
    type Err = UnknownRevision;

    fn from_str(text: &str) -> Result<Self, UnknownRevision> {
        Calendar::all()
            .revisions()
            .iter()
            .map(|r| r.id)
            .find(|id| id.to_string() == text)
            .ok_or(UnknownRevision)
    }
}

impl Calendar {
    /// Everything published so far.
    pub fn all() -> &'static Self {
        static ALL: OnceLock<Calendar> = OnceLock::new();
        ALL.get_or_init(|| Self::knowing(NOTICES.len()))
    }

    /// What was published on or before that day.
    pub fn known_on(date: Date) -> Self {
        Self::knowing(NOTICES.iter().take_while(|n| n.revision.published <= date).count())
    }

    /// What was known when the notice of that id was the latest; for computing a stored deadline again.
    pub fn as_of_revision(id: RevisionId) -> Self {
        Self::knowing(NOTICES.iter().take_while(|n| n.revision.id <= id).count())
    }

    fn knowing(known: usize) -> Self {
        static TABLES: OnceLock<Vec<Vec<Year>>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| (0..=NOTICES.len()).map(|n| build(&NOTICES[..n])).collect());
        Self { years: tables.get(known).map_or(&[], Vec::as_slice), known }
    }

    /// The known notices, in the order of publication.
    pub fn revisions(&self) -> &'static [Revision] {
        static REVISIONS: OnceLock<Vec<Revision>> = OnceLock::new();
        &REVISIONS.get_or_init(|| NOTICES.iter().map(|n| n.revision).collect())[..self.known]
    }

    /// Do offices work on that day? Takes constant time and no memory.
    pub fn workday(&self, date: Date) -> Workday {
        match self.year(date).filter(|year| year.revision.is_some()) {
            Some(year) => Workday { is: year.works(date.day_of_year()), provisional: false },
            None => Workday { is: in_the_week(date.weekday()), provisional: true },
        }
    }

    /// The latest known notice that speaks about that day; `None` when its year has none.
    pub fn revision_for(&self, date: Date) -> Option<RevisionId> {
        let year = self.year(date)?;
        if date.day_of_year() >= year.next_from { year.next } else { year.revision }
    }

    /// The day itself when offices work on it, otherwise the next on which they do.
    pub fn on_or_after(&self, date: Date) -> Date {
        let mut day = date;
        while !self.workday(day).is && day < Date::MAX {
            day = day.tomorrow().unwrap_or(Date::MAX);
        }
        day
    }

    /// The working days after `from` up to and with `to`: how many are left. On the last day 0; afterwards negative.
    pub fn workdays_between(&self, from: Date, to: Date) -> WorkdayCount {
        let (sign, mut day, end) = if from <= to { (1, from, to) } else { (-1, to, from) };
        let mut count = WorkdayCount { n: 0, provisional: false };
        while day < end {
            day = day.tomorrow().unwrap_or(Date::MAX);
            let workday = self.workday(day);
            count.n += i64::from(workday.is);
            count.provisional |= workday.provisional;
        }
        WorkdayCount { n: sign * count.n, ..count }
    }

    /// How many working days that year has.
    pub fn workdays_in(&self, year: i16) -> WorkdayCount {
        let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
            return WorkdayCount { n: 0, provisional: true };
        };
        let day_one = self.workday(first);
        let rest = self.workdays_between(first, last);
        WorkdayCount {
            n: rest.n + i64::from(day_one.is),
            provisional: rest.provisional || day_one.provisional,
        }
    }

    /// The last working day of a year.
    pub fn last_day(&self, year: i16) -> Date {
        self.on_or_before(Date::new(year, 12, 31).unwrap_or(Date::MAX))
    }

    /// The day itself when offices work on it, otherwise the last before it on which they did.
    pub fn on_or_before(&self, end: Date) -> Date {
        let mut day = end;
        while !self.workday(day).is && day > Date::MIN {
            day = day.yesterday().unwrap_or(Date::MIN);
        }
        day
    }

    fn year(&self, date: Date) -> Option<&'static Year> {
        let at = usize::try_from(date.year() - YEAR_MIN).ok()?;
        self.years.get(at)
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let latest = NOTICES[..self.known].last().map(|n| n.revision.id.to_string());
        write!(f, "Calendar(up to {})", latest.as_deref().unwrap_or("nothing"))
    }
}

fn in_the_week(day: Weekday) -> bool {
    !matches!(day, Weekday::Saturday | Weekday::Sunday)
}

/// The years as these notices, one after the other, leave them.
fn build(notices: &[Notice]) -> Vec<Year> {
    let mut years: Vec<Year> = (YEAR_MIN..YEAR_MIN + YEARS).map(Year::by_the_week).collect();
    for notice in notices {
        let id = notice.revision.id;
        for (first, last) in notice.off {
            let mut day = *first;
            while day <= *last {
                set(&mut years, day, id, false);
                day = day.tomorrow().unwrap_or(Date::MAX);
            }
        }
        notice.work.iter().for_each(|day| set(&mut years, *day, id, true));
        for year in years.iter_mut().filter(|y| y.year == notice.revision.year) {
            year.revision = Some(id);
        }
    }
    years
}

fn set(years: &mut [Year], date: Date, id: RevisionId, work: bool) {
    for year in years.iter_mut().filter(|y| y.year == date.year()) {
        year.mark(date.day_of_year(), work);
        if id.year > date.year() {
            year.next_from = year.next_from.min(date.day_of_year());
            year.next = Some(id);
        }
    }
}

impl Year {
    fn by_the_week(number: i16) -> Self {
        let mut year = Self { year: number, work: [0; 6], revision: None, next_from: i16::MAX, next: None };
        let mut day = Date::new(number, 1, 1).unwrap_or(Date::MAX);
        while day.year() == number && day < Date::MAX {
            year.mark(day.day_of_year(), in_the_week(day.weekday()));
            day = day.tomorrow().unwrap_or(Date::MAX);
        }
        year
    }

    fn mark(&mut self, day_of_year: i16, work: bool) {
        let (word, bit) = place(day_of_year);
        let mask = 1_u64 << bit;
        self.work[word] = if work { self.work[word] | mask } else { self.work[word] & !mask };
    }

    fn works(&self, day_of_year: i16) -> bool {
        let (word, bit) = place(day_of_year);
        self.work[word] >> bit & 1 == 1
    }
}

/// Word and bit of a day from 1 to 366.
fn place(day_of_year: i16) -> (usize, u32) {
    let index = day_of_year.unsigned_abs().saturating_sub(1).min(365);
    (usize::from(index / 64), u32::from(index % 64))
}

#[cfg(test)]
mod tests;
