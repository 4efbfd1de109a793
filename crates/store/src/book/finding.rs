//! What cases are found by waits for the commit: a row of the index serves 4,096 cases, and the commands of a batch share most of
//! its rows. Only one question of a command needs the index before: what looks alike; it is asked of the waiting cases beside it.

use std::collections::BTreeMap;

use app::rows::CaseRow;
use kernel::id::CaseId;

use crate::engine::{Engine, Fault};
use crate::slice::find;

/// A transaction without commands writes after so many cases.
const WAITING_MAX: usize = 4_096;

/// A case whose index rows wait: as the index knows it, and as it is.
#[derive(Debug, Clone)]
struct Waiting {
    was: Option<CaseRow>,
    is: CaseRow,
}

/// The cases of a transaction.
#[derive(Debug, Default)]
pub(super) struct Finding {
    waiting: BTreeMap<CaseId, Waiting>,
    /// What stood before each change since the mark, oldest first.
    before: Vec<(CaseId, Option<Waiting>)>,
}

impl Finding {
    /// Whether the case waits, so that the database need not be asked what it was.
    pub(super) fn holds(&self, case: CaseId) -> bool {
        self.waiting.contains_key(&case)
    }

    /// Takes a case; `was` is what the index knows of it, unless it waits already.
    pub(super) fn put(&mut self, was: Option<CaseRow>, is: &CaseRow) {
        let known = self.waiting.get(&is.case).cloned();
        let was = known.as_ref().map_or(was, |known| known.was.clone());
        self.before.push((is.case, known));
        self.waiting.insert(is.case, Waiting { was, is: is.clone() });
    }

    /// Whether so many wait that a transaction without commands should write.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() > WAITING_MAX
    }

    /// The cases that wait, as they are.
    pub(super) fn rows(&self) -> impl Iterator<Item = &CaseRow> {
        self.waiting.values().map(|waiting| &waiting.is)
    }

    /// What is taken from here on can be taken back.
    pub(super) fn mark(&mut self) {
        self.before.clear();
    }

    /// Takes back what was taken since the mark.
    pub(super) fn undo(&mut self) {
        for (case, before) in self.before.drain(..).rev() {
            match before {
                Some(waiting) => self.waiting.insert(case, waiting),
                None => self.waiting.remove(&case),
            };
        }
    }

    /// Brings the index to what the cases are.
    pub(super) fn write(&mut self, engine: &mut dyn Engine) -> Result<(), Fault> {
        self.before.clear();
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let changes: Vec<_> = waiting.values().map(|waiting| (waiting.was.clone(), &waiting.is)).collect();
        find::change(engine, &changes)
    }
}
