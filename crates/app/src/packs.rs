//! The packs that a book may run: every edition, found by id, by edition, or by the day in force. And whether they are the texts
//! under which the acts of a book were done.

use journal::{Digest, PackRef};
use kernel::Date;
use policy::pack::Pack;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All packs.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    all: Vec<Arc<Pack>>,
    /// Id and edition of those that are no part of the program: an edition that a book used may not change under it.
    given: BTreeSet<(String, String)>,
}

/// Why a pack does not serve for an act that was done before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackGap {
    /// It is not there.
    #[error(
        "缺政策包 {id}/{edition}（指纹 {was}）：请用 --policies 指明它所在的文件夹 / \
         the pack {id}/{edition} of digest {was} is not there: name its folder with --policies"
    )]
    Absent {
        /// The pack.
        id: String,
        /// The edition.
        edition: String,
        /// The digest of the text that is wanted.
        was: String,
    },
    /// It has another text.
    #[error(
        "政策包 {id}/{edition} 的文本改过了：账上用的指纹是 {was}，文件夹里的是 {now}。用过的版本不能改，请放回原来的文件；\
         要改规定，另写一个版本（edition） / the text of the pack {id}/{edition} was changed: the book used digest {was}, the \
         folder has {now}. An edition in use is never edited: put the file back, and write what is new as another edition"
    )]
    Changed {
        /// The pack.
        id: String,
        /// The edition.
        edition: String,
        /// The digest that the book used.
        was: String,
        /// The digest of the text that is there.
        now: String,
    },
}

impl Packs {
    /// From checked packs that are part of the program.
    pub fn new(packs: Vec<Pack>) -> Packs {
        Packs { all: packs.into_iter().map(Arc::new).collect(), given: BTreeSet::new() }
    }

    /// With checked packs that somebody gave the running program.
    pub fn with_given(mut self, packs: Vec<Pack>) -> Packs {
        for pack in packs {
            self.given.insert((pack.id.clone(), pack.edition.clone()));
            self.all.push(Arc::new(pack));
        }
        self
    }

    /// The same packs, those of one id first.
    pub fn led_by(&self, id: &str) -> Packs {
        let (own, others): (Vec<_>, Vec<_>) = self.all.iter().cloned().partition(|pack| pack.id == id);
        Packs { all: own.into_iter().chain(others).collect(), given: self.given.clone() }
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

    /// The editions of an id that are no part of the program.
    pub fn given<'p>(&'p self, id: &'p str) -> impl Iterator<Item = &'p str> {
        self.given.iter().filter(move |(of, _)| of == id).map(|(_, edition)| edition.as_str())
    }

    /// Whether the pack of an act is here: as the same text where it is no part of the program. A release of the program answers
    /// for the wording of its own packs.
    pub fn serves(&self, said: &PackRef) -> Result<Arc<Pack>, PackGap> {
        let (id, edition, was) = (said.id.clone(), said.edition.clone(), said.hash.to_string());
        let Some(pack) = self.edition(&id, &edition) else {
            return Err(PackGap::Absent { id, edition, was });
        };
        let same = pack.hash.parse().is_ok_and(|now: Digest| now == said.hash);
        if !same && self.given.contains(&(id.clone(), edition.clone())) {
            return Err(PackGap::Changed { id, edition, was, now: pack.hash.clone() });
        }
        Ok(pack)
    }
}
