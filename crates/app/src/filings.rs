//! A form that another program files whole, without a draft: its cells that are sealed are put away before they are in any act.
//! What the form must hold is the act's own question, as it is for one that was typed.

use crate::command::{Command, Failure};
use crate::drafts::{filed_under, filing_step, without_blank_rows};
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use domain::case::{Paper, files, open_steps};
use kernel::id::CaseId;
use policy::form::FormData;
use std::sync::Arc;

/// What begins a case.
#[derive(Debug, Clone)]
pub struct NewFiling {
    /// The procedure.
    pub procedure: String,
    /// The case it builds on.
    pub parent: Option<CaseId>,
    /// The form as typed.
    pub form: FormData,
    /// The papers.
    pub papers: Vec<Paper>,
}

/// What is filed on a case that is there.
#[derive(Debug, Clone)]
pub struct LaterFiling {
    /// The case.
    pub case: CaseId,
    /// At which step; the open one of the viewer's role when absent.
    pub step: Option<String>,
    /// The form as typed. A sealed cell that comes as it was shown stays what it was.
    pub form: FormData,
    /// The papers.
    pub papers: Vec<Paper>,
}

fn unknown(what: &str) -> Failure {
    Reason::NotFound { what: what.to_owned() }.into()
}

impl App {
    /// The act that begins a case with a form.
    pub fn filing(&self, viewer: &Viewer, new: NewFiling) -> Result<Command, Failure> {
        let pack = Arc::clone(&viewer.pack);
        let (_, step, form) =
            filing_step(&pack, &new.procedure, None).ok_or_else(|| unknown("可申报的事项"))?;
        if !step.done_by(&viewer.role) {
            return Err(unknown("可申报的事项"));
        }
        let typed = without_blank_rows(form, &new.form);
        Ok(Command::Declare {
            case: None,
            pack: pack.id.clone(),
            procedure: new.procedure,
            step: None,
            parent: new.parent,
            form: self.seal_form(form, &typed, &FormData::default())?,
            papers: new.papers,
        })
    }

    /// The act that files on a case: a correction, the next version, another form.
    pub fn later_filing(&self, viewer: &Viewer, later: LaterFiling) -> Result<Command, Failure> {
        let case = self.case(viewer, later.case)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let open = || {
            let open = open_steps(&pack, &case).into_iter().map(|open| open.step);
            open.into_iter()
                .find(|step| files(step.act) && step.done_by(&viewer.role))
                .map(|step| step.id.clone())
        };
        let step = later.step.or_else(open);
        let (procedure, step, form) =
            filing_step(&pack, &case.procedure, step.as_deref()).ok_or_else(|| unknown("可报送的环节"))?;
        let before = case.filed(&filed_under(procedure, step));
        let kept = before.map_or_else(FormData::default, |declared| declared.form.clone());
        let typed = as_before(&without_blank_rows(form, &later.form), &kept);
        Ok(Command::Declare {
            case: Some(later.case),
            pack: pack.id.clone(),
            procedure: case.procedure.clone(),
            step: Some(step.id.clone()),
            parent: None,
            form: self.seal_form(form, &typed, &kept)?,
            papers: later.papers,
        })
    }
}

/// A cell that comes as it was shown, masked, is the sealed cell that stood there.
fn as_before(typed: &FormData, kept: &FormData) -> FormData {
    let back = |text: &mut String, before: Option<&String>| {
        if let Some(before) = before.filter(|before| crate::vault::shown(before) == *text) {
            text.clone_from(before);
        }
    };
    let mut typed = typed.clone();
    for (id, text) in &mut typed.fields {
        back(text, kept.fields.get(id));
    }
    for (part, rows) in &mut typed.tables {
        for (at, row) in rows.iter_mut().enumerate() {
            let before = kept.tables.get(part).and_then(|rows| rows.get(at));
            for (id, text) in row.iter_mut() {
                back(text, before.and_then(|cells| cells.get(id)));
            }
        }
    }
    typed
}
