//! The demonstration: a made-up but believable year and a half of the fund, told through the same commands that offices use.

pub mod cast;
pub mod forms;
mod pages;
pub mod play;
mod scan;
pub mod script;
pub mod spec;

pub use cast::{PASSWORD, SignIn};
pub use pages::stage;

use crate::clock::DemoClock;
use anyhow::Result;
use app::App;
use kernel::Date;

/// The day on which the story begins: the regime takes effect.
pub const FIRST_DAY: Date = Date::constant(2019, 10, 9);

/// Fills an empty book; answers the sign-ins. `people_only` leaves out all cases.
pub fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    let cast = script::people(app)?;
    if !people_only {
        let mut play = play::Play { app, clock, cast: &cast };
        script::first_year(&mut play)?;
        script::second_year(&mut play)?;
    }
    Ok(cast.sign_ins)
}
