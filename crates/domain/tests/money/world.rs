//! A small book in memory: states folded, movements posted with the ledger's own floors, figures read back from the balances.

mod paying;

use domain::allocation::{self, Allocation, Line};
use domain::batch::{self, BankLine, BankOutcome, Batch, Pick, Till};
use domain::case::{Meta, Paper};
use domain::claim::{self, Claim, ClaimLine, ListDigest, Purpose, Verdict};
use domain::consent::{self, Consent};
use domain::guard::Consents;
use domain::lot::Lot;
use domain::posting::{Before, movements};
use domain::project::{self, BudgetLine, Project};
use domain::source::{self, Register, Registry, Source};
use domain::{Actor, Context, Event, Refusal, Stream, Streamed};
use kernel::Date;
use kernel::Money;
use kernel::calendar::Calendar;
use kernel::id::{AllocationId, BatchId, ClaimId, EntryId, OrgId, PaperHash, PersonId, ProjectId, SourceId};
use ledger::{Balances, EntryDraft, Transfer};
use policy::pack::{GovLevel, Pack, Source as Text};
use std::collections::{BTreeMap, BTreeSet};

pub const TODAY: &str = "2019-06-03";
pub const UNIT: OrgId = OrgId(30);

pub fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn who(person: i64, role: &str) -> Actor {
    Actor {
        person: PersonId(person),
        name: format!("某{person}"),
        behalf: None,
        org: OrgId(person),
        org_name: "某单位".into(),
        role: role.into(),
        region: None,
        belongs: BTreeSet::from([OrgId(person)]),
    }
}

/// This actor's role, lent to a colleague.
pub fn lent_to(person: i64, holder: Actor) -> Actor {
    Actor { person: PersonId(person), behalf: Some(holder.person), ..holder }
}

pub fn finance() -> Actor {
    who(1, "finance")
}

pub fn leader() -> Actor {
    who(2, "leaders")
}

pub fn town() -> Actor {
    Actor { belongs: BTreeSet::from([UNIT]), ..who(3, "town") }
}

pub fn paper() -> Vec<Paper> {
    let hash = PaperHash([7; 32]);
    vec![Paper { paper: "scan".into(), name: "a.pdf".into(), hash, size: 1, media: "application/pdf".into() }]
}

pub struct World {
    pub pack: Pack,
    pub calendar: Calendar,
    pub sources: BTreeMap<SourceId, Source>,
    pub projects: BTreeMap<ProjectId, Project>,
    pub allocations: BTreeMap<AllocationId, Allocation>,
    pub claims: BTreeMap<ClaimId, Claim>,
    pub batches: BTreeMap<BatchId, Batch>,
    pub consents: BTreeMap<String, Consent>,
    pub ledger: Balances,
    pub unclear: BTreeSet<(ClaimId, String)>,
    /// The links that every project lists.
    pub links: claim::Links,
    next: i64,
}

macro_rules! fold {
    ($map:expr, $key:expr, $event:expr, $meta:expr, $state:ident) => {{
        let before = $map.remove(&$key);
        if let Some(state) = $state::apply(before, $event, $meta) {
            $map.insert($key, state);
        }
    }};
}

impl World {
    pub fn new() -> World {
        World::of(include_str!("pack.md").to_owned())
    }

    pub fn of(text: String) -> World {
        let pack =
            Pack::load(Text { name: "money.md".into(), text }).unwrap_or_else(|found| panic!("{found}"));
        World {
            pack,
            calendar: Calendar::known_on(day(TODAY)),
            sources: BTreeMap::new(),
            projects: BTreeMap::new(),
            allocations: BTreeMap::new(),
            claims: BTreeMap::new(),
            batches: BTreeMap::new(),
            consents: BTreeMap::new(),
            ledger: Balances::default(),
            unclear: BTreeSet::new(),
            links: claim::Links::new(),
            next: 0,
        }
    }

    pub fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    pub fn ctx<'a>(&'a self, actor: &'a Actor) -> Context<'a> {
        Context { pack: &self.pack, today: day(TODAY), calendar: &self.calendar, actor }
    }

    /// Appends: posts what the event moves, then folds it.
    pub fn append(&mut self, stream: &Stream, event: &Event, actor: &Actor) {
        let before = match stream {
            Stream::Source(id) => Before { source: self.sources.get(id), ..Before::default() },
            Stream::Project(id) => Before { project: self.projects.get(id), ..Before::default() },
            _ => Before::default(),
        };
        for moved in movements(event, before) {
            self.next += 1;
            let draft = EntryDraft {
                id: EntryId(self.next),
                date: day(TODAY),
                memo: moved.memo,
                article: String::new(),
            };
            let (from, to) = (moved.from.parse().unwrap(), moved.to.parse().unwrap());
            let entry = draft.transfer(Transfer { from, to, amount: moved.amount }).unwrap();
            self.ledger.apply(&entry).unwrap();
        }
        let meta = Meta {
            on: day(TODAY),
            at: 0,
            person: Some(actor.person),
            behalf: actor.behalf,
            org: Some(actor.org),
            role: Some(actor.role.clone()),
        };
        match (stream, event) {
            (Stream::Source(id), Event::Source(e)) => fold!(self.sources, *id, e, &meta, Source),
            (Stream::Project(id), Event::Project(e)) => fold!(self.projects, *id, e, &meta, Project),
            (Stream::Allocation(id), Event::Allocation(e)) => {
                fold!(self.allocations, *id, e, &meta, Allocation);
            }
            (Stream::Claim(id), Event::Claim(e)) => fold!(self.claims, *id, e, &meta, Claim),
            (Stream::Batch(id), Event::Batch(e)) => fold!(self.batches, *id, e, &meta, Batch),
            (Stream::Consent(_, place), Event::Consent(e)) => {
                fold!(self.consents, place.clone(), e, &meta, Consent);
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn append_all<E: Into<Event>>(&mut self, stream: Stream, events: Vec<E>, actor: &Actor) {
        for event in events {
            self.append(&stream, &event.into(), actor);
        }
    }

    pub fn append_streamed(&mut self, events: Vec<Streamed>, actor: &Actor) {
        for (stream, event) in events {
            self.append(&stream, &event, actor);
        }
    }

    pub fn balance(&self, account: &str) -> Money {
        self.ledger.of(&account.parse().unwrap())
    }

    /// The lots of accounts that begin so: the source is the last segment.
    pub fn lots(&self, prefix: &str) -> Vec<Lot> {
        let lot = |(path, amount): (&ledger::AccountPath, Money)| {
            let source = path.as_str().strip_prefix(prefix)?.strip_prefix(":s")?.parse().ok()?;
            (amount > Money::ZERO).then_some(Lot { source: SourceId(source), amount })
        };
        let mut lots: Vec<Lot> = self.ledger.iter().filter_map(lot).collect();
        lots.sort();
        lots
    }

    pub fn on_file(&self) -> Consents {
        let filed =
            |(place, consent): (&String, &Consent)| (place.clone(), consent.filed.keys().cloned().collect());
        self.consents.iter().map(filed).collect()
    }

    // Acts with sensible defaults; `change` bends one thing.

    pub fn register(
        &mut self,
        fund: &str,
        budget: i64,
        change: impl FnOnce(&mut Register),
    ) -> Result<SourceId, Refusal> {
        self.register_by(&finance(), fund, budget, change)
    }

    pub fn register_by(
        &mut self,
        actor: &Actor,
        fund: &str,
        budget: i64,
        change: impl FnOnce(&mut Register),
    ) -> Result<SourceId, Refusal> {
        let id = SourceId(self.id());
        let mut command = Register {
            source: id,
            fund: fund.into(),
            kind: "district".into(),
            level: GovLevel::County,
            document: format!("通财指〔2019〕{}号", id.get()),
            purpose: "产业".into(),
            code: "2130505".into(),
            year: 2019,
            on: day("2019-01-02"),
            budget: fen(budget),
            note: String::new(),
        };
        change(&mut command);
        let account = domain::posting::booked::ceiling_account(&self.pack.id, fund).parse().unwrap();
        let founded = self.ledger.iter().any(|(path, _)| *path == account);
        let same = |s: &&Source| {
            let document = source::document_number(&command.document).unwrap_or_default();
            (&s.fund, &s.document, &s.purpose, &s.code)
                == (&command.fund, &document, &command.purpose, &command.code)
        };
        let registry = Registry {
            ceiling_left: founded.then(|| self.ledger.of(&account)),
            taken: self.sources.values().any(|s| same(&s)),
        };
        let events = source::register(command, registry, self.ctx(actor))?;
        self.append_all(Stream::Source(id), events, actor);
        Ok(id)
    }

    pub fn receive(&mut self, id: SourceId, amount: i64) -> Result<(), Refusal> {
        let command = source::Receive { on: day("2019-02-01"), amount: fen(amount), voucher: "收-1".into() };
        let events = source::receive(&self.sources[&id], command, self.ctx(&finance()))?;
        self.append_all(Stream::Source(id), events, &finance());
        Ok(())
    }

    pub fn cut(&mut self, id: SourceId, amount: i64) -> Result<(), Refusal> {
        let state = &self.sources[&id];
        let left = |side: &String| {
            let quota = self.balance(&format!("quota:money:{}:{side}:s{id}", state.fund));
            (side.clone(), quota)
        };
        let quota = state.parts.keys().map(left).collect();
        let command =
            source::Cut {
                amount: fen(amount), document: "通财指〔2019〕90号".into(), why: "压减".into()
            };
        let events = source::cut(state, command, &quota, self.ctx(&finance()))?;
        self.append_all(Stream::Source(id), events, &finance());
        Ok(())
    }

    /// A project of the fund `named`, one line of 10 yuan and one for households, one contract with a twentieth held back.
    pub fn project(&mut self, fund: &str, side: &str, spending: &str) -> ProjectId {
        let id = self.open(fund, side, spending, |_| ()).unwrap();
        self.plan(id, &[("works", "场地建设", "", 1_000), ("aid", "到户补助", "household", 500)]).unwrap();
        self.contract(id, |_| ()).unwrap();
        id
    }

    pub fn open(
        &mut self,
        fund: &str,
        side: &str,
        spending: &str,
        change: impl FnOnce(&mut project::Open),
    ) -> Result<ProjectId, Refusal> {
        let id = ProjectId(self.id());
        let mut command = project::Open {
            project: id,
            number: format!("P{id}"),
            fund: fund.into(),
            side: side.into(),
            spending: spending.into(),
            name: "某某村合作社".into(),
            place: "120119".parse().unwrap(),
            village: "120119-1".into(),
            unit: UNIT,
            year: 2019,
            link: "带动20户".into(),
            mechanism: String::new(),
            levered: Money::ZERO,
            case: None,
        };
        change(&mut command);
        let events = project::open(command, self.ctx(&town()))?;
        self.append_all(Stream::Project(id), events, &town());
        Ok(id)
    }

    pub fn plan(&mut self, id: ProjectId, lines: &[(&str, &str, &str, i64)]) -> Result<(), Refusal> {
        let line = |(key, name, nature, amount): &(&str, &str, &str, i64)| BudgetLine {
            key: (*key).into(),
            name: (*name).into(),
            nature: (*nature).into(),
            amount: fen(*amount),
        };
        let lines = lines.iter().map(line).collect();
        let events = project::plan(&self.projects[&id], lines, self.ctx(&town()))?;
        self.append_all(Stream::Project(id), events, &town());
        Ok(())
    }

    pub fn contract(
        &mut self,
        id: ProjectId,
        change: impl FnOnce(&mut project::RecordContract),
    ) -> Result<(), Refusal> {
        let mut command = project::RecordContract {
            contract: 1,
            number: "HT-1".into(),
            party: "某某建筑公司".into(),
            account: Some("vault:1".into()),
            bank: "某某银行".into(),
            amount: fen(1_000),
            retention: fen(50),
            on: day("2019-03-01"),
        };
        change(&mut command);
        let events = project::contract(&self.projects[&id], command, self.ctx(&town()))?;
        self.append_all(Stream::Project(id), events, &town());
        Ok(())
    }

    pub fn clear(&mut self, id: ProjectId, doubt: u32, allowed: bool, actor: &Actor) -> Result<(), Refusal> {
        let command = project::Clear { doubt, allowed, opinion: "认定".into() };
        let events = project::clear(&self.projects[&id], command, self.ctx(actor))?;
        self.append_all(Stream::Project(id), events, actor);
        Ok(())
    }

    pub fn file(&mut self, place: &str, demand: &str) -> Result<(), Refusal> {
        let command = consent::File {
            place: place.into(),
            name: "某某村".into(),
            demand: demand.into(),
            document: "会议记录".into(),
            on: day("2019-01-10"),
            papers: paper(),
        };
        let events = consent::file(command, self.ctx(&town()))?;
        self.append_all(Stream::Consent("money".into(), place.into()), events, &town());
        Ok(())
    }

    pub fn file_paper(&mut self, id: ProjectId, demand: &str) -> Result<(), Refusal> {
        let command = project::FilePaper {
            demand: demand.into(),
            document: "责任书".into(),
            on: day("2019-01-10"),
            papers: paper(),
        };
        let events = project::file(&self.projects[&id], command, self.ctx(&town()))?;
        self.append_all(Stream::Project(id), events, &town());
        Ok(())
    }

    pub fn line(&self, project: ProjectId, amount: i64) -> Line {
        let village = self.projects.get(&project).is_some_and(|p| p.fund == "village");
        let place = if village { "120119-1".into() } else { String::new() };
        Line { project, place, amount: fen(amount), note: String::new(), why: Vec::new() }
    }

    pub fn draft(
        &mut self,
        fund: &str,
        side: &str,
        year: i16,
        lines: Vec<Line>,
    ) -> Result<AllocationId, Refusal> {
        let id = AllocationId(self.id());
        let text = allocation::Text { basis: "年度方案".into(), method: None, lines };
        let (fund, side) = (fund.to_owned(), side.to_owned());
        let quota = self.lots(&format!("quota:money:{fund}:{side}"));
        let figures = allocation::Figures { projects: &self.projects, quota: &quota };
        let command = allocation::Draft { allocation: id, number: format!("A{id}"), fund, side, year, text };
        let events = allocation::draft(command, figures, self.ctx(&finance()))?;
        self.append_all(Stream::Allocation(id), events, &finance());
        Ok(id)
    }

    pub fn approve(&mut self, id: AllocationId, named: &[SourceId], actor: &Actor) -> Result<(), Refusal> {
        let state = &self.allocations[&id];
        let quota = self.lots(&format!("quota:money:{}:{}", state.fund, state.side));
        let figures = allocation::Figures { projects: &self.projects, quota: &quota };
        let command = allocation::Approve {
            step: "approve".into(),
            outcome: Some("agree".into()),
            stamp: day("2019-03-05"),
            document: "纪要1".into(),
            opinion: "同意".into(),
            named: named.to_vec(),
        };
        let events = allocation::approve(state, command, figures, &self.on_file(), self.ctx(actor))?;
        self.append_streamed(events, actor);
        Ok(())
    }

    pub fn recover(&mut self, id: ProjectId, payee: &str, amount: i64) -> Result<(), Refusal> {
        let command = project::Recover {
            payee: payee.into(),
            amount: fen(amount),
            on: day("2019-06-01"),
            voucher: "退-1".into(),
            why: "审计".into(),
        };
        let events = project::recover(&self.projects[&id], command, self.ctx(&finance()))?;
        self.append_all(Stream::Project(id), events, &finance());
        Ok(())
    }

    pub fn close(&mut self, id: ProjectId) -> Result<(), Refusal> {
        let live = self.claims.values().filter(|claim| claim.project == id && claim.is_live());
        let live: Vec<String> = live.map(|claim| claim.number.clone()).collect();
        let command = project::Close { on: day("2019-06-02"), why: "竣工".into() };
        let events = project::close(&self.projects[&id], command, &live, self.ctx(&town()))?;
        self.append_all(Stream::Project(id), events, &town());
        Ok(())
    }

    // Whole ways.

    /// The fund `named` with one source of this budget, all of it in cash, and a project with all of it allotted.
    pub fn funded(budget: i64) -> (World, SourceId, ProjectId) {
        World::new().with_money(budget)
    }

    /// The same where each bill of a claim says how it is tied: by `orders`, which ties 12 households, or as the project is.
    /// `overhead`: what the money is spent on is an overhead.
    pub fn tied(budget: i64, overhead: bool) -> (World, ProjectId) {
        let asks = "act       = \"claim\"\nby        = \"town\"\n";
        let ties = "ties      = { part = \"links\", kind = \"link\", households = \"tied\", article = \"三（四）1\" }\n";
        let text = include_str!("pack.md").replace(asks, &format!("{asks}{ties}"));
        let text = if overhead { text } else { text.replace("kind = \"overhead\"", "kind = \"permitted\"") };
        let (mut world, _, project) = World::of(text).with_money(budget);
        world.links.insert("order".into(), 12);
        (world, project)
    }

    fn with_money(self, budget: i64) -> (World, SourceId, ProjectId) {
        let mut world = self;
        let source = world.register("named", budget, |_| ()).unwrap();
        world.receive(source, budget).unwrap();
        let project = world.project("named", "all", "upkeep");
        let plan = world.draft("named", "all", 2019, vec![world.line(project, budget)]).unwrap();
        world.approve(plan, &[source], &leader()).unwrap();
        (world, source, project)
    }

    /// A claim that was approved as asked.
    pub fn granted(&mut self, project: ProjectId, amount: i64) -> ClaimId {
        let bill = self.bill(amount);
        let claim = self.claim(project, Purpose::Progress, vec![bill]).unwrap();
        self.check(claim, &[amount], &finance()).unwrap();
        self.grant(claim, &leader()).unwrap();
        claim
    }

    pub fn pick(claim: ClaimId) -> Pick {
        Pick { claim, payee: "c1".into(), account: None }
    }
}

/// The name of the reason with which something was refused.
pub fn name<T>(result: Result<T, Refusal>) -> &'static str {
    match result {
        Ok(_) => "carried out",
        Err(refusal) => refusal.reason.name(),
    }
}
