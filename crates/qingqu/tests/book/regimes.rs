//! The demonstration's books of booked money: each is told without a refusal, verifies, and shows every state that the pages have;
//! and a book keeps the policy that it was begun with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use app::command::money::{AllocationLine, AllocationStep, AllocationText, MoneyCommand, NewAllocation};
use app::ports::{Book as _, Clock, House as _};
use app::rows::{BatchFilter, CaseFilter, ClaimFilter, PaymentFilter, ProjectFilter, Scope};
use app::view::inbox::Place;
use app::view::library::Shelf;
use app::view::state::OrgKind;
use app::{App, Command, Failure, Request, Who};
use domain::case::Aside;
use kernel::Money;
use kernel::id::{AllocationId, OrgId, SourceId};
use policy::pack::RoleKind;
use policy::procedure::Act;
use qingqu::clock::DemoClock;
use qingqu::cmd::verify;
use qingqu::demo::{self, SignIn, Tale};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use store::Database;

/// A book in which the demonstration's tale of a policy was told.
pub struct Told {
    pub app: App,
    pub sign_ins: Vec<SignIn>,
    folder: tempfile::TempDir,
}

fn open(folder: &Path, policy: Option<&str>, clock: &Arc<DemoClock>) -> anyhow::Result<App> {
    let dir = DataDir(folder.to_owned());
    let seen = Arc::clone(clock) as Arc<dyn Clock>;
    site::start_running(&Database::File(dir.book()), &dir, policy, seen, Arc::new(Seeded::new(5)))
}

/// Tells the tale of a policy.
pub fn tell(policy: &str) -> Told {
    let tale: &Tale = demo::tale(policy).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(DemoClock::at(tale.first_day));
    let app = open(folder.path(), Some(policy), &clock).unwrap();
    let sign_ins = (tale.fill)(&app, &clock, false).unwrap_or_else(|error| panic!("{policy}: {error:#}"));
    Told { app, sign_ins, folder }
}

impl Told {
    fn book(&self) -> Database {
        Database::File(DataDir(self.folder.path().to_owned()).book())
    }

    /// Takes all lines of registers out of the book, as it was before there were any.
    pub fn forgets_lines(&self) {
        let book = self.app.pack().unwrap().id.clone();
        let opening = store::Opening { book: &book, kind: journal::HashKind::Sm3, now: 0 };
        let mut opened = store::open(&self.book(), opening).unwrap();
        let rows = self.app.reads.cases(&CaseFilter::within(Scope::All, 200)).unwrap().rows;
        opened.book.begin().unwrap();
        for row in rows {
            opened.book.put_lines(row.case, &[]).unwrap();
        }
        opened.book.commit().unwrap();
        opened.house.put_setting("registers", "").unwrap();
    }

    /// Opens the book again.
    pub fn opens_again(&mut self) {
        let clock = Arc::new(DemoClock::at(self.app.today()));
        self.app = open(self.folder.path(), None, &clock).unwrap();
    }

    /// The person with this sign-in name.
    pub fn viewer(&self, login: &str) -> app::view::Viewer {
        let row = self.app.reads.person_by_login(login).unwrap().unwrap();
        let held = row.roles.first().unwrap();
        self.app.viewer(row.person, held.org, &held.role).unwrap().unwrap()
    }

    /// The log, the ledger and every table are what a replay of the journal gives.
    pub fn verifies(&self) {
        let found = verify::differences(&DataDir(self.folder.path().to_owned()).book()).unwrap();
        assert!(found.lines.is_empty(), "{:?}", found.lines);
    }

    /// A unit reads the case of another that its money comes from, does there the steps of its role, and reads no other.
    fn units_do_their_part_of_what_their_money_comes_from(&self, role: &str) {
        let unit = self.sign_ins.iter().find(|one| one.role == role).unwrap();
        let viewer = self.viewer(&unit.login);
        let rows = self.app.reads.cases(&CaseFilter::within(Scope::All, 200)).unwrap().rows;
        let (mut read, mut hidden, mut does) = (0, 0, 0);
        for row in rows.iter().filter(|row| row.applicant != viewer.org) {
            let below =
                CaseFilter { parent: Some(row.case), ..CaseFilter::within(Scope::Own(viewer.org), 1) };
            let ids = [Some(row.case), row.parent];
            let ids: Vec<_> = ids.into_iter().flatten().collect();
            let projects = self.app.reads.projects_of_cases(&ids).unwrap();
            let own = projects.iter().any(|project| project.unit == viewer.org);
            let own = own || !self.app.reads.cases(&below).unwrap().rows.is_empty();
            let page = self.app.case_page(&viewer, row.case);
            assert_eq!(page.is_ok(), own, "{}", row.number);
            let text = "现场已看过。".to_owned();
            let aside = Command::Aside { case: row.case, aside: Aside::Comment { text } };
            let said = self.app.submit(Request { who: viewer.who(), key: String::new(), command: aside });
            assert_eq!(said.is_ok(), own, "{}", row.number);
            let Ok(page) = page else {
                hidden += 1;
                continue;
            };
            read += 1;
            for act in &page.next {
                let own = page.pack.steps.get(&act.step).unwrap().done_by(role);
                assert_eq!(act.mine.is_some(), own, "{} {}", row.number, act.step);
                does += usize::from(own);
                assert_eq!(self.app.desk(&viewer, row.case, &act.step).is_ok(), own, "{}", act.step);
            }
            let around = self.app.case_around(&viewer, row.case).unwrap();
            assert!(!around.reads_only && !around.may_compare);
        }
        assert!(read > 0 && hidden > 0 && does > 0, "{read} read, {hidden} hidden, {does} done");
        let todo = self.app.todo(&viewer).unwrap();
        let of_cases = todo.iter().filter(|todo| matches!(todo.place, Place::CaseStep(..)));
        assert!(of_cases.count() > 0, "what it has to do waits in its inbox");
        let idle = self.app.idle_desks().unwrap();
        let name = self.app.pack().unwrap().roles.get(role).unwrap().name.zh.clone();
        assert!(idle.iter().all(|desk| desk.role.zh != name), "nothing waits for a unit that there is not");
    }

    /// Nothing is below zero; each source's lots add up to its budget and its cash.
    fn adds_up(&self) {
        let viewer = self.viewer("finance");
        let accounts = self.app.reads.balances("").unwrap();
        assert!(accounts.len() > 20, "{} accounts", accounts.len());
        for (account, amount) in accounts {
            let outside = ["authority:", "outside:"].iter().any(|start| account.starts_with(start));
            assert!(outside || !amount.is_negative(), "{account} {amount}");
        }
        let table = self.app.fund_table(&viewer, None).unwrap();
        assert!(table.all.balances(), "{:?}", table.all);
        let sources = self.app.source_list(&viewer, &Default::default()).unwrap();
        let sum = |of: &[app::view::money::WhereNow]| Money::sum(of.iter().map(|w| w.amount)).unwrap();
        for line in &sources.lines {
            let id: SourceId = line.row.source;
            let page = self.app.source_page(&viewer, id).unwrap();
            let budget = line.row.budget.checked_sub(line.row.cut).unwrap();
            assert_eq!(sum(&page.permission), budget, "{}", line.row.document);
            assert_eq!(sum(&page.cash), line.row.received, "{}", line.row.document);
            assert!(self.app.follow_forward(&viewer, id).unwrap().complete(), "{}", line.row.document);
        }
        let net = |row: &app::rows::SourceRow| row.budget.checked_sub(row.cut).unwrap();
        let budgets = Money::sum(sources.lines.iter().map(|line| net(&line.row))).unwrap();
        assert_eq!(budgets, table.all.budget, "every source is in the list");
    }

    /// Claims and payments stand in every state that a desk meets; something surplus came back.
    fn shows_every_state(&self) {
        let pack = self.app.pack().unwrap().id.clone();
        let filter = ClaimFilter {
            scope: Scope::All,
            pack: pack.clone(),
            fund: None,
            project: None,
            standing: None,
            text: None,
            after: None,
            limit: 500,
        };
        let claims = self.app.reads.claims(&filter).unwrap().rows;
        let standings: BTreeSet<&str> = claims.iter().map(|row| row.standing.as_str()).collect();
        for word in ["filed", "checked", "returned", "approved", "paid", "refused", "withdrawn"] {
            assert!(standings.contains(word), "no claim is {word}: {standings:?}");
        }
        assert!(claims.iter().any(|row| row.approved > Money::ZERO && row.approved < row.asked), "partial");
        let batches = self
            .app
            .reads
            .batches(&BatchFilter { pack: pack.clone(), limit: 500, ..BatchFilter::default() })
            .unwrap()
            .rows;
        let standings: BTreeSet<&str> = batches.iter().map(|row| row.standing.as_str()).collect();
        assert_eq!(standings, BTreeSet::from(["made", "released", "settled"]));
        let payments = PaymentFilter { pack, limit: 500, ..PaymentFilter::default() };
        let payments = self.app.reads.payments(&payments).unwrap();
        let failed = payments.iter().filter(|row| row.state == "failed");
        let again = failed.filter(|row| {
            payments
                .iter()
                .any(|other| other.claim == row.claim && other.payee == row.payee && other.state == "paid")
        });
        assert!(again.count() > 0, "a failed payment is made again");
        let exceptions = self.app.exceptions(&self.viewer("finance")).unwrap();
        assert_eq!(exceptions.unclear.len(), 1, "one line of the bank is unclear");
        let done = exceptions.failed.iter().filter(|payment| payment.again.is_some());
        assert_eq!(done.count(), 0, "what was made again needs nobody");
    }

    /// A filing is overdue, a plan waits for somebody who is asked.
    fn keeps_somebody_waiting(&self) {
        let pack = self.app.pack().unwrap();
        let mut late = 0;
        let mut asked = 0;
        for one in &self.sign_ins {
            let tasks = self.app.reads.tasks(&self.viewer(&one.login).task_scope(), 99).unwrap();
            for task in tasks.iter().filter(|task| task.subject.starts_with("allocation:")) {
                let act = pack.steps.get(&task.step).map(|step| step.act);
                let past = task.due.is_some_and(|due| due < self.app.today());
                late += usize::from(act == Some(Act::File) && past);
                asked += usize::from(act == Some(Act::Review));
            }
        }
        assert!(late >= 1 && asked >= 1, "{}: {late} filings late, {asked} asked", pack.id);
    }

    /// Whoever the pack gives a step has somebody who signs in.
    fn everybody_is_there(&self) {
        let pack = self.app.pack().unwrap();
        let held: BTreeSet<&str> = self.sign_ins.iter().map(|one| one.role.as_str()).collect();
        for role in pack.roles.iter().filter(|role| role.kind != RoleKind::Public) {
            assert!(held.contains(role.id.as_str()), "{}: nobody is {}", pack.id, role.id);
        }
        for one in &self.sign_ins {
            assert!(
                self.app.house.credential(self.viewer(&one.login).person).unwrap().is_some(),
                "{}",
                one.login
            );
        }
    }

    fn is_whole(&self) {
        self.verifies();
        self.adds_up();
        self.shows_every_state();
        self.keeps_somebody_waiting();
        self.everybody_is_there();
    }
}

#[test]
fn tongzhou_is_whole_and_its_odd_fen_is_the_areas() {
    let told = tell("tongzhou");
    told.is_whole();
    let table = told.app.fund_table(&told.viewer("finance"), Some(2018)).unwrap();
    let lines = table.lines.iter().filter(|line| line.fund == "ongniud");
    let sides: Vec<(&str, Money)> = lines.map(|line| (line.side.as_str(), line.figures.budget)).collect();
    let yuan = |text| Money::parse_yuan(text).unwrap();
    assert_eq!(sides, [("tongzhou", yuan("10000000.00")), ("area", yuan("10000000.01"))]);
    let shelves = told.app.library(&told.viewer("office"), &Default::default()).unwrap().lines;
    let arranged = shelves.iter().filter(|line| matches!(line.shelf, Shelf::Arranged(_))).count();
    assert!(arranged > 0, "money of what builds on an entry is the entry's");
}

#[test]
fn whoever_sees_a_region_decides_on_the_fund_of_that_region_only() {
    let told = tell("tongzhou");
    let app = &told.app;
    let submit = |who, command| app.submit(Request { who, key: String::new(), command });
    // A league above 科尔沁右翼中旗 (152222) is invented; the other areas are the pack's own.
    let league = Command::RegisterOrg {
        name: "兴安盟行政公署".into(),
        kind: OrgKind::Government,
        region: Some("152200".parse().unwrap()),
        credit_code: None,
    };
    let league = OrgId(submit(Who::Program, league).unwrap().id.unwrap());
    let (name, login) = ("萨仁".to_owned(), "area-league".to_owned());
    let person = Command::AddPerson { name, login, org: league, role: "tz_area".into() };
    submit(Who::Program, person).unwrap();

    let money = |login: &str, command| {
        submit(told.viewer(login).who(), Command::Money(Box::new(command))).map(|answer| answer.id.unwrap())
    };
    let filter =
        ProjectFilter { fund: Some("horqin".into()), ..ProjectFilter::all(Scope::All, "tongzhou", 1) };
    let project = app.reads.projects(&filter).unwrap().rows[0].project;
    for own in ["area-horqin", "area-league"] {
        let line = AllocationLine {
            project,
            place: String::new(),
            amount: Money::from_fen(100_000),
            note: String::new(),
            why: Vec::new(),
        };
        let text = AllocationText { basis: "工作方案".into(), method: None, lines: vec![line] };
        let (pack, fund, side) = ("tongzhou".into(), "horqin".into(), "area".into());
        let draft = MoneyCommand::DraftAllocation(NewAllocation { pack, fund, side, year: 2018, text });
        let allocation = AllocationId(money("office", draft).unwrap());
        let agrees = |login: &str| {
            let step = AllocationStep {
                step: "consult_area".into(),
                outcome: Some("agree".into()),
                opinion: "同意".into(),
                notes: BTreeMap::new(),
                papers: Vec::new(),
                document: None,
                on: app.today(),
            };
            money(login, MoneyCommand::StepAllocation { allocation, step })
        };
        let head = app.reads.head().unwrap();
        for other in ["area-naiman", "area-ongniud", "area-lhasa"] {
            let Err(Failure::Refused(refusal)) = agrees(other) else { panic!("{other} decided") };
            assert_eq!(refusal.reason.name(), "NotFound", "{other}: {refusal}");
        }
        assert_eq!(app.reads.head().unwrap(), head, "a refused command wrote");
        agrees(own).unwrap();
        assert!(app.reads.head().unwrap().0 > head.0, "{own}");
    }
}

#[test]
fn jizhou_is_whole_and_one_village_has_not_agreed() {
    let told = tell("jizhou");
    told.is_whole();
    let sources = told.app.source_list(&told.viewer("finance"), &Default::default()).unwrap();
    let years: BTreeSet<i16> =
        sources.lines.iter().filter(|l| l.row.fund == "industry").map(|l| l.row.year).collect();
    assert_eq!(years, BTreeSet::from([2018, 2019, 2020]), "three tranches");
    let consents = told.app.reads.consents("jizhou").unwrap();
    let villages = || consents.iter().filter(|row| row.demand == "village_consent");
    assert_eq!(villages().count(), 12);
    let out: Vec<&str> = villages().filter(|row| row.revoked.is_some()).map(|row| &*row.place).collect();
    assert_eq!(out, ["120119-ms-4"], "the twelfth took its consent back");
    // Each township has its own declarations before it, and those of the others are handled at the same office.
    let agri = told.viewer("agri");
    let all = told.app.reads.cases(&CaseFilter::within(Scope::All, 200)).unwrap().rows;
    for login in ["xiaying", "chutouling", "mashenqiao"] {
        let town = told.viewer(login);
        for row in &all {
            assert_eq!(told.app.case(&town, row.case).is_ok(), row.applicant == town.org, "{}", row.number);
        }
        let todo = told.app.todo(&town).unwrap();
        assert!(todo.iter().all(|todo| todo.applicant.is_empty() || todo.applicant == town.org_name));
    }
    assert_eq!(told.app.case_page(&agri, all[0].case).unwrap().desk, "蓟州区农委");
}

#[test]
fn xinjiang_is_whole_and_a_project_is_paid_from_two_channels() {
    let told = tell("xinjiang");
    told.is_whole();
    let viewer = told.viewer("finance");
    let sources = told.app.source_list(&viewer, &Default::default()).unwrap();
    assert_eq!(sources.total, 5);
    let reached = sources.lines.iter().filter(|line| {
        let forward = told.app.follow_forward(&viewer, line.row.source).unwrap();
        forward.projects.iter().any(|branch| branch.name == "喀瓦克乡设施农业大棚")
    });
    assert_eq!(reached.count(), 2);
    told.units_do_their_part_of_what_their_money_comes_from("xj_unit");
    told.verifies();
}

#[test]
fn hunan_is_whole_and_its_allocation_says_why() {
    let told = tell("hunan");
    told.is_whole();
    let page = told.app.allocation_page(&told.viewer("office"), AllocationId(1)).unwrap();
    assert!(page.lines.iter().all(|line| !line.why.is_empty()), "each amount has its reasons");
}

#[test]
fn a_book_keeps_the_policy_that_it_was_begun_with() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(DemoClock::at(demo::FIRST_DAY));
    let runs = |policy| open(folder.path(), policy, &clock).map(|app| app.pack().unwrap().id.clone());
    let refused = open(folder.path(), Some("nowhere"), &clock).err().unwrap().to_string();
    assert!(refused.contains("nowhere") && refused.contains("hunan"), "{refused}");
    assert!(!DataDir(folder.path().to_owned()).book().exists(), "a wrong word leaves no book behind");
    assert_eq!(runs(Some("hunan")).unwrap(), "hunan");
    assert_eq!(runs(None).unwrap(), "hunan", "the book decides");
    assert_eq!(runs(Some("hunan")).unwrap(), "hunan");
    let refused = runs(Some("jizhou")).unwrap_err().to_string();
    assert!(refused.contains("hunan") && refused.contains("jizhou"), "{refused}");
}
