//! What every page of this program stands on: sessions, clock, public navigation, sign-in throttle.
//!
//! The application's state holds a [`Shell`] and implements `FromRef`, so that the extractors find it.

use std::sync::Arc;

use app::signin::Door;
use kernel::Date;

use crate::cookies::Transport;
use crate::ctx::{Demo, NavItem};
use crate::guard::throttle::LoginThrottle;
use crate::session::Sessions;

/// The program's day. A page never asks the computer's clock.
pub trait Clock: Send + Sync {
    /// The program's day in the zone of the office.
    fn today(&self) -> Date;

    /// Set when the day is a demonstration day.
    fn demo(&self) -> Option<Demo> {
        None
    }
}

/// What every page stands on. Cheap to clone.
#[derive(Clone)]
pub struct Shell {
    inner: Arc<Inner>,
}

struct Inner {
    sessions: Arc<dyn Sessions>,
    clock: Arc<dyn Clock>,
    throttle: LoginThrottle,
    door: Arc<Door>,
    public_nav: Vec<NavItem>,
    transport: Transport,
}

impl Shell {
    /// A shell over its two ports.
    pub fn new(
        sessions: Arc<dyn Sessions>,
        clock: Arc<dyn Clock>,
        public_nav: Vec<NavItem>,
        transport: Transport,
    ) -> Self {
        let (throttle, door) = (LoginThrottle::default(), Arc::new(Door::new()));
        Self { inner: Arc::new(Inner { sessions, clock, throttle, door, public_nav, transport }) }
    }

    /// Where sessions are kept.
    pub fn sessions(&self) -> &dyn Sessions {
        &*self.inner.sessions
    }

    /// The program's day.
    pub fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }

    /// Slows down guessing of passwords.
    pub fn throttle(&self) -> &LoginThrottle {
        &self.inner.throttle
    }

    /// Where wrong tries are counted: one place for the sign-in page and for other programs.
    pub fn door(&self) -> Arc<Door> {
        Arc::clone(&self.inner.door)
    }

    /// The navigation of people who are not signed in.
    pub fn public_nav(&self) -> &[NavItem] {
        &self.inner.public_nav
    }

    /// Whether session cookies are marked `Secure`.
    pub fn transport(&self) -> Transport {
        self.inner.transport
    }
}
