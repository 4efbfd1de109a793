//! What a new project may choose from: funds with their sides, permitted uses, and the prohibited ones with their article.

use super::approved::Approved;
use super::health::OnFile;
use crate::command::Failure;
use crate::rows::{OrgFilter, Scope};
use crate::view::{Viewer, place_name};
use crate::writer::App;
use domain::Reason;
use domain::source::WHOLE;
use kernel::id::OrgId;
use kernel::region::RegionCode;
use policy::pack::{Fund, Pack, SpendingKind, Words};
use policy::procedure::{Act, Step, Subject};

/// The most units that a form lists.
pub const UNITS_MAX: usize = 300;

/// A use of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Words,
    /// Permitted, prohibited or overhead.
    pub kind: SpendingKind,
    /// The article.
    pub cite: String,
    /// For a prohibited use: words that look like it.
    pub words: Vec<String>,
}

/// The uses of one side of one fund.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// Those that may be chosen.
    pub permitted: Vec<UseChoice>,
    /// Those that may not.
    pub prohibited: Vec<UseChoice>,
    /// Prohibited elsewhere, but not in this fund.
    pub excepted: Vec<UseChoice>,
}

impl Uses {
    /// The prohibited uses that a text looks like, with the word found.
    pub fn looks_like(&self, text: &str) -> Vec<(&UseChoice, &str)> {
        let found = self.prohibited.iter().filter_map(|prohibited| {
            let word = prohibited.words.iter().find(|word| text.contains(word.as_str()))?;
            Some((prohibited, word.as_str()))
        });
        found.collect()
    }
}

/// A booked fund to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Sides with their names; one `all` without a name where it is not split.
    pub sides: Vec<(String, Words)>,
    /// Its years; those in force when it names none.
    pub years: Vec<i16>,
    /// The area it is for.
    pub region: Option<(RegionCode, String)>,
    /// Money of places.
    pub pooled: bool,
}

impl FundChoice {
    /// A booked fund.
    fn of(pack: &Pack, fund: &Fund, now: i16) -> FundChoice {
        let sides = match pack.split_of(fund) {
            Some(split) => split.sides.iter().map(|side| (side.id.clone(), side.name.clone())).collect(),
            None => vec![(WHOLE.to_owned(), Words::default())],
        };
        let years = match fund.years.as_slice() {
            [] => (now - 1..=now + 1).filter(|year| fund.of_year(*year, &pack.in_force)).collect(),
            years => years.to_vec(),
        };
        FundChoice {
            id: fund.id.clone(),
            name: fund.name.clone(),
            cite: fund.cite.to_string(),
            sides,
            years,
            region: fund.region.map(|code| (code, place_name(code))),
            pooled: fund.pooled,
        }
    }
}

/// What a new project is made of.
#[derive(Debug, Clone)]
pub struct ProjectForm {
    /// The step in which projects are opened.
    pub step: Step,
    /// The booked funds.
    pub funds: Vec<FundChoice>,
    /// Units that can carry it out, at most [`UNITS_MAX`].
    pub units: Vec<(OrgId, String)>,
    /// Villages and other places that papers are on file for: key and name.
    pub places: Vec<(String, String)>,
    /// Whether papers of places are asked for at all.
    pub by_place: bool,
    /// The role that decides doubts, and the article.
    pub decides: Option<(String, String)>,
    /// Whether a project comes from an approved one of the library.
    pub from_case: bool,
    /// The approved ones for which no money is registered yet.
    pub cases: Vec<Approved>,
}

/// The uses of one side of one fund.
pub fn uses_of(pack: &Pack, fund: &str, side: &str) -> Uses {
    let mut uses = Uses::default();
    for spending in &pack.spendings {
        let choice = UseChoice {
            id: spending.id.clone(),
            name: spending.name.clone(),
            kind: spending.kind,
            cite: spending.cite.to_string(),
            words: spending.words.clone(),
        };
        let to = match spending.kind {
            _ if spending.allows(fund, side) => &mut uses.permitted,
            SpendingKind::Prohibited if spending.speaks_of(fund, side) => &mut uses.prohibited,
            SpendingKind::Prohibited if spending.except.iter().any(|id| id == fund) => &mut uses.excepted,
            _ => continue,
        };
        to.push(choice);
    }
    uses
}

/// The booked funds of a pack.
pub fn booked_funds(pack: &Pack, now: i16) -> Vec<FundChoice> {
    let booked = pack.funds.iter().filter(|fund| fund.booked());
    booked.map(|fund| FundChoice::of(pack, fund, now)).collect()
}

/// The step of an act on a subject that a role does.
pub(super) fn own_step(pack: &Pack, role: &str, subject: Subject, act: Act) -> Option<Step> {
    pack.steps.iter().find(|step| step.on == subject && step.act == act && step.by == role).cloned()
}

/// Places other than units, with their names.
pub(super) fn places_on_file(on_file: &OnFile) -> Vec<(String, String)> {
    let places = on_file.names().iter().filter(|(key, _)| !key.starts_with('o'));
    places.map(|(key, name)| (key.clone(), name.clone())).collect()
}

impl App {
    /// What a new project may choose from; for those who open projects.
    pub fn project_form(&self, viewer: &Viewer) -> Result<ProjectForm, Failure> {
        let pack = &viewer.pack;
        let step = own_step(pack, &viewer.role, Subject::Project, Act::Declare);
        let step = step.ok_or_else(|| Failure::from(Reason::NotFound { what: "立项".into() }))?;
        let decide = pack.step_on(Subject::Project, Act::Decide);
        Ok(ProjectForm {
            from_case: !step.needs.is_empty(),
            cases: self.approved(viewer, &step)?,
            step,
            funds: booked_funds(pack, self.today().year()),
            units: self.units(viewer)?,
            places: places_on_file(&self.all_on_file(&pack.id)?),
            by_place: pack.demands.iter().any(|demand| demand.of == policy::pack::DemandOf::Place),
            decides: decide.map(|step| (step.by.clone(), step.cite.to_string())),
        })
    }

    /// Organisations that can carry out a project within the viewer's scope.
    fn units(&self, viewer: &Viewer) -> Result<Vec<(OrgId, String)>, Failure> {
        if let Scope::Own(org) = viewer.scope {
            return Ok(vec![(org, viewer.org_name.clone())]);
        }
        let filter = OrgFilter { limit: UNITS_MAX, ..OrgFilter::default() };
        let rows = self.reads.orgs(&filter)?.rows;
        let mut units: Vec<(OrgId, String)> =
            rows.into_iter().filter(|row| row.kind != "firm").map(|row| (row.org, row.name)).collect();
        units.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(units)
    }
}
