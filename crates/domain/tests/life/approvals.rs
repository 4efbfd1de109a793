//! Thousands of histories: people of every role do whatever they like in any order, and a bystander who shares nothing with the
//! engine says of each accepted act whether it might have been. He is put to the test himself: histories that were spoilt, and
//! packs with a gate taken out, he must find fault with.

use crate::oracle::tables::{self, Demand, Hand, Link, Table};
use crate::oracle::{Act, Fault, Oracle, Rows, What};
use crate::property::{Try, actor, bent};
use crate::ways::*;
use crate::world::*;
use domain::case::{self, Aside, Paper, files, notice_of};
use domain::{Actor, Refusal};
use kernel::id::{CaseId, ObjectionId};
use policy::form::FormData;
use policy::pack::{Pack, Source};
use policy::procedure::{OutcomeKind, Step as PackStep};
use std::collections::{BTreeMap, BTreeSet};

/// Refusals that stand on no article of a regulation, with the rule of the house on which they stand.
const HOUSE: [(&str, &str); 2] = [
    ("R001", "a role does what the pack gives it, and nothing else"),
    ("R002", "what is outside a person's scope does not exist for them"),
];

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    fn any<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    fn small(&mut self, most: usize) -> u8 {
        u8::try_from(self.below(most)).unwrap()
    }
}

/// One history: the engine's world, and what the bystander wrote down.
struct Story {
    world: World,
    id: CaseId,
    table: &'static Table,
    oracle: Oracle,
    acts: Vec<Act>,
    faults: BTreeSet<Fault>,
    refused: BTreeMap<&'static str, usize>,
}

fn ids(papers: &[Paper]) -> BTreeSet<String> {
    papers.iter().map(|paper| paper.paper.clone()).collect()
}

impl Story {
    /// Files the project, now and then badly at first.
    fn begin(way: &Way, pack: &'static Pack, table: &'static Table, dice: &mut Dice) -> Story {
        let (mut world, parent) = way.ready(pack);
        world.alike = (90..90 + i64::from(dice.small(3))).map(CaseId).collect();
        let procedure = pack.procedures.get(way.procedure).unwrap();
        let first = pack.start_steps(procedure).into_iter().find(|step| files(step.act)).unwrap();
        let unit = world.doer(first, &first.by);
        loop {
            let mut filed = FormData::default();
            let result = world.file_by(way.procedure, parent, &unit, |form| {
                bend(form, table, dice);
                filed = form.clone();
            });
            let Ok(id) = result else { continue };
            let oracle = Oracle::new(table, UNIT.get());
            let (acts, faults, refused) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
            let mut story = Story { world, id, table, oracle, acts, faults, refused };
            story.filed(&unit, first, filed, &World::papers(first));
            return story;
        }
    }

    fn note(&mut self, actor: &Actor, what: What) {
        let orgs = actor.belongs.iter().map(|org| org.get()).collect();
        let (person, role) = (actor.person.get(), actor.role.clone());
        let act = Act { on: self.world.today, person, role, orgs, what };
        self.faults.extend(self.oracle.see(&act));
        self.acts.push(act);
    }

    fn filed(&mut self, actor: &Actor, step: &PackStep, form: FormData, papers: &[Paper]) {
        let (fields, rows) = (form.fields, form.tables);
        self.note(actor, What::Filed { step: step.id.clone(), fields, rows, papers: ids(papers) });
        if self.table.step(&step.id).is_some_and(|demand| demand.own_form) {
            for other in self.world.alike.clone() {
                self.note(actor, What::Resembled { other: other.get() });
            }
        }
    }

    /// A refusal says on what it stands.
    fn refused(&mut self, refusal: &Refusal) {
        let code = refusal.reason.code();
        assert!(
            !refusal.cite.is_empty() || HOUSE.iter().any(|(house, _)| *house == code),
            "{refusal}: no article"
        );
        *self.refused.entry(code).or_default() += 1;
    }

    /// Tries a step with an outcome.
    fn try_step(&mut self, step: &'static PackStep, outcome: &str, dice: &mut Dice) {
        let one = Try { act: 0, which: dice.below(64), person: dice.small(30), bend: dice.small(40) };
        let actor = actor(&self.world, step, &one);
        let result = if files(step.act) {
            let mut form = self.world.filled(step.form.as_deref().unwrap());
            bend(&mut form, self.table, dice);
            let papers = lacking(World::papers(step), dice);
            let (procedure, at) = (step.procedure.clone(), Some(step.id.clone()));
            let command = case::Declare { procedure, step: at, form: form.clone(), papers: papers.clone() };
            let given = self.world.give(self.id, command, &actor);
            given.map(|()| self.filed(&actor, step, form, &papers))
        } else if notice_of(self.world.pack, step).is_some() && dice.below(8) > 0 && !self.runs(&step.id) {
            let mut command = self.world.posting(&step.id);
            command.number = format!("公示-{}", self.acts.len());
            let posted = self.world.post(self.id, command, &actor);
            posted.map(|_| self.note(&actor, What::Posted { step: step.id.clone() }))
        } else {
            let mut command = bent(self.world.whole(&step.id, outcome), &one);
            if dice.below(12) == 0 {
                command.papers = lacking(command.papers, dice);
            }
            let returns = step.outcome(outcome).is_some_and(|o| o.kind == OutcomeKind::Return);
            let before = self.world.pack.before(step);
            if returns && dice.below(2) == 0 {
                command.to = dice.any(&before).map(|to| to.id.clone());
            }
            let (to, papers) = (command.to.clone(), ids(&command.papers));
            let done = self.world.act(self.id, command, &actor);
            let what = What::Done { step: step.id.clone(), outcome: outcome.to_owned(), to, papers };
            done.map(|()| self.note(&actor, what))
        };
        if let Err(refusal) = result {
            self.refused(&refusal);
        }
    }

    fn runs(&self, step: &str) -> bool {
        self.world.cases[&self.id].running(step).is_some()
    }

    /// Somebody does something.
    fn go_on(&mut self, dice: &mut Dice) {
        let pack = self.world.pack;
        let known: Vec<&'static PackStep> =
            self.table.steps.iter().filter_map(|demand| pack.steps.get(demand.step)).collect();
        let open = self.world.open(self.id);
        let open: Vec<&'static PackStep> =
            known.iter().filter(|step| open.contains(&step.id.as_str())).copied().collect();
        let outcomes = |step: &'static PackStep, passing: bool| -> Vec<&'static str> {
            let fit = |kind: OutcomeKind| !passing || kind == OutcomeKind::Pass;
            step.outcomes.iter().filter(|o| fit(o.kind)).map(|o| o.id.as_str()).collect()
        };
        match dice.below(24) {
            0..=13 => {
                let Some(step) = dice.any(&open).copied() else { return };
                let outcome = dice.any(&outcomes(step, true)).copied().unwrap_or_default();
                self.try_step(step, outcome, dice);
            }
            14..=16 => {
                let Some(step) = dice.any(&known).copied() else { return };
                let outcome = dice.any(&outcomes(step, true)).copied().unwrap_or_default();
                self.try_step(step, outcome, dice);
            }
            17 => {
                let from = if dice.below(4) == 0 { &known } else { &open };
                let Some(step) = dice.any(from).copied() else { return };
                let outcome = dice.any(&outcomes(step, false)).copied().unwrap_or_default();
                self.try_step(step, outcome, dice);
            }
            18 => self.objects(dice),
            19 => self.answers(dice),
            20 if dice.below(3) == 0 => self.stands_aside(dice),
            20 | 21 => self.compares(dice),
            _ => self.world.later(u32::from(1 + dice.small(14))),
        }
    }

    fn objects(&mut self, dice: &mut Dice) {
        let notices = &self.world.cases[&self.id].notices;
        let Some((number, step)) = dice.any(notices).map(|n| (n.number.clone(), n.step.clone())) else {
            return;
        };
        match self.world.object(self.id, &number, "异议") {
            Ok(objection) => {
                let public = Actor { role: "public".into(), ..self.world.who(self.table.steps[0].by[0], 9) };
                self.note(&public, What::Objected { step, objection: objection.get() });
            }
            Err(refusal) => self.refused(&refusal),
        }
    }

    fn answers(&mut self, dice: &mut Dice) {
        let said: Vec<ObjectionId> = self.world.cases[&self.id].objections.keys().copied().collect();
        let Some(objection) = dice.any(&said).copied() else { return };
        let actor = self.somebody(dice);
        let upheld = dice.below(3) == 0;
        match self.world.answer(self.id, objection, upheld, &actor) {
            Ok(()) => self.note(&actor, What::Answered { objection: objection.get(), upheld }),
            Err(refusal) => self.refused(&refusal),
        }
    }

    fn somebody(&self, dice: &mut Dice) -> Actor {
        let roles: Vec<&str> = self.world.pack.roles.ids().collect();
        self.world.who(dice.any(&roles).unwrap(), i64::from(dice.small(3)))
    }

    fn stands_aside(&mut self, dice: &mut Dice) {
        let actor = self.somebody(dice);
        self.world.aside(self.id, Aside::Recuse { why: "亲属".into() }, &actor).unwrap();
        self.note(&actor, What::StoodAside);
    }

    fn compares(&mut self, dice: &mut Dice) {
        let alike: Vec<CaseId> = self.world.cases[&self.id].alike.keys().copied().collect();
        let Some(other) = dice.any(&alike).copied() else { return };
        let actor = self.somebody(dice);
        let compare = Aside::Compare { other, same: false, why: "地点不同".into() };
        match self.world.aside(self.id, compare, &actor) {
            Ok(()) => self.note(&actor, What::Compared { other: other.get() }),
            Err(refusal) => self.refused(&refusal),
        }
    }

    fn told(way: &Way, pack: &'static Pack, table: &'static Table, seed: u64) -> Story {
        let mut dice = Dice(seed);
        let mut story = Story::begin(way, pack, table, &mut dice);
        for _ in 0..30 + 10 * table.steps.len() {
            story.go_on(&mut dice);
        }
        story
    }
}

/// Now and then one paper too few.
fn lacking(mut papers: Vec<Paper>, dice: &mut Dice) -> Vec<Paper> {
    if dice.below(8) == 0 && !papers.is_empty() {
        let at = dice.below(papers.len());
        papers.remove(at);
    }
    papers
}

/// Now and then something else in the form, or something missing.
fn bend(form: &mut FormData, table: &Table, dice: &mut Dice) {
    match dice.below(24) {
        0 => {
            let keys: Vec<String> = form.fields.keys().cloned().collect();
            form.fields.remove(dice.any(&keys).unwrap());
        }
        1 | 2 => drop(form.set("", None, dice.any(table.targets).unwrap(), " ")),
        3 | 4 => untie(table, &mut form.fields, &mut form.tables),
        5..=7 => drop(form.set("", None, "content", format!("第{}次改写", dice.below(5)))),
        _ => {}
    }
}

/// Takes out what ties a project to poor households.
fn untie(table: &Table, fields: &mut BTreeMap<String, String>, rows: &mut Rows) {
    match table.link {
        Link::Rows { part, .. } | Link::Villages { part, .. } => drop(rows.remove(part)),
        Link::Number { field, .. } => drop(fields.remove(field)),
    }
}

/// How many histories of each regulation.
const HISTORIES: u64 = 600;

/// The engine and the bystander agree on every history; enough of them get as far as an approval.
fn agree(way: &Way, table: &'static Table) {
    let (mut approved, mut acts, mut refused) = (0, 0, BTreeMap::new());
    for seed in 0..HISTORIES {
        let story = Story::told(way, (way.pack)(), table, seed);
        assert!(story.faults.is_empty(), "{} {seed}: {:?}\n{:#?}", table.name, story.faults, story.acts);
        approved += u64::from(story.oracle.approved > 0);
        acts += story.acts.len();
        for (code, times) in story.refused {
            *refused.entry(code).or_insert(0) += times;
        }
    }
    println!(
        "{}: {HISTORIES} histories, {acts} acts, {approved} with an approval; refused: {refused:?}",
        table.name
    );
    assert!(approved >= HISTORIES / 8, "hardly any history got as far: {approved}");
    let met = |code: &str| refused.contains_key(code);
    for code in ["R001", "R301", "R302", "R303", "R306", "R976"] {
        assert!(met(code), "no history met {code}");
    }
}

#[test]
fn no_approval_in_hunan_lacks_anything() {
    agree(&HUNAN_WAY, &tables::HUNAN);
}

#[test]
fn no_entry_in_hunan_lacks_anything() {
    agree(&HUNAN_LIBRARY_WAY, &tables::HUNAN_LIBRARY);
}

#[test]
fn no_approval_in_jizhou_lacks_anything() {
    agree(&JIZHOU_WAY, &tables::JIZHOU);
}

#[test]
fn no_approval_in_tongzhou_lacks_anything() {
    agree(&TONGZHOU_WAY, &tables::TONGZHOU);
}

#[test]
fn no_entry_in_tongzhou_lacks_anything() {
    agree(&TONGZHOU_LIBRARY_WAY, &tables::TONGZHOU_LIBRARY);
}

#[test]
fn no_approval_in_xinjiang_lacks_anything() {
    agree(&XINJIANG_WAY, &tables::XINJIANG);
}

// The bystander is put to the test.

/// A history up to its first approval, to be spoilt.
struct Sound<'a> {
    table: &'static Table,
    approval: &'static Demand,
    acts: &'a [Act],
}

/// A history spoilt in one way, and what must be found in it.
struct Spoilt {
    how: &'static str,
    acts: Vec<Act>,
    fault: Box<dyn Fn(&Fault) -> bool>,
}

fn stands(demand: &Demand, act: &Act) -> bool {
    match &act.what {
        What::Filed { step, .. } => step == demand.step,
        What::Done { step, outcome, .. } => step == demand.step && demand.passes.contains(&outcome.as_str()),
        _ => false,
    }
}

impl Sound<'_> {
    /// The last act of a step before the approval.
    fn at(&self, demand: &Demand) -> usize {
        self.acts.iter().rposition(|act| stands(demand, act)).unwrap()
    }

    fn before(&self) -> impl Iterator<Item = &'static Demand> {
        self.table.before(self.approval.step).into_iter().filter_map(|step| self.table.step(step))
    }

    /// The same with one act changed.
    fn but(&self, at: usize, change: impl FnOnce(&mut Act)) -> Vec<Act> {
        let mut acts = self.acts.to_vec();
        change(&mut acts[at]);
        acts
    }

    fn without(&self, at: usize) -> Vec<Act> {
        let mut acts = self.acts.to_vec();
        acts.remove(at);
        acts
    }

    fn with(&self, at: usize, more: Act) -> Vec<Act> {
        let mut acts = self.acts.to_vec();
        acts.insert(at, more);
        acts
    }

    /// Every way to spoil it.
    fn spoilt(&self) -> Vec<Spoilt> {
        let mut all = self.spoilt_steps();
        all.extend(self.spoilt_forms());
        all.extend(self.spoilt_hands());
        all
    }

    fn spoilt_steps(&self) -> Vec<Spoilt> {
        let mut all = Vec::new();
        let last = self.acts.len() - 1;
        let mut add = |how, acts, fault: Box<dyn Fn(&Fault) -> bool>| all.push(Spoilt { how, acts, fault });
        for demand in self.before() {
            let (at, step) = (self.at(demand), demand.step);
            add("a step left out", self.without(at), Box::new(move |f| *f == Fault::Missing(step.into())));
            let Some(days) = demand.notice_days else { continue };
            let short = move |f: &Fault| *f == Fault::NoticeShort(step.into());
            let posted = |act: &Act| matches!(&act.what, What::Posted { step } if step == demand.step);
            let board = self.acts[..at].iter().rposition(posted).unwrap();
            add("a notice never posted", self.without(board), Box::new(short));
            let late = self.acts[at].on.checked_sub(days_of(days)).unwrap();
            add("a notice a day short", self.but(board, |act| act.on = late), Box::new(short));
            let said = move |f: &Fault| *f == Fault::Objection(step.into());
            let mut act = self.acts[at].clone();
            act.what = What::Objected { step: step.into(), objection: 777 };
            add("an objection not answered", self.with(at, act.clone()), Box::new(said));
            let mut acts = self.with(at, act.clone());
            act.what = What::Answered { objection: 777, upheld: true };
            act.person = 70_777;
            acts.insert(at + 1, act);
            add("an objection upheld", acts, Box::new(said));
        }
        let missing = |f: &Fault| matches!(f, Fault::Missing(_));
        for (outcome, _) in self.approval.returns {
            let mut act = self.acts[last].clone();
            let (step, outcome) = (self.approval.step.to_owned(), (*outcome).to_owned());
            act.what = What::Done { step, outcome, to: None, papers: BTreeSet::new() };
            add("returned before", self.with(last, act), Box::new(missing));
        }
        let mut act = self.acts[last].clone();
        let (step, outcome) = (self.approval.step.to_owned(), "never".to_owned());
        act.what = What::Done { step, outcome, to: None, papers: BTreeSet::new() };
        add("refused before", self.with(last, act), Box::new(|f| *f == Fault::Over));
        all
    }

    fn spoilt_forms(&self) -> Vec<Spoilt> {
        let mut all = Vec::new();
        let last = self.acts.len() - 1;
        let mut add = |how, acts, fault: Box<dyn Fn(&Fault) -> bool>| all.push(Spoilt { how, acts, fault });
        for demand in self.before().chain([self.approval]) {
            for paper in demand.papers.iter().map(|paper| paper.id) {
                let acts = self.but(self.at(demand), |act| match &mut act.what {
                    What::Filed { papers, .. } | What::Done { papers, .. } => drop(papers.remove(paper)),
                    _ => {}
                });
                let fault = Fault::Paper(demand.step.into(), paper.into());
                add("a paper missing", acts, Box::new(move |f| *f == fault));
            }
        }
        let own = |act: &Act| match &act.what {
            What::Filed { step, .. } => self.table.step(step).is_some_and(|demand| demand.own_form),
            _ => false,
        };
        let form = self.acts.iter().rposition(own).unwrap();
        for target in self.table.targets {
            let acts = self.but(form, |act| {
                if let What::Filed { fields, .. } = &mut act.what {
                    fields.insert((*target).into(), " ".into());
                }
            });
            add("a target empty", acts, Box::new(move |f| *f == Fault::Target((*target).into())));
        }
        let acts = self.but(form, |act| {
            if let What::Filed { fields, rows, .. } = &mut act.what {
                untie(self.table, fields, rows);
            }
        });
        add("no household tied", acts, Box::new(|f| *f == Fault::Unlinked));
        if let Some(field) = self.approval.stands_on.first() {
            let mut act = self.acts[form].clone();
            if let What::Filed { fields, .. } = &mut act.what {
                fields.insert((*field).into(), "另一个".into());
            }
            add("changed before", self.with(last, act), Box::new(|f| matches!(f, Fault::Missing(_))));
        }
        all
    }

    fn spoilt_hands(&self) -> Vec<Spoilt> {
        let mut all = Vec::new();
        let last = self.acts.len() - 1;
        let mut add = |how, acts, fault: Box<dyn Fn(&Fault) -> bool>| all.push(Spoilt { how, acts, fault });
        let by = |hand: Hand| self.before().find(|d| d.hand == hand).map(|demand| self.at(demand)).unwrap();
        let (filed, checked) = (self.acts[by(Hand::Files)].person, by(Hand::Checks));
        let one = |person: i64| Box::new(move |f: &Fault| *f == Fault::OneHand(person));
        add("checked by who filed", self.but(checked, |act| act.person = filed), one(filed));
        add("decided by who filed", self.but(last, |act| act.person = filed), one(filed));
        let checker = self.acts[checked].person;
        add("decided by who checked", self.but(last, |act| act.person = checker), one(checker));
        let person = self.acts[last].person;
        let mut act = self.acts[last].clone();
        act.what = What::StoodAside;
        add("decided in spite of a tie", self.with(last, act), Box::new(move |f| *f == Fault::Tied(person)));
        let own = Box::new(move |f: &Fault| *f == Fault::OwnProject(person));
        add("decided for the own unit", self.but(last, |act| act.orgs.extend([UNIT.get()])), own);
        let role = self.approval.step;
        let role = Box::new(move |f: &Fault| *f == Fault::Role(role.into()));
        add("decided by another role", self.but(last, |act| act.role = "nobody".into()), role);
        let mut act = self.acts[last].clone();
        act.what = What::Resembled { other: 99 };
        add("not compared", self.with(last, act), Box::new(|f| *f == Fault::Alike(99)));
        all
    }
}

/// So many days.
fn days_of(days: i64) -> std::time::Duration {
    std::time::Duration::from_secs(u64::try_from(days).unwrap() * 86_400)
}

#[test]
fn a_spoilt_history_is_found_out() {
    let all: [(&Way, &'static Table); 6] = [
        (&HUNAN_WAY, &tables::HUNAN),
        (&HUNAN_LIBRARY_WAY, &tables::HUNAN_LIBRARY),
        (&JIZHOU_WAY, &tables::JIZHOU),
        (&TONGZHOU_WAY, &tables::TONGZHOU),
        (&TONGZHOU_LIBRARY_WAY, &tables::TONGZHOU_LIBRARY),
        (&XINJIANG_WAY, &tables::XINJIANG),
    ];
    let mut ways = BTreeMap::new();
    for (way, table) in all {
        let stories = (0..400).map(|seed| Story::told(way, (way.pack)(), table, seed));
        for story in stories.filter(|story| story.oracle.approved > 0).take(8) {
            let approves = |act: &Act| table.steps.iter().any(|d| d.approves && stands(d, act));
            let first = story.acts.iter().position(approves).unwrap();
            let approval = table.steps.iter().find(|d| stands(d, &story.acts[first])).unwrap();
            let sound = Sound { table, approval, acts: &story.acts[..=first] };
            for Spoilt { how, acts, fault } in sound.spoilt() {
                let found = Oracle::verdict(table, UNIT.get(), &acts);
                assert!(found.iter().any(fault), "{}: {how}: {found:?}\n{acts:#?}", table.name);
                *ways.entry(how).or_insert(0) += 1;
            }
        }
    }
    println!("{ways:?}");
    assert_eq!(ways.len(), 18, "{ways:?}");
}

/// A pack with something else written after a heading.
pub fn edited(text: &str, edits: &[(&str, &str, &str)]) -> &'static Pack {
    let mut text = text.to_owned();
    for (heading, from, to) in edits {
        let at = text.find(heading).unwrap_or_else(|| panic!("no {heading}"));
        let rest = text[at..].replacen(from, to, 1);
        assert!(rest != text[at..], "{heading}: no {from}");
        text.replace_range(at.., &rest);
    }
    let source = Source { name: "edited.md".into(), text };
    Box::leak(Box::new(Pack::load(source).unwrap_or_else(|found| panic!("{found}"))))
}

/// What a pack lets through when a gate is taken out of it.
fn lets_through(way: &Way, table: &'static Table, text: &str, edits: &[(&str, &str, &str)], wanted: &Fault) {
    let pack = edited(text, edits);
    let stories = (0..600).map(|seed| Story::told(way, pack, table, seed));
    let found = stories.into_iter().position(|story| story.faults.contains(wanted));
    assert!(found.is_some(), "{}: {wanted:?} was never found", table.name);
}

pub const HUNAN_TEXT: &str = include_str!("../../../../policies/hunan/2018.md");
const JIZHOU_TEXT: &str = include_str!("../../../../policies/jizhou/2018.md");
const TONGZHOU_TEXT: &str = include_str!("../../../../policies/tongzhou/2018.md");
const XINJIANG_TEXT: &str = include_str!("../../../../policies/xinjiang/2018.md");

#[test]
fn an_engine_without_its_gates_is_found_out() {
    let xinjiang = |edits: &[(&str, &str, &str)], fault: Fault| {
        lets_through(&XINJIANG_WAY, &tables::XINJIANG, XINJIANG_TEXT, edits, &fault);
    };
    let jizhou = |edits: &[(&str, &str, &str)], fault: Fault| {
        lets_through(&JIZHOU_WAY, &tables::JIZHOU, JIZHOU_TEXT, edits, &fault);
    };
    let skipped = [("[step.township_check]", "village_notice:clear", "village_propose")];
    xinjiang(&skipped, Fault::Missing("village_notice".into()));
    xinjiang(&[("[notice.village]", "10日", "1日")], Fault::NoticeShort("village_notice".into()));
    let optional = [("id = \"target_quality\"", "required = true", "required = false")];
    xinjiang(&optional, Fault::Target("target_quality".into()));
    let anybody = [("[step.line_review]", "each      = true", "each      = false")];
    xinjiang(&anybody, Fault::Missing("line_review".into()));
    let optional = [("[papers.location_map]", "seals", "optional = true\nseals")];
    jizhou(&optional, Fault::Paper("formal".into(), "location_map".into()));
    let forgets = [("[step.experts]", "stands_on", "# stands_on")];
    jizhou(&forgets, Fault::Missing("experts".into()));
    let unverified = [("[step.decide_project]", "verify_project:pass", "declare_project")];
    let fault = Fault::Missing("verify_project".into());
    lets_through(&TONGZHOU_WAY, &tables::TONGZHOU, TONGZHOU_TEXT, &unverified, &fault);
    let untied = [
        ("[form.declaration]", "id       = \"links\"", "id = \"links\""),
        ("id = \"links\"", "rows_min = 1", "rows_min = 0"),
    ];
    lets_through(&HUNAN_WAY, &tables::HUNAN, HUNAN_TEXT, &untied, &Fault::Unlinked);
}
