//! The whole program on PostgreSQL: the demonstration's year gives the same book as in a file, a book moves between both, and two
//! server processes on one database answer as one.

use app::App;
use app::command::{Command, Request, Who};
use domain::identity::OrgKind;
use qingqu::clock::DemoClock;
use qingqu::cmd::{carry, verify};
use qingqu::demo;
use qingqu::packs;
use qingqu::randomness::Seeded;
use qingqu::site::{DataDir, start_on};
use std::path::Path;
use std::sync::Arc;
use store::Database;

fn server() -> Option<Database> {
    let server = testkit::postgres::Server::shared().unwrap_or_else(|missing| panic!("{missing}"))?;
    Some(Database::at(&server.database().unwrap()).unwrap())
}

fn file(folder: &Path, name: &str) -> Database {
    Database::File(folder.join(name))
}

fn started(database: &Database, folder: &Path, clock: &Arc<DemoClock>) -> App {
    let random = Arc::new(Seeded::new(20_191_009));
    start_on(database, &DataDir(folder.to_owned()), Arc::clone(clock) as _, random).unwrap()
}

/// Plays the demonstration's year in a database.
fn played(database: &Database, folder: &Path) -> App {
    let clock = Arc::new(DemoClock::at(demo::FIRST_DAY));
    let app = started(database, folder, &clock);
    demo::fill(&app, &clock, false).unwrap();
    app
}

fn whole(database: &Database) {
    assert_eq!(
        verify::differences_of(database, &packs::builtin().unwrap()).unwrap().lines,
        Vec::<String>::new()
    );
}

#[test]
fn a_year_gives_the_same_book_on_both_and_moves_between_them() {
    let Some(there) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let here = file(folder.path(), "here.db");
    let (one, other) = (played(&here, folder.path()), played(&there, folder.path()));
    let head = one.reads.head().unwrap();
    assert!(head.0 > 100, "{head:?}");
    assert_eq!(other.reads.head().unwrap(), head);
    assert_eq!(other.reads.digests().unwrap(), one.reads.digests().unwrap());
    whole(&there);

    // From the file to the server, and from there to a file again.
    let (moved, back) = (server().unwrap(), file(folder.path(), "back.db"));
    let (first, second) = (folder.path().join("first.qingqu"), folder.path().join("second.qingqu"));
    carry::write(&here, &first).unwrap();
    assert!(carry::write(&here, &first).is_err(), "nothing is overwritten");
    assert!(carry::read(&first, &moved, &packs::builtin().unwrap()).unwrap());
    carry::write(&moved, &second).unwrap();
    assert!(carry::read(&second, &back, &packs::builtin().unwrap()).unwrap());
    let (first, second) = (std::fs::read(first).unwrap(), std::fs::read(second).unwrap());
    assert!(first == second, "the stream is the same from either database");
    for database in [&moved, &back] {
        whole(database);
        let app = started(database, folder.path(), &Arc::new(DemoClock::at(demo::FIRST_DAY)));
        assert_eq!(app.reads.head().unwrap(), head);
        assert_eq!(app.reads.digests().unwrap(), one.reads.digests().unwrap());
    }
}

#[test]
fn two_programs_on_one_database_take_turns() {
    let Some(there) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(DemoClock::at(demo::FIRST_DAY));
    let one = started(&there, folder.path(), &clock);
    demo::fill(&one, &clock, true).unwrap();
    let other = started(&there, folder.path(), &clock);
    let before = one.reads.head().unwrap().0;
    let who = Who::Program;
    std::thread::scope(|scope| {
        for (program, app) in [&one, &other].into_iter().enumerate() {
            let who = who.clone();
            scope.spawn(move || {
                for number in 0..40 {
                    let name = format!("单位{program}-{number}");
                    let kind = OrgKind::Government;
                    let command = Command::RegisterOrg { name, kind, region: None, credit_code: None };
                    let request = Request { who: who.clone(), command, key: format!("{program}/{number}") };
                    app.submit(request).unwrap();
                }
            });
        }
    });
    assert_eq!(one.reads.head().unwrap().0, before + 80);
    assert_eq!(one.reads.head().unwrap(), other.reads.head().unwrap());
    whole(&there);
}

/// The client waits on a runtime of its own, which it may not do on a thread that serves pages unless the others' work is handed on.
#[test]
fn the_threads_that_serve_pages_may_ask_write_and_let_go() {
    let Some(there) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let app = started(&there, folder.path(), &Arc::new(DemoClock::at(demo::FIRST_DAY)));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let head = runtime.block_on(async move {
        let asked = app.clone();
        let head = tokio::spawn(async move {
            asked.house.put_setting("name", "value").unwrap();
            assert_eq!(asked.house.setting("name").unwrap().as_deref(), Some("value"));
            asked.reads.head().unwrap()
        });
        let head = head.await.unwrap();
        assert_eq!(app.reads.head().unwrap(), head);
        drop(app);
        head
    });
    assert_eq!(head.0, 0);
}
