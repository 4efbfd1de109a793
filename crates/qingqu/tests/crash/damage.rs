//! A flipped byte anywhere in the journal's acts, on the disk itself, is found by the verification that `qingqu verify` runs.

use app::ports::Reads as _;
use qingqu::cmd::verify::differences;
use qingqu::site::DataDir;
use std::path::Path;
use std::sync::Arc;
use store::Sqlite;
use store::pool::{Pool, SqliteFile};

#[test]
fn a_flipped_byte_in_any_act_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir(dir.path().join("book"));
    crate::load::prepare(&data);
    let whole = dir.path().join("whole.db");
    store::backup(&data.book(), &whole).unwrap();
    assert!(differences(&whole).unwrap().lines.is_empty());
    let file = std::fs::read(&whole).unwrap();
    let reads = store::Reads::new(Arc::new(Pool::new(SqliteFile(whole.clone()))));
    let acts = u64::try_from(reads.acts(0, usize::MAX).unwrap().len()).unwrap();
    let mut engine = Sqlite::open_read(&whole).unwrap();
    let flipped = dir.path().join("flipped.db");
    let mut flips = 0;
    for seq in 0..acts {
        let bytes = store::slice::journal::act_bytes(&mut engine, seq).unwrap().unwrap();
        // An act that goes on in another page of the file is left to the store's own test.
        let copies = places_of(&file, &bytes);
        if copies.is_empty() {
            continue;
        }
        // Three places of each act, at every bit in turn.
        for part in 0..3 {
            let place = (usize::try_from(seq).unwrap() * 7 + bytes.len() * part / 3) % bytes.len();
            let mut other = file.clone();
            for start in &copies {
                other[start + place] ^= 1 << (flips % 8);
            }
            std::fs::write(&flipped, &other).unwrap();
            assert!(is_found(&flipped), "act {seq}, byte {place} of {}", bytes.len());
            flips += 1;
        }
    }
    assert!(flips > 300, "only {flips} flips were tried");
}

/// Says so in its lines, or cannot read the file at all.
fn is_found(path: &Path) -> bool {
    differences(path).map_or(true, |found| !found.lines.is_empty())
}

/// Where these bytes stand in the file as one piece; a page may hold a copy that it gave up.
fn places_of(file: &[u8], bytes: &[u8]) -> Vec<usize> {
    file.windows(bytes.len()).enumerate().filter(|(_, window)| *window == bytes).map(|(at, _)| at).collect()
}
