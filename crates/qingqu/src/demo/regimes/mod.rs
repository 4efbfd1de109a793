//! The stories of booked money: a year of each regime from its sources to payments and surplus, as tables of what is there and the
//! acts in order. Places are real; units, people and papers are invented, their numbers pass their checks.

mod acts;
mod company;
mod fill;
pub mod hunan;
pub mod jizhou;
mod life;
mod stage;
pub mod tongzhou;
pub mod xinjiang;

use super::cast::SignIn;
use crate::clock::DemoClock;
use acts::{Bank, Bill, Src};
use anyhow::Result;
use app::App;
use company::{Member, people};
use life::Way;
use stage::{Prj, Stage};
use std::collections::BTreeMap;

/// Fills an empty book with its people and, unless they are all that is asked for, with a story.
fn tell(
    app: &App,
    clock: &DemoClock,
    people_only: bool,
    members: &[Member],
    story: fn(&mut Stage<'_>) -> Result<()>,
) -> Result<Vec<SignIn>> {
    let cast = people(app, members)?;
    if !people_only {
        story(&mut Stage {
            app,
            clock,
            cast: &cast,
            serial: 0,
            ready: BTreeMap::new(),
            lives: BTreeMap::new(),
        })?;
    }
    Ok(cast.sign_ins)
}
