//! A library of very many projects with ten acts each, on both stores: what its pages cost at the server, with session, view and
//! drawing, and how each grows from the smallest library.
//!
//! The projects are copies of those of the demonstration: their entries, for one in four also the flow and the purse, each with the
//! acts of its own stream, under another name, place, class, year and amount.
//!
//! `cargo bench -p qingqu --bench library [-- sqlite postgres 10000 100000 1000000]`

#[path = "../history/served.rs"]
mod served;

use app::ports::{Book as _, Clock, NewAct, Reads as _};
use app::rows::{CaseFilter, CaseRow, ProjectRow, Scope};
use journal::HashKind;
use kernel::Money;
use kernel::id::{CaseId, ProjectId};
use kernel::region::RegionCode;
use qingqu::clock::DemoClock;
use qingqu::demo;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use served::Served;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Chosen, Database, Opening};

const POLICY: &str = "hunan";
/// Rounds of a page.
const ROUNDS: usize = 21;
/// Projects of one transaction.
const TOGETHER: i64 = 512;
/// The first number of a copy: behind those of the demonstration.
const FIRST: i64 = 1_000;
/// Rows of a page of the list.
const PAGE: i64 = 50;

fn main() {
    // Cargo passes `--bench` too.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut sizes: Vec<i64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let stores: Vec<&str> =
        ["sqlite", "postgres"].into_iter().filter(|name| words.iter().any(|word| word == name)).collect();
    for name in if stores.is_empty() { vec!["sqlite", "postgres"] } else { stores } {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir(folder.path().to_owned());
        let database = match name {
            "sqlite" => Database::File(dir.book()),
            _ => {
                let server = testkit::postgres::Server::shared().unwrap().unwrap();
                Database::at(&server.database().unwrap()).unwrap()
            }
        };
        grow(name, &database, &dir, &sizes);
    }
}

fn grow(name: &str, database: &Database, dir: &DataDir, sizes: &[i64]) {
    let tale = demo::tale(POLICY).unwrap();
    let clock = Arc::new(DemoClock::at(tale.first_day));
    let start = || {
        let seen = Arc::clone(&clock) as Arc<dyn Clock>;
        site::start_running(database, dir, Some(POLICY), seen, Arc::new(Seeded::new(5))).unwrap()
    };
    (tale.fill)(&start(), &clock, false).unwrap();
    let mut filler = Filler::over(database);
    let mut first: Vec<Duration> = Vec::new();
    let mut filled = 0;
    for size in sizes {
        let (began, acts) = (Instant::now(), filler.acts);
        filler.fill(filled, *size);
        filled = *size;
        let rate = (filler.acts - acts) as f64 / began.elapsed().as_secs_f64();
        println!("{name:<9} {size} projects, {} acts, written at {rate:.0} acts/s", filler.acts);
        let app = start();
        let site = Served::to(&app, "office");
        let times: [(&str, Duration); 10] = pages(*size).map(|(what, path, words)| {
            let page = site.page(&path);
            assert!(page.contains(&words), "{path} does not show {words}");
            (what, middle(|| drop(site.page(&path))))
        });
        if first.is_empty() {
            first = times.iter().map(|(_, time)| *time).collect();
        }
        for ((what, time), small) in times.iter().zip(&first) {
            let (millis, growth) = (time.as_secs_f64() * 1e3, time.as_secs_f64() / small.as_secs_f64());
            println!("{name:<9}   {millis:>8.2} ms  x{growth:<6.2} {what}");
        }
    }
}

/// What is looked at: its name, its address, and words that it shows.
fn pages(size: i64) -> [(&'static str, String, String); 10] {
    let list = |query: &str| format!("/library?{query}");
    let deep = FIRST + 2 * (size - PAGE * 1_000.min(size / PAGE / 2));
    let middle = size / 2;
    let find = |wanted: bool| (middle..middle + 4).find(|at| carried_out(*at) == wanted).unwrap();
    let (entry, whole) = (find(false), find(true));
    let one = |at: i64| (format!("/library/{}", FIRST + 2 * at), Copied::of(at).title);
    let (entry_at, entry_name) = one(entry);
    let (whole_at, whole_name) = one(whole);
    [
        ("first page", list(""), Copied::of(size - 1).title),
        (
            "class, year, county, amounts",
            list("class=industry&year=2019&place=433122&least=50&most=300"),
            "产业".into(),
        ),
        ("one county", list("place=433127"), "永顺县".into()),
        ("a rare word (藏红花)", list("q=藏红花"), "藏红花".into()),
        ("a frequent word (建设项目)", list("q=建设项目"), "建设项目".into()),
        ("two frequent words (北塔 柑橘产业园)", list("q=北塔+柑橘产业园"), "北塔村".into()),
        ("the thousandth page", list(&format!("after={deep}")), "建设项目".into()),
        ("a project that waits in the library", entry_at, entry_name),
        ("a project carried out, with flow and purse", whole_at, whole_name.clone()),
        ("its case", format!("/cases/{}", FIRST + 2 * whole + 1), whole_name),
    ]
}

/// The middle of several runs.
fn middle(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

/// A project of the demonstration with the acts of its streams.
struct Original {
    entry: (CaseRow, Vec<NewAct>),
    flow: Option<(CaseRow, Vec<NewAct>)>,
    purse: Option<(ProjectRow, Vec<NewAct>)>,
}

/// What is different in a copy.
struct Copied {
    title: String,
    place: RegionCode,
    class: &'static str,
    year: i16,
    amount: Money,
}

const COUNTIES: [&str; 8] = ["433101", "433122", "433123", "433124", "433125", "433126", "433127", "433130"];
const CLASSES: [&str; 4] = ["industry", "conditions", "training", "insurance"];
const VILLAGES: [&str; 20] = [
    "北塔", "南塔", "上庄", "下庄", "东山", "西沟", "石桥", "柳林", "白水", "红岩", "新寨", "老屋", "金竹",
    "银杏", "双河", "三江", "龙泉", "凤凰", "青山", "大坪",
];
const WORKS: [&str; 12] = [
    "柑橘产业园",
    "通组公路硬化",
    "安全饮水巩固提升",
    "小型水利设施",
    "茶叶初制加工厂",
    "黄牛养殖基地",
    "冷链物流库",
    "人居环境整治",
    "光伏电站",
    "产业路",
    "灌溉渠道",
    "农产品加工车间",
];

impl Copied {
    /// The same for the same number, in every run.
    fn of(at: i64) -> Copied {
        let dice = |sides: usize, salt: i64| {
            let mixed = (at ^ (salt << 32)).wrapping_mul(0x5851_F42D_4C95_7F2D);
            let mixed = (mixed ^ (mixed >> 29) & 0x7_FFFF_FFFF).wrapping_mul(0x1405_7B7E_F767_814F);
            usize::try_from((mixed >> 20).rem_euclid(sides as i64)).unwrap()
        };
        let year = 2016 + i16::try_from(dice(5, 4)).unwrap();
        let rare = if at % 9_973 == 17 { "（藏红花试种）" } else { "" };
        let (village, work) = (VILLAGES[dice(20, 1)], WORKS[dice(12, 2)]);
        Copied {
            title: format!("{village}村{year}年{work}建设项目{rare}"),
            place: COUNTIES[dice(8, 3)].parse().unwrap(),
            class: CLASSES[dice(4, 5)],
            year,
            amount: Money::from_fen((1 + i64::try_from(dice(5_000, 8)).unwrap()) * 100_000),
        }
    }

    fn case(&self, row: &CaseRow, case: CaseId, parent: Option<CaseId>) -> CaseRow {
        CaseRow {
            case,
            parent,
            number: format!("{}-{case}", row.procedure),
            title: self.title.clone(),
            county: Some(self.place),
            desk: self.place,
            class: self.class.into(),
            year: self.year,
            amount: self.amount,
            ..row.clone()
        }
    }
}

/// One in four has a flow and a purse.
fn carried_out(at: i64) -> bool {
    at % 4 == 0
}

struct Filler {
    opened: Chosen,
    originals: Vec<Original>,
    acts: u64,
}

impl Filler {
    fn over(database: &Database) -> Filler {
        let opening = Opening { book: POLICY, kind: HashKind::Sm3, now: 0 };
        let opened = store::open(database, opening).unwrap();
        let reads = &opened.reads;
        let all = CaseFilter { library: true, ..CaseFilter::within(Scope::All, 100) };
        let originals = reads.cases(&all).unwrap().rows.into_iter().map(|row| {
            let acts = reads.stream(&format!("case:{}", row.case)).unwrap();
            let below = CaseFilter { parent: Some(row.case), ..CaseFilter::within(Scope::All, 1) };
            let flow = reads.cases(&below).unwrap().rows.into_iter().next();
            let flow = flow.map(|row| (reads.stream(&format!("case:{}", row.case)).unwrap(), row));
            let purse = flow.as_ref().and_then(|(_, row)| {
                let row = reads.projects_of_cases(&[row.case]).unwrap().into_iter().next()?;
                Some((reads.stream(&format!("project:{}", row.project)).unwrap(), row))
            });
            Original {
                entry: (row, acts),
                flow: flow.map(|(acts, row)| (row, acts)),
                purse: purse.map(|(acts, row)| (row, acts)),
            }
        });
        // Those of the demonstration that are not carried out yet would make the copies lighter than ten acts each.
        let originals: Vec<Original> = originals.filter(|original| original.purse.is_some()).collect();
        let (acts, _) = reads.head().unwrap();
        Filler { opened, originals, acts }
    }

    fn fill(&mut self, from: i64, to: i64) {
        for start in (from..to).step_by(TOGETHER as usize) {
            self.opened.book.begin().unwrap();
            for at in start..(start + TOGETHER).min(to) {
                self.copy(at);
            }
            self.opened.book.commit().unwrap();
        }
    }

    fn copy(&mut self, at: i64) {
        let copied = Copied::of(at);
        let (entry, flow, purse) =
            (CaseId(FIRST + 2 * at), CaseId(FIRST + 2 * at + 1), ProjectId(FIRST + at));
        let original = &self.originals[usize::try_from(at).unwrap() / 4 % self.originals.len()];
        let whole = carried_out(at);
        let mut acts: Vec<NewAct> = Vec::new();
        let (row, own) = &original.entry;
        let mut again = |acts_of: &[NewAct], stream: String, words: &[(String, String)]| {
            acts.extend(acts_of.iter().map(|act| {
                let body = words.iter().fold(act.body.clone(), |body, (old, new)| body.replace(old, new));
                NewAct { stream: stream.clone(), body, ..act.clone() }
            }));
        };
        let named =
            |key: &str, old: i64, new: i64| (format!("\"{key}\":{old},"), format!("\"{key}\":{new},"));
        let title = (row.title.clone(), copied.title.clone());
        again(own, format!("case:{entry}"), &[named("case", row.case.0, entry.0), title.clone()]);
        let book = &mut self.opened.book;
        book.put_case(&copied.case(row, entry, None)).unwrap();
        if let Some((below, own)) = original.flow.as_ref().filter(|_| whole) {
            let parent = (format!("\"parent\":{}}}", row.case), format!("\"parent\":{entry}}}"));
            again(own, format!("case:{flow}"), &[named("case", below.case.0, flow.0), parent, title.clone()]);
            book.put_case(&copied.case(below, flow, Some(entry))).unwrap();
        }
        if let Some((project, own)) = original.purse.as_ref().filter(|_| whole) {
            let from = (format!("\"case\":{}}}", project.case.unwrap()), format!("\"case\":{flow}}}"));
            again(
                own,
                format!("project:{purse}"),
                &[named("project", project.project.0, purse.0), from, title],
            );
            let number = format!("purse-{purse}");
            let name = copied.title.clone();
            let row = ProjectRow { project: purse, number, name, case: Some(flow), ..project.clone() };
            book.put_project(&row).unwrap();
        }
        for act in acts {
            book.append(act).unwrap();
            self.acts += 1;
        }
    }
}
