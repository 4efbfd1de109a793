//! The papers on file of one place or unit.

use super::Event;
use crate::actor::Hands;
use crate::case::{Meta, Paper};
use kernel::Date;
use policy::pack::Id;
use std::collections::BTreeMap;

/// One paper on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile {
    /// The number or title of the paper.
    pub document: String,
    /// The day of the paper.
    pub on: Date,
    /// The files.
    pub papers: Vec<Paper>,
    /// Who filed it.
    pub by: Option<Hands>,
}

/// The papers of one place or unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The pack.
    pub pack: String,
    /// The place or unit.
    pub place: String,
    /// Its name.
    pub name: String,
    /// What is on file, by demand.
    pub filed: BTreeMap<Id, OnFile>,
    /// What no longer counts: demand, why, from which day.
    pub revoked: Vec<(Id, String, Date)>,
}

impl Consent {
    /// Folds one event; `None` before the first filing.
    pub fn apply(state: Option<Consent>, event: &Event, meta: &Meta) -> Option<Consent> {
        match event {
            Event::Filed { pack, place, name, demand, document, on, papers } => {
                let mut consent = state.unwrap_or_else(|| Consent {
                    pack: pack.clone(),
                    place: place.clone(),
                    name: String::new(),
                    filed: BTreeMap::new(),
                    revoked: Vec::new(),
                });
                consent.name.clone_from(name);
                let filed =
                    OnFile { document: document.clone(), on: *on, papers: papers.clone(), by: meta.hands() };
                consent.filed.insert(demand.clone(), filed);
                Some(consent)
            }
            Event::Revoked { demand, why, on } => {
                let mut consent = state?;
                consent.filed.remove(demand);
                consent.revoked.push((demand.clone(), why.clone(), *on));
                Some(consent)
            }
        }
    }
}
