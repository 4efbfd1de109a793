//! Lists of people: loaded whole for the region of the submitter. The act and the people are written in one transaction.

use super::made;
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use crate::rows::{Members, RosterKey};
use domain::Context;
use domain::roster::{Load, load};

/// Loads a list; the people of the one before are forgotten.
pub fn carry_out(desk: &mut Desk<'_>, pack: &str, command: Load) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let pack = desk.pack(pack)?;
    let roster = command.roster.clone();
    let key = |place| RosterKey { pack: pack.id.clone(), roster: roster.clone(), place };
    let before = match actor.region {
        Some(place) => desk.book.members(&key(place))?,
        None => Members::new(),
    };
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let (place, members, event) = load(command, &before, ctx)?;
    let key = key(place);
    desk.book.put_members(&key, &members)?;
    let article = pack.rosters.get(&key.roster).map_or_else(String::new, |roster| roster.cite.to_string());
    let stream = key.stream();
    desk.roster(&stream)?;
    desk.emit_all(Some(&pack), &stream, &article, vec![event])?;
    Ok(Answer { id: None, ..made(0, members.len().to_string()) })
}
