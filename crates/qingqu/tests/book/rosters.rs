//! Registers of poor households on a real book: loaded whole or not at all, beside the households of a case, in the way of an approval;
//! and nobody of a list in clear anywhere.

use std::path::Path;

use app::filings::NewFiling;
use app::rows::RosterKey;
use app::tables::{HouseholdsPreview, Language};
use app::view::Viewer;
use app::view::rosters::{Household, Mark};
use app::view::state::Aside;
use app::{Command, Failure};
use domain::Refusal;
use journal::ActEnvelope;
use kernel::id::CaseId;
use kernel::resident::ResidentId;
use std::collections::{BTreeMap, BTreeSet};

use super::approvals::oracle::tables;
use super::approvals::{Office, filler};

const HEAD: &str = "户主姓名,户主身份证号,村,组,家庭人口,识别年度,状态";

fn tongzhou() -> Office {
    Office::open(&filler::TONGZHOU, &[&tables::TONGZHOU_LIBRARY, &tables::TONGZHOU])
}

/// The number of a made-up person.
fn number(at: usize) -> String {
    ResidentId::with_check_character(&format!("12011919620314{at:03}")).unwrap().expose().to_owned()
}

const NAMES: [&str; 4] = ["萨仁高娃", "阿古达木", "呼斯楞图", "娜仁托娅"];

/// A line of a list.
fn line(at: usize, village: &str, status: &str) -> String {
    format!("{},{},{village},一组,4,2014,{status}", NAMES[at], number(at))
}

fn list(lines: &[String]) -> String {
    format!("{HEAD}\n{}\n", lines.join("\n"))
}

fn preview(office: &Office, viewer: &Viewer, text: &str) -> HouseholdsPreview {
    office.app.households_preview(viewer, "poor", ("名单.csv", text.as_bytes())).unwrap()
}

/// Loads a list as its keeper does; answers how many households it has.
fn load(office: &Office, text: &str) -> Option<String> {
    let viewer = office.viewer_of("tz_area0");
    let seen = preview(office, &viewer, text);
    let ticket = office.app.paper_ticket(&viewer, &seen.paper).unwrap();
    let loaded = office.app.households_load(&viewer, "poor", (&ticket, "")).unwrap();
    let again = office.app.households_load(&viewer, "poor", (&ticket, ""));
    if loaded.is_some() {
        assert!(matches!(again, Err(Failure::Refused(_))), "what was loaded is erased");
    }
    loaded.map(|answer| answer.number)
}

fn acts(office: &Office) -> Vec<ActEnvelope> {
    office.app.reads.acts(0, 10_000).unwrap()
}

/// A row of the form.
fn household(at: usize, village: &str) -> BTreeMap<String, String> {
    [
        ("head", NAMES[at].to_owned()),
        ("head_id", number(at)),
        ("where", village.into()),
        ("members", "4".into()),
    ]
    .into_iter()
    .chain([("way", "job".to_owned())])
    .map(|(id, text)| (id.to_owned(), text))
    .collect()
}

/// Files a case that names these households.
fn file(
    office: &Office,
    procedure: &str,
    parent: Option<CaseId>,
    households: &[BTreeMap<String, String>],
) -> CaseId {
    let mut form = office.filler().filled("entry");
    form.tables.insert("named_households".into(), households.to_vec());
    let viewer = office.viewer_of("tz_unit0");
    let new = NewFiling { procedure: procedure.into(), parent, form, papers: Vec::new() };
    let command = office.app.filing(&viewer, new).unwrap();
    CaseId(office.submit("tz_unit0", command).unwrap().id.unwrap())
}

fn does(office: &Office, login: &str, case: CaseId, step: &str, outcome: &str) -> Result<(), Refusal> {
    let whole = office.filler().whole(step, outcome);
    let command = Command::Step {
        case,
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
    office.submit(login, command).map(drop)
}

/// An approved entry and a declaration that waits for its approval.
fn verified(office: &Office, households: &[BTreeMap<String, String>]) -> CaseId {
    let entry = file(office, "library", None, households);
    does(office, "tz_area1", entry, "library_verify", "pass").unwrap();
    let alike: Vec<CaseId> = office.app.case(&office.viewer(), entry).unwrap().uncompared().collect();
    for other in alike {
        let aside = Aside::Compare { other, same: false, why: "地点不同".into() };
        office.submit("tz_area1", Command::Aside { case: entry, aside }).unwrap();
    }
    does(office, "tz_office2", entry, "library_enter", "enter").unwrap();
    let project = file(office, "flow", Some(entry), households);
    does(office, "tz_area1", project, "verify_project", "pass").unwrap();
    project
}

fn rows(office: &Office, login: &str, case: CaseId) -> Option<Vec<Household>> {
    office.app.households(&office.viewer_of(login), case).unwrap().remove(0).rows
}

#[test]
fn a_list_with_a_fault_is_not_loaded_at_all() {
    let office = tongzhou();
    let viewer = office.viewer_of("tz_area0");
    let before = acts(&office).len();
    let wrong = number(1).replace("120119", "12011X");
    for (text, cell) in [
        (list(&[line(0, "东村", "建档立卡"), line(1, "东村", "不知道")]), "G3"),
        (list(&[format!("某人,{wrong},东村,,4,2014,建档立卡")]), "B2"),
        (list(&[line(0, "东村", "建档立卡"), line(1, "", "建档立卡")]), "C3"),
        (list(&[line(0, "东村", "建档立卡"), line(1, "东村", "已移出"), line(0, "西村", "建档立卡")]), "B4"),
        (list(&[line(0, "东村", "建档立卡").replace(",4,", ",0,")]), "E2"),
        (list(&[line(0, "东村", "建档立卡").replace("2014", "2099")]), "F2"),
    ] {
        let seen = preview(&office, &viewer, &text);
        assert!(!seen.is_ready() && seen.findings.iter().any(|found| found.cell == cell), "{cell}: {seen:?}");
        let said = format!("{seen:?}");
        assert!(!said.contains(&number(0)) && !said.contains(&number(1)) && !said.contains(&wrong), "{said}");
        assert_eq!(load(&office, &text), None, "{cell}");
    }
    assert!(!preview(&office, &viewer, HEAD).is_ready());
    assert_eq!(acts(&office).len(), before);
    let unseen =
        office.app.households_preview(&office.viewer_of("tz_unit0"), "poor", ("a.csv", HEAD.as_bytes()));
    assert!(matches!(unseen, Err(Failure::Refused(_))), "only its keeper loads a list");
    let sheet = office.app.households_template(&viewer, "poor", Language::Zh).unwrap();
    assert!(!sheet.is_empty());
    office.verifies();
}

#[test]
fn a_household_off_the_register_stops_the_approval_and_a_new_register_mends_it() {
    let office = tongzhou();
    let named = [household(0, "东村一组"), household(1, "东村一组"), household(2, "西村")];
    let project = verified(&office, &named);
    let unloaded = rows(&office, "tz_office2", project).unwrap();
    assert!(unloaded.iter().all(|row| row.marks.is_empty()), "nothing is said while no list is loaded");
    let first = [line(0, "东村", "建档立卡"), line(1, "西村", "脱贫享受政策"), line(2, "西村", "已移出")];
    assert_eq!(load(&office, &list(&first)).as_deref(), Some("3"));
    let marks: Vec<_> =
        rows(&office, "tz_area1", project).unwrap().into_iter().map(|row| row.marks).collect();
    assert_eq!(marks, [[Mark::Listed], [Mark::OtherVillage], [Mark::Removed]]);
    let refusal = does(&office, "tz_office2", project, "decide_project", "approve").unwrap_err();
    assert_eq!((refusal.reason.code(), refusal.cite.as_str()), ("R973", "第三条"), "{refusal}");
    assert!(rows(&office, "tz_unit0", project).is_none(), "who files sees counts only");
    let counts = office.app.households(&office.viewer_of("tz_unit0"), project).unwrap().remove(0).counts;
    assert_eq!((counts.rows, counts.listed, counts.differs, counts.removed), (3, 1, 1, 1));
    let missing = office.app.households_missing(&office.viewer_of("tz_area0"), project).unwrap();
    assert_eq!(missing.rows.len(), 2);
    let second = [line(0, "东村", "建档立卡"), line(2, "西村", "建档立卡"), line(1, "东村", "建档立卡")];
    let viewer = office.viewer_of("tz_area0");
    let seen = preview(&office, &viewer, &list(&second));
    assert_eq!((seen.counts.came, seen.counts.left, seen.counts.changed), (0, 0, 2));
    assert_eq!(load(&office, &list(&second)).as_deref(), Some("3"));
    let shown = office.app.rosters(&office.viewer_of("tz_office0")).unwrap().remove(0);
    let place = &shown.places[0];
    assert_eq!((place.row.times, place.row.changed, place.at_hand, shown.mine), (2, 2, true, false));
    does(&office, "tz_office2", project, "decide_project", "approve").unwrap();
    office.verifies();
}

#[test]
fn another_project_of_the_year_with_the_same_household_is_named() {
    let office = tongzhou();
    let one = verified(&office, &[household(0, "东村"), household(1, "东村")]);
    let two = verified(&office, &[household(1, "东村"), household(3, "东村")]);
    let also = |case: CaseId| -> Vec<Vec<CaseId>> {
        let rows = rows(&office, "tz_office2", case).unwrap();
        rows.iter().map(|row| row.also.iter().map(|other| other.case).collect()).collect()
    };
    assert_eq!(also(one), [vec![], vec![two]], "its own entry is the same project");
    assert_eq!(also(two), [vec![one], vec![]]);
    let command = Command::Withdraw { case: two, why: "不再实施".into() };
    office.submit("tz_unit0", command).unwrap();
    assert_eq!(also(one)[1].len(), 1, "its entry is still in the library");
}

/// Whether any file of a folder holds a text.
fn kept(folder: &Path, text: &str) -> bool {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn nobody_of_a_list_stands_anywhere_in_clear() {
    let office = tongzhou();
    let lines = [line(0, "东村", "建档立卡"), line(1, "东村", "建档立卡"), line(2, "西村", "已移出")];
    // A file that is looked at and never confirmed is kept under seal as well.
    preview(&office, &office.viewer_of("tz_area0"), &list(&lines[..2]));
    load(&office, &list(&lines)).unwrap();
    verified(&office, &[household(0, "东村"), household(1, "东村")]);
    let loaded: Vec<ActEnvelope> =
        acts(&office).into_iter().filter(|act| act.kind == "roster.loaded").collect();
    assert_eq!(loaded.len(), 1);
    assert_eq!(loaded[0].article.as_deref(), Some("第三条"));
    assert!(loaded[0].body.contains(r#""rows":3,"removed":1,"came":3,"left":0"#), "{}", loaded[0].body);
    let exported = office.exported();
    for (at, name) in NAMES.iter().enumerate().take(3) {
        for text in [number(at), (*name).to_owned()] {
            assert!(!acts(&office).iter().any(|act| act.body.contains(&text)), "an act says {text}");
            assert!(
                !exported.windows(text.len()).any(|part| part == text.as_bytes()),
                "the export says {text}"
            );
            assert!(!kept(office.folder(), &text), "the database says {text}");
        }
    }
    let key = RosterKey { pack: "tongzhou".into(), roster: "poor".into(), place: "120119".parse().unwrap() };
    let wanted: BTreeSet<String> =
        office.app.commitment(app::vault::Kind::ResidentId, &number(0)).into_iter().collect();
    let found = office.app.reads.members_named(&key, &wanted).unwrap().unwrap();
    assert_eq!(found.values().next().unwrap().head_shown, "萨****");
    office.verifies();
}
