//! The bound file of a case: what the pack wants in it, each thing as it was filed last, or what is missing. It reads no
//! bytes of papers and makes no document.

use super::role_words;
use crate::command::Failure;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::view::filing::{FiledForm, FormWanted};
use crate::writer::App;
use domain::case::{Case, Paper};
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Pack, Words};
use policy::procedure::{Bound, Leaf, Procedure};

/// What a bound file consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundFile {
    /// Its title.
    pub name: Words,
    /// The number of the case.
    pub number: String,
    /// The title of the case.
    pub title: String,
    /// The applicant.
    pub applicant: String,
    /// The day of the latest version.
    pub on: Date,
    /// What is bound, in order.
    pub holds: Vec<BoundLeaf>,
    /// What goes along with it.
    pub along: Vec<BoundLeaf>,
    /// In how many copies.
    pub copies: u32,
    /// Who seals it: the role, and the organisation where it is known.
    pub seals: Vec<(Words, String)>,
    /// What they state.
    pub states: Option<Words>,
    /// The article.
    pub cite: String,
}

impl BoundFile {
    /// Everything in it, in printed order.
    pub fn leaves(&self) -> impl Iterator<Item = &BoundLeaf> {
        self.holds.iter().chain(&self.along)
    }
}

/// One thing of a bound file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundLeaf {
    /// Its name.
    pub name: Words,
    /// It may be missing.
    pub optional: bool,
    /// What is there.
    pub what: BoundWhat,
}

/// What is there of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundWhat {
    /// A form.
    Form(Box<FiledForm>),
    /// The files of a paper.
    Files(Vec<Paper>),
    /// Nothing.
    Missing,
}

impl App {
    /// The bound file of a case; `None` when its procedure has none or nothing was filed yet.
    pub fn bound_file(&self, viewer: &Viewer, id: CaseId) -> Result<Option<BoundFile>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let Some(procedure) = pack.procedures.get(&case.procedure) else { return Ok(None) };
        let (Some(bound), Some(current)) = (&procedure.bound, case.current()) else { return Ok(None) };
        let applicant = Names::of(self).org(Some(case.applicant))?;
        let leaves = |of: &[Leaf]| -> Result<Vec<BoundLeaf>, Failure> {
            of.iter().map(|leaf| self.leaf(viewer, (&pack, procedure, &case), leaf)).collect()
        };
        Ok(Some(BoundFile {
            name: bound.name.clone(),
            number: case.number.clone(),
            title: case.title.clone(),
            on: current.on,
            holds: leaves(&bound.holds)?,
            along: leaves(&bound.along)?,
            copies: bound.copies,
            seals: self.sealers(&pack, (procedure, bound), &case, &applicant)?,
            states: bound.states.clone(),
            cite: bound.cite.to_string(),
            applicant,
        }))
    }

    fn leaf(
        &self,
        viewer: &Viewer,
        (pack, procedure, case): (&Pack, &Procedure, &Case),
        leaf: &Leaf,
    ) -> Result<BoundLeaf, Failure> {
        Ok(match leaf {
            Leaf::Paper(id) => {
                let paper = pack.papers.get(id);
                let files = files(case, id);
                BoundLeaf {
                    name: paper.map_or_else(|| Words::new(id, id), |paper| paper.name.clone()),
                    optional: paper.is_some_and(|paper| paper.optional || paper.when.is_some()),
                    what: if files.is_empty() { BoundWhat::Missing } else { BoundWhat::Files(files) },
                }
            }
            Leaf::Form(id) => {
                let form = self.form_in(viewer, (pack, procedure, case), id)?;
                BoundLeaf {
                    name: pack.forms.get(id).map_or_else(|| Words::new(id, id), |form| form.name.clone()),
                    optional: false,
                    what: form.map_or(BoundWhat::Missing, |form| BoundWhat::Form(Box::new(form))),
                }
            }
        })
    }

    /// The latest filing of a form: a version of the case's own, or the form of a step that stands.
    fn form_in(
        &self,
        viewer: &Viewer,
        (pack, procedure, case): (&Pack, &Procedure, &Case),
        id: &str,
    ) -> Result<Option<FiledForm>, Failure> {
        let of = if procedure.form.as_deref() == Some(id) { "" } else { id };
        if case.filed(of).is_some() {
            let wanted = FormWanted { of: of.to_owned(), ..FormWanted::default() };
            return self.filed_as_wanted(viewer, case.id, &wanted).map(Some);
        }
        let fills = |step: &str| pack.steps.get(step).and_then(|step| step.form.as_deref()) == Some(id);
        let at = case.trail.iter().rposition(|done| !done.void && done.form.is_some() && fills(&done.step));
        at.map(|at| self.form_of_step(viewer, case.id, at)).transpose()
    }

    /// The organisation behind each seal: the applicant, else who last did a step in that role.
    fn sealers(
        &self,
        pack: &Pack,
        (procedure, bound): (&Procedure, &Bound),
        case: &Case,
        applicant: &str,
    ) -> Result<Vec<(Words, String)>, Failure> {
        let mut names = Names::of(self);
        let mut all = Vec::new();
        for role in &bound.seals {
            let own = procedure.applicant.as_deref() == Some(role)
                || procedure.steps.first().and_then(|id| pack.steps.get(id)).is_some_and(|s| s.by == *role);
            let acted = |done: &&domain::case::Done| !done.void && done.meta.role.as_deref() == Some(role);
            let name = match case.trail.iter().rev().find(acted) {
                _ if own => applicant.to_owned(),
                Some(done) => names.org(done.meta.org)?,
                None => String::new(),
            };
            all.push((role_words(pack, role), name));
        }
        Ok(all)
    }
}

/// The files of a paper: those of the newest version that has it, else of the last step that added it and stands.
fn files(case: &Case, id: &str) -> Vec<Paper> {
    let filed = case.declared.iter().rev().map(|declared| &declared.papers);
    let added = case.trail.iter().rev().filter(|done| !done.void).map(|done| &done.papers);
    let of = |papers: &Vec<Paper>| papers.iter().filter(|paper| paper.paper == id).cloned().collect();
    filed.chain(added).map(of).find(|files: &Vec<Paper>| !files.is_empty()).unwrap_or_default()
}
