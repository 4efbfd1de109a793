//! Pages of this slice, rendered from samples.

use app::rows::{AllocationRow, ProjectRow};
use app::view::money::{AllocationLine, Health, HealthDoubt, HealthMissing, ProjectLine, UseChoice, Uses};
use app::view::pack::{DemandOf, SpendingKind, Words};
use kernel::id::{AllocationId, OrgId, ProjectId};
use kernel::region::RegionCode;
use kernel::{Date, Money};

use super::health::{hindrances, paper_href, word};
use super::new::uses_fields;
use super::{allocations, list};
use crate::ctx::Ctx;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::Lang;

fn place() -> RegionCode {
    "433101".parse().unwrap()
}

fn project(number: &str, allotted: i64, held: i64, spent: i64) -> ProjectLine {
    ProjectLine {
        row: ProjectRow {
            project: ProjectId(7),
            number: number.into(),
            pack: "sample".into(),
            fund: "pool".into(),
            side: "all".into(),
            spending: "industry".into(),
            name: "黄金茶基地".into(),
            place: place(),
            village: String::new(),
            unit: OrgId(3),
            unit_name: "坪上村".into(),
            year: 2018,
            standing: "doubt".into(),
            planned: Money::from_fen(1_000_000),
            allotted: Money::from_fen(allotted),
            held: Money::from_fen(held),
            clearing: Money::ZERO,
            spent: Money::from_fen(spent),
            changed_on: Date::constant(2018, 5, 1),
            case: None,
        },
        fund: Words::new("发展资金", "Development"),
        side: Words::default(),
        spending: Words::new("产业扶贫", "Industry"),
        place: "吉首市".into(),
    }
}

fn sick() -> Health {
    Health {
        project: Some(ProjectId(7)),
        closed: false,
        doubts: vec![HealthDoubt {
            number: 1,
            word: "车辆".into(),
            text: "购置车辆".into(),
            spending: Words::new("购置车辆", "Vehicles"),
            cite: "第六条".into(),
            refused: false,
        }],
        missing: vec![HealthMissing {
            demand: "consent".into(),
            name: Words::new("村民代表会议决议", "Minutes"),
            cite: "第四条".into(),
            of: DemandOf::Place,
            place: "433101-2".into(),
            place_name: "坪上村".into(),
        }],
    }
}

#[test]
fn the_list_sums_its_page_and_names_what_is_held() {
    let ctx = Ctx::sample(Lang::Zh);
    let lines = [project("湘项-1", 500_000, 100_000, 150_000), project("湘项-2", 250_050, 0, 0)];
    let html = list::table(&ctx, &lines).html().into_string();
    assert!(html.contains("href=\"/projects/7\"") && html.contains("待认定"), "{html}");
    // Allotted 5,000.00 + 2,500.50; free 2,500.00 + 2,500.50.
    for sum in ["7,500.50", "5,000.50", "20,000.00"] {
        assert!(html.contains(sum), "{sum}: {html}");
    }
}

#[test]
fn hindrances_name_word_article_and_paper_with_a_way_to_mend_them() {
    let ctx = Ctx::sample(Lang::Zh);
    let html = hindrances(&ctx, &sick()).into_string();
    for part in ["href=\"/projects/7/doubt/1\"", "第六条", "车辆", "村民代表会议决议", "坪上村", "第四条"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(word(&ctx, &sick()).into_string().contains("2 项待办"));
    assert!(hindrances(&ctx, &Health::default()).into_string().is_empty());
    assert!(word(&ctx, &Health::default()).into_string().contains("可以分配"));
}

#[test]
fn a_missing_paper_leads_to_where_it_is_filed() {
    let mut paper = sick().missing.remove(0);
    assert_eq!(paper_href("7", &paper), "/consents/new?place=433101-2&demand=consent");
    paper.of = DemandOf::Project;
    assert_eq!(paper_href("7", &paper), "/projects/7/paper/consent");
}

#[test]
fn prohibited_uses_are_listed_and_cannot_be_chosen() {
    let ctx = Ctx::sample(Lang::Zh);
    let choice = |id: &str, name: &str, kind| UseChoice {
        id: id.into(),
        name: Words::new(name, ""),
        kind,
        cite: "第六条".into(),
        words: vec!["车辆".into()],
    };
    let uses = Uses {
        permitted: vec![choice("industry", "产业扶贫", SpendingKind::Permitted)],
        prohibited: vec![choice("vehicles", "购置车辆", SpendingKind::Prohibited)],
        excepted: Vec::new(),
    };
    let html = uses_fields(&ctx, Some(&uses), &Submitted::default(), &Findings::none()).into_string();
    assert!(html.contains("value=\"industry\"") && !html.contains("value=\"vehicles\""), "{html}");
    assert!(html.contains("购置车辆") && html.contains("第六条"), "{html}");
    assert_eq!(uses.looks_like("购置车辆一台").len(), 1);
    assert!(uses.looks_like("修建冷库").is_empty());
}

#[test]
fn the_list_of_allocations_sums_and_shows_the_open_step_with_its_day() {
    let ctx = Ctx::sample(Lang::Zh);
    let line = |number: &str, total: i64| AllocationLine {
        row: AllocationRow {
            allocation: AllocationId(4),
            number: number.into(),
            pack: "sample".into(),
            procedure: "allocation".into(),
            fund: "pool".into(),
            side: "all".into(),
            year: 2018,
            lines: 3,
            total: Money::from_fen(total),
            standing: "approved".into(),
            stage: "备案".into(),
            stage_en: "Filing".into(),
            due: Some(Date::constant(2019, 11, 8)),
            document: "吉政函〔2018〕18号".into(),
            changed_on: Date::constant(2018, 5, 1),
        },
        fund: Words::new("发展资金", "Development"),
        side: Words::default(),
    };
    let html = allocations::table(&ctx, &[line("甲", 100), line("乙", 250)]).html().into_string();
    for part in ["3.50", "已批准", "备案", "2019年11月8日", "还剩 10 个工作日", "吉政函〔2018〕18号"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
}
