//! The desk of a first step that files no form: an order, a plan that arrives. Nothing exists yet; the case is shown as it would
//! be when its first step is about to be done.

use super::DeskPage;
use crate::command::Failure;
use crate::drafts::{builds_on, no_parent};
use crate::usecase::desk_name;
use crate::view::Viewer;
use crate::view::case::CasePage;
use crate::view::filing::{ParentCase, order_step};
use crate::writer::App;
use domain::case::{Case, Surroundings, begun};
use domain::{Actor, Context, Reason, Refusal};
use kernel::calendar::Calendar;
use kernel::id::CaseId;
use policy::pack::Words;
use policy::procedure::{Procedure, Step};
use std::collections::BTreeSet;

/// What a case that does not exist yet will be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begins {
    /// The procedure.
    pub procedure: String,
    /// Its name.
    pub name: Words,
    /// The case that it builds on: number and title.
    pub parent: Option<(CaseId, String, String)>,
}

/// What may be chosen before something begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeginChoice {
    /// The procedure's name.
    pub name: Words,
    /// The first step.
    pub step: Words,
    /// Its clause.
    pub cite: String,
    /// What it is about; `None` when it is about nothing.
    pub parent: Option<Words>,
    /// It may also be about nothing.
    pub optional: bool,
    /// The cases that it can be about.
    pub parents: Vec<ParentCase>,
}

impl App {
    /// What may be chosen before an order begins.
    pub fn begin_choice(&self, viewer: &Viewer, procedure: &str, text: &str) -> Result<BeginChoice, Failure> {
        let (of, step) = order_of(viewer, procedure)?;
        Ok(BeginChoice {
            name: of.name.clone(),
            step: step.name.clone(),
            cite: step.cite.to_string(),
            parent: of
                .parent
                .as_ref()
                .and_then(|id| viewer.pack.procedures.get(id))
                .map(|parent| parent.name.clone()),
            optional: of.parent_optional,
            parents: self.parents_for(viewer, of, text)?,
        })
    }

    /// The desk of an order's first step, about a case or about nothing.
    pub fn begin_desk(
        &self,
        viewer: &Viewer,
        procedure: &str,
        parent: Option<CaseId>,
    ) -> Result<DeskPage, Failure> {
        let pack = &viewer.pack;
        let (of, step) = order_of(viewer, procedure)?;
        let parent = match parent.filter(|_| of.parent.is_some()) {
            Some(id) => Some(self.case(viewer, id)?).filter(|case| builds_on(of, case, viewer)),
            None => None,
        };
        if of.parent.is_some() && parent.is_none() && !of.parent_optional {
            return Err(Refusal::under(step.cite.to_string(), no_parent(pack, of)).into());
        }
        let about = parent.as_ref().map_or(viewer.org, |parent| parent.applicant);
        let applicant =
            self.org(about)?.ok_or_else(|| Failure::from(Reason::NotFound { what: "单位".into() }))?;
        let actor = self.actor_of(viewer)?;
        let calendar = Calendar::known_on(self.today());
        let ctx = Context { pack, today: self.today(), calendar: &calendar, actor: &actor };
        let year = self.year(&pack.id, self.today().year())?;
        let around = Surroundings {
            id: CaseId(0),
            number: "",
            applicant: &applicant,
            parent: parent.as_ref(),
            year: year.as_ref(),
            rival: None,
            twin: None,
            alike: &[],
            bars: &[],
        };
        let (_, case) = begun(of, around, ctx)?;
        let begins = Begins {
            procedure: of.id.clone(),
            name: of.name.clone(),
            parent: parent.map(|parent| (parent.id, parent.number, parent.title)),
        };
        let page = self.unborn(viewer, case, of, applicant.name.clone())?;
        let mut desk = self.desk_of(viewer, page, step.clone())?;
        desk.begins = Some(begins);
        Ok(desk)
    }

    /// The viewer as who decides, with all organisations that the hands belong to.
    pub(in crate::view) fn actor_of(&self, viewer: &Viewer) -> Result<Actor, Failure> {
        let mut belongs = BTreeSet::new();
        for person in viewer.hands().persons() {
            let found = self.person(person)?.map(|person| person.memberships).unwrap_or_default();
            belongs.extend(found.into_iter().map(|held| held.org));
        }
        Ok(viewer.actor(belongs))
    }

    /// The head of a case that does not exist yet.
    fn unborn(
        &self,
        viewer: &Viewer,
        case: Case,
        of: &Procedure,
        applicant: String,
    ) -> Result<CasePage, Failure> {
        let pack = std::sync::Arc::clone(&viewer.pack);
        Ok(CasePage {
            procedure: of.name.clone(),
            standing: case.standing(),
            applicant,
            desk: desk_name(&pack, case.desk),
            firm: String::new(),
            parties: Vec::new(),
            place: None,
            parent: None,
            plan: None,
            plan_open: false,
            next: self.next_acts(viewer, &pack, &case)?,
            sent_back: None,
            may_withdraw: false,
            amounts: Vec::new(),
            last_seq: 0,
            acts: 0,
            case,
            pack,
        })
    }
}

/// A procedure that the viewer's role begins without a form, and its first step.
fn order_of<'v>(viewer: &'v Viewer, procedure: &str) -> Result<(&'v Procedure, &'v Step), Failure> {
    let of = viewer.pack.procedures.get(procedure);
    let found = of.and_then(|of| Some((of, order_step(&viewer.pack, of, &viewer.role)?)));
    found.ok_or_else(|| Reason::NotFound { what: "办理事项".into() }.into())
}
