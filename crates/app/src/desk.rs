//! The unit of work of one command: loads states, collects events, appends, posts, and remembers what to project.

use crate::command::{Failure, Who};
use crate::history::{self, State};
use crate::packs::Packs;
use crate::ports::{Book, Fault, PostError};
use crate::time::day_of;
use domain::case::{Case, Meta};
use domain::identity::{Org, Person};
use domain::plan::Plan;
use domain::posting::{Before, movements};
use domain::year::Year;
use domain::{Actor, Event, NewEvent, Reason, Stream};
use journal::{ActEnvelope, Digest, PackRef};
use kernel::calendar::Calendar;
use kernel::id::{CaseId, EntryId, OrgId, PersonId, PlanId};
use kernel::{Date, Money};
use ledger::{AccountPath, Entry, EntryDraft, Transfer};
use policy::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// States kept between commands; valid because one writer owns the book.
pub type Cache = BTreeMap<Stream, Arc<State>>;

/// One command's work.
pub struct Desk<'a> {
    /// The book.
    pub book: &'a mut dyn Book,
    /// The packs.
    pub packs: &'a Packs,
    /// Now, milliseconds.
    pub now: i64,
    /// Today.
    pub today: Date,
    /// The calendar known today.
    pub calendar: Calendar,
    /// Who submits.
    pub who: Who,
    cache: &'a Cache,
    staged: Cache,
    touched: BTreeSet<Stream>,
    acts: Vec<ActEnvelope>,
}

impl<'a> Desk<'a> {
    /// Begins a command's work.
    pub fn new(book: &'a mut dyn Book, packs: &'a Packs, cache: &'a Cache, now: i64, who: Who) -> Desk<'a> {
        let today = day_of(now);
        Desk {
            book,
            packs,
            now,
            today,
            calendar: Calendar::known_on(today),
            who,
            cache,
            staged: Cache::new(),
            touched: BTreeSet::new(),
            acts: Vec::new(),
        }
    }

    /// What changed: states to keep, streams to project, acts appended.
    pub fn finish(self) -> (Cache, BTreeSet<Stream>, Vec<ActEnvelope>) {
        (self.staged, self.touched, self.acts)
    }

    /// The place of the last act appended.
    pub fn last_seq(&self) -> Option<u64> {
        self.acts.last().map(|a| a.seq)
    }

    /// The acts appended by this command so far.
    pub fn acts(&self) -> &[ActEnvelope] {
        &self.acts
    }

    /// The streams touched by this command so far.
    pub fn touched(&self) -> &BTreeSet<Stream> {
        &self.touched
    }

    /// The edition of a pack in force today.
    pub fn pack(&self, id: &str) -> Result<Arc<Pack>, Failure> {
        self.packs.on(id, self.today).ok_or_else(|| Reason::NotFound { what: "政策包".into() }.into())
    }

    /// The edition that a case or plan runs under.
    pub fn edition(&self, id: &str, edition: &str) -> Result<Arc<Pack>, Failure> {
        self.packs
            .edition(id, edition)
            .ok_or_else(|| Fault::lasting(format!("pack {id}/{edition} is not part of this program")).into())
    }

    /// The submitter as an actor; checks that the person exists, may sign in, and holds the role.
    pub fn actor(&mut self) -> Result<Actor, Failure> {
        let Who::Person { person, org, role } = self.who.clone() else {
            return Err(not_allowed().into());
        };
        let found = self.person(person)?.filter(|p| p.enabled).ok_or_else(not_allowed)?;
        let holds = found.memberships.iter().any(|m| m.org == org && m.role == role);
        let Some(body) = self.org(org)?.filter(|_| holds) else {
            return Err(not_allowed().into());
        };
        let belongs = found.memberships.iter().map(|m| m.org).collect();
        Ok(Actor { person, name: found.name, org, org_name: body.name, role, region: body.region, belongs })
    }

    fn load(&mut self, stream: &Stream) -> Result<Arc<State>, Fault> {
        if let Some(state) = self.staged.get(stream).or_else(|| self.cache.get(stream)) {
            return Ok(Arc::clone(state));
        }
        let acts = self.book.stream(&stream.key())?;
        let state = Arc::new(State::of(stream, &acts)?);
        self.staged.insert(stream.clone(), Arc::clone(&state));
        Ok(state)
    }

    /// An organisation.
    pub fn org(&mut self, id: OrgId) -> Result<Option<Org>, Fault> {
        Ok(match &*self.load(&Stream::Org(id))? {
            State::Org(state) => state.clone(),
            _ => None,
        })
    }

    /// A person.
    pub fn person(&mut self, id: PersonId) -> Result<Option<Person>, Fault> {
        Ok(match &*self.load(&Stream::Person(id))? {
            State::Person(state) => state.clone(),
            _ => None,
        })
    }

    /// A year.
    pub fn year(&mut self, pack: &str, year: i16) -> Result<Option<Year>, Fault> {
        Ok(match &*self.load(&Stream::Year(pack.to_owned(), year))? {
            State::Year(state) => state.clone(),
            _ => None,
        })
    }

    /// A case.
    pub fn case(&mut self, id: CaseId) -> Result<Option<Case>, Fault> {
        Ok(match &*self.load(&Stream::Case(id))? {
            State::Case(state) => state.clone(),
            _ => None,
        })
    }

    /// A plan.
    pub fn plan(&mut self, id: PlanId) -> Result<Option<Plan>, Fault> {
        Ok(match &*self.load(&Stream::Plan(id))? {
            State::Plan(state) => state.clone(),
            _ => None,
        })
    }

    /// A balance; zero for an account without entries.
    pub fn balance(&mut self, account: &str) -> Result<Money, Fault> {
        Ok(self.book.balance(account)?.unwrap_or(Money::ZERO))
    }

    /// Appends an event: folds it, stores it, posts what it moves.
    pub fn emit(&mut self, pack: Option<&Pack>, new: NewEvent) -> Result<(), Failure> {
        let before = self.load(&new.stream)?;
        let stored = journal::forms::encode(&new.event);
        let (actor, org, role) = match &self.who {
            Who::Person { person, org, role } => (Some(*person), Some(*org), Some(role.clone())),
            Who::Public | Who::Program => (None, None, None),
        };
        let act = ActEnvelope {
            book: String::new(),
            seq: 0,
            stream: new.stream.key(),
            kind: stored.kind.to_owned(),
            form: stored.form,
            at: self.now,
            actor,
            role,
            org,
            article: Some(new.article.clone()).filter(|a| !a.is_empty()),
            pack: pack.map(pack_ref).transpose()?,
            body: stored.body,
        };
        let seq = self.book.append(act.clone())?;
        let act = ActEnvelope { seq, ..act };
        self.post(&new, &before, seq)?;
        let meta: Meta = history::meta(&act);
        let after = before.as_ref().clone().then(&new.event, &meta);
        self.staged.insert(new.stream.clone(), Arc::new(after));
        self.touched.insert(new.stream);
        self.acts.push(act);
        Ok(())
    }

    /// Appends events of one slice to one stream under one article.
    pub fn emit_all<E: Into<Event>>(
        &mut self,
        pack: Option<&Pack>,
        stream: &Stream,
        article: &str,
        events: Vec<E>,
    ) -> Result<(), Failure> {
        for event in events {
            self.emit(
                pack,
                NewEvent { stream: stream.clone(), article: article.to_owned(), event: event.into() },
            )?;
        }
        Ok(())
    }

    fn post(&mut self, new: &NewEvent, before: &State, seq: u64) -> Result<(), Failure> {
        let before = match before {
            State::Year(year) => Before { year: year.as_ref(), case: None },
            State::Case(case) => Before { year: None, case: case.as_ref() },
            _ => Before::default(),
        };
        for movement in movements(&new.event, before) {
            let id = EntryId(self.book.next("entry")?);
            let entry = entry_of(id, self.today, &new.article, &movement)?;
            self.book.post(&entry, seq, self.today).map_err(|e| match e {
                PostError::Overdrawn { left, .. } => Failure::from(domain::Refusal::under(
                    new.article.clone(),
                    Reason::OverYear { wanted: movement.amount, left },
                )),
                PostError::Fault(fault) => fault.into(),
            })?;
        }
        Ok(())
    }
}

fn not_allowed() -> Reason {
    Reason::NotAllowed {
        what: "本操作".into(),
        what_en: "this".into(),
        who: "已登录且有相应岗位的人员".into(),
    }
}

fn pack_ref(pack: &Pack) -> Result<PackRef, Failure> {
    let hash: Digest =
        pack.hash.parse().map_err(|_| Fault::lasting(format!("hash of pack {} is unreadable", pack.id)))?;
    Ok(PackRef { id: pack.id.clone(), edition: pack.edition.clone(), hash })
}

/// The ledger entry of a movement.
pub fn entry_of(
    id: EntryId,
    date: Date,
    article: &str,
    movement: &domain::posting::Movement,
) -> Result<Entry, Fault> {
    let path = |text: &str| -> Result<AccountPath, Fault> {
        text.parse().map_err(|e| Fault::lasting(format!("account {text}: {e}")))
    };
    EntryDraft { id, date, memo: movement.memo.clone(), article: article.to_owned() }
        .transfer(Transfer { from: path(&movement.from)?, to: path(&movement.to)?, amount: movement.amount })
        .map_err(|e| Fault::lasting(format!("entry {id}: {e}")))
}
