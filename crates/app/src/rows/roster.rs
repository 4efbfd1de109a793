//! Rows of lists of people: what is loaded for which region. Who is on a list is kept apart, see [`domain::roster::Members`].

pub use domain::roster::{Member, Members, Status as MemberStatus};

use kernel::Date;
use kernel::id::PersonId;
use kernel::region::RegionCode;

/// A list of one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RosterKey {
    /// The pack.
    pub pack: String,
    /// The list of the pack.
    pub roster: String,
    /// The region.
    pub place: RegionCode,
}

impl RosterKey {
    /// The name of its stream, and of its people beside the journal: `roster:tongzhou:poor:150426`.
    pub fn stream(&self) -> domain::Stream {
        domain::Stream::Roster(self.pack.clone(), self.roster.clone(), self.place)
    }
}

/// What was loaded last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Which.
    pub key: RosterKey,
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
    /// Who loaded it.
    pub person: Option<PersonId>,
    /// How often a list was loaded.
    pub times: i64,
}
