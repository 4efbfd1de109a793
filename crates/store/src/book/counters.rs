//! The counters that a transaction used: each is read once and written once, at the commit, however many numbers it gave.

use std::collections::BTreeMap;

use crate::engine::{Engine, Fault};
use crate::slice::counter;

/// Counters of one transaction.
#[derive(Debug, Default)]
pub(super) struct Counters {
    known: BTreeMap<String, Counter>,
    /// The counters that gave a number since the mark, once for each number.
    since_mark: Vec<String>,
}

#[derive(Debug)]
struct Counter {
    /// The last number that it gave.
    last: i64,
    /// The last number that the database knows of.
    stored: i64,
}

impl Counters {
    /// The next number, from 1.
    pub(super) fn next(&mut self, engine: &mut dyn Engine, name: &str) -> Result<i64, Fault> {
        let (last, stored) = match self.known.get(name) {
            Some(counter) => (counter.last, counter.stored),
            None => {
                let stored = counter::last(engine, name)?;
                (stored, stored)
            }
        };
        let last = last.checked_add(1).ok_or_else(Fault::shape)?;
        self.known.insert(name.to_owned(), Counter { last, stored });
        self.since_mark.push(name.to_owned());
        Ok(last)
    }

    /// Numbers given up to here stay given.
    pub(super) fn mark(&mut self) {
        self.since_mark.clear();
    }

    /// Takes back the numbers given since the mark.
    pub(super) fn undo(&mut self) {
        for name in self.since_mark.drain(..) {
            if let Some(counter) = self.known.get_mut(&name) {
                counter.last -= 1;
            }
        }
    }

    /// Writes the counters that gave numbers which were not taken back.
    pub(super) fn write(&mut self, engine: &mut dyn Engine) -> Result<(), Fault> {
        for (name, counter) in &mut self.known {
            if counter.last != counter.stored {
                counter::set(engine, name, counter.last)?;
                counter.stored = counter.last;
            }
        }
        Ok(())
    }
}
