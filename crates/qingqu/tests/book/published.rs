//! Tables that counties published, through the whole program: into the library of the regime that fits, and beside a notice. Each
//! printed figure that does not agree is said with its cell. Sources: `crates/documents/tests/real/SOURCES.csv`.
//!
//! | file | library (pack: rows taken, left out) | plan (`money/published.rs`) | notice: rows | what does not agree, or cannot be compared |
//! |---|---|---|---|---|
//! | beita_2020_batch1 | hunan: 16, 3 | 16 lines once equal names carry numbers | 19 | nothing: two sub-totals and the total hold |
//! | benefit_returns | jizhou: 11, 1 | no plan | 12 | C13: the parts of 168.8 are not in the table |
//! | gongliu_2020_bond_projects | xinjiang: 4, 1 | 4 lines | 5 | D5: 1.9 is printed, 1.8 is the share |
//! | gongliu_2021_library_and_plan | xinjiang: 8, 3 | no plan of single projects | 11 | nothing: rows 3 and 4 are sums of others |
//! | haidong_2018_jiangsu_extra | tongzhou: 6, 1 | 6 lines | 7 | nothing |
//! | liling_2019_own_fund | hunan: 5, 0 | 5 lines | 5 | nothing; no total is printed |
//! | source_breakdowns | hunan: 18, 0 | no plan | 18 | nothing: five stated totals hold |
//! | yutian_2017_projects | xinjiang: 12, 0 | 12 lines once G13 is filled | 12 | G13: no amount |
//! | zeku_2023_batch2 | jizhou: 6, 0 | 6 lines | 6 | nothing; no total is printed |

use crate::http::Http;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use app::command::{Filings, NewFiling};
use app::ports::Clock;
use app::rows::{CaseFilter, NoticeOf, Scope};
use app::signin::Secret;
use app::tables::{Agrees, Fate, Language, LibraryPreview, Matching, TABLE_PAPER, TableSurvey};
use app::view::Viewer;
use app::view::state::{OrgKind, Reason};
use app::{App, Command, Failure, Request, Who};
use axum::body::Body;
use axum::http::Request as Asked;
use domain::plan::Posting;
use kernel::Date;
use kernel::amount::AmountUnit;
use kernel::id::{CaseId, OrgId, PersonId};
use policy::pack::{FieldType, MoneyUnit};
use qingqu::clock::DemoClock;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use store::Database;

fn published(name: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../documents/tests/real");
    std::fs::read(root.join(format!("{name}.csv"))).unwrap()
}

/// A book of a regime with one office that files into its library.
struct Office {
    app: App,
    _folder: tempfile::TempDir,
    viewer: Viewer,
}

impl Office {
    fn of(policy: &str, role: &str, region: &str) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir(folder.path().to_owned());
        let clock = Arc::new(DemoClock::at(Date::constant(2018, 7, 2)));
        let clock = Arc::clone(&clock) as Arc<dyn Clock>;
        let random = Arc::new(Seeded::new(7));
        let app =
            site::start_running(&Database::File(dir.book()), &dir, Some(policy), clock, random).unwrap();
        let program = |command| {
            let answer = app.submit(Request { who: Who::Program, key: String::new(), command });
            answer.unwrap().id.unwrap()
        };
        let org = OrgId(program(Command::RegisterOrg {
            name: "某乡人民政府".into(),
            kind: OrgKind::Government,
            region: Some(region.parse().unwrap()),
            credit_code: None,
        }));
        let (name, login) = ("经办人".to_owned(), "clerk".to_owned());
        let person = PersonId(program(Command::AddPerson { name, login, org, role: role.into() }));
        let viewer = app.viewer(person, org, role).unwrap().unwrap();
        Office { app, _folder: folder, viewer }
    }

    fn preview(&self, name: &str, bytes: &[u8]) -> LibraryPreview {
        self.app.library_preview(&self.viewer, (name, bytes)).unwrap()
    }

    fn again(&self, seen: &LibraryPreview, matching: &Matching) -> LibraryPreview {
        let ticket = self.app.paper_ticket(&self.viewer, &seen.paper).unwrap();
        self.app.library_preview_again(&self.viewer, &ticket, matching).unwrap()
    }

    /// Confirms what was previewed.
    fn confirm(&self, seen: &LibraryPreview, key: &str) -> Result<(), Failure> {
        let table = self.app.library_table(&self.viewer, seen).unwrap();
        if let Some(command) = table.command {
            self.app.submit(Request { who: self.viewer.who(), key: key.into(), command })?;
        }
        self.app.keep_drafts(&self.viewer, &table.drafts)
    }

    fn cases(&self) -> Vec<app::rows::CaseRow> {
        self.app
            .reads
            .cases(&CaseFilter { library: true, ..CaseFilter::within(Scope::All, 100) })
            .unwrap()
            .rows
    }
}

/// The cells of comparisons that came out like this.
fn cells(table: &TableSurvey, wanted: Agrees) -> Vec<&str> {
    table.checks.iter().filter(|check| check.agrees == wanted).map(|check| check.cell.as_str()).collect()
}

/// What is expected of a file.
struct Want {
    file: &'static str,
    office: [&'static str; 3],
    /// Rows that become drafts, rows left out.
    rows: (usize, usize),
    /// The sum of the drafts' amounts in 万元.
    wan: &'static str,
    differs: &'static [&'static str],
    open: &'static [&'static str],
    /// Findings by cell; those of cells that the form cannot take are not listed.
    says: &'static [&'static str],
}

const HUNAN: [&str; 3] = ["hunan", "hn_unit", "430281"];
const XINJIANG: [&str; 3] = ["xinjiang", "xj_village", "654024"];
const JIZHOU: [&str; 3] = ["jizhou", "jz_township", "120119"];
const TONGZHOU: [&str; 3] = ["tongzhou", "tz_unit", "150525"];

const FILES: [Want; 9] = [
    Want {
        file: "beita_2020_batch1",
        office: HUNAN,
        rows: (16, 3),
        wan: "408",
        differs: &[],
        open: &[],
        says: &[],
    },
    Want {
        file: "benefit_returns",
        office: JIZHOU,
        rows: (11, 1),
        wan: "0",
        differs: &[],
        open: &["C13"],
        says: &[],
    },
    Want {
        file: "gongliu_2020_bond_projects",
        office: XINJIANG,
        rows: (4, 1),
        wan: "20388",
        differs: &["D5"],
        open: &[],
        says: &["D5 share-differs"],
    },
    Want {
        file: "gongliu_2021_library_and_plan",
        office: XINJIANG,
        rows: (8, 3),
        wan: "167366",
        differs: &[],
        open: &[],
        says: &[],
    },
    Want {
        file: "haidong_2018_jiangsu_extra",
        office: TONGZHOU,
        rows: (6, 1),
        wan: "4000",
        differs: &[],
        open: &[],
        says: &[],
    },
    Want {
        file: "liling_2019_own_fund",
        office: HUNAN,
        rows: (5, 0),
        wan: "1200",
        differs: &[],
        open: &[],
        says: &[],
    },
    Want {
        file: "source_breakdowns",
        office: HUNAN,
        rows: (18, 0),
        wan: "16821.77",
        differs: &[],
        open: &[],
        says: &[],
    },
    Want {
        file: "yutian_2017_projects",
        office: ["xinjiang", "xj_village", "653226"],
        rows: (12, 0),
        wan: "9165.85",
        differs: &[],
        open: &["G13"],
        says: &["G13 amount-missing"],
    },
    Want {
        file: "zeku_2023_batch2",
        office: JIZHOU,
        rows: (6, 0),
        wan: "1259",
        differs: &[],
        open: &[],
        says: &[],
    },
];

#[test]
fn every_published_table_comes_into_the_library_as_drafts() {
    for want in &FILES {
        let [policy, role, region] = want.office;
        let office = Office::of(policy, role, region);
        let head = office.app.reads.head().unwrap();
        let seen = office.preview(&format!("{}.csv", want.file), &published(want.file));
        assert_eq!(seen.errors(), 0, "{}: {:?}", want.file, seen.findings);
        let (filed, drafts, left) = seen.counts();
        let rows: Vec<_> = seen.rows.iter().map(|row| (row.row, &row.title, &row.fate)).collect();
        assert_eq!((filed, (drafts, left)), (0, want.rows), "{}: {rows:?}", want.file);
        assert_eq!(cells(&seen.table, Agrees::No), want.differs, "{}", want.file);
        assert_eq!(cells(&seen.table, Agrees::Open), want.open, "{}", want.file);
        assert_eq!(seen.table.differs(), !want.differs.is_empty());
        let says: Vec<String> = seen
            .findings
            .iter()
            .filter(|found| !["cell-unreadable", "look"].contains(&found.code.as_str()))
            .map(|found| format!("{} {}", found.cell, found.code))
            .collect();
        assert_eq!(says, want.says, "{}", want.file);
        assert!(seen.rows.iter().all(|row| match &row.fate {
            Fate::Draft { lacks, .. } => !lacks.is_empty(),
            Fate::Left { .. } => true,
            Fate::Filed => false,
        }));
        office.confirm(&seen, "once").unwrap();
        office.confirm(&seen, "once").unwrap();
        let kept = office.app.drafts(&office.viewer).unwrap();
        assert_eq!(kept.len(), want.rows.0, "{}: a second confirmation makes nothing new", want.file);
        let amount =
            office.viewer.pack.procedures.get(&kept[0].procedure).unwrap().listed.amount.clone().unwrap();
        let sum = kernel::Money::sum(kept.iter().filter_map(|draft| {
            kernel::amount::parse_amount(draft.data.fields.get(&amount)?, AmountUnit::Wan)
                .ok()
                .map(|a| a.money)
        }));
        assert_eq!(sum.unwrap().wan(), want.wan, "{}", want.file);
        assert!(kept.iter().all(|draft| {
            draft.papers.iter().any(|paper| paper.paper == TABLE_PAPER && paper.hash == seen.paper.hash)
        }));
        assert_eq!(office.app.reads.head().unwrap(), head, "drafts are no acts");
        let ticket = office.app.paper_ticket(&office.viewer, &seen.paper).unwrap();
        let (name, marked) = office.app.library_marked(&office.viewer, &ticket, &seen.matching).unwrap();
        assert!(name.ends_with("-问题标注.xlsx") && marked.starts_with(b"PK"));
    }
}

/// The headings and the cells of a row that is whole: each field of the form with some text of its type, but for those given.
fn whole(office: &Office, given: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let seen = office.preview("空.csv", "项目名称,备注\n桥,无\n".as_bytes());
    let pack = &office.viewer.pack;
    let region = office.viewer.region.unwrap().to_string();
    let text = |target: &app::tables::Target| match &target.field.ty {
        FieldType::Money(_) => "10".to_owned(),
        FieldType::Count(_) => "30".to_owned(),
        FieldType::Quantity => "1".to_owned(),
        FieldType::Date => "2018-07-01".to_owned(),
        FieldType::Year => "2018".to_owned(),
        FieldType::Bool => "否".to_owned(),
        FieldType::Region => region.clone(),
        FieldType::Phone => "13900000000".to_owned(),
        FieldType::Enum(of) => pack.enums.get(of).unwrap().members[0].name.zh.clone(),
        _ => "按方案办理".to_owned(),
    };
    let head = |target: &app::tables::Target| match &target.field.ty {
        FieldType::Money(MoneyUnit::Wan) => format!("{}_wan", target.key),
        FieldType::Money(MoneyUnit::Yuan) => format!("{}_yuan", target.key),
        _ => target.key.clone(),
    };
    let cell = |target: &app::tables::Target| {
        // What stays masked is typed in the form: no table of a file holds a row of it.
        if target.key.starts_with("named_households.") {
            return String::new();
        }
        let given = given.iter().find(|(key, _)| *key == target.key);
        given.map_or_else(|| text(target), |(_, text)| (*text).to_owned())
    };
    (seen.targets.iter().map(head).collect(), seen.targets.iter().map(cell).collect())
}

fn csv(heads: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let lines = std::iter::once(heads.join(",")).chain(rows.iter().map(|row| row.join(",")));
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

#[test]
fn whole_rows_are_filed_as_if_typed_by_hand_and_the_others_wait_as_drafts() {
    for (office, given) in [
        (TONGZHOU, &[("total", "20"), ("direction", "受援地区：帮扶产业项目")][..]),
        (HUNAN, &[("place", "430281")][..]),
    ] {
        let [policy, role, region] = office;
        let office = Office::of(policy, role, region);
        let (heads, row) = whole(&office, given);
        let named = |name: &str, missing: Option<&str>| {
            let cell = |(head, cell): (&String, &String)| match head.as_str() {
                "name" => name.to_owned(),
                head if Some(head) == missing => String::new(),
                _ => cell.clone(),
            };
            heads.iter().zip(&row).map(cell).collect::<Vec<_>>()
        };
        let rows =
            [named("肉牛养殖基地", None), named("肉牛养殖基地（二期）", None), named("牧道", Some("period"))];
        let bytes = csv(&heads, &rows);
        let seen = office.preview("项目表.csv", &bytes);
        let fates: Vec<_> = seen.rows.iter().map(|row| row.fate.clone()).collect();
        assert_eq!(seen.counts(), (2, 1, 0), "{policy}: {fates:?} {:?}", seen.findings);
        let Fate::Draft { lacks, .. } = &seen.rows[2].fate else { panic!("{fates:?}") };
        assert_eq!(lacks.len(), 1, "{lacks:?}");
        assert!(office.cases().is_empty(), "a preview files nothing");

        office.confirm(&seen, "once").unwrap();
        let head = office.app.reads.head().unwrap();
        office.confirm(&seen, "once").unwrap();
        assert_eq!(office.app.reads.head().unwrap(), head, "the same confirmation again is the same act");
        let cases = office.cases();
        let mut titles: Vec<&str> = cases.iter().map(|row| row.title.as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["肉牛养殖基地", "肉牛养殖基地（二期）"]);
        let states = cases.iter().map(|row| {
            let acts = office.app.reads.stream(&domain::Stream::Case(row.case).key()).unwrap();
            app::history::case(&acts).unwrap().unwrap()
        });
        let states: Vec<_> = states.collect();
        assert!(states.iter().all(|case| {
            let papers = &case.current().unwrap().papers;
            papers.iter().any(|paper| paper.paper == TABLE_PAPER && paper.hash == seen.paper.hash)
        }));
        assert!(
            states.iter().any(|case| case.uncompared().next().is_some()),
            "look-alikes are found in one file too"
        );
        let drafts = office.app.drafts(&office.viewer).unwrap();
        assert_eq!(drafts.len(), 1);
        assert_eq!(drafts[0].data.get("", None, "name"), "牧道");

        let again = office.preview("项目表（再次上报）.csv", &bytes);
        assert_eq!(again.counts(), (0, 1, 2), "what is in the library is not filed twice: {:?}", again.rows);
        let number = &office.cases().iter().find(|row| row.title == "肉牛养殖基地").unwrap().number.clone();
        let Fate::Left { why, .. } = &again.rows[0].fate else { panic!("{:?}", again.rows[0].fate) };
        assert!(why.zh.contains("已在库") && why.zh.contains(number.as_str()), "{why:?}");
        let other = rows[0].iter().map(|cell| if cell == "20" { "21".to_owned() } else { cell.clone() });
        let other = office.preview("项目表.csv", &csv(&heads, &[other.collect()]));
        let same = !rows[0].contains(&"20".to_owned());
        assert_eq!(other.counts().0 == 0, same, "what says something else is filed: {:?}", other.rows);
    }
}

#[test]
fn one_row_that_is_refused_refuses_all() {
    let [policy, role, region] = TONGZHOU;
    let office = Office::of(policy, role, region);
    let (heads, row) = whole(&office, &[("total", "20")]);
    let seen = office.preview("项目表.csv", &csv(&heads, &[row]));
    let Some(Command::DeclareAll(filings)) = office.app.library_table(&office.viewer, &seen).unwrap().command
    else {
        panic!("nothing to file: {:?}", seen.rows)
    };
    let mut empty = filings.rows[0].clone();
    empty.form.fields.remove("period");
    let rows = vec![filings.rows[0].clone(), NewFiling { row: 9, ..empty }];
    let head = office.app.reads.head().unwrap();
    let command = Command::DeclareAll(Filings { rows, ..filings });
    let refused = office.app.submit(Request { who: office.viewer.who(), key: String::new(), command });
    let Err(Failure::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert!(matches!(refusal.reason, Reason::RowRefused { row: 9, .. }), "{refusal}");
    assert_eq!(office.app.reads.head().unwrap(), head, "the first row is not filed either");
    assert!(office.cases().is_empty());
}

#[test]
fn the_person_corrects_how_a_table_is_read() {
    let [policy, role, region] = TONGZHOU;
    let office = Office::of(policy, role, region);
    let text = "片区,工程,金额\n东部片区,桥,20\n西部片区,路,30\n,合计,51\n";
    let seen = office.preview("表.csv", text.as_bytes());
    let said: Vec<String> =
        seen.findings.iter().map(|found| format!("{} {}", found.cell, found.code)).collect();
    assert_eq!(said, ["C1 unit-unsaid", "C4 total-differs"]);
    assert_eq!(cells(&seen.table, Agrees::No), ["C4"]);
    assert_eq!(seen.rows[0].title, "东部片区", "the first column of words, until the person says otherwise");

    let mut matching = seen.matching.clone();
    matching.columns = BTreeMap::from([(0, "village".into()), (1, "name".into()), (2, "asked".into())]);
    matching.units.insert(2, AmountUnit::Wan);
    matching.whole.insert("plan_year".into(), "2018".into());
    matching.without.insert(3);
    let better = office.again(&seen, &matching);
    assert_ne!(better.promise(), seen.promise());
    assert_eq!(better.counts(), (0, 1, 2));
    office.confirm(&better, "k").unwrap();
    let drafts = office.app.drafts(&office.viewer).unwrap();
    let text = |field: &str| drafts[0].data.get("", None, field).to_owned();
    assert_eq!(
        [text("name"), text("village"), text("asked"), text("plan_year")],
        ["桥", "东部片区", "20", "2018"]
    );
    assert_eq!(text("place"), region, "the office's own region holds for every row");

    // Two columns of one amount, no column of names: nothing is taken.
    matching.columns = BTreeMap::from([(1, "asked".into()), (2, "asked".into())]);
    let worse = office.again(&seen, &matching);
    assert_eq!((worse.errors(), worse.is_ready(), worse.rows.len()), (2, false, 0));
    let nothing = office.preview("a.pdf", b"%PDF-");
    assert!(!nothing.is_ready() && nothing.errors() > 0, "{:?}", nothing.findings);
}

#[test]
fn the_template_has_the_forms_fields_and_reads_back() {
    for [policy, role, region] in [HUNAN, XINJIANG, JIZHOU, TONGZHOU] {
        let office = Office::of(policy, role, region);
        let bytes = office.app.library_template(&office.viewer, Language::Zh).unwrap();
        let seen = office.preview("模板.xlsx", &bytes);
        assert_eq!(seen.errors(), 0, "{policy}: {:?}", seen.findings);
        assert!(seen.rows.iter().all(|row| !row.fate.is_taken()), "{policy}: {:?}", seen.rows);
        let matched: Vec<&String> = seen.matching.columns.values().collect();
        let lost: Vec<&str> = seen
            .targets
            .iter()
            .filter(|target| !matched.contains(&&target.key))
            .map(|target| target.key.as_str())
            .collect();
        assert!(lost.is_empty(), "{policy}: {lost:?}");
    }
    let office = Office::of("hunan", "hn_finance", "430281");
    assert!(office.app.library_template(&office.viewer, Language::Zh).is_err(), "only who files may import");
    assert!(office.app.library_preview(&office.viewer, ("a.csv", b"x")).is_err());
}

#[tokio::test]
async fn every_published_table_is_posted_beside_a_notice() {
    let [policy, role, region] = XINJIANG;
    let office = Office::of(policy, role, region);
    let given =
        [("total", "10"), ("estimate.unit_price", "100000"), ("votes_against", "0"), ("votes_abstain", "0")];
    let (heads, row) = whole(&office, &given);
    let named = |name: &str| {
        let cells = heads.iter().zip(&row);
        cells.map(|(head, cell)| if head == "name" { name.to_owned() } else { cell.clone() }).collect()
    };
    let rows: Vec<Vec<String>> = FILES.iter().map(|want| named(want.file)).collect();
    let seen = office.preview("项目表.csv", &csv(&heads, &rows));
    assert_eq!(seen.counts(), (0, 9, 0), "papers are missing: {:?}", seen.rows[0].fate);
    office.confirm(&seen, "drafts").unwrap();
    let pack = Arc::clone(&office.viewer.pack);
    let submit = |command| {
        let answer = office.app.submit(Request { who: office.viewer.who(), key: String::new(), command });
        answer.unwrap_or_else(|failure| panic!("{failure}"))
    };
    for mut draft in office.app.drafts(&office.viewer).unwrap() {
        let (_, step, _) = draft.place(&pack).unwrap();
        let minutes = b"%PDF-1.4 minutes";
        let papers = step
            .papers
            .iter()
            .map(|id| office.app.keep_file(&office.viewer, id, ("记录.pdf", minutes)).unwrap().unwrap());
        draft.papers.extend(papers);
        let case = CaseId(submit(office.app.declaration(&office.viewer, &draft).unwrap()).id.unwrap());

        let want = FILES.iter().find(|want| want.file == draft.data.get("", None, "name")).unwrap();
        let name = format!("{}.csv", want.file);
        let paper = office.app.keep_notice_table(&office.viewer, (&name, &published(want.file))).unwrap();
        let table = office.app.notice_table_read(&paper).unwrap();
        assert_eq!(cells(&table, Agrees::No), want.differs, "{name}: the poster sees it before posting");
        let posted = office.app.notice_rows(&paper, &table).unwrap();
        let step = pack.steps.get("village_notice").unwrap();
        let notice = domain::case::notice_of(&pack, step).unwrap();
        let photo = ("公开栏.jpg", b"\xff\xd8\xff\xe0 board".as_slice());
        let photo = office.app.keep_file(&office.viewer, "board_photo", photo).unwrap().unwrap();
        let places = notice.places.iter().map(|place| (place.zh.clone(), "村委会公开栏".to_owned()));
        submit(Command::PostOnCase {
            case,
            step: step.id.clone(),
            on: office.app.today(),
            postings: places.map(|(place, address)| Posting { place, address }).collect(),
            fields: notice.content.iter().map(|one| (one.key.clone(), "见附表".to_owned())).collect(),
            papers: vec![paper.clone(), posted, photo],
        });
        let page = office.app.notice(NoticeOf::Case(case), None).unwrap().unwrap();
        let shown = page.table.expect("the table is public");
        assert_eq!(shown.rows.len(), table.rows.len(), "{name}");
        assert_eq!(
            (shown.file.as_str(), shown.digest.as_str()),
            (name.as_str(), paper.hash.to_string().as_str())
        );
        assert_eq!(
            shown.rows.iter().filter(|row| row.total).count(),
            want.rows.1.min(3) - odd(want),
            "{name}"
        );
        assert_eq!(page.photographs, ["公开栏.jpg"], "the table is no photograph");
        if want.file == "gongliu_2020_bond_projects" {
            public(&office.app, case).await;
        }
    }
}

/// Rows left out of the library that are printed as rows of their own.
fn odd(want: &Want) -> usize {
    match want.file {
        "gongliu_2021_library_and_plan" => 3,
        "benefit_returns" => 1,
        _ => 0,
    }
}

/// What the public reads and takes away: the page, the data, the paper.
async fn public(app: &App, case: CaseId) {
    let site = Http::over(app, "none");
    let get = async |path: String| {
        let request = Asked::get(path).body(Body::empty()).unwrap();
        let got = site.send(request).await;
        assert!(got.status.is_success(), "{}", String::from_utf8_lossy(&got.bytes));
        got
    };
    let page = get(format!("/notices/c{case}")).await;
    let html = String::from_utf8(page.bytes).unwrap();
    assert!(html.contains("道路基础设施建设") && html.contains("13500"), "{html}");
    let csv = String::from_utf8(get(format!("/notices/c{case}/notice.csv")).await.bytes).unwrap();
    assert!(
        csv.contains("\r\n\r\nclass,projects,amount_wan（万元）,printed_percent\r\n产业发展,1,1250,6.1\r\n"),
        "{csv}"
    );
    let json = get(format!("/notices/c{case}/notice.json")).await.json();
    assert_eq!(json["table"]["rows"][4]["cells"], serde_json::json!(["总计", "5", "20388", ""]));
    assert_eq!(json["table"]["rows"][4]["total"], true);
    let pdf = get(format!("/notices/c{case}/notice.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
}

/// A page of the site for the clerk of an office, as a browser without script asks for it.
struct Browser {
    site: Http,
    cookie: String,
}

impl Browser {
    async fn of(office: &Office) -> Browser {
        let Who::Person { person, .. } = office.viewer.who() else { panic!("nobody") };
        office.app.set_password(person, Secret("表格-2018-导入")).unwrap();
        let site = Http::over(&office.app, "none");
        let form = format!("login=clerk&password={}", web::cookies::encode("表格-2018-导入"));
        let page = Asked::post("/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form));
        let got = site.send(page.unwrap()).await;
        let cookie = got.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Browser { site, cookie }
    }

    async fn get(&self, path: &str) -> String {
        let page = Asked::get(path).header("cookie", &self.cookie).body(Body::empty()).unwrap();
        String::from_utf8(self.site.send(page).await.bytes).unwrap()
    }

    /// Sends a form of texts and perhaps a file: the status, the page or where it leads.
    async fn send(&self, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> (u16, String) {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        if let Some((name, bytes)) = file {
            let part = format!(
                "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
            );
            body.extend(part.into_bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--b--\r\n");
        let page = Asked::post("/library/import")
            .header("cookie", &self.cookie)
            .header("content-type", "multipart/form-data; boundary=b")
            .body(Body::from(body));
        let got = self.site.send(page.unwrap()).await;
        let to = got.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
        (got.status.as_u16(), to.unwrap_or_else(|| String::from_utf8_lossy(&got.bytes).into_owned()))
    }
}

/// The value of a hidden field.
fn hidden(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {html}"));
    let value = &html[at + name.len() + "name=\"\" value=\"".len()..];
    let value = value.split('"').next().unwrap();
    value.replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test]
async fn a_table_goes_from_the_list_over_the_preview_to_drafts_without_script() {
    let [policy, role, region] = XINJIANG;
    let office = Office::of(policy, role, region);
    let browser = Browser::of(&office).await;
    assert!(browser.get("/library").await.contains("href=\"/library/import\""));
    assert!(browser.get("/library/import").await.contains("/library/import/template.xlsx"));
    let bytes = published("gongliu_2020_bond_projects");
    let (status, html) = browser.send(&[("act", "read")], Some(("债券.csv", &bytes))).await;
    assert_eq!(status, 200, "{html}");
    assert!(html.contains("D5") && html.contains("占比写 1.9%") && html.contains("存为草稿"), "{html}");
    assert!(office.app.drafts(&office.viewer).unwrap().is_empty());
    let [ticket, promise, key] = ["ticket", "promise", "key"].map(|name| hidden(&html, name));
    let column = ("col.0", "name");
    let amount = ("col.2", "total");
    let place = kernel::region::Gazetteer::get().path(region.parse().unwrap()).unwrap().concat();
    let mut fields = vec![
        ("act", "import"),
        ("ticket", &*ticket),
        ("promise", &*promise),
        ("key", &*key),
        column,
        amount,
        ("whole.place", &*place),
    ];
    let (status, html) = browser.send(&fields, None).await;
    assert_eq!(status, 422, "{html}");
    assert!(html.contains("请核对后勾选"), "{html}");
    fields.push(("looked", "yes"));
    let changed: Vec<_> = fields
        .iter()
        .map(|(name, value)| if *name == "col.2" { ("col.1", *value) } else { (*name, *value) })
        .collect();
    let (status, html) = browser.send(&changed, None).await;
    assert!(status == 422 && html.contains("请看过再确认"), "another reading was not shown yet: {html}");
    assert!(office.app.drafts(&office.viewer).unwrap().is_empty());
    assert_eq!(browser.send(&fields, None).await, (303, "/file".to_owned()));
    assert_eq!(office.app.drafts(&office.viewer).unwrap().len(), 4);
    let (status, _) = browser.send(&[("act", "marked"), ("ticket", &ticket), column], None).await;
    assert_eq!(status, 200);
}
