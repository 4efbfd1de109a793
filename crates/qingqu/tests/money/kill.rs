//! The program killed again and again while it pays, on both stores: every answered act is there, nothing is there twice, a batch
//! has one file for ever, no payment is in two files, and the book verifies.
//!
//! The process that is killed is this test binary, started again for one test with the database in its environment; the parent
//! counts answers before it kills, so that nothing depends on time.

use crate::checks::{is_whole, payments, reads, sources, verifies};
use crate::kill_load::{self, AMOUNT, DATABASE, Life, Said};
use crate::stores::{self, Store};
use app::ports::Reads as _;
use kernel::Money;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use store::Database;

/// How often it is killed.
const LIVES: u64 = 8;
/// Answers of one life at most before that.
const ANSWERS_MAX: u64 = 90;

/// The process that is killed. Run without its environment, as one of all tests, it has nothing to do.
#[test]
fn payer() {
    if let Ok(place) = std::env::var(DATABASE) {
        let database = if place.starts_with("postgres:") {
            Database::at(&place).unwrap()
        } else {
            Database::File(place.into())
        };
        kill_load::until_killed(&database);
    }
}

/// How a process of its own finds the database.
fn place(database: &Database) -> String {
    match database {
        Database::File(path) => path.to_str().unwrap().to_owned(),
        Database::Server(address) => address.clone(),
    }
}

/// Runs the program, kills it after so many answers, and gives all that it answered.
fn life(database: &Database, answers: usize) -> Vec<Said> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::payer", "--nocapture", "--test-threads", "1"])
        .env(DATABASE, place(database))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // The harness writes its own words before the first answer.
    let mut lines: Vec<String> = out.by_ref().filter(|line| line.contains("said ")).take(answers).collect();
    assert_eq!(lines.len(), answers, "the program ended by itself: {lines:?}");
    child.kill().unwrap();
    // What it still said before it died was answered too.
    lines.extend(out);
    child.wait().unwrap();
    lines.iter().filter_map(|line| Said::read(line)).collect()
}

fn killed(store: &Store) {
    let database = &store.database;
    let project = kill_load::prepare(store);
    let mut said: Vec<Said> = Vec::new();
    // A small generator with a fixed seed says when to kill.
    let mut random: u64 = 2_019;
    for _ in 0..LIVES {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        said.extend(life(database, usize::try_from(1 + (random >> 33) % ANSWERS_MAX).unwrap()));
        nothing_lost(database, &said);
        one_file_a_batch(database, &said);
        verifies(database);
    }
    // The last life is let live: it finishes what is left, and answers as the dead ones did.
    let last = Life::begin(database, false);
    let head = last.world.app.reads.head().unwrap();
    for before in said.iter().filter(|said| said.act == "file").rev().take(30) {
        let again = last.filed_again(before);
        assert_eq!((again.seq, again.id), (Some(before.seq), Some(before.id)), "{before:?}");
    }
    assert_eq!(last.world.app.reads.head().unwrap(), head, "a retry wrote");
    for row in last.left() {
        last.carry(row.claim).unwrap();
    }
    assert!(last.left().is_empty());
    is_whole(&last.world);
    let row = last.world.app.reads.project(project).unwrap().unwrap();
    let claims = i64::try_from(claims_paid_once(&last)).unwrap();
    assert_eq!((row.spent, row.held), (Money::from_fen(AMOUNT.fen() * claims), Money::ZERO));
    said.extend(last.said());
    nothing_lost(database, &said);
    one_file_a_batch(database, &said);
    verifies(database);
    let acts: BTreeSet<&str> = said.iter().map(|said| said.act.as_str()).collect();
    assert_eq!(acts.len(), 6, "every kind of act was answered: {acts:?}");
    assert!(said.len() > 200 && claims > 20, "{} answers, {claims} claims", said.len());
}

/// Each answered act is at its place, of its kind, and no place was answered to two.
fn nothing_lost(database: &Database, said: &[Said]) {
    let acts = reads(database).acts(0, usize::MAX).unwrap();
    let mut places: BTreeMap<u64, &str> = BTreeMap::new();
    for said in said.iter().filter(|said| said.act != "release") {
        let act = acts.get(usize::try_from(said.seq).unwrap()).unwrap_or_else(|| panic!("lost {said:?}"));
        let kinds: &[&str] = match said.act.as_str() {
            "file" => &["claim.filed"],
            "check" => &["claim.checked"],
            "grant" => &["claim.approved", "project.held"],
            "make" => &["claim.batched", "project.issued", "batch.made"],
            _ => &["claim.paid", "claim.unbatched", "project.paid", "project.bounced", "batch.resulted"],
        };
        assert!(kinds.contains(&act.kind.as_str()), "{said:?} is {}", act.kind);
        let other = places.insert(said.seq, &said.key);
        assert!(other.is_none_or(|key| key == said.key), "{said:?} and {other:?}");
    }
}

/// A batch is released once, its file is the same whoever asks and whenever, and a payment is in one file.
fn one_file_a_batch(database: &Database, said: &[Said]) {
    let reads = reads(database);
    let mut files: BTreeMap<i64, &Said> = BTreeMap::new();
    let mut file_of: BTreeMap<&str, i64> = BTreeMap::new();
    for said in said.iter().filter(|said| said.act == "release") {
        let first = files.entry(said.id).or_insert(said);
        assert_eq!((&first.digest, &first.payments), (&said.digest, &said.payments), "another file");
        for payment in &said.payments {
            assert_eq!(*file_of.entry(payment).or_insert(said.id), said.id, "{payment} is in two files");
        }
    }
    for (batch, said) in files {
        let acts = reads.stream(&format!("batch:{batch}")).unwrap();
        let released = acts.iter().filter(|act| act.kind == "batch.released").count();
        assert_eq!(released, 1, "{said:?}");
        let row = reads.batch(kernel::id::BatchId(batch)).unwrap().unwrap();
        assert_eq!(row.digest, said.digest);
    }
}

/// How many claims were paid; each of them once and with what was asked.
fn claims_paid_once(life: &Life) -> usize {
    let rows = payments(&*life.world.app.reads);
    let paid: Vec<_> = rows.iter().filter(|row| row.state == "paid").collect();
    let claims: BTreeSet<_> = paid.iter().map(|row| row.claim).collect();
    assert_eq!(claims.len(), paid.len(), "a claim was paid twice");
    assert!(paid.iter().all(|row| row.amount == AMOUNT));
    assert!(rows.len() > paid.len(), "some payments failed first");
    assert_eq!(sources(&*life.world.app.reads).len(), 1);
    paid.len()
}

#[test]
fn a_program_killed_while_it_pays_loses_and_doubles_nothing_in_a_file() {
    killed(&stores::file());
}

#[test]
fn a_program_killed_while_it_pays_loses_and_doubles_nothing_on_a_server() {
    let Some(store) = stores::server() else { return };
    killed(&store);
}
