//! One flipped byte in anything that the book stands on is found.

use rusqlite::types::Value;
use rusqlite::{Connection, params};
use store::{Sqlite, verify};

use crate::support::{Place, act, transfer};

/// A book of nine acts and three entries, with nothing left in its write-ahead log.
fn book() -> Place {
    let place = Place::new();
    let mut book = place.open().book;
    for round in 0..3 {
        book.begin().unwrap();
        for number in 0..3 {
            let seq = book.append(act(&format!("case:{number}"), round * 3 + number)).unwrap();
            if number == 1 {
                book.post(&transfer(round + 1, "authority:a", "fund:a", 100 + round), seq).unwrap();
            }
        }
        book.commit().unwrap();
    }
    place
}

fn findings(place: &Place) -> Vec<String> {
    let mut engine = Sqlite::open_read(&place.path("book.db")).unwrap();
    match verify::book(&mut engine) {
        Ok(report) => report.findings.iter().map(ToString::to_string).collect(),
        Err(fault) => vec![fault.to_string()],
    }
}

/// The tables and columns that carry the log and the ledger.
const CELLS: [(&str, &[&str]); 5] = [
    ("act", &["seq", "stream", "kind", "at", "leaf", "bytes"]),
    ("book_head", &["book", "hash_kind", "size", "frontier", "root", "postings"]),
    ("entry", &["id", "act", "day", "memo", "article"]),
    ("leg", &["id", "entry", "account", "fen", "prev"]),
    ("account", &["path", "floor", "fen", "latest"]),
];

#[test]
fn a_flipped_byte_in_any_stored_value_is_found() {
    let place = book();
    assert_eq!(findings(&place), Vec::<String>::new());
    let tamper = Connection::open(place.path("book.db")).unwrap();
    let guards = "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
        DROP TRIGGER act_no_update; DROP TRIGGER entry_no_update; DROP TRIGGER leg_no_update;";
    tamper.execute_batch(guards).unwrap();
    let mut flips = 0;
    for (table, columns) in CELLS {
        let rows: i64 =
            tamper.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        for column in columns {
            for row in 0..rows {
                flips += flip_each_byte(&place, &tamper, &Cell { table, column, row });
            }
        }
    }
    assert!(flips > 2_000, "only {flips} flips were tried");
    assert_eq!(findings(&place), Vec::<String>::new(), "each flip was taken back");
}

struct Cell<'a> {
    table: &'a str,
    column: &'a str,
    row: i64,
}

fn flip_each_byte(place: &Place, tamper: &Connection, cell: &Cell<'_>) -> usize {
    let Cell { table, column, row } = cell;
    let key = if *table == "account" { "path" } else { "rowid" };
    let (id, value): (Value, Value) = tamper
        .query_row(
            &format!("SELECT {key}, {column} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {row}"),
            [],
            |found| Ok((found.get(0)?, found.get(1)?)),
        )
        .unwrap();
    // A key moves with the flip.
    let is_key = matches!((*table, *column), ("act", "seq") | ("entry" | "leg", "id") | ("account", "path"));
    let update = format!("UPDATE {table} SET {column} = ?1 WHERE {key} = ?2");
    let flipped = flips(&value);
    let mut tried = 0;
    for flip in flipped {
        // A key that is taken, or text in a numeric column, is refused by the database itself.
        if tamper.execute(&update, params![flip, id]).is_err() {
            continue;
        }
        tried += 1;
        let found = findings(place);
        assert!(!found.is_empty(), "{table}.{column} row {id:?}: {value:?} became {flip:?}");
        let now_at = if is_key { &flip } else { &id };
        tamper.execute(&update, params![value, now_at]).unwrap();
    }
    tried
}

/// The value with one bit flipped, once for each of its bytes.
fn flips(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => vec![Value::Integer(0)],
        Value::Integer(number) => (0..8).map(|byte| Value::Integer(number ^ (1 << (byte * 8)))).collect(),
        Value::Text(text) => {
            let flip = |place: usize| {
                let mut bytes = text.clone().into_bytes();
                bytes[place] ^= 1;
                String::from_utf8(bytes).ok().map(Value::Text)
            };
            (0..text.len()).filter_map(flip).collect()
        }
        Value::Blob(bytes) => {
            let flip = |place: usize| {
                let mut bytes = bytes.clone();
                bytes[place] ^= 1 << (place % 8);
                Value::Blob(bytes)
            };
            (0..bytes.len()).map(flip).collect()
        }
        Value::Real(_) => panic!("no stored value is a float"),
    }
}

#[test]
fn a_flipped_byte_of_an_act_in_the_file_is_found() {
    let place = book();
    let path = place.path("book.db");
    let seventh: Vec<u8> = {
        let connection = Connection::open(&path).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        connection.query_row("SELECT bytes FROM act WHERE seq = 7", [], |row| row.get(0)).unwrap()
    };
    let whole = std::fs::read(&path).unwrap();
    let start = whole.windows(seventh.len()).position(|window| window == seventh).unwrap();
    for place_in_act in (0..seventh.len()).step_by(11) {
        let mut file = whole.clone();
        file[start + place_in_act] ^= 0x10;
        std::fs::write(&path, &file).unwrap();
        let found = findings(&place);
        assert!(found.iter().any(|finding| finding.starts_with("log: act 7")), "{place_in_act}: {found:?}");
    }
}

#[test]
fn a_damaged_file_is_a_finding_and_not_a_panic() {
    let place = book();
    let path = place.path("book.db");
    let connection = Connection::open(&path).unwrap();
    // Pages of tables that a schema change dropped are free: nothing is kept there.
    connection.execute_batch("VACUUM").unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(connection);
    let whole = std::fs::read(&path).unwrap();
    // The header of each page after the first.
    for page in (4096..whole.len()).step_by(4096) {
        let mut file = whole.clone();
        file[page] ^= 0xff;
        std::fs::write(&path, &file).unwrap();
        let found = findings(&place);
        assert!(!found.is_empty(), "page at {page}");
    }
}

#[test]
fn a_rewritten_history_is_found_by_its_old_head() {
    let place = book();
    let old = store::slice::journal::head(&mut Sqlite::open_read(&place.path("book.db")).unwrap())
        .unwrap()
        .unwrap();
    let other = Place::new();
    let mut rewritten = other.open().book;
    rewritten.begin().unwrap();
    for number in 0..20 {
        rewritten.append(act("case:9", number)).unwrap();
    }
    rewritten.commit().unwrap();
    let mut engine = Sqlite::open_read(&other.path("book.db")).unwrap();
    assert_eq!(verify::book(&mut engine).unwrap().findings, [], "a forgery that is whole in itself");
    let leaves = store::slice::journal::leaves(&mut engine, 0..20).unwrap();
    let path = journal::proof::consistency(journal::HashKind::Sm3, leaves.as_slice(), 9, 20).unwrap();
    let head = |frontier: &journal::Frontier| journal::proof::TreeHead {
        size: frontier.size(),
        root: frontier.root(),
    };
    let holds = journal::proof::consistency_holds(
        journal::HashKind::Sm3,
        head(&old.frontier),
        head(rewritten.frontier()),
        &path,
    );
    assert!(!holds, "the checkpoint handed upward proves it");
}
