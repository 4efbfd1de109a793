//! A stored log that is whole passes; one flipped bit anywhere in it is found, with its place.

use journal::digest::HashKind;
use journal::envelope::ActEnvelope;
use journal::merkle::Frontier;
use journal::verify::{Columns, Difference, LogCheck, StoredAct, StoredHead, What, log};
use proptest::prelude::*;

#[derive(Clone)]
struct Row {
    seq: u64,
    bytes: Vec<u8>,
    leaf: Vec<u8>,
    stream: String,
    kind: String,
    at: i64,
}

#[derive(Clone)]
struct Book {
    rows: Vec<Row>,
    size: u64,
    frontier: Vec<u8>,
    root: Vec<u8>,
}

fn book(kind: HashKind, acts: u64) -> Book {
    let mut frontier = Frontier::new(kind);
    let rows = (0..acts)
        .map(|seq| {
            let act = act(seq);
            let bytes = act.to_bytes().unwrap();
            let leaf = kind.leaf(&bytes);
            frontier.push(leaf);
            Row { seq, leaf: leaf.as_bytes().to_vec(), bytes, stream: act.stream, kind: act.kind, at: act.at }
        })
        .collect();
    Book {
        rows,
        size: frontier.size(),
        frontier: frontier.to_bytes(),
        root: frontier.root().as_bytes().to_vec(),
    }
}

fn act(seq: u64) -> ActEnvelope {
    ActEnvelope {
        book: "tianjin".into(),
        seq,
        stream: format!("case:{}", seq % 3),
        kind: "note.added".into(),
        form: 1,
        at: 1_571_212_800_000 + seq as i64,
        actor: None,
        role: None,
        org: None,
        behalf: None,
        article: None,
        pack: None,
        body: format!(r#"{{"n":{seq}}}"#),
    }
}

fn check(book: &Book) -> Result<Frontier, Difference> {
    let acts = book.rows.iter().map(|row| StoredAct {
        seq: row.seq,
        bytes: &row.bytes,
        leaf: &row.leaf,
        columns: Some(Columns { stream: &row.stream, kind: &row.kind, at: row.at }),
    });
    let head = StoredHead { size: book.size, frontier: &book.frontier, root: &book.root };
    log(LogCheck::new("tianjin", HashKind::Sm3), acts, &head)
}

#[test]
fn a_whole_book_passes() {
    for acts in [0, 1, 2, 7, 64] {
        let whole = book(HashKind::Sm3, acts);
        assert_eq!(check(&whole).map(|frontier| frontier.size()), Ok(acts));
    }
}

#[test]
fn differences_are_named_with_their_place() {
    let whole = book(HashKind::Sm3, 5);
    let first = |change: &dyn Fn(&mut Book)| {
        let mut changed = whole.clone();
        change(&mut changed);
        check(&changed).unwrap_err().to_string()
    };
    assert_eq!(first(&|book| drop(book.rows.remove(2))), "act 3: act 2 was expected here");
    assert_eq!(
        first(&|book| book.rows[3].stream.push('1')),
        "act 3: the column stream is not what the act says"
    );
    assert_eq!(first(&|book| book.rows[3].at += 1), "act 3: the column at is not what the act says");
    assert_eq!(first(&|book| drop(book.rows.pop())), "head: it counts 5 acts where there are 4");
    assert_eq!(first(&|book| book.frontier[40] ^= 1), "head: its frontier is not that of the acts");
    assert!(first(&|book| book.root[0] ^= 1).starts_with("head: its root is not "));
    assert!(first(&|book| book.rows[1].leaf[0] ^= 1).starts_with("act 1: the stored leaf hash is not "));
}

#[test]
fn a_rehashed_change_is_found_by_the_head() {
    let mut changed = book(HashKind::Sm3, 5);
    let bytes = ActEnvelope { body: "{}".into(), ..act(2) }.to_bytes().unwrap();
    changed.rows[2].leaf = HashKind::Sm3.leaf(&bytes).as_bytes().to_vec();
    changed.rows[2].bytes = bytes;
    assert!(matches!(check(&changed), Err(Difference { seq: None, what: What::Root { .. } })));
}

#[test]
fn an_act_of_another_book_or_place_is_found() {
    let mut other = book(HashKind::Sm3, 2);
    for (act, expected) in [
        (ActEnvelope { book: "hunan".into(), ..act(1) }, What::Book { book: "hunan".into() }),
        (ActEnvelope { seq: 7, ..act(1) }, What::Seq { seq: 7 }),
    ] {
        let bytes = act.to_bytes().unwrap();
        other.rows[1].leaf = HashKind::Sm3.leaf(&bytes).as_bytes().to_vec();
        other.rows[1].bytes = bytes;
        assert_eq!(check(&other).unwrap_err(), Difference { seq: Some(1), what: expected });
    }
}

proptest! {
    #[test]
    fn a_flipped_bit_anywhere_is_found(acts in 1_u64..20, row: prop::sample::Index, place: prop::sample::Index, bit in 0_u32..8, which in 0..4) {
        let mut book = book(HashKind::Sm3, acts);
        let row = row.index(book.rows.len());
        let bytes = match which {
            0 => &mut book.rows[row].bytes,
            1 => &mut book.rows[row].leaf,
            2 => &mut book.frontier,
            _ => &mut book.root,
        };
        let place = place.index(bytes.len());
        bytes[place] ^= 1_u8 << bit;
        let difference = check(&book).unwrap_err();
        prop_assert_eq!(difference.seq, (which < 2).then_some(row as u64));
    }
}
