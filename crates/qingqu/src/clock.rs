//! The two clocks: the machine's, and the demonstration's, which starts on a chosen day and can be moved forward.

use app::ports::Clock;
use app::time::{day_of, moment};
use kernel::Date;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The machine's clock, in milliseconds since 1970.
fn machine() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        machine()
    }

    fn today(&self) -> Date {
        day_of(machine())
    }
}

/// A clock that stands still until it is set; never goes back.
#[derive(Debug)]
pub struct DemoClock {
    now: AtomicI64,
}

impl DemoClock {
    /// Starts at nine in the morning of a day.
    pub fn at(day: Date) -> DemoClock {
        DemoClock { now: AtomicI64::new(moment(day, 9, 0)) }
    }

    /// Moves to a moment, if it is later; answers whether it moved.
    pub fn advance_to(&self, at: i64) -> bool {
        self.now.fetch_max(at, Ordering::SeqCst) < at
    }

    /// Moves to nine in the morning of a later day.
    pub fn advance_to_day(&self, day: Date) -> bool {
        self.advance_to(moment(day, 9, 0))
    }
}

impl Clock for DemoClock {
    /// Each look at the clock is a millisecond later, so that no two acts share a moment.
    fn now(&self) -> i64 {
        self.now.fetch_add(1, Ordering::SeqCst)
    }

    fn today(&self) -> Date {
        day_of(self.now.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_clock_moves_forward_only() {
        let clock = DemoClock::at(Date::constant(2019, 10, 9));
        assert!(clock.advance_to_day(Date::constant(2019, 11, 1)));
        assert!(!clock.advance_to_day(Date::constant(2019, 10, 20)));
        assert_eq!(clock.today(), Date::constant(2019, 11, 1));
        assert!(clock.now() < clock.now());
    }
}
