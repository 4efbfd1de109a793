//! The bound file of a case, or of a draft before it is filed: what the pack wants in it, each thing as it was filed last or is
//! written now, or what is missing. It reads no bytes of papers and makes no document.

use super::role_words;
use crate::command::Failure;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::view::filing::{DraftPage, FiledForm, FormWanted};
use crate::writer::App;
use domain::case::{Case, Paper, plan_year};
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Pack, Words};
use policy::procedure::{Bound, Leaf, Procedure};

/// What a bound file consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundFile {
    /// Its title.
    pub name: Words,
    /// The number of the case; empty while it is a draft.
    pub number: String,
    /// The plan year.
    pub year: i16,
    /// A draft with something still to fill in or to mend.
    pub unfinished: bool,
    /// The title of the case.
    pub title: String,
    /// The applicant.
    pub applicant: String,
    /// The day of the latest version, or of the draft.
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
        let what = |leaf: &Leaf| match leaf {
            Leaf::Paper(id) => Ok(of_files(files(&case, id))),
            Leaf::Form(id) => self.form_in(viewer, (&pack, procedure, &case), id).map(of_form),
        };
        Ok(Some(BoundFile {
            name: bound.name.clone(),
            number: case.number.clone(),
            year: case.year,
            unfinished: false,
            title: case.title.clone(),
            on: current.on,
            holds: leaves(&pack, &bound.holds, &what)?,
            along: leaves(&pack, &bound.along, &what)?,
            copies: bound.copies,
            seals: self.sealers(&pack, (procedure, bound), Some(&case), &applicant)?,
            states: bound.states.clone(),
            cite: bound.cite.to_string(),
            applicant,
        }))
    }

    /// The bound file as it would be if this draft were filed as it stands; `None` when its procedure has none or the form of the
    /// draft is not in it.
    pub fn bound_draft(&self, viewer: &Viewer, key: &str) -> Result<Option<BoundFile>, Failure> {
        let page = self.draft_page(viewer, key)?;
        let (Some(procedure), Some(bound)) = (page.procedure(), page.bound()) else { return Ok(None) };
        let case = page.draft.case.map(|id| self.case_read(viewer, id)).transpose()?;
        let today = self.today();
        let pack = &*page.pack;
        let own = page.form().map(|form| form.id.as_str());
        let what = |leaf: &Leaf| match leaf {
            Leaf::Form(id) if own == Some(id) => Ok(of_form(page.shown(today))),
            Leaf::Form(id) => match &case {
                Some(case) => self.form_in(viewer, (pack, procedure, case), id).map(of_form),
                None => Ok(BoundWhat::Missing),
            },
            Leaf::Paper(id) => {
                let added = page.draft.papers.iter().filter(|paper| paper.paper == *id).cloned();
                let added: Vec<Paper> = added.collect();
                let before = case.as_ref().filter(|_| added.is_empty());
                Ok(of_files(before.map_or(added, |case| files(case, id))))
            }
        };
        let mut names = Names::of(self);
        let applicant = names.org(Some(case.as_ref().map_or(viewer.org, |case| case.applicant)))?;
        let year = procedure.listed.year.as_ref().and_then(|f| plan_year(page.draft.data.get("", None, f)));
        Ok(Some(BoundFile {
            name: bound.name.clone(),
            number: case.as_ref().map(|case| case.number.clone()).unwrap_or_default(),
            year: year.unwrap_or(today.year()),
            unfinished: !page.check.is_clean(),
            title: page.title(),
            on: today,
            holds: leaves(pack, &bound.holds, &what)?,
            along: leaves(pack, &bound.along, &what)?,
            copies: bound.copies,
            seals: self.sealers(pack, (procedure, bound), case.as_ref(), &applicant)?,
            states: bound.states.clone(),
            cite: bound.cite.to_string(),
            applicant,
        }))
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
        case: Option<&Case>,
        applicant: &str,
    ) -> Result<Vec<(Words, String)>, Failure> {
        let mut names = Names::of(self);
        let mut all = Vec::new();
        for role in &bound.seals {
            let own = procedure.applicant.as_deref() == Some(role)
                || procedure.steps.first().and_then(|id| pack.steps.get(id)).is_some_and(|s| s.by == *role);
            let acted = |done: &&domain::case::Done| !done.void && done.meta.role.as_deref() == Some(role);
            let name = match case.and_then(|case| case.trail.iter().rev().find(acted)) {
                _ if own => applicant.to_owned(),
                Some(done) => names.org(done.meta.org)?,
                None => String::new(),
            };
            all.push((role_words(pack, role), name));
        }
        Ok(all)
    }
}

/// Each thing with its name, and what is there of it.
fn leaves(
    pack: &Pack,
    of: &[Leaf],
    what: &dyn Fn(&Leaf) -> Result<BoundWhat, Failure>,
) -> Result<Vec<BoundLeaf>, Failure> {
    let leaf = |leaf: &Leaf| -> Result<BoundLeaf, Failure> {
        let (name, optional) = match leaf {
            Leaf::Paper(id) => {
                let paper = pack.papers.get(id);
                let optional = paper.is_some_and(|paper| paper.optional || paper.when.is_some());
                (paper.map_or_else(|| Words::new(id, id), |paper| paper.name.clone()), optional)
            }
            Leaf::Form(id) => {
                (pack.forms.get(id).map_or_else(|| Words::new(id, id), |form| form.name.clone()), false)
            }
        };
        Ok(BoundLeaf { name, optional, what: what(leaf)? })
    };
    of.iter().map(leaf).collect()
}

fn of_form(form: Option<FiledForm>) -> BoundWhat {
    form.map_or(BoundWhat::Missing, |form| BoundWhat::Form(Box::new(form)))
}

fn of_files(files: Vec<Paper>) -> BoundWhat {
    if files.is_empty() { BoundWhat::Missing } else { BoundWhat::Files(files) }
}

impl DraftPage {
    /// The bound file that this draft's form is part of.
    pub fn bound(&self) -> Option<&Bound> {
        let own = self.form()?.id.as_str();
        let bound = self.procedure()?.bound.as_ref();
        bound.filter(|bound| bound.leaves().any(|leaf| matches!(leaf, Leaf::Form(id) if id == own)))
    }
}

/// The files of a paper: those of the newest version that has it, else of the last step that added it and stands.
fn files(case: &Case, id: &str) -> Vec<Paper> {
    let filed = case.declared.iter().rev().map(|declared| &declared.papers);
    let added = case.trail.iter().rev().filter(|done| !done.void).map(|done| &done.papers);
    let of = |papers: &Vec<Paper>| papers.iter().filter(|paper| paper.paper == id).cloned().collect();
    filed.chain(added).map(of).find(|files: &Vec<Paper>| !files.is_empty()).unwrap_or_default()
}
