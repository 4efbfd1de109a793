//! Backup of a book that is being written, and restore, also under a running server.

use std::sync::atomic::{AtomicBool, Ordering};

use app::ports::Reads as _;
use store::{AnyEngine, BackupError, Existing, Sqlite, backup, restore, verify};

use crate::support::{self, Place, act, transfer};

/// One transaction: three acts, of which the second posts.
fn write(book: &mut store::Book<AnyEngine>, round: i64) {
    book.begin().unwrap();
    for number in 0..3 {
        let seq = book.append(act("case:1", number)).unwrap();
        if number == 1 {
            book.post(&transfer(round + 1, "authority:a", "fund:a", 7), seq).unwrap();
        }
    }
    book.commit().unwrap();
}

#[test]
fn a_backup_during_writes_is_one_state() {
    let place = Place::new();
    let mut opened = place.open();
    write(&mut opened.book, 0);
    let done = AtomicBool::new(false);
    let sizes: Vec<u64> = std::thread::scope(|scope| {
        let backups = scope.spawn(|| {
            let sizes = (0..5)
                .map(|number| {
                    let to = place.path(&format!("copy{number}.db"));
                    let report = backup(&place.path("book.db"), &to).unwrap();
                    assert_eq!(report.findings, []);
                    assert_eq!(report.acts, report.entries * 3, "a transaction was cut in two");
                    report.acts
                })
                .collect();
            done.store(true, Ordering::Release);
            sizes
        });
        let mut round = 1;
        while !done.load(Ordering::Acquire) {
            write(&mut opened.book, round);
            round += 1;
        }
        backups.join().unwrap()
    });
    assert!(sizes.is_sorted(), "{sizes:?}");
    let copy = support::file(&place.path("copy4.db"));
    assert_eq!(copy.reads.head().unwrap().0, sizes[4], "a backup opens as a book");
    assert!(opened.reads.head().unwrap().0 >= sizes[4]);
}

#[test]
fn a_backup_overwrites_nothing() {
    let place = Place::new();
    drop(place.open());
    let (book, copy) = (place.path("book.db"), place.path("copy.db"));
    backup(&book, &copy).unwrap();
    assert!(matches!(backup(&book, &copy), Err(BackupError::Exists { .. })));
    assert!(matches!(restore(&copy, &book, Existing::Keep), Err(BackupError::Exists { .. })));
    assert!(matches!(backup(&place.path("none.db"), &place.path("x.db")), Err(BackupError::Missing { .. })));
    let names: Vec<_> = std::fs::read_dir(copy.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("copy") && !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    assert_eq!(names, ["copy.db"], "no part of a copy is left");
}

#[test]
fn a_restore_brings_the_book_back() {
    let place = Place::new();
    let mut opened = place.open();
    write(&mut opened.book, 0);
    let head = opened.reads.head().unwrap();
    backup(&place.path("book.db"), &place.path("copy.db")).unwrap();
    let report = restore(&place.path("copy.db"), &place.path("new.db"), Existing::Keep).unwrap();
    assert_eq!(report.root, Some(head.1));
    assert_eq!(support::file(&place.path("new.db")).reads.head().unwrap(), head);
}

#[test]
fn a_restore_under_a_running_server_is_seen_by_reader_and_writer() {
    let place = Place::new();
    let mut opened = place.open();
    write(&mut opened.book, 0);
    let head = opened.reads.head().unwrap();
    backup(&place.path("book.db"), &place.path("copy.db")).unwrap();
    for round in 1..40 {
        write(&mut opened.book, round);
    }
    restore(&place.path("copy.db"), &place.path("book.db"), Existing::Replace).unwrap();
    assert_eq!(opened.reads.head().unwrap(), head);
    opened.book.begin().unwrap();
    assert_eq!(opened.book.append(act("case:1", 9)).unwrap(), head.0);
    app::ports::Book::rollback(&mut opened.book).unwrap();
    write(&mut opened.book, 1);
    let report = verify::book(&mut Sqlite::open_read(&place.path("book.db")).unwrap()).unwrap();
    assert_eq!((report.findings.as_slice(), report.acts), (&[][..], head.0 + 3));
}

#[test]
fn what_does_not_verify_is_neither_kept_nor_restored() {
    let place = Place::new();
    let mut opened = place.open();
    write(&mut opened.book, 0);
    let (book, copy) = (place.path("book.db"), place.path("copy.db"));
    backup(&book, &copy).unwrap();
    let edit = "DROP TRIGGER act_no_update; UPDATE act SET at = at + 1 WHERE seq = 1;";
    rusqlite::Connection::open(&copy).unwrap().execute_batch(edit).unwrap();
    let refused = restore(&copy, &book, Existing::Replace).unwrap_err();
    match refused {
        BackupError::NotWhole { report } => {
            assert_eq!(report.findings[0].to_string(), "log: act 1: the column at is not what the act says");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(backup(&copy, &place.path("again.db")), Err(BackupError::NotWhole { .. })));
    assert!(!place.path("again.db").exists());
    assert_eq!(opened.reads.head().unwrap().0, 3);
}
