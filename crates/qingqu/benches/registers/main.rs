//! A register of very many lines: what its page costs at the server, with session, sums and drawing, and how it grows from the smallest.
//!
//! The lines are copies of one of the demonstration, under other villages, years, classes and amounts.
//!
//! `cargo bench -p qingqu --bench registers [-- 1000 10000 100000]`

#[path = "../history/served.rs"]
mod served;

use app::ports::{Book as _, Clock};
use app::rows::{LineFilter, LineRow, Scope};
use journal::HashKind;
use kernel::id::CaseId;
use qingqu::clock::DemoClock;
use qingqu::demo;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use served::Served;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Database, Opening};

const POLICY: &str = "xinjiang";
/// Rounds of a page.
const ROUNDS: usize = 9;
/// The first number of a copy: behind those of the demonstration.
const FIRST: i64 = 10_000;
const CLASSES: [&str; 4] = ["industry", "small_facilities", "capacity", "consolidation"];

fn main() {
    // Cargo passes `--bench` too.
    let words = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
    let mut sizes: Vec<i64> = words.filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir(folder.path().to_owned());
    let database = Database::File(dir.book());
    let tale = demo::tale(POLICY).unwrap();
    let clock = Arc::new(DemoClock::at(tale.first_day));
    let seen = Arc::clone(&clock) as Arc<dyn Clock>;
    let app = site::start_running(&database, &dir, Some(POLICY), seen, Arc::new(Seeded::new(5))).unwrap();
    (tale.fill)(&app, &clock, false).unwrap();
    let filter = LineFilter {
        scope: Scope::All,
        pack: POLICY.into(),
        register: "projects".into(),
        year: None,
        until_year: None,
    };
    let model = app.reads.lines(&filter).unwrap().remove(0);
    let (mut filled, mut first) = (0, Vec::new());
    for size in sizes {
        fill(&database, &model, filled, size);
        filled = size;
        let site = Served::to(&app, "office");
        let times = [
            ("page, by class", "/registers/projects?by=class"),
            ("page, by village, of one year", "/registers/projects?by=village&year=2020"),
            ("words of one village", "/registers/projects?q=%E7%AC%AC7%E6%9D%91"),
            ("the last page", &format!("/registers/projects?page={}", size / 50)),
        ]
        .map(|(what, path)| (what, middle(|| drop(site.page(path)))));
        if first.is_empty() {
            first = times.iter().map(|(_, time)| *time).collect();
        }
        for ((what, time), small) in times.iter().zip(&first) {
            let (millis, growth) = (time.as_secs_f64() * 1e3, time.as_secs_f64() / small.as_secs_f64());
            println!("{size:>7} lines  {millis:>9.2} ms  x{growth:<7.2} {what}");
        }
    }
}

/// Writes the copies from `filled` up to `size`.
fn fill(database: &Database, model: &LineRow, filled: i64, size: i64) {
    let opening = Opening { book: POLICY, kind: HashKind::Sm3, now: 0 };
    let mut opened = store::open(database, opening).unwrap();
    opened.book.begin().unwrap();
    for at in filled..size {
        let village = format!("第{}村", at % 40);
        let mut cells = model.cells.clone();
        cells.insert("class".into(), CLASSES[usize::try_from(at).unwrap() % CLASSES.len()].into());
        cells.insert("planned".into(), format!("{}.00", 10_000 + at));
        let line = LineRow {
            case: CaseId(FIRST + at),
            year: if at % 2 == 0 { 2019 } else { 2020 },
            village,
            number: format!("副-{at}"),
            cells,
            ..model.clone()
        };
        opened.book.put_lines(line.case, &[line]).unwrap();
    }
    opened.book.commit().unwrap();
}

/// The middle time of some rounds.
fn middle(mut one: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            one();
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}
