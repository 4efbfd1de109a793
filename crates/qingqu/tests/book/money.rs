//! Booked money on a real book that runs an invented regulation: from a source to a payee and back.

#[path = "money/world.rs"]
pub mod world;

#[path = "money/api.rs"]
mod api;
#[path = "money/compare.rs"]
mod compare;
#[path = "money/desk.rs"]
mod desk;
#[path = "money/journal.rs"]
mod journal;
#[path = "money/overheads.rs"]
mod overheads;
#[path = "money/pages.rs"]
mod pages;
#[path = "money/payout.rs"]
mod payout;
#[path = "money/published.rs"]
mod published;
#[path = "money/story.rs"]
pub mod story;
#[path = "money/tables.rs"]
mod tables;
#[path = "money/village.rs"]
mod village;
