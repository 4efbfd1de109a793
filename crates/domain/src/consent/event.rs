//! What happens to the papers of a place or a unit that must be on file before its money moves.

use crate::case::Paper;
use kernel::Date;
use policy::pack::Id;

/// Events of one place or unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A demanded paper was put on file.
    Filed {
        /// The pack.
        pack: String,
        /// The place or unit: a region code, a code with a running slug for a village, or `o12` for an organisation.
        place: String,
        /// Its name.
        name: String,
        /// The demand of the pack.
        demand: Id,
        /// The number or title of the paper.
        document: String,
        /// The day of the paper.
        on: Date,
        /// The files.
        papers: Vec<Paper>,
    },
    /// It no longer counts.
    Revoked {
        /// The demand of the pack.
        demand: Id,
        /// Why.
        why: String,
        /// From which day.
        on: Date,
    },
}
