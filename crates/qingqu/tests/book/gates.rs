//! Gates around a project's life on a real book: a barred unit, parts of what may be one project, what is read because something
//! builds on it, funds with a desk of their own, the library's classes and money.

use app::command::money::{MoneyCommand, NewSource};
use app::view::library::LibraryQuery;
use app::view::state::OrgKind;
use app::{Answer, Command, Request, Who};
use domain::Refusal;
use kernel::Money;
use kernel::id::{CaseId, OrgId};
use policy::form::FormData;
use policy::pack::GovLevel;
use policy::procedure::{Act, Step};
use qingqu::demo::cast::office;

use super::approvals::oracle::tables;
use super::approvals::{Office, filler};

fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).unwrap()
}

/// Files the first form of a procedure.
fn file(
    office: &Office,
    login: &str,
    procedure: &str,
    change: impl FnOnce(&mut FormData),
) -> Result<CaseId, Refusal> {
    office.submit(login, filing(office, procedure, None, change)).map(|answer| CaseId(answer.id.unwrap()))
}

/// The first form of a procedure, filled in.
pub fn filing(
    office: &Office,
    procedure: &str,
    parent: Option<CaseId>,
    change: impl FnOnce(&mut FormData),
) -> Command {
    let pack = office.pack;
    let first = pack.start_steps(pack.procedures.get(procedure).unwrap())[0];
    let mut form = office.filler().filled(first.form.as_deref().unwrap());
    change(&mut form);
    Command::Declare {
        case: None,
        pack: pack.id.clone(),
        procedure: procedure.to_owned(),
        step: None,
        parent,
        form,
        papers: office.papers(first),
    }
}

/// Does a step with everything that it demands.
fn does(office: &Office, login: &str, case: CaseId, step: &str, outcome: &str) -> Result<Answer, Refusal> {
    let whole = office.filler().whole(step, outcome);
    let papers = office.papers(office.pack.steps.get(step).unwrap());
    let command = Command::Step {
        case,
        step: whole.step,
        outcome: whole.outcome,
        to: None,
        opinion: whole.opinion,
        checks: whole.checks,
        records: whole.records,
        notes: whole.notes,
        papers,
        form: whole.form,
        document: None,
        on: office.app.today(),
    };
    office.submit(login, command)
}

fn begin(
    office: &Office,
    login: &str,
    procedure: &str,
    parent: CaseId,
    step: &str,
) -> Result<CaseId, Refusal> {
    let step = Box::new(office.filler().whole(step, ""));
    let pack = office.pack.id.clone();
    let command = Command::Begin { pack, procedure: procedure.to_owned(), parent: Some(parent), step };
    office.submit(login, command).map(|answer| CaseId(answer.id.unwrap()))
}

pub fn hunan() -> Office {
    Office::open(&filler::HUNAN, &[&tables::HUNAN_LIBRARY, &tables::HUNAN])
}

#[test]
fn what_is_begun_about_a_case_is_of_its_unit_and_by_who_sees_it() {
    let office = hunan();
    let project = file(&office, "hn_unit0", "flow", |_| ()).unwrap();
    let urging = begin(&office, "hn_office0", "urging", project, "urge_order").unwrap();
    let case = office.app.case(&office.viewer(), urging).unwrap();
    assert_eq!((case.applicant, case.parent), (office.unit, Some(project)));
    let code = |begun: Result<CaseId, Refusal>| begun.unwrap_err().reason.code();
    let office_begins = |of, parent, step| code(begin(&office, "hn_office0", of, parent, step));
    assert_eq!(office_begins("rectification", project, "order"), "R972", "its plan is not approved");
    assert_eq!(office_begins("rectification", urging, "order"), "R972", "it is no project");
    assert_eq!(office_begins("urging", CaseId(99_999), "urge_order"), "R002");
    assert_eq!(office_begins("urging", project, "urge_approve"), "R002", "the second step begins nothing");
    assert_eq!(office_begins("nothing", project, "urge_order"), "R002");
    assert_eq!(code(begin(&office, "hn_unit0", "urging", project, "urge_order")), "R001");
    let org = office_of(&office, "别的村", "hn_unit", "other");
    let step = Box::new(office.filler().whole("urge_order", ""));
    let pack = office.pack.id.clone();
    let unseen = Command::Begin { pack, procedure: "urging".into(), parent: Some(project), step };
    assert_eq!(code(told(&office, other(&office, org), unseen)), "R002");
    office.verifies();
}

#[test]
fn what_is_filed_about_a_case_waits_for_its_step_and_is_ones_own() {
    let office = Office::open(&filler::JIZHOU, &[&tables::JIZHOU]);
    let project = file(&office, "jz_township0", "declaration", |_| ()).unwrap();
    let asks = |parent| {
        let command = filing(&office, "disposal", parent, |_| ());
        office.submit("jz_township0", command).map(|answer| CaseId(answer.id.unwrap()))
    };
    asks(None).unwrap();
    assert_eq!(asks(Some(project)).unwrap_err().reason.code(), "R972", "nothing is handed over yet");
    for one in JIZHOU_TO_HAND_OVER {
        let (id, outcome) = one.split_once(':').unwrap_or((one, ""));
        let step = office.pack.steps.get(id).unwrap();
        if step.act == Act::Declare {
            file_on(&office, "jz_township0", project, step);
            continue;
        }
        for role in step.roles().take(if step.each { usize::MAX } else { 1 }) {
            let done: Vec<_> =
                (0..3).map(|n| does(&office, &format!("{role}{n}"), project, id, outcome)).collect();
            assert!(done.iter().any(Result::is_ok), "{one}: {done:?}");
        }
    }
    let disposal = asks(Some(project)).unwrap();
    let case = office.app.case(&office.viewer(), disposal).unwrap();
    assert_eq!((case.applicant, case.parent), (office.unit, Some(project)));
    let org = office_of(&office, "别的镇", "jz_township", "other");
    let theirs = told(&office, other(&office, org), filing(&office, "disposal", Some(project), |_| ()));
    assert!(matches!(theirs.unwrap_err().reason.code(), "R002" | "R972"), "the asset of another township");
    office.verifies();
}

/// Files the procedure's form again, at a later step.
fn file_on(office: &Office, login: &str, case: CaseId, step: &Step) {
    let Command::Declare { pack, procedure, form, .. } = filing(office, &step.procedure, None, |_| ()) else {
        panic!()
    };
    let (step, papers) = (Some(step.id.clone()), office.papers(step));
    let command = Command::Declare { case: Some(case), pack, procedure, step, parent: None, form, papers };
    office.submit(login, command).unwrap();
}

/// The steps of a project until its asset is handed over.
const JIZHOU_TO_HAND_OVER: [&str; 10] = [
    "accept:accept",
    "experts:pass",
    "formal",
    "review:report",
    "reply:approve",
    "procure",
    "start_work",
    "finish_work",
    "complete:pass",
    "hand_over",
];

#[test]
fn only_the_rules_of_the_matter_that_is_judged_are_shown() {
    let office = hunan();
    let project = file(&office, "hn_unit0", "flow", |_| ()).unwrap();
    let shown = |case| office.app.case_rules(&office.viewer(), case).unwrap();
    let next = office.pack.steps.iter().find(|step| step.procedure == "flow" && step.judge).unwrap();
    let rules = shown(project).unwrap();
    let names: Vec<&str> = rules.rules.iter().map(|rule| rule.name.zh.as_str()).collect();
    let of_change = office.pack.rules.get("change_in_time").unwrap().name.zh.as_str();
    assert!(!names.is_empty() && !names.contains(&of_change), "{}: {names:?}", next.id);
    assert!(rules.rules.iter().all(|rule| !rule.sentence.zh.contains("是：是")), "{:?}", rules.rules);
    let entry = file(&office, "hn_unit0", "library", |_| ()).unwrap();
    assert!(shown(entry).is_none(), "no rule is asked there");
}

#[test]
fn a_barred_unit_files_nothing_until_the_bar_is_over_or_lifted() {
    let office = hunan();
    let project = file(&office, "hn_unit0", "flow", |_| ()).unwrap();
    let bar = begin(&office, "hn_office0", "barring", project, "bar_found").unwrap();
    let entry = |login: &str, year: &str| {
        let year = |form: &mut FormData| assert!(form.set("", None, "plan_year", year));
        file(&office, login, "library", year)
    };
    entry("hn_unit0", "2018").unwrap();
    does(&office, "hn_office2", bar, "bar_decide", "bar").unwrap();
    for year in ["2018", "2019"] {
        let refusal = entry("hn_unit0", year).unwrap_err();
        assert_eq!((refusal.reason.code(), refusal.cite.as_str()), ("R1060", "第十四条"), "{refusal}");
        let number = office.app.case(&office.viewer(), bar).unwrap().number;
        assert!(refusal.reason.say().zh.contains(&number) && refusal.reason.say().zh.contains("2019年度"));
    }
    entry("hn_unit0", "2020").unwrap();
    let refusal = file(&office, "hn_unit1", "flow", |_| ()).unwrap_err();
    assert_eq!(refusal.reason.code(), "R1060", "a colleague is no other unit");
    // Another unit files as before.
    let other = office_of(&office, "别的村", "hn_unit", "other");
    assert_ne!(other, office.unit);
    let year = |form: &mut FormData| assert!(form.set("", None, "plan_year", "2019"));
    file_as(&office, other, "library", year).unwrap();
    does(&office, "hn_office1", bar, "bar_lift", "lifted").unwrap();
    entry("hn_unit0", "2019").unwrap();
    office.verifies();
}

/// Another office with one person in a role.
fn office_of(office: &Office, name: &str, role: &str, login: &str) -> OrgId {
    let org = self::office(&office.app, name, OrgKind::Government, Some("120119")).unwrap();
    let (name, login) = ("某人".to_owned(), login.to_owned());
    let add = Command::AddPerson { name, login, org, role: role.to_owned() };
    office.app.submit(Request { who: Who::Program, key: String::new(), command: add }).unwrap();
    org
}

fn file_as(
    office: &Office,
    org: OrgId,
    procedure: &str,
    change: impl FnOnce(&mut FormData),
) -> Result<CaseId, Refusal> {
    told(office, other(office, org), filing(office, procedure, None, change))
}

/// The person of another office.
fn other(office: &Office, org: OrgId) -> Who {
    let row = office.app.reads.person_by_login("other").unwrap().unwrap();
    Who::Person { person: row.person, org, role: row.roles[0].role.clone() }
}

fn told(office: &Office, who: Who, command: Command) -> Result<CaseId, Refusal> {
    let answer = office.app.submit(Request { who, key: String::new(), command });
    answer.map(|answer| CaseId(answer.id.unwrap())).map_err(|failure| match failure {
        app::Failure::Refused(refusal) => refusal,
        app::Failure::Fault(fault) => panic!("{fault}"),
    })
}

#[test]
fn parts_of_what_may_be_one_project_are_shown_with_their_sum() {
    let office = hunan();
    let entry = |name: &str, wan: &str, class: &str| {
        let change = |form: &mut FormData| {
            for (field, text) in [("name", name), ("asked", wan), ("total", wan), ("project_class", class)] {
                assert!(form.set("", None, field, text));
            }
            assert!(form.set("sources", Some(1), "amount", wan));
        };
        file(&office, "hn_unit0", "library", change).unwrap()
    };
    let first = entry("东岭村道路硬化（一期）", "60", "conditions");
    let split = |id: CaseId| office.app.case_around(&office.viewer(), id).unwrap().split;
    assert_eq!(split(first), None, "one alone is no split");
    let elsewhere = entry("东岭村茶园", "90", "industry");
    assert_eq!(split(elsewhere), None, "another class");
    let second = entry("西岭村道路硬化", "39.99", "基本生产生活条件改善");
    let found = split(second).unwrap();
    assert_eq!(found.parts.iter().map(|part| part.case).collect::<Vec<_>>(), [first, second]);
    assert_eq!((found.sum, found.limits[0].amount), (yuan("999900.00"), yuan("1000000.00")));
    assert!(!found.limits[0].crossed, "together a hundred yuan below");
    let third = entry("南岭村道路硬化", "0.01", "conditions");
    let found = split(third).unwrap();
    assert_eq!(found.sum, yuan("1000000.00"));
    assert!(found.limits[0].crossed && found.limits[0].cite.contains("第十条"), "{:?}", found.limits);
    // Found by the class in words, in either language, as by its id.
    let asked = |class: &str| {
        let query = LibraryQuery { class: Some(class.to_owned()), ..LibraryQuery::default() };
        office.app.library(&office.viewer(), &query).unwrap().total
    };
    for class in ["conditions", "基本生产生活条件改善", "Conditions of production and living"] {
        assert_eq!(asked(class), 3, "{class}");
    }
    assert_eq!((asked("产业扶贫"), asked("nothing of the kind")), (1, 0));
    office.verifies();
}

#[test]
fn the_special_account_is_booked_by_its_own_desk() {
    let mut office = Office::open(&filler::JIZHOU, &[&tables::JIZHOU]);
    let role = "jz_finance";
    let org = self::office(&office.app, role, OrgKind::Government, Some("120119")).unwrap();
    office.cast.add(&office.app, (org, role), role, "某人", "jz_finance0").unwrap();
    let source = |fund: &str, kind: &str, level: GovLevel, document: &str| {
        Command::Money(Box::new(MoneyCommand::RegisterSource(NewSource {
            pack: "jizhou".into(),
            fund: fund.into(),
            kind: kind.into(),
            level,
            document: document.into(),
            purpose: "试验".into(),
            code: String::new(),
            year: 2018,
            on: office.app.today(),
            budget: yuan("60000.00"),
            note: String::new(),
        })))
    };
    let profit = |n: u8| {
        source("returned_profit", "township_profit", GovLevel::Township, &format!("下营政字〔2018〕{n}号"))
    };
    let subsidy = |n: u8| {
        source("industry", "municipal_subsidy", GovLevel::Province, &format!("津财农指〔2018〕{n}号"))
    };
    let refusal = office.submit("jz_finance0", profit(1)).unwrap_err();
    assert_eq!((refusal.reason.code(), refusal.cite.as_str()), ("R001", "三（二）3"), "{refusal}");
    assert!(refusal.reason.say().zh.contains("区农委"), "{refusal}");
    office.submit("jz_agri0", profit(1)).unwrap();
    let refusal = office.submit("jz_agri0", subsidy(2)).unwrap_err();
    assert_eq!((refusal.reason.code(), refusal.cite.as_str()), ("R001", "三（二）2"), "{refusal}");
    office.submit("jz_finance0", subsidy(2)).unwrap();
    let into = |login: &str| {
        let funds = office.app.registrable(&office.viewer_of(login)).unwrap();
        funds.into_iter().map(|fund| fund.fund).collect::<Vec<_>>()
    };
    assert_eq!(into("jz_agri0"), ["returned_profit"], "the form offers no other");
    assert_eq!(into("jz_finance0"), ["industry", "infrastructure"]);
    office.verifies();
}

#[test]
fn who_sent_a_case_back_and_why_is_said_until_it_is_done_again() {
    let office = hunan();
    let case = file(&office, "hn_unit0", "library", |_| ()).unwrap();
    let unit = office.viewer_of("hn_unit0");
    let back = || office.app.case_page(&unit, case).unwrap().sent_back;
    assert_eq!(back(), None);
    does(&office, "hn_township0", case, "library_check", "return").unwrap();
    let said = back().unwrap();
    assert_eq!((said.outcome.zh.as_str(), said.ends), ("退回修改", false));
    let township = office.viewer_of("hn_township0");
    assert_eq!(
        (&said.person, &said.org, &said.role.zh),
        (&township.name, &township.org_name, &township.role_zh)
    );
    assert!(!said.why.is_empty() && said.on == office.app.today());
    file_on(&office, "hn_unit0", case, office.pack.steps.get("library_propose").unwrap());
    assert_eq!(back(), None, "it was mended");
    does(&office, "hn_township1", case, "library_check", "pass").unwrap();
    does(&office, "hn_office0", case, "library_enter", "refuse").unwrap();
    let said = back().unwrap();
    assert_eq!((said.outcome.zh.as_str(), said.ends), ("不予入库", true));
    assert_eq!(said.person, office.viewer_of("hn_office0").name);
}
