//! A small world of cases in memory: packs as they are, persons of every role, forms filled so that they pass. Whatever a test
//! wants otherwise it changes in the command before it is given.

use domain::case::{self, Around, Bar, Case, Declare, Meta, Paper, Post, Record, Step, Surroundings, files};
use domain::identity::{Org, OrgKind};
use domain::plan::Posting;
use domain::{Actor, Context, Refusal};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::due;
use kernel::id::{CaseId, ObjectionId, OrgId, PaperHash, PersonId};
use kernel::term::{Term, TermUnit};
use policy::form::FormData;
use policy::lang::Type;
use policy::pack::{FieldType, MoneyUnit, Pack, PartKind, Sees, Source};
use policy::procedure::{Act, OutcomeKind, Step as PackStep};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The organisation that applies.
pub const UNIT: OrgId = OrgId(30);
/// The day on which the world begins: a working day in every pack's time.
pub const FIRST_DAY: &str = "2018-07-02";

fn read(name: &str, text: &str) -> Pack {
    let source = Source { name: name.into(), text: text.into() };
    Pack::load(source).unwrap_or_else(|found| panic!("{found}"))
}

macro_rules! packs {
    ($($name:ident = $path:literal),* $(,)?) => {
        $(pub static $name: LazyLock<Pack> = LazyLock::new(|| read($path, include_str!($path)));)*
    };
}

packs! {
    TRIAL = "pack.md",
    HUNAN = "../../../../policies/hunan/2018.md",
    JIZHOU = "../../../../policies/jizhou/2018.md",
    TIANJIN = "../../../../policies/tianjin/2019.md",
    TONGZHOU = "../../../../policies/tongzhou/2018.md",
    XINJIANG = "../../../../policies/xinjiang/2018.md",
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Cases of one pack, and what the program knows around them.
#[derive(Clone)]
pub struct World {
    pub pack: &'static Pack,
    pub today: Date,
    /// The day that forms speak of.
    begun: Date,
    pub calendar: Calendar,
    pub cases: BTreeMap<CaseId, Case>,
    pub around: Around,
    pub alike: Vec<CaseId>,
    /// The bars that stand against who files.
    pub bars: Vec<Bar>,
    next: i64,
}

impl World {
    pub fn of(pack: &'static Pack) -> World {
        let counts = [("applicants".to_owned(), 10), ("village_applicants".to_owned(), 6)];
        let today = day(FIRST_DAY).max(pack.in_force.from);
        World {
            pack,
            today,
            begun: today,
            calendar: Calendar::known_on(today),
            cases: BTreeMap::new(),
            around: Around { counts: BTreeMap::from(counts), ..Around::default() },
            alike: Vec::new(),
            bars: Vec::new(),
            next: 0,
        }
    }

    pub fn on(&mut self, today: &str) {
        self.today = day(today);
        self.calendar = Calendar::known_on(self.today);
    }

    /// So many days later.
    pub fn later(&mut self, days: u32) {
        let term = Term { n: days, unit: TermUnit::Day };
        self.today = due(self.today, term, &self.calendar).date;
        self.calendar = Calendar::known_on(self.today);
    }

    pub fn step(&self, step: &str) -> &'static PackStep {
        self.pack.steps.get(step).unwrap_or_else(|| panic!("no step {step}"))
    }

    pub fn ctx<'a>(&'a self, actor: &'a Actor) -> Context<'a> {
        Context { pack: self.pack, today: self.today, calendar: &self.calendar, actor }
    }

    /// A person of a role; `colleague` numbers those of the same office. Who applies, and whose own are the cases, belongs
    /// to the applicant; every other role has an office of its own.
    pub fn who(&self, role: &str, colleague: i64) -> Actor {
        let position = self.pack.roles.position(role).unwrap_or_else(|| panic!("no role {role}"));
        let own = self.pack.roles.get(role).is_some_and(|role| role.sees == Sees::Own);
        let applies = self.pack.procedures.iter().any(|p| p.applicant.as_deref() == Some(role));
        let at = 100 + i64::try_from(position).unwrap();
        let org = if own || applies { UNIT } else { OrgId(at) };
        Actor {
            person: PersonId(1000 * colleague + at),
            name: format!("{role}{colleague}"),
            behalf: None,
            org,
            org_name: role.into(),
            role: role.into(),
            region: None,
            belongs: BTreeSet::from([org]),
        }
    }

    /// Who does a step when nothing else is said: checking and deciding are other persons than filing.
    pub fn doer(&self, step: &PackStep, role: &str) -> Actor {
        let colleague = match step.act {
            Act::Check | Act::Review | Act::Accept | Act::Inspect => 1,
            Act::Decide | Act::Complete => 2,
            _ => 0,
        };
        self.who(role, colleague)
    }

    pub fn meta(&self, actor: &Actor) -> Meta {
        Meta {
            on: self.today,
            at: 0,
            person: Some(actor.person),
            behalf: actor.behalf,
            org: Some(actor.org),
            role: Some(actor.role.clone()),
        }
    }

    pub fn append(&mut self, id: CaseId, events: &[case::Event], actor: &Actor) {
        let meta = self.meta(actor);
        for event in events {
            let before = self.cases.remove(&id);
            let after = Case::apply(before, event.clone(), &meta).unwrap();
            self.cases.insert(id, after);
        }
    }

    fn org(id: OrgId) -> Org {
        Org {
            id,
            name: format!("单位{id}"),
            former_names: Vec::new(),
            kind: OrgKind::Government,
            region: Some("120119".parse().unwrap()),
            credit_code: None,
            related: BTreeSet::new(),
        }
    }

    // Filling in.

    fn text(&self, ty: &FieldType, on: Date) -> String {
        match ty {
            FieldType::Text | FieldType::LongText => "写明".into(),
            FieldType::Bool => "false".into(),
            FieldType::Money(MoneyUnit::Wan) | FieldType::Count(_) | FieldType::Quantity => "10".into(),
            FieldType::Money(_) => "10000".into(),
            FieldType::Ratio => "30%".into(),
            FieldType::Date => on.to_string(),
            FieldType::Month => "2018-07".into(),
            FieldType::Year => "2018".into(),
            FieldType::Enum(of) => self.pack.enums.get(of).unwrap().members[0].id.clone(),
            FieldType::Region => "120119".into(),
            FieldType::CreditCode => "91350100M000100Y43".into(),
            FieldType::ResidentId => "11010519491231002X".into(),
            FieldType::Phone => "13800000000".into(),
            FieldType::BankAccount => "6222021234567890".into(),
            FieldType::Postcode => "300000".into(),
        }
    }

    /// A form with every field and one row of every table filled.
    pub fn filled(&self, form: &str) -> FormData {
        let form = self.pack.forms.get(form).unwrap_or_else(|| panic!("no form {form}"));
        let mut data = form.blank();
        for part in &form.parts {
            match &part.kind {
                PartKind::Fields(fields) => {
                    for field in fields {
                        data.set(&part.id, None, &field.id, self.text(&field.ty, self.begun));
                    }
                }
                PartKind::Table(table) => {
                    for column in table.columns.iter().filter(|column| column.computed.is_none()) {
                        data.set(
                            &part.id,
                            Some(1),
                            &column.field.id,
                            self.text(&column.field.ty, self.begun),
                        );
                    }
                }
                PartKind::Months(_) => {}
            }
        }
        for (field, text) in [
            ("program", "y2019"),
            ("late", ""),
            ("why_outside", ""),
            ("income", "30000"),
            ("votes_against", "0"),
            ("votes_abstain", "0"),
        ] {
            if data.fields.contains_key(field) {
                data.set("", None, field, text);
            }
        }
        // An estimate in yuan to a total in ten thousands.
        if data.tables.contains_key("estimate") {
            data.set("estimate", Some(1), "unit_price", "10000");
        }
        // Weights that add up, all of it reached.
        for column in ["weight", "reached"] {
            if data.tables.contains_key("scored") {
                data.set("scored", Some(1), column, "100%");
            }
        }
        data
    }

    pub fn papers(step: &PackStep) -> Vec<Paper> {
        step.papers.iter().map(|paper| World::paper(paper)).collect()
    }

    pub fn paper(id: &str) -> Paper {
        let (hash, media) = (PaperHash([7; 32]), "application/pdf".to_owned());
        Paper { paper: id.into(), name: "a.pdf".into(), hash, size: 1, media }
    }

    fn fact(&self, id: &str) -> String {
        const NO: [&str; 3] = ["false_or_split", "same_content", "objection_open"];
        match &self.pack.facts.get(id).unwrap_or_else(|| panic!("no fact {id}")).ty {
            Type::Bool => (!NO.contains(&id)).to_string(),
            Type::Date => self.today.to_string(),
            Type::Enum(_) => "none".into(),
            Type::Ratio => "30%".into(),
            Type::Money => "1.00".into(),
            _ => "1".into(),
        }
    }

    /// A step with everything that passing it demands.
    pub fn whole(&self, step: &str, outcome: &str) -> Step {
        let step = self.step(step);
        let basis = "查阅".to_owned();
        let record = |id: &String| Record { fact: id.clone(), value: self.fact(id), basis: basis.clone() };
        let check = |item: &str| case::Check { item: item.to_owned(), holds: true, note: String::new() };
        Step {
            step: step.id.clone(),
            outcome: (!outcome.is_empty()).then(|| outcome.to_owned()),
            to: None,
            opinion: "意见".into(),
            checks: step.checklist.iter().map(|item| check(&item.id)).collect(),
            records: step.records.iter().map(record).collect(),
            notes: step.notes.iter().map(|n| (n.id.clone(), self.text(&n.ty, self.today))).collect(),
            papers: World::papers(step),
            form: step.form.as_deref().map(|form| self.filled(form)),
            document: None,
            on: self.today,
        }
    }

    // Acts.

    /// Files the first form of a procedure.
    pub fn file(
        &mut self,
        procedure: &str,
        parent: Option<CaseId>,
        change: impl FnOnce(&mut FormData),
    ) -> Result<CaseId, Refusal> {
        let role = self.pack.procedures.get(procedure).unwrap().applicant.clone().unwrap();
        self.file_by(procedure, parent, &self.who(&role, 0), change)
    }

    pub fn file_by(
        &mut self,
        procedure: &str,
        parent: Option<CaseId>,
        actor: &Actor,
        change: impl FnOnce(&mut FormData),
    ) -> Result<CaseId, Refusal> {
        let first = self.pack.start_steps(self.pack.procedures.get(procedure).unwrap());
        let first = first.into_iter().find(|step| files(step.act)).unwrap();
        let mut form = self.filled(first.form.as_deref().unwrap());
        change(&mut form);
        let papers = World::papers(first);
        let command = Declare { procedure: procedure.into(), step: None, form, papers };
        self.next += 1;
        let id = CaseId(self.next);
        let org = World::org(actor.org);
        let twin = self.twin(&command, id, parent);
        let around = Surroundings { twin: twin.as_deref(), ..self.surroundings(id, &org, parent) };
        let events = case::declare(None, command, around, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(id)
    }

    /// The case on the same parent that says already what is said once.
    fn twin(&self, command: &Declare, id: CaseId, parent: Option<CaseId>) -> Option<String> {
        let parent = parent?;
        let beside = self.cases.values().filter(|case| case.parent == Some(parent) && case.id != id);
        case::said_already(self.pack.procedures.get(&command.procedure)?, &command.form, beside)
    }

    fn surroundings<'a>(
        &'a self,
        id: CaseId,
        applicant: &'a Org,
        parent: Option<CaseId>,
    ) -> Surroundings<'a> {
        let parent = parent.map(|id| &self.cases[&id]);
        Surroundings {
            id,
            number: "1",
            applicant,
            parent,
            year: None,
            rival: None,
            twin: None,
            alike: &self.alike,
            bars: &self.bars,
        }
    }

    /// Begins a case with a step that files nothing. It belongs to the parent's applicant, else to who begins it.
    pub fn begin(
        &mut self,
        procedure: &str,
        parent: Option<CaseId>,
        actor: &Actor,
    ) -> Result<CaseId, Refusal> {
        let first = self.pack.start_steps(self.pack.procedures.get(procedure).unwrap())[0];
        let command = self.whole(&first.id, first.outcomes.first().map_or("", |o| o.id.as_str()));
        self.next += 1;
        let id = CaseId(self.next);
        let org = World::org(parent.map_or(actor.org, |parent| self.cases[&parent].applicant));
        let around = self.surroundings(id, &org, parent);
        let events = case::begin(&procedure.to_owned(), command, around, &self.around, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(id)
    }

    /// Files at a later step.
    pub fn refile(
        &mut self,
        id: CaseId,
        step: &str,
        actor: &Actor,
        change: impl FnOnce(&mut FormData),
    ) -> Result<(), Refusal> {
        let pack_step = self.step(step);
        let mut form = self.filled(pack_step.form.as_deref().unwrap());
        change(&mut form);
        let papers = World::papers(pack_step);
        self.give(
            id,
            Declare { procedure: pack_step.procedure.clone(), step: Some(step.into()), form, papers },
            actor,
        )
    }

    /// Gives a filing as it is.
    pub fn give(&mut self, id: CaseId, command: Declare, actor: &Actor) -> Result<(), Refusal> {
        let org = World::org(actor.org);
        let twin = self.twin(&command, id, self.cases[&id].parent);
        let around = Surroundings { twin: twin.as_deref(), ..self.surroundings(id, &org, None) };
        let events = case::declare(Some(&self.cases[&id]), command, around, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(())
    }

    /// Does a step as commanded.
    pub fn act(&mut self, id: CaseId, command: Step, actor: &Actor) -> Result<(), Refusal> {
        let events = case::step(&self.cases[&id], command, &self.around, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(())
    }

    pub fn posting(&self, step: &str) -> Post {
        let notice = case::notice_of(self.pack, self.step(step)).unwrap();
        let posting = |place: &String| Posting { place: place.clone(), address: "某处".into() };
        Post {
            step: step.into(),
            number: format!("公示-{step}-{}", self.today),
            on: self.today,
            postings: notice.places.iter().map(|place| posting(&place.zh)).collect(),
            fields: notice.content.iter().map(|c| (c.key.clone(), "写明".to_owned())).collect(),
            papers: World::papers(self.step(step)),
        }
    }

    pub fn post(&mut self, id: CaseId, command: Post, actor: &Actor) -> Result<String, Refusal> {
        let number = command.number.clone();
        let events = case::post(&self.cases[&id], command, "某单位", self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(number)
    }

    pub fn object(&mut self, id: CaseId, notice: &str, text: &str) -> Result<ObjectionId, Refusal> {
        self.next += 1;
        let objection = ObjectionId(self.next);
        let command = case::Object {
            notice: notice.into(),
            text: text.into(),
            from: None,
            receipt: format!("回执{objection}"),
        };
        let events = case::object(&self.cases[&id], objection, command, self.pack, self.today)?;
        let public = Actor { role: "public".into(), ..self.who(self.pack.roles.ids().next().unwrap(), 9) };
        self.append(id, &events, &public);
        Ok(objection)
    }

    pub fn answer(
        &mut self,
        id: CaseId,
        objection: ObjectionId,
        upheld: bool,
        actor: &Actor,
    ) -> Result<(), Refusal> {
        let command = case::Answer { objection, upheld, answer: "答复".into() };
        let events = case::answer(&self.cases[&id], command, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(())
    }

    pub fn aside(&mut self, id: CaseId, aside: case::Aside, actor: &Actor) -> Result<(), Refusal> {
        let events = case::aside(&self.cases[&id], aside, self.ctx(actor))?;
        self.append(id, &events, actor);
        Ok(())
    }

    /// Does a step whatever it is, by who usually does it: files, posts and ends after its last day, signs for every role.
    pub fn go(&mut self, id: CaseId, step: &str, outcome: &str) -> Result<(), Refusal> {
        let found = self.step(step);
        let first = self.doer(found, &found.by);
        if files(found.act) {
            return self.refile(id, step, &first, |_| ());
        }
        let passes = found.outcome(outcome).is_none_or(|o| o.kind == OutcomeKind::Pass);
        if case::notice_of(self.pack, found).is_some() && self.cases[&id].running(step).is_none() {
            self.post(id, self.posting(step), &first)?;
            self.later(30);
        }
        if found.each && passes {
            for role in found.roles().filter(|role| **role != found.by) {
                self.act(id, self.whole(step, outcome), &self.doer(found, role))?;
            }
        }
        self.act(id, self.whole(step, outcome), &first)
    }

    /// Does steps, each written `step` or `step:outcome`.
    pub fn walk(&mut self, id: CaseId, way: &[&str]) {
        for one in way {
            let (step, outcome) = one.split_once(':').unwrap_or((one, ""));
            self.go(id, step, outcome).unwrap_or_else(|refusal| panic!("{one}: {refusal}"));
        }
    }

    /// The steps that are open, in the order of the pack.
    pub fn open(&self, id: CaseId) -> Vec<&'static str> {
        let open = case::open_steps(self.pack, &self.cases[&id]);
        open.into_iter().map(|open| open.step.id.as_str()).collect()
    }

    pub fn is_open(&self, id: CaseId, step: &str) -> bool {
        self.open(id).contains(&step)
    }

    /// Whether a step stands as done.
    pub fn done(&self, id: CaseId, step: &str) -> bool {
        self.cases[&id].done(&step.to_owned()).is_some()
    }

    /// Until when an open step is due.
    pub fn due(&self, id: CaseId, step: &str) -> Option<Date> {
        let open = case::open_steps(self.pack, &self.cases[&id]);
        open.into_iter().find(|open| open.step.id == step)?.due.map(|due| due.date)
    }
}

/// The name of the reason with which something was refused; it names an article unless it is house-keeping.
pub fn name<T>(result: Result<T, Refusal>) -> &'static str {
    match result {
        Ok(_) => "carried out",
        Err(refusal) => {
            assert!(refusal.reason.is_housekeeping() || !refusal.cite.is_empty(), "{refusal}: no article");
            refusal.reason.name()
        }
    }
}
