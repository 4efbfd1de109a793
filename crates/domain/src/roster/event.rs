//! What happens to a list of people of one region.

use kernel::region::RegionCode;
use policy::pack::Id;

/// Events of one list of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The list was loaded; it replaces what was loaded before, from this day on.
    Loaded {
        /// The pack.
        pack: String,
        /// The list of the pack.
        roster: Id,
        /// The region.
        place: RegionCode,
        /// The digest of the file, SM3 in hexadecimal.
        file: String,
        /// How many households it names.
        rows: i64,
        /// How many of them were taken off the register.
        removed: i64,
        /// How many the list before did not name.
        came: i64,
        /// How many the list before named and this one does not.
        left: i64,
        /// How many are named by both and say something else.
        changed: i64,
    },
}
