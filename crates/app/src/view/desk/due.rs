//! A deadline as screens show it: working days left, the calendar notice it rests on, whether it can still move.

use kernel::Date;
use kernel::calendar::{Calendar, Revision};

/// A deadline that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueShown {
    /// The last day.
    pub date: Date,
    /// Working days left, today not counted; negative when overdue.
    pub left: i64,
    /// The date can still move, because a year's calendar is not published.
    pub provisional: bool,
    /// The notice of working days that the date rests on: its number, its title in both languages, when it was published.
    pub revision: Option<RevisionShown>,
    /// Only reminded of; passing it is no breach.
    pub warn_only: bool,
}

/// A published notice of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionShown {
    /// Its number.
    pub id: String,
    /// Chinese title.
    pub zh: String,
    /// English title.
    pub en: String,
    /// When it was published.
    pub published: Date,
}

/// Working days from today to a day, by the calendar known today.
pub fn days_left(today: Date, day: Date) -> i64 {
    Calendar::known_on(today).workdays_between(today, day).n
}

/// A deadline whose revision is kept by its number.
pub(in crate::view) fn due_shown(
    today: Date,
    date: Date,
    revision: &str,
    provisional: bool,
    warn_only: bool,
) -> DueShown {
    let known = Calendar::all();
    let found = known.revisions().iter().find(|r| r.id.to_string() == revision);
    DueShown { date, left: days_left(today, date), provisional, revision: found.map(shown), warn_only }
}

fn shown(revision: &Revision) -> RevisionShown {
    RevisionShown {
        id: revision.id.to_string(),
        zh: revision.title.to_owned(),
        en: revision.title_en.to_owned(),
        published: revision.published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_in_working_days() {
        let today = Date::constant(2019, 10, 25);
        for (day, left) in [(25, 0), (28, 1), (31, 4), (24, -1), (18, -5)] {
            assert_eq!(days_left(today, Date::constant(2019, 10, day)), left, "{day}");
        }
    }

    #[test]
    fn the_notice_of_working_days_is_found_by_its_number() {
        let today = Date::constant(2019, 10, 25);
        let revision =
            Calendar::known_on(today).revision_for(today).map(|id| id.to_string()).unwrap_or_default();
        let due = due_shown(today, Date::constant(2019, 11, 8), &revision, false, false);
        assert_eq!(due.revision.map(|r| r.id), Some(revision));
        assert_eq!(due_shown(today, today, "", true, false).revision, None);
    }
}
