//! What the commission's pages show over a small filled book: the order of a plan, what other ratios would do, the fund's money,
//! steps prepared for their doers, and the journal's proofs. None of it writes.

use app::access::AUDITOR;
use app::ports::Clock;
use app::view::pack::Act;
use app::view::{ActSubject, StepNeeds, Viewer};
use app::{App, Command, Request};
use kernel::Money;
use kernel::id::PlanId;
use qingqu::clock::DemoClock;
use qingqu::demo;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The plan of 2020, whose notice runs with one objection open.
const RUNNING: PlanId = PlanId(2);
/// The plan of 2019, remitted.
const REMITTED: PlanId = PlanId(1);

struct Book {
    app: App,
    _dir: tempfile::TempDir,
}

static BOOK: LazyLock<Book> = LazyLock::new(filled);

fn filled() -> Book {
    let dir = tempfile::tempdir().expect("a folder for the book");
    let clock = Arc::new(DemoClock::at(demo::FIRST_DAY));
    let random = Arc::new(Seeded::new(20_191_009));
    let app = site::start(&DataDir(dir.path().to_owned()), Arc::clone(&clock) as Arc<dyn Clock>, random)
        .expect("the book opens");
    demo::fill(&app, &clock, false).expect("the story is told");
    Book { app, _dir: dir }
}

fn viewer(app: &App, role: &str) -> Viewer {
    let people = app.reads.persons(None).expect("people are read");
    let found =
        people.iter().find_map(|p| p.roles.iter().find(|r| r.role == role).map(|r| (p.person, r.org)));
    let (person, org) = found.expect("somebody holds the role");
    app.viewer(person, org, role).expect("the viewer is read").expect("the role is held")
}

fn planner(app: &App) -> Viewer {
    let pack = app.pack().expect("a pack");
    let step = pack.steps.iter().find(|s| s.act == Act::Plan).expect("a step that plans");
    viewer(app, &step.by.clone())
}

fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).expect("an amount")
}

fn ratio(project: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("set.year_rate.project".to_owned(), project.to_owned())])
}

#[test]
fn a_plan_ranks_what_the_pack_prefers_then_favoured_counties_then_the_day_of_filing() {
    let app = &BOOK.app;
    let view = app.plan_page(&planner(app), RUNNING).expect("the plan");
    let order: Vec<(usize, &str)> = view.lines.iter().map(|l| (l.rank, l.number.as_str())).collect();
    assert_eq!(order, [(1, "津助-2020-0001"), (2, "津助-2020-0002")]);
    let forward = |line: usize| -> Vec<&str> {
        view.lines[line].reasons.iter().filter(|r| r.forward).map(|r| r.text.zh.as_str()).collect()
    };
    assert_eq!(forward(0), ["目录和项目库内优先", "2020年度优先县"]);
    assert_eq!(forward(1), ["目录和项目库内优先"]);
    let cited = view.lines[0].reasons[0].cite.as_str();
    assert_eq!(cited, "第八条");
    assert_eq!(view.lines[1].objections.len(), 1, "the objection holds its item");
    assert!(view.lines[0].objections.is_empty(), "the other goes on");
}

#[test]
fn what_a_plan_takes_is_counted_against_year_and_fund_with_fees() {
    let app = &BOOK.app;
    let money = app.plan_page(&planner(app), RUNNING).expect("the plan").money;
    assert_eq!(money.pending, money.total, "nothing is determined yet");
    assert_eq!(money.year_after(), money.year.left.checked_sub(money.total).expect("a difference"));
    let spent = Money::sum([yuan("3893086.00"), yuan("186000.00"), money.total]).expect("a sum");
    assert_eq!(money.fund_after(), money.fund.ceiling.checked_sub(spent).expect("a difference"));
    let done = app.plan_page(&planner(app), REMITTED).expect("the plan").money;
    assert_eq!(done.pending, Money::ZERO, "what is determined has left the year already");
}

#[test]
fn another_ratio_shows_new_amounts_and_writes_nothing() {
    let app = &BOOK.app;
    let before = app.log_head().expect("the head");
    let tried = app.try_values(&planner(app), RUNNING, &ratio("20%")).expect("the trial");
    assert!(tried.faults.is_empty(), "{:?}", tried.faults);
    let amounts: Vec<_> = tried.lines.iter().map(|l| (l.now, l.then, l.difference())).collect();
    assert_eq!(
        amounts,
        [
            (Some(yuan("879500.00")), Some(yuan("703600.00")), yuan("-175900.00")),
            (Some(yuan("2000000.00")), Some(yuan("2000000.00")), Money::ZERO),
        ],
        "the second is bound by the cap at both ratios"
    );
    assert_eq!(tried.total.2, yuan("2703600.00"));
    assert_eq!(tried.year_left, yuan("17296400.00"));
    assert_eq!(app.log_head().expect("the head"), before);
}

#[test]
fn a_ratio_at_the_limit_is_tried_and_one_beyond_is_refused_at_its_field() {
    let app = &BOOK.app;
    for (text, fault) in [("30%", false), ("30.01%", true), ("许多", true), ("", true)] {
        let tried = app.try_values(&planner(app), RUNNING, &ratio(text)).expect("the trial");
        assert_eq!(!tried.faults.is_empty(), fault, "{text}: {:?}", tried.faults);
        assert_eq!(tried.lines.is_empty(), fault, "{text}");
        for (field, _) in &tried.faults {
            assert_eq!(field, "set.year_rate.project");
        }
    }
}

#[test]
fn the_years_figures_add_up_and_every_account_has_words() {
    let app = &BOOK.app;
    let pack = app.pack().expect("a pack");
    let page = app.money_page(&pack).expect("the money");
    assert_eq!(page.years.iter().map(|y| y.year).collect::<Vec<_>>(), [2020, 2019]);
    for year in page.years.iter().chain([&page.all]) {
        assert!(year.balances(), "{year:?}");
        assert!(year.paid <= year.remitted && year.remitted <= year.committed, "{year:?}");
    }
    let months: Vec<_> = page.months.iter().map(|m| (m.month, m.fees)).collect();
    assert_eq!(months, [((2020, 1), yuan("186000.00"))]);
    assert_eq!(Money::sum(page.accounts.iter().map(|a| a.balance)), Some(Money::ZERO), "the books balance");
    assert!(page.accounts.iter().all(|a| !a.said.about.zh.is_empty()), "each account is explained");
    let account = app.account_page(&pack, "year:tianjin:2019").expect("read").expect("the account");
    let last = account.lines.last().expect("a line");
    assert_eq!(last.row.balance, account.balance, "the running balance ends at the balance");
    assert!(app.account_page(&pack, "year:tianjin:1999").expect("read").is_none());
}

#[test]
fn a_step_says_what_it_needs_and_whose_it_is() {
    let app = &BOOK.app;
    let planner = planner(app);
    let step = |act: Act| {
        let steps = planner.pack.steps.iter();
        let on_plan = |s: &&app::view::pack::Step| s.on == app::view::pack::Subject::Plan;
        steps.filter(on_plan).find(|s| s.act == act).expect("the step").id.clone()
    };
    let publish = app.plan_step_page(&planner, RUNNING, &step(Act::Publish), None).expect("the page");
    let StepNeeds::Running(notice) = &publish.needs else { panic!("the notice runs: {:?}", publish.needs) };
    assert!(publish.mine && publish.open && notice.running.is_open());
    assert!(notice.revision.is_some(), "the calendar notice is named");
    let decide = app.plan_step_page(&planner, RUNNING, &step(Act::Decide), None).expect("the page");
    assert!(!decide.mine && !decide.open, "not before the notice has ended, and another's");
}

#[test]
fn every_act_is_proved_to_the_head_and_a_check_finds_nothing() {
    let app = &BOOK.app;
    let head = app.log_head().expect("the head");
    for seq in [0, 1, head.size / 2, head.size - 1] {
        let act = app.journal_act(seq).expect("read").expect("the act");
        let proof = act.proof.expect("a short log is proved on the page");
        assert!(proof.holds, "act {seq}");
        assert!(act.stored.starts_with("{\"v\":1,"), "{}", act.stored);
    }
    assert!(app.journal_act(head.size).expect("read").is_none(), "one past the end");
    let checked = app.check_range(0, u64::MAX).expect("the check");
    assert_eq!((checked.from, checked.to), (0, head.size));
    assert_eq!(checked.root_same, Some(true));
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

#[test]
fn the_journal_lists_the_newest_first_and_leafs_to_the_oldest() {
    let app = &BOOK.app;
    let mut before = None;
    let mut seen = Vec::new();
    loop {
        let page = app.journal_page(before).expect("a page");
        seen.extend(page.lines.iter().map(|l| l.seq));
        assert!(page.lines.iter().all(|l| l.subject != ActSubject::Other(String::new())));
        match page.next {
            Some(next) => before = Some(next),
            None => break,
        }
    }
    let size = app.log_head().expect("the head").size;
    assert_eq!(seen, (0..size).rev().collect::<Vec<_>>());
}

#[test]
fn plans_are_hidden_from_those_who_do_not_see_all() {
    let app = &BOOK.app;
    assert!(app.plan_page(&viewer(app, AUDITOR), RUNNING).is_ok());
    for role in ["district", "investor"] {
        let who = viewer(app, role);
        assert!(app.plan_list(&who).is_err(), "{role}");
        assert!(app.plan_page(&who, RUNNING).is_err(), "{role}");
        assert!(app.try_values(&who, RUNNING, &BTreeMap::new()).is_err(), "{role}");
    }
}

#[test]
fn a_related_firm_is_shown_as_excluded_with_the_applicant() {
    let book = filled();
    let app = &book.app;
    let pack = app.pack().expect("a pack");
    let firms = || app.year_page(&pack.id, 2019).expect("read").expect("the year").firms;
    let free = firms().into_iter().find(|f| f.basis.is_none()).expect("a firm that is not appointed");
    assert!(free.related.is_empty());
    let rows = app.reads.cases(&app::rows::CaseFilter {
        procedure: pack.procedures.iter().find(|p| p.needs_intake).map(|p| p.id.clone()),
        year: Some(2019),
        ..app::rows::CaseFilter::within(app::rows::Scope::All, 1)
    });
    let applicant = rows.expect("rows").rows.remove(0);
    let command =
        Command::DeclareRelation {
            org: free.org, other: applicant.applicant, basis: "同一控制人".into()
        };
    let who = viewer(app, app::access::ADMINISTRATOR).who();
    app.submit(Request { who, key: String::new(), command }).expect("the relation is declared");
    let now = firms().into_iter().find(|f| f.org == free.org).expect("the firm");
    assert_eq!(now.related, [applicant.applicant_name]);
}
