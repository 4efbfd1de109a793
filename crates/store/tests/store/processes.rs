//! Several server processes on one database, as two books with connections of their own: one writer at a time, nothing given
//! twice, nothing lost with a connection.

use std::collections::BTreeSet;

use app::ports::{Book as _, House as _, Reads as _};
use journal::HashKind;
use store::{FaultKind, verify};

use crate::support::{self, Place, act, transfer};

conformance! {
    two_writers_at_once_keep_one_log,
    a_transaction_with_a_failed_statement_is_not_committed,
    texts_are_ordered_by_their_bytes,
    two_processes_may_set_a_database_up_at_once,
}

const EACH: i64 = 60;

fn two_writers_at_once_keep_one_log(place: &Place) {
    drop(place.open());
    let numbers: Vec<Vec<i64>> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..2).map(|_| scope.spawn(|| hammer(place))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let given: BTreeSet<i64> = numbers.iter().flatten().copied().collect();
    assert_eq!(given, (1..=2 * EACH * 2).collect(), "each number once, none left out");
    let reads = place.open().reads;
    let seqs: Vec<u64> = reads.acts(0, usize::MAX).unwrap().iter().map(|act| act.seq).collect();
    assert_eq!(seqs, (0..seqs.len() as u64).collect::<Vec<_>>());
    assert_eq!(seqs.len() as i64, 2 * EACH * 2);
    let report = verify::book(&mut place.reader()).unwrap();
    assert_eq!((report.findings.as_slice(), report.entries), (&[][..], 2 * 2 * EACH as u64));
}

/// Two commands a transaction; the second of each third transaction is first tried and taken back.
fn hammer(place: &Place) -> Vec<i64> {
    let mut book = place.open().book;
    let mut numbers = Vec::new();
    for round in 0..EACH {
        book.begin().unwrap();
        if round % 3 == 0 {
            book.savepoint().unwrap();
            command(&mut book);
            book.undo().unwrap();
        }
        for _ in 0..2 {
            book.savepoint().unwrap();
            numbers.push(command(&mut book));
            book.release().unwrap();
        }
        book.commit().unwrap();
    }
    numbers
}

fn command(book: &mut store::Book<store::AnyEngine>) -> i64 {
    let number = book.next("command").unwrap();
    let seq = book.append(act("case:1", number)).unwrap();
    book.post(&transfer(number, "authority:a", "fund:a", 5), seq).unwrap();
    book.keep_answer(&format!("key {number}"), HashKind::Sm3.plain(b"request"), "answer").unwrap();
    number
}

fn a_transaction_with_a_failed_statement_is_not_committed(place: &Place) {
    let mut book = place.open().book;
    let digest = HashKind::Sm3.plain(b"request");
    book.begin().unwrap();
    book.savepoint().unwrap();
    book.keep_answer("key", digest, "one").unwrap();
    book.release().unwrap();
    book.savepoint().unwrap();
    assert!(book.keep_answer("key", digest, "two").is_err());
    book.undo().unwrap();
    book.append(act("case:1", 0)).unwrap();
    book.commit().unwrap();
    assert_eq!(place.open().reads.head().unwrap().0, 1, "what was undone spoils nothing");
}

fn texts_are_ordered_by_their_bytes(place: &Place) {
    let reads = crate::samples::written(place, |book| {
        for (id, name) in (1_i64..).zip(["中", "a", "B", "阿", "_", "Z", "甲", "é", "1"]) {
            book.put_org(&crate::samples::org(id, name)).unwrap();
        }
    });
    let filter = app::rows::OrgFilter { limit: 99, ..app::rows::OrgFilter::default() };
    let names: Vec<String> = reads.orgs(&filter).unwrap().rows.into_iter().map(|org| org.name).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
}

fn two_processes_may_set_a_database_up_at_once(place: &Place) {
    let applied: usize = std::thread::scope(|scope| {
        let set_up = || {
            let mut engine = place.writer();
            store::migrate::run(&mut engine, store::migrate::ALL, support::NOW).unwrap().len()
        };
        let others: Vec<_> = (0..3).map(|_| scope.spawn(set_up)).collect();
        others.into_iter().map(|other| other.join().unwrap()).sum()
    });
    assert_eq!(applied, store::migrate::ALL.len(), "each change once");
}

/// Ends every connection to a database but the one that asks.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[test]
fn a_lost_connection_loses_the_transaction_and_nothing_else() {
    let Some((server, url)) = on_server() else { return };
    let place = store::Database::at(&url).unwrap();
    let mut opened = support::open(&place);
    opened.book.begin().unwrap();
    opened.book.append(act("case:1", 0)).unwrap();
    opened.book.commit().unwrap();
    opened.house.put_setting("a", "b").unwrap();
    assert_eq!(opened.reads.head().unwrap().0, 1);
    server.psql(&url, CUT).unwrap();
    // Between transactions nobody notices.
    assert_eq!(opened.reads.head().unwrap().0, 1);
    assert_eq!(opened.house.setting("a").unwrap().as_deref(), Some("b"));
    opened.book.begin().unwrap();
    assert_eq!(opened.book.append(act("case:1", 1)).unwrap(), 1);
    server.psql(&url, CUT).unwrap();
    let lost = app::ports::Book::commit(&mut opened.book).unwrap_err();
    assert!(lost.retry, "{lost}");
    opened.book.begin().unwrap();
    assert_eq!(opened.book.append(act("case:1", 2)).unwrap(), 1, "the place is given again");
    opened.book.commit().unwrap();
    assert_eq!(opened.reads.head().unwrap().0, 2);
}

#[test]
fn a_writer_waits_for_another_and_then_says_that_it_is_held() {
    let Some((_, url)) = on_server() else { return };
    let place = store::Database::at(&url).unwrap();
    drop(support::open(&place));
    let (mut one, mut other) = (support::open(&place), support::open(&place));
    one.book.begin().unwrap();
    // The house and the readers wait for nobody.
    other.house.put_setting("a", "b").unwrap();
    assert_eq!(other.reads.head().unwrap().0, 0);
    let held = other.book.begin().unwrap_err();
    assert_eq!(held.kind, FaultKind::Busy);
    one.book.commit().unwrap();
    other.book.begin().unwrap();
    other.book.append(act("case:1", 0)).unwrap();
    other.book.commit().unwrap();
}

#[test]
fn guards_that_were_switched_off_are_found() {
    let Some((server, url)) = on_server() else { return };
    let place = store::Database::at(&url).unwrap();
    drop(support::open(&place));
    let findings = || -> Vec<String> {
        let report = verify::book(&mut place.open_read().unwrap()).unwrap();
        report.findings.iter().map(ToString::to_string).collect()
    };
    assert_eq!(findings(), Vec::<String>::new());
    server.psql(&url, "ALTER TABLE act DISABLE TRIGGER act_append_only").unwrap();
    assert_eq!(findings(), ["storage: trigger act_append_only is switched off"]);
    server.psql(&url, "ALTER TABLE act ENABLE TRIGGER act_append_only").unwrap();
    server.psql(&url, "DROP TRIGGER leg_append_only ON leg").unwrap();
    assert_eq!(findings(), ["storage: table leg is no longer append-only"]);
}

fn on_server() -> Option<(&'static testkit::postgres::Server, String)> {
    let server = support::server()?;
    Some((server, server.database().unwrap()))
}
