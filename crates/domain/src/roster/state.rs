//! A list of people of one region: what was loaded, and when. Who is on it is kept beside the journal.

use super::Event;
use crate::actor::Hands;
use crate::case::Meta;
use kernel::Date;
use kernel::region::RegionCode;
use policy::pack::Id;

/// One loading of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loading {
    /// The digest of the file, SM3 in hexadecimal.
    pub file: String,
    /// How many households it names.
    pub rows: i64,
    /// How many of them were taken off the register.
    pub removed: i64,
    /// How many the list before did not name.
    pub came: i64,
    /// How many the list before named and this one does not.
    pub left: i64,
    /// How many are named by both and say something else.
    pub changed: i64,
    /// The day.
    pub on: Date,
    /// Who.
    pub by: Option<Hands>,
}

/// A list of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The pack.
    pub pack: String,
    /// The list of the pack.
    pub roster: Id,
    /// The region.
    pub place: RegionCode,
    /// What was loaded, oldest first.
    pub loads: Vec<Loading>,
}

impl Roster {
    /// Folds one event; `None` before the first loading.
    pub fn apply(state: Option<Roster>, event: &Event, meta: &Meta) -> Option<Roster> {
        let Event::Loaded { pack, roster, place, file, rows, removed, came, left, changed } = event;
        let mut state = state.unwrap_or_else(|| Roster {
            pack: pack.clone(),
            roster: roster.clone(),
            place: *place,
            loads: Vec::new(),
        });
        state.loads.push(Loading {
            file: file.clone(),
            rows: *rows,
            removed: *removed,
            came: *came,
            left: *left,
            changed: *changed,
            on: meta.on,
            by: meta.hands(),
        });
        Some(state)
    }
}
