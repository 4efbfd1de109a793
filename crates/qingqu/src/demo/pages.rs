//! What the demonstration's own page shows: the sign-ins and the day.

use super::cast::{PASSWORD, SignIn};
use crate::clock::DemoClock;
use kernel::Date;
use std::sync::Arc;
use web::pages::demo::{DemoSignIn, DemoStage};

struct Stage {
    clock: Arc<DemoClock>,
    sign_ins: Vec<DemoSignIn>,
}

impl DemoStage for Stage {
    fn sign_ins(&self) -> &[DemoSignIn] {
        &self.sign_ins
    }

    fn password(&self) -> &str {
        PASSWORD
    }

    fn move_to(&self, day: Date) -> bool {
        self.clock.advance_to_day(day)
    }
}

/// What the demonstration's pages and the start page show.
pub fn stage(clock: Arc<DemoClock>, sign_ins: Vec<SignIn>) -> Arc<dyn DemoStage> {
    let sign_ins = sign_ins.into_iter().map(|s| DemoSignIn {
        role: s.role,
        role_zh: s.role_zh,
        role_en: s.role_en,
        org: s.org,
        name: s.name,
        login: s.login,
        first: s.first,
    });
    Arc::new(Stage { clock, sign_ins: sign_ins.collect() })
}
