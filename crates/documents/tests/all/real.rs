//! Tables that real counties published, read without a template. What adds up holds; what does not is said; nothing is
//! mended. The sources stand in `tests/real/SOURCES.csv`.

use crate::support::Sheet;
use documents::{CheckKind, Code, Language, Outcome, RowKind, Survey, survey};
use std::path::PathBuf;

fn table(name: &str) -> Survey {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(format!("{name}.csv"));
    survey(&std::fs::read(path).unwrap(), &format!("{name}.csv"))
}

fn kinds(survey: &Survey) -> [usize; 5] {
    let of = |kind: RowKind| survey.rows.iter().filter(|row| row.kind == kind).count();
    [RowKind::Item, RowKind::Subtotal, RowKind::Total, RowKind::Group, RowKind::OfWhich].map(of)
}

/// Place and kind of every check with an outcome.
fn checks(survey: &Survey, outcome: Outcome) -> Vec<String> {
    let hits = survey.checks.iter().filter(|check| check.outcome == outcome);
    hits.map(|check| format!("{} {}", check.place, check.kind.name(Language::En))).collect()
}

fn findings(survey: &Survey) -> Vec<String> {
    survey.findings.iter().map(|finding| format!("{} {}", finding.place, finding.code.id())).collect()
}

fn wan(survey: &Survey) -> Vec<String> {
    survey.sums.values().map(|sum| sum.wan()).collect()
}

const NAMES: [&str; 9] = [
    "beita_2020_batch1",
    "benefit_returns",
    "gongliu_2020_bond_projects",
    "gongliu_2021_library_and_plan",
    "haidong_2018_jiangsu_extra",
    "liling_2019_own_fund",
    "source_breakdowns",
    "yutian_2017_projects",
    "zeku_2023_batch2",
];

/// The same table as a workbook, its figures stored as numbers.
fn as_workbook(text: &str) -> Vec<u8> {
    let mut sheet = Sheet::new(&[]);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, record) in reader.records().enumerate() {
        for (column, cell) in record.unwrap().iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse() {
                Ok(number) => sheet.number(row as u32, column as u16, number),
                Err(_) => sheet.text(row as u32, column as u16, cell),
            };
        }
    }
    sheet.done()
}

#[test]
fn a_table_says_the_same_in_every_kind_of_file() {
    for name in NAMES {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(format!("{name}.csv"));
        let text = std::fs::read_to_string(path).unwrap();
        let want = table(name);
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        let files = [as_workbook(&text), gb.into_owned(), format!("\u{feff}{text}").into_bytes()];
        for file in files {
            let found = survey(&file, &format!("{name}.csv"));
            let says = |survey: &Survey| -> Vec<_> {
                survey.checks.iter().map(|c| (c.place.to_string(), c.says.clone(), c.outcome)).collect()
            };
            assert_eq!((says(&found), &found.rows), (says(&want), &want.rows), "{name}");
        }
    }
}

#[test]
fn every_table_reads_and_what_is_said_of_it_is_kept() {
    for name in NAMES {
        let survey = table(name);
        assert!(!survey.findings.iter().any(documents::Finding::is_error), "{name}");
        insta::assert_snapshot!(name, survey.describe(Language::Zh));
    }
}

#[test]
fn beita_two_subtotals_and_the_total_hold() {
    let survey = table("beita_2020_batch1");
    assert_eq!(kinds(&survey), [16, 2, 1, 0, 0]);
    assert_eq!(wan(&survey), ["408"]);
    assert_eq!(checks(&survey, Outcome::Holds), ["E9 sub-total", "E18 sub-total", "E20 total"]);
    assert!(checks(&survey, Outcome::Differs).is_empty() && survey.findings.is_empty());
    assert_eq!(survey.rows[13].texts[&5], "其中,灾情因素6万元");
}

#[test]
fn beita_as_it_was_printed_with_the_remarks_in_the_amounts() {
    let csv = "单位：万元,,\n序号,村,金额\n13,兴旺村,\"10(其中,灾情因素6万元)\"\n14,李子塘村,\"25(其中,灾情因素6万元)\"\n合计,,35\n";
    let survey = survey(csv.as_bytes(), "a.csv");
    assert_eq!(wan(&survey), ["35"]);
    assert_eq!(survey.rows[0].remarks, ["其中,灾情因素6万元"]);
    assert_eq!(checks(&survey, Outcome::Holds), ["C5 total"]);
}

#[test]
fn the_total_that_stands_first_in_haidong_holds() {
    let survey = table("haidong_2018_jiangsu_extra");
    assert_eq!(kinds(&survey), [6, 0, 1, 0, 0]);
    assert_eq!(
        (wan(&survey), checks(&survey, Outcome::Holds)),
        (vec!["4000".into()], vec!["B2 total".into()])
    );
}

#[test]
fn gongliu_bonds_have_one_share_that_is_not_the_part_of_the_whole() {
    let survey = table("gongliu_2020_bond_projects");
    assert_eq!(kinds(&survey), [4, 0, 1, 0, 0]);
    assert_eq!(checks(&survey, Outcome::Differs), ["D5 share"]);
    let share = survey.checks.iter().find(|check| check.outcome == Outcome::Differs).unwrap();
    assert_eq!((share.printed.as_str(), share.computed.as_deref()), ("1.9%", Some("1.8%")));
    assert!(share.says.zh.contains("1.839%"), "{}", share.says.zh);
    let holds = checks(&survey, Outcome::Holds);
    assert_eq!(holds, ["D shares together", "D2 share", "D3 share", "D4 share", "B6 total", "C6 total"]);
    assert_eq!(findings(&survey), ["D5 share-differs"]);
}

#[test]
fn the_plan_of_gongliu_is_the_sum_of_its_parts() {
    let survey = table("gongliu_2021_library_and_plan");
    assert_eq!(kinds(&survey), [10, 0, 0, 0, 1]);
    let parts: Vec<_> = survey.checks.iter().filter(|check| check.kind == CheckKind::Parts).collect();
    let printed: Vec<_> =
        parts.iter().map(|check| (check.place.to_string(), check.printed.as_str())).collect();
    assert_eq!(printed, [("D3".into(), "18576万元"), ("D4".to_owned(), "11701万元")]);
    assert!(checks(&survey, Outcome::Differs).is_empty());
}

#[test]
fn liling_and_zeku_have_no_total_and_their_groups_are_added() {
    let liling = table("liling_2019_own_fund");
    assert_eq!((kinds(&liling), wan(&liling)), ([5, 0, 0, 0, 0], vec!["1200".into()]));
    assert!(liling.groups.iter().any(|group| group.group == "交通局" && group.sum.wan() == "290"));
    let zeku = table("zeku_2023_batch2");
    assert_eq!((kinds(&zeku), wan(&zeku)), ([6, 0, 0, 0, 0], vec!["1259".into()]));
    assert!(liling.checks.is_empty() && zeku.checks.is_empty());
}

#[test]
fn every_stated_total_of_the_five_notices_holds_and_a_changed_one_is_said() {
    let survey = table("source_breakdowns");
    assert_eq!(survey.rows.len(), 18);
    assert_eq!(checks(&survey, Outcome::Holds).len(), 5);
    assert!(survey.findings.is_empty());
    let csv = "notice,source,amount_wan,stated_total_wan\n甲县,中央,125.5,241.4\n甲县,省级,91.2,241.4\n甲县,市级,24.6,241.4\n乙县,省级,1,1\n";
    let changed = documents::survey(csv.as_bytes(), "a.csv");
    assert_eq!(findings(&changed), ["D2 total-differs"]);
    assert_eq!(changed.findings[0].what.zh, "甲县：公布 241.4万元，各行相加 241.3万元");
}

#[test]
fn yutian_multiplies_out_and_its_cut_off_amount_is_told_and_not_inferred() {
    let survey = table("yutian_2017_projects");
    assert_eq!(kinds(&survey), [12, 0, 0, 0, 0]);
    assert_eq!(checks(&survey, Outcome::Holds).len(), 11);
    assert_eq!(checks(&survey, Outcome::Unchecked), ["G13 quantity × price"]);
    assert_eq!(findings(&survey), ["G13 amount-missing"]);
    assert_eq!(survey.rows[11].money(6), None);
    assert_eq!(wan(&survey), ["9165.85"]);
    let wrong = "项目,数量,单价（元）,金额（万元）\n鸡舍,3,2000,0.7\n";
    let wrong = documents::survey(wrong.as_bytes(), "a.csv");
    assert_eq!(wrong.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::ProductDiffers]);
}

#[test]
fn returns_hold_at_their_rates_and_what_has_no_parts_stays_unchecked() {
    let survey = table("benefit_returns");
    assert_eq!(survey.rows.len(), 12);
    assert_eq!(
        checks(&survey, Outcome::Holds),
        ["C4 parts", "C8 shares together", "C9 shares together", "C11 rate of return", "C12 rate of return"]
    );
    assert_eq!(checks(&survey, Outcome::Unchecked), ["C13 total"]);
    assert!(survey.findings.is_empty());
}

#[test]
fn a_table_of_five_thousand_rows_is_surveyed_and_one_more_is_not() {
    let table = |rows: usize| format!("项目,金额（元）\n{}", "桥,1\n".repeat(rows));
    let codes = |rows: usize| findings(&survey(table(rows).as_bytes(), "a.csv"));
    assert!(codes(5000).is_empty());
    assert_eq!(codes(5001), ["a too-many-rows"]);
}

#[test]
fn rows_prepared_with_a_number_and_never_filled_are_no_rows() {
    let survey = survey("序号,项目,金额（万元）\n1,桥,5\n2,,\n3,,\n合计,,5\n".as_bytes(), "a.csv");
    assert_eq!(kinds(&survey), [1, 0, 1, 0, 0]);
    assert_eq!(checks(&survey, Outcome::Holds), ["C5 total"]);
    assert!(survey.findings.is_empty(), "{:?}", findings(&survey));
}
