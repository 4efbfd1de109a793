//! What cases are found by waits for the commit: a row of the index serves 4,096 cases, and the commands of a batch share most of
//! its rows. Only one question of a command needs the index before: what looks alike; it is asked of the waiting cases beside it.

use std::collections::BTreeMap;
use std::thread;

use app::rows::CaseRow;
use kernel::id::CaseId;

use crate::engine::{Engine, Fault};
use crate::slice::find::{self, Kept, Mark};

/// A transaction without commands writes after so many cases.
const WAITING_MAX: usize = 4_096;
/// So many cases are worth a thread that works out what they change.
const MANY: usize = 32;

/// A case whose index rows wait: as the index knows it, and as it is.
#[derive(Debug, Clone)]
struct Waiting {
    was: Option<CaseRow>,
    is: CaseRow,
}

/// The cases of a transaction, and rows of the index as it left them.
#[derive(Debug, Default)]
pub(super) struct Finding {
    kept: Kept,
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

    /// Does something, and meanwhile works out what the waiting cases change in the index.
    pub(super) fn marks_beside<T>(&self, work: impl FnOnce() -> T) -> (Vec<Mark>, T) {
        thread::scope(|scope| {
            let many = self.waiting.len() >= MANY;
            let beside = many.then(|| thread::Builder::new().spawn_scoped(scope, || self.marks()).ok());
            let done = work();
            let marks = beside.flatten().and_then(|beside| beside.join().ok());
            (marks.unwrap_or_else(|| self.marks()), done)
        })
    }

    /// What the waiting cases change in the index.
    pub(super) fn marks(&self) -> Vec<Mark> {
        find::marks(self.waiting.values().map(|waiting| (waiting.was.as_ref(), &waiting.is)))
    }

    /// Brings the index to what the cases are, by what they change.
    pub(super) fn write(&mut self, engine: &mut dyn Engine, marks: &[Mark]) -> Result<(), Fault> {
        self.waiting.clear();
        self.before.clear();
        if marks.is_empty() { Ok(()) } else { self.kept.change(engine, marks) }
    }

    /// Forgets the cases, which nobody wrote.
    pub(super) fn begin(&mut self) {
        self.waiting.clear();
        self.before.clear();
    }
}
