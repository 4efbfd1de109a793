//! Deadlines: the worked examples in both columns, months and years, windows, what was known, monotony.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn the_worked_examples_first_day_not_counted_and_counted() {
    let cases = [
        (10, date(2019, 10, 9), date(2019, 10, 22), date(2019, 10, 21)),
        (5, date(2019, 4, 25), date(2019, 5, 5), date(2019, 4, 30)),
        (20, date(2019, 12, 25), date(2020, 1, 22), date(2020, 1, 21)),
        (15, date(2020, 1, 17), date(2020, 2, 14), date(2020, 2, 13)),
        (5, date(2018, 12, 26), date(2019, 1, 3), date(2019, 1, 2)),
        (5, date(2020, 1, 20), date(2020, 2, 4), date(2020, 2, 3)),
        (7, date(2020, 12, 30), date(2021, 1, 11), date(2021, 1, 8)),
    ];
    for (n, start, not_counted, counted) in cases {
        let due = due(start, Term::workdays(n), Calendar::all());
        assert_eq!((due.date, due.provisional), (not_counted, false), "{n} from {start}");
        let window = window(start, Term::workdays(n), Calendar::all());
        assert_eq!((window.last, window.loose_last), (not_counted, counted), "{n} from {start}");
        let left = Calendar::all().workdays_between(start, due.date);
        assert_eq!(left.n, i64::from(n));
    }
}

#[test]
fn days_months_and_years_clamp_and_move_off_days_off() {
    let cases = [
        ("5日", date(2019, 10, 9), date(2019, 10, 14)),
        // The tenth day is a working Saturday; the eleventh a Sunday.
        ("3日", date(2019, 10, 9), date(2019, 10, 12)),
        ("4日", date(2019, 10, 9), date(2019, 10, 14)),
        ("1个月", date(2019, 1, 31), date(2019, 2, 28)),
        ("1个月", date(2020, 1, 31), date(2020, 3, 2)),
        ("3个月", date(2019, 7, 2), date(2019, 10, 8)),
        ("1年", date(2020, 2, 29), date(2021, 3, 1)),
        ("1年", date(2019, 12, 20), date(2020, 12, 21)),
        ("3年", date(2019, 12, 20), date(2022, 12, 20)),
    ];
    for (term, start, want) in cases {
        let due = due(start, Term::parse(term).unwrap(), Calendar::all());
        assert_eq!((due.date, due.provisional), (want, false), "{term} from {start}");
    }
}

#[test]
fn a_deadline_remembers_what_it_rested_on() {
    let cases = [
        // Working days, known on, start, due, latest notice used, provisional.
        (10, date(2019, 10, 9), date(2019, 10, 9), date(2019, 10, 22), Some("2019.2"), false),
        (5, date(2019, 3, 21), date(2019, 4, 25), date(2019, 5, 3), Some("2019.1"), false),
        (5, date(2019, 3, 22), date(2019, 4, 25), date(2019, 5, 5), Some("2019.2"), false),
        (10, date(2019, 11, 20), date(2019, 12, 25), date(2020, 1, 8), Some("2019.2"), true),
        (10, date(2019, 11, 21), date(2019, 12, 25), date(2020, 1, 9), Some("2020.1"), false),
        (10, date(2019, 11, 20), date(2020, 2, 3), date(2020, 2, 17), None, true),
    ];
    for (n, known, start, want, revision, provisional) in cases {
        let due = due(start, Term::workdays(n), &Calendar::known_on(known));
        let used = due.revision.map(|id| id.to_string());
        assert_eq!(
            (due.date, used.as_deref(), due.provisional),
            (want, revision, provisional),
            "{start} on {known}"
        );
    }
    // A date far off rests on its own days only.
    let three_years =
        due(date(2019, 12, 20), Term::new(3, TermUnit::Year), &Calendar::known_on(date(2019, 12, 20)));
    assert_eq!(
        (three_years.date, three_years.revision, three_years.provisional),
        (date(2022, 12, 20), None, true)
    );
}

#[test]
fn a_notice_window_leaves_its_posting_day_out() {
    // Posted on a Friday: Monday is the first day.
    let five = window(date(2019, 11, 15), Term::workdays(5), Calendar::all());
    assert_eq!(
        (five.first, five.last, five.loose_last),
        (date(2019, 11, 18), date(2019, 11, 22), date(2019, 11, 21))
    );
    // Posted on a Saturday: it does not count either way.
    let five = window(date(2019, 11, 16), Term::workdays(5), Calendar::all());
    assert_eq!(
        (five.first, five.last, five.loose_last),
        (date(2019, 11, 18), date(2019, 11, 22), date(2019, 11, 22))
    );
    // Seven calendar days ending on a Sunday move, the looser count does not.
    let seven = window(date(2019, 11, 17), Term::parse("7日").unwrap(), Calendar::all());
    assert_eq!(
        (seven.first, seven.last, seven.loose_last),
        (date(2019, 11, 18), date(2019, 11, 25), date(2019, 11, 23))
    );
    let unknown = window(date(2026, 12, 30), Term::workdays(5), Calendar::all());
    assert_eq!(
        (unknown.provisional, unknown.revision.map(|r| r.to_string()).as_deref()),
        (true, Some("2026.1"))
    );
}

#[test]
fn time_ends_quietly() {
    for unit in [TermUnit::Workday, TermUnit::Day, TermUnit::Month, TermUnit::Year] {
        let end = due(date(9999, 12, 30), Term::new(u32::MAX, unit), Calendar::all());
        assert_eq!((end.date, end.provisional), (Date::MAX, true));
    }
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn later_starts_and_longer_terms_are_never_due_earlier(
        start in 0_i32..4000, gap in 0_i32..30, n in 1_u32..40, unit in 0_usize..4,
    ) {
        let unit = [TermUnit::Workday, TermUnit::Day, TermUnit::Month, TermUnit::Year][unit];
        let day = |n: i32| date(2017, 6, 1).checked_add(Span::new().days(n)).unwrap();
        let all = Calendar::all();
        let base = due(day(start), Term::new(n, unit), all).date;
        prop_assert!(base > day(start));
        prop_assert!(all.workday(base).is);
        prop_assert!(due(day(start + gap), Term::new(n, unit), all).date >= base);
        prop_assert!(due(day(start), Term::new(n + 1, unit), all).date >= base);
        let window = window(day(start), Term::new(n, unit), all);
        prop_assert!(window.last == base && window.loose_last <= window.last && window.first <= window.last);
    }

    #[test]
    fn so_many_working_days_later_so_many_are_left(start in 0_i32..4000, n in 1_u32..60) {
        let start = date(2017, 6, 1).checked_add(Span::new().days(start)).unwrap();
        let end = due(start, Term::workdays(n), Calendar::all()).date;
        prop_assert_eq!(Calendar::all().workdays_between(start, end).n, i64::from(n));
    }
}
