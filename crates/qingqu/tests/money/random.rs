//! Whatever people try, in whatever order: no fen appears, disappears or is spent twice, on either store, and both stores tell the
//! same story.

use crate::checks::{is_whole, verifies};
use crate::history::{ACTS, History, Try};
use crate::stores::{self, Store};
use app::view::money::FundTable;
use journal::Digest;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use store::Database;

/// How many histories.
const CASES: u32 = 5;

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0..ACTS, 0_usize..840, 1_i64..500);
    prop::collection::vec(one.prop_map(|(act, which, amount)| Try { act, which, amount }), 100..150)
}

/// What a history comes to.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    head: (u64, Digest),
    digests: Vec<(String, Digest)>,
    table: FundTable,
    done: BTreeMap<u8, usize>,
}

fn played(store: &Store, tries: &[Try], every: usize) -> Outcome {
    let mut history = History::begin(&store.database);
    is_whole(&history.world);
    for (at, one) in tries.iter().enumerate() {
        if history.attempt(one) && at.is_multiple_of(every) {
            is_whole(&history.world);
        }
    }
    is_whole(&history.world);
    let world = &history.world;
    let reads = &world.app.reads;
    Outcome {
        head: reads.head().unwrap(),
        digests: reads.digests().unwrap(),
        table: world.app.fund_table(&world.viewer("finance"), None).unwrap(),
        done: history.done,
    }
}

#[test]
fn no_history_makes_loses_or_doubles_a_fen() {
    let config = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(20_191_009),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let done = RefCell::new(BTreeMap::<u8, usize>::new());
    let outcome = TestRunner::new(config).run(&tries(), |tries| {
        let here = stores::file();
        let outcome = played(&here, &tries, 1);
        verifies(&here.database);
        agrees_with_hledger(&here.database, outcome.head.0);
        if let Some(there) = stores::server() {
            assert_eq!(played(&there, &tries, 8), outcome, "both stores tell the same story");
            verifies(&there.database);
        }
        for (act, times) in outcome.done {
            *done.borrow_mut().entry(act).or_default() += times;
        }
        Ok(())
    });
    if let Err(found) = outcome {
        panic!("{found}");
    }
    let never: Vec<u8> =
        (0..ACTS).filter(|act| done.borrow().get(act).is_none_or(|times| *times == 0)).collect();
    assert!(never.is_empty(), "acts that were never carried out prove nothing: {never:?} of {done:?}");
}

/// Another program adds the book up: its journal asserts every balance.
fn agrees_with_hledger(database: &Database, acts: u64) {
    let mut engine = database.open_read().unwrap();
    let mut text = Vec::new();
    let packs = app::Packs::new(vec![crate::world::pack()]);
    qingqu::cmd::ledger::hledger(&mut *engine, &packs, &mut text).unwrap();
    assert!(acts > 0 && text.len() > 1_000);
    let said = testkit::hledger::run(&text, &["check", "--strict"]);
    if let Some(said) = said.unwrap_or_else(|missing| panic!("{missing}")) {
        assert!(said.accepted, "{}", said.text);
    }
}
