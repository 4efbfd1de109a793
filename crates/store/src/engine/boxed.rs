//! An engine whose database is chosen when the program starts; and one whose transactions are all parts of a single one.

use super::{Each, Engine, Fault, Statement, Val};

/// A connection to whichever database was chosen.
pub type AnyEngine = Box<dyn Engine + Send>;

/// Hands calls on to the engine inside.
macro_rules! hand_on {
    ($($name:ident($($arg:ident: $of:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&mut self, $($arg: $of),*) -> Result<$answer, Fault> {
            self.inner().$name($($arg),*)
        })*
    };
    (statements) => {
        hand_on! {
            script(sql: &str) -> ();
            append_only(table: &str) -> ();
            prepare(statement: &'static Statement) -> ();
            run(statement: &'static Statement, params: &[Val<'_>]) -> u64;
            rows(statement: &'static Statement, params: &[Val<'_>], each: Each<'_>) -> ();
            by_ids(statement: &'static Statement, ids: &[i64], each: Each<'_>) -> ();
            bulk_put(statement: &'static Statement, width: usize, values: &[Val<'_>]) -> u64;
            savepoint() -> ();
            keep() -> ();
            undo() -> ();
            check() -> Vec<String>;
        }
    };
}

/// The engine inside.
trait Inner {
    fn inner(&mut self) -> &mut dyn Engine;
}

impl Inner for AnyEngine {
    fn inner(&mut self) -> &mut dyn Engine {
        &mut **self
    }
}

impl Engine for AnyEngine {
    hand_on!(statements);
    hand_on! {
        begin_read() -> ();
        begin_write() -> ();
        commit() -> ();
        rollback() -> ();
    }
}

/// An engine inside a transaction that somebody else began and ends: what is begun and committed here is part of it.
pub(crate) struct Whole<'e>(pub(crate) &'e mut (dyn Engine + Send));

impl Inner for Whole<'_> {
    fn inner(&mut self) -> &mut dyn Engine {
        &mut *self.0
    }
}

impl Engine for Whole<'_> {
    hand_on!(statements);

    fn begin_read(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn begin_write(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}
