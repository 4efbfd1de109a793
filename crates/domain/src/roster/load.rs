//! The decision to load a list: by its keeper, for the own region, each person once.

use super::Event;
use crate::actor::Context;
use crate::refusal::{Reason, Refusal};
use kernel::region::RegionCode;
use policy::pack::Id;
use std::collections::BTreeMap;

/// How a household stands on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Registered as poor.
    Registered,
    /// No longer poor, still supported: on the list all the same.
    Supported,
    /// Taken off the list.
    Removed,
}

impl Status {
    /// Every status with the word that it is stored by.
    pub const ALL: [(&str, Status); 3] =
        [("registered", Status::Registered), ("supported", Status::Supported), ("removed", Status::Removed)];

    /// The word that it is stored by.
    pub fn word(self) -> &'static str {
        Status::ALL.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }

    /// The status of a word.
    pub fn of(word: &str) -> Option<Status> {
        Status::ALL.iter().find(|(known, _)| *known == word).map(|(_, status)| *status)
    }
}

/// One household of a list. Neither number nor name is here in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The identity number of its head, masked.
    pub number_shown: String,
    /// The keyed commitment of the head's name.
    pub head: String,
    /// The head's name, masked.
    pub head_shown: String,
    /// The village.
    pub village: String,
    /// The group in it; may be empty.
    pub group: String,
    /// How many persons.
    pub persons: i64,
    /// The year of the registration.
    pub since: i16,
    /// How it stands.
    pub status: Status,
}

/// The households of a list, by the keyed commitment of the head's identity number.
pub type Members = BTreeMap<String, Member>;

/// Load a list.
#[derive(Debug, Clone)]
pub struct Load {
    /// The list of the pack.
    pub roster: Id,
    /// The digest of the file, SM3 in hexadecimal.
    pub file: String,
    /// The rows in the order of the file: the keyed commitment of the identity number, and the rest.
    pub rows: Vec<(String, Member)>,
}

/// Decides on a list for the actor's region; `before` is who was on it. Gives the region, who is on it from now on, and the event.
pub fn load(
    command: Load,
    before: &Members,
    ctx: Context<'_>,
) -> Result<(RegionCode, Members, Event), Refusal> {
    let Some(roster) = ctx.pack.rosters.get(&command.roster) else {
        return Err(Reason::NotFound { what: "名单".into() }.into());
    };
    let cite = roster.cite.to_string();
    if ctx.actor.role != roster.keeper {
        let keeper = ctx.pack.roles.get(&roster.keeper);
        return Err(Refusal::under(
            cite,
            Reason::NotAllowed {
                what: format!("装入{}", roster.name.zh),
                what_en: format!("load “{}”", roster.name.en),
                who: keeper.map_or_else(|| roster.keeper.clone(), |role| role.name.zh.clone()),
            },
        ));
    }
    let Some(place) = ctx.actor.region else {
        return Err(Refusal::under(cite, Reason::RosterPlaceUnknown { roster: roster.name.zh.clone() }));
    };
    if command.rows.is_empty() {
        return Err(Refusal::under(cite, Reason::RosterEmpty { roster: roster.name.zh.clone() }));
    }
    let mut members = Members::new();
    for (at, (number, member)) in command.rows.into_iter().enumerate() {
        let shown = member.number_shown.clone();
        if members.insert(number, member).is_some() {
            return Err(Refusal::under(cite, Reason::RosterTwice { row: at + 1, number: shown }));
        }
    }
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let removed = members.values().filter(|member| member.status == Status::Removed);
    let both = || members.iter().filter_map(|(number, now)| Some((now, before.get(number)?)));
    let event = Event::Loaded {
        pack: ctx.pack.id.clone(),
        roster: command.roster,
        place,
        file: command.file,
        rows: count(members.len()),
        removed: count(removed.count()),
        came: count(members.len() - both().count()),
        left: count(before.len() - both().count()),
        changed: count(both().filter(|(now, before)| now != before).count()),
    };
    Ok((place, members, event))
}
