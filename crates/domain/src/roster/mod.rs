//! Lists of people kept by offices, one for each region, and how the rows of a form compare with one. What happens to a list is an
//! act: who loaded it, for which region, the digest of the file, how many came and left. The people themselves are no part of it.

mod compare;
mod event;
mod load;
mod state;

pub use compare::{Mark, commitment, compare, unlisted};
pub use event::Event;
pub use load::{Load, Member, Members, Status, load};
pub use state::{Loading, Roster};
