//! Stored forms of what happens to a list of people. Nobody of the list is in them.

use super::wire::Place;
use domain::roster::Event;

events! {
    Event;

    "roster.loaded" 1 "装入人员名单" "list of people loaded"
    LoadedV1 = Loaded {
        pack: String, roster: String, place: Place, file: String, rows: i64, removed: i64, came: i64, left: i64, changed: i64,
    };
}
