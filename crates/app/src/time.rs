//! Moments and days. A moment is milliseconds since 1970 in UTC; a day is the day of that moment in China.

use kernel::Date;

/// China has one time zone, eight hours ahead of UTC, without summer time.
const OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// The day of a moment in China.
pub fn day_of(at: i64) -> Date {
    let days = (at + OFFSET_MS).div_euclid(DAY_MS);
    from_days(days)
}

/// Hours and minutes of a moment in China, as `09:05`.
pub fn clock_of(at: i64) -> String {
    let minutes = (at + OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The moment of a time of day in China.
pub fn moment(day: Date, hour: i64, minute: i64) -> i64 {
    days_of(day) * DAY_MS + (hour * 60 + minute) * 60_000 - OFFSET_MS
}

/// The civil date of a number of days since 1970-01-01 (Howard Hinnant's algorithm).
fn from_days(days: i64) -> Date {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    Date::new(year as i16, month as i8, day as i8).unwrap_or_default()
}

fn days_of(day: Date) -> i64 {
    let (m, d) = (i64::from(day.month()), i64::from(day.day()));
    let y = i64::from(day.year()) - i64::from(m <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let day = Date::constant(2019, 10, 9);
        assert_eq!(day_of(moment(day, 0, 0)), day);
        assert_eq!(day_of(moment(day, 0, 0) - 1), Date::constant(2019, 10, 8));
        assert_eq!(clock_of(moment(day, 9, 5)), "09:05");
    }

    #[test]
    fn days_round_trip_over_leap_years() {
        let mut day = Date::constant(1999, 12, 25);
        for _ in 0..3_000 {
            assert_eq!(day_of(moment(day, 12, 0)), day);
            day = day.tomorrow().unwrap();
        }
    }
}
