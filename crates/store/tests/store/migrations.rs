//! Schema changes go forward only; a past that was edited, or is newer than the program, is refused.

use store::migrate::{self, Migration};
use store::{AnyEngine, Engine, FaultKind, Row, Statement, Val};

use crate::support::{self, Place};

conformance! {
    what_is_missing_is_applied_once,
    an_edited_or_newer_past_is_refused,
    a_change_that_fails_leaves_nothing,
    legs_of_an_older_book_are_chained,
}

static FIRST: Migration = Migration {
    name: "0001_a",
    scripts: &["CREATE TABLE a (x BIGINT\n);\n"],
    append_only: &["a"],
    fill: None,
};
static SECOND: Migration =
    Migration { name: "0002_b", scripts: &["CREATE TABLE b (x TEXT\n);\n"], append_only: &[], fill: None };

fn run(engine: &mut AnyEngine, migrations: &[Migration]) -> Result<Vec<&'static str>, FaultKind> {
    migrate::run(engine, migrations, support::NOW).map_err(|fault| fault.kind)
}

fn copy(migration: &Migration) -> Migration {
    Migration {
        name: migration.name,
        scripts: migration.scripts,
        append_only: migration.append_only,
        fill: migration.fill,
    }
}

fn what_is_missing_is_applied_once(place: &Place) {
    let mut engine = place.writer();
    assert_eq!(run(&mut engine, &[copy(&FIRST)]), Ok(vec!["0001_a"]));
    assert_eq!(run(&mut engine, &[copy(&FIRST), copy(&SECOND)]), Ok(vec!["0002_b"]));
    assert_eq!(run(&mut engine, &[copy(&FIRST), copy(&SECOND)]), Ok(vec![]));
    let applied = migrate::applied(&mut engine).unwrap();
    assert_eq!(applied.len(), 2);
    assert_eq!((applied[0].digest.as_str(), applied[0].at), (FIRST.digest().as_str(), support::NOW));
}

fn an_edited_or_newer_past_is_refused(place: &Place) {
    let mut engine = place.writer();
    run(&mut engine, &[copy(&FIRST), copy(&SECOND)]).unwrap();
    let edited = Migration { scripts: &["CREATE TABLE a (x TEXT\n);\n"], ..copy(&FIRST) };
    assert_eq!(run(&mut engine, &[edited, copy(&SECOND)]), Err(FaultKind::Setup));
    let loosened = Migration { append_only: &[], ..copy(&FIRST) };
    assert_eq!(run(&mut engine, &[loosened, copy(&SECOND)]), Err(FaultKind::Setup));
    assert_eq!(run(&mut engine, &[copy(&FIRST)]), Err(FaultKind::Setup), "the database is newer");
}

fn a_change_that_fails_leaves_nothing(place: &Place) {
    let mut engine = place.writer();
    let broken = Migration {
        scripts: &["CREATE TABLE b (x TEXT\n);\n", "CREATE TABLE b (x TEXT\n);\n"],
        ..copy(&SECOND)
    };
    assert!(run(&mut engine, &[copy(&FIRST), broken]).is_err());
    assert_eq!(migrate::applied(&mut engine).unwrap().len(), 1);
    assert_eq!(run(&mut engine, &[copy(&FIRST), copy(&SECOND)]), Ok(vec!["0002_b"]));
}

fn legs_of_an_older_book_are_chained(place: &Place) {
    static ACT: Statement =
        Statement { name: "ACT", text: "INSERT INTO act VALUES (0, 'year:a:2019', 'note.added', 0, $1, $1)" };
    static ACCOUNT: Statement =
        Statement { name: "ACCOUNT", text: "INSERT INTO account (path, fen) VALUES ($1, $2)" };
    static ENTRY: Statement =
        Statement { name: "ENTRY", text: "INSERT INTO entry VALUES ($1, 0, '2019-10-09', '', '')" };
    static LEG: Statement = Statement { name: "LEG", text: "INSERT INTO posting VALUES ($1, $2, $3, $4)" };
    static CHAIN: Statement =
        Statement { name: "CHAIN", text: "SELECT id, account, prev FROM leg ORDER BY id" };
    static LATEST: Statement =
        Statement { name: "LATEST", text: "SELECT path, latest FROM account ORDER BY path" };

    let mut engine = place.writer();
    let older = migrate::ALL.iter().take_while(|change| change.name < "0007").map(copy);
    run(&mut engine, &older.collect::<Vec<_>>()).unwrap();
    engine.begin_write().unwrap();
    engine.run(&ACT, &[Val::Bytes(b"act")]).unwrap();
    for (path, fen) in [("authority:a", -5), ("fund:a", 2), ("fund:b", 3), ("fund:c", 0)] {
        engine.run(&ACCOUNT, &[path.into(), fen.into()]).unwrap();
    }
    for (entry, to, fen) in [(1, "fund:a", 2), (2, "fund:b", 3)] {
        engine.run(&ENTRY, &[entry.into()]).unwrap();
        for (id, account, fen) in [(entry * 2 - 1, "authority:a", -fen), (entry * 2, to, fen)] {
            engine.run(&LEG, &[id.into(), entry.into(), account.into(), fen.into()]).unwrap();
        }
    }
    engine.commit().unwrap();
    let up_to = migrate::ALL.iter().take_while(|change| change.name < "0008").map(copy);
    run(&mut engine, &up_to.collect::<Vec<_>>()).unwrap();
    let mut told = |statement| {
        let mut all = Vec::new();
        let mut each = |row: &dyn Row| {
            let shown = (0..row.width()).map(|column| row.val(column).map(|value| format!("{value:?}")));
            all.push(shown.collect::<Result<Vec<_>, _>>()?.join(" "));
            Ok(())
        };
        engine.rows(statement, &[], &mut each).unwrap();
        all
    };
    let legs = [
        r#"Int(1) Text("authority:a") Null"#,
        r#"Int(2) Text("fund:a") Null"#,
        r#"Int(3) Text("authority:a") Int(1)"#,
        r#"Int(4) Text("fund:b") Null"#,
    ];
    assert_eq!(told(&CHAIN), legs);
    let latest = [
        r#"Text("authority:a") Int(3)"#,
        r#"Text("fund:a") Int(2)"#,
        r#"Text("fund:b") Int(4)"#,
        r#"Text("fund:c") Null"#,
    ];
    assert_eq!(told(&LATEST), latest);
}
