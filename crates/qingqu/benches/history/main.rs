//! Booked money at size, on both stores: the same 100,000 acts give the same log head and the same reports; an entry costs
//! the same in a book of 10,000 entries and of 1,000,000; the flow page is computed from 1,000 sources and 100,000 payments.
//!
//! `cargo bench -p qingqu --bench history [-- sqlite postgres acts=100000 payments=100000 only=history]`

#[path = "../../tests/book/money/world.rs"]
#[expect(dead_code, reason = "the acts of booked money, of which a history takes some")]
mod world;

mod big;
mod history;
mod served;

use std::time::{Duration, Instant};
use store::Database;

/// What was asked for.
struct Asked {
    words: Vec<String>,
}

impl Asked {
    fn number(&self, name: &str, otherwise: usize) -> usize {
        let said = |word: &String| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
        self.words.iter().find_map(said).unwrap_or(otherwise)
    }

    /// Of several choices: this one, when none of them is named.
    fn wants(&self, one: &str, of: &[&str]) -> bool {
        let named = |name: &str| self.words.iter().any(|word| word == name);
        named(one) || !of.iter().any(|name| named(name))
    }
}

const STORES: [&str; 2] = ["sqlite", "postgres"];
const PARTS: [&str; 2] = ["only=history", "only=size"];

fn main() {
    // Cargo passes `--bench` too.
    let asked = Asked { words: std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect() };
    let (acts, payments) = (asked.number("acts", 100_000), asked.number("payments", 100_000));
    let mut ends = Vec::new();
    for name in STORES.into_iter().filter(|name| asked.wants(name, &STORES)) {
        let folder = tempfile::tempdir().unwrap();
        if asked.wants("only=history", &PARTS) {
            let database = database(name, folder.path(), "history.db");
            let told = history::told(&database, acts);
            let (size, rate) = (told.head.0, told.head.0 as f64 / told.seconds);
            println!(
                "{name:<9} history   {size} acts {:.1} s {rate:.0} acts/s root {}",
                told.seconds, told.head.1
            );
            ends.push(told);
        }
        if asked.wants("only=size", &PARTS) {
            big::run(name, &database(name, folder.path(), "big.db"), payments);
        }
    }
    if let [one, other] = &ends[..] {
        assert_eq!(one.head, other.head, "the stores tell different histories");
        let differ = one.reports.differences(&other.reports);
        assert!(differ.is_empty(), "the stores report differently: {differ:?}");
        println!("both      the same head; the same {}", one.reports.said());
    }
}

/// An empty database.
fn database(name: &str, folder: &std::path::Path, file: &str) -> Database {
    if name == "sqlite" {
        return Database::File(folder.join(file));
    }
    let server = testkit::postgres::Server::shared().unwrap().unwrap();
    Database::at(&server.database().unwrap()).unwrap()
}

/// The best and the middle of several runs.
fn timed(runs: usize, mut work: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    (times[0], times[runs / 2])
}
