//! The stories of booked money: a year of each regime from its sources to payments and surplus, as tables of what is there and the
//! acts in order. Places are real; units, people and papers are invented, their numbers pass their checks.

mod acts;
mod company;
mod fill;
pub mod hunan;
pub mod jizhou;
pub mod life;
mod register;
mod said;
pub mod stage;
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

/// The way of a project under a policy of booked money, from its first paper to the step from which money is registered.
pub fn way(policy: &str) -> Option<&'static Way> {
    match policy {
        "hunan" => Some(&hunan::WAY),
        "jizhou" => Some(&jizhou::WAY),
        "tongzhou" => Some(&tongzhou::WAY),
        "xinjiang" => Some(&xinjiang::WAY),
        _ => None,
    }
}

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
        story(&mut Stage::new(app, clock, &cast))?;
    }
    Ok(cast.sign_ins)
}
