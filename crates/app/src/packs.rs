//! The packs that this program was given: every edition, found by id, by edition, or by the day in force.

use kernel::Date;
use policy::pack::Pack;
use std::sync::Arc;

/// All packs.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    all: Vec<Arc<Pack>>,
}

impl Packs {
    /// From checked packs.
    pub fn new(packs: Vec<Pack>) -> Packs {
        Packs { all: packs.into_iter().map(Arc::new).collect() }
    }

    /// Every pack.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.all.iter()
    }

    /// An edition.
    pub fn edition(&self, id: &str, edition: &str) -> Option<Arc<Pack>> {
        self.all.iter().find(|p| p.id == id && p.edition == edition).cloned()
    }

    /// The edition in force on a day; when none is, the one that came into force last before it, else the first.
    pub fn on(&self, id: &str, day: Date) -> Option<Arc<Pack>> {
        let mut of_id: Vec<&Arc<Pack>> = self.all.iter().filter(|p| p.id == id).collect();
        of_id.sort_by_key(|p| p.in_force.from);
        let in_force = of_id.iter().find(|p| p.in_force.covers(day));
        let before = of_id.iter().rev().find(|p| p.in_force.from <= day);
        in_force.or(before).or(of_id.first()).map(|p| Arc::clone(p))
    }

    /// The pack that a book runs when nothing else is said.
    pub fn first(&self) -> Option<Arc<Pack>> {
        self.all.first().cloned()
    }
}
