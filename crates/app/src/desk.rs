//! The unit of work of one command: loads states, collects events, appends, posts, and remembers what to project.

use crate::access::lends;
use crate::command::{Failure, Who};
use crate::history::{self, State};
use crate::packs::Packs;
use crate::ports::{Book, Fault, PostError};
use crate::rows::SaidRow;
use crate::time::day_of;
use domain::allocation::Allocation;
use domain::batch::Batch;
use domain::case::{Case, Meta};
use domain::claim::Claim;
use domain::consent::Consent;
use domain::identity::{Membership, Org, Person};
use domain::plan::Plan;
use domain::posting::{Before, movements};
use domain::project::Project;
use domain::roster::Roster;
use domain::source::Source;
use domain::year::Year;
use domain::{Actor, Event, NewEvent, Reason, Stream};
use journal::{ActEnvelope, Digest, PackRef};
use kernel::calendar::Calendar;
use kernel::id::{
    AllocationId, BatchId, CaseId, ClaimId, EntryId, OrgId, PersonId, PlanId, ProjectId, SourceId,
};
use kernel::{Date, Money};
use ledger::{AccountPath, Entry, EntryDraft, Transfer};
use policy::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// States kept between commands; valid because one writer owns the book. One that is not here is folded from its stream.
pub type Cache = BTreeMap<Stream, State>;

/// What the rows of single acts tell of one that was appended.
#[derive(Debug, Clone)]
pub struct Appended {
    /// Its place in the log.
    pub seq: u64,
    /// Its stream.
    pub stream: Stream,
    /// Its kind.
    pub kind: &'static str,
    /// Its article; empty for none.
    pub article: String,
    /// What it says to somebody beside the steps.
    pub said: Option<SaidRow>,
}

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
    /// Whose role it is, when the submitter acts in a lent one; known once the actor was asked for.
    pub behalf: Option<PersonId>,
    cache: &'a mut Cache,
    staged: Cache,
    touched: BTreeSet<Stream>,
    acts: Vec<Appended>,
}

impl<'a> Desk<'a> {
    /// Begins a command's work.
    pub fn new(
        book: &'a mut dyn Book,
        packs: &'a Packs,
        cache: &'a mut Cache,
        now: i64,
        who: Who,
    ) -> Desk<'a> {
        let today = day_of(now);
        Desk {
            book,
            packs,
            now,
            today,
            calendar: Calendar::known_on(today),
            who,
            behalf: None,
            cache,
            staged: Cache::new(),
            touched: BTreeSet::new(),
            acts: Vec::new(),
        }
    }

    /// The states to keep, once the command is done.
    pub fn finish(self) -> Cache {
        self.staged
    }

    /// The place of the last act appended.
    pub fn last_seq(&self) -> Option<u64> {
        self.acts.last().map(|a| a.seq)
    }

    /// What was appended and which streams it touched, handed out once, to be projected.
    pub fn appended(&mut self) -> (Vec<Appended>, BTreeSet<Stream>) {
        (std::mem::take(&mut self.acts), std::mem::take(&mut self.touched))
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

    /// The submitter as an actor; checks that the person exists, may sign in, and holds the role, or stands in today for a colleague
    /// who holds it.
    pub fn actor(&mut self) -> Result<Actor, Failure> {
        let Who::Person { person, org, role } = self.who.clone() else {
            return Err(not_allowed().into());
        };
        let found = self.person(person)?.filter(|p| p.enabled).ok_or_else(not_allowed)?;
        let held = Membership { org, role: role.clone() };
        let lender = match found.stands_in(&held, self.today).filter(|_| !found.holds(&held)) {
            Some(lender) => self.person(lender)?,
            None => None,
        };
        let holds = found.holds(&held) || lender.as_ref().is_some_and(|lender| lender.holds(&held));
        let Some(body) = self.org(org)?.filter(|_| holds && (lender.is_none() || lends(&role))) else {
            return Err(not_allowed().into());
        };
        let both = std::iter::once(&found).chain(&lender);
        let belongs = both.flat_map(|person| person.memberships.iter().map(|m| m.org)).collect();
        self.behalf = lender.as_ref().map(|lender| lender.id);
        Ok(Actor {
            person,
            name: found.name.clone(),
            behalf: self.behalf,
            org,
            org_name: body.name.clone(),
            role,
            region: body.region,
            belongs,
        })
    }

    /// A stream that begins with this command: its id was just given, so that there is nothing to read.
    pub fn begins(&mut self, stream: &Stream) -> Result<(), Fault> {
        self.staged.insert(stream.clone(), State::of(stream, &[])?);
        Ok(())
    }

    fn load(&mut self, stream: &Stream) -> Result<&State, Fault> {
        if !self.staged.contains_key(stream) {
            let state = match self.cache.get(stream) {
                Some(state) => state.clone(),
                None => State::of(stream, &self.book.stream(&stream.key())?)?,
            };
            self.staged.insert(stream.clone(), state);
        }
        self.staged.get(stream).ok_or_else(|| Fault::lasting("a state that was just loaded is gone"))
    }

    /// An organisation.
    pub fn org(&mut self, id: OrgId) -> Result<Option<Arc<Org>>, Fault> {
        Ok(match self.load(&Stream::Org(id))? {
            State::Org(state) => state.clone(),
            _ => None,
        })
    }

    /// A person.
    pub fn person(&mut self, id: PersonId) -> Result<Option<Arc<Person>>, Fault> {
        Ok(match self.load(&Stream::Person(id))? {
            State::Person(state) => state.clone(),
            _ => None,
        })
    }

    /// A year.
    pub fn year(&mut self, pack: &str, year: i16) -> Result<Option<Arc<Year>>, Fault> {
        Ok(match self.load(&Stream::Year(pack.to_owned(), year))? {
            State::Year(state) => state.clone(),
            _ => None,
        })
    }

    /// A case.
    pub fn case(&mut self, id: CaseId) -> Result<Option<Arc<Case>>, Fault> {
        Ok(match self.load(&Stream::Case(id))? {
            State::Case(state) => state.clone(),
            _ => None,
        })
    }

    /// A plan.
    pub fn plan(&mut self, id: PlanId) -> Result<Option<Arc<Plan>>, Fault> {
        Ok(match self.load(&Stream::Plan(id))? {
            State::Plan(state) => state.clone(),
            _ => None,
        })
    }

    /// A source of a booked fund.
    pub fn source(&mut self, id: SourceId) -> Result<Option<Arc<Source>>, Fault> {
        Ok(match self.load(&Stream::Source(id))? {
            State::Source(state) => state.clone(),
            _ => None,
        })
    }

    /// A project.
    pub fn project(&mut self, id: ProjectId) -> Result<Option<Arc<Project>>, Fault> {
        Ok(match self.load(&Stream::Project(id))? {
            State::Project(state) => state.clone(),
            _ => None,
        })
    }

    /// An allocation plan.
    pub fn allocation(&mut self, id: AllocationId) -> Result<Option<Arc<Allocation>>, Fault> {
        Ok(match self.load(&Stream::Allocation(id))? {
            State::Allocation(state) => state.clone(),
            _ => None,
        })
    }

    /// A claim.
    pub fn claim(&mut self, id: ClaimId) -> Result<Option<Arc<Claim>>, Fault> {
        Ok(match self.load(&Stream::Claim(id))? {
            State::Claim(state) => state.clone(),
            _ => None,
        })
    }

    /// A payment batch.
    pub fn batch(&mut self, id: BatchId) -> Result<Option<Arc<Batch>>, Fault> {
        Ok(match self.load(&Stream::Batch(id))? {
            State::Batch(state) => state.clone(),
            _ => None,
        })
    }

    /// The papers on file of a place or a unit.
    pub fn consent(&mut self, pack: &str, place: &str) -> Result<Option<Arc<Consent>>, Fault> {
        Ok(match self.load(&Stream::Consent(pack.to_owned(), place.to_owned()))? {
            State::Consent(state) => state.clone(),
            _ => None,
        })
    }

    /// A list of people of a region.
    pub fn roster(&mut self, stream: &Stream) -> Result<Option<Arc<Roster>>, Fault> {
        Ok(match self.load(stream)? {
            State::Roster(state) => state.clone(),
            _ => None,
        })
    }

    /// A balance; zero for an account without entries.
    pub fn balance(&mut self, account: &str) -> Result<Money, Fault> {
        Ok(self.book.balance(account)?.unwrap_or(Money::ZERO))
    }

    /// Appends an event: stores it, posts what it moves, folds it. The state kept from earlier commands is given up with the
    /// first event, so that nobody else holds what is folded; after a refusal it is read from the book again.
    pub fn emit(&mut self, pack: Option<&Pack>, new: NewEvent) -> Result<(), Failure> {
        self.load(&new.stream)?;
        self.cache.remove(&new.stream);
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
            behalf: self.behalf,
            article: Some(new.article.clone()).filter(|a| !a.is_empty()),
            pack: pack.map(pack_ref).transpose()?,
            body: stored.body,
        };
        let meta: Meta = history::meta(&act);
        let seq = self.book.append(act)?;
        let before = self.staged.remove(&new.stream);
        let before = before.ok_or_else(|| Fault::lasting("a state that was just loaded is gone"))?;
        self.post(&new, &before, seq)?;
        let NewEvent { stream, article, event } = new;
        let said = match &stream {
            Stream::Case(case) => SaidRow::of(seq, *case, &event, &meta),
            _ => None,
        };
        self.staged.insert(stream.clone(), before.then(event, &meta));
        self.touched.insert(stream.clone());
        self.acts.push(Appended { seq, stream, kind: stored.kind, article, said });
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
            State::Year(year) => Before { year: year.as_deref(), ..Before::default() },
            State::Case(case) => Before { case: case.as_deref(), ..Before::default() },
            State::Source(source) => Before { source: source.as_deref(), ..Before::default() },
            State::Project(project) => Before { project: project.as_deref(), ..Before::default() },
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
