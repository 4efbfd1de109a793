//! Slows down guessing of passwords: per login name and per address.
//!
//! This is a brake in memory; locking an account after wrong passwords is an act of the use case.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::error::WebError;

type Keyed<C> = RateLimiter<String, DefaultKeyedStateStore<String>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Tries of one login name at once, then one every [`NAME_SECONDS`].
pub const NAME_TRIES: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
/// Seconds in which one name regains a try.
pub const NAME_SECONDS: u64 = 20;
/// Tries from one address at once (an office shares one), then one a second.
pub const ADDRESS_TRIES: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);
/// Above so many remembered keys, those at rest are forgotten.
const KEYS_MAX: usize = 10_000;

/// The brake on sign-in tries.
pub struct LoginThrottle<C: Clock = DefaultClock> {
    names: Keyed<C>,
    addresses: Keyed<C>,
    /// Names whose last try was right: the next one is not counted.
    right: Mutex<BTreeSet<String>>,
    clock: C,
}

impl Default for LoginThrottle {
    fn default() -> Self {
        Self::with_clock(DefaultClock::default())
    }
}

impl<C: Clock + Clone> LoginThrottle<C> {
    /// A brake on a given clock.
    pub fn with_clock(clock: C) -> Self {
        let by_name = Quota::with_period(Duration::from_secs(NAME_SECONDS))
            .unwrap_or(Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(NAME_TRIES);
        let by_address = Quota::per_second(NonZeroU32::MIN).allow_burst(ADDRESS_TRIES);
        Self {
            names: RateLimiter::new(by_name, DefaultKeyedStateStore::default(), clock.clone()),
            addresses: RateLimiter::new(by_address, DefaultKeyedStateStore::default(), clock.clone()),
            right: Mutex::default(),
            clock,
        }
    }

    /// Counts one try; [`WebError::TooMany`] when it comes too early. Call it before looking at the password.
    pub fn try_now(&self, name: &str, peer: IpAddr) -> Result<(), WebError> {
        if self.names.len() + self.addresses.len() > KEYS_MAX {
            self.names.retain_recent();
            self.addresses.retain_recent();
        }
        let wait = |until: governor::NotUntil<C::Instant>| WebError::TooMany {
            seconds: until.wait_time_from(self.clock.now()).as_secs() + 1,
        };
        self.addresses.check_key(&peer.to_string()).map_err(wait)?;
        let name = name.trim().to_lowercase();
        let right = self.right.lock().is_ok_and(|mut right| right.remove(&name));
        if right { Ok(()) } else { self.names.check_key(&name).map_err(wait) }
    }

    /// The try was right: who changes between roles all day is not kept out, and the next try of this name is free.
    pub fn was_right(&self, name: &str) {
        if let Ok(mut right) = self.right.lock() {
            if right.len() > KEYS_MAX {
                right.clear();
            }
            right.insert(name.trim().to_lowercase());
        }
    }
}

/// The address a request came from; the loopback address when the server does not tell (tests).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(known.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    const PEER: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_right_try_frees_the_next_one_and_no_more() {
        let throttle = LoginThrottle::with_clock(FakeRelativeClock::default());
        for _ in 0..50 {
            assert_eq!(throttle.try_now("wang", PEER), Ok(()));
            throttle.was_right(" Wang");
        }
        // One free try, then those of the burst but the first of all, then none.
        for _ in 0..NAME_TRIES.get() {
            assert_eq!(throttle.try_now("wang", PEER), Ok(()));
        }
        assert_eq!(throttle.try_now("wang", PEER), Err(WebError::TooMany { seconds: 21 }));
    }

    #[test]
    fn the_eleventh_try_of_a_name_waits_and_another_name_does_not() {
        let clock = FakeRelativeClock::default();
        let throttle = LoginThrottle::with_clock(clock.clone());
        for _ in 0..10 {
            assert_eq!(throttle.try_now("Wang", PEER), Ok(()));
        }
        assert_eq!(throttle.try_now(" wang ", PEER), Err(WebError::TooMany { seconds: 21 }));
        assert_eq!(throttle.try_now("li", PEER), Ok(()));
        clock.advance(Duration::from_secs(20));
        assert_eq!(throttle.try_now("wang", PEER), Ok(()));
    }

    #[test]
    fn one_address_with_many_names_waits_too() {
        let throttle = LoginThrottle::with_clock(FakeRelativeClock::default());
        for number in 0..100 {
            assert_eq!(throttle.try_now(&format!("name{number}"), PEER), Ok(()));
        }
        assert!(matches!(throttle.try_now("name100", PEER), Err(WebError::TooMany { .. })));
    }
}
