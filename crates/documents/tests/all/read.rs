//! Templates written, filled, read, marked and read again.

use crate::support::{Sheet, findings, lists, say};
use documents::{Code, Outcome, Template, Value, read};

fn plan() -> Template {
    documents::templates::plan_lines(&lists())
}

/// A sheet with the headings of the plan and these rows, as CSV.
fn plan_csv(rows: &str) -> String {
    format!("资金,项目名称,用途,安排金额（万元）,占比,受益户数\n{rows}")
}

#[test]
fn an_empty_template_is_recognised_and_has_no_rows() {
    for template in crate::support::templates() {
        for language in [documents::Language::Zh, documents::Language::En] {
            let options = documents::TemplateOptions { language, ..Default::default() };
            let bytes = documents::template_xlsx(&template, &options).unwrap();
            assert_eq!(
                bytes,
                documents::template_xlsx(&template, &options).unwrap(),
                "the same bytes every time"
            );
            let reading = read(&bytes, "a.xlsx", &template);
            assert_eq!(findings(&reading), ["error no-rows"], "{}: {}", template.id, say(&reading.findings));
        }
    }
}

#[test]
fn another_template_or_version_is_refused() {
    let bytes = documents::template_xlsx(&plan(), &Default::default()).unwrap();
    let other = documents::templates::payees(&lists());
    assert_eq!(findings(&read(&bytes, "a.xlsx", &other)), ["error wrong-template"]);
    let mut newer = plan();
    newer.version = 2;
    assert_eq!(findings(&read(&bytes, "a.xlsx", &newer)), ["error wrong-version"]);
}

#[test]
fn a_filled_table_gives_its_rows_and_checks_its_totals() {
    let csv = plan_csv(
        "甲资金,水果基地,产业,20,,\n甲资金,桥,基建,96.54712,,61户\n小计,,,116.54712,,\n乙资金,桥,基建,\"10(其中,灾情因素6万元)\",,3\n合计,,,126.54712,,64\n",
    );
    let reading = read(csv.as_bytes(), "方案.csv", &plan());
    assert_eq!(
        findings(&reading),
        ["warn no-template-mark", "warn amount-remark"],
        "{}",
        say(&reading.findings)
    );
    assert_eq!(reading.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 3, 5]);
    let amount = &reading.rows[2].cells["amount"];
    assert_eq!(
        (amount.place.to_string(), amount.remark.as_deref()),
        ("D5".into(), Some("其中,灾情因素6万元"))
    );
    assert_eq!(amount.value, Value::Money(kernel::Money::from_fen(10_000_000)));
    assert_eq!(reading.rows[0].cells["fund"].value, Value::Choice("a".into()));
    assert!(reading.sums.iter().all(|sum| sum.outcome == Outcome::Holds));
    assert_eq!(reading.sums.len(), 3);
}

#[test]
fn a_total_that_differs_is_said_with_both_figures() {
    let csv = plan_csv("甲资金,桥,基建,20,,\n甲资金,水果基地,产业,30,,\n合计,,,51,,\n");
    let reading = read(csv.as_bytes(), "a.csv", &plan());
    let differs = reading.findings.iter().find(|finding| finding.code == Code::TotalDiffers).unwrap();
    assert_eq!(differs.place.to_string(), "D4");
    assert_eq!(differs.what.zh, "表上写 51万元，第 2-3 行相加为 50万元，相差 1万元");
    assert_eq!(reading.rows.len(), 2, "a total never blocks and is never mended");
}

#[test]
fn a_printed_share_is_compared_to_its_digits() {
    let csv = plan_csv("甲资金,桥,基建,1,33.3%,\n甲资金,水果基地,产业,2,66.6%,\n");
    let reading = read(csv.as_bytes(), "a.csv", &plan());
    let shares: Vec<_> = reading.findings.iter().filter(|f| f.code == Code::ShareDiffers).collect();
    assert_eq!(shares.len(), 1);
    assert_eq!(
        (shares[0].place.to_string(), shares[0].what.zh.as_str()),
        ("E3".into(), "写的占比是 66.6%，按金额计算是 66.7%")
    );
}

#[test]
fn every_fault_is_told_at_once_and_nothing_is_half_imported() {
    let csv = plan_csv("丙资金,桥,基建,20万,,\n甲资金,,基建,约20,30,x\n甲资金,桥,基建,0.0000001,,\n");
    let reading = read(csv.as_bytes(), "a.csv", &plan());
    let errors: Vec<String> = reading
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| format!("{} {}", finding.place, finding.code.id()))
        .collect();
    assert_eq!(
        errors,
        [
            "A2 choice-unknown",
            "B3 cell-empty",
            "D3 cell-unreadable",
            "E3 cell-unreadable",
            "F3 cell-unreadable",
            "D4 cell-unreadable"
        ]
    );
    assert!(reading.rows.is_empty() && reading.rows_seen == 3);
    insta::assert_snapshot!(say(&reading.findings));
}

#[test]
fn headings_are_found_whatever_their_blanks_breaks_and_units() {
    let sheets = [
        "某县2019年方案\n单位：万元\n序号,资 金,项目\n名称,用途,安排金额\n",
        "某县2019年方案,,,,\n,,,,单位：万元\n序号,资　金,\"项目\n名称\",用途,安排资金\n1,甲资金,桥,基建,20\n",
        "资金*,项目名称*,用途*,安排金额（元）*\n甲资金,桥,基建,200000\n",
        "fund,project,use,amount\n甲资金,桥,基建,20\n",
        "Fund,Project,Use,Amount (万元)\na,桥,基建,20\n",
    ];
    for csv in &sheets[1..] {
        let reading = read(csv.as_bytes(), "a.csv", &plan());
        assert!(reading.is_clean(), "{csv}: {}", say(&reading.findings));
        let amount = &reading.rows[0].cells["amount"].value;
        assert_eq!(*amount, Value::Money(kernel::Money::from_fen(20_000_000)), "{csv}");
    }
    let broken = read(sheets[0].as_bytes(), "a.csv", &plan());
    assert!(!broken.is_clean());
}

#[test]
fn groups_are_headings_and_not_rows() {
    let csv = "序号,资金,项目名称,用途,安排金额（万元）\n一,产业项目,,,30\n1,甲资金,水果基地,产业,10\n2,甲资金,蔬菜基地,产业,20\n二,基础设施,,,5\n1,甲资金,桥,基建,5\n,合计,,,35\n";
    let reading = read(csv.as_bytes(), "a.csv", &plan());
    assert!(reading.is_clean(), "{}", say(&reading.findings));
    let groups: Vec<_> = reading.rows.iter().map(|row| (row.row, row.group.join("/"))).collect();
    assert_eq!(groups, [(3, "产业项目".into()), (4, "产业项目".into()), (6, "基础设施".to_owned())]);
    assert_eq!(reading.sums.iter().filter(|sum| sum.outcome == Outcome::Holds).count(), 3);
}

#[test]
fn headings_missing_or_twice_are_said() {
    let cases = [
        ("资金,项目名称,用途\n甲资金,桥,基建\n", "error column-missing"),
        ("资金,项目名称,用途,安排金额,金额\n甲资金,桥,基建,1,1\n", "error column-twice"),
        ("a,b\n1,2\n", "error no-header"),
        ("", "error file-empty"),
        ("\n\n", "error file-empty"),
        ("资金,项目名称,用途,安排金额,天气\n甲资金,桥,基建,1,晴\n", "warn column-unknown"),
    ];
    for (csv, want) in cases {
        let found = findings(&read(csv.as_bytes(), "a.csv", &plan()));
        assert!(found.iter().any(|finding| finding == want), "{csv}: {found:?}");
    }
}

#[test]
fn a_list_is_known_by_other_names_and_one_named_outright_goes_before_them() {
    let template = documents::templates::allocation_lines(&lists().projects, &[]);
    for (csv, warns) in [
        ("county,amount_wan\n桥,5\n", 1),
        ("县（市、区）,金额（万元）\n桥,5\n", 1),
        ("项目,安排金额（万元）,项目类别\n桥,5,基建\n", 2),
        ("项目名称,安排金额（万元）,项目类别\n桥,5,基建\n", 2),
    ] {
        let reading = read(csv.as_bytes(), "a.csv", &template);
        assert_eq!(reading.findings.len(), warns, "{csv}: {}", say(&reading.findings));
        assert!(reading.is_clean(), "{csv}: {}", say(&reading.findings));
        let amount = reading.rows.first().map(|row| row.cells["amount"].value.clone());
        assert_eq!(amount, Some(Value::Money(kernel::Money::from_fen(5_000_000))), "{csv}");
    }
}

#[test]
fn a_workbook_is_read_as_it_is_stored() {
    let mut sheet = Sheet::new(&["资金", "项目名称", "用途", "安排金额（万元）", "占比"]);
    sheet.text(1, 0, "甲资金").text(1, 1, "桥").text(1, 2, "基建").number(1, 3, 96.547_12);
    sheet.text(2, 0, "甲资金").text(2, 1, "桥").text(2, 2, "基建").formula(
        2,
        3,
        "1/3*3",
        "0.30000000000000004",
    );
    sheet.text(3, 0, "合计").formula(3, 3, "SUM(D2:D3)", "96.84712000000001");
    let reading = read(&sheet.done(), "a.xlsx", &plan());
    assert!(reading.is_clean(), "{}", say(&reading.findings));
    assert_eq!(reading.rows[0].cells["amount"].raw, "96.54712");
    assert_eq!(reading.rows[1].cells["amount"].raw, "0.3");
    assert_eq!(reading.sums[0].outcome, Outcome::Holds);
}

#[test]
fn faults_of_a_workbook_have_their_findings() {
    let mut sheet = Sheet::new(&["资金", "项目名称", "用途", "安排金额（万元）", "备注"]);
    for row in 1..=4 {
        sheet.text(row, 0, "甲资金").text(row, 1, "桥").text(row, 2, "基建");
    }
    sheet.formula(1, 3, "A1", "#REF!").formula(2, 3, "B1*2", "987654321").number(3, 3, 5.0).text(4, 4, "补");
    sheet.merge(3, 3, 4, 3).hide_row(3).hide_column(4);
    let bytes = crate::support::rewrite(&sheet.done(), "xl/worksheets/sheet1.xml", "<v>987654321</v>", "");
    let reading = read(&bytes, "a.xlsx", &plan());
    assert_eq!(
        findings(&reading),
        [
            "warn no-template-mark",
            "warn hidden",
            "error cell-error",
            "error formula-not-computed",
            "warn hidden",
            "error merged-amount"
        ],
        "{}",
        say(&reading.findings)
    );
}

#[test]
fn merged_labels_count_for_all_their_rows() {
    let mut sheet = Sheet::new(&["资金", "项目名称", "用途", "安排金额（万元）"]);
    sheet.text(1, 0, "甲资金");
    for row in 1..=2 {
        sheet.text(row, 1, if row == 1 { "桥" } else { "水果基地" }).text(row, 2, "基建").number(row, 3, 5.0);
    }
    sheet.merge(1, 0, 2, 0);
    let reading = read(&sheet.done(), "a.xlsx", &plan());
    assert!(reading.is_clean(), "{}", say(&reading.findings));
    assert_eq!(reading.rows[1].cells["fund"].value, Value::Choice("a".into()));
}

#[test]
fn dates_in_every_spelling_and_as_days_counted() {
    let mut sheet = Sheet::new(&["资金", "来源类别", "级次", "到账日期", "金额（元）"]);
    let spellings = ["2019.12.20", "20191220", "2019年12月20日", "2019-12-20"];
    for (at, text) in spellings.iter().enumerate() {
        sheet.text(at as u32 + 1, 3, text);
    }
    sheet.number(5, 3, 43819.0).date(6, 3, 2019, 12, 20).number(7, 3, 20_191_220.0);
    for row in 1..=7 {
        sheet.text(row, 0, "甲资金").text(row, 1, "中央").text(row, 2, "国家").number(row, 4, f64::from(row));
    }
    let reading = read(&sheet.done(), "a.xlsx", &documents::templates::sources(&lists()));
    assert_eq!(findings(&reading), ["warn no-template-mark"], "{}", say(&reading.findings));
    for row in &reading.rows {
        assert_eq!(row.cells["received"].value, Value::Date(kernel::date::parse_date("2019-12-20").unwrap()));
    }
}

#[test]
fn a_list_of_households_takes_numbers_in_full_and_shows_none() {
    let list = documents::templates::households(documents::Words::new("名单", "List"));
    let head = "户主,身份证号码,行政村,家庭人口,识别年度,状态\n";
    let number = |digits: &str| {
        kernel::resident::ResidentId::with_check_character(digits).unwrap().expose().to_owned()
    };
    let (one, old) = (number("15042619620314112"), "150426620314112");
    let good = format!("{head}某甲,{one},东村,4人,2014年,脱贫享受政策\n某乙,{old},东村,1,2015,已移出\n");
    let reading = read(good.as_bytes(), "a.csv", &list);
    assert!(reading.findings.iter().all(|found| !found.is_error()), "{}", say(&reading.findings));
    for row in &reading.rows {
        let Value::ResidentId(read) = &row.cells["resident_id"].value else { panic!("a number") };
        assert_eq!(read.expose(), one, "the old spelling is the same person");
    }
    assert_eq!(reading.rows[1].cells["status"].value, Value::Choice("removed".into()));
    assert!(!format!("{reading:?}").contains("19620314"), "{reading:?}");

    let swapped = format!("{}{}", &one[..15], one[15..].chars().rev().collect::<String>());
    let bad = format!("{head}某甲,{swapped},东村,四,14,在册吗\n,{one},,4,2014,建档立卡\n");
    let reading = read(bad.as_bytes(), "a.csv", &list);
    let cells: Vec<String> =
        reading.findings.iter().filter(|f| f.is_error()).map(|f| f.place.to_string()).collect();
    assert_eq!(cells, ["B2", "D2", "E2", "F2", "A3", "C3"], "{}", say(&reading.findings));
    assert!(!say(&reading.findings).contains(&swapped) && !say(&reading.findings).contains(&one));
}

#[test]
fn numbers_of_people_and_accounts_are_guarded() {
    let payees = documents::templates::payees(&lists());
    let head = "项目名称,姓名,身份证号,银行账号,补助金额\n";
    let good = format!("{head}桥,某甲,620123********123x,6217 0000 1234 5678 901,500\n");
    let reading = read(good.as_bytes(), "a.csv", &payees);
    assert_eq!(findings(&reading), ["warn no-template-mark"], "{}", say(&reading.findings));
    let Value::MaskedResidentId(masked) = &reading.rows[0].cells["resident_id"].value else {
        panic!("masked")
    };
    assert_eq!(masked.expose(), "620123********123X");
    let Value::Account(account) = &reading.rows[0].cells["account"].value else { panic!("an account") };
    assert_eq!(account.expose(), "6217000012345678901");
    let shown = format!("{reading:?}");
    assert!(!shown.contains("6217") && !shown.contains("620123"), "{shown}");

    let full = kernel::resident::ResidentId::with_check_character("62012319800101123").unwrap();
    let bad = format!("{head}桥,某甲,{},62170000,500\n桥,某乙,620123********1234,62x,500\n", full.expose());
    let reading = read(bad.as_bytes(), "a.csv", &payees);
    assert_eq!(findings(&reading), ["warn no-template-mark", "error not-masked", "error cell-unreadable"]);
    assert!(!say(&reading.findings).contains(full.expose()));

    let shifted = format!("{head}6217000012345678901,某甲,620123********1234,62170000,500\n");
    let reading = read(shifted.as_bytes(), "a.csv", &payees);
    assert_eq!(findings(&reading), ["warn no-template-mark", "error choice-unknown"]);
    assert!(!say(&reading.findings).contains("6217"));

    let mut sheet = Sheet::new(&["项目名称", "姓名", "身份证号", "银行账号", "补助金额"]);
    sheet.text(1, 0, "桥").text(1, 1, "某甲").text(1, 2, "620123********1234").number(1, 4, 500.0);
    sheet.number(1, 3, 6_217_000_012_345_678_901.0);
    let reading = read(&sheet.done(), "a.xlsx", &payees);
    assert_eq!(findings(&reading), ["warn no-template-mark", "error number-cut"]);
}

#[test]
fn rows_alike_and_rows_beyond_the_limit_are_said() {
    let two = plan_csv("甲资金,桥,基建,20,,\n甲资金,桥,基建,20,,\n");
    assert_eq!(
        findings(&read(two.as_bytes(), "a.csv", &plan())),
        ["warn no-template-mark", "warn row-twice"]
    );
    let mut small = plan();
    small.rows_max = 1;
    assert!(findings(&read(two.as_bytes(), "a.csv", &small)).contains(&"error too-many-rows".to_owned()));
    small.rows_max = 2;
    assert!(read(two.as_bytes(), "a.csv", &small).is_clean());
}

#[test]
fn the_marked_file_has_the_same_values_and_the_list_and_reads_again() {
    let csv = plan_csv("丙资金,桥,基建,20万,,\n甲资金,水果基地,产业,10,,\n合计,,,31,,\n");
    let first = read(csv.as_bytes(), "方案.csv", &plan());
    let marked = documents::marked_xlsx(csv.as_bytes(), &first).unwrap();
    let again = read(&marked, "方案.xlsx", &plan());
    let codes = |reading: &documents::Reading| -> Vec<(String, String)> {
        reading.findings.iter().map(|f| (f.place.to_string(), f.code.id().to_owned())).collect()
    };
    assert_eq!(codes(&again), codes(&first));
    let list = crate::support::cells(&marked, "问题清单");
    assert_eq!(list[0], ["序号", "级别", "工作表", "位置", "问题", "处理办法"]);
    assert_eq!(list.len(), first.findings.len() + 1);
    assert!(list.iter().any(|row| row[1] == "错误" && row[3] == "A2"));

    let closed = read(b"not a workbook\0", "a.xlsx", &plan());
    assert_eq!(findings(&closed), ["error file-unreadable"]);
    let marked = documents::marked_xlsx(b"not a workbook\0", &closed).unwrap();
    assert_eq!(crate::support::cells(&marked, "问题清单").len(), 2);
}

#[test]
fn a_marked_template_keeps_its_mark() {
    let bytes = documents::template_xlsx(&plan(), &Default::default()).unwrap();
    let reading = read(&bytes, "a.xlsx", &plan());
    let marked = documents::marked_xlsx(&bytes, &reading).unwrap();
    assert_eq!(findings(&read(&marked, "a.xlsx", &plan())), ["error no-rows"]);
}

#[test]
fn encrypted_files_and_old_rubbish_are_said() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600], &name].concat();
    assert_eq!(findings(&read(&encrypted, "a.xlsx", &plan())), ["error password-protected"]);
    let rubbish = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[7; 600]].concat();
    assert_eq!(findings(&read(&rubbish, "a.xls", &plan())), ["error file-unreadable"]);
    assert_eq!(findings(&read(&vec![b'a'; 20 * 1024 * 1024 + 1], "a.csv", &plan())), ["error file-too-big"]);
    assert_eq!(findings(&read(b"PK\x03\x04 and no more", "a.xlsx", &plan())), ["error file-unreadable"]);
}

#[test]
fn a_filled_template_is_read_and_a_total_that_nobody_computed_again_is_said() {
    let bytes = documents::template_xlsx(&plan(), &Default::default()).unwrap();
    let sheet = crate::support::part(&bytes, "xl/worksheets/sheet1.xml");
    let mut filled = sheet.clone();
    for (cell, text) in [("B5", "甲资金"), ("C5", "桥"), ("E5", "基建"), ("G5", "20万元"), ("I5", "61户")]
    {
        let start = filled.find(&format!("<c r=\"{cell}\" ")).unwrap();
        let end = start + filled[start..].find("/>").unwrap() + 2;
        let with = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        filled.replace_range(start..end, &with);
    }
    let bytes = crate::support::rewrite(&bytes, "xl/worksheets/sheet1.xml", &sheet, &filled);
    let reading = read(&bytes, "方案.xlsx", &plan());
    assert_eq!(
        findings(&reading),
        ["warn total-differs", "warn total-differs"],
        "{}",
        say(&reading.findings)
    );
    assert_eq!((reading.rows.len(), reading.rows[0].row), (1, 5));
    assert_eq!(reading.rows[0].cells["amount"].value, Value::Money(kernel::Money::from_fen(20_000_000)));
    assert_eq!(reading.rows[0].cells["households"].value, Value::Count(61));
    assert_eq!(reading.findings[0].what.zh, "表上写 0万元，第 5 行相加为 20万元，相差 -20万元");
}

#[test]
fn two_rows_of_headings_lines_under_the_table_and_of_which_rows() {
    let csv = "方案,,,,\n资金,项目名称,用途,资金情况,\n,,,安排金额（万元）,占比\n";
    let wide = format!(
        "{csv}甲资金,桥,基建,20,100%\n其中：人工,,,5,\n合计,,,20,\n注：金额为预计数,,,,\n填表人：某甲,,,,\n"
    );
    let reading = read(wide.as_bytes(), "a.csv", &plan());
    assert_eq!(findings(&reading), ["warn no-template-mark", "warn of-which"], "{}", say(&reading.findings));
    assert_eq!((reading.rows.len(), reading.rows[0].row), (1, 4));
    let plain = "资金,项目名称,用途,安排金额（万元）,占比\n甲资金,桥,基建,20,100%\n其中：人工,,,5,\n合计,,,20,\n注：金额为预计数,,,,\n填表人：某甲,,,,\n";
    let reading = read(plain.as_bytes(), "a.csv", &plan());
    assert_eq!(findings(&reading), ["warn no-template-mark", "warn of-which"], "{}", say(&reading.findings));
    assert_eq!(reading.rows.len(), 1);
}

#[test]
fn a_sheet_far_beyond_the_limit_is_not_read_row_by_row() {
    let mut small = plan();
    small.rows_max = 10;
    let rows =
        |n: usize| plan_csv(&(0..n).map(|n| format!("甲资金,桥,基建,{n},,")).collect::<Vec<_>>().join("\n"));
    let codes = |n: usize| findings(&read(rows(n).as_bytes(), "a.csv", &small));
    assert_eq!(codes(10), ["warn no-template-mark"]);
    assert_eq!(codes(11), ["warn no-template-mark", "error too-many-rows"]);
    let far = read(rows(1021).as_bytes(), "a.csv", &small);
    assert_eq!(
        (findings(&far), far.rows_seen),
        (vec!["warn no-template-mark".into(), "error too-many-rows".into()], 0)
    );
}

#[test]
fn shares_are_read_as_percent_signs_headings_and_stored_fractions_say() {
    let headed =
        "资金,项目名称,用途,安排金额（万元）,占比（%）\n甲资金,桥,基建,1,33.3\n甲资金,水果基地,产业,2,66.6\n";
    let reading = read(headed.as_bytes(), "a.csv", &plan());
    assert_eq!(
        findings(&reading),
        ["warn no-template-mark", "warn share-differs"],
        "{}",
        say(&reading.findings)
    );
    let mut sheet = Sheet::new(&["资金", "项目名称", "用途", "安排金额（万元）", "占比"]);
    for (row, amount, share) in [(1, 1.0, 0.333), (2, 1.0, 0.33), (3, 1.0, 0.3)] {
        sheet.text(row, 0, "甲资金").text(row, 1, "桥").text(row, 2, "基建");
        sheet.number(row, 3, amount).number(row, 4, share);
    }
    let reading = read(&sheet.done(), "a.xlsx", &plan());
    let differs: Vec<_> = reading.findings.iter().filter(|f| f.code == Code::ShareDiffers).collect();
    assert_eq!(differs.len(), 1, "{}", say(&reading.findings));
    assert_eq!(differs[0].what.zh, "写的占比是 30%，按金额计算是 33%");
}
