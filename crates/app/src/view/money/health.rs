//! What stands in the way of a project's money: doubts that wait or were refused, papers that are not on file.

use super::funds::spending_name;
use crate::command::Failure;
use crate::rows::ConsentRow;
use crate::view::place_name;
use crate::writer::App;
use domain::guard::unit_key;
use domain::project::Project;
use kernel::id::{OrgId, ProjectId};
use kernel::region::RegionCode;
use policy::pack::{DemandOf, Gate, Pack, Words};
use std::collections::{BTreeMap, BTreeSet};

/// A word that looks like a prohibited use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthDoubt {
    /// Its number within the project.
    pub number: u32,
    /// The word.
    pub word: String,
    /// The text in which it stands.
    pub text: String,
    /// The prohibited use.
    pub spending: Words,
    /// Its article.
    pub cite: String,
    /// It was decided against; otherwise nobody decided yet.
    pub refused: bool,
}

/// A paper that is not on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthMissing {
    /// The demand.
    pub demand: String,
    /// Its name.
    pub name: Words,
    /// Its article.
    pub cite: String,
    /// What it is filed for.
    pub of: DemandOf,
    /// The place or unit it is filed under; empty for the project itself.
    pub place: String,
    /// The place's or unit's name.
    pub place_name: String,
}

/// What stands in the way of a project's money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The project.
    pub project: Option<ProjectId>,
    /// It was closed.
    pub closed: bool,
    /// Doubts.
    pub doubts: Vec<HealthDoubt>,
    /// Papers.
    pub missing: Vec<HealthMissing>,
}

impl Health {
    /// Whether nothing stands in the way.
    pub fn is_well(&self) -> bool {
        !self.closed && self.doubts.is_empty() && self.missing.is_empty()
    }
}

/// What is on file of places and units, with their names.
#[derive(Debug, Clone, Default)]
pub(super) struct OnFile {
    filed: BTreeSet<(String, String)>,
    names: BTreeMap<String, String>,
}

impl OnFile {
    /// From the rows.
    pub fn of(rows: &[ConsentRow]) -> OnFile {
        let standing = rows.iter().filter(|row| row.revoked.is_none());
        OnFile {
            filed: standing.map(|row| (row.place.clone(), row.demand.clone())).collect(),
            names: rows.iter().map(|row| (row.place.clone(), row.name.clone())).collect(),
        }
    }

    /// Whether this paper of this place counts.
    pub fn has(&self, place: &str, demand: &str) -> bool {
        self.filed.contains(&(place.to_owned(), demand.to_owned()))
    }

    /// The places with their names.
    pub fn names(&self) -> &BTreeMap<String, String> {
        &self.names
    }
}

impl App {
    /// What is on file of places and units of a pack.
    pub(super) fn all_on_file(&self, pack: &str) -> Result<OnFile, Failure> {
        Ok(OnFile::of(&self.reads.consents(pack)?))
    }

    /// The name of a place or unit by the key of its papers: as filed, else the region's or the unit's.
    pub(super) fn key_name(&self, on_file: &OnFile, key: &str) -> Result<String, Failure> {
        if let Some(name) = on_file.names.get(key) {
            return Ok(name.clone());
        }
        if let Some(unit) = key.strip_prefix('o').and_then(|id| id.parse::<OrgId>().ok()) {
            return Ok(self.reads.org(unit)?.map_or_else(|| key.to_owned(), |row| row.name));
        }
        let (code, slug) = key.split_once('-').unwrap_or((key, ""));
        Ok(match code.parse::<RegionCode>() {
            Ok(code) if slug.is_empty() => place_name(code),
            Ok(code) => format!("{}（{slug}）", place_name(code)),
            Err(_) => key.to_owned(),
        })
    }

    /// What stands in the way of a project before `gate`, for the places whose money it is (none: where it is).
    pub(super) fn health(
        &self,
        pack: &Pack,
        state: &Project,
        (gate, places): (Gate, &[String]),
        on_file: &OnFile,
    ) -> Result<Health, Failure> {
        let pooled = pack.funds.get(&state.fund).is_some_and(|fund| fund.pooled);
        let mut missing = Vec::new();
        for demand in pack.demands.iter().filter(|d| d.before == gate && d.holds_for(&state.fund)) {
            let keys = match demand.of {
                DemandOf::Project if state.filed.contains_key(&demand.id) => Vec::new(),
                DemandOf::Project => vec![String::new()],
                DemandOf::Unit => vec![unit_key(state.unit)],
                // Money of places: an allocation names the place, the project does not.
                DemandOf::Place if places.is_empty() && pooled && state.village.is_empty() => Vec::new(),
                DemandOf::Place if places.is_empty() => vec![state.home()],
                DemandOf::Place => places.to_vec(),
            };
            for place in keys.into_iter().filter(|key| key.is_empty() || !on_file.has(key, &demand.id)) {
                missing.push(HealthMissing {
                    demand: demand.id.clone(),
                    name: demand.name.clone(),
                    cite: demand.cite.to_string(),
                    of: demand.of,
                    place_name: if place.is_empty() {
                        String::new()
                    } else {
                        self.key_name(on_file, &place)?
                    },
                    place,
                });
            }
        }
        Ok(Health {
            project: Some(state.id),
            closed: state.closed.is_some(),
            doubts: doubts(pack, state),
            missing,
        })
    }
}

/// Doubts that stop money: undecided, or decided against while the text still says it.
fn doubts(pack: &Pack, state: &Project) -> Vec<HealthDoubt> {
    let (open, refused) = (state.open_doubts(), state.refused_doubts());
    let numbered = state.doubts.iter().zip(0_u32..);
    let stops = numbered.filter_map(|(doubted, number)| {
        let against = refused.iter().any(|doubt| **doubt == doubted.doubt)
            && doubted.decided.as_ref().is_some_and(|ruling| !ruling.allowed);
        let waits = open.iter().any(|(open, _)| *open == number);
        (against || waits).then(|| HealthDoubt {
            number,
            word: doubted.doubt.word.clone(),
            text: state.text_at(&doubted.doubt.at).to_owned(),
            spending: spending_name(pack, &doubted.doubt.spending),
            cite: pack
                .spendings
                .get(&doubted.doubt.spending)
                .map_or_else(String::new, |s| s.cite.to_string()),
            refused: against,
        })
    });
    stops.collect()
}
