//! Each statement of the registry compiles on the engine, binds `$n` in order, and has a name of its own.

use std::collections::BTreeSet;

use store::{migrate, sql};

use crate::support::{self, Place};

conformance! {
    each_statement_prepares,
    a_statement_that_binds_out_of_order_is_found,
}

fn each_statement_prepares(place: &Place) {
    let mut engine = place.writer();
    migrate::run(&mut engine, migrate::ALL, support::NOW).unwrap();
    let mut names = BTreeSet::new();
    for statement in sql::all() {
        engine.prepare(statement).unwrap_or_else(|fault| panic!("{}: {fault:?}", statement.name));
        assert!(names.insert(statement.name), "{} has two meanings", statement.name);
    }
    assert!(names.len() > 80, "the registry lost slices: {}", names.len());
}

fn a_statement_that_binds_out_of_order_is_found(place: &Place) {
    static BACKWARDS: store::Statement = store::Statement {
        name: "BACKWARDS",
        text: "SELECT name FROM counter WHERE value = $2 AND name = $1",
    };
    let mut engine = place.writer();
    migrate::run(&mut engine, migrate::ALL, support::NOW).unwrap();
    assert_eq!(engine.prepare(&BACKWARDS).unwrap_err().place, "BACKWARDS");
}

#[test]
fn each_schema_statement_keeps_to_the_portable_types() {
    for migration in migrate::ALL {
        for script in migration.scripts {
            for word in ["INTEGER", "BLOB", "REAL", "AUTOINCREMENT", "STRICT", "WITHOUT ROWID"] {
                assert!(!script.contains(word), "{} says {word}", migration.name);
            }
        }
    }
}
