//! What an office may begin without a form: orders and papers that arrive; and the cases that something new can build on.

use super::home::ParentCase;
use crate::command::Failure;
use crate::drafts::builds_on;
use crate::rows::{CaseFilter, CaseRow};
use crate::view::Viewer;
use crate::writer::App;
use domain::case::{files, performs};
use policy::pack::{Pack, Words};
use policy::procedure::{Procedure, Step, Subject};

/// The most cases that a picker offers.
pub const PARENTS_MAX: usize = 100;

/// Something that begins with a step instead of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The procedure.
    pub procedure: String,
    /// Its name.
    pub name: Words,
    /// What is done first.
    pub step: Words,
    /// The clause.
    pub cite: String,
    /// What it is about.
    pub parent: Option<Words>,
    /// It may also be about nothing.
    pub parent_optional: bool,
}

/// The first step of a procedure that files no form, for a role.
pub(in crate::view) fn order_step<'p>(pack: &'p Pack, procedure: &Procedure, role: &str) -> Option<&'p Step> {
    let simple =
        |step: &&Step| !files(step.act) && performs(step.act) && step.publish.is_none() && step.done_by(role);
    pack.start_steps(procedure).into_iter().filter(|_| procedure.subject == Subject::Case).find(simple)
}

/// Whether a role begins anything without a form.
pub fn begins(viewer: &Viewer) -> bool {
    let pack = &viewer.pack;
    pack.procedures.iter().any(|procedure| order_step(pack, procedure, &viewer.role).is_some())
}

impl App {
    /// What this role may begin without a form.
    pub fn orders(&self, viewer: &Viewer) -> Vec<Order> {
        let pack = &viewer.pack;
        let order = |procedure: &Procedure| {
            let step = order_step(pack, procedure, &viewer.role)?;
            let parent = procedure.parent.as_ref().and_then(|id| pack.procedures.get(id));
            Some(Order {
                procedure: procedure.id.clone(),
                name: procedure.name.clone(),
                step: step.name.clone(),
                cite: step.cite.to_string(),
                parent: parent.map(|parent| parent.name.clone()),
                parent_optional: procedure.parent_optional,
            })
        };
        pack.procedures.iter().filter_map(order).collect()
    }

    /// The cases that a new one of this procedure can build on, newest first; `text` narrows by number, title or name.
    pub fn parents_for(
        &self,
        viewer: &Viewer,
        procedure: &Procedure,
        text: &str,
    ) -> Result<Vec<ParentCase>, Failure> {
        let Some(of) = &procedure.parent else { return Ok(Vec::new()) };
        let mut filter = CaseFilter::within(viewer.scope.clone(), PARENTS_MAX);
        filter.procedure = Some(of.clone());
        filter.text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut found = Vec::new();
        let mut rows = self.reads.cases(&filter)?.rows;
        for id in viewer.carries.iter().rev() {
            let fits = |row: &CaseRow| row.procedure == *of && row.title.contains(text.trim());
            rows.extend(self.reads.case(*id)?.filter(fits));
        }
        for row in rows {
            if !builds_on(procedure, &self.case(viewer, row.case)?, viewer) {
                continue;
            }
            found.push(ParentCase {
                case: row.case,
                number: row.number,
                title: row.title,
                taken: None,
                draft: None,
            });
        }
        Ok(found)
    }
}
