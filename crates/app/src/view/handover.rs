//! Desks that change hands (移交): what waits for a person's roles before it is handed over, the list as it was kept, and desks with
//! waiting tasks that nobody can do.

use super::desk::Names;
use super::people::place;
use super::role_name;
use crate::access::scope_of;
use crate::command::Failure;
use crate::history;
use crate::rows::{Scope, TaskHeap, TaskScope};
use crate::time::day_of;
use crate::usecase::handed;
use crate::writer::App;
use domain::identity::{Event, Waiting};
use domain::{Reason, Stream};
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use policy::pack::{Pack, Words};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    /// The role.
    pub role: Words,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What is to be done, in Chinese.
    pub what: String,
    /// Until when.
    pub due: Option<Date>,
}

/// The list of a hand-over (移交清单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverSheet {
    /// Who leaves.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// The roles.
    pub roles: Vec<Words>,
    /// What waits, the nearest deadline first.
    pub open: Vec<WaitingLine>,
    /// Who may take over, by name; none once it is done.
    pub successors: Vec<(PersonId, String)>,
    /// How it was done.
    pub done: Option<HandedOver>,
}

/// A hand-over that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// Its place in the journal.
    pub seq: u64,
    /// The day.
    pub on: Date,
    /// Who took over.
    pub to: PersonId,
    /// The name.
    pub to_name: String,
    /// Why.
    pub why: String,
    /// Whose act it was.
    pub by: String,
}

/// A desk with waiting tasks that nobody can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdleDesk {
    /// The role.
    pub role: Words,
    /// Where: a region or an organisation; empty for a role of the whole fund.
    pub place: String,
    /// How many tasks wait.
    pub count: i64,
    /// The nearest deadline.
    pub due: Option<Date>,
}

impl App {
    /// What a person would hand over in an organisation today.
    pub fn handover(&self, person: PersonId, org: OrgId) -> Result<HandOverSheet, Failure> {
        let pack = self.pack()?;
        let missing = |what: &str| Failure::from(Reason::NotFound { what: what.into() });
        let row = self.reads.person(person)?.ok_or_else(|| missing("人员"))?;
        let body = self.reads.org(org)?.ok_or_else(|| missing("单位"))?;
        let held: Vec<&str> =
            row.roles.iter().filter(|held| held.org == org).map(|held| held.role.as_str()).collect();
        let mut waiting = Vec::new();
        for role in &held {
            let scope = scope_of(&pack, role, org, body.region);
            waiting.extend(self.reads.tasks(&TaskScope { role: (*role).into(), org, scope }, usize::MAX)?);
        }
        let others = self.reads.persons(Some(org))?;
        let others = others.into_iter().filter(|other| other.enabled && other.person != person);
        Ok(HandOverSheet {
            person,
            name: row.name.clone(),
            org,
            org_name: body.name,
            roles: held.iter().map(|role| role_words(&pack, role)).collect(),
            open: handed(waiting).iter().map(|one| waiting_line(&pack, one)).collect(),
            successors: others.map(|other| (other.person, other.name)).collect(),
            done: None,
        })
    }

    /// What a person handed over, newest first.
    pub fn handed_over(&self, person: PersonId) -> Result<Vec<HandOverSheet>, Failure> {
        let pack = self.pack()?;
        let mut names = Names::of(self);
        let mut sheets = Vec::new();
        for act in self.reads.stream(&Stream::Person(person).key())? {
            let domain::Event::Identity(Event::DeskHandedOver { org, roles, to, why, open }) =
                history::event(&act)?
            else {
                continue;
            };
            sheets.push(HandOverSheet {
                person,
                name: names.person(Some(person))?,
                org,
                org_name: names.org(Some(org))?,
                roles: roles.iter().map(|role| role_words(&pack, role)).collect(),
                open: open.iter().map(|one| waiting_line(&pack, one)).collect(),
                successors: Vec::new(),
                done: Some(HandedOver {
                    seq: act.seq,
                    on: day_of(act.at),
                    to,
                    to_name: names.person(Some(to))?,
                    why,
                    by: names.hands(history::meta(&act).hands())?,
                }),
            });
        }
        sheets.reverse();
        Ok(sheets)
    }

    /// Desks with waiting tasks and nobody who can do them, those with the nearest deadline first.
    pub fn idle_desks(&self) -> Result<Vec<IdleDesk>, Failure> {
        let pack = self.pack()?;
        let mut manned: BTreeMap<String, Manned> = BTreeMap::new();
        for person in self.reads.persons(None)?.into_iter().filter(|person| person.enabled) {
            for held in person.roles {
                let region = self.reads.org(held.org)?.and_then(|org| org.region);
                let scope = scope_of(&pack, &held.role, held.org, region);
                manned.entry(held.role).or_default().add(scope);
            }
        }
        let reached = |heap: &TaskHeap| manned.get(&heap.role).is_some_and(|manned| manned.reach(heap));
        let mut names = Names::of(self);
        let mut idle = Vec::new();
        for heap in self.reads.task_heaps()?.into_iter().filter(|heap| !reached(heap)) {
            let place = match scope_of(&pack, &heap.role, OrgId(0), heap.desk) {
                Scope::Region(region) => place(region),
                Scope::Own(_) => names.org(heap.applicant)?,
                Scope::Assigned(_) => names.org(heap.firm)?,
                Scope::All | Scope::None => String::new(),
            };
            let role = role_words(&pack, &heap.role);
            match idle.iter_mut().find(|desk: &&mut IdleDesk| desk.role == role && desk.place == place) {
                Some(desk) => {
                    desk.count += heap.count;
                    desk.due = desk.due.into_iter().chain(heap.due).min();
                }
                None => idle.push(IdleDesk { role, place, count: heap.count, due: heap.due }),
            }
        }
        idle.sort_by_key(|desk| (desk.due.is_none(), desk.due));
        Ok(idle)
    }
}

/// What the people of one role reach together.
#[derive(Default)]
struct Manned {
    all: bool,
    regions: Vec<RegionCode>,
    applicants: BTreeSet<OrgId>,
    firms: BTreeSet<OrgId>,
}

impl Manned {
    fn add(&mut self, scope: Scope) {
        match scope {
            Scope::All => self.all = true,
            Scope::Region(region) => self.regions.push(region),
            Scope::Own(org) => _ = self.applicants.insert(org),
            Scope::Assigned(org) => _ = self.firms.insert(org),
            Scope::None => {}
        }
    }

    fn reach(&self, heap: &TaskHeap) -> bool {
        let within = |desk: RegionCode| {
            let contains = |region: &RegionCode| {
                *region == desk || kernel::region::Gazetteer::get().contains(*region, desk)
            };
            self.regions.iter().any(contains)
        };
        self.all
            || heap.desk.is_some_and(within)
            || heap.applicant.is_some_and(|org| self.applicants.contains(&org))
            || heap.firm.is_some_and(|org| self.firms.contains(&org))
    }
}

fn role_words(pack: &Pack, role: &str) -> Words {
    let (zh, en) = role_name(pack, role);
    Words::new(zh, en)
}

fn waiting_line(pack: &Pack, one: &Waiting) -> WaitingLine {
    WaitingLine {
        role: role_words(pack, &one.role),
        number: one.number.clone(),
        title: one.title.clone(),
        what: one.what.clone(),
        due: one.due,
    }
}
