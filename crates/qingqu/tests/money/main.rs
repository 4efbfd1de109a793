//! Booked money under pressure, on both stores by one body: histories at random, many hands on the last yuan of a project, and
//! the program killed while it pays.

#[path = "../book/money/world.rs"]
#[expect(dead_code, reason = "the acts of booked money, of which each test takes some")]
mod world;

mod checks;
mod hammer;
mod history;
mod kill;
mod kill_load;
mod random;
mod stores;
