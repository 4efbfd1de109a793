//! The same history on both engines: the same log head, ledger, rows and stored bytes.

use app::ports::{Book, PostError, Reads as _};
use app::rows::{CaseRow, OrgRow};
use journal::{Digest, HashKind};
use kernel::Date;
use kernel::id::CaseId;
use kernel::money::Money;
use store::verify;

use crate::samples::{all_rows, case, duty, org, person, task};
use crate::support::{self, Place, act, deed, transfer};

/// A generator of numbers, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[derive(Debug, PartialEq)]
struct Outcome {
    head: (u64, Digest),
    digests: Vec<(String, Digest)>,
    balances: Vec<(String, Money)>,
    refused: u32,
}

fn history(place: &Place, seed: u64) -> Outcome {
    let mut opened = place.open();
    let (mut numbers, mut refused) = (Numbers(seed), 0);
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    all_rows(book);
    book.commit().unwrap();
    book.begin().unwrap();
    for _ in 0..500 {
        match numbers.below(40) {
            0..4 => {
                book.commit().unwrap();
                book.begin().unwrap();
            }
            4 => {
                book.rollback().unwrap();
                book.begin().unwrap();
            }
            _ => refused += command(book, &mut numbers),
        }
    }
    book.commit().unwrap();
    let report = verify::book(&mut place.reader()).unwrap();
    assert_eq!(report.findings, []);
    Outcome {
        head: opened.reads.head().unwrap(),
        digests: opened.reads.digests().unwrap(),
        balances: opened.reads.balances("").unwrap(),
        refused,
    }
}

fn command(book: &mut dyn Book, numbers: &mut Numbers) -> u32 {
    const ACCOUNTS: [&str; 4] = ["authority:a", "fund:a", "year:a:2019", "year:a:2020"];
    book.savepoint().unwrap();
    let number = book.next("command").unwrap();
    let seq = book.append(act(&format!("case:{}", numbers.below(9)), number)).unwrap();
    let (from, by) = (numbers.below(4) as usize, 1 + numbers.below(3) as usize);
    let entry = transfer(number, ACCOUNTS[from], ACCOUNTS[(from + by) % 4], 1 + numbers.below(20) as i64);
    match book.post(&entry, seq, Date::constant(2019, 10, 9)) {
        Ok(()) => {}
        Err(PostError::Overdrawn { .. }) => {
            book.undo().unwrap();
            return 1;
        }
        Err(PostError::Fault(fault)) => panic!("{fault}"),
    }
    let id = 1 + numbers.below(20) as i64;
    let row: CaseRow = CaseRow { amount: Money::from_fen(number), ..case(id, "120101") };
    book.put_case(&row).unwrap();
    let names = ["甲", "Mill", "mill", "阿"];
    let row: OrgRow = org(id, names[numbers.below(4) as usize]);
    book.put_org(&row).unwrap();
    book.put_person(&person(id, &[(1, "clerk"), (id, "desk")])).unwrap();
    book.put_tasks("case:1", &vec![task("accept", Some("120101"), None); numbers.below(4) as usize]).unwrap();
    let due = Date::constant(2019, 11, 1);
    book.put_duties(CaseId(id), &vec![duty("evaluate", due); numbers.below(3) as usize]).unwrap();
    book.put_deed(&deed(seq)).unwrap();
    book.keep_answer(&format!("key {number}"), HashKind::Sm3.plain(b"x"), "{}").unwrap();
    if numbers.below(5) == 0 { book.undo() } else { book.release() }.unwrap();
    0
}

#[test]
fn the_same_history_gives_the_same_book() {
    if support::server().is_none() {
        return;
    }
    for seed in 1..=3 {
        let here = history(&Place::new(), seed);
        let there = history(&Place::on_server().unwrap(), seed);
        assert!(here.head.0 > 100 && here.refused > 10, "the history is too tame: {here:?}");
        assert_eq!(here, there, "seed {seed}");
    }
}
