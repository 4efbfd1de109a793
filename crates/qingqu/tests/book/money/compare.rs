//! A department's own ledger beside the book: what agrees, what differs, what stands on one side only, what cannot be read.

use super::pages::Pages;
use super::world::*;
use app::command::money::*;
use app::tables::{Comparison, FoundBy, Language, LedgerColumn, Severity, Whose};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Money;
use kernel::id::ProjectId;

const HEAD: &str = "项目编号,项目名称,年度,预算金额（元）,已下达（元）,已支付（元）,结余（元）,备注";

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", rows.join("\n")).into_bytes()
}

fn compared(ready: &Ready, whose: &Whose, rows: &[&str]) -> Comparison {
    let world = &ready.world;
    let before = world.app.reads.head().unwrap();
    let seen = world.app.compare(&world.viewer("finance"), whose.clone(), ("台账.csv", &file(rows))).unwrap();
    assert_eq!(world.app.reads.head().unwrap(), before, "nothing is booked");
    seen
}

fn number(ready: &Ready, project: ProjectId) -> String {
    ready.world.app.reads.project(project).unwrap().unwrap().number
}

/// A second project, of this name, with a budget of 50.00 and no money.
fn another(ready: &Ready, name: &str, year: i16) -> ProjectId {
    let MoneyCommand::OpenProject(project) = ready.world.project(name) else { panic!() };
    let project = NewProject { year, ..project };
    let project = ProjectId(ready.world.does("town", MoneyCommand::OpenProject(project)));
    ready.world.does("town", ready.world.lines(project, &[("a", "材料", "", "50.00")]));
    project
}

#[test]
fn a_ledger_that_says_the_same_agrees_in_either_unit() {
    let ready = Ready::new();
    let no = number(&ready, ready.project);
    let row = format!("{no},大棚,2019,300.00,300.00,0,300.00,");
    let seen = compared(&ready, &Whose::default(), &[&row, "合计,,,300.00,300.00,0,300.00,"]);
    assert!(seen.agrees(), "{seen:?}");
    assert_eq!((seen.both.len(), seen.both[0].by, &seen.both[0].named), (1, FoundBy::Number, &None));
    assert_eq!(seen.sums[&LedgerColumn::Allotted].theirs, yuan("300.00"));
    // What is left empty is not compared: it is neither nothing nor the same.
    let short = format!("{no},大棚,2019,,300.00,,,");
    let seen = compared(&ready, &Whose::default(), &[&short]);
    assert!(seen.agrees() && seen.both[0].theirs.len() == 1, "{seen:?}");
    let wan = file(&[&format!("{no},大棚,2019,0.03,0.03,0,0.03,")]);
    let wan = String::from_utf8(wan).unwrap().replace("（元）", "（万元）");
    let world = &ready.world;
    let seen =
        world.app.compare(&world.viewer("finance"), Whose::default(), ("台账.csv", wan.as_bytes())).unwrap();
    assert!(seen.agrees(), "{seen:?}");
    // The empty table itself can be read back: it has no rows, and no faults.
    let empty = world.app.compare_template(&world.viewer("finance"), Language::Zh).unwrap();
    let seen = world.app.compare(&world.viewer("finance"), Whose::default(), ("空.xlsx", &empty)).unwrap();
    assert_eq!((seen.both.len(), seen.ours.len()), (0, 1), "{seen:?}");
}

#[test]
fn each_amount_that_differs_is_told_with_both_values() {
    let ready = Ready::new();
    let claim = ready.approved("001", "80.00");
    assert!(claim.0 > 0, "held and not paid: it is no payment yet");
    let no = number(&ready, ready.project);
    let seen = compared(
        &ready,
        &Whose::default(),
        &[&format!("{no},大棚（旧名）,2019,300.00,300.01,80.00,220.00,")],
    );
    assert!(!seen.agrees());
    let one = &seen.both[0];
    let differing: Vec<_> = one.differs().collect();
    assert_eq!(
        differing,
        [
            (LedgerColumn::Allotted, yuan("300.01"), yuan("300.00")),
            (LedgerColumn::Paid, yuan("80.00"), Money::ZERO),
            (LedgerColumn::Balance, yuan("220.00"), yuan("300.00")),
        ]
    );
    assert_eq!(one.named.as_deref(), Some("大棚（旧名）"));
    let sum = seen.sums[&LedgerColumn::Paid];
    assert_eq!((sum.theirs, sum.ours), (yuan("80.00"), Money::ZERO));
}

#[test]
fn without_a_known_number_name_and_year_find_the_project() {
    let ready = Ready::new();
    let (older, newer) = (another(&ready, "水渠", 2018), another(&ready, "水渠", 2019));
    // Their own number is none of ours; the name and the year are.
    let seen = compared(&ready, &Whose::default(), &["农-07,水渠,2018,50.00,,,,", ",水渠,2019,50.00,,,,"]);
    let found: Vec<_> = seen.both.iter().map(|one| (one.project.row.project, one.by)).collect();
    assert_eq!(found, [(older, FoundBy::Name), (newer, FoundBy::Name)]);
    assert_eq!(seen.ours.iter().map(|line| line.row.project).collect::<Vec<_>>(), [ready.project]);
    let sum = seen.sums[&LedgerColumn::Planned];
    assert_eq!((sum.theirs, sum.ours, sum.ours_only), (yuan("100.00"), yuan("100.00"), yuan("300.00")));
    // Without the year it may be either; another name is another project.
    let seen = compared(&ready, &Whose::default(), &[",水渠,,50.00,,,,", ",水渠 二期,2019,50.00,,,,"]);
    assert_eq!((seen.both.len(), seen.theirs.len(), seen.ours.len()), (0, 1, 3), "{seen:?}");
    assert!(
        seen.reading.findings.iter().any(|found| found.cell == "B2" && found.what.zh.contains("几个项目"))
    );
    // Limited to a year, only its projects are missed.
    let of_2018 = Whose { year: Some(2018), ..Whose::default() };
    let seen = compared(&ready, &of_2018, &[",水渠,,50.00,,,,"]);
    assert!(seen.agrees() && seen.both[0].project.row.project == older, "{seen:?}");
    let elsewhere = Whose { unit: Some(kernel::id::OrgId(9_999)), ..Whose::default() };
    let seen = compared(&ready, &elsewhere, &[",水渠,2018,50.00,,,,"]);
    assert_eq!((seen.theirs.len(), seen.ours.len()), (1, 0));
}

#[test]
fn what_cannot_be_read_is_told_cell_by_cell_and_the_rest_is_compared() {
    let ready = Ready::new();
    let no = number(&ready, ready.project);
    let rows = [&*format!("{no},大棚,2019,约300,300.00,0,,"), ",,2019,1.00,,,,"];
    let seen = compared(&ready, &Whose::default(), &rows);
    assert!(seen.both[0].agrees() && !seen.both[0].theirs.contains_key(&LedgerColumn::Planned), "{seen:?}");
    let errors = seen.reading.findings.iter().filter(|found| found.severity == Severity::Error);
    let cells: Vec<String> = errors.map(|found| format!("{} {}", found.cell, found.what.zh)).collect();
    assert!(cells.len() == 2 && cells[0].starts_with("D2") && cells[1].starts_with("B3"), "{cells:?}");
    assert_eq!((seen.unread(), seen.agrees()), (2, false), "what was not read does not agree");
    // One project in two rows: neither is taken for the whole.
    let row = format!("{no},大棚,2019,150.00,150.00,0,,");
    let seen = compared(&ready, &Whose::default(), &[&row, &row]);
    assert_eq!(
        (seen.both.len(), seen.theirs.len(), seen.ours.len(), seen.unread()),
        (0, 0, 0, 2),
        "{seen:?}"
    );
    // A file that is no such table gives no rows.
    let world = &ready.world;
    let seen =
        world.app.compare(&world.viewer("finance"), Whose::default(), ("x.csv", "甲,乙\n1,2\n".as_bytes()));
    let seen = seen.unwrap();
    assert!(!seen.agrees() && seen.both.is_empty() && !seen.reading.findings.is_empty());
}

#[test]
fn only_those_who_see_the_funds_compare() {
    let ready = Ready::new();
    let world = &ready.world;
    for login in ["finance", "leaders"] {
        assert!(world.app.compare_choices(&world.viewer(login)).unwrap().years.contains(&2019), "{login}");
    }
    let town = world.viewer("town");
    assert!(
        world.app.compare_choices(&town).is_err() && world.app.compare_template(&town, Language::Zh).is_err()
    );
    assert!(world.app.compare(&town, Whose::default(), ("台账.csv", &file(&[]))).is_err());
}

#[tokio::test]
async fn the_page_lists_the_differences_and_holds_them_as_a_file() {
    let ready = Ready::new();
    another(&ready, "水渠", 2018);
    let no = number(&ready, ready.project);
    let site = Pages::of(&ready.world).await;
    let funds = site.text("finance", "/funds").await;
    assert!(funds.contains("href=\"/funds/compare\""), "{funds}");
    let page = site.text("finance", "/funds/compare").await;
    assert!(page.contains("/funds/compare/template.xlsx") && page.contains("文件和结果都不保存"), "{page}");
    let rows =
        file(&[&format!("{no},大棚,2019,300.00,290.00,0,,"), "X-1,广场,2019,9.00,,,,", ",,2019,3.00,,,,"]);
    let got = site.sends("finance", "/funds/compare", &[("act", "compare")], Some(("台账.csv", &rows))).await;
    assert_eq!(got.status, StatusCode::OK);
    let html = String::from_utf8(got.bytes).unwrap();
    for part in ["290.00", "-10.00", "只在台账", "广场", "只在本系统", "水渠", "B4", "没有编号，也没有名称"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    let (_, rest) = html.split_once("data:text/csv;charset=utf-8;base64,").expect("the file within the page");
    let csv = STANDARD.decode(rest.split('"').next().unwrap()).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    for part in [
        format!("金额不同,{no},大棚,2019,某镇人民政府,2,已分配,290.00,300.00,-10.00"),
        "只在台账,X-1,广场,2019,,3,预算合计,9.00,,".to_owned(),
        "水渠,2018,某镇人民政府,,预算合计,,50.00,".to_owned(),
    ] {
        assert!(csv.contains(&part), "{part}: {csv}");
    }
    let marked =
        site.sends("finance", "/funds/compare", &[("act", "marked")], Some(("台账.csv", &rows))).await;
    assert!(marked.bytes.starts_with(b"PK"), "a workbook");
    let none = site.sends("finance", "/funds/compare", &[("act", "compare")], None).await;
    assert!(String::from_utf8(none.bytes).unwrap().contains("请选择要上传的表格文件"));
    let refused =
        site.sends("town", "/funds/compare", &[("act", "compare")], Some(("台账.csv", &rows))).await;
    assert!(!refused.status.is_success());
}
