//! Histories at random on a real book: people of every role do what they like through the program, the bystander of the domain's
//! tests reads along, and at the end the book verifies.

#[path = "../../../domain/tests/life/world.rs"]
#[expect(dead_code, reason = "only forms and steps are filled in with it")]
pub mod filler;
#[path = "../../../domain/tests/common/oracle/mod.rs"]
#[expect(dead_code, reason = "the bystander is put to the test where the decisions are")]
pub mod oracle;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use app::ports::Clock;
use app::view::Viewer;
use app::view::state::Aside;
use app::{Answer, App, Command, Failure, Request, Who};
use domain::Refusal;
use domain::case::{Case, Paper, files, notice_of, open_steps};
use domain::identity::OrgKind;
use filler::World;
use journal::HashKind;
use kernel::deadline::due;
use kernel::id::{CaseId, ObjectionId, OrgId, PaperHash};
use kernel::term::{Term, TermUnit};
use oracle::tables::{self, Table};
use oracle::{Act, Oracle, What};
use policy::form::FormData;
use policy::pack::{Pack, RoleKind};
use policy::procedure::{OutcomeKind, Step as PackStep};
use qingqu::clock::DemoClock;
use qingqu::cmd::verify;
use qingqu::demo::cast::{Cast, office};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use store::{Database, portable};

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    fn any<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// A book of one regulation with three persons in each role, and one more of each office who belongs to the unit.
pub struct Office {
    pub app: App,
    clock: Arc<DemoClock>,
    pub cast: Cast,
    pub pack: &'static Pack,
    pub unit: OrgId,
    roles: Vec<&'static str>,
    paper: Paper,
    folder: tempfile::TempDir,
}

impl Office {
    pub fn open(pack: &'static Pack, ways: &[&'static Table]) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir(folder.path().to_owned());
        let clock = Arc::new(DemoClock::at(filler::day(filler::FIRST_DAY).max(pack.in_force.from)));
        let seen = Arc::clone(&clock) as Arc<dyn Clock>;
        let app = site::start_running(
            &Database::File(dir.book()),
            &dir,
            Some(&pack.id),
            seen,
            Arc::new(Seeded::new(7)),
        )
        .unwrap();
        let unit = office(&app, "申报单位", OrgKind::Government, Some("120119")).unwrap();
        // An enterprise would need a credit code; its steps are the ones that may be left out.
        let staffed = |role: &&'static str| {
            let kind = pack.roles.get(role).map(|role| role.kind);
            matches!(kind, Some(RoleKind::Government | RoleKind::Group | RoleKind::Village))
        };
        let steps = ways.iter().flat_map(|table| table.steps);
        let roles: BTreeSet<&'static str> =
            steps.flat_map(|demand| demand.by.iter().copied()).filter(staffed).collect();
        let own = ways[0].steps[0].by[0];
        let mut cast = Cast::default();
        for role in &roles {
            let org = if *role == own {
                unit
            } else {
                office(&app, role, OrgKind::Government, Some("120119")).unwrap()
            };
            for n in 0..3 {
                cast.add(&app, (org, role), role, "某人", &format!("{role}{n}")).unwrap();
            }
            if *role != own {
                let person = cast.add(&app, (org, role), role, "某人", &format!("{role}3")).unwrap();
                let grant = Command::GrantRole { person, org: unit, role: own.to_owned() };
                app.submit(Request { who: Who::Program, key: String::new(), command: grant }).unwrap();
            }
        }
        let bytes = b"%PDF-1.4 a scan".to_vec();
        let hash = PaperHash(*HashKind::Sm3.plain(&bytes).as_bytes());
        app.house.put_paper(&hash, &bytes).unwrap();
        let size = i64::try_from(bytes.len()).unwrap();
        let paper =
            Paper { paper: String::new(), name: "a.pdf".into(), hash, size, media: "application/pdf".into() };
        Office { app, clock, cast, pack, unit, roles: roles.into_iter().collect(), paper, folder }
    }

    pub fn submit(&self, login: &str, command: Command) -> Result<Answer, Refusal> {
        let who = if login == "public" { Who::Public } else { self.cast.who(login).unwrap() };
        match self.app.submit(Request { who, key: String::new(), command }) {
            Ok(answer) => Ok(answer),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Fault(fault)) => panic!("{fault}"),
        }
    }

    /// Whoever sees all cases.
    pub fn viewer(&self) -> Viewer {
        let all =
            |role: &&&str| self.pack.roles.get(role).is_some_and(|role| role.sees == policy::pack::Sees::All);
        let role = self.roles.iter().find(all).unwrap();
        self.viewer_of(&format!("{role}0"))
    }

    pub fn viewer_of(&self, login: &str) -> Viewer {
        let Who::Person { person, org, role } = self.cast.who(login).unwrap() else { panic!() };
        self.app.viewer(person, org, &role).unwrap().unwrap()
    }

    pub fn papers(&self, step: &PackStep) -> Vec<Paper> {
        step.papers.iter().map(|id| Paper { paper: id.clone(), ..self.paper.clone() }).collect()
    }

    /// Forms and steps of today.
    pub fn filler(&self) -> World {
        let mut filler = World::of(self.pack);
        filler.on(&self.app.today().to_string());
        filler
    }

    /// Where the book lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The book as one portable stream.
    pub fn exported(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let book = Database::File(DataDir(self.folder.path().to_owned()).book());
        portable::export(&mut *book.open_read().unwrap(), &mut bytes).unwrap();
        bytes
    }

    /// The log, the ledger and every table are what a replay of the journal gives.
    pub fn verifies(&self) {
        let found = verify::differences(&DataDir(self.folder.path().to_owned()).book()).unwrap();
        assert!(found.lines.is_empty(), "{:?}", found.lines);
    }
}

fn ids(papers: &[Paper]) -> BTreeSet<String> {
    papers.iter().map(|paper| paper.paper.clone()).collect()
}

/// One project's history.
struct Story<'o> {
    office: &'o Office,
    table: &'static Table,
    viewer: Viewer,
    id: CaseId,
    oracle: Oracle,
    refused: usize,
}

impl Story<'_> {
    fn case(&self) -> Case {
        self.office.app.case(&self.viewer, self.id).unwrap()
    }

    fn note(&mut self, login: &str, what: What) {
        let (person, role, orgs) = match self.office.cast.who(login) {
            Ok(Who::Person { person, role, .. }) => {
                let held = self.office.app.reads.person(person).unwrap().unwrap().roles;
                (person.get(), role, held.iter().map(|held| held.org.get()).collect())
            }
            _ => (0, "public".to_owned(), BTreeSet::new()),
        };
        let files = matches!(what, What::Filed { .. });
        let act = Act { on: self.office.app.today(), person, role, orgs, what };
        let faults = self.oracle.see(&act);
        assert!(faults.is_empty(), "{}: {faults:?} {act:?}", self.table.name);
        // What the program found to be alike stands on the page.
        for other in self.case().alike.keys().filter(|_| files) {
            self.oracle.see(&Act { what: What::Resembled { other: other.get() }, ..act.clone() });
        }
    }

    /// Tells it, or that it was refused: under an article, or because it is none of the person's business.
    fn told(&mut self, login: &str, result: Result<Answer, Refusal>, what: What) {
        match result {
            Ok(_) => self.note(login, what),
            Err(refusal) => {
                let house = ["R001", "R002"].contains(&refusal.reason.code());
                assert!(house || !refusal.cite.is_empty(), "{refusal}: no article");
                self.refused += 1;
            }
        }
    }

    /// Now and then anybody.
    fn somebody(&self, step: &PackStep, dice: &mut Dice) -> String {
        let by: Vec<&String> = step.roles().collect();
        let role = if dice.below(8) == 0 {
            dice.any(&self.office.roles).unwrap()
        } else {
            by[dice.below(by.len())].as_str()
        };
        // Who checks is mostly another than who decides.
        let usual = match self.table.step(&step.id).map(|demand| demand.hand) {
            Some(tables::Hand::Checks) => 1,
            Some(tables::Hand::Decides) => 2,
            _ => 0,
        };
        let n = if dice.below(5) == 0 { dice.below(4) } else { usual };
        let own = role == self.table.steps[0].by[0];
        format!("{role}{}", if own { n.min(2) } else { n })
    }

    fn try_step(&mut self, step: &PackStep, passing: bool, dice: &mut Dice) {
        let filler = self.office.filler();
        let (login, id, today) = (self.somebody(step, dice), self.id, self.office.app.today());
        let fit = |kind: OutcomeKind| !passing || kind == OutcomeKind::Pass;
        let outcomes: Vec<&str> =
            step.outcomes.iter().filter(|o| fit(o.kind)).map(|o| o.id.as_str()).collect();
        let outcome = dice.any(&outcomes).copied().unwrap_or_default().to_owned();
        let mut papers = self.office.papers(step);
        if dice.below(10) == 0 {
            papers.pop();
        }
        if files(step.act) {
            let mut form = filler.filled(step.form.as_deref().unwrap());
            bend(&mut form, self.table, dice);
            let what = What::Filed {
                step: step.id.clone(),
                fields: form.fields.clone(),
                rows: form.tables.clone(),
                papers: ids(&papers),
            };
            let command = Command::Declare {
                case: Some(id),
                pack: self.office.pack.id.clone(),
                procedure: step.procedure.clone(),
                step: Some(step.id.clone()),
                parent: None,
                form,
                papers,
            };
            let result = self.office.submit(&login, command);
            return self.told(&login, result, what);
        }
        if notice_of(self.office.pack, step).is_some() && self.case().running(&step.id).is_none() {
            let post = filler.posting(&step.id);
            let command = Command::PostOnCase {
                case: id,
                step: step.id.clone(),
                on: today,
                postings: post.postings,
                fields: post.fields,
                papers,
            };
            let result = self.office.submit(&login, command);
            return self.told(&login, result, What::Posted { step: step.id.clone() });
        }
        let mut whole = filler.whole(&step.id, &outcome);
        match dice.below(20) {
            0 => drop(whole.checks.pop()),
            1 => whole.notes.clear(),
            2 => whole.records.clear(),
            _ => {}
        }
        let what = What::Done { step: step.id.clone(), outcome, to: None, papers: ids(&papers) };
        let command = Command::Step {
            case: id,
            step: whole.step,
            outcome: whole.outcome,
            to: None,
            opinion: whole.opinion,
            checks: whole.checks,
            records: whole.records,
            notes: whole.notes,
            papers,
            form: whole.form,
            document: whole.document,
            on: today,
        };
        let result = self.office.submit(&login, command);
        self.told(&login, result, what);
    }

    fn go_on(&mut self, dice: &mut Dice) {
        let case = self.case();
        let known = self.table.steps.iter().filter_map(|demand| self.office.pack.steps.get(demand.step));
        let staffed = |step: &&PackStep| step.roles().all(|role| self.office.roles.contains(&role.as_str()));
        let known: Vec<&PackStep> = known.filter(staffed).collect();
        let open = open_steps(self.office.pack, &case);
        let open: Vec<&PackStep> =
            known.iter().copied().filter(|step| open.iter().any(|open| open.step.id == step.id)).collect();
        match dice.below(22) {
            0..=12 => {
                if let Some(step) = dice.any(&open).copied() {
                    self.try_step(step, true, dice);
                }
            }
            13 => {
                let step = dice.any(&known).copied().unwrap();
                self.try_step(step, dice.below(4) > 0, dice);
            }
            14 => {
                if let Some(notice) = dice.any(&case.notices) {
                    let (number, step) = (notice.number.clone(), notice.step.clone());
                    let (text, receipt) = ("异议".to_owned(), format!("回执{}", dice.below(1_000_000)));
                    let command =
                        Command::ObjectToCase { case: self.id, notice: number, text, from: None, receipt };
                    let result = self.office.submit("public", command);
                    let objection = result.as_ref().ok().and_then(|answer| answer.id).unwrap_or_default();
                    self.told("public", result, What::Objected { step, objection });
                }
            }
            15 | 16 => {
                let said: Vec<ObjectionId> = case.objections.keys().copied().collect();
                if let Some(objection) = dice.any(&said).copied() {
                    let login = format!("{}{}", dice.any(&self.office.roles).unwrap(), dice.below(3));
                    let upheld = dice.below(4) == 0;
                    let answer = "答复".to_owned();
                    let command = Command::AnswerOnCase { case: self.id, objection, upheld, answer };
                    let result = self.office.submit(&login, command);
                    self.told(&login, result, What::Answered { objection: objection.get(), upheld });
                }
            }
            17 | 18 => {
                let alike: Vec<CaseId> = case.uncompared().collect();
                if let Some(other) = dice.any(&alike).copied() {
                    let login = format!("{}{}", dice.any(&self.office.roles).unwrap(), dice.below(4).min(2));
                    let aside = Aside::Compare { other, same: false, why: "地点不同".into() };
                    let result = self.office.submit(&login, Command::Aside { case: self.id, aside });
                    self.told(&login, result, What::Compared { other: other.get() });
                }
            }
            19 if dice.below(4) == 0 => {
                let login = format!("{}{}", dice.any(&self.office.roles).unwrap(), dice.below(3));
                let aside = Aside::Recuse { why: "亲属".into() };
                let result = self.office.submit(&login, Command::Aside { case: self.id, aside });
                self.told(&login, result, What::StoodAside);
            }
            _ => self.later(1 + u32::try_from(dice.below(8)).unwrap()),
        }
    }

    fn later(&self, days: u32) {
        let calendar = kernel::calendar::Calendar::known_on(self.office.app.today());
        let term = Term { n: days, unit: TermUnit::Day };
        self.office.clock.advance_to_day(due(self.office.app.today(), term, &calendar).date);
    }
}

/// Now and then something else in the form, or something missing.
fn bend(form: &mut FormData, table: &Table, dice: &mut Dice) {
    match dice.below(16) {
        0 => drop(form.set("", None, dice.any(table.targets).unwrap(), " ")),
        1 => form.tables.clear(),
        2 => drop(form.set("", None, "content", format!("第{}次改写", dice.below(5)))),
        _ => {}
    }
}

/// Files a project straight, and takes what it builds on as far as its approval.
fn begun(
    office: &Office,
    table: &'static Table,
    procedure: &str,
    parent: Option<CaseId>,
) -> (CaseId, FormData) {
    let first = office.pack.start_steps(office.pack.procedures.get(procedure).unwrap())[0];
    let mut form = office.filler().filled(first.form.as_deref().unwrap());
    form.set("", None, "late", "补录");
    let command = Command::Declare {
        case: None,
        pack: office.pack.id.clone(),
        procedure: procedure.to_owned(),
        step: None,
        parent,
        form: form.clone(),
        papers: office.papers(first),
    };
    let answer =
        office.submit(&format!("{}0", table.steps[0].by[0]), command).unwrap_or_else(|r| panic!("{r}"));
    (CaseId(answer.id.unwrap()), form)
}

/// An entry of the library, accepted; `of` is the way of it.
fn entered(office: &Office, of: &'static Table) -> CaseId {
    let (id, _) = begun(office, of, "library", None);
    for (n, demand) in of.steps.iter().enumerate().skip(1) {
        let whole = office.filler().whole(demand.step, demand.passes[0]);
        let command = Command::Step {
            case: id,
            step: whole.step,
            outcome: whole.outcome,
            to: None,
            opinion: whole.opinion,
            checks: whole.checks,
            records: whole.records,
            notes: whole.notes,
            papers: Vec::new(),
            form: whole.form,
            document: None,
            on: office.app.today(),
        };
        let case = office.app.case(&office.viewer(), id).unwrap();
        for other in case.uncompared().collect::<Vec<_>>() {
            let aside = Aside::Compare { other, same: false, why: "地点不同".into() };
            office.submit(&format!("{}1", of.steps[1].by[0]), Command::Aside { case: id, aside }).unwrap();
        }
        office.submit(&format!("{}{n}", demand.by[0]), command).unwrap_or_else(|r| panic!("{r}"));
    }
    id
}

/// Some histories of one regulation on one book.
fn histories(pack: &'static Pack, table: &'static Table, procedure: &str, library: Option<&'static Table>) {
    let ways: Vec<&'static Table> = library.into_iter().chain([table]).collect();
    let office = &Office::open(pack, &ways);
    let (mut approved, mut refused) = (0_u32, 0);
    for seed in 0..5_u64 {
        let parent = library.map(|of| entered(office, of));
        let (id, form) = begun(office, table, procedure, parent);
        let oracle = Oracle::new(table, office.unit.get());
        let mut story = Story { office, table, viewer: office.viewer(), id, oracle, refused: 0 };
        let first = pack.steps.get(table.steps[0].step).unwrap();
        let papers = ids(&office.papers(first));
        let login = format!("{}0", table.steps[0].by[0]);
        let (fields, rows) = (form.fields, form.tables);
        story.note(&login, What::Filed { step: first.id.clone(), fields, rows, papers });
        let mut dice = Dice(seed);
        for _ in 0..40 + 10 * table.steps.len() {
            story.go_on(&mut dice);
        }
        approved += u32::from(story.oracle.approved > 0);
        refused += story.refused;
    }
    println!("{}: approved in {approved} of 5, {refused} refused", table.name);
    assert!(approved > 0 && refused > 20, "{approved} approved, {refused} refused");
    office.verifies();
}

#[test]
fn no_approval_on_a_book_of_hunan_lacks_anything() {
    histories(&filler::HUNAN, &tables::HUNAN, "flow", Some(&tables::HUNAN_LIBRARY));
}

#[test]
fn no_approval_on_a_book_of_jizhou_lacks_anything() {
    histories(&filler::JIZHOU, &tables::JIZHOU, "declaration", None);
}

#[test]
fn no_approval_on_a_book_of_tongzhou_lacks_anything() {
    histories(&filler::TONGZHOU, &tables::TONGZHOU, "flow", Some(&tables::TONGZHOU_LIBRARY));
}

#[test]
fn no_approval_on_a_book_of_xinjiang_lacks_anything() {
    histories(&filler::XINJIANG, &tables::XINJIANG, "two_up_two_down", None);
}
