//! Drafts that come from the rows of a table: begun in memory, looked at, and then kept together or not at all.

use super::start::no_parent;
use super::{FilingDraft, filing_step, key_of, may_file, unknown};
use crate::command::Failure;
use crate::rows::Draft;
use crate::view::Viewer;
use crate::writer::App;
use policy::form::FormData;

impl App {
    /// An empty draft of a procedure that needs no other case, filled in as far as the pack says; it is not kept.
    pub(crate) fn unkept_draft(&self, viewer: &Viewer, procedure: &str) -> Result<FilingDraft, Failure> {
        let pack = &viewer.pack;
        let (of, step, form) = filing_step(pack, procedure, None).ok_or_else(unknown)?;
        may_file(viewer, step)?;
        if of.parent.is_some() && !of.parent_optional {
            return Err(domain::Refusal::under(step.cite.to_string(), no_parent(pack, of)).into());
        }
        Ok(FilingDraft {
            key: String::new(),
            version: 0,
            updated: 0,
            procedure: procedure.to_owned(),
            parent: None,
            case: None,
            step: None,
            data: self.prefilled(viewer, pack, step, form, None)?,
            papers: Vec::new(),
            filed: None,
        })
    }

    /// The key of a draft that the same seed always gives.
    pub(crate) fn draft_key(viewer: &Viewer, seed: &str) -> String {
        key_of(viewer, seed)
    }

    /// Keeps new drafts, all or none. One that is there already stays as its owner left it.
    pub fn keep_drafts(&self, viewer: &Viewer, drafts: &[FilingDraft]) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let (_, step, form) = draft.place(&viewer.pack).ok_or_else(unknown)?;
            may_file(viewer, step)?;
            let data = self.seal_form(form, &draft.data, &FormData::default())?;
            let sealed = FilingDraft { data, ..draft.clone() };
            rows.push(Draft {
                owner: viewer.org,
                key: draft.key.clone(),
                version: 0,
                body: sealed.body()?,
                updated: self.clock.now(),
            });
        }
        Ok(self.house.put_drafts(&rows)?)
    }
}
