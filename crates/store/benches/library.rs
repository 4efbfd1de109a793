//! Finding projects among very many, on both engines: medians of a first page, a filter, words, the thousandth page, and of
//! looking for look-alikes; and how each grows from the smallest library.
//!
//! `cargo bench -p store --bench library -- 10000 100000 1000000`

use std::error::Error;
use std::time::{Duration, Instant};

use app::ports::{Book as _, Reads as _};
use app::rows::{AlikeKey, CaseFilter, CaseRow, Scope};
use journal::HashKind;
use kernel::Date;
use kernel::id::{CaseId, OrgId};
use kernel::money::Money;
use kernel::region::RegionCode;
use store::{Chosen, Database, Opening, open};
use testkit::postgres::Server;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PAGE: usize = 50;
const ROUNDS: usize = 21;
/// Rows written in one transaction.
const BATCH: i64 = 4_096;

fn main() -> Outcome<()> {
    let sizes: Vec<i64> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    let dir = tempfile::tempdir()?;
    let file = |size: &i64| Ok(Database::File(dir.path().join(format!("{size}.db"))));
    table("SQLite", &sizes, file)?;
    match Server::shared() {
        Ok(Some(server)) => table("PostgreSQL", &sizes, |_| Ok(Database::at(&server.database()?)?)),
        Ok(None) => Ok(()),
        Err(missing) => {
            println!("PostgreSQL: {missing}");
            Ok(())
        }
    }
}

fn table(engine: &str, sizes: &[i64], database: impl Fn(&i64) -> Outcome<Database>) -> Outcome<()> {
    println!("\n{engine}");
    let mut first: Vec<(&str, Duration)> = Vec::new();
    for size in sizes {
        let mut opened = open(&database(size)?, Opening { book: "library", kind: HashKind::Sm3, now: 0 })?;
        let started = Instant::now();
        fill(&mut opened, *size)?;
        let rate = *size as f64 / started.elapsed().as_secs_f64();
        println!("{size:>9} projects, written at {rate:.0}/s");
        let medians = measure(&mut opened, *size)?;
        if first.is_empty() {
            first.clone_from(&medians);
        }
        for ((what, median), (_, smallest)) in medians.iter().zip(&first) {
            let growth = median.as_secs_f64() / smallest.as_secs_f64();
            println!("    {:>8.2} ms  x{growth:<6.2} {what}", median.as_secs_f64() * 1_000.0);
        }
    }
    Ok(())
}

fn fill(opened: &mut Chosen, size: i64) -> Outcome<()> {
    for from in (1..=size).step_by(BATCH as usize) {
        let rows: Vec<CaseRow> = (from..(from + BATCH).min(size + 1)).map(project).collect();
        opened.book.begin()?;
        rows.iter().try_for_each(|row| opened.book.put_case(row))?;
        opened.book.commit()?;
    }
    Ok(())
}

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

/// A made-up project: the places, works, classes, units and amounts of a province over ten years.
fn project(id: i64) -> CaseRow {
    // A number that looks like chance and is the same in each run.
    let dice = |sides: i64, salt: i64| {
        let mixed = (id ^ (salt << 32)).wrapping_mul(0x5851_F42D_4C95_7F2D);
        let mixed = (mixed ^ (mixed >> 29) & 0x7_FFFF_FFFF).wrapping_mul(0x1405_7B7E_F767_814F);
        (mixed >> 20).rem_euclid(sides)
    };
    let at = |sides: usize, salt: i64| usize::try_from(dice(sides as i64, salt)).unwrap_or(0);
    let (village, work, county) = (VILLAGES[at(20, 1)], WORKS[at(12, 2)], dice(120, 3));
    let year = 2016 + i16::try_from(dice(10, 4)).unwrap_or(0);
    let region = format!("43{:02}{:02}", 1 + county / 12, 1 + county % 12);
    let region: RegionCode = region.parse().expect("six digits");
    let rare = if id % 9_973 == 17 { "（藏红花试种）" } else { "" };
    CaseRow {
        case: CaseId(id),
        number: format!("项〔{year}〕{id}号"),
        pack: "hunan".into(),
        procedure: "entry".into(),
        year,
        title: format!("{village}村{year}年{work}建设项目{rare}"),
        applicant: OrgId(county * 20 + dice(20, 5)),
        applicant_name: format!("第{county}县{}乡人民政府", VILLAGES[at(20, 5)]),
        company_name: String::new(),
        county: Some(region),
        desk: region,
        firm: None,
        parent: None,
        plan: None,
        standing: ["open", "accepted", "accepted", "refused"][at(4, 6)].into(),
        stage: ["乡镇审核", "县级评审", ""][at(3, 7)].into(),
        stage_en: String::new(),
        due: None,
        amount: Money::from_fen((1 + dice(5_000, 8)) * 100_000),
        paid: Money::ZERO,
        filed_on: Date::constant(2019, 10, 9),
        changed_on: Date::constant(2019, 10, 10),
        library: true,
        class: ["industry", "road", "water", "living", "other"][at(5, 9)].into(),
        village: format!("{village}村"),
    }
}

fn measure(opened: &mut Chosen, size: i64) -> Outcome<Vec<(&'static str, Duration)>> {
    let all = CaseFilter { library: true, ..CaseFilter::within(Scope::All, PAGE) };
    let text = |words: &str| Some(words.to_owned());
    let yuan = |yuan: i64| Some(Money::from_fen(yuan * 100));
    let filtered = CaseFilter {
        class: text("industry"),
        year: Some(2020),
        county: Some("430500".parse()?),
        least: yuan(500_000),
        most: yuan(3_000_000),
        ..all.clone()
    };
    let deep = size - (PAGE as i64) * 1_000.min(size / PAGE as i64 / 2);
    let asked = [
        ("first page", all.clone()),
        ("class, year, prefecture, amounts", filtered.clone()),
        ("one county", CaseFilter { scope: Scope::Region("430507".parse()?), ..all.clone() }),
        ("a rare word (藏红花)", CaseFilter { text: text("藏红花"), ..all.clone() }),
        ("a frequent word (建设项目)", CaseFilter { text: text("建设项目"), ..all.clone() }),
        ("two frequent words (北塔 柑橘产业园)", CaseFilter { text: text("北塔 柑橘产业园"), ..all.clone() }),
        ("two words and a filter", CaseFilter { text: text("政府 公路"), ..filtered }),
        ("words that nothing has (柑橘公路)", CaseFilter { text: text("柑橘公路"), ..all.clone() }),
        ("the thousandth page", CaseFilter { after: Some(deep.to_string()), ..all }),
    ];
    let mut medians = Vec::new();
    for (what, filter) in asked {
        medians.push((what, median(|| Ok(opened.reads.cases(&filter)?))?));
    }
    let like = project(size / 2);
    let key = AlikeKey {
        case: CaseId(size + 1),
        pack: like.pack,
        title: like.title,
        place: like.county,
        applicant: like.applicant,
        year: like.year,
    };
    opened.book.begin()?;
    medians.push(("look-alikes", median(|| Ok(opened.book.alike(&key)?))?));
    opened.book.rollback()?;
    let next = CaseRow { case: CaseId(size + 1), ..project(size) };
    let mut id = size;
    let one = median(|| {
        id += 1;
        opened.book.begin()?;
        opened.book.put_case(&CaseRow { case: CaseId(id), ..next.clone() })?;
        Ok(opened.book.commit()?)
    })?;
    medians.push(("writing a new project, with its commit", one));
    Ok(medians)
}

fn median<T>(mut run: impl FnMut() -> Outcome<T>) -> Outcome<Duration> {
    run()?;
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        run()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(times[ROUNDS / 2])
}
