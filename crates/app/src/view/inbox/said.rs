//! What was said to this role beside the steps: copies, a page at a time, and when its tasks were urged last.

use super::{CopyRow, Place, Todo};
use crate::command::Failure;
use crate::ports::PageOf;
use crate::rows::CopyFilter;
use crate::time::day_of;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::writer::App;
use domain::Hands;

/// Copies a page.
const COPIES_A_PAGE: usize = 50;

impl App {
    /// The copies to a viewer's role of cases in its scope, newest first, after the key of the page before.
    pub fn copies(&self, viewer: &Viewer, after: Option<&str>) -> Result<PageOf<CopyRow>, Failure> {
        let page = self.reads.copies(&CopyFilter {
            role: viewer.role.clone(),
            scope: viewer.scope.clone(),
            after: after.map(str::to_owned),
            limit: COPIES_A_PAGE,
        })?;
        let mut names = Names::of(self);
        let mut rows = Vec::with_capacity(page.rows.len());
        for copied in page.rows {
            let said = copied.said;
            let hands = said.person.map(|person| Hands { person, behalf: said.behalf });
            rows.push(CopyRow {
                case: said.case,
                number: copied.number,
                title: copied.title,
                person: names.hands(hands)?,
                org: names.org(said.org)?,
                text: said.text,
                on: day_of(said.at),
            });
        }
        Ok(PageOf { rows, next: page.next, total: page.total })
    }

    /// Marks the tasks that were urged since they wait.
    pub(super) fn mark_urged(&self, todo: &mut [Todo]) -> Result<(), Failure> {
        let cases: Vec<_> = todo.iter().filter_map(|row| step_of(&row.place)).map(|(case, _)| case).collect();
        let urged = self.reads.urged(&cases)?;
        for row in todo {
            let Some((case, step)) = step_of(&row.place) else { continue };
            let found = urged.iter().find(|urged| urged.case == case && urged.step == step);
            row.urged = found.map(|urged| day_of(urged.at)).filter(|on| *on >= row.since);
        }
        Ok(())
    }
}

/// The step of a case that a task waits at.
fn step_of(place: &Place) -> Option<(kernel::id::CaseId, &str)> {
    match place {
        Place::CaseStep(case, step) | Place::Correct(case, _, step) => Some((*case, step)),
        _ => None,
    }
}
