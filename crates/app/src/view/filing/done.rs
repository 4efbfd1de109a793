//! After filing: the number, and who does what next by when.

use crate::command::Failure;
use crate::view::Viewer;
use crate::writer::App;
use domain::case::open_steps;
use kernel::deadline::Due;
use kernel::id::CaseId;
use policy::pack::Words;

/// A step that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextShown {
    /// Who does it.
    pub who: Words,
    /// What is done.
    pub step: Words,
    /// Until when.
    pub due: Option<Due>,
    /// The clause.
    pub cite: String,
}

/// What was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingDone {
    /// The case's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The version filed last.
    pub version: u32,
    /// What comes next.
    pub next: Vec<NextShown>,
}

impl App {
    /// What was filed last on a case, and what happens next.
    pub fn filing_done(&self, viewer: &Viewer, id: CaseId) -> Result<FilingDone, Failure> {
        let case = self.case(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let next = open_steps(&pack, &case).into_iter().map(|open| NextShown {
            who: pack.roles.get(&open.step.by).map(|role| role.name.clone()).unwrap_or_default(),
            step: open.step.name.clone(),
            due: open.due,
            cite: open.step.cite.to_string(),
        });
        Ok(FilingDone {
            next: next.collect(),
            version: case.current().map_or(0, |declared| declared.version),
            number: case.number,
            title: case.title,
        })
    }
}
