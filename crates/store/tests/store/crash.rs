//! A writer killed under load, again and again: what was answered is there, nothing is there by half, the book verifies.
//!
//! The writer is this test binary, started again for one test with the database in its environment. It prints a line for
//! each answered command; the test counts lines and kills, so that nothing here depends on time.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use app::ports::{Book as _, Reads as _};
use journal::HashKind;
use store::{AnyEngine, Database, verify};

use crate::support::{self, Place, act, deed, transfer};

conformance! {
    a_killed_writer_loses_no_answered_act_and_leaves_no_half_act,
}

const DATABASE: &str = "STORE_CRASH_DATABASE";
const BATCH: usize = 7;

/// The process that is killed. Run without its environment, as one of all tests, it has nothing to write.
#[test]
fn writer() {
    if let Ok(place) = std::env::var(DATABASE) {
        write_until_killed(&Database::at(&place).unwrap_or_else(|_| Database::File(PathBuf::from(place))));
    }
}

fn write_until_killed(database: &Database) {
    let mut book = support::open(database).book;
    let mut answers = std::io::stdout().lock();
    loop {
        book.begin().unwrap();
        let answered: Vec<u64> = (0..BATCH).map(|_| command(&mut book)).collect();
        book.commit().unwrap();
        for seq in answered {
            writeln!(answers, "answered {seq}").unwrap();
        }
    }
}

/// One command: an act, an entry, a row and an answer, each of which must be there with the others.
fn command(book: &mut store::Book<AnyEngine>) -> u64 {
    book.savepoint().unwrap();
    let number = book.next("command").unwrap();
    let seq = book.append(act("case:1", number)).unwrap();
    book.post(&transfer(number, "authority:a", "fund:a", 5), seq).unwrap();
    book.put_deed(&deed(seq)).unwrap();
    book.keep_answer(&format!("key {seq}"), HashKind::Sm3.plain(b"request"), &seq.to_string()).unwrap();
    book.release().unwrap();
    seq
}

fn a_killed_writer_loses_no_answered_act_and_leaves_no_half_act(place: &Place) {
    let mut answered = BTreeSet::new();
    for round in 0..12_usize {
        // Stops at a different place of a batch each time.
        let lines = 1 + round * 29 % 97;
        answered.extend(kill_after(place, lines));
        check(place, &answered);
    }
    assert!(answered.len() > 300, "{}", answered.len());
}

/// Runs the writer, kills it after it answered so many commands, and gives all that it answered.
fn kill_after(place: &Place, lines: usize) -> Vec<u64> {
    let address = match place.database() {
        Database::File(path) => path.clone().into_os_string(),
        Database::Server(url) => url.into(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::writer", "--nocapture"])
        .env(DATABASE, address)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).filter_map(
        // The test harness writes its own words before the first answer.
        |line| line.split_once("answered ").and_then(|(_, seq)| seq.parse().ok()),
    );
    let mut answered: Vec<u64> = answers.by_ref().take(lines).collect();
    assert_eq!(answered.len(), lines, "the writer ended by itself");
    child.kill().unwrap();
    // A line cut in the middle could name a smaller number; such an act was answered earlier.
    answered.extend(answers);
    child.wait().unwrap();
    answered
}

fn check(place: &Place, answered: &BTreeSet<u64>) {
    // On a server, the killed writer's last transaction ends when its connection does: the next writer waits for that.
    let mut opened = place.open();
    opened.book.begin().unwrap();
    app::ports::Book::rollback(&mut opened.book).unwrap();
    let report = verify::book(&mut place.reader()).unwrap();
    assert_eq!(report.findings, []);
    let acts = opened.reads.acts(0, usize::MAX).unwrap();
    let stored: BTreeSet<u64> = acts.iter().map(|act| act.seq).collect();
    assert!(stored.is_superset(answered), "lost {:?}", answered.difference(&stored).collect::<Vec<_>>());
    assert_eq!(acts.len() % BATCH, 0, "a transaction was cut in two");
    assert_eq!(report.entries, acts.len() as u64, "an act without its entry");
    assert_eq!(opened.reads.deeds(deed(0).person, usize::MAX).unwrap().len(), acts.len());
    opened.book.begin().unwrap();
    for seq in &stored {
        let (_, answer) = opened.book.answer(&format!("key {seq}")).unwrap().unwrap();
        assert_eq!(answer, seq.to_string());
    }
    app::ports::Book::rollback(&mut opened.book).unwrap();
}
