//! Schema changes go forward only; a past that was edited, or is newer than the program, is refused.

use store::migrate::{self, Migration};
use store::{AnyEngine, FaultKind};

use crate::support::{self, Place};

conformance! {
    what_is_missing_is_applied_once,
    an_edited_or_newer_past_is_refused,
    a_change_that_fails_leaves_nothing,
}

static FIRST: Migration =
    Migration { name: "0001_a", scripts: &["CREATE TABLE a (x BIGINT\n);\n"], append_only: &["a"] };
static SECOND: Migration =
    Migration { name: "0002_b", scripts: &["CREATE TABLE b (x TEXT\n);\n"], append_only: &[] };

fn run(engine: &mut AnyEngine, migrations: &[Migration]) -> Result<Vec<&'static str>, FaultKind> {
    migrate::run(engine, migrations, support::NOW).map_err(|fault| fault.kind)
}

fn copy(migration: &Migration) -> Migration {
    Migration { name: migration.name, scripts: migration.scripts, append_only: migration.append_only }
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
