//! The ledger: accounts whose floor says what may never go below nothing, and entries that balance or cannot be built.
//!
//! Pure: no clock, no file, no database. The store repeats the floors as a constraint; the words for what an entry means
//! (a grant, a payment, a consultant's fee) belong to the domain.
//!
//! - [`account`]: account paths, their kinds and floors.
//! - [`entry`]: balanced entries, and the reserve, post, settle and void of committed money.
//! - [`balances`]: the fold of entries that refuses to overdraw.

pub mod account;
pub mod balances;
pub mod entry;

pub use account::{AccountKind, AccountPath, PathError};
pub use balances::{Balances, Overdrawn};
pub use entry::{Entry, EntryDraft, EntryError, Leg, Transfer};
