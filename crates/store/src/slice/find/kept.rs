//! Bringing the index up to date. What the next commands change is mostly what the last ones did, the rows of the newest block, so
//! that the one who writes keeps the rows that it wrote, as they are stored, and need not read them again.
//!
//! Whoever keeps them drops them when a transaction is given up, and when somebody else may have written.

use std::collections::HashMap;

use app::rows::CaseRow;

use super::set::{self, Block, split};
use super::term::{self, Digests};
use crate::engine::{Engine, Fault, Val};
use crate::sql::find as sql;

/// So many rows are kept at most: most are some bytes long, and none is longer than 512.
const KEPT_MAX: usize = 1 << 16;

/// Marks of a new case, more or less.
const MARKS: usize = 128;

/// A slot, the place of a case in its block, and whether the case enters the slot or leaves it.
pub type Mark = (i64, u16, bool);

/// What changes from what rows were, if they were, to what they are now: by slot, then by place.
pub fn marks<'r>(changes: impl Iterator<Item = (Option<&'r CaseRow>, &'r CaseRow)>) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(changes.size_hint().0 * MARKS);
    let mut digests = Digests::default();
    for (was, is) in changes {
        let (_, place) = split(is.case.get());
        let new = term::slots(is, &mut digests);
        let Some(was) = was else {
            marks.extend(new.map(|slot| (slot, place, true)));
            continue;
        };
        let (new, old) = (in_order(new), in_order(term::slots(was, &mut digests)));
        let beside = |one: &[i64], slot: &i64| one.binary_search(slot).is_err();
        marks.extend(old.iter().filter(|slot| beside(&new, slot)).map(|slot| (*slot, place, false)));
        marks.extend(new.iter().filter(|slot| beside(&old, slot)).map(|slot| (*slot, place, true)));
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn in_order(slots: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut slots: Vec<i64> = slots.collect();
    slots.sort_unstable();
    slots
}

/// Rows of the index by slot, as they are stored; none for a slot that has no row.
#[derive(Debug, Default)]
pub struct Kept(HashMap<i64, Vec<u8>>);

impl Kept {
    /// Makes changes in the index, which come by slot.
    pub fn change(&mut self, engine: &mut dyn Engine, marks: &[Mark]) -> Result<(), Fault> {
        let changed = self.change_each(engine, marks);
        if changed.is_err() || self.0.len() > KEPT_MAX {
            *self = Self::default();
        }
        changed
    }

    fn change_each(&mut self, engine: &mut dyn Engine, marks: &[Mark]) -> Result<(), Fault> {
        let of_slot = || {
            marks.chunk_by(|one, next| one.0 == next.0).filter_map(|marks| Some((marks.first()?.0, marks)))
        };
        let unknown: Vec<i64> =
            of_slot().map(|(slot, _)| slot).filter(|slot| !self.0.contains_key(slot)).collect();
        if !unknown.is_empty() {
            engine.by_ids(&sql::FIND_SLOTS, &unknown, &mut |row| {
                self.0.insert(row.int(0)?, Block::read(row.bytes(1)?)?.bytes());
                Ok(())
            })?;
        }
        for (slot, marks) in of_slot() {
            let stored = self.0.entry(slot).or_default();
            set::change(stored, marks.iter().map(|(_, place, is)| (*place, *is)))?;
            if stored.is_empty() {
                engine.run(&sql::FIND_DROP, &[slot.into()])?;
            }
        }
        let written = of_slot().filter_map(|(slot, _)| Some((slot, self.0.get(&slot)?.as_slice())));
        let values: Vec<Val<'_>> = written
            .filter(|(_, stored)| !stored.is_empty())
            .flat_map(|(slot, stored)| [slot.into(), stored.into()])
            .collect();
        engine.bulk_put(&sql::FIND_PUT, 2, &values).map(drop)
    }
}
