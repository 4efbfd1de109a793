//! The write side: what is kept, what is undone, what is refused, and what readers see meanwhile.

use crate::support::{self, Place, act, transfer};
use app::ports::{Book as _, PostError, Reads as _};
use journal::{ActEnvelope, Frontier, HashKind};
use kernel::Date;
use kernel::money::Money;
use store::{AnyEngine, Database, FaultKind, Statement, Val, verify};

conformance! {
    acts_get_their_place_and_read_back,
    the_head_is_the_root_over_the_stored_bytes,
    an_undone_command_leaves_nothing,
    a_rolled_back_transaction_leaves_nothing,
    counters_give_again_what_was_taken_back_and_nothing_else,
    a_book_that_another_connection_moved_says_so_once,
    a_floor_is_refused_by_the_book_with_what_is_left,
    the_database_refuses_what_the_book_would_never_ask,
    a_key_has_one_answer,
    readers_see_what_is_committed_and_wait_for_nobody,
    a_reader_keeps_one_state_while_the_writer_goes_on,
    a_reading_connection_cannot_write,
    two_writers_in_turn_keep_one_log,
    a_book_keeps_its_name,
    the_hash_function_is_chosen_at_creation,
}

const DAY: Date = Date::constant(2019, 10, 9);

fn acts_get_their_place_and_read_back(place: &Place) {
    let mut book = place.open().book;
    book.begin().unwrap();
    for number in 0..5 {
        let stream = if number % 2 == 0 { "case:1" } else { "case:2" };
        assert_eq!(book.append(act(stream, number)).unwrap(), number as u64);
    }
    let in_transaction = book.stream("case:1").unwrap();
    book.commit().unwrap();
    let reads = place.open().reads;
    assert_eq!(reads.stream("case:1").unwrap(), in_transaction);
    let seqs: Vec<u64> = in_transaction.iter().map(|act| act.seq).collect();
    assert_eq!(seqs, [0, 2, 4]);
    assert_eq!(in_transaction[1], ActEnvelope { book: support::BOOK.into(), seq: 2, ..act("case:1", 2) });
    let page: Vec<u64> = reads.acts(1, 2).unwrap().iter().map(|act| act.seq).collect();
    assert_eq!(page, [1, 2]);
}

fn the_head_is_the_root_over_the_stored_bytes(place: &Place) {
    let mut opened = place.open();
    let mut frontier = Frontier::new(HashKind::Sm3);
    assert_eq!(opened.reads.head().unwrap(), (0, frontier.root()));
    for round in 0..4 {
        opened.book.begin().unwrap();
        for number in 0..round {
            let act =
                ActEnvelope { book: support::BOOK.into(), seq: frontier.size(), ..act("case:1", number) };
            frontier.push(HashKind::Sm3.leaf(&act.to_bytes().unwrap()));
            opened.book.append(act).unwrap();
        }
        opened.book.commit().unwrap();
        assert_eq!(opened.reads.head().unwrap(), (frontier.size(), frontier.root()));
    }
    assert_eq!(frontier.size(), 6);
}

fn an_undone_command_leaves_nothing(place: &Place) {
    let mut opened = place.open();
    let book = &mut opened.book;
    book.begin().unwrap();
    book.savepoint().unwrap();
    let seq = book.append(act("case:1", 0)).unwrap();
    book.post(&transfer(1, "authority:a", "fund:a", 100), seq).unwrap();
    book.release().unwrap();
    let before = book.frontier().clone();

    book.savepoint().unwrap();
    let seq = book.append(act("case:1", 1)).unwrap();
    book.post(&transfer(2, "fund:a", "year:a:2019", 60), seq).unwrap();
    assert_eq!(book.next("case").unwrap(), 1);
    book.put_deed(&support::deed(seq)).unwrap();
    book.keep_answer("key", HashKind::Sm3.plain(b"request"), "answer").unwrap();
    book.undo().unwrap();

    assert_eq!(book.frontier(), &before);
    assert_eq!(app::ports::Book::balance(book, "fund:a").unwrap(), Some(Money::from_fen(100)));
    assert_eq!(app::ports::Book::balance(book, "year:a:2019").unwrap(), None);
    assert_eq!(book.answer("key").unwrap(), None);
    assert_eq!(book.next("case").unwrap(), 1);
    let seq = book.append(act("case:1", 2)).unwrap();
    assert_eq!(seq, 1, "the place is given again");
    book.post(&transfer(2, "fund:a", "year:b:2019", 10), seq).unwrap();
    book.commit().unwrap();
    let balances: Vec<(String, i64)> =
        opened.reads.balances("").unwrap().into_iter().map(|(path, held)| (path, held.fen())).collect();
    let expected = [("authority:a", -100), ("fund:a", 90), ("year:b:2019", 10)];
    assert_eq!(balances, expected.map(|(path, fen)| (path.to_owned(), fen)));
    assert_eq!(opened.reads.deeds(support::deed(0).person, 9).unwrap(), []);
    assert_whole(place);
}

fn a_rolled_back_transaction_leaves_nothing(place: &Place) {
    let mut opened = place.open();
    opened.book.begin().unwrap();
    opened.book.append(act("case:1", 0)).unwrap();
    opened.book.rollback().unwrap();
    opened.book.rollback().unwrap();
    opened.book.begin().unwrap();
    assert_eq!(opened.book.append(act("case:1", 1)).unwrap(), 0);
    opened.book.commit().unwrap();
    assert_eq!(opened.reads.head().unwrap().0, 1);
    assert_whole(place);
}

fn counters_give_again_what_was_taken_back_and_nothing_else(place: &Place) {
    let mut book = place.open().book;
    let next = |book: &mut store::Book<AnyEngine>, name| app::ports::Book::next(book, name).unwrap();
    book.begin().unwrap();
    book.savepoint().unwrap();
    assert_eq!((next(&mut book, "case"), next(&mut book, "case")), (1, 2));
    book.release().unwrap();
    book.savepoint().unwrap();
    assert_eq!((next(&mut book, "case"), next(&mut book, "plan")), (3, 1));
    book.undo().unwrap();
    book.commit().unwrap();
    assert_eq!(counters(place), [("case".to_owned(), 2)], "a counter that gave nothing is not there");
    // A transaction that failed gave nothing.
    book.begin().unwrap();
    assert_eq!((next(&mut book, "case"), next(&mut book, "plan")), (3, 1));
    book.rollback().unwrap();
    assert_eq!(counters(place), [("case".to_owned(), 2)]);
    // Another connection goes on where this one stopped, and this one where that one stopped.
    let mut other = place.open().book;
    other.begin().unwrap();
    assert_eq!(next(&mut other, "case"), 3);
    other.commit().unwrap();
    book.begin().unwrap();
    assert_eq!(next(&mut book, "case"), 4);
    book.commit().unwrap();
    assert_eq!(counters(place), [("case".to_owned(), 4)]);
}

fn counters(place: &Place) -> Vec<(String, i64)> {
    let mut engine = place.reader();
    let mut all = Vec::new();
    let mut each = |row: &dyn store::Row| {
        all.push((row.text(0)?.to_owned(), row.int(1)?));
        Ok(())
    };
    engine.rows(&store::sql::counter::COUNTER_LIST, &[], &mut each).unwrap();
    all
}

fn a_book_that_another_connection_moved_says_so_once(place: &Place) {
    let mut book = place.open().book;
    let write = |book: &mut store::Book<AnyEngine>| {
        book.begin().unwrap();
        let moved = (book.moved(), book.moved());
        book.append(act("case:1", 0)).unwrap();
        book.commit().unwrap();
        moved
    };
    assert_eq!((write(&mut book), write(&mut book)), ((false, false), (false, false)));
    let mut other = place.open().book;
    write(&mut other);
    assert_eq!(write(&mut book), (true, false));
    assert_eq!(write(&mut book), (false, false));
    assert_eq!(write(&mut other), (true, false));
    assert_whole(place);
}

fn a_floor_is_refused_by_the_book_with_what_is_left(place: &Place) {
    let mut book = place.open().book;
    book.begin().unwrap();
    let seq = book.append(act("year:a:2019", 0)).unwrap();
    book.post(&transfer(1, "authority:a", "fund:a", 100), seq).unwrap();
    let refused = app::ports::Book::post(&mut book, &transfer(2, "fund:a", "year:a:2019", 101), seq, DAY);
    match refused {
        Err(PostError::Overdrawn { account, left }) => {
            assert_eq!((account.as_str(), left), ("fund:a", Money::from_fen(100)));
        }
        other => panic!("{other:?}"),
    }
    app::ports::Book::post(&mut book, &transfer(3, "fund:a", "year:a:2019", 100), seq, DAY).unwrap();
    book.commit().unwrap();
    let reads = place.open().reads;
    assert_eq!(
        reads.balances("").unwrap(),
        [
            ("authority:a".to_owned(), Money::from_fen(-100)),
            ("fund:a".to_owned(), Money::ZERO),
            ("year:a:2019".to_owned(), Money::from_fen(100)),
        ]
    );
    assert_eq!(reads.balances("year:").unwrap().len(), 1);
    let postings = reads.postings("fund:a").unwrap();
    let seen: Vec<(i64, i64)> = postings.iter().map(|row| (row.amount.fen(), row.balance.fen())).collect();
    assert_eq!(seen, [(100, 100), (-100, 0)]);
    assert_eq!((postings[0].seq, postings[0].day, postings[0].memo.as_str()), (seq, DAY, "资金"));
}

fn the_database_refuses_what_the_book_would_never_ask(place: &Place) {
    static OVERDRAW: Statement =
        Statement { name: "OVERDRAW", text: "UPDATE account SET fen = $1 WHERE path = $2" };
    static EDIT_ACT: Statement = Statement { name: "EDIT_ACT", text: "UPDATE act SET at = 0" };
    static DELETE_ACT: Statement = Statement { name: "DELETE_ACT", text: "DELETE FROM act" };
    static EDIT_ENTRY: Statement = Statement { name: "EDIT_ENTRY", text: "UPDATE entry SET memo = ''" };
    static EDIT_POSTING: Statement = Statement { name: "EDIT_POSTING", text: "UPDATE leg SET fen = 1" };
    static DELETE_POSTING: Statement = Statement { name: "DELETE_POSTING", text: "DELETE FROM leg" };

    let mut book = place.open().book;
    book.begin().unwrap();
    let seq = book.append(act("year:a:2019", 0)).unwrap();
    book.post(&transfer(1, "authority:a", "fund:a", 100), seq).unwrap();
    book.commit().unwrap();
    let mut engine = place.writer();
    let refused = engine.run(&OVERDRAW, &[Val::Int(-1), Val::Text("fund:a")]).unwrap_err();
    assert_eq!(refused.kind, FaultKind::Constraint);
    for statement in [&EDIT_ACT, &DELETE_ACT, &EDIT_ENTRY, &EDIT_POSTING, &DELETE_POSTING] {
        assert_eq!(engine.run(statement, &[]).unwrap_err().kind, FaultKind::Constraint, "{}", statement.name);
    }
    assert_whole(place);
}

fn a_key_has_one_answer(place: &Place) {
    let mut book = place.open().book;
    let digest = HashKind::Sm3.plain(b"request");
    book.begin().unwrap();
    book.keep_answer("key", digest, r#"{"id":1}"#).unwrap();
    assert_eq!(book.answer("key").unwrap(), Some((digest, r#"{"id":1}"#.to_owned())));
    book.savepoint().unwrap();
    let again = book.keep_answer("key", digest, "other").unwrap_err();
    book.undo().unwrap();
    assert!(!again.retry);
    assert!(again.operator.contains("ANSWER_PUT"), "{}", again.operator);
    book.commit().unwrap();
}

fn readers_see_what_is_committed_and_wait_for_nobody(place: &Place) {
    let mut opened = place.open();
    opened.book.begin().unwrap();
    opened.book.append(act("case:1", 0)).unwrap();
    // The writer holds its lock; a reader that waited for it would fail here after its time-out.
    assert_eq!(opened.reads.head().unwrap().0, 0);
    opened.book.commit().unwrap();
    assert_eq!(opened.reads.head().unwrap().0, 1);
}

fn a_reader_keeps_one_state_while_the_writer_goes_on(place: &Place) {
    let mut opened = place.open();
    let mut reader = place.reader();
    let size = |reader: &mut AnyEngine| store::slice::journal::head(reader).unwrap().unwrap().frontier.size();
    reader.begin_read().unwrap();
    assert_eq!(size(&mut reader), 0);
    opened.book.begin().unwrap();
    opened.book.append(act("case:1", 0)).unwrap();
    opened.book.commit().unwrap();
    assert_eq!(size(&mut reader), 0);
    reader.rollback().unwrap();
    assert_eq!(size(&mut reader), 1);
}

fn a_reading_connection_cannot_write(place: &Place) {
    drop(place.open());
    let mut reader = place.reader();
    assert!(store::slice::setting::put(&mut reader, "a", "b").is_err());
}

fn two_writers_in_turn_keep_one_log(place: &Place) {
    let (mut one, mut other) = (place.open().book, place.open().book);
    for number in 0..6 {
        let book = if number % 2 == 0 { &mut one } else { &mut other };
        book.begin().unwrap();
        let seq = book.append(act("case:1", number)).unwrap();
        assert_eq!(seq, number as u64, "the head of the other writer was read");
        book.post(&transfer(number + 1, "authority:a", "fund:a", 1), seq).unwrap();
        book.commit().unwrap();
    }
    assert_whole(place);
}

#[test]
fn a_reader_creates_no_file() {
    let place = Place::new();
    assert!(Database::File(place.path("none.db")).open_read().is_err());
    assert!(!place.path("none.db").exists());
}

fn a_book_keeps_its_name(place: &Place) {
    drop(place.open());
    let opening = store::Opening { book: "hunan", kind: HashKind::Sm3, now: support::NOW };
    let refused = store::open(place.database(), opening).err().unwrap();
    assert_eq!(refused.kind, FaultKind::Setup);
}

fn the_hash_function_is_chosen_at_creation(place: &Place) {
    let opening = |kind| store::Opening { book: support::BOOK, kind, now: support::NOW };
    let mut book = store::open(place.database(), opening(HashKind::Sha256)).unwrap().book;
    book.begin().unwrap();
    book.append(act("case:1", 0)).unwrap();
    book.commit().unwrap();
    drop(book);
    let again = store::open(place.database(), opening(HashKind::Sm3)).unwrap().book;
    assert_eq!(again.frontier().kind(), HashKind::Sha256);
    assert_whole(place);
}

fn assert_whole(place: &Place) {
    let report = verify::book(&mut place.reader()).unwrap();
    assert_eq!(report.findings, [], "{report:?}");
}
