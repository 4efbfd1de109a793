//! The demonstration: made-up but believable years, one book for each policy, told through the same commands that offices use.

pub mod cast;
pub mod forms;
mod pages;
pub mod play;
pub mod regimes;
mod scan;
pub mod script;
pub mod spec;

pub use cast::{PASSWORD, SignIn};
pub use pages::{books, stage};

use crate::clock::DemoClock;
use anyhow::Result;
use app::App;
use kernel::Date;

/// The day on which the story of the first book begins: its regime takes effect.
pub const FIRST_DAY: Date = Date::constant(2019, 10, 9);

/// One book of the demonstration and how its story is told.
#[derive(Debug)]
pub struct Tale {
    /// The policy that the book runs.
    pub policy: &'static str,
    /// The place, Chinese and English.
    pub place: (&'static str, &'static str),
    /// What can be seen there, Chinese and English.
    pub shows: (&'static str, &'static str),
    /// The day on which the story begins.
    pub first_day: Date,
    /// Fills an empty book; answers the sign-ins. `true` leaves out all but the people.
    pub fill: fn(&App, &DemoClock, bool) -> Result<Vec<SignIn>>,
}

/// Every story, in the order in which the start pages list them.
pub const TALES: &[Tale] = &[
    Tale {
        policy: "tianjin",
        place: ("天津市", "Tianjin"),
        shows: (
            "企业申报、核查、公示、认定和兑付",
            "declarations, verification, notices, grants and payment",
        ),
        first_day: FIRST_DAY,
        fill,
    },
    regimes::tongzhou::TALE,
    regimes::jizhou::TALE,
    regimes::xinjiang::TALE,
    regimes::hunan::TALE,
];

/// The story of a policy.
pub fn tale(policy: &str) -> Option<&'static Tale> {
    TALES.iter().find(|tale| tale.policy == policy)
}

/// Fills an empty book with the first story; answers the sign-ins. `people_only` leaves out all cases.
pub fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    let cast = script::people(app)?;
    if !people_only {
        let mut play = play::Play { app, clock, cast: &cast };
        script::first_year(&mut play)?;
        script::second_year(&mut play)?;
    }
    Ok(cast.sign_ins)
}
