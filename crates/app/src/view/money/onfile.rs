//! Papers of places and units: what is on file, what is missing, and how many projects wait for it.

use super::health::OnFile;
use super::opening::own_step;
use crate::access::Right;
use crate::command::Failure;
use crate::rows::{ConsentRow, ProjectFilter, ProjectRow, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::guard::unit_key;
use domain::{Reason, Stream};
use kernel::Date;
use kernel::id::ProjectId;
use policy::pack::{Demand, DemandOf, Gate, Pack, Words};
use policy::procedure::{Act, Step, Subject};
use std::collections::{BTreeMap, BTreeSet};

const PROJECTS_MAX: usize = 1_000;

/// A demanded paper of a place or unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandSaid {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// A place or a unit.
    pub of: DemandOf,
    /// Before what.
    pub before: Gate,
}

/// One paper of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePaper {
    /// What is demanded.
    pub demand: DemandSaid,
    /// What is on file: document and day.
    pub filed: Option<(String, Date)>,
    /// It was on file and no longer counts, from this day.
    pub revoked: Option<Date>,
}

/// One place or unit with its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFile {
    /// The key of its papers.
    pub place: String,
    /// Its name.
    pub name: String,
    /// A unit that carries out projects; otherwise a place.
    pub unit: bool,
    /// The papers demanded of it.
    pub papers: Vec<PlacePaper>,
    /// Projects that its papers are for: id, number, name.
    pub projects: Vec<(ProjectId, String, String)>,
}

impl PlaceFile {
    /// How many papers are missing.
    pub fn missing(&self) -> usize {
        self.papers.iter().filter(|paper| paper.filed.is_none()).count()
    }
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFiles {
    /// Places and units: those with something missing first.
    pub places: Vec<PlaceFile>,
    /// What is demanded of places and units at all.
    pub demands: Vec<DemandSaid>,
    /// Whether the viewer may put papers on file.
    pub may_sign: bool,
    /// The role that puts papers on file.
    pub by: String,
}

/// A paper on file, with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePage {
    /// The place with its papers.
    pub file: PlaceFile,
    /// The files of each paper on file, by demand.
    pub files: BTreeMap<String, Vec<domain::case::Paper>>,
    /// What no longer counts: name of the paper, why, from which day.
    pub revoked: Vec<(Words, String, Date)>,
    /// Whether the viewer may put papers on file.
    pub may_sign: bool,
    /// The step in which papers are put on file.
    pub step: Option<Step>,
}

fn said(demand: &Demand) -> DemandSaid {
    DemandSaid {
        id: demand.id.clone(),
        name: demand.name.clone(),
        cite: demand.cite.to_string(),
        of: demand.of,
        before: demand.before,
    }
}

/// Who may look at papers of places: all who have to do with booked money.
fn may_look(viewer: &Viewer) -> Result<(), Failure> {
    let rights = [Right::SeeMoney, Right::ManageProject, Right::Allocate, Right::Claim, Right::Settle];
    if rights.into_iter().any(|right| viewer.may(right)) {
        return Ok(());
    }
    Err(Reason::NotFound { what: "归档文件".into() }.into())
}

impl App {
    /// Places and units with their papers, within the viewer's scope.
    pub fn place_files(&self, viewer: &Viewer) -> Result<PlaceFiles, Failure> {
        may_look(viewer)?;
        let pack = &viewer.pack;
        let rows = self.reads.consents(&pack.id)?;
        let on_file = OnFile::of(&rows);
        let projects = self.scoped_projects(viewer)?;
        let mut keys: BTreeSet<String> = projects.iter().map(|row| unit_key(row.0.unit)).collect();
        keys.extend(projects.iter().flat_map(|row| row.1.iter().cloned()));
        keys.extend(
            rows.iter().map(|row| row.place.clone()).filter(|key| Self::in_scope(viewer, key, &projects)),
        );
        let mut places = Vec::new();
        for key in keys {
            let name = self.key_name(&on_file, &key)?;
            let place = file_of(pack, (key, name), &rows, &projects);
            if !place.papers.is_empty() {
                places.push(place);
            }
        }
        places.sort_by(|a, b| (b.missing() > 0).cmp(&(a.missing() > 0)).then_with(|| a.name.cmp(&b.name)));
        let step = pack.step_on(Subject::Project, Act::Sign);
        Ok(PlaceFiles {
            places,
            demands: pack.demands.iter().filter(|d| d.of != DemandOf::Project).map(said).collect(),
            may_sign: own_step(pack, &viewer.role, Subject::Project, Act::Sign).is_some(),
            by: step.map_or_else(String::new, |step| step.by.clone()),
        })
    }

    /// One place or unit with its papers and their files.
    pub fn place_page(&self, viewer: &Viewer, key: &str) -> Result<PlacePage, Failure> {
        may_look(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "归档文件".into() });
        let list = self.place_files(viewer)?;
        let file = list.places.into_iter().find(|place| place.place == key).ok_or_else(missing)?;
        let pack = &viewer.pack;
        let acts = self.reads.stream(&Stream::Consent(pack.id.clone(), key.to_owned()).key())?;
        let state = crate::history::consent(&acts)?;
        let name =
            |id: &str| pack.demands.get(id).map_or_else(|| Words::new(id, id), |demand| demand.name.clone());
        let revoked = state.as_ref().map_or(&[][..], |state| state.revoked.as_slice());
        Ok(PlacePage {
            revoked: revoked.iter().map(|(id, why, on)| (name(id), why.clone(), *on)).collect(),
            files: state
                .map(|state| state.filed.into_iter().map(|(id, filed)| (id, filed.papers)).collect())
                .unwrap_or_default(),
            file,
            may_sign: list.may_sign,
            step: own_step(pack, &viewer.role, Subject::Project, Act::Sign),
        })
    }

    /// The next key for a village of a region: its code and a running number.
    pub fn next_village(
        &self,
        viewer: &Viewer,
        region: kernel::region::RegionCode,
    ) -> Result<String, Failure> {
        let rows = self.reads.consents(&viewer.pack.id)?;
        let prefix = format!("{region}-");
        let taken = rows.iter().filter_map(|row| row.place.strip_prefix(&prefix)?.parse::<u32>().ok());
        Ok(format!("{prefix}{}", taken.max().unwrap_or(0) + 1))
    }

    /// The projects in the viewer's scope, open ones and others.
    fn scoped_projects(&self, viewer: &Viewer) -> Result<Vec<Placed>, Failure> {
        let filter = ProjectFilter::all(viewer.scope.clone(), &viewer.pack.id, PROJECTS_MAX);
        let pooled = |fund: &str| viewer.pack.funds.get(fund).is_some_and(|fund| fund.pooled);
        let mut placed = Vec::new();
        for row in self.reads.projects(&filter)?.rows {
            let mut places = vec![home(&row)];
            if pooled(&row.fund) {
                // Its money is that of the places that allocations named.
                let acts = self.reads.stream(&Stream::Project(row.project).key())?;
                places.retain(|_| !row.village.is_empty());
                places
                    .extend(crate::history::project(&acts)?.map(|state| state.places()).unwrap_or_default());
            }
            placed.push((row, places));
        }
        Ok(placed)
    }

    /// Whether a place on file is the viewer's concern: all for those who see all, else its own area, its own unit, its projects.
    fn in_scope(viewer: &Viewer, key: &str, projects: &[Placed]) -> bool {
        if projects
            .iter()
            .any(|(row, places)| places.iter().any(|place| place == key) || unit_key(row.unit) == key)
        {
            return true;
        }
        let code = key.split('-').next().unwrap_or(key).parse::<kernel::region::RegionCode>();
        match &viewer.scope {
            Scope::All => true,
            Scope::Region(region) => code.is_ok_and(|code| {
                code == *region || kernel::region::Gazetteer::get().contains(*region, code)
            }),
            Scope::Own(org) | Scope::Assigned(org) => {
                key == unit_key(*org) || viewer.region.zip(code.ok()).is_some_and(|(own, code)| own == code)
            }
            Scope::None => false,
        }
    }
}

/// A project with the places whose papers its money needs.
type Placed = (ProjectRow, Vec<String>);

/// The place under which a project's papers are on file.
fn home(row: &ProjectRow) -> String {
    if row.village.is_empty() { row.place.to_string() } else { row.village.clone() }
}

fn file_of(
    pack: &Pack,
    (place, name): (String, String),
    rows: &[ConsentRow],
    projects: &[Placed],
) -> PlaceFile {
    let unit = place.starts_with('o');
    let own: Vec<&ProjectRow> = projects
        .iter()
        .filter(|(row, _)| row.standing != "closed")
        .filter(|(row, places)| if unit { unit_key(row.unit) == place } else { places.contains(&place) })
        .map(|(row, _)| row)
        .collect();
    let of = if unit { DemandOf::Unit } else { DemandOf::Place };
    let row = |demand: &Demand| rows.iter().find(|row| row.place == place && row.demand == demand.id);
    let wanted = |demand: &&Demand| {
        demand.of == of
            && (row(demand).is_some() || own.iter().any(|project| demand.holds_for(&project.fund)))
    };
    let papers = pack.demands.iter().filter(wanted).map(|demand| {
        let row = row(demand);
        PlacePaper {
            demand: said(demand),
            filed: row.filter(|r| r.revoked.is_none()).map(|r| (r.document.clone(), r.on)),
            revoked: row.and_then(|r| r.revoked),
        }
    });
    PlaceFile {
        papers: papers.collect(),
        projects: own.iter().map(|row| (row.project, row.number.clone(), row.name.clone())).collect(),
        place,
        name,
        unit,
    }
}
