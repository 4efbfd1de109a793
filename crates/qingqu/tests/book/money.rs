//! Booked money on a real book that runs an invented regulation: from a source to a payee and back.

#[path = "money/world.rs"]
mod world;

#[path = "money/api.rs"]
mod api;
#[path = "money/desk.rs"]
mod desk;
#[path = "money/journal.rs"]
mod journal;
#[path = "money/payout.rs"]
mod payout;
#[path = "money/story.rs"]
mod story;
#[path = "money/tables.rs"]
mod tables;
#[path = "money/village.rs"]
mod village;
