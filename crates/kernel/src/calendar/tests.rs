//! The calendar: working days per year, what was known when, both changes, and years without a notice.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn working_days_per_year() {
    let years = [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ];
    for (year, n) in years {
        assert_eq!(Calendar::all().workdays_in(year), WorkdayCount { n, provisional: false }, "{year}");
    }
}

/// Known on a day, is another day a working day, by which notice, provisionally?
#[test]
fn what_was_known_when() {
    let cases = [
        // The plan of 2019 moved the end of 2018.
        (date(2018, 12, 5), date(2018, 12, 29), false, Some("2018.1")),
        (date(2018, 12, 5), date(2018, 12, 31), true, Some("2018.1")),
        (date(2018, 12, 6), date(2018, 12, 28), true, Some("2018.1")),
        (date(2018, 12, 6), date(2018, 12, 29), true, Some("2019.1")),
        (date(2018, 12, 6), date(2018, 12, 31), false, Some("2019.1")),
        (date(2018, 12, 6), date(2019, 1, 1), false, Some("2019.1")),
        (date(2018, 12, 5), date(2019, 1, 1), true, None),
        // Labour Day 2019.
        (date(2019, 3, 21), date(2019, 5, 1), false, Some("2019.1")),
        (date(2019, 3, 21), date(2019, 5, 2), true, Some("2019.1")),
        (date(2019, 3, 21), date(2019, 4, 28), false, Some("2019.1")),
        (date(2019, 3, 22), date(2019, 5, 2), false, Some("2019.2")),
        (date(2019, 3, 22), date(2019, 5, 3), false, Some("2019.2")),
        (date(2019, 3, 22), date(2019, 4, 28), true, Some("2019.2")),
        (date(2019, 3, 22), date(2019, 5, 5), true, Some("2019.2")),
        // The plan of 2020.
        (date(2019, 11, 20), date(2020, 1, 19), false, None),
        (date(2019, 11, 21), date(2020, 1, 19), true, Some("2020.1")),
        // Spring Festival 2020.
        (date(2020, 1, 25), date(2020, 1, 31), true, Some("2020.1")),
        (date(2020, 1, 25), date(2020, 2, 1), true, Some("2020.1")),
        (date(2020, 1, 26), date(2020, 1, 31), false, Some("2020.2")),
        (date(2020, 1, 26), date(2020, 2, 1), false, Some("2020.2")),
        (date(2020, 1, 26), date(2020, 2, 3), true, Some("2020.2")),
        // Before and after all notices.
        (date(2026, 6, 1), date(2017, 10, 2), true, None),
        (date(2026, 6, 1), date(2027, 1, 1), true, None),
        (date(2026, 6, 1), date(2027, 1, 2), false, None),
    ];
    for (known, day, is, revision) in cases {
        let calendar = Calendar::known_on(known);
        assert_eq!(
            calendar.workday(day),
            Workday { is, provisional: revision.is_none() },
            "{day} known on {known}"
        );
        let got = calendar.revision_for(day).map(|id| id.to_string());
        assert_eq!(got.as_deref(), revision, "{day} known on {known}");
    }
}

#[test]
fn every_day_that_the_notices_set_is_as_they_finally_left_it() {
    let all = Calendar::all();
    for (i, notice) in NOTICES.iter().enumerate() {
        let later = &NOTICES[i + 1..];
        let overruled = |day: Date| {
            later.iter().any(|n| n.work.contains(&day) || n.off.iter().any(|(a, b)| *a <= day && day <= *b))
        };
        for day in notice.work.iter().filter(|day| !overruled(**day)) {
            assert!(all.workday(*day).is && !in_the_week(day.weekday()), "{day}");
        }
        for (first, last) in notice.off {
            assert!(first <= last && !all.workday(*first).is && !all.workday(*last).is, "{first}");
        }
    }
}

#[test]
fn notices_stand_in_the_order_of_publication_and_of_their_ids() {
    let revisions = Calendar::all().revisions();
    assert_eq!(revisions.len(), 11);
    assert!(revisions.windows(2).all(|w| w[0].published < w[1].published && w[0].id < w[1].id));
    for revision in revisions {
        assert_eq!(revision.id.to_string().parse(), Ok(revision.id));
        assert_eq!(revision.id.revision(), Some(revision));
        assert_eq!(revision.year, revision.id.year);
        assert!(
            revision.title.contains(&revision.year.to_string())
                && revision.title_en.contains(&revision.year.to_string())
        );
        assert!(revision.published.year() <= revision.year);
        let calendar = Calendar::as_of_revision(revision.id);
        assert_eq!(calendar.revisions(), Calendar::known_on(revision.published).revisions());
        assert_eq!(calendar.revisions().last(), Some(revision));
    }
    assert_eq!("2019.3".parse::<RevisionId>(), Err(UnknownRevision));
    assert_eq!(Calendar::known_on(date(2017, 1, 1)).revisions(), []);
}

#[test]
fn working_days_left() {
    let all = Calendar::all();
    let cases = [
        (date(2019, 10, 9), date(2019, 10, 22), 10),
        (date(2019, 10, 22), date(2019, 10, 22), 0),
        (date(2019, 10, 12), date(2019, 10, 13), 0),
        (date(2019, 10, 23), date(2019, 10, 22), -1),
        (date(2019, 10, 22), date(2019, 10, 9), -10),
    ];
    for (from, to, n) in cases {
        assert_eq!(all.workdays_between(from, to), WorkdayCount { n, provisional: false }, "{from} {to}");
    }
    let into_the_unknown =
        Calendar::known_on(date(2019, 11, 1)).workdays_between(date(2019, 12, 30), date(2020, 1, 2));
    assert_eq!(into_the_unknown, WorkdayCount { n: 3, provisional: true });
}

#[test]
fn the_next_and_the_last_working_day() {
    let all = Calendar::all();
    assert_eq!(all.on_or_after(date(2019, 10, 1)), date(2019, 10, 8));
    assert_eq!(all.on_or_after(date(2019, 10, 12)), date(2019, 10, 12));
    assert_eq!(all.on_or_before(date(2018, 12, 31)), date(2018, 12, 29));
    assert_eq!(all.on_or_before(date(2019, 12, 31)), date(2019, 12, 31));
    assert_eq!((all.last_day(2018), all.last_day(2022)), (date(2018, 12, 29), date(2022, 12, 30)));
    assert_eq!(all.on_or_after(Date::MAX), Date::MAX);
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn counts_add_up_and_turn_round(a in 0_i32..4000, b in 0_i32..4000, c in 0_i32..4000) {
        let day = |n: i32| date(2017, 6, 1).checked_add(jiff::Span::new().days(n)).unwrap();
        let all = Calendar::all();
        let n = |from, to| all.workdays_between(day(from), day(to)).n;
        prop_assert_eq!(n(a, b) + n(b, c), n(a, c));
        prop_assert_eq!(n(a, b), -n(b, a));
    }
}
