//! The tests of the store. What a book promises is one suite, run on each engine; the rest is about one engine's files.

/// Runs tests that take a place on each engine. A test that is not listed is unused, and the compiler says so.
macro_rules! conformance {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $test() {
                super::$test(&$crate::support::Place::new());
            })*
        }

        mod postgres {
            $(#[test]
            fn $test() {
                if let Some(place) = $crate::support::Place::on_server() {
                    super::$test(&place);
                }
            })*
        }
    };
}

mod backup;
mod book;
mod crash;
mod damage;
mod engines;
mod find;
mod house;
mod line;
mod migrations;
mod money;
mod moved;
mod portable;
mod processes;
mod rosters;
mod rows;
mod said;
mod samples;
mod statements;
mod support;
mod waiting;
